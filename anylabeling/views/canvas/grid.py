"""Lines over the picture, every so many of its pixels."""

from __future__ import annotations

import math

from qtpy.QtCore import QLine, QPointF, Qt
from qtpy.QtGui import QColor, QPainter, QPen

from anylabeling.views.canvas.viewport import Viewport

_LEAST_PX = 6
_DARK, _LIGHT = QColor(0, 0, 0, 110), QColor(255, 255, 255, 130)


def paint_grid(painter: QPainter, view: Viewport, step_px: int) -> None:
    """Draw the lines that are in sight, fewer of them where they would fill the picture.

    Args:
        painter: Works in widget pixels.
        view: The place of the picture.
        step_px: Distance of the lines in pixels of the image, at least 1.
    """
    step = float(step_px)
    while step * view.scale < _LEAST_PX:
        step *= 2
    shown = view.visible_rect() & view.image_rect
    area = view.transform.mapRect(shown)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    lines: list[QLine] = []
    for number in range(math.ceil(shown.left() / step), math.floor(shown.right() / step) + 1):
        x = round(view.to_widget(QPointF(number * step, 0)).x())
        lines.append(QLine(x, round(area.top()), x, round(area.bottom())))
    for number in range(math.ceil(shown.top() / step), math.floor(shown.bottom() / step) + 1):
        y = round(view.to_widget(QPointF(0, number * step)).y())
        lines.append(QLine(round(area.left()), y, round(area.right()), y))
    if not lines:
        return
    # Dark with light dashes: one colour alone is lost on ground of its own lightness.
    for color, style in ((_DARK, Qt.PenStyle.SolidLine), (_LIGHT, Qt.PenStyle.DashLine)):
        painter.setPen(QPen(color, 1, style))
        painter.drawLines(*lines)
