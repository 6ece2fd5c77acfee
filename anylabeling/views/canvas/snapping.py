"""Pulls the mouse to vertices, edges and axes that are near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPen, QRegion

from anylabeling.document.geometry import outline
from anylabeling.document.shape import Points, ShapeKind
from anylabeling.views.canvas import hit_test
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.tools.base import Pointer

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

Position = tuple[float, float]

_MARK_PX = 6.0


class Snapper:
    """Finds where a position belongs. Vertices win over edges, edges over axes.

    Attributes:
        enabled: Whether to snap; with Alt down it is the other way round.
        distance_px: How near something must be, in widget pixels.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.enabled = False
        self.distance_px = 8.0
        self._canvas = canvas
        self._mark: QPointF | None = None
        self._guides: tuple[bool, bool] = (False, False)

    def aim(self, pointer: Pointer, *, anchors: Sequence[Position] = (), without: Iterable[int] = ()) -> Position:
        """Return where in the image a pointer aims at; outside of it only where that is allowed.

        Args:
            pointer: The mouse.
            anchors: Positions with whose axes it may line up, such as the neighbours of a vertex.
            without: Uids of shapes that it does not snap to, because they are being changed.
        """
        return self.aim_at(pointer.image, pointer, anchors=anchors, without=without)

    def aim_at(
        self, image: QPointF, pointer: Pointer, *, anchors: Sequence[Position] = (), without: Iterable[int] = ()
    ) -> Position:
        """Do the same for a position other than the pointer's, such as that of a handle that it holds."""
        x, y = self._canvas.placed(image)
        alt = bool(pointer.modifiers & Qt.KeyboardModifier.AltModifier)
        self.forget()
        if self.enabled is alt:
            return x, y
        reach = self.distance_px / self._canvas.zoom()
        found = self._shape_position(x, y, reach, frozenset(without))
        if found is None:
            found = self._axis_position(x, y, reach, anchors)
        if found is None:
            return x, y
        result = self._canvas.placed(QPointF(*found))
        self._mark = QPointF(*result)
        return result

    @property
    def holds(self) -> bool:
        """Whether the last aim was pulled to something."""
        return self._mark is not None

    def forget(self) -> None:
        """Take the marks away."""
        self._mark, self._guides = None, (False, False)

    def paint(self, painter: QPainter) -> None:
        """Draw a ring at the place, and lines along the axes that it lies on."""
        if self._mark is None:
            return
        at = self._canvas.to_widget(self._mark)
        color = QColor(self._canvas.canvas_style.theme.accent)
        painter.setPen(QPen(color, 1, Qt.PenStyle.DashLine))
        for upright, shown in enumerate(self._guides):
            if shown and upright:
                painter.drawLine(QPointF(at.x(), 0), QPointF(at.x(), self._canvas.height()))
            elif shown:
                painter.drawLine(QPointF(0, at.y()), QPointF(self._canvas.width(), at.y()))
        painter.setPen(QPen(color, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, _MARK_PX, _MARK_PX)

    def region(self) -> QRegion:
        """Return the area of the widget that ``paint`` covers."""
        if self._mark is None:
            return QRegion()
        at, reach = self._canvas.to_widget(self._mark), _MARK_PX + 3
        region = QRegion(QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach).toAlignedRect())
        if self._guides[0]:
            region += QRectF(0, at.y() - 2, self._canvas.width(), 4).toAlignedRect()
        if self._guides[1]:
            region += QRectF(at.x() - 2, 0, 4, self._canvas.height()).toAlignedRect()
        return region

    def _shape_position(self, x: float, y: float, reach: float, without: frozenset[int]) -> Position | None:
        near = QRectF(x - reach, y - reach, 2 * reach, 2 * reach)
        items = [item for item in self._canvas.scene.touching(near) if item.uid not in without]
        best, nearest = reach, None
        for item in items:
            points = _corners(item)
            index, distance = hit_test.nearest_vertex(points, x, y)
            if distance <= best:
                best, nearest = distance, points[index]
        if nearest is None:
            for item in items:
                if item.shape.kind is ShapeKind.POINTS:
                    continue
                found = _nearest_on_edge(item, x, y)
                distance = float(np.hypot(found[0] - x, found[1] - y))
                if distance <= best:
                    best, nearest = distance, found
        return None if nearest is None else (float(nearest[0]), float(nearest[1]))

    def _axis_position(self, x: float, y: float, reach: float, anchors: Sequence[Position]) -> Position | None:
        if not anchors:
            return None
        points = np.array(anchors, dtype=np.float64)
        across, down = np.abs(points[:, 0] - x), np.abs(points[:, 1] - y)
        column, row = int(across.argmin()), int(down.argmin())
        upright, level = bool(across[column] <= reach), bool(down[row] <= reach)
        if not (upright or level):
            return None
        self._guides = level, upright
        return float(points[column, 0]) if upright else x, float(points[row, 1]) if level else y


def _corners(item: ShapeItem) -> Points:
    if item.shape.kind is ShapeKind.CIRCLE:
        return item.shape.points[:1]
    if item.shape.kind is ShapeKind.CUBOID:
        return item.shape.points
    return np.vstack([item.outline, *item.shape.holes]) if item.shape.holes else item.outline


def _nearest_on_edge(item: ShapeItem, x: float, y: float) -> Points:
    edge, _ = item.nearest_edge(x, y)
    for ring in (item.outline, *item.shape.holes):
        if edge < len(ring):
            start, end = ring[edge], ring[(edge + 1) % len(ring)]
            along = end - start
            length = float(along @ along)
            share = float(np.clip(((x, y) - start) @ along / length, 0.0, 1.0)) if length > 0 else 0.0
            return np.asarray(start + along * share)
        edge -= len(ring)
    return outline(item.shape)[0]
