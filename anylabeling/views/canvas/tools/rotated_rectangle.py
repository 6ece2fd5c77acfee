"""The tool that draws rectangles at any angle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QPointF

from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.tools.base import DRAG_FROM_PX, Pointer
from anylabeling.views.canvas.tools.drawing import DrawTool, Position, snapped_direction

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas


class RotatedRectangleTool(DrawTool):
    """Draws one edge by a drag or two clicks, then the height by moving and a click."""

    id = "rotated_rectangle"
    kind = ShapeKind.ROTATED_RECTANGLE

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._pressed_at: QPointF | None = None
        self._ends = False

    def press(self, pointer: Pointer) -> None:
        """Begin the first edge."""
        self._pressed_at = pointer.position
        self._ends = bool(self.points)
        if not self.points:
            self.points = [self.clipped(pointer)]
        self.target = self._aim(pointer)

    def move(self, pointer: Pointer) -> None:
        """Follow with the end of the edge, then with the height."""
        self.target = self._aim(pointer)

    def release(self, pointer: Pointer) -> None:
        """End the first edge after a drag or a second click; end the rectangle after that."""
        if not self.points or self._pressed_at is None:
            return
        dragged = (pointer.position - self._pressed_at).manhattanLength() >= DRAG_FROM_PX
        self._pressed_at = None
        self.target = self._aim(pointer)
        if len(self.points) == 2:
            self.make([*self.points, self.target])
        elif (dragged or self._ends) and self.target != self.points[0]:
            self.points.append(self.target)

    def finish(self) -> bool:
        """Finish with the height under the mouse."""
        if len(self.points) < 2 or self.target is None:
            return False
        self.make([*self.points, self.target])
        return True

    def shape_points(self, points: list[Position]) -> list[Position]:
        """Return the four corners for an edge and a point on the opposite side."""
        if len(points) < 3:
            return points
        start, end, over = (np.array(point) for point in points[:3])
        length = math.dist(points[0], points[1])
        if length == 0.0:
            return []
        along = (end - start) / length
        across = np.array([-along[1], along[0]])
        height = across * ((over - end) @ across)
        return [(float(x), float(y)) for x, y in (start, end, end + height, start + height)]

    def is_large_enough(self, points: list[Position]) -> bool:
        """Ask for a pixel along both sides."""
        return math.dist(points[0], points[1]) >= 1.0 and math.dist(points[1], points[2]) >= 1.0

    def note(self) -> str:
        """Return the lengths of the sides."""
        points = self.shape_points(self.preview_points())
        if len(points) < 2:
            return ""
        across = f" × {math.dist(points[1], points[2]):,.0f}" if len(points) == 4 else " px"
        return f"{math.dist(points[0], points[1]):,.0f}{across}"

    def constrained(self, start: Position, end: Position) -> Position:
        """Return the end of the first edge as Shift holds it."""
        return snapped_direction(start, end, self.canvas.angle_step_rad)

    def _aim(self, pointer: Pointer) -> Position:
        end = self.clipped(pointer)
        if len(self.points) == 1 and pointer.shift:
            return self.canvas.placed(QPointF(*self.constrained(self.points[0], end)))
        return end
