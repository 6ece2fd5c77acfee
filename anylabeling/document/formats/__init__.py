"""Formats of data sets that other programs read and write, one file for each; ``registry`` has the list of them.

A writer turns one image at a time into its part of the data set, on any thread; a reader hands out one image at a time.
Neither opens more files than it has to, and neither knows who copies the pictures.
"""
