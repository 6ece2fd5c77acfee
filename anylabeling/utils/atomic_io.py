"""Write files so that a reader sees the old content or the new, never a half."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from anylabeling.errors import DiskFullError, StorageError
from anylabeling.translation import tr
from anylabeling.utils.leftovers import half_name
from anylabeling.utils.turns import give_way

_AT_ONCE_BYTES = 1 << 20
"""So much goes to the system in one call; between two of them the window may go first."""
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_SALT = os.urandom(4).hex()
_serials = itertools.count(1)
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def write_bytes_atomic(path: Path, data: bytes, *, fsync: bool = True) -> None:
    """Replace the content of ``path`` with ``data``.

    The bytes go to a temporary file in the same folder, which then takes the name. An existing file's permission bits
    are kept; a symbolic link stays a link and its target is replaced.

    Args:
        path: The file to write. Its folder must exist.
        data: The whole content.
        fsync: Wait until the disk has it. Without it a power cut may leave an empty file on some file systems.

    Raises:
        StorageError: When the folder is missing, read-only or full, the last one as DiskFullError. The old file is
            untouched.
    """
    write_parts_atomic(path, (data,), fsync=fsync)


def write_parts_atomic(path: Path, parts: Iterable[bytes], *, fsync: bool = True) -> None:
    """Replace the content of ``path`` with several pieces, each written as it comes; see write_bytes_atomic.

    What the pieces raise while they are made leaves the old file, too.
    """
    temporary: str | None = None
    try:
        target, mode = _target_and_mode(path)
        # Plain strings and system calls: thousands of label files are written in a row.
        handle, temporary = _open_beside(target)
        try:
            for part in parts:
                view = memoryview(part)
                while view:
                    view = view[os.write(handle, view[:_AT_ONCE_BYTES]) :]
                    if view:
                        give_way()
            if fsync:
                os.fsync(handle)
            if mode is not None:
                os.chmod(temporary, mode)  # noqa: PTH101 - see above
        finally:
            os.close(handle)
        os.replace(temporary, target)  # noqa: PTH105 - see above
    except BaseException as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108 - see above
        if not isinstance(error, OSError):
            raise
        kind = DiskFullError if error.errno in _FULL else StorageError
        raise kind(
            tr("{name} could not be saved: {reason}.", name=path.name, reason=error.strerror or error),
            hint=tr("Check that {parent} exists, is writable and has space.", parent=path.parent),
            details=repr(error),
        ) from error


def write_text_atomic(path: Path, text: str, *, fsync: bool = True) -> None:
    """Replace the content of ``path`` with ``text`` as UTF-8; see write_bytes_atomic."""
    write_bytes_atomic(path, text.encode("utf-8"), fsync=fsync)


def _target_and_mode(path: Path) -> tuple[str, int | None]:
    """Return the file that is to be replaced and its permission bits; None where there is none yet."""
    target = os.fspath(path)
    try:
        status = os.lstat(target)
        if stat.S_ISLNK(status.st_mode):
            target = os.path.realpath(target)
            status = os.stat(target)  # noqa: PTH116 - see write_bytes_atomic
    except FileNotFoundError:
        return target, None
    return target, stat.S_IMODE(status.st_mode)


def _open_beside(target: str) -> tuple[int, str]:
    """Make a new file beside another one, with the bits that the person's umask leaves; return it opened."""
    folder, name = os.path.split(target)
    while True:
        # Unlike tempfile's, the file is not for its owner alone, which would lock out a team share.
        temporary = os.path.join(folder, half_name(name[:40], f"-{next(_serials):x}{_SALT}.tmp"))  # noqa: PTH118
        with contextlib.suppress(FileExistsError):
            return os.open(temporary, _NEW_FILE, 0o666), temporary
