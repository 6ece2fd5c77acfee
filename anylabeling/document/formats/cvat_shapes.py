"""What elements of CVAT's XML are here: shapes, with their attributes in the kinds that the list of labels states."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from anylabeling.document.formats.coco_rle import decode_counts
from anylabeling.document.formats.cvat_elements import (
    CHECKBOX,
    CUBOID_CORNERS,
    DESCRIPTION,
    DIFFICULT,
    NUMBER,
    SCORE,
    TEXT_NAME,
)
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.poses import OCCLUDED_FLAG
from anylabeling.document.formats.reading import number, whole
from anylabeling.document.formats.xml_tree import Element
from anylabeling.document.geometry import rotated_rectangle_corners
from anylabeling.document.masks import MAX_MASK_PIXELS, Bitmap, mask_shape
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points

AttributeKinds = Mapping[tuple[str, str], Mapping[str, str]]
"""For the skeleton that a label is a point of, or an empty text, and the label: how each attribute is entered."""

_TAGS = frozenset({"box", "polygon", "polyline", "points", "ellipse", "mask", "cuboid", "skeleton"})
_ROUND_PX = 0.02
"""What two decimals may make of one radius."""
_LEAST_VERTICES, _MOST_VERTICES, _EDGE_PX = 16, 72, 8.0


class ShapeReader:
    """Collects the shapes of one image.

    Args:
        kinds: How attributes are entered.
        notes: What is left out is counted here.
    """

    def __init__(self, kinds: AttributeKinds, notes: Notes) -> None:
        self._kinds = kinds
        self._notes = notes
        self._found: list[tuple[int, list[Shape]]] = []

    def add(self, element: Element, track: Mapping[str, str] | None = None) -> None:
        """Read an element that may be a shape; of a track, whose number is its group, the track says the label."""
        if element.name not in _TAGS:
            return
        try:
            order = whole(element.attributes.get("z_order", "0"))
            shapes = self._shapes(element, track)
        except (ValueError, KeyError, OverflowError):
            self._notes.said("bad entries")
            return
        self._found.append((order, shapes))

    def shapes(self) -> tuple[Shape, ...]:
        """Return the shapes, bottom first; those that belong to a skeleton get groups that no other has."""
        ordered = [shapes for _, shapes in sorted(self._found, key=lambda pair: pair[0])]
        taken = {shape.group_id for shapes in ordered for shape in shapes} - {None}
        following = max((group for group in taken if group is not None), default=0) + 1
        result: list[Shape] = []
        for shapes in ordered:
            if len(shapes) > 1 and shapes[0].group_id is None:
                result += [shape.with_changes(group_id=following) for shape in shapes]
                following += 1
            else:
                result += shapes
        return tuple(result)

    def _shapes(self, element: Element, track: Mapping[str, str] | None) -> list[Shape]:
        attributes = element.attributes
        label = attributes["label"] if track is None else track["label"]
        if not label:
            raise ValueError("it has no label")
        group = whole(attributes.get("group_id", "0")) or None
        if track is not None:
            group = whole(track["id"])
        if element.name != "skeleton":
            return [self._one(element, label, group=group)]
        points = [
            self._one(child, child.attributes["label"], skeleton=label)
            for child in element.children
            if child.name in _TAGS and child.name != "skeleton" and child.attributes.get("outside") != "1"
        ]
        if not points:
            raise ValueError("a skeleton has no point that is there")
        if track is None:
            # Two skeletons in one group would share their points.
            self._notes.said("skeleton groups", int(group is not None))
            group = None
        box = Shape(ShapeKind.RECTANGLE, _around(points), label=label)
        return [shape.with_changes(group_id=group) for shape in (self._with_fields(box, element, "", label), *points)]

    def _one(self, element: Element, label: str, *, group: int | None = None, skeleton: str = "") -> Shape:
        made = _PLACES[element.name](element.attributes)
        self._notes.said("ellipses", int(element.name == "ellipse" and made.kind is ShapeKind.POLYGON))
        return self._with_fields(made.with_changes(label=label, group_id=group), element, skeleton, label)

    def _with_fields(self, shape: Shape, element: Element, skeleton: str, label: str) -> Shape:
        kinds = self._kinds.get((skeleton, label), {})
        values: dict[str, Any] = {}
        for child in element.all("attribute"):
            name = child.attributes.get("name", "")
            if name:
                values[name] = _value(child.text, kinds.get(name, ""))
        fields = _own_fields(values)
        if element.attributes.get("occluded") == "1":
            fields["flags"] = {OCCLUDED_FLAG: True}
        return shape.with_changes(attributes=values, **fields) if values or fields else shape


def _own_fields(values: dict[str, Any]) -> dict[str, Any]:
    """Take the attributes that are fields of a shape here out of the others, also where they are stated to be text."""
    fields: dict[str, Any] = {}
    if values.get(DIFFICULT) in (True, False, "true", "false"):
        fields["difficult"] = values.pop(DIFFICULT) in (True, "true")
    for name in (TEXT_NAME, DESCRIPTION):
        if isinstance(values.get(name), str):
            fields[name] = values.pop(name)
    score = values.get(SCORE)
    if isinstance(score, str):
        score = _value(score, NUMBER)
    if isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1:
        fields["score"] = float(score)
        del values[SCORE]
    return fields


def _value(text: str, kind: str) -> object:
    """Return a value in its kind; where none is stated, true and false are what they are for CVAT."""
    if kind in (CHECKBOX, "") and text in ("true", "false"):
        return text == "true"
    if kind == NUMBER:
        try:
            found = float(text)
            return int(text) if text.strip().lstrip("+-").isdecimal() else found if math.isfinite(found) else text
        except ValueError:
            return text
    return text


def _box(given: Mapping[str, str]) -> Shape:
    left, top, right, bottom = (number(given[side]) for side in ("xtl", "ytl", "xbr", "ybr"))
    degrees = number(given.get("rotation") or "0")
    if not degrees:
        return Shape(ShapeKind.RECTANGLE, as_points([[min(left, right), min(top, bottom)],
                                                     [max(left, right), max(top, bottom)]]))  # fmt: skip
    corners = rotated_rectangle_corners(
        (left + right) / 2, (top + bottom) / 2, abs(right - left), abs(bottom - top), math.radians(degrees)
    )
    return Shape(ShapeKind.ROTATED_RECTANGLE, as_points(np.round(corners, 4)))


def _polygon(given: Mapping[str, str]) -> Shape:
    return Shape(ShapeKind.POLYGON, _points(given))


def _polyline(given: Mapping[str, str]) -> Shape:
    points = _points(given)
    return Shape(ShapeKind.LINE if len(points) == 2 else ShapeKind.LINESTRIP, points)


def _scattered(given: Mapping[str, str]) -> Shape:
    points = _points(given)
    return Shape(ShapeKind.POINT if len(points) == 1 else ShapeKind.POINTS, points)


def _ellipse(given: Mapping[str, str]) -> Shape:
    cx, cy, rx, ry = (number(given[name]) for name in ("cx", "cy", "rx", "ry"))
    if rx <= 0 or ry <= 0:
        raise ValueError("an ellipse has no size")
    if abs(rx - ry) <= _ROUND_PX:
        return Shape(ShapeKind.CIRCLE, as_points([[cx, cy], [cx + rx, cy]]))
    around = 2 * math.pi * math.hypot(rx, ry) / math.sqrt(2)
    count = 4 * round(min(max(around / _EDGE_PX, _LEAST_VERTICES), _MOST_VERTICES) / 4)
    angles = np.linspace(0.0, 2 * math.pi, count, endpoint=False)
    turn = math.radians(number(given.get("rotation") or "0"))
    x, y = rx * np.cos(angles), ry * np.sin(angles)
    turned = np.stack([x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)], axis=1)
    return Shape(ShapeKind.POLYGON, as_points(np.round(turned + (cx, cy), 2)))


def _mask(given: Mapping[str, str]) -> Shape:
    left, top, width, height = (whole(given[name]) for name in ("left", "top", "width", "height"))
    counts = [int(count) for count in given["rle"].split(",")]
    if any(not 0 <= count <= MAX_MASK_PIXELS for count in counts):
        raise ValueError("a count of a mask makes no sense")
    # They count along the rows; down the columns of the picture on its side it is the same.
    found = mask_shape(Bitmap(decode_counts(counts, height, width).T, left, top))
    if found is None:
        raise ValueError("a mask has no pixels")
    return found


def _cuboid(given: Mapping[str, str]) -> Shape:
    corners = [[number(given[f"x{name}"]), number(given[f"y{name}"])] for name in CUBOID_CORNERS]
    return Shape(ShapeKind.CUBOID, as_points(corners))


def _points(given: Mapping[str, str]) -> Points:
    pairs = [pair.split(",") for pair in given["points"].split(";") if pair.strip()]
    return as_points([[number(x), number(y)] for x, y in pairs])


def _around(shapes: Iterable[Shape]) -> Points:
    """Return the box around some shapes, of a pixel at least."""
    places = np.vstack([shape.points for shape in shapes])
    low, high = places.min(axis=0), places.max(axis=0)
    missing = np.maximum(1.0 - (high - low), 0.0) / 2
    return as_points([low - missing, high + missing])


_PLACES = {
    "box": _box,
    "polygon": _polygon,
    "polyline": _polyline,
    "points": _scattered,
    "ellipse": _ellipse,
    "mask": _mask,
    "cuboid": _cuboid,
}
