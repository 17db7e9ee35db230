"""What runs Marsad elsewhere than on one's own machine."""
