"""Which folder of images is open in which running program, so that two do not work on one unawares."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import time
from pathlib import Path
from typing import BinaryIO

from anylabeling.utils.file_lock import lock_file

_log = logging.getLogger(__name__)


class FolderClaim:
    """The folder that this program has open. Any thread may use it, one at a time.

    Args:
        folder: Where the claims are kept; made when needed. Programs that keep theirs elsewhere, such as those of
            another person or computer, are not seen.
    """

    def __init__(self, folder: Path) -> None:
        self._parent = folder
        self._lock: BinaryIO | None = None
        self._root: str | None = None

    def claim(self, root: str) -> str | None:
        """Take a folder of images and let go of the one before.

        Returns:
            None when nobody else has it, or since when another program has had it, such as "12:03".
        """
        real = os.path.realpath(root)
        if real == self._root:
            return None
        self.release()
        path = self._parent / f"{hashlib.blake2b(os.fsencode(real), digest_size=16).hexdigest()}.open"
        try:
            self._parent.mkdir(parents=True, exist_ok=True)
            stream = lock_file(path)
            if stream is None:
                return time.strftime("%H:%M", time.localtime(path.stat().st_mtime))
            stream.truncate(0)
            stream.write(os.fsencode(real))
            stream.flush()
        except OSError as error:  # a home that cannot be written: nobody can be warned, and nothing else is wrong
            _log.debug("%s cannot be claimed: %r", root, error)
            return None
        self._lock, self._root = stream, real
        return None

    def release(self) -> None:
        """Let go of the folder."""
        if self._lock is not None:
            with contextlib.suppress(OSError):
                Path(self._lock.name).unlink(missing_ok=True)
            self._lock.close()
        self._lock = self._root = None
