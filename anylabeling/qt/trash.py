"""Delete files so that a person can have them back."""

from __future__ import annotations

import sys
from pathlib import Path

from qtpy.QtCore import QFile

from anylabeling.errors import StorageError
from anylabeling.translation import tr
from anylabeling.utils.trash_folder import move_to_trash_folder


def move_to_trash(path: Path) -> None:
    """Put a file into the system's bin.

    Raises:
        StorageError: When the system has no bin for it or it cannot be moved; the file is kept.
    """
    if sys.platform in {"win32", "darwin"}:
        file = QFile(str(path))
        if not file.moveToTrash():
            raise _kept(path, file.errorString())
        return
    try:
        move_to_trash_folder(path)
    except OSError as error:
        raise _kept(path, str(error)) from error


def _kept(path: Path, reason: str) -> StorageError:
    return StorageError(
        tr("{name} could not be put into the bin and was kept.", name=path.name),
        hint=tr("Delete it in {folder} with a file manager.", folder=path.parent),
        details=reason,
    )
