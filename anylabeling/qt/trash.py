"""Delete files so that a person can have them back."""

from __future__ import annotations

from pathlib import Path

from qtpy.QtCore import QFile

from anylabeling.errors import StorageError


def move_to_trash(path: Path) -> None:
    """Put a file into the system's bin.

    Raises:
        StorageError: When the system has no bin for it or it cannot be moved; the file is kept.
    """
    file = QFile(str(path))
    if not file.moveToTrash():
        raise StorageError(
            f"{path.name} could not be put into the bin and was kept.",
            hint=f"Delete it in {path.parent} with a file manager.",
            details=file.errorString(),
        )
