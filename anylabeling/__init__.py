"""AnyLabeling: label images by hand and by model, without waiting."""

__version__ = "1.0.0.dev0"
