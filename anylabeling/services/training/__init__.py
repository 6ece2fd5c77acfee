"""Train a model with the labels of a folder: what they allow, the data set, the process that trains, the runs."""
