"""Frames around shapes that belong together."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPen

from anylabeling.document.shape import Shape
from anylabeling.views.canvas.scene import Scene
from anylabeling.views.canvas.viewport import Viewport

_group_of: Callable[[Shape], int | None] = operator.attrgetter("group_id")
_PAD_PX = 4.0
_LIGHT = QColor(255, 255, 255, 220)
_DARK = QColor(0, 0, 0, 160)


class GroupFrames:
    """Finds the groups once per version of the shapes, and draws a dashed frame around each of two or more shapes."""

    def __init__(self) -> None:
        self._shapes: Sequence[Shape] | None = None
        self._groups: list[list[int]] = []
        self._frames: list[QRectF] = []
        self._framed_version = -1
        self.shown = True

    def set_shapes(self, shapes: Sequence[Shape]) -> bool:
        """Look at the shapes of a document; return whether there are or were groups."""
        if shapes is self._shapes:
            return bool(self._groups)
        before, self._shapes = bool(self._groups), shapes
        members: dict[int, list[int]] = {}
        for shape, number in zip(shapes, map(_group_of, shapes), strict=True):
            if number is not None:
                members.setdefault(number, []).append(shape.uid)
        self._groups = [uids for uids in members.values() if len(uids) > 1]
        self._framed_version = -1
        return before or bool(self._groups)

    def paint(self, painter: QPainter, scene: Scene, view: Viewport, dirty: QRectF) -> None:
        """Draw the frames of groups of which two or more shapes are shown; the painter works in widget pixels."""
        if not self.shown or not self._groups:
            return
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._framed_version != scene.version:
            self._framed_version = scene.version
            boxes = (scene.boxes_of(uids) for uids in self._groups)
            self._frames = [_around(found) for found in boxes if len(found) > 1]
        for around in self._frames:
            frame = QRectF(view.transform.mapRect(around))
            frame.adjust(-_PAD_PX, -_PAD_PX, _PAD_PX, _PAD_PX)
            if frame.intersects(dirty):
                for color, style in ((_DARK, Qt.PenStyle.SolidLine), (_LIGHT, Qt.PenStyle.DashLine)):
                    painter.setPen(QPen(color, 1, style))
                    painter.drawRect(frame)
        painter.restore()


def _around(boxes: NDArray[np.float64]) -> QRectF:
    (left, top), (right, bottom) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return QRectF(left, top, right - left, bottom - top)
