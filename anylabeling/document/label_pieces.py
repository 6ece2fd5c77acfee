"""The shapes in the text of a large label file, a few at a time.

A parser keeps the interpreter's lock until it is done: a window in the same process would stand still while it reads
twelve megabytes. So brackets are counted first, in blocks, and then a few shapes are parsed at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from anylabeling.utils.turns import give_way

WHOLE_BELOW_BYTES = 1 << 18
"""Shorter text is parsed whole: about 3 ms."""
_BLOCK_BYTES = 1 << 18
_PIECE_BYTES = 1 << 16
_SHAPES_KEY = re.compile(rb'"shapes"[ \t\r\n]*:[ \t\r\n]*\[')
_QUOTE, _BACKSLASH = 0x22, 0x5C
_OPENING, _CLOSING = 0x7B, 0x7D
"""Braces. Brackets become the same with the bit that makes letters small."""
_SPACE = b" \t\r\n"
_SHAPE_DEPTH = 2
"""Brackets that are open around a shape: those of the file and of the list."""


def load_in_pieces(data: bytes) -> Any | None:
    """Return what the text of a label file holds, or None when it has to be parsed whole: short, odd or no JSON."""
    if len(data) < WHOLE_BELOW_BYTES or count_in(data, b'"shapes"') != 1:
        return None
    key = _SHAPES_KEY.search(data)
    if key is None:
        return None
    shapes: list[Any] = []
    end = first = last = key.end()
    try:
        for start, stop in _entries(data, key.end()):
            if stop - first > _PIECE_BYTES and last > first:
                give_way()
                shapes += orjson.loads(b"[%b]" % data[first:last])
                if data[last:start].strip(_SPACE) != b",":
                    return None
                first = start
            last = stop
            end = stop
        shapes += orjson.loads(b"[%b]" % data[first:last])
        tail = data[end:].lstrip(_SPACE)
        if not tail.startswith(b"]"):
            return None
        root = orjson.loads(b"%bnull%b" % (data[: key.end() - 1], tail[1:]))
    except orjson.JSONDecodeError:
        return None
    if type(root) is not dict or root.get("shapes", 0) is not None:
        return None  # the list lies somewhere else in the file
    root["shapes"] = shapes
    return root


def count_in(data: bytes, part: bytes) -> int:
    """Return how often a part stands in some text, as ``bytes.count`` does it, which lets no other thread go on.

    Args:
        data: The text.
        part: Two bytes or more of which no end is a beginning, so that none overlaps another.
    """
    reach = len(part) - 1
    return sum(data.count(part, at, at + _BLOCK_BYTES + reach) for at in range(0, len(data), _BLOCK_BYTES))


def _entries(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Yield where each entry of a list of objects begins and ends; ``start`` lies behind the list's bracket."""
    numbers = np.frombuffer(data, np.uint8)
    depth, in_text, begun = _SHAPE_DEPTH, 0, start
    for first in range(start, len(data), _BLOCK_BYTES):
        give_way()
        block = numbers[first : first + _BLOCK_BYTES]
        folded = block | 0x20
        quotes = block == _QUOTE
        if data.find(b"\\", first, first + _BLOCK_BYTES) >= 0 or (first and numbers[first - 1] == _BACKSLASH):
            quotes[_escaped(numbers, first, np.flatnonzero(quotes))] = False
        places = np.flatnonzero(quotes | (folded == _OPENING) | (folded == _CLOSING))
        is_quote = quotes[places]
        texts = np.cumsum(is_quote) + in_text
        outside = ~is_quote & (texts % 2 == 0)
        in_text = int(texts[-1] % 2) if len(texts) else in_text
        places = places[outside]
        steps = np.where(folded[places] == _OPENING, 1, -1)
        depths = np.cumsum(steps) + depth
        edges = np.flatnonzero((depths < _SHAPE_DEPTH) | (depths - (steps > 0) == _SHAPE_DEPTH))
        for place, below, step in zip(
            (places[edges] + first).tolist(), depths[edges].tolist(), steps[edges].tolist(), strict=True
        ):
            if below < _SHAPE_DEPTH:
                return
            if step > 0:
                begun = place
            else:
                yield begun, place + 1
        depth = int(depths[-1]) if len(depths) else depth


def _escaped(numbers: np.ndarray[Any, np.dtype[np.uint8]], first: int, quotes: np.ndarray[Any, Any]) -> list[int]:
    """Return which quotes of a block stand behind an odd number of backslashes."""
    found = []
    behind = quotes[numbers[np.maximum(quotes + first - 1, 0)] == _BACKSLASH]
    for quote in behind.tolist():
        at = first + quote - 1
        while at >= 0 and numbers[at] == _BACKSLASH:
            at -= 1
        if (first + quote - 1 - at) % 2:
            found.append(quote)
    return found
