"""Between outlines and bitmaps, exactly: a pixel belongs to an outline when its centre does.

Pixel (column, row) covers the square from (column, row) to (column + 1, row + 1). Tracing a bitmap gives outlines along
the edges of its pixels, and filling those gives the bitmap again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.shape import Points

Pixels = NDArray[np.bool_]
Indices = NDArray[np.intp]


class Outline(NamedTuple):
    """An area: an outer ring and the rings that are cut out of it, float64 (n, 2) each."""

    outer: Points
    holes: tuple[Points, ...] = ()


def fill(rings: Sequence[Points], width: int, height: int) -> Pixels:
    """Return the pixels whose centres lie inside of closed rings by the even-odd rule, bool (height, width)."""
    flips = np.zeros((height, width + 1), dtype=np.uint8)
    for ring in rings:
        _flip_crossings(flips, ring, width, height)
    return np.bitwise_xor.accumulate(flips[:, :-1], axis=1).astype(bool)


def trace(pixels: Pixels) -> list[Outline]:
    """Return the outlines of the parts of a bitmap, each of pixels that share edges; holes may touch at corners."""
    padded = np.pad(np.asarray(pixels, dtype=bool), 1)
    if not padded.any():
        return []
    from anylabeling.opencv import cv2

    count, parts = cv2.connectedComponents(padded.astype(np.uint8), connectivity=4)
    outers: dict[int, Points] = {}
    holes: dict[int, list[Points]] = {part: [] for part in range(1, count)}
    for ring in _rings(padded):
        # Every ring has its area at the right hand: the pixel beside its first edge says whose it is.
        part = int(parts[_pixel_at_right(ring)])
        if _doubled_area(ring) > 0:
            outers[part] = ring
        else:
            holes[part].append(ring)
    return [Outline((outer - 1.0), tuple(hole - 1.0 for hole in holes[part])) for part, outer in sorted(outers.items())]


def _flip_crossings(flips: NDArray[np.uint8], ring: Points, width: int, height: int) -> None:
    """Flip, in each row that an edge crosses, the first pixel whose centre lies right of the crossing."""
    start, end = ring, np.roll(ring, -1, axis=0)
    upper = np.where((start[:, 1] <= end[:, 1])[:, None], start, end)
    lower = np.where((start[:, 1] <= end[:, 1])[:, None], end, start)
    # A row's centre line crosses an edge when upper.y <= row + 0.5 < lower.y.
    first = np.clip(np.ceil(upper[:, 1] - 0.5), 0, height).astype(np.intp)
    last = np.clip(np.ceil(lower[:, 1] - 0.5), 0, height).astype(np.intp)
    counts = last - first
    edges = np.repeat(np.arange(len(ring)), counts)
    if not len(edges):
        return
    rows = np.arange(len(edges)) - np.repeat(np.cumsum(counts) - counts, counts) + first[edges]
    fall = lower[edges, 1] - upper[edges, 1]
    x = upper[edges, 0] + (rows + 0.5 - upper[edges, 1]) * (lower[edges, 0] - upper[edges, 0]) / fall
    columns = np.clip(np.ceil(x - 0.5), 0, width).astype(np.intp)
    np.bitwise_xor.at(flips, (rows, columns), np.uint8(1))


def _rings(padded: Pixels) -> list[Points]:
    """Return the closed rings between set and clear pixels, set ones at the right hand, none touching itself."""
    ys, xs, across, down = _corners(padded)
    rings = []
    unused = np.ones(len(xs), dtype=bool)
    positions = np.stack([xs, ys], axis=1).astype(np.float64)
    across_list, down_list = across.tolist(), down.tolist()
    for seed in range(len(xs)):
        if not unused[seed]:
            continue
        mate = across_list[seed]
        left = seed if xs[seed] < xs[mate] else mate
        # Going right, the right hand is below.
        start = left if padded[ys[left], xs[left]] else across_list[left]
        chain, at = [], start
        while True:
            mate = across_list[at]
            chain += [at, mate]
            at = down_list[mate]
            if at == start:
                break
        unused[chain] = False
        rings += _without_touching(positions[chain])
    return rings


def _corners(padded: Pixels) -> tuple[Indices, Indices, Indices, Indices]:
    """Return row and column of each corner between pixels, and its neighbours along the row and along the column."""
    upper_left, upper_right = padded[:-1, :-1], padded[:-1, 1:]
    lower_left, lower_right = padded[1:, :-1], padded[1:, 1:]
    level = (upper_left != lower_left) ^ (upper_right != lower_right)
    saddle = (upper_left == lower_right) & (upper_right == lower_left) & (upper_left != upper_right)
    ys, xs = np.nonzero(level)
    saddle_ys, saddle_xs = np.nonzero(saddle)
    # Where pixels meet at a corner only, two corners lie upon each other: the left one and the right one.
    ys, xs = np.concatenate([ys, saddle_ys, saddle_ys]) + 1, np.concatenate([xs, saddle_xs, saddle_xs]) + 1
    falling = upper_left[saddle_ys, saddle_xs].astype(np.intp)
    nothing = np.zeros(len(ys) - 2 * len(saddle_ys), dtype=np.intp)
    by_row = np.concatenate([nothing, np.zeros_like(falling), np.ones_like(falling)])
    by_column = np.concatenate([nothing, 1 - falling, falling])
    return ys, xs, _paired(np.lexsort((by_row, xs, ys))), _paired(np.lexsort((by_column, ys, xs)))


def _paired(order: Indices) -> Indices:
    """Return for each corner its partner: in this order the first and second belong together, and so on."""
    partner = np.empty_like(order)
    partner[order[0::2]], partner[order[1::2]] = order[1::2], order[0::2]
    return partner


def _without_touching(ring: Points) -> list[Points]:
    """Split a ring at the vertices that it passes twice."""
    chain: list[tuple[float, float]] = []
    places: dict[tuple[float, float], int] = {}
    parts = []
    for point in map(tuple, ring.tolist()):
        if point in places:
            start = places[point]
            loop = chain[start:]
            for passed in loop[1:]:
                del places[passed]
            del chain[start + 1 :]
            parts.append(np.array(loop))
        else:
            places[point] = len(chain)
            chain.append(point)
    return [*parts, np.array(chain)]


def _pixel_at_right(ring: Points) -> tuple[int, int]:
    (x1, y1), (x2, y2) = ring[0], ring[1]
    if y1 == y2:
        return (int(y1), int(min(x1, x2))) if x2 > x1 else (int(y1) - 1, int(min(x1, x2)))
    return (int(min(y1, y2)), int(x1) - 1) if y2 > y1 else (int(min(y1, y2)), int(x1))


def _doubled_area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1))
