"""Delete files so that a person can have them back."""

from __future__ import annotations

from pathlib import Path

from qtpy.QtCore import QFile, QStandardPaths

from anylabeling.errors import StorageError
from anylabeling.translation import tr


def move_to_trash(path: Path) -> None:
    """Put a file into the system's bin.

    Raises:
        StorageError: When the system has no bin for it or it cannot be moved; the file is kept.
    """
    # Without this folder, Qt moves the file into the working folder instead and calls that a success.
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    try:
        Path(home).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _kept(path, str(error)) from error
    file = QFile(str(path))
    if not file.moveToTrash():
        raise _kept(path, file.errorString())


def _kept(path: Path, reason: str) -> StorageError:
    return StorageError(
        tr("{name} could not be put into the bin and was kept.", name=path.name),
        hint=tr("Delete it in {folder} with a file manager.", folder=path.parent),
        details=reason,
    )
