"""The vertices of a shape counted through: those of its outline, then those of its holes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.shape import POINT_COUNTS, Points, Shape, ShapeKind, as_points

GROWING_KINDS = frozenset({ShapeKind.POLYGON, ShapeKind.LINESTRIP})
"""The kinds with edges on which vertices may be added."""
SHRINKING_KINDS = GROWING_KINDS | {ShapeKind.POINTS}
"""The kinds whose vertices may be removed."""


def vertices(shape: Shape) -> Points:
    """Return the shape's points followed by those of its holes, float64 (n, 2)."""
    return np.vstack([shape.points, *shape.holes]) if shape.holes else shape.points


def with_vertices(shape: Shape, points: Points) -> Shape:
    """Return the shape with other vertices, as many as ``vertices`` returns and in the same order."""
    if not shape.holes:
        return shape.with_points(points)
    ends = np.cumsum([len(shape.points), *(len(hole) for hole in shape.holes)])
    outer, *holes = np.split(points, ends[:-1])
    return shape.with_points(outer).with_changes(holes=tuple(as_points(hole) for hole in holes))


def place_of(shape: Shape, index: int) -> tuple[int, int]:
    """Return the ring of a vertex, 0 for the outline and 1 for the first hole, and the vertex's number in it."""
    for ring, points in enumerate((shape.points, *shape.holes)):
        if index < len(points):
            return ring, index
        index -= len(points)
    raise IndexError("the shape has fewer vertices")


def with_vertex(shape: Shape, edge: int, x: float, y: float) -> Shape:
    """Return the shape with a vertex between vertex ``edge`` and the next one of its ring."""
    ring, index = place_of(shape, edge)
    return _with_ring(shape, ring, np.insert(_ring(shape, ring), index + 1, (x, y), axis=0))


def without_vertices(shape: Shape, indices: Sequence[int]) -> Shape | None:
    """Return the shape without some vertices, or None when its outline would have too few or its kind keeps its count.

    A hole of which fewer than three vertices are left is gone.
    """
    if shape.kind not in SHRINKING_KINDS:
        return None
    keep: NDArray[np.bool_] = np.ones(len(shape.points) + sum(map(len, shape.holes)), dtype=bool)
    keep[list(indices)] = False
    count = len(shape.points)
    outer = shape.points[keep[:count]]
    if len(outer) < POINT_COUNTS[shape.kind][0]:
        return None
    holes, start = [], count
    for hole in shape.holes:
        rest = hole[keep[start : start + len(hole)]]
        start += len(hole)
        if len(rest) >= 3:
            holes.append(as_points(rest))
    return shape.with_changes(points=as_points(outer), holes=tuple(holes))


def simplified(shape: Shape, tolerance: float) -> Shape:
    """Return the shape without the vertices that its outline does not need (Douglas and Peucker).

    Args:
        shape: A polygon or a line strip; another kind is returned as it is.
        tolerance: How far the outline may move, in pixels.
    """
    if shape.kind not in GROWING_KINDS:
        return shape
    from anylabeling import accel

    closed = shape.kind is ShapeKind.POLYGON
    least = POINT_COUNTS[shape.kind][0]
    outer = accel.simplify(shape.points, tolerance, closed=closed)
    holes = tuple(as_points(accel.simplify(hole, tolerance, closed=True)) for hole in shape.holes)
    if len(outer) < least or len(outer) + sum(map(len, holes)) == len(vertices(shape)):
        return shape
    return shape.with_changes(points=as_points(outer), holes=tuple(hole for hole in holes if len(hole) >= 3))


def _ring(shape: Shape, ring: int) -> Points:
    return shape.holes[ring - 1] if ring else shape.points


def _with_ring(shape: Shape, ring: int, points: Points) -> Shape:
    if not ring:
        return shape.with_points(points)
    holes = list(shape.holes)
    holes[ring - 1] = as_points(points)
    return shape.with_changes(holes=tuple(holes))
