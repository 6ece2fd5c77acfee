"""The tool that draws lines."""

from __future__ import annotations

import math

from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.tools.drawing import Position, TwoPointTool, snapped_direction


class LineTool(TwoPointTool):
    """Draws a line between two ends; Shift keeps to multiples of 45 degrees."""

    id = "line"
    kind = ShapeKind.LINE

    def constrained(self, start: Position, end: Position) -> Position:
        """Turn the line to a multiple of 45 degrees."""
        return snapped_direction(start, end, self.canvas.angle_step_rad)

    def note(self) -> str:
        """Return the length."""
        if not self.points or self.target is None:
            return ""
        return f"{math.dist(self.points[0], self.target):,.0f} px"
