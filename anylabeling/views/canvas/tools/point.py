"""The tool that sets points."""

from __future__ import annotations

from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.tools.base import Pointer
from anylabeling.views.canvas.tools.drawing import DrawTool, Position


class PointTool(DrawTool):
    """Sets a point by a click."""

    id = "point"
    kind = ShapeKind.POINT

    def press(self, pointer: Pointer) -> None:
        """Set the point."""
        self.make([self.clipped(pointer)])

    def is_large_enough(self, points: list[Position]) -> bool:
        """Accept a point as it is."""
        return True
