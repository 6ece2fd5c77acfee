"""Areas joined, cut and split, by Shapely (GEOS), which is loaded at the first use.

An outline that crosses itself counts by the even-odd rule, as it is drawn. A result may be nothing, one area or
several, with holes or without.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from anylabeling.document.brush_stroke import BrushStroke
from anylabeling.document.geometry import outline
from anylabeling.document.masks import bitmap_of, outlines_of
from anylabeling.document.raster import Outline
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points

_LEAST_AREA = 1e-3
"""Smaller remains, in square pixels, are what rounding leaves."""
_LEAST_LENGTH = 1e-3
"""Shorter pieces of a line, in pixels, are none."""
_DECIMALS = 4

Area = Any
"""A geometry of Shapely: a polygon or several."""


def area_of(shape: Shape) -> Area:
    """Return the area of a shape that encloses one; a mask along the edges of its pixels."""
    if shape.kind is ShapeKind.MASK:
        return area_of_outlines(outlines_of(bitmap_of(shape)))
    return _area(outline(shape), shape.holes)


def area_of_outlines(outlines: Iterable[Outline]) -> Area:
    """Return several outlines as one area."""
    import shapely

    return shapely.union_all([_area(part.outer, part.holes) for part in outlines])


def union(areas: Sequence[Area]) -> Area:
    """Return what any of the areas covers."""
    import shapely

    return shapely.union_all(list(areas))


def difference(area: Area, others: Sequence[Area]) -> Area:
    """Return what the first area covers and none of the others does."""
    import shapely

    return shapely.difference(area, shapely.union_all(list(others)))


def intersection(areas: Sequence[Area]) -> Area:
    """Return what all of the areas cover."""
    import shapely

    return shapely.intersection_all(list(areas))


def exclusion(areas: Sequence[Area]) -> Area:
    """Return what an odd number of the areas covers: of two, what only one of them does."""
    import shapely

    # Not symmetric_difference_all: it computes something else, and is going to be removed.
    return reduce(shapely.symmetric_difference, areas)


def split_area(area: Area, line: Points) -> list[Outline]:
    """Return the parts into which a line cuts an area; one part when it does not cut through.

    Args:
        area: What is cut.
        line: float64 (n, 2), n >= 2. It cuts where it is, not beyond its ends.
    """
    import shapely

    lines = shapely.union_all([area.boundary, shapely.LineString(line)])
    # Ends of the line that stop inside of the area bound nothing and fall away.
    faces = shapely.get_parts(shapely.polygonize([lines]))
    inside = [face for face in faces if shapely.covers(area, face.representative_point())]
    return [part for face in inside for part in outlines(face)]


def split_line(points: Points, line: Points) -> list[Points]:
    """Return the pieces into which a line cuts an open chain of points; one when they do not meet."""
    import shapely
    from shapely.ops import substring

    chain = shapely.LineString(points)
    meetings = shapely.get_parts(shapely.intersection(chain, shapely.LineString(line)))
    cuts = sorted({float(chain.project(meeting.centroid)) for meeting in meetings if not meeting.is_empty})
    ends = [0.0, *cuts, float(chain.length)]
    pieces = [
        substring(chain, start, end)
        for start, end in zip(ends[:-1], ends[1:], strict=True)
        if end - start > _LEAST_LENGTH
    ]
    return [as_points(np.round(np.asarray(piece.coords, dtype=np.float64), _DECIMALS)) for piece in pieces]


def stroke_area(stroke: BrushStroke) -> Area:
    """Return what a round brush covers inside of the image."""
    import shapely

    path = stroke.path
    middle = shapely.LineString(path) if len(path) > 1 else shapely.Point(path[0])
    return shapely.intersection(
        shapely.buffer(middle, stroke.radius, quad_segs=6), shapely.box(0, 0, *stroke.image_size)
    )


def outlines(area: Area) -> list[Outline]:
    """Return an area as outlines, the largest first."""
    import shapely

    parts = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and part.area > _LEAST_AREA]
    found = []
    for part in sorted(parts, key=lambda piece: -piece.area):
        outer = _ring(part.exterior)
        holes = [_ring(ring) for ring in part.interiors if shapely.Polygon(ring).area > _LEAST_AREA]
        if len(outer) >= 3:
            found.append(Outline(outer, tuple(hole for hole in holes if len(hole) >= 3)))
    return found


def _area(outer: Points, holes: Sequence[Points]) -> Area:
    import shapely

    area = _valid(shapely.Polygon(outer))
    return (
        shapely.difference(area, shapely.union_all([_valid(shapely.Polygon(hole)) for hole in holes]))
        if holes
        else area
    )


def _valid(polygon: Area) -> Area:
    """Return an area without crossings of its outline, and without the lines and points that mending may leave."""
    import shapely

    if polygon.is_valid:
        return polygon
    mended = shapely.get_parts(shapely.make_valid(polygon))
    flat = [piece for part in mended for piece in shapely.get_parts(part)]
    return shapely.union_all([piece for piece in flat if piece.geom_type == "Polygon"])


def _ring(ring: Any) -> Points:
    points = np.round(np.asarray(ring.coords, dtype=np.float64)[:-1, :2], _DECIMALS)
    keep = np.ones(len(points), dtype=bool)
    if len(points) > 1:
        keep = (points != np.roll(points, 1, axis=0)).any(axis=1)
    return as_points(points[keep])
