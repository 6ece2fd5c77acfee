"""The tool that draws rectangles."""

from __future__ import annotations

from anylabeling.document.geometry import normalized_rectangle
from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.tools.drawing import Position, TwoPointTool


class RectangleTool(TwoPointTool):
    """Draws an upright rectangle between two corners; Shift makes a square."""

    id = "rectangle"
    kind = ShapeKind.RECTANGLE

    def shape_points(self, points: list[Position]) -> list[Position]:
        """Return the upper left and the lower right corner."""
        (x1, y1), (x2, y2) = normalized_rectangle(*points[0], *points[1]).tolist()
        return [(x1, y1), (x2, y2)]

    def is_large_enough(self, points: list[Position]) -> bool:
        """Ask for a pixel in both directions."""
        (x1, y1), (x2, y2) = points
        return x2 - x1 >= 1.0 and y2 - y1 >= 1.0
