"""What the points of a shape mean in the files of AnyLabeling, labelme 5 to 7 and X-AnyLabeling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from anylabeling.document.masks import border, decode_pixels
from anylabeling.document.shape import POINT_COUNTS, Points, ShapeKind, as_points

_MAX_ANGLE = 1e6
_CORNER_TOLERANCE_PX = 1e-3


class Meaning(NamedTuple):
    """A shape of a file in our terms.

    Attributes:
        kind: What the points mean.
        points: float64 (n, 2), pixels.
        parameters: What the kind needs beyond its points.
        used: Keys of the file's shape that are in ``parameters`` now.
    """

    kind: ShapeKind
    points: Points
    parameters: dict[str, Any]
    used: tuple[str, ...] = ()


def interpret(shape_type: str, points: Points, record: Mapping[str, Any]) -> Meaning:
    """Say what a file's shape is.

    A kind that is not known, and a known one with a number of points that it cannot have, becomes ShapeKind.OTHER with
    the file's ``shape_type`` in the parameters; its points stay as they are.

    Args:
        shape_type: As the file says.
        points: float64 (n, 2) with at least one point, pixels.
        record: The whole shape of the file, for the keys that some kinds need.
    """
    meaning = _known(shape_type, points, record) or Meaning(ShapeKind.OTHER, points, {"shape_type": shape_type})
    if record.get("mask") is None or "mask" in meaning.used:
        return meaning
    # labelme 7 rejects a whole file for a bitmap at a shape that is no mask, so it must not go back under its name.
    parameters = {**meaning.parameters, "mask": record["mask"]}
    return meaning._replace(parameters=parameters, used=(*meaning.used, "mask"))


def fits(kind: ShapeKind, count: int) -> bool:
    """Return whether a kind can have this number of points."""
    least, greatest = POINT_COUNTS[kind]
    return count >= least and (greatest is None or count <= greatest)


def _known(shape_type: str, points: Points, record: Mapping[str, Any]) -> Meaning | None:
    if shape_type in _SPECIAL:
        return _SPECIAL[shape_type](points, record)
    kind = _SIMPLE.get(shape_type)
    return Meaning(kind, points, {}) if kind is not None and fits(kind, len(points)) else None


def _rectangle(points: Points, _record: Mapping[str, Any]) -> Meaning | None:
    if len(points) == 2:
        return Meaning(ShapeKind.RECTANGLE, points, {})
    if len(points) != 4:
        return None
    if _is_upright(points):
        corners = as_points(np.stack([points.min(axis=0), points.max(axis=0)]))
        return Meaning(ShapeKind.RECTANGLE, corners, {})
    return Meaning(ShapeKind.QUADRILATERAL, points, {})


def _rotated(points: Points, record: Mapping[str, Any]) -> Meaning | None:
    if len(points) != 4:
        return None
    kind = ShapeKind.ROTATED_RECTANGLE if _is_rectangular(points) else ShapeKind.QUADRILATERAL
    direction = record.get("direction")
    if isinstance(direction, int | float) and not isinstance(direction, bool) and abs(direction) <= _MAX_ANGLE:
        return Meaning(kind, points, {"direction": direction}, ("direction",))
    return Meaning(kind, points, {})


def _quadrilateral(points: Points, _record: Mapping[str, Any]) -> Meaning | None:
    return Meaning(ShapeKind.QUADRILATERAL, points, {}) if len(points) == 4 else None


def _mask(points: Points, record: Mapping[str, Any]) -> Meaning | None:
    encoded = record.get("mask")
    if len(points) != 2 or not isinstance(encoded, str):
        return None
    x1, y1 = points.min(axis=0)
    x2, y2 = points.max(axis=0)
    pixels = decode_pixels(encoded, (round(x2 - x1) + 1, round(y2 - y1) + 1))
    if pixels is None:
        return None
    bbox = [float(x1), float(y1), float(x2), float(y2)]
    outline = as_points(border(pixels) + (x1, y1))
    return Meaning(ShapeKind.MASK, outline, {"bbox": bbox, "png": encoded}, ("mask",))


def _is_upright(points: Points) -> bool:
    """Return whether four points go around an axis-aligned rectangle, from any corner, in either direction."""
    steps = np.abs(np.roll(points, -1, axis=0) - points) <= _CORNER_TOLERANCE_PX
    level, plumb = steps[:, 1], steps[:, 0]
    return bool((level[0] and plumb[1] and level[2] and plumb[3]) or (plumb[0] and level[1] and plumb[2] and level[3]))


def _is_rectangular(points: Points) -> bool:
    """Return whether four points are the corners of a rectangle at any angle: equal diagonals that halve each other."""
    first, second = points[2] - points[0], points[3] - points[1]
    lengths = float(np.hypot(*first)), float(np.hypot(*second))
    tolerance = max(0.5, 0.01 * max(lengths))
    apart = float(np.hypot(*(points[0] + points[2] - points[1] - points[3]))) / 2
    return abs(lengths[0] - lengths[1]) <= tolerance and apart <= tolerance


_SIMPLE: Mapping[str, ShapeKind] = {
    "polygon": ShapeKind.POLYGON,
    "circle": ShapeKind.CIRCLE,
    "line": ShapeKind.LINE,
    "linestrip": ShapeKind.LINESTRIP,
    "point": ShapeKind.POINT,
    "points": ShapeKind.POINTS,
    "cuboid": ShapeKind.CUBOID,
}

_SPECIAL: Mapping[str, Callable[[Points, Mapping[str, Any]], Meaning | None]] = {
    "rectangle": _rectangle,
    "rotation": _rotated,
    "oriented_rectangle": _rotated,
    "quadrilateral": _quadrilateral,
    "mask": _mask,
}
