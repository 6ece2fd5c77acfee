"""Which shape, vertex or edge lies under a point. numpy only; all positions and tolerances in image pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.shape import Points

Boxes = NDArray[np.float64]
_GRID = 256
"""Rows and columns of the grid by which boxes near many rectangles are found."""


def boxes_near(boxes: Boxes, x: float, y: float, tolerance: float) -> NDArray[np.intp]:
    """Return the rows of boxes (n, 4: left, top, right, bottom) that come within a tolerance of a point."""
    return np.flatnonzero(
        (boxes[:, 0] <= x + tolerance)
        & (boxes[:, 2] >= x - tolerance)
        & (boxes[:, 1] <= y + tolerance)
        & (boxes[:, 3] >= y - tolerance)
    )


def nearest_boxes(boxes: Boxes, x: float, y: float) -> Iterator[tuple[int, float]]:
    """Yield the rows of boxes and how far each is from a point, the nearest first; 0 for those that it lies in."""
    aside = np.maximum(np.maximum(boxes[:, 0] - x, x - boxes[:, 2]), 0.0)
    above = np.maximum(np.maximum(boxes[:, 1] - y, y - boxes[:, 3]), 0.0)
    gaps = np.hypot(aside, above)
    rows = np.argsort(gaps, kind="stable")
    yield from zip(rows.tolist(), gaps[rows].tolist(), strict=True)


def boxes_touching(boxes: Boxes, left: float, top: float, right: float, bottom: float) -> NDArray[np.intp]:
    """Return the rows of boxes that overlap a rectangle."""
    return np.flatnonzero(
        (boxes[:, 0] <= right) & (boxes[:, 2] >= left) & (boxes[:, 1] <= bottom) & (boxes[:, 3] >= top)
    )


def boxes_near_any(boxes: Boxes, rects: Boxes) -> NDArray[np.bool_]:
    """Return which boxes overlap any of many rectangles, and some that come near one: by cells of a coarse grid.

    Args:
        boxes: n boxes.
        rects: m >= 1 rectangles in the same form.
    """
    low, high = rects[:, :2].min(axis=0), rects[:, 2:].max(axis=0)
    cell = np.maximum((high - low) / _GRID, 1e-9)
    marked = np.zeros((_GRID, _GRID), bool)
    for left, top, right, bottom in _cells(rects, low, cell).tolist():
        marked[top : bottom + 1, left : right + 1] = True
    sums = np.zeros((_GRID + 1, _GRID + 1), np.int32)
    np.cumsum(np.cumsum(marked, axis=0), axis=1, out=sums[1:, 1:])
    left, top, right, bottom = _cells(boxes, low, cell).T
    found = sums[bottom + 1, right + 1] - sums[top, right + 1] - sums[bottom + 1, left] + sums[top, left] > 0
    # What lies beside all of them was counted as in the outermost cells.
    return found & ((boxes[:, :2] <= high) & (boxes[:, 2:] >= low)).all(axis=1)


def _cells(boxes: Boxes, low: NDArray[np.float64], cell: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the first and last column and row of the grid that each box touches, within the grid."""
    return np.clip((boxes - np.tile(low, 2)) / np.tile(cell, 2), 0, _GRID - 1).astype(np.intp)


def contains(points: Points, x: float, y: float) -> bool:
    """Whether a closed outline (n, 2) contains a point, by the even-odd rule."""
    px, py = points[:, 0], points[:, 1]
    qx, qy = np.roll(px, -1), np.roll(py, -1)
    crosses = (py > y) != (qy > y)
    if not crosses.any():
        return False
    px, py, qx, qy = px[crosses], py[crosses], qx[crosses], qy[crosses]
    return bool(np.count_nonzero(x < (qx - px) * (y - py) / (qy - py) + px) & 1)


def nearest_vertex(points: Points, x: float, y: float) -> tuple[int, float]:
    """Return the index of the point (of n >= 1) nearest to a position, and its distance."""
    squared = ((points - (x, y)) ** 2).sum(axis=1)
    # The last of equal ones: the vertex that was added later lies on top.
    index = len(squared) - 1 - int(squared[::-1].argmin())
    return index, float(np.sqrt(squared[index]))


def nearest_edge(points: Points, x: float, y: float, *, closed: bool) -> tuple[int, float]:
    """Return the index of the edge nearest to a position, and its distance; edge i leads from point i to the next.

    A single point counts as an edge of no length.
    """
    start = points if closed or len(points) == 1 else points[:-1]
    end = np.roll(points, -1, axis=0) if closed or len(points) == 1 else points[1:]
    along = end - start
    offset = (x, y) - start
    squared_length = (along**2).sum(axis=1)
    share = np.divide(
        (offset * along).sum(axis=1), squared_length, out=np.zeros(len(start)), where=squared_length > 0
    ).clip(0.0, 1.0)
    squared = ((offset - along * share[:, None]) ** 2).sum(axis=1)
    index = int(squared.argmin())
    return index, float(np.sqrt(squared[index]))


def distances_to_segment(points: Points, segment: Points) -> NDArray[np.float64]:
    """Return how far points (n, 2) lie from a segment (2, 2), float64 (n,)."""
    start, along = segment[0], segment[1] - segment[0]
    squared_length = float(along @ along)
    share = ((points - start) @ along / squared_length).clip(0.0, 1.0) if squared_length > 0 else np.zeros(len(points))
    offset = points - start - share[:, None] * along
    return np.asarray(np.hypot(offset[:, 0], offset[:, 1]))


def any_inside(points: Points, rect: tuple[float, float, float, float]) -> bool:
    """Whether any of some points lies inside a rectangle: left, top, right, bottom."""
    inside = (points >= rect[:2]) & (points <= rect[2:])
    return bool(inside.all(axis=1).any())


def outline_touches(points: Points, left: float, top: float, right: float, bottom: float, *, closed: bool) -> bool:
    """Whether any part of an outline lies inside a rectangle."""
    return bool(outlines_touching([points], [closed], (left, top, right, bottom))[0])


def outlines_touching(
    outlines: Sequence[Points], closed: Sequence[bool], rect: tuple[float, float, float, float]
) -> NDArray[np.bool_]:
    """Return which of some outlines have any part inside a rectangle, by clipping every edge of all of them at once.

    Args:
        outlines: Points (n >= 1, 2) of each.
        closed: Whether the last point of each is joined with its first.
        rect: Left, top, right, bottom.
    """
    if not outlines:
        return np.zeros(0, dtype=bool)
    start = np.concatenate(outlines)
    ends = np.cumsum([len(points) for points in outlines])
    firsts = np.concatenate([[0], ends[:-1]])
    following = np.arange(1, len(start) + 1)
    # The last point of an open one is an edge of no length.
    following[ends - 1] = np.where(closed, firsts, ends - 1)
    return np.logical_or.reduceat(_edges_touching(start, start[following] - start, rect), firsts)


def _edges_touching(start: Points, along: Points, rect: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Return which edges have a part inside a rectangle (Liang-Barsky clipping)."""
    left, top, right, bottom = rect
    enter: NDArray[np.float64] = np.zeros(len(start))
    leave: NDArray[np.float64] = np.ones(len(start))
    possible = np.ones(len(start), dtype=bool)
    for axis, low, high in ((0, left, right), (1, top, bottom)):
        step, origin = along[:, axis], start[:, axis]
        flat = step == 0
        possible &= ~flat | ((origin >= low) & (origin <= high))
        divisor = np.where(flat, 1.0, step)
        first, second = (low - origin) / divisor, (high - origin) / divisor
        enter = np.where(flat, enter, np.maximum(enter, np.minimum(first, second)))
        leave = np.where(flat, leave, np.minimum(leave, np.maximum(first, second)))
    return np.asarray(possible & (enter <= leave))
