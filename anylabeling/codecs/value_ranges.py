"""Which values of a picture of more than 8 bits are black and white.

A large one is shown reduced, by the lowest and highest values that are left then. Its parts in full resolution have to
look like it, whoever reads them later.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path

from anylabeling.codecs.pixels import ValueRange

_MOST_KEPT = 64
_kept: OrderedDict[tuple[str, int, int], ValueRange] = OrderedDict()


def remember_range(path: str, values: ValueRange) -> None:
    """Keep the range by which a picture is shown; of a file that was changed, it does not count."""
    key = _key(path)
    if key is not None:
        _kept[key] = values
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)


def range_of(path: str) -> ValueRange | None:
    """Return the range by which a picture is shown; None where that is not known."""
    key = _key(path)
    return None if key is None else _kept.get(key)


def _key(path: str) -> tuple[str, int, int] | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return os.path.abspath(path), status.st_mtime_ns, status.st_size  # noqa: PTH100 - links stay
