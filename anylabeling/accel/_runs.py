"""Runs of paths in one folder."""

from __future__ import annotations

import os
import sys
from typing import Any

from anylabeling.accel import _rust

_FIRST_BLOCK = 8
_LARGEST_BLOCK = 1024
_PIECE = 8192


def names_of_run(paths: tuple[str, ...], first: int, prefix: str) -> tuple[bytes, int]:
    """Return the file names of the paths from ``first`` on that lie in one folder.

    Args:
        paths: All paths.
        first: Where the run begins.
        prefix: The folder of the first path, with the separator behind it; empty where it has none.

    Returns:
        The names as the file system has them, with zeros between them, and where the run ends.
    """
    rust = _rust.module()
    if rust is not None and sys.getfilesystemencoding() == "utf-8":
        found = _in_pieces(rust, paths, first, prefix)
        if found is not None:
            return found
    return _names_of_run(paths, first, prefix)


def _in_pieces(rust: Any, paths: tuple[str, ...], first: int, prefix: str) -> tuple[bytes, int] | None:
    """Let other threads have a turn now and then: 100,000 paths are held for 20 ms and more."""
    names, end = [], first
    while True:
        piece = paths[end : end + _PIECE]
        found: tuple[bytes, int] | None = rust.names_of_run(piece, 0, prefix, os.sep)
        if found is None:
            return None
        if found[1]:
            names.append(found[0])
        end += found[1]
        if found[1] < _PIECE:
            return b"\0".join(names), end


def _names_of_run(paths: tuple[str, ...], first: int, prefix: str) -> tuple[bytes, int]:
    blocks, start = [paths[first][len(prefix) :]], first + 1
    size, is_growing = _FIRST_BLOCK, True
    mark = "\0" + prefix
    while size:
        block = paths[start : start + size]
        if not block:
            break
        # Whatever else is between them shows in the number of marks or as a separator.
        joined = "\0" + "\0".join(block)
        names = joined.replace(mark, "\0")
        if joined.startswith(mark) and joined.count(mark) == len(block) and os.sep not in names:
            blocks.append(names[1:])
            start += len(block)
        else:
            is_growing = False  # the end of the run is in this block
        size = min(2 * size, _LARGEST_BLOCK) if is_growing else min(size, len(block)) // 2
    return os.fsencode("\0".join(blocks)), start
