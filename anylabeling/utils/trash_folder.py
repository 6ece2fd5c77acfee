"""The bin of Linux desktops, after the Trash specification 1.0 of freedesktop.org.

Qt's own way there fails for names that are not UTF-8 and never comes back for those that are too long for a note.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes

_NOTE = ".trashinfo"
_LONGEST_NAME_BYTES = 255


def move_to_trash_folder(path: Path) -> Path:
    """Put a file into the bin of the person, or into that of the drive which it is on.

    Returns:
        Where it is now.

    Raises:
        OSError: When there is no bin for it or it cannot be moved; the file is kept.
    """
    source = Path(os.path.realpath(path.parent)) / path.name  # a link goes itself, not what it points at
    device = os.lstat(source).st_dev
    problem = OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(source))
    for trash, root in _trashes(source, device):
        tried = _try(source, device, trash, root)
        if isinstance(tried, Path):
            return tried
        problem = tried or problem
    raise problem


def _trashes(source: Path, device: int) -> Iterator[tuple[Path, Path | None]]:
    """Return the bins to try, each with the folder that paths in its notes begin at, or None for whole paths."""
    base = os.environ.get("XDG_DATA_HOME", "")
    yield (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share") / "Trash", None
    root = source.parent
    while root != root.parent and os.lstat(root.parent).st_dev == device:
        root = root.parent
    user, shared = os.getuid(), root / ".Trash"
    with contextlib.suppress(OSError):
        mode = os.lstat(shared).st_mode
        if stat.S_ISDIR(mode) and mode & stat.S_ISVTX:
            yield shared / str(user), root
    yield root / f".Trash-{user}", root


def _try(source: Path, device: int, trash: Path, root: Path | None) -> Path | OSError | None:
    try:
        _make_private(trash)
        return _put(source, trash, root) if os.lstat(trash).st_dev == device else None
    except OSError as error:
        return error


def _make_private(trash: Path) -> None:
    trash.parent.mkdir(parents=True, exist_ok=True)
    for folder in (trash, trash / "info", trash / "files"):
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)


def _put(source: Path, trash: Path, root: Path | None) -> Path:
    named = source if root is None else source.relative_to(root)
    text = (
        f"[Trash Info]\nPath={quote_from_bytes(os.fsencode(named))}\n"
        f"DeletionDate={time.strftime('%Y-%m-%dT%H:%M:%S')}\n"
    )
    for number in itertools.count(1):
        name = _name(source, number)
        note, target = trash / "info" / f"{name}{_NOTE}", trash / "files" / name
        try:
            with note.open("x", encoding="ascii") as stream:
                stream.write(text)
        except FileExistsError:
            continue
        except OSError:
            with contextlib.suppress(OSError):
                note.unlink()  # a full disk leaves an empty one
            raise
        try:
            if os.path.lexists(target):  # without a note; a rename would write over it
                raise FileExistsError
            source.rename(target)
        except OSError as error:
            with contextlib.suppress(OSError):
                note.unlink()
            if isinstance(error, FileExistsError):
                continue
            raise
        return target
    raise AssertionError


def _name(source: Path, number: int) -> str:
    """Return a name that its note, too, has room for."""
    stem, suffix, most = source.stem, source.suffix, _LONGEST_NAME_BYTES - len(_NOTE)
    if len(os.fsencode(suffix)) > most // 2:
        stem, suffix = source.name, ""
    end = suffix if number == 1 else f".{number}{suffix}"
    while len(os.fsencode(stem + end)) > most:
        stem = stem[:-1]
    return stem + end
