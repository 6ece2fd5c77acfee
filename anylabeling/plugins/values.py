"""Between the values of plug-ins and the program's own; what comes from a plug-in is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from anylabeling.document.shape import Points, Shape, ShapeKind, as_points
from anylabeling.plugins.api_values import Point, ShapeData

_MADE = frozenset(ShapeKind) - {ShapeKind.OTHER, ShapeKind.MASK}
_FIELDS = ("label", "score", "text", "description", "group_id", "flags", "attributes", "difficult")


def shape_data(shape: Shape) -> ShapeData:
    """Return a shape for a plug-in."""
    return ShapeData(
        kind=shape.kind.value,
        points=_pairs(shape.points),
        label=shape.label,
        score=shape.score,
        text=shape.text,
        description=shape.description,
        group_id=shape.group_id,
        flags=dict(shape.flags),
        attributes=dict(shape.attributes),
        difficult=shape.difficult,
        holes=tuple(map(_pairs, shape.holes)),
        key=shape.uid,
    )


def all_data(shapes: Iterable[Shape]) -> tuple[ShapeData, ...]:
    """Return shapes for a plug-in."""
    return tuple(map(shape_data, shapes))


def shape_from(data: ShapeData, known: Mapping[int, Shape] | None = None) -> Shape:
    """Return the shape that a plug-in means.

    Args:
        data: What it says.
        known: Shapes that it was given, by key: one that it returns as it was is that very shape.

    Raises:
        TypeError: When a value is of another type.
        ValueError: When the points are none of that kind.
    """
    given: object = data
    if not isinstance(given, ShapeData):
        raise TypeError(f"a shape is a ShapeData and not a {type(given).__name__}")
    before = (known or {}).get(data.key)
    if before is not None:
        same = shape_data(before)
        if data == same:
            return before
        if (data.kind, data.points, data.holes) == (same.kind, same.points, same.holes):
            return before.with_changes(**_checked(data))
    kind = ShapeKind(data.kind)
    if kind not in _MADE:
        raise ValueError(f"a plug-in cannot make a {kind.value}")
    values: dict[str, Any] = {
        "kind": kind,
        "points": as_points(data.points),
        "holes": tuple(map(as_points, data.holes)),
        **_checked(data),
    }
    return Shape(**values) if before is None else before.with_changes(**values, parameters={})


def shapes_from(found: Sequence[ShapeData], known: Iterable[Shape] = ()) -> tuple[Shape, ...]:
    """Return the shapes that a plug-in means; see shape_from."""
    given: object = found
    if not isinstance(given, list | tuple):
        raise TypeError(f"shapes are a list and not a {type(given).__name__}")
    by_key = {shape.uid: shape for shape in known}
    result: list[Shape] = []
    for data in found:
        shape = shape_from(data, by_key)
        by_key.pop(shape.uid, None)  # a second one with this key is another shape
        result.append(shape)
    return tuple(result)


def _checked(data: ShapeData) -> dict[str, Any]:
    for name in ("label", "text", "description"):
        if not isinstance(getattr(data, name), str):
            raise TypeError(f"{name} of a shape is a text")
    score, group = data.score, data.group_id
    if score is not None and (isinstance(score, bool) or not 0 <= float(score) <= 1):
        raise ValueError("score of a shape is a number from 0 to 1")
    if group is not None and (isinstance(group, bool) or not isinstance(group, int)):
        raise TypeError("group_id of a shape is a whole number")
    values = {name: getattr(data, name) for name in _FIELDS}
    return values | {
        "score": None if score is None else float(score),
        "flags": {str(name): bool(value) for name, value in data.flags.items()},
        "attributes": dict(data.attributes),
        "difficult": bool(data.difficult),
    }


def _pairs(points: Points) -> tuple[Point, ...]:
    return tuple((x, y) for x, y in points.tolist())
