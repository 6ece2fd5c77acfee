"""The annotation of one image and the files it is kept in, without Qt."""
