"""Arrows between shapes that are linked from key to value."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qtpy.QtCore import QLineF, QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from anylabeling.document.links import LINK_KEY, linked_pairs
from anylabeling.document.shape import Shape
from anylabeling.views.canvas.scene import Scene
from anylabeling.views.canvas.viewport import Viewport

_extra_of: Callable[[Shape], Mapping[str, Any]] = operator.attrgetter("extra")
_LINE = QColor(255, 255, 255)
_EDGE = QColor(20, 20, 20)
_HEAD_PX = 9.0
_DOT_PX = 3.0


class LinkArrows:
    """Finds the links once per version of the shapes, and draws them."""

    def __init__(self) -> None:
        self._shapes: Sequence[Shape] | None = None
        self._pairs: list[tuple[int, int]] = []
        self.shown = True

    def set_shapes(self, shapes: Sequence[Shape]) -> bool:
        """Look at the shapes of a document; return whether there are or were links."""
        if shapes is self._shapes:
            return bool(self._pairs)
        before = bool(self._pairs)
        self._shapes = shapes
        # Nearly no image has links, and then no more than this look is spent on them.
        some = any(LINK_KEY in extra for extra in filter(None, map(_extra_of, shapes)))
        self._pairs = [(key.uid, value.uid) for key, value in linked_pairs(shapes)] if some else []
        return before or bool(self._pairs)

    def paint(self, painter: QPainter, scene: Scene, view: Viewport, dirty: QRectF) -> None:
        """Draw the arrows between shapes that are shown; the painter works in widget pixels."""
        if not self.shown or not self._pairs:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for key, value in self._pairs:
            start, end = scene.item(key), scene.item(value)
            if start is None or end is None or not (scene.is_shown(key) and scene.is_shown(value)):
                continue
            line = QLineF(view.to_widget(start.rect.center()), view.to_widget(end.rect.center()))
            box = QRectF(line.p1(), line.p2()).normalized().adjusted(-_HEAD_PX, -_HEAD_PX, _HEAD_PX, _HEAD_PX)
            if box.intersects(dirty) and line.length() > 1:
                _draw(painter, line)
        painter.restore()


def _draw(painter: QPainter, line: QLineF) -> None:
    angle = math.atan2(line.dy(), line.dx())
    tip = line.p2()
    wings = [
        QPointF(tip.x() - _HEAD_PX * math.cos(angle + turn), tip.y() - _HEAD_PX * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    path = QPainterPath(line.p1())
    path.lineTo(tip)
    head = QPolygonF([tip, wings[0], wings[1]])
    for color, width in ((_EDGE, 4.0), (_LINE, 2.0)):
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setBrush(_LINE)
        painter.drawPolygon(head)
        painter.drawEllipse(line.p1(), _DOT_PX, _DOT_PX)
