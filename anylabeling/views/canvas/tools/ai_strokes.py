"""A line that is being drawn over an object, or over what is not the object."""

from __future__ import annotations

from collections.abc import Callable

from qtpy.QtCore import QPointF, Qt
from qtpy.QtGui import QColor, QPainter, QPen, QPolygonF

from anylabeling.messages.prompting import StrokeMark

_LEAST_STEP_PX = 3.0
_WIDTH_PX = 6.0
_ON, _OFF = QColor(30, 142, 62, 200), QColor(200, 40, 40, 200)


class GrowingStroke:
    """Collects the positions of the mouse while a stroke is drawn; all positions are in image pixels."""

    def __init__(self, start: tuple[float, float], *, positive: bool) -> None:
        """Begin a stroke that lies on the object, or beside it."""
        self._points = [start]
        self._positive = positive

    def add(self, point: tuple[float, float], *, scale: float) -> None:
        """Go on to a position, unless it is hardly another one.

        Args:
            point: Where the mouse is.
            scale: Widget pixels of an image pixel.
        """
        (x, y), (last_x, last_y) = point, self._points[-1]
        if abs(x - last_x) + abs(y - last_y) >= _LEAST_STEP_PX / scale:
            self._points.append(point)

    def mark(self) -> StrokeMark:
        """Return what has been drawn so far."""
        return StrokeMark(tuple(self._points), self._positive)


def stroke_line(stroke: StrokeMark, to_widget: Callable[[QPointF], QPointF]) -> QPolygonF:
    """Return a stroke in widget pixels."""
    return QPolygonF([to_widget(QPointF(x, y)) for x, y in stroke.points])


def paint_stroke(painter: QPainter, points: QPolygonF, *, positive: bool) -> None:
    """Draw a stroke in widget pixels: green on the object, red beside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(255, 255, 255, 160), _WIDTH_PX + 2), (_ON if positive else _OFF, _WIDTH_PX)):
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        if points.count() == 1:
            painter.drawPoint(QPointF(points.at(0)))
        else:
            painter.drawPolyline(points)
    painter.restore()
