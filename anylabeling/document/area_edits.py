"""Shapes joined, cut and split: which shapes take the place of which.

Each function returns successors by the uid of the shape in whose place they come; a shape that it does not name stays,
one without successors goes. The first successor of a shape has its identity. When nothing comes of it, nothing is
returned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from anylabeling.document import booleans
from anylabeling.document.brush_stroke import BrushStroke
from anylabeling.document.conversion import polygons
from anylabeling.document.geometry import CLOSED_KINDS, bounds
from anylabeling.document.masks import Bitmap, bitmap_of, combined, mask_shape, rasterized
from anylabeling.document.masks import stroke as brush_pixels
from anylabeling.document.raster import Outline
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points
from anylabeling.errors import AppError
from anylabeling.translation import tr
from anylabeling.utils.turns import give_way

Successors = Mapping[int, Sequence[Shape]]

_OPEN_KINDS = frozenset({ShapeKind.LINE, ShapeKind.LINESTRIP})


def merged(shapes: Sequence[Shape]) -> Successors:
    """Join shapes, bottom first, into the lowest of them.

    Upright rectangles become the rectangle around them. Nothing comes of polygons of which no two touch.

    Raises:
        AppError: When a shape has no area, or the areas cannot be computed.
    """
    base, *others = _with_area(shapes)
    gone: dict[int, Sequence[Shape]] = {shape.uid: () for shape in others}
    if all(shape.kind is ShapeKind.RECTANGLE for shape in shapes):
        boxes = np.array([bounds(shape) for shape in shapes])
        corners = np.array([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])
        return {base.uid: (base.with_changes(points=as_points(corners)),), **gone}
    if base.kind is ShapeKind.MASK:
        return {base.uid: _combined_masks(base, others, "union"), **gone}
    with _computing():
        areas = list(_areas(shapes))
        parts = booleans.outlines(booleans.union(areas))
        joins = _are_more(areas, len(parts))
    if not joins:
        raise AppError(
            tr("These shapes do not touch each other."), hint=tr("A group holds shapes together that lie apart.")
        )
    return {base.uid: polygons(base, parts), **gone}


def subtracted(shapes: Sequence[Shape]) -> Successors:
    """Cut the upper shapes out of the lowest one; they stay. The lowest may fall into several, but not vanish.

    Raises:
        AppError: When a shape has no area, or the areas cannot be computed.
    """
    base, *others = _with_area(shapes)
    if base.kind is ShapeKind.MASK:
        found = _combined_masks(base, others, "difference")
        return {base.uid: found} if found else {}
    with _computing():
        before = booleans.area_of(base)
        rest = booleans.difference(before, list(_areas(others)))
        changed = rest.area < before.area - 1e-6
        parts = booleans.outlines(rest)
    return {base.uid: polygons(base, parts)} if parts and changed else {}


def intersected(shapes: Sequence[Shape]) -> Successors:
    """Keep what all shapes cover, in the place of the lowest.

    Raises:
        AppError: When a shape has no area, or the areas cannot be computed.
    """
    base, *others = _with_area(shapes)
    gone: dict[int, Sequence[Shape]] = {shape.uid: () for shape in others}
    if base.kind is ShapeKind.MASK:
        found = _combined_masks(base, others, "intersection")
        return {base.uid: found, **gone} if found else {}
    with _computing():
        parts = booleans.outlines(booleans.intersection(list(_areas(shapes))))
    return {base.uid: polygons(base, parts), **gone} if parts else {}


def excluded(shapes: Sequence[Shape]) -> Successors:
    """Keep what an odd number of the shapes covers, of two what only one does, in the place of the lowest.

    Raises:
        AppError: When a shape has no area, or the areas cannot be computed.
    """
    base, *others = _with_area(shapes)
    gone: dict[int, Sequence[Shape]] = {shape.uid: () for shape in others}
    if base.kind is ShapeKind.MASK:
        found = _combined_masks(base, others, "exclusion")
        return {base.uid: found, **gone} if found else {}
    with _computing():
        areas = list(_areas(shapes))
        rest = booleans.exclusion(areas)
        changed = rest.area < sum(area.area for area in areas) - 1e-6
        parts = booleans.outlines(rest)
    return {base.uid: polygons(base, parts), **gone} if parts and changed else {}


def cut_out(shapes: Sequence[Shape], outline: Points) -> Successors:
    """Cut an outline out of every shape that it lies on; a shape that it covers wholly stays.

    Raises:
        AppError: When the areas cannot be computed.
    """
    knife = Shape(ShapeKind.POLYGON, outline)
    found: dict[int, Sequence[Shape]] = {}
    for shape in _touched(shapes, outline):
        if shape.kind in CLOSED_KINDS:
            found.update(subtracted([shape, knife]))
    return found


def split(shapes: Sequence[Shape], line: Points) -> Successors:
    """Cut shapes along a line, where it goes through; lines and line strips too.

    Raises:
        AppError: When the areas cannot be computed.
    """
    found: dict[int, Sequence[Shape]] = {}
    with _computing():
        for shape in _touched(shapes, line):
            pieces = _split(shape, line)
            if len(pieces) > 1:
                found[shape.uid] = pieces
    return found


def brushed(shape: Shape, stroke: BrushStroke) -> Successors:
    """Add a stroke to a shape or take it away: pixels of a mask, the area of any other kind.

    Raises:
        AppError: When a shape has no area, or the areas cannot be computed.
    """
    _with_area([shape])
    if shape.kind is ShapeKind.MASK:
        path = [(float(x), float(y)) for x, y in stroke.path]
        painted = brush_pixels(path, stroke.radius, stroke.image_size)
        result = combined(bitmap_of(shape), painted, "difference" if stroke.erases else "union")
        mask = mask_shape(result, shape)
        return {shape.uid: () if mask is None else (mask,)}
    with _computing():
        before, painted_area = booleans.area_of(shape), booleans.stroke_area(stroke)
        after = booleans.difference(before, [painted_area]) if stroke.erases else booleans.union([before, painted_area])
        changed = abs(after.area - before.area) > 1e-6
        parts = booleans.outlines(after)
    return {shape.uid: polygons(shape, parts)} if changed else {}


def _split(shape: Shape, line: Points) -> Sequence[Shape]:
    if shape.kind in _OPEN_KINDS:
        chains = booleans.split_line(shape.points, line)
        return [_chain(shape if not number else shape.duplicate(), chain) for number, chain in enumerate(chains)]
    if shape.kind not in CLOSED_KINDS:
        return ()
    parts = booleans.split_area(booleans.area_of(shape), line)
    before = len(booleans.outlines(booleans.area_of(shape)))
    if len(parts) <= before:
        return ()
    if shape.kind is ShapeKind.MASK:
        return _mask_pieces(shape, parts)
    return polygons(shape, parts)


def _chain(shape: Shape, points: Points) -> Shape:
    kind = ShapeKind.LINE if len(points) == 2 else ShapeKind.LINESTRIP
    return shape.with_changes(kind=kind, points=points)


def _mask_pieces(shape: Shape, parts: Sequence[Outline]) -> list[Shape]:
    """Return masks of the parts: each pixel goes where its centre is."""
    whole = bitmap_of(shape)
    pieces: list[Shape] = []
    for part in parts:
        bitmap = combined(rasterized([part.outer, *part.holes]), whole, "intersection")
        mask = mask_shape(bitmap, shape if not pieces else shape.duplicate())
        if mask is not None:
            pieces.append(mask)
    return pieces


def _combined_masks(base: Shape, others: Sequence[Shape], operation: str) -> tuple[Shape, ...]:
    result: Bitmap = bitmap_of(base)
    for shape in others:
        result = combined(result, bitmap_of(shape), operation)
    mask = mask_shape(result, base)
    return () if mask is None else (mask,)


def _areas(shapes: Sequence[Shape]) -> Iterator[booleans.Area]:
    """Yield the area of each shape; between two of them another thread may go on."""
    for shape in shapes:
        give_way()  # small calls into GEOS never let go of the interpreter for long enough
        yield booleans.area_of(shape)


def _are_more(areas: Sequence[booleans.Area], count: int) -> bool:
    """Return whether areas have more parts than a number."""
    parts = 0
    for area in areas:
        give_way()
        parts += len(booleans.outlines(area))
        if parts > count:
            return True
    return False


def _with_area(shapes: Sequence[Shape]) -> Sequence[Shape]:
    if any(shape.kind not in CLOSED_KINDS for shape in shapes):
        raise AppError(tr("Lines and points have no area."), hint=tr("Select shapes that enclose one."))
    return shapes


def _touched(shapes: Sequence[Shape], points: Points) -> list[Shape]:
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    found = []
    for shape in shapes:
        x1, y1, x2, y2 = bounds(shape)
        if x1 <= right and x2 >= left and y1 <= bottom and y2 >= top:
            found.append(shape)
    return found


@contextmanager
def _computing() -> Iterator[None]:
    """Turn errors of the geometry library into a sentence."""
    from shapely.errors import ShapelyError

    try:
        yield
    except (ShapelyError, ValueError) as error:
        raise AppError(
            tr("These outlines cannot be combined."), hint=tr("Simplify them, or mend where they cross themselves."),
            details=repr(error),
        ) from error  # fmt: skip
