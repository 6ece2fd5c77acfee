"""Objects with key points: a box or an outline and named points in one group, as pose models give them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from anylabeling.document.formats.areas import has_area
from anylabeling.document.formats.notes import Notes
from anylabeling.document.shape import Shape, ShapeKind, as_points

COCO_KEY_POINTS = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
    "right_ankle",
)  # fmt: skip
"""The order in which COCO lists the key points of a person."""

OCCLUDED_FLAG = "occluded"
"""The flag of a key point that is known but not to be seen, visibility 1 in the formats."""

HIDDEN, OCCLUDED, VISIBLE = 0, 1, 2


class Pose(NamedTuple):
    """An object with its key points.

    Attributes:
        shape: The box or outline; a shape of no kind of area is never one.
        points: Name to point shape.
    """

    shape: Shape
    points: dict[str, Shape]


def poses(shapes: Iterable[Shape], notes: Notes) -> tuple[dict[int, Pose], list[Shape]]:
    """Bring areas and the points of their groups together.

    A group that holds two areas gives its points to the first one. Points whose group has none are left out.

    Returns:
        The objects with key points by the uid of their area, and all shapes but their points in the order given.
    """
    kept = list(shapes)
    points: dict[int, list[Shape]] = {}
    for shape in kept:
        if shape.kind is ShapeKind.POINT and shape.group_id is not None:
            points.setdefault(shape.group_id, []).append(shape)
    found: dict[int, Pose] = {}
    rest: list[Shape] = []
    for shape in kept:
        own = points.pop(shape.group_id, None) if shape.group_id is not None and has_area(shape) else None
        if own is not None:
            rest.append(shape)
            found[shape.uid] = Pose(shape, _named(own, rest))
        elif shape.kind is not ShapeKind.POINT or shape.group_id is None:
            rest.append(shape)
    for alone in points.values():
        for point in alone:
            notes.left_out(point.kind, "no object")
    return found, rest


def visibility(point: Shape) -> int:
    """Return what the formats call how visible a key point is."""
    return OCCLUDED if point.flags.get(OCCLUDED_FLAG) else VISIBLE


def key_point_row(
    pose: Pose, names: Sequence[str], size: tuple[int, int], notes: Notes
) -> list[tuple[float, float, int]]:
    """Return x, y in pixels and visibility for each name; points of other names are noted as left out."""
    row: list[tuple[float, float, int]] = []
    for name in names:
        point = pose.points.get(name)
        x, y = (0.0, 0.0) if point is None else point.points[0].tolist()
        inside = point is not None and 0 <= x <= size[0] and 0 <= y <= size[1]
        if point is not None and not inside:
            notes.left_out(point.kind, "outside")
        row.append((x, y, visibility(point)) if point is not None and inside else (0.0, 0.0, HIDDEN))
    known = set(names)
    for name, point in pose.points.items():
        if name not in known:
            notes.left_out(point.kind, "no object")
    return row


def point_shapes(row: Iterable[tuple[float, float, int]], names: Sequence[str], group_id: int) -> list[Shape]:
    """Return the key points that are known as shapes of a group."""
    return [
        Shape(
            ShapeKind.POINT,
            as_points(np.round([[x, y]], 4)),
            label=name,
            group_id=group_id,
            flags={OCCLUDED_FLAG: True} if seen == OCCLUDED else {},
        )
        for name, (x, y, seen) in zip(names, row, strict=True)
        if seen != HIDDEN
    ]


def names_for(count: int, known: Sequence[str] = ()) -> list[str]:
    """Return names of key points: the known ones, those of COCO for 17 of them, or numbered ones."""
    if len(known) == count and len(set(known)) == count and all(known):
        return list(known)
    if count == len(COCO_KEY_POINTS):
        return list(COCO_KEY_POINTS)
    return [f"point_{number}" for number in range(count)]


def _named(points: list[Shape], rest: list[Shape]) -> dict[str, Shape]:
    named: dict[str, Shape] = {}
    for point in points:
        if point.label in named:
            rest.append(point)
        else:
            named[point.label] = point
    return named
