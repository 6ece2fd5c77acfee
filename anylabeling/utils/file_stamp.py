"""Tell whether a file on disk is still the one that was read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileStamp:
    """The state of a file; equal stamps mean the same content for all practical purposes.

    Attributes:
        mtime_ns: Time of the last change.
        size_bytes: Length.
        inode: Number of the file in its file system; another one after each atomic replacement.
    """

    mtime_ns: int
    size_bytes: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> FileStamp | None:
        """Return the present stamp of a file, or None when there is no such file.

        Raises:
            OSError: When the file system does not tell.
        """
        try:
            return cls.from_stat(path.stat())
        except (FileNotFoundError, NotADirectoryError):
            return None

    def same_content_as(self, other: FileStamp) -> bool:
        """Return whether the two may be copies of one file, made with its time."""
        return (self.mtime_ns, self.size_bytes) == (other.mtime_ns, other.size_bytes)

    @classmethod
    def from_stat(cls, status: os.stat_result) -> FileStamp:
        """Return the stamp for a status that is at hand."""
        return cls(status.st_mtime_ns, status.st_size, status.st_ino)
