"""Find the images of a folder that match a query."""
