"""What lies under the mouse for the select tool, and which handles are in sight."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QPointF, QRectF

from anylabeling.document.shape import Points, ShapeKind
from anylabeling.views.canvas import handles, hit_test
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.style import DENSE_HANDLE_PX, HANDLE_PX
from anylabeling.views.canvas.viewport import clamp

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

HIT_PX = 5.0
HANDLE_HIT_PX = 8.0
LEAST_HANDLE_HIT_PX = 3.0
ROTATE_DISTANCE_PX = 24.0
DENSE_SPACING_PX = 18.0
"""Where vertices lie closer together than this on the screen, only those near the mouse get handles."""
LEAST_SPACING_PX = 8.0
NEAR_MOUSE_PX = 60.0
MOST_SHAPES_WITH_HANDLES = 50


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a shape.

    Attributes:
        uid: The shape.
        handle: One of its handles, or None.
        edge: One of its edges where a vertex could be added, or None.
    """

    uid: int
    handle: int | None = None
    edge: int | None = None


def find_spot(canvas: Canvas, at: QPointF) -> Spot | None:
    """Return what lies at a widget position: handles before edges of selected shapes before shapes before plates."""
    image, scale = canvas.to_image(at), canvas.zoom()
    x, y = image.x(), image.y()
    hits = canvas.scene.hits(x, y, HIT_PX / scale)
    reach = ROTATE_DISTANCE_PX + canvas.handle_reach_px
    near = _selected_near(canvas, x, y, reach / scale)
    for item in (*near, *(item for item in hits[:1] if not canvas.is_selected(item.uid))):
        points = handle_points(item, scale)
        if len(points):
            index, distance = hit_test.nearest_vertex(points, x, y)
            if distance * scale <= _handle_reach(item, scale, canvas.handle_reach_px):
                return Spot(item.uid, handle=index)
    for item in near:
        if handles.can_grow(item.shape):
            edge, distance = item.nearest_edge(x, y)
            if distance * scale <= HIT_PX:
                return Spot(item.uid, edge=edge)
    if hits:
        return Spot(hits[0].uid)
    plate = canvas.plate_at(at)
    return Spot(plate.uid) if plate is not None else None


def handle_points(item: ShapeItem, scale: float) -> Points:
    """Return the positions of an item's handles in image pixels."""
    return handles.handle_points(item.shape, ROTATE_DISTANCE_PX / scale)


def visible_handles(canvas: Canvas, item: ShapeItem, mouse: QPointF | None) -> tuple[Points, float]:
    """Return the positions of the handles to draw, in image pixels, and their size in widget pixels.

    Of a shape with many vertices on little space only those near the mouse are drawn, smaller, and no more than have
    room side by side; all of them can be taken.
    """
    scale = canvas.zoom()
    points = handle_points(item, scale)
    if item.shape.kind not in (ShapeKind.POLYGON, ShapeKind.LINESTRIP) or not len(points):
        return points, HANDLE_PX
    spacing = float(np.hypot(*np.diff(points, axis=0).T).mean()) * scale
    if spacing >= DENSE_SPACING_PX:
        return points, HANDLE_PX
    if mouse is None:
        return points[:0], DENSE_HANDLE_PX
    points = points[:: max(1, math.ceil(LEAST_SPACING_PX / max(spacing, 0.1)))]
    at = canvas.to_image(mouse)
    squared = ((points - (at.x(), at.y())) ** 2).sum(axis=1)
    return points[squared <= (NEAR_MOUSE_PX / scale) ** 2], DENSE_HANDLE_PX


def rotate_handle_rect(canvas: Canvas, item: ShapeItem) -> QRectF:
    """Return the area of an item's turning handle in the widget, which lies outside of the shape."""
    if item.shape.kind is not ShapeKind.ROTATED_RECTANGLE or item.shape.locked:
        return QRectF()
    points = handle_points(item, canvas.zoom())
    ends = [canvas.to_widget(QPointF(*points[index])) for index in (4, handles.ROTATE_HANDLE)]
    return QRectF(*ends).normalized().adjusted(-HANDLE_HIT_PX, -HANDLE_HIT_PX, HANDLE_HIT_PX, HANDLE_HIT_PX)


def _handle_reach(item: ShapeItem, scale: float, most: float) -> float:
    """Return how near the mouse must come to a handle, in widget pixels: the middle of a small shape stays free."""
    if not item.closed:
        return most
    left, top, right, bottom = item.box
    return clamp(min(right - left, bottom - top) * scale / 4, min(LEAST_HANDLE_HIT_PX, most), most)


def _selected_near(canvas: Canvas, x: float, y: float, tolerance: float) -> list[ShapeItem]:
    """Return the selected items whose boxes come near a position, topmost first."""
    return list(_near(canvas, x, y, tolerance)) if canvas.selection() else []


def _near(canvas: Canvas, x: float, y: float, tolerance: float) -> Iterator[ShapeItem]:
    scene = canvas.scene
    for row in hit_test.boxes_near(scene.boxes, x, y, tolerance)[::-1].tolist():
        item = scene.at(row)
        if canvas.is_selected(item.uid):
            yield item
