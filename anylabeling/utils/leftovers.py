"""What a killed process leaves behind: files that were half written beside the place that they were meant for."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Container
from pathlib import Path

_HALF = re.compile(r"\..+\.([0-9a-f]{1,8})(?:-[0-9a-f]+\.tmp|\.part)", re.DOTALL)
_OLD_S = 600.0
"""Another machine may be writing into the same folder, whose processes cannot be seen here: it takes no such time."""


def half_name(name: str, ending: str) -> str:
    """Return what a file is called while this process writes it; ``remove_leftovers`` knows it by that.

    Args:
        name: Of the finished file.
        ending: "part", or hexadecimal digits that nobody else uses and ".tmp" after a "-".
    """
    return f".{name}.{os.getpid():x}{'.' if ending == 'part' else ''}{ending}"


def remove_leftovers(folder: Path, ended: Container[int] = ()) -> int:
    """Remove half-written files from a folder and those below it; return how many.

    Args:
        folder: Where to look. What cannot be looked at or removed stays.
        ended: Processes that are known to have ended; of others, files go that are old and whose process is not there.
    """
    removed = 0
    for parent, _folders, names in os.walk(folder):
        for name in names:
            found = _HALF.fullmatch(name) if name.startswith(".") else None
            if found is None:
                continue
            path, process = Path(parent, name), int(found[1], 16)
            with contextlib.suppress(OSError):
                if process in ended or (_is_old(path) and not _runs(process)):
                    path.unlink()
                    removed += 1
    return removed


def _is_old(path: Path) -> bool:
    return time.time() - path.lstat().st_mtime > _OLD_S


def _runs(process: int) -> bool:
    if sys.platform == "win32":  # asking there would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
