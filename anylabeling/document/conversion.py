"""Shapes of one kind turned into another kind."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from anylabeling.document.geometry import CLOSED_KINDS, bounds, outline
from anylabeling.document.masks import bitmap_of, mask_shape, outlines_of
from anylabeling.document.raster import Outline
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points

TRACE_TOLERANCE_PX = 0.8
"""How far the outline of a mask may leave the edges of its pixels when it becomes a polygon."""

_CUBOID_DEPTH = 0.25
"""How far the back of a cuboid that was made of a flat shape lies up and to the right, as a share of its sides."""

_OPEN_KINDS = frozenset({ShapeKind.LINE, ShapeKind.LINESTRIP})

_SCATTERED_KINDS = frozenset({ShapeKind.POINT, ShapeKind.POINTS, ShapeKind.OTHER})

SOURCES: Mapping[ShapeKind, frozenset[ShapeKind]] = {
    ShapeKind.POLYGON: CLOSED_KINDS | {ShapeKind.LINESTRIP, ShapeKind.POINTS, ShapeKind.OTHER},
    ShapeKind.RECTANGLE: CLOSED_KINDS | _OPEN_KINDS | {ShapeKind.POINTS, ShapeKind.OTHER},
    ShapeKind.ROTATED_RECTANGLE: CLOSED_KINDS | {ShapeKind.LINESTRIP},
    ShapeKind.QUADRILATERAL: CLOSED_KINDS,
    ShapeKind.CIRCLE: CLOSED_KINDS,
    ShapeKind.LINE: _OPEN_KINDS | {ShapeKind.RECTANGLE},
    ShapeKind.LINESTRIP: CLOSED_KINDS | _OPEN_KINDS | {ShapeKind.POINTS},
    ShapeKind.POINT: CLOSED_KINDS | _OPEN_KINDS | {ShapeKind.POINTS},
    ShapeKind.POINTS: CLOSED_KINDS | _OPEN_KINDS | {ShapeKind.POINT, ShapeKind.OTHER},
    ShapeKind.MASK: CLOSED_KINDS,
    ShapeKind.CUBOID: CLOSED_KINDS,
}
"""The kinds that can become each kind."""


def converted(shape: Shape, kind: ShapeKind) -> list[Shape]:
    """Return a shape as another kind: with its label and everything else that is known about it.

    A mask of several parts becomes several polygons, of which the first keeps the identity. Nothing is returned when
    the shape cannot become this kind: a line has no area, and an area without a pixel has no mask.
    """
    if shape.kind is kind:
        return [shape]
    if shape.kind not in SOURCES.get(kind, frozenset()):
        return []
    if kind is ShapeKind.MASK:
        mask = mask_shape(bitmap_of(shape), shape)
        return [] if mask is None else [mask]
    areas = _areas(shape)
    if not areas:
        return []
    if kind is ShapeKind.POLYGON:
        return polygons(shape, [area for area in areas if len(area.outer) >= 3])
    points = _points_of(shape, areas[0], kind)
    return [] if points is None else [_as(shape, kind, points)]


def polygons(shape: Shape, areas: list[Outline]) -> list[Shape]:
    """Return polygons of some areas with everything but the outline like a shape; the first has its identity."""
    found: list[Shape] = []
    for area in areas:
        like = shape if not found else shape.duplicate()
        found.append(
            like.with_changes(
                kind=ShapeKind.POLYGON, points=as_points(area.outer), holes=tuple(area.holes), parameters={}
            )
        )
    return found


def _areas(shape: Shape) -> list[Outline]:
    if shape.kind is ShapeKind.MASK:
        return outlines_of(bitmap_of(shape), TRACE_TOLERANCE_PX)
    points = outline(shape)
    if shape.kind is ShapeKind.LINESTRIP and len(points) > 3 and np.array_equal(points[0], points[-1]):
        points = points[:-1]
    least = 1 if shape.kind in _SCATTERED_KINDS else 2
    return [Outline(points, shape.holes)] if len(points) >= least else []


def _points_of(shape: Shape, area: Outline, kind: ShapeKind) -> Points | None:
    points = area.outer
    left, top, right, bottom = bounds(shape)
    if kind is ShapeKind.RECTANGLE:
        return np.array([[left, top], [right, bottom]])
    if kind is ShapeKind.ROTATED_RECTANGLE:
        return points if shape.kind is ShapeKind.RECTANGLE else least_rectangle(points)
    if kind is ShapeKind.QUADRILATERAL:
        return points if len(points) == 4 else least_rectangle(points)
    if kind is ShapeKind.CIRCLE:
        centre, size = centroid(points)
        return np.array([centre, (centre[0] + math.sqrt(size / math.pi), centre[1])]) if size > 0 else None
    if kind is ShapeKind.LINE:
        return shape.points[[0, -1]]
    if kind is ShapeKind.LINESTRIP:
        if shape.kind is ShapeKind.POINTS:
            return points if len(points) > 1 else None
        return points if shape.kind in _OPEN_KINDS else np.vstack([points, points[:1]])
    if kind is ShapeKind.POINTS:
        return points
    if kind is ShapeKind.CUBOID:
        return _cuboid(points if len(points) == 4 else _corners(left, top, right, bottom))
    if kind is ShapeKind.POINT:
        return np.array([[(left + right) / 2, (top + bottom) / 2]])
    return None


def _corners(left: float, top: float, right: float, bottom: float) -> Points:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _cuboid(front: Points) -> Points:
    across, down = np.ptp(front, axis=0)
    return np.vstack([front, np.round(front + (_CUBOID_DEPTH * across, -_CUBOID_DEPTH * down), 2)])


def least_rectangle(points: Points) -> Points:
    """Return the corners of the smallest rectangle at any angle around some points, float64 (4, 2)."""
    from anylabeling.opencv import cv2

    # cv2 has no double precision here; near the origin nothing is lost.
    origin = points.mean(axis=0)
    box = cv2.boxPoints(cv2.minAreaRect((points - origin).astype(np.float32)))
    return np.asarray(np.round(np.asarray(box, dtype=np.float64) + origin, 2))


def centroid(points: Points) -> tuple[tuple[float, float], float]:
    """Return the centre of mass of a closed outline, and its area in square pixels."""
    origin = points.mean(axis=0)
    x, y = (points - origin).T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    doubled = float(cross.sum())
    if abs(doubled) < 1e-9:
        return (float(origin[0]), float(origin[1])), 0.0
    cx = float(((x + np.roll(x, -1)) * cross).sum()) / (3 * doubled) + float(origin[0])
    cy = float(((y + np.roll(y, -1)) * cross).sum()) / (3 * doubled) + float(origin[1])
    return (cx, cy), abs(doubled) / 2


def _as(shape: Shape, kind: ShapeKind, points: Points) -> Shape:
    return shape.with_changes(kind=kind, points=as_points(points), parameters={}, holes=())
