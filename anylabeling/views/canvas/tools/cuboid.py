"""The tool that draws boxes in perspective."""

from __future__ import annotations

import math

from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.tools.drawing import Position, square_corner
from anylabeling.views.canvas.tools.rotated_rectangle import RotatedRectangleTool


class CuboidTool(RotatedRectangleTool):
    """Draws the front by a drag or two clicks, then the back by moving and a click."""

    id = "cuboid"
    kind = ShapeKind.CUBOID

    def shape_points(self, points: list[Position]) -> list[Position]:
        """Return the eight corners for two corners of the front and where the last of them is at the back."""
        if len(points) < 2:
            return points
        (x1, y1), (x2, y2) = points[:2]
        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        front = [(left, top), (right, top), (right, bottom), (left, bottom)]
        # While the front is being drawn there is no back yet: it lies upon the front.
        dx, dy = (points[2][0] - x2, points[2][1] - y2) if len(points) > 2 else (0.0, 0.0)
        return [*front, *((x + dx, y + dy) for x, y in front)]

    def constrained(self, start: Position, end: Position) -> Position:
        """Make the front a square."""
        return square_corner(start, end)

    def is_large_enough(self, points: list[Position]) -> bool:
        """Ask for a pixel along both sides of the front, and for a back that lies elsewhere."""
        (x1, y1), (x2, y2) = points[0], points[2]
        return x2 - x1 >= 1.0 and y2 - y1 >= 1.0 and math.dist(points[0], points[4]) >= 1.0

    def note(self) -> str:
        """Return the size of the front."""
        if not self.points or self.target is None:
            return ""
        start, end = self.points[0], self.points[1] if len(self.points) > 1 else self.target
        return f"{abs(end[0] - start[0]):,.0f} × {abs(end[1] - start[1]):,.0f}"
