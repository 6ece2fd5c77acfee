"""Outlines of many vertices as filled bands: Qt draws these two to three times faster than the strokes of a pen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from qtpy.QtGui import QPolygonF

from anylabeling.document.shape import Points
from anylabeling.views.canvas.polygons import polygon_of
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.viewport import Viewport

Indices = NDArray[np.intp]

_LEAST_SQUARED = 0.5
"""Keeps the corners of a band from growing into spikes: beyond a turn of 120 degrees they are cut."""


DENSE_FROM = 17
"""Outlines with at least so many vertices are drawn as bands."""
COINCIDING_PX = 1.0
"""Vertices of dense outlines in the same cell of this size on the screen are drawn as one."""


class Band:
    """A closed outline in widget pixels: the area it encloses, and the line around it as an area of its own."""

    __slots__ = ("area", "line")

    def __init__(self, area: QPolygonF, line: QPolygonF) -> None:
        self.area = area
        self.line = line


def bands_of(items: Sequence[ShapeItem], view: Viewport, width: float) -> list[Band]:
    """Return the bands of closed items, their lines ``width`` widget pixels wide, computed for all of them at once."""
    points, starts, ends = _seen_points(items, view)
    outer, inner = _offset(points, starts, ends, width / 2)
    bands = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        line = np.concatenate(
            [outer[start:end], outer[start : start + 1], inner[start : start + 1], inner[start:end][::-1]]
        )
        bands.append(Band(polygon_of(points[start:end]), polygon_of(line)))
    return bands


def areas_of(items: Sequence[ShapeItem], view: Viewport) -> list[QPolygonF]:
    """Return the areas of closed items in widget pixels, computed for all of them at once."""
    points, starts, ends = _seen_points(items, view)
    return [polygon_of(points[start:end]) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _seen_points(items: Sequence[ShapeItem], view: Viewport) -> tuple[Points, Indices, Indices]:
    """Return the vertices of all items in widget pixels, without those that coincide, with start and end of each."""
    counts = np.array([len(item.outline) for item in items])
    points = np.concatenate([item.outline for item in items]) * view.scale + (view.offset.x(), view.offset.y())
    return without_coinciding(points, np.cumsum(counts) - counts)


def _offset(points: Points, starts: Indices, ends: Indices, distance: float) -> tuple[Points, Points]:
    """Return closed chains of points shifted to both sides; the edges on each side keep their distance."""
    following = np.arange(1, len(points) + 1)
    following[ends - 1] = starts
    edges = points[following] - points
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    lengths[lengths == 0.0] = 1.0
    normals = np.stack([-edges[:, 1], edges[:, 0]], axis=1) / lengths[:, None]
    preceding = np.arange(-1, len(points) - 1)
    preceding[starts] = ends - 1
    sums = normals + normals[preceding]
    shift = sums * (distance / np.maximum((sums**2).sum(axis=1) / 2, _LEAST_SQUARED))[:, None]
    return points + shift, points - shift


def without_coinciding(points: Points, starts: Indices) -> tuple[Points, Indices, Indices]:
    """Drop points that share a cell with the one before; return the rest with the start and end of each chain."""
    cells = np.floor(points / COINCIDING_PX)
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (cells[1:] != cells[:-1]).any(axis=1)
    keep[starts] = True
    position = np.cumsum(keep) - 1
    new_starts = position[starts]
    return points[keep], new_starts, np.append(new_starts[1:], int(keep.sum()))
