"""Geometry of single shapes: outlines, bounds, moves. All in image pixels."""

from __future__ import annotations

import math

import numpy as np

from anylabeling.document.shape import Box, Points, Shape, ShapeKind, as_points, remember_box

CLOSED_KINDS = frozenset(
    {
        ShapeKind.POLYGON,
        ShapeKind.RECTANGLE,
        ShapeKind.ROTATED_RECTANGLE,
        ShapeKind.QUADRILATERAL,
        ShapeKind.CIRCLE,
        ShapeKind.MASK,
        ShapeKind.CUBOID,
    }
)
"""The kinds that enclose an area."""

CUBOID_EDGES = (*((side, (side + 1) % 4) for side in range(4)), *((4 + side, 4 + (side + 1) % 4) for side in range(4)),
                *((corner, corner + 4) for corner in range(4)))  # fmt: skip
"""The twelve edges of a cuboid as pairs of its points."""


def outline(shape: Shape, *, circle_vertices: int = 64) -> Points:
    """Return the outline of a shape, float64 (n, 2); a circle becomes a regular polygon, a cuboid its silhouette."""
    points = shape.points
    if shape.kind is ShapeKind.RECTANGLE:
        (x1, y1), (x2, y2) = points
        return np.array([[x1, y1], [x2, y1], [x2, y2], [x1, y2]])
    if shape.kind is ShapeKind.CIRCLE:
        angles = np.linspace(0.0, 2 * math.pi, circle_vertices, endpoint=False)
        return np.asarray(points[0] + circle_radius(shape) * np.stack([np.cos(angles), np.sin(angles)], axis=1))
    if shape.kind is ShapeKind.CUBOID:
        return hull(points)
    return points


def hull(points: Points) -> Points:
    """Return the corners of the convex hull of some points, clockwise on the screen, float64 (n, 2), n >= 3.

    Points on one line have none; they are returned as they are. By Andrew's monotone chain.
    """
    ordered = sorted(set(map(tuple, points.tolist())))

    def half(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
        chain: list[tuple[float, float]] = []
        for x, y in places:
            while len(chain) > 1 and _turns_back(chain[-2], chain[-1], (x, y)):
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    corners = half(ordered) + half(ordered[::-1])
    return as_points(corners) if len(corners) >= 3 else points


def _turns_back(first: tuple[float, float], second: tuple[float, float], third: tuple[float, float]) -> bool:
    (x1, y1), (x2, y2), (x3, y3) = first, second, third
    return (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1) <= 0.0


def circle_radius(shape: Shape) -> float:
    """Return the distance from a circle's centre to its rim point."""
    (cx, cy), (rx, ry) = shape.points
    return math.hypot(rx - cx, ry - cy)


def bounds(shape: Shape) -> Box:
    """Return left, top, right, bottom."""
    box = shape.known_box
    if box is None:
        box = _bounds(shape)
        remember_box(shape, box)
    return box


def _bounds(shape: Shape) -> Box:
    points = shape.points
    if shape.kind is ShapeKind.CIRCLE:
        (cx, cy), radius = points[0], circle_radius(shape)
        return float(cx - radius), float(cy - radius), float(cx + radius), float(cy + radius)
    x1, y1 = points.min(axis=0)
    x2, y2 = points.max(axis=0)
    return float(x1), float(y1), float(x2), float(y2)


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """Return the shape shifted by dx, dy pixels; holes and a mask's bitmap come along, the latter by whole pixels."""
    if shape.kind is not ShapeKind.MASK:
        result = shape.with_points(shape.points + (dx, dy))
        return result.with_changes(holes=tuple(hole + (dx, dy) for hole in shape.holes)) if shape.holes else result
    dx, dy = round(dx), round(dy)
    points = as_points(shape.points + (dx, dy))
    parameters = dict(shape.parameters)
    if "bbox" in parameters:
        x1, y1, x2, y2 = parameters["bbox"]
        parameters["bbox"] = [x1 + dx, y1 + dy, x2 + dx, y2 + dy]
    return shape.with_changes(points=points, parameters=parameters)


def turned(shape: Shape, angle_rad: float, centre: tuple[float, float] | None = None) -> Shape:
    """Return the shape turned clockwise on the screen about a point, by default the middle of its box.

    An upright rectangle becomes a rotated one. Circles and points keep their size and go around the centre; a mask is
    returned as it is, because its pixels would not stay the same.
    """
    if shape.kind is ShapeKind.MASK:
        return shape
    left, top, right, bottom = bounds(shape)
    cx, cy = centre or ((left + right) / 2, (top + bottom) / 2)
    cos, sin = math.cos(angle_rad), math.sin(angle_rad)
    matrix = np.array([[cos, sin], [-sin, cos]])

    def turn(points: Points) -> Points:
        return as_points(np.round((points - (cx, cy)) @ matrix + (cx, cy), 3))

    if shape.kind is ShapeKind.RECTANGLE:
        return shape.with_changes(kind=ShapeKind.ROTATED_RECTANGLE, points=turn(outline(shape)), parameters={})
    if shape.kind is ShapeKind.CIRCLE:
        middle = turn(shape.points[:1])[0]
        return shape.with_points(shape.points + (middle - shape.points[0]))
    result = shape.with_points(turn(shape.points))
    return result.with_changes(holes=tuple(turn(hole) for hole in shape.holes)) if shape.holes else result


def normalized_rectangle(x1: float, y1: float, x2: float, y2: float) -> Points:
    """Return two corners, top left first."""
    return np.array([[min(x1, x2), min(y1, y2)], [max(x1, x2), max(y1, y2)]])


def rotated_rectangle_corners(cx: float, cy: float, width: float, height: float, angle_rad: float) -> Points:
    """Return the four corners of a rectangle around a centre, turned clockwise on the screen by an angle."""
    ux, uy = math.cos(angle_rad), math.sin(angle_rad)
    along = np.array([ux, uy]) * (width / 2)
    across = np.array([-uy, ux]) * (height / 2)
    centre = np.array([cx, cy])
    return np.stack(
        [centre - along - across, centre + along - across, centre + along + across, centre - along + across]
    )


def rotated_rectangle_angle(points: Points) -> float:
    """Return the angle of the first edge of four corners in radians, clockwise on the screen."""
    dx, dy = points[1] - points[0]
    return math.atan2(dy, dx)
