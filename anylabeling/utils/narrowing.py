"""Some of very many paths, in an order of their own, with all that finding one of them takes; made on any thread."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence


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
        rows = dict(zip(paths, range(len(paths)), strict=True))
        if len(rows) != len(paths):
            paths = list(dict.fromkeys(paths))
            rows = dict(zip(paths, range(len(paths)), strict=True))
        self.paths = list(paths)
        self.rows: Mapping[str, int] = rows
        self.among = among
        self.numbers: array[int] | None = None
        known = dict(zip(among, range(len(among)), strict=True))
        try:
            self.numbers = array("l", map(known.__getitem__, self.paths))
        except KeyError:
            return
