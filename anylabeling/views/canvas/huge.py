"""Outlines of many thousands of vertices, such as thousands of shapes merged into one.

Qt strokes such an outline for seconds, all at once; pieces of it take a tenth of that and can be drawn a few at a time.
"""

from __future__ import annotations

import time

import numpy as np
from qtpy.QtCore import Qt
from qtpy.QtGui import QBrush, QPainter, QPainterPath, QPen

from anylabeling.document.shape import Points, ShapeKind
from anylabeling.views.canvas.polygons import polygon_of
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.strokes import without_coinciding
from anylabeling.views.canvas.viewport import Viewport

HUGE_FROM = 3000
"""Outlines of so many vertices are drawn in pieces."""
_PIECE = 100
_BETWEEN_LOOKS = 10
"""Pieces that are drawn between two looks at the clock: about 2 ms."""
_REACH_PX = 8.0
_OTHER_KINDS = frozenset({ShapeKind.MASK, ShapeKind.POINTS, ShapeKind.CUBOID, ShapeKind.CIRCLE})


def is_huge(item: ShapeItem) -> bool:
    """Whether a shape is drawn in pieces."""
    return item.vertex_count >= HUGE_FROM and item.shape.kind not in _OTHER_KINDS


class HugeOutline:
    """A huge outline as one view shows it, in widget pixels.

    Attributes:
        key: Of the view.
    """

    def __init__(self, item: ShapeItem, view: Viewport) -> None:
        self.key = view.key()
        self._area: QPainterPath | None = None
        self._lines: list[Points] = []
        seen = view.widget_rect.adjusted(-_REACH_PX, -_REACH_PX, _REACH_PX, _REACH_PX)
        low, high = (seen.left(), seen.top()), (seen.right(), seen.bottom())
        rings = (item.outline, *item.shape.holes)
        counts = np.array([len(ring) for ring in rings])
        points = np.concatenate(rings) * view.scale + (view.offset.x(), view.offset.y())
        points, starts, ends = without_coinciding(points, np.cumsum(counts) - counts)
        least, most = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
        in_sight = ((least <= high) & (most >= low)).all(axis=1)
        places = zip(starts[in_sight].tolist(), ends[in_sight].tolist(), strict=True)
        seen_rings = [points[start:end] for start, end in places]
        self._rings = seen_rings if item.closed else []
        for ring in seen_rings:
            line = np.concatenate([ring, ring[:1]]) if item.closed else ring
            self._lines += _pieces(line, low, high)

    def fill(self, painter: QPainter, brush: QBrush) -> None:
        """Fill the area, if there is one."""
        if self._area is None:
            self._area = QPainterPath()
            self._area.setFillRule(Qt.FillRule.OddEvenFill)
            for ring in self._rings:
                self._area.addPolygon(polygon_of(ring))
                self._area.closeSubpath()
        if self._rings:
            painter.fillPath(self._area, brush)

    def draw_lines(self, painter: QPainter, pen: QPen, start: int = 0, deadline: float = float("inf")) -> int | None:
        """Draw the line from a piece on until the time has come, some at least; return what comes next, or None."""
        painter.setPen(pen)
        for first in range(start, len(self._lines), _BETWEEN_LOOKS):
            if first > start and time.perf_counter() >= deadline:
                return first
            for line in self._lines[first : first + _BETWEEN_LOOKS]:
                painter.drawPolyline(polygon_of(line))
        return None


def _pieces(ring: Points, low: tuple[float, float], high: tuple[float, float]) -> list[Points]:
    """Return the pieces of a line of which some part may lie in sight."""
    if len(ring) <= _PIECE:
        return [ring]
    firsts = np.arange(0, max(len(ring) - 1, 1), _PIECE)
    least, most = np.minimum.reduceat(ring, firsts), np.maximum.reduceat(ring, firsts)
    # Each piece ends with the first point of the next.
    last = np.minimum(firsts + _PIECE, len(ring) - 1)
    least, most = np.minimum(least, ring[last]), np.maximum(most, ring[last])
    seen = ((least <= high) & (most >= low)).all(axis=1)
    return [ring[first : first + _PIECE + 1] for first in firsts[seen].tolist()]
