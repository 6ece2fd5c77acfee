"""The tool that draws polygons."""

from __future__ import annotations

import math

from qtpy.QtCore import QPointF

from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.tools.drawing import ManyPointsTool, is_flat

CLOSE_PX = 10.0


class PolygonTool(ManyPointsTool):
    """Draws a polygon by clicks; it closes at its first point, by Enter or by a double click."""

    id = "polygon"
    kind = ShapeKind.POLYGON

    def closes_at_target(self) -> bool:
        """Whether the mouse is at the first point of enough points."""
        if len(self.points) < 3 or self.target is None:
            return False
        offset = self.canvas.to_widget(QPointF(*self.points[0])) - self.canvas.to_widget(QPointF(*self.target))
        return math.hypot(offset.x(), offset.y()) <= CLOSE_PX

    def finish(self) -> bool:
        """Make the polygon once it has an inside; until then the drawing goes on."""
        return not is_flat(self.points) and super().finish()

    def note(self) -> str:
        """Return the size of the box and the number of points."""
        text = super().note()
        return f"{text} · {len(self.points)}" if text else ""
