"""The work: everything that touches images, models and files, without Qt."""
