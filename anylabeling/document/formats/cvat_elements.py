"""What CVAT calls shapes and attributes, as far as writing goes: a shape becomes an element of its XML.

A box is written unturned, with how many degrees it is turned clockwise around its middle. The counts of a mask go along
the rows of its box and begin with how many pixels are clear. A cuboid's corners are top and bottom, left and right, of
the front (1) and of the back (2); those of the back are named as seen from behind, so that tr1 is joined with tl2.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from anylabeling.document.formats.areas import has_area, is_rectangular
from anylabeling.document.formats.coco_rle import encode_counts
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.poses import OCCLUDED_FLAG
from anylabeling.document.formats.xml_tree import exact_text, quoted_text
from anylabeling.document.geometry import circle_radius, outline
from anylabeling.document.masks import Bitmap, bitmap_of
from anylabeling.document.shape import Points, Shape, ShapeKind

CUBOID_CORNERS = ("tl1", "tr1", "br1", "bl1", "tr2", "tl2", "bl2", "br2")
"""The names of a cuboid's corners in our order: around the front, then those of the back that they are joined with."""

CHECKBOX, NUMBER, TEXT = "checkbox", "number", "text"
DIFFICULT, TEXT_NAME, DESCRIPTION, SCORE = "difficult", "text", "description", "score"
"""Attributes that are fields of a shape here."""


class Form(NamedTuple):
    """A shape as CVAT has it.

    Attributes:
        tag: The name of its element.
        type: What the kind is called in the list of labels.
        place: The attributes that say where it is.
    """

    tag: str
    type: str
    place: dict[str, str]


class Attribute(NamedTuple):
    """An attribute of an object.

    Attributes:
        name: Its name.
        value: Its value as text.
        kind: How it is entered: CHECKBOX, NUMBER or TEXT.
    """

    name: str
    value: str
    kind: str


def form_of(shape: Shape, size: tuple[int, int], notes: Notes) -> Form | None:
    """Return a shape as CVAT has it; None, with a note, where it has nothing for it.

    Args:
        shape: The shape.
        size: Width and height of the picture; masks end there, and other shapes may leave it.
        notes: What is written as something else is counted here.
    """
    kind, points = shape.kind, shape.points
    if kind is ShapeKind.RECTANGLE:
        return Form("box", "rectangle", _sides(*points.min(axis=0).tolist(), *points.max(axis=0).tolist()))
    if kind is ShapeKind.ROTATED_RECTANGLE and is_rectangular(points):
        return _turned_box(points)
    if kind is ShapeKind.CIRCLE:
        (cx, cy), radius = points[0].tolist(), circle_radius(shape)
        return Form("ellipse", "ellipse", _texts(cx=cx, cy=cy, rx=radius, ry=radius))
    if kind is ShapeKind.CUBOID:
        corners = _from_the_upper_left(points)
        place = {f"{axis}{name}": coordinate(value) for name, corner in zip(CUBOID_CORNERS, corners, strict=True)
                 for axis, value in zip("xy", corner.tolist(), strict=True)}  # fmt: skip
        return Form("cuboid", "cuboid", place)
    if kind is ShapeKind.MASK or shape.holes:
        if kind is not ShapeKind.MASK:
            notes.written_as(kind, "run lengths")
        return _mask(shape, size, notes)
    if has_area(shape):
        if kind is not ShapeKind.POLYGON:
            notes.written_as(kind, "polygon")
        return Form("polygon", "polygon", {"points": point_list(outline(shape))})
    if kind in (ShapeKind.LINE, ShapeKind.LINESTRIP):
        return Form("polyline", "polyline", {"points": point_list(points)})
    if kind in (ShapeKind.POINT, ShapeKind.POINTS):
        return Form("points", "points", {"points": point_list(points)})
    notes.left_out(kind, "no place")
    return None


def attributes_of(shape: Shape, notes: Notes) -> list[Attribute]:
    """Return what is known about a shape as attributes of CVAT, each name once."""
    if not (shape.attributes or shape.flags or shape.difficult or shape.text or shape.description):
        return [] if shape.score is None else [_attribute(SCORE, shape.score)]
    found = {name: _attribute(name, value) for name, value in shape.attributes.items()}
    notes.said("as text", int(any(map(_is_other, shape.attributes.values()))))
    flags = [name for name, value in shape.flags.items() if value and name != OCCLUDED_FLAG]
    notes.said("flags as attributes", int(any(name not in found for name in flags)))
    given: list[tuple[str, object, str]] = [(name, True, "flags") for name in flags]
    given += [(DIFFICULT, True, "difficult")] if shape.difficult else []
    given += [(name, value, name) for name, value in ((TEXT_NAME, shape.text), (DESCRIPTION, shape.description))
              if value]  # fmt: skip
    given += [(SCORE, shape.score, "score")] if shape.score is not None else []
    for name, value, field in given:
        row = _attribute(name, value)
        # An attribute of the same name keeps its place.
        if found.setdefault(name, row) != row:
            notes.lost(field)
    return list(found.values())


def attribute_texts(attributes: Iterable[Attribute]) -> str:
    """Return attributes as lines of XML."""
    return "".join(
        f"<attribute name={quoted_text(one.name)}>{exact_text(one.value)}</attribute>\n" for one in attributes
    )


def point_list(points: Points) -> str:
    """Return points as CVAT writes them."""
    return ";".join(f"{coordinate(x)},{coordinate(y)}" for x, y in points.tolist())


def coordinate(value: float) -> str:
    """Return a number of pixels with two decimals, as CVAT writes it; with four where they say more."""
    short, long = f"{value:.2f}", f"{value:.4f}"
    return short if float(short) == float(long) else long


def _sides(left: float, top: float, right: float, bottom: float) -> dict[str, str]:
    return _texts(xtl=left, ytl=top, xbr=right, ybr=bottom)


def _texts(**values: float) -> dict[str, str]:
    return {name: coordinate(value) for name, value in values.items()}


def _turned_box(points: Points) -> Form:
    cx, cy = points.mean(axis=0).tolist()
    across = float(np.hypot(*(points[1] - points[0])) + np.hypot(*(points[2] - points[3]))) / 4
    down = float(np.hypot(*(points[3] - points[0])) + np.hypot(*(points[2] - points[1]))) / 4
    # Corners are rounded: both long edges say more than one.
    dx, dy = (points[1] - points[0] + points[2] - points[3]).tolist()
    degrees = math.degrees(math.atan2(dy, dx)) % 360
    place = _sides(cx - across, cy - down, cx + across, cy + down)
    # A box that is turned by nothing is an upright one; a whole turn says that it may be turned.
    turn = round(degrees, 6) % 360 or 360.0
    return Form("box", "rectangle", place | {"rotation": f"{turn:.6f}".rstrip("0").rstrip(".")})


def _mask(shape: Shape, size: tuple[int, int], notes: Notes) -> Form | None:
    bitmap = bitmap_of(shape)
    inside = _inside(bitmap, size)
    rows, columns = np.flatnonzero(inside.pixels.any(axis=1)), np.flatnonzero(inside.pixels.any(axis=0))
    if not len(rows):
        notes.left_out(shape.kind, "outside")
        return None
    notes.said("clipped", int(np.count_nonzero(inside.pixels) != np.count_nonzero(bitmap.pixels)))
    pixels = inside.pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = pixels.shape
    # What counts down the columns counts along the rows of the picture on its side.
    place = {"rle": ", ".join(map(str, encode_counts(pixels.T)))}
    numbers = {
        "left": inside.left + int(columns[0]),
        "top": inside.top + int(rows[0]),
        "width": width,
        "height": height,
    }
    return Form("mask", "mask", place | {name: str(number) for name, number in numbers.items()})


def _inside(bitmap: Bitmap, size: tuple[int, int]) -> Bitmap:
    left, top, right, bottom = bitmap.box
    x1, y1, x2, y2 = max(left, 0), max(top, 0), min(right, size[0]), min(bottom, size[1])
    return Bitmap(bitmap.pixels[max(y1 - top, 0) : max(y2 - top, 0), max(x1 - left, 0) : max(x2 - left, 0)], x1, y1)


def _from_the_upper_left(points: Points) -> Points:
    """Return a cuboid whose front goes clockwise from its upper left corner, as CVAT's names want it."""
    front, back = points[:4], points[4:]
    (x1, y1), (x2, y2) = front[2] - front[0], front[3] - front[1]
    if x1 * y2 - y1 * x2 < 0:
        front, back = front[::-1], back[::-1]
    first = int(np.argmin(front.sum(axis=1)))
    return np.vstack([np.roll(front, -first, axis=0), np.roll(back, -first, axis=0)])


def _attribute(name: str, value: object) -> Attribute:
    if isinstance(value, bool):
        return Attribute(name, str(value).lower(), CHECKBOX)
    if isinstance(value, int | float) and math.isfinite(value):
        return Attribute(name, repr(value), NUMBER)
    if isinstance(value, str):
        return Attribute(name, value, TEXT)
    return Attribute(name, json.dumps(value, ensure_ascii=False, default=str), TEXT)


def _is_other(value: object) -> bool:
    return not isinstance(value, bool | int | float | str)
