"""Write files so that a reader sees the old content or the new, never a half."""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
from pathlib import Path

from anylabeling.errors import StorageError


def write_bytes_atomic(path: Path, data: bytes, *, fsync: bool = True) -> None:
    """Replace the content of ``path`` with ``data``.

    The bytes go to a temporary file in the same folder, which then takes the name. An existing file's permission bits
    are kept; a symbolic link stays a link and its target is replaced.

    Args:
        path: The file to write. Its folder must exist.
        data: The whole content.
        fsync: Wait until the disk has it. Without it a power cut may leave an empty file on some file systems.

    Raises:
        StorageError: When the folder is missing, read-only or full. The old file is untouched.
    """
    target = path.resolve() if path.is_symlink() else path
    temporary: Path | None = None
    try:
        try:
            mode = target.stat().st_mode & 0o7777
        except FileNotFoundError:
            mode = 0o666 & ~_current_umask()
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            if fsync:
                os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise StorageError(
            f"{path.name} could not be saved: {error.strerror or error}.",
            hint=f"Check that {path.parent} exists, is writable and has space.",
            details=repr(error),
        ) from error


def write_text_atomic(path: Path, text: str, *, fsync: bool = True) -> None:
    """Replace the content of ``path`` with ``text`` as UTF-8; see write_bytes_atomic."""
    write_bytes_atomic(path, text.encode("utf-8"), fsync=fsync)


@functools.cache
def _current_umask() -> int:
    # mkstemp creates files as 0600, which would lock out a team share. The only portable way to read the umask is to
    # set it, which is process-wide: done once, so that saving threads do not race for it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
