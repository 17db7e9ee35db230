"""The benchmark: Marsad beside others, side by side in one run."""
