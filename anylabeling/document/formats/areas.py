"""Shapes as formats know them: boxes, rings inside of the picture, one outline for several parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.conversion import TRACE_TOLERANCE_PX, least_rectangle
from anylabeling.document.formats.notes import Notes
from anylabeling.document.geometry import CLOSED_KINDS, bounds, outline
from anylabeling.document.masks import Bitmap, bitmap_of, outlines_of
from anylabeling.document.raster import Outline
from anylabeling.document.shape import Points, Shape, ShapeKind

Box = tuple[float, float, float, float]

CORNER_KINDS = frozenset({ShapeKind.RECTANGLE, ShapeKind.ROTATED_RECTANGLE, ShapeKind.QUADRILATERAL})
"""Kinds that four corners say all about."""


class Parts(NamedTuple):
    """One object: a shape, or the shapes of one label that a group makes one.

    Attributes:
        first: The shape that stands for it.
        others: Further areas of it.
    """

    first: Shape
    others: tuple[Shape, ...] = ()

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """All of them."""
        return (self.first, *self.others)


def has_area(shape: Shape) -> bool:
    """Say whether a shape encloses an area; what another program drew does when it has three points."""
    return shape.kind in CLOSED_KINDS or (shape.kind is ShapeKind.OTHER and len(shape.points) >= 3)


def areas_only(shapes: Iterable[Shape], notes: Notes) -> list[Shape]:
    """Return the shapes that enclose an area; the others are noted as left out."""
    kept = []
    for shape in shapes:
        if has_area(shape):
            kept.append(shape)
        else:
            notes.left_out(shape.kind, "no area")
    return kept


def objects(shapes: Iterable[Shape], notes: Notes) -> list[Parts]:
    """Bring areas of one label and one group together, as labelme means it: an object that something lies across.

    Boxes stay by themselves, since a group of them is a group of objects. Shapes without an area are left out.
    """
    found: list[list[Shape]] = []
    groups: dict[tuple[str, int], list[Shape]] = {}
    for shape in areas_only(shapes, notes):
        joins = shape.group_id is not None and shape.kind not in CORNER_KINDS
        key = (shape.label, shape.group_id or 0)
        if joins and key in groups:
            groups[key].append(shape)
            continue
        parts = [shape]
        found.append(parts)
        if joins:
            groups[key] = parts
    for parts in found:
        for shape in parts[1:]:
            notes.written_as(shape.kind, "one object")
    return [Parts(parts[0], tuple(parts[1:])) for parts in found]


def ungrouped(shape: Shape) -> Shape:
    """Return a shape without its group, for one whose group the format tells in its own way."""
    return shape if shape.group_id is None else shape.with_changes(group_id=None)


def box_of(shape: Shape) -> Box:
    """Return left, top, right, bottom; of a mask those of its pixels."""
    if shape.kind is ShapeKind.MASK:
        left, top, right, bottom = bitmap_of(shape).box
        if right > left and bottom > top:
            return float(left), float(top), float(right), float(bottom)
    return bounds(shape)


def clipped_box(box: Box, width: int, height: int) -> Box | None:
    """Return the part of a box inside of the picture; None when there is none."""
    left, top, right, bottom = max(box[0], 0.0), max(box[1], 0.0), min(box[2], float(width)), min(box[3], float(height))
    return (left, top, right, bottom) if right > left and bottom > top else None


def boxes_of(shapes: Iterable[Shape], size: tuple[int, int], notes: Notes) -> list[tuple[Shape, Box]]:
    """Return the areas as boxes inside of the picture, with everything noted that this costs."""
    found: list[tuple[Shape, Box]] = []
    width, height = size
    for shape in areas_only(shapes, notes):
        if shape.kind is ShapeKind.RECTANGLE:
            (x1, y1), (x2, y2) = shape.points.tolist()
            # Nearly always: a box inside of the picture, its upper left corner first.
            if 0 <= x1 < x2 <= width and 0 <= y1 < y2 <= height:
                found.append((shape, (x1, y1, x2, y2)))
                continue
        whole = box_of(shape)
        box = clipped_box(whole, *size)
        if box is None:
            notes.left_out(shape.kind, "outside")
            continue
        if box != whole:
            notes.said("clipped")
        if shape.kind is not ShapeKind.RECTANGLE:
            notes.written_as(shape.kind, "box")
        found.append((shape, box))
    return found


def outlines(shape: Shape) -> list[Outline]:
    """Return the areas of a shape, each with its holes."""
    if shape.kind is ShapeKind.MASK:
        return outlines_of(bitmap_of(shape), TRACE_TOLERANCE_PX)
    return [Outline(outline(shape), shape.holes)]


def clipped(area: Outline, size: tuple[int, int]) -> Outline | None:
    """Return the part of an area inside of the picture; None when there is none. Concave ones may get edges on it."""
    outer = clipped_ring(area.outer, size)
    if outer is None:
        return None
    holes = tuple(hole for ring in area.holes if (hole := clipped_ring(ring, size)) is not None)
    return Outline(outer, holes)


def clipped_ring(ring: Points, size: tuple[int, int]) -> Points | None:
    """Return the part of a closed ring inside of the picture (Sutherland and Hodgman); None when there is none."""
    limit = np.array(size, np.float64)
    if (ring >= 0).all() and (ring <= limit).all():
        return ring
    for axis in (0, 1):
        for bound, sign in ((0.0, 1.0), (float(size[axis]), -1.0)):
            ring = _half(ring, axis, bound, sign)
            if len(ring) < 3:
                return None
    ring = np.clip(ring, 0, limit)
    return ring if np.ptp(ring, axis=0).min() > 0 else None


def joined_ring(parts: Sequence[Outline]) -> Points:
    """Return one closed ring for areas with holes: cuts lead from ring to ring and back, where they are nearest."""
    if len(parts) == 1 and not parts[0].holes:
        return parts[0].outer
    rings: list[Points] = []
    for part in parts:
        rings.append(_turning(part.outer, 1.0))
        rings += [_turning(hole, -1.0) for hole in part.holes]
    joined = rings[0]
    for ring in rings[1:]:
        at, other = _nearest(joined, ring)
        turned = np.roll(ring, -other, axis=0)
        joined = np.vstack([joined[: at + 1], turned, turned[:1], joined[at:]])
    return joined


def object_outlines(parts: Parts, size: tuple[int, int], notes: Notes) -> list[Outline]:
    """Return the areas of an object inside of the picture; what is outside is noted."""
    found: list[Outline] = []
    was_cut = False
    for shape in parts.shapes:
        for area in outlines(shape):
            part = clipped(area, size)
            was_cut |= part is None or part.outer is not area.outer
            if part is not None:
                found.append(part)
    if not found:
        notes.left_out(parts.first.kind, "outside")
    elif was_cut:
        notes.said("clipped")
    return found


def corners_of(shape: Shape, notes: Notes) -> Points:
    """Return the four corners of a shape, those of the least rotated rectangle where it has no four."""
    if shape.kind in CORNER_KINDS:
        return outline(shape)
    areas = outlines(shape)
    if len(areas) == 1 and len(areas[0].outer) == 4 and not areas[0].holes:
        return areas[0].outer
    notes.written_as(shape.kind, "rotated box")
    return least_rectangle(np.vstack([area.outer for area in areas]) if areas else shape.points)


def is_rectangular(points: Points) -> bool:
    """Say whether four corners are those of a rectangle at any angle: equal diagonals that halve each other."""
    first, second = points[2] - points[0], points[3] - points[1]
    lengths = float(np.hypot(*first)), float(np.hypot(*second))
    tolerance = max(0.5, 0.01 * max(lengths))
    apart = float(np.hypot(*(points[0] + points[2] - points[1] - points[3]))) / 2
    return abs(lengths[0] - lengths[1]) <= tolerance and apart <= tolerance


def painted(parts: Parts, size: tuple[int, int]) -> Bitmap:
    """Return the pixels of an object inside of the picture."""
    width, height = size
    pixels = np.zeros((height, width), dtype=bool)
    for shape in parts.shapes:
        paint(pixels, bitmap_of(shape), True)
    return Bitmap(pixels, 0, 0)


def paint(target: NDArray[Any], bitmap: Bitmap, value: object) -> None:
    """Set the pixels of a bitmap in an array of the picture's size; those outside of it are left out."""
    left, top, right, bottom = bitmap.box
    height, width = target.shape
    x1, y1, x2, y2 = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
    if x1 < x2 and y1 < y2:
        part = bitmap.pixels[y1 - top : y2 - top, x1 - left : x2 - left]
        target[y1:y2, x1:x2][part] = value


def _half(ring: Points, axis: int, bound: float, sign: float) -> Points:
    if len(ring) < 3:
        return ring
    distance = (ring[:, axis] - bound) * sign
    inside = distance >= 0
    if inside.all():
        return ring
    kept: list[Points] = []
    for index in range(len(ring)):
        after = (index + 1) % len(ring)
        if inside[index]:
            kept.append(ring[index])
        if inside[index] != inside[after]:
            share = distance[index] / (distance[index] - distance[after])
            kept.append(ring[index] + (ring[after] - ring[index]) * share)
    return np.array(kept) if kept else ring[:0]


def _turning(ring: Points, sign: float) -> Points:
    """Return a ring that goes around in one direction."""
    x, y = ring[:, 0], ring[:, 1]
    area = float(x @ np.roll(y, -1) - y @ np.roll(x, -1))
    return ring if area * sign >= 0 else ring[::-1]


def _nearest(first: Points, second: Points) -> tuple[int, int]:
    """Return the vertices of two rings that are nearest, looking at a few hundred of each at most."""
    step, other_step = max(1, len(first) // 400), max(1, len(second) // 400)
    apart = ((first[::step, None] - second[None, ::other_step]) ** 2).sum(axis=2)
    at, other = np.unravel_index(int(apart.argmin()), apart.shape)
    return int(at) * step, int(other) * other_step
