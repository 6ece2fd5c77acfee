"""Run lengths of COCO: lists of counts, and the text that pycocotools makes of them.

Pixels are counted down the columns, beginning with how many are clear. In the text each count, from the fourth on the
difference to the one two before, is a number of five bits a character, the lowest first; 32 says that more follow, and
the sign goes by the last one. See maskApi.c of https://github.com/cocodataset/cocoapi for the definition.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.formats.reading import whole
from anylabeling.document.masks import MAX_MASK_PIXELS
from anylabeling.document.raster import Pixels

_MOST_CHARACTERS = 12


def encode_counts(pixels: Pixels) -> list[int]:
    """Return the counts of a bitmap, bool (height, width)."""
    flat = np.asarray(pixels, dtype=bool).ravel(order="F")
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    edges = np.concatenate([[0], changes, [len(flat)]])
    counts: list[int] = np.diff(edges).tolist()
    return [0, *counts] if len(flat) and flat[0] else counts


def decode_counts(counts: Sequence[int], width: int, height: int) -> Pixels:
    """Return the bitmap of counts, bool (height, width).

    Raises:
        ValueError: When they do not fill the picture, or the picture is absurdly large.
    """
    if width <= 0 or height <= 0 or width * height > MAX_MASK_PIXELS:
        raise ValueError(f"a mask of {width} x {height} pixels makes no sense")
    lengths: NDArray[np.int64] = np.array(counts, dtype=np.int64)
    if lengths.ndim != 1 or (lengths < 0).any() or (lengths > width * height).any():
        raise ValueError("a count of a mask makes no sense")
    if int(lengths.sum()) != width * height:
        raise ValueError(f"the counts of a mask make {int(lengths.sum())} pixels, not {width} x {height}")
    values = np.arange(len(lengths)) % 2 == 1
    return np.repeat(values, lengths).reshape((height, width), order="F")


def compress(counts: Sequence[int]) -> str:
    """Return counts as text."""
    letters = []
    for index, count in enumerate(counts):
        rest = count - counts[index - 2] if index > 2 else count
        more = True
        while more:
            bits = rest & 0x1F
            rest >>= 5
            more = rest != -1 if bits & 0x10 else rest != 0
            letters.append(chr((bits | 0x20 if more else bits) + 48))
    return "".join(letters)


def expand(text: str) -> list[int]:
    """Return the counts in a text.

    Raises:
        ValueError: When it is none.
    """
    counts: list[int] = []
    value = shift = 0
    for letter in text:
        code = ord(letter) - 48
        if not 0 <= code < 64:
            raise ValueError("a mask's text has a character that makes no sense")
        value |= (code & 0x1F) << shift
        shift += 5
        if shift > 5 * _MOST_CHARACTERS:
            raise ValueError("a mask's text has a number that is far too large")
        if code & 0x20:
            continue
        if code & 0x10:
            value -= 1 << shift
        counts.append(value + counts[-2] if len(counts) > 2 else value)
        value = shift = 0
    if shift:
        raise ValueError("a mask's text ends within a number")
    return counts


def counts_of(value: object) -> list[int]:
    """Return the counts that a file gives as a list or as text.

    Raises:
        ValueError: When it gives neither.
    """
    if isinstance(value, str):
        return expand(value)
    if isinstance(value, list):
        return [whole(count) for count in value]
    raise ValueError("a mask has neither counts nor a text")
