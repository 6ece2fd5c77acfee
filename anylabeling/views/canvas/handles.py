"""The points by which a shape is changed, and what dragging one of them does. Pure functions on shapes."""

from __future__ import annotations

import math

import numpy as np

from anylabeling.document.geometry import normalized_rectangle, outline
from anylabeling.document.many import bounds_of_all
from anylabeling.document.moves import limited
from anylabeling.document.rings import (
    GROWING_KINDS,
    SHRINKING_KINDS,
    vertices,
    with_vertex,
    with_vertices,
    without_vertices,
)
from anylabeling.document.shape import Points, Shape, ShapeKind

_NO_POINTS: Points = np.empty((0, 2))
ROTATE_HANDLE = 8
"""The index of a rotated rectangle's turning handle, after four corners and four edge middles."""
ROTATE_STEP_RAD = math.radians(15.0)
_UPRIGHT_PX = 0.5


def handle_points(shape: Shape, rotate_distance: float) -> Points:
    """Return the positions of a shape's handles, float64 (n, 2) in image pixels.

    Rectangles of both kinds have four corners and four edge middles, a rotated one also a turning handle
    ``rotate_distance`` image pixels outside its first edge; a circle has centre and rim point; other kinds their
    vertices. Locked shapes and masks have none.
    """
    if shape.locked or shape.kind is ShapeKind.MASK:
        return _NO_POINTS
    if shape.kind not in (ShapeKind.RECTANGLE, ShapeKind.ROTATED_RECTANGLE):
        return vertices(shape)
    corners = outline(shape)
    middles = (corners + np.roll(corners, -1, axis=0)) / 2
    if shape.kind is ShapeKind.RECTANGLE:
        return np.vstack([corners, middles])
    outward = -_axes(corners)[1]
    return np.vstack([corners, middles, middles[0] + outward * rotate_distance])


def drag_handle(shape: Shape, index: int, x: float, y: float, *, shift: bool = False) -> Shape:
    """Return the shape after its handle ``index`` was dragged to x, y (image pixels).

    ``shift`` turns a rotated rectangle in steps of 15 degrees, and moves one corner of a cuboid without the others.
    """
    target = np.array([x, y])
    if shape.kind is ShapeKind.RECTANGLE:
        return shape.with_points(_drag_rectangle(shape.points, index, target))
    if shape.kind is ShapeKind.ROTATED_RECTANGLE:
        if index == ROTATE_HANDLE:
            return shape.with_points(_turn(shape.points, target, snap_angle=shift))
        return shape.with_points(_drag_rotated(shape.points, index, target))
    if shape.kind is ShapeKind.CIRCLE and index == 0:
        return shape.with_points(shape.points + (target - shape.points[0]))
    if shape.kind is ShapeKind.CUBOID and not shift:
        return shape.with_points(_drag_cuboid(shape.points, index, target))
    points = vertices(shape).copy()
    points[index] = target
    return with_vertices(shape, points)


def can_grow(shape: Shape) -> bool:
    """Whether vertices may be added to a shape."""
    return shape.kind in GROWING_KINDS and not shape.locked


def can_shrink(shape: Shape) -> bool:
    """Whether vertices may be removed from a shape, as far as it has more than it needs."""
    return shape.kind in SHRINKING_KINDS and not shape.locked


def insert_vertex(shape: Shape, edge: int, x: float, y: float) -> Shape:
    """Return the shape with a vertex between vertex ``edge`` and the next one, counted through its holes too."""
    return with_vertex(shape, edge, x, y)


def remove_vertex(shape: Shape, index: int) -> Shape | None:
    """Return the shape without a vertex, or None when it would have too few or its kind keeps its count."""
    return without_vertices(shape, [index]) if can_shrink(shape) else None


def clamped_move(shapes: list[Shape], dx: float, dy: float, width: float, height: float) -> tuple[float, float]:
    """Return the part of a move that keeps the shapes, taken as a whole, inside an image.

    What already lies outside may come back in but goes no further out.
    """
    if not shapes:
        return 0.0, 0.0
    boxes = bounds_of_all(shapes)
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    return limited(dx, left, right, width), limited(dy, top, bottom, height)


def overshoot(shapes: list[Shape], before: list[Shape], width: float, height: float) -> tuple[float, float]:
    """Return the move that brings shapes back as far as others reached before: into the image, or where those were."""
    boxes, old = bounds_of_all(shapes), bounds_of_all(before)
    least = np.minimum(old[:, :2].min(axis=0), 0.0)
    most = np.maximum(old[:, 2:].max(axis=0), (width, height))
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    dx, dy = np.maximum(least - low, 0.0) + np.minimum(most - high, 0.0)
    return float(dx), float(dy)


def _axes(corners: Points) -> tuple[Points, Points]:
    """Return the unit vectors along the first edge and towards the opposite one."""
    along = corners[1] - corners[0]
    length = math.hypot(*along)
    along = along / length if length > 0 else np.array([1.0, 0.0])
    across = np.array([-along[1], along[0]])
    return along, across if (corners[3] - corners[0]) @ across >= 0 else -across


def _drag_rectangle(points: Points, index: int, target: Points) -> Points:
    (x1, y1), (x2, y2) = points
    if index < 4:
        corners = np.array([[x1, y1], [x2, y1], [x2, y2], [x1, y2]])
        return normalized_rectangle(*corners[(index + 2) % 4], *target)
    x, y = target
    match index - 4:
        case 0:
            y1 = y
        case 1:
            x2 = x
        case 2:
            y2 = y
        case _:
            x1 = x
    return normalized_rectangle(x1, y1, x2, y2)


def _drag_cuboid(points: Points, index: int, target: Points) -> Points:
    """Move the back of a cuboid as a whole, or change its front, which the back follows.

    An upright front stays one: the corner drags its neighbours along.
    """
    moved = points.copy()
    if index >= 4:
        moved[4:] += target - points[index]
        return moved
    step, front = target - points[index], points[:4]
    change = np.zeros((4, 2))
    change[index] = step
    for neighbour in ((index + 1) % 4, (index - 1) % 4):
        along = np.abs(front[neighbour] - front[index])
        if along.min() <= _UPRIGHT_PX:
            # Of a level edge both ends have one height, of a plumb one both ends one place across.
            axis = int(along.argmin())
            change[neighbour, axis] = step[axis]
    moved[:4] += change
    moved[4:] += change
    return moved


def _drag_rotated(corners: Points, index: int, target: Points) -> Points:
    along, across = _axes(corners)
    if index >= 4:
        edge = index - 4
        outward = -across if edge == 0 else along if edge == 1 else across if edge == 2 else -along
        moved = corners.copy()
        moved[[edge, (edge + 1) % 4]] += outward * ((target - corners[edge]) @ outward)
        return moved
    fixed = (index + 2) % 4
    offset = target - corners[fixed]
    # Corner coordinates in units of the sides: 0,0 / 1,0 / 1,1 / 0,1.
    unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    differs = unit != unit[fixed]
    return np.asarray(
        corners[fixed]
        + np.outer(differs[:, 0] * (offset @ along), along)
        + np.outer(differs[:, 1] * (offset @ across), across)
    )


def _turn(corners: Points, target: Points, *, snap_angle: bool) -> Points:
    centre = corners.mean(axis=0)
    along, across = _axes(corners)
    towards = target - centre
    turn = math.atan2(towards[1], towards[0]) - math.atan2(-across[1], -across[0])
    if snap_angle:
        present = math.atan2(along[1], along[0])
        turn = round((present + turn) / ROTATE_STEP_RAD) * ROTATE_STEP_RAD - present
    cos, sin = math.cos(turn), math.sin(turn)
    return np.asarray((corners - centre) @ np.array([[cos, sin], [-sin, cos]]) + centre)
