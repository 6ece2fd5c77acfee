"""Locks that the system lets go when their process ends, however it ends."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import BinaryIO


def lock_file(path: Path) -> BinaryIO | None:
    """Open a file, making it if need be, and lock it for this process; closing it lets go.

    Returns:
        The open file, or None when another process (or another opening in this one) has it.

    Raises:
        OSError: When the file cannot be opened.
    """
    stream = path.open("a+b")
    try:
        try:
            import fcntl
        except ImportError:  # Windows
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        with contextlib.suppress(OSError):
            stream.close()
        return None
    return stream
