"""What is done to thousands of shapes at once: one pass over all their points in place of a call for each."""

from __future__ import annotations

import collections
import itertools
import operator
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.geometry import bounds, moved
from anylabeling.document.shape import MAX_COORDINATE, Points, Shape, ShapeKind, new_uid, remember_box
from anylabeling.utils.turns import give_way

_FEW = 16
_AT_ONCE = 500
"""So many are looked at in one go: no other thread gets the interpreter's lock meanwhile."""
_box_of = operator.attrgetter("known_box")


def bounds_of_all(shapes: Sequence[Shape]) -> NDArray[np.float64]:
    """Return left, top, right and bottom of each shape, float64 (n, 4)."""
    boxes = list(map(_box_of, shapes))
    if None in boxes:
        find_boxes([shape for shape, box in zip(shapes, boxes, strict=True) if box is None])
        boxes = list(map(_box_of, shapes))
    return np.fromiter(itertools.chain.from_iterable(boxes), np.float64, 4 * len(boxes)).reshape(-1, 4)


def find_boxes(shapes: Sequence[Shape]) -> None:
    """Find the boxes of shapes, which keep them: on a thread, before a window shows thousands of them."""
    for first in range(0, len(shapes), _AT_ONCE):
        give_way()
        _find_boxes(shapes[first : first + _AT_ONCE])


def _find_boxes(shapes: Sequence[Shape]) -> None:
    if len(shapes) < _FEW:
        for shape in shapes:
            bounds(shape)
        return
    points, ends = _all_points(shapes)
    starts = np.concatenate([[0], ends[:-1]])
    # Column by column: a reduction over pairs takes ten times as long.
    x, y = np.ascontiguousarray(points.T)
    boxes = np.stack([which.reduceat(side, starts) for which in (np.minimum, np.maximum) for side in (x, y)], axis=1)
    circles = [shape for shape in shapes if shape.kind is ShapeKind.CIRCLE]
    # A loop inside of the interpreter's own code takes half as long.
    collections.deque(map(remember_box, shapes, map(tuple, boxes.tolist())), maxlen=0)
    for shape in circles:  # its points are its middle and one of its rim
        remember_box(shape, None)
        bounds(shape)


def moved_all(shapes: Sequence[Shape], dx: float, dy: float, *, copies: bool = False) -> list[Shape]:
    """Return shapes shifted by dx, dy pixels, as ``moved`` does it for one.

    Args:
        shapes: The shapes.
        dx: To the right.
        dy: Down.
        copies: Make other objects of them.
    """
    if len(shapes) >= _FEW:
        points, ends = _all_points(shapes)
        points += (dx, dy)
        if (np.abs(points) <= MAX_COORDINATE).all():
            points.flags.writeable = False
            return list(_with_points(shapes, points, ends.tolist(), (dx, dy), copies))
    found = [moved(shape, dx, dy) for shape in shapes]
    return [shape.duplicate() for shape in found] if copies else found


def _with_points(
    shapes: Sequence[Shape], points: Points, ends: list[int], step: tuple[float, float], copies: bool
) -> Iterator[Shape]:
    """Yield shapes with their parts of the points; they share the memory of all of them."""
    start = 0
    for number, (shape, end) in enumerate(zip(shapes, ends, strict=True)):
        if number % _AT_ONCE == 0:
            give_way()
        if shape.holes or shape.kind is ShapeKind.MASK:
            one = moved(shape, *step)
            yield one.duplicate() if copies else one
        else:
            yield shape.with_valid_points(points[start:end], uid=new_uid() if copies else None)
        start = end


def _all_points(shapes: Sequence[Shape]) -> tuple[Points, NDArray[np.intp]]:
    """Return the points of all shapes one after the other, and where each shape's points end."""
    lists = [shape.points for shape in shapes]
    ends = np.fromiter(itertools.accumulate(map(len, lists)), dtype=np.intp, count=len(lists))
    return np.concatenate(lists), ends
