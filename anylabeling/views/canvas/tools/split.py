"""The tool that splits shapes."""

from __future__ import annotations

import math

from anylabeling.document.shape import ShapeKind, as_points
from anylabeling.views.canvas.tools.base import Pointer
from anylabeling.views.canvas.tools.drawing import Position, TwoPointTool, snapped_direction


class SplitTool(TwoPointTool):
    """Draws a line along which the selected shapes are split, or those that it crosses when none is selected."""

    id = "split"
    makes_shapes = False
    kind = ShapeKind.LINE

    def clipped(self, pointer: Pointer) -> Position:
        """Return the pointer's position, outside of the image too: a cut has to begin outside of its shape."""
        self.canvas.snapper.forget()
        return pointer.image.x(), pointer.image.y()

    def constrained(self, start: Position, end: Position) -> Position:
        """Turn the line to a multiple of 45 degrees."""
        return snapped_direction(start, end, self.canvas.angle_step_rad)

    def note(self) -> str:
        """Say nothing: a cut has no size."""
        return ""

    def make(self, points: list[Position]) -> None:
        """Ask for the split."""
        self.points = []
        if math.dist(points[0], points[1]) >= 1.0:
            self.canvas.split_requested.emit(as_points(points[:2]))
