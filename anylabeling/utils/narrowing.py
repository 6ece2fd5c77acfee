"""Some of very many paths, in an order of their own, with all that finding one of them takes; made on any thread."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from anylabeling.utils import turns

_AT_ONCE = 4096


class Narrowing:
    """Does not change. Making one for 100,000 paths takes tens of milliseconds, using it none.

    Attributes:
        paths: What is left, each once.
        rows: The place of each in ``paths``.
        among: All paths that they were chosen from.
        numbers: The place of each in ``among``; None where one is not there.
    """

    def __init__(self, paths: Sequence[str], among: Sequence[str]) -> None:
        """Take the paths that are left and those that they were chosen from."""
        rows = _numbered(paths)
        if len(rows) != len(paths):
            paths = list(rows)
            rows = _numbered(paths)
        self.paths = list(paths)
        self.rows: Mapping[str, int] = rows
        self.among = among
        self.numbers: array[int] | None = None
        known, numbers = _numbered(among), array("l")
        for first in range(0, len(self.paths), _AT_ONCE):
            turns.give_way()
            try:
                numbers.extend(map(known.__getitem__, self.paths[first : first + _AT_ONCE]))
            except KeyError:
                return
        self.numbers = numbers


def _numbered(paths: Sequence[str]) -> dict[str, int]:
    """Return the last place of each path, a few thousand at a time: one call for all would keep the window waiting."""
    numbers: dict[str, int] = {}
    for first in range(0, len(paths), _AT_ONCE):
        turns.give_way()
        part = paths[first : first + _AT_ONCE]
        numbers.update(zip(part, range(first, first + len(part)), strict=True))
    return numbers
