"""Which folder of images is open in which running program, so that two do not work on one unawares.

Each program has two files of its own: one that says which folders it has open, and one that it holds locked.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from pathlib import Path
from typing import BinaryIO, NamedTuple

from anylabeling.utils.file_lock import lock_file

_log = logging.getLogger(__name__)
_LOCK, _FOLDERS = ".open", ".folders"


class OtherWindow(NamedTuple):
    """Another program at the same label files or images.

    Attributes:
        root: The folder of images that it has open.
        since: Since when, such as "12:03".
    """

    root: str
    since: str


class _Places(NamedTuple):
    root: str
    labels: str

    def meets(self, other: _Places) -> bool:
        if self.root == other.root:
            return True
        mine, theirs = Path(self.labels), Path(other.labels)
        return mine.is_relative_to(theirs) or theirs.is_relative_to(mine)  # sub-folders are listed too


class FolderClaim:
    """The folder that this program has open. Any thread may use it, one at a time.

    Args:
        folder: Where the claims are kept; made when needed. Programs that keep theirs elsewhere, such as those of
            another person or computer, are not seen.
    """

    def __init__(self, folder: Path) -> None:
        self._parent = folder
        self._lock: BinaryIO | None = None
        self._own: Path | None = None
        self._places: _Places | None = None

    def claim(self, root: str, output_dir: str | None = None) -> OtherWindow | None:
        """Take a folder of images with its label files, and let go of the one before.

        Returns:
            None when nobody else has them, or this program has had them before.
        """
        places = _Places(os.path.realpath(root), os.path.realpath(output_dir or root))
        if places == self._places:
            return None
        self.release()
        try:
            self._parent.mkdir(parents=True, exist_ok=True)
            self._own = self._parent / f"{os.getpid():x}-{os.urandom(4).hex()}{_LOCK}"
            self._own.with_suffix(_FOLDERS).write_bytes(b"\0".join(map(os.fsencode, places)))
            self._lock = lock_file(self._own)  # before it looks: of two that begin at once, one sees the other
            self._places = places
            return self._other(places)
        except OSError as error:  # a home that cannot be written: nobody can be warned, and nothing else is wrong
            _log.debug("%s cannot be claimed: %r", root, error)
            return None

    def release(self) -> None:
        """Let go of the folder."""
        if self._own is not None:
            _remove(self._own)
        if self._lock is not None:
            self._lock.close()
        self._lock = self._own = self._places = None

    def _other(self, places: _Places) -> OtherWindow | None:
        for path in sorted(self._parent.glob(f"*{_LOCK}")):
            if path == self._own:
                continue
            with contextlib.suppress(OSError, ValueError):
                stream = lock_file(path)
                if stream is not None:  # that program has ended
                    with stream:
                        _remove(path)
                    continue
                since = time.strftime("%H:%M", time.localtime(path.stat().st_mtime))
                theirs = _Places(*map(os.fsdecode, path.with_suffix(_FOLDERS).read_bytes().split(b"\0", 1)))
                if theirs.meets(places):
                    return OtherWindow(theirs.root, since)
        return None


def _remove(lock: Path) -> None:
    for path in (lock, lock.with_suffix(_FOLDERS)):
        with contextlib.suppress(OSError):
            path.unlink()
