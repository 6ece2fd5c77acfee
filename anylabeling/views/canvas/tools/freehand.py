"""The tool that draws polygons as a pen does."""

from __future__ import annotations

import math

from qtpy.QtGui import QPainter

from anylabeling.document.rings import simplified
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.tools.base import Pointer
from anylabeling.views.canvas.tools.drawing import DrawTool, Position

_STEP_PX = 3.0
_TOLERANCE_PX = 1.0


class FreehandTool(DrawTool):
    """Draws along a drag; the release closes the outline and leaves out the points that it does not need."""

    id = "freehand"
    kind = ShapeKind.POLYGON
    drags = True

    def press(self, pointer: Pointer) -> None:
        """Begin the outline."""
        self.points = [self.clipped(pointer)]
        self.target = self.points[0]

    def move(self, pointer: Pointer) -> None:
        """Draw on while the button is down."""
        self.target = self.clipped(pointer)
        if self.points and math.dist(self.points[-1], self.target) * self.canvas.zoom() >= _STEP_PX:
            self.points.append(self.target)

    def release(self, pointer: Pointer) -> None:
        """End the outline."""
        if self.points:
            self.points.append(self.clipped(pointer))
            self.finish()

    def release_lost(self) -> None:
        """End the outline where it is."""
        if self.points:
            self.finish()

    def finish(self) -> bool:
        """Make the polygon if the outline encloses something."""
        if len(self.points) < 3:
            return self.cancel()
        self.make(self.points)
        return True

    def shape_points(self, points: list[Position]) -> list[Position]:
        """Return the points that the outline needs, as seen at this zoom."""
        if len(points) < 3:
            return points
        shape = simplified(Shape(ShapeKind.POLYGON, as_points(points)), _TOLERANCE_PX / self.canvas.zoom())
        return [(float(x), float(y)) for x, y in shape.points]

    def preview_shape(self) -> Shape | None:
        """Return the line so far as it was drawn."""
        return Shape(ShapeKind.LINESTRIP, as_points(self.points)) if len(self.points) >= 2 else None

    def paint(self, painter: QPainter) -> None:
        """Draw the line so far; its points are too many to be of interest."""
        if (shape := self.preview_shape()) is not None:
            self.canvas.marks.preview(painter, ShapeItem(shape))
