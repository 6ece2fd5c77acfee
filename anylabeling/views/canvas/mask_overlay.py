"""A mask over the picture: translucent inside, with the outline that finishing would add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QImage, QPainter, QPen

from anylabeling.document.shape import Shape
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.viewport import Viewport

if TYPE_CHECKING:
    from anylabeling.messages.prompting import Mask

_OPACITY = 0.42
_LINE_PX = 2.0


class MaskOverlay:
    """One mask, turned into pixels once."""

    def __init__(self, mask: Mask, shapes: Sequence[Shape], color: QColor) -> None:
        self._color = color
        self._items = [ShapeItem(shape) for shape in shapes]
        self._image = _image_of(mask, color)
        height, width = mask.logits.shape
        self._area = QRectF(mask.left, mask.top, width * mask.step_x, height * mask.step_y)

    def rect(self, viewport: Viewport) -> QRectF:
        """Return the area of the widget that it covers."""
        area = self._area
        for item in self._items:
            area = area.united(item.rect)
        return viewport.transform.mapRect(area).adjusted(-4, -4, 4, 4)

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Draw it; the painter works in widget pixels."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(viewport.transform.mapRect(self._area), self._image, QRectF(self._image.rect()))
        for item in self._items:
            outline = viewport.transform.map(item.polygon)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for color, width in ((QColor(255, 255, 255, 200), _LINE_PX + 2), (self._color, _LINE_PX)):
                painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPolygon(outline)
        painter.restore()


def paint_point(painter: QPainter, at: QPointF, *, positive: bool) -> None:
    """Draw the mark of a point: green with a plus, or red with a minus."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("white"), 1.5))
    painter.setBrush(QColor(30, 142, 62) if positive else QColor(200, 40, 40))
    painter.drawEllipse(at, 7.0, 7.0)
    painter.drawLine(at - QPointF(3.5, 0), at + QPointF(3.5, 0))
    if positive:
        painter.drawLine(at - QPointF(0, 3.5), at + QPointF(0, 3.5))
    painter.restore()


def paint_box(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Draw the mark of a box: dashes that are seen on any picture."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen_color, style in ((QColor("white"), Qt.PenStyle.SolidLine), (color, Qt.PenStyle.DashLine)):
        painter.setPen(QPen(pen_color, 1.5, style))
        painter.drawRect(rect)
    painter.restore()


def _image_of(mask: Mask, color: QColor) -> QImage:
    height, width = mask.logits.shape
    if not height or not width:
        return QImage()
    tint = QColor(color)
    premultiplied = [round(channel * _OPACITY) for channel in (tint.blue(), tint.green(), tint.red(), 255)]
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[mask.logits > 0] = premultiplied
    # QImage does not own the array: the copy does.
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
