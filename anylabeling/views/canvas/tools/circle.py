"""The tool that draws circles."""

from __future__ import annotations

import math

from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.tools.drawing import Position, TwoPointTool, snapped_direction


class CircleTool(TwoPointTool):
    """Draws a circle from its centre to its rim."""

    id = "circle"
    kind = ShapeKind.CIRCLE

    def constrained(self, start: Position, end: Position) -> Position:
        """Put the rim point at a multiple of 45 degrees."""
        return snapped_direction(start, end, self.canvas.angle_step_rad)

    def note(self) -> str:
        """Return the radius."""
        if not self.points or self.target is None:
            return ""
        return f"r {math.dist(self.points[0], self.target):,.0f} px"
