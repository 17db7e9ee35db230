"""The commands of `marsad`; each module is light, and imports what is heavy when its command runs."""
