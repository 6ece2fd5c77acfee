"""The errors that a person may see.

A service raises one of these with a sentence for the person, what they can do about it, and the technical details.
Controllers turn them into notifications, the command line into one line on standard error.
"""

from __future__ import annotations


class AppError(Exception):
    """Base of all errors with a text for people.

    Attributes:
        user_text: One plain sentence: what went wrong, naming the file or the thing.
        hint: What the person can do about it; may be empty.
        details: Technical text for a report (exception, shapes, versions); may be empty.
    """

    def __init__(self, user_text: str, *, hint: str = "", details: str = "") -> None:
        super().__init__(user_text)
        self.user_text = user_text
        self.hint = hint
        self.details = details

    def __str__(self) -> str:
        """Return sentence and hint on one line, as the command line prints them."""
        return f"{self.user_text} {self.hint}".strip()


class ImageError(AppError):
    """A picture cannot be read or decoded."""


class LabelFileError(AppError):
    """A label file cannot be understood; it is kept as it is."""


class StorageError(AppError):
    """Writing or deleting a file failed; what was to be written is still in memory."""


class DiskFullError(StorageError):
    """There is no space left, or the person's share of the disk is used up."""


class ScanError(AppError):
    """A folder cannot be listed."""


class ConfigError(AppError):
    """The configuration file as a whole cannot be read or written."""


class ModelError(AppError):
    """A model file cannot be understood or its output has an unknown layout."""


class UntrustedModelError(ModelError):
    """Loading a model would run code from its file, and the person has not said that they trust it."""


class BackendError(AppError):
    """A runtime is missing, refuses a model, or failed while running."""


class UsageError(AppError):
    """A command line or a request makes no sense."""
