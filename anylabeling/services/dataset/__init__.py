"""The folder of images that is open and the label files that belong to it."""
