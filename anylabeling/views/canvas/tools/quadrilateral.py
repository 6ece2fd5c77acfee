"""The tool that draws quadrilaterals."""

from __future__ import annotations

import numpy as np

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.canvas.tools.base import Pointer
from anylabeling.views.canvas.tools.drawing import ManyPointsTool, Position, is_flat


class QuadrilateralTool(ManyPointsTool):
    """Draws four corners by clicks; the fourth ends it."""

    id = "quadrilateral"
    kind = ShapeKind.QUADRILATERAL

    def press(self, pointer: Pointer) -> None:
        """Set a corner, and end after the fourth."""
        super().press(pointer)
        if len(self.points) == 4:
            self.finish()

    def is_large_enough(self, points: list[Position]) -> bool:
        """Whether something is inside of the corners."""
        return not is_flat(points)

    def preview_shape(self) -> Shape | None:
        """Return the corners so far as a line strip, three and the mouse as what it will be."""
        points = self.preview_points()[:4]
        if not self.points or len(points) < 2:
            return None
        kind = self.kind if len(points) == 4 else ShapeKind.LINESTRIP
        return Shape(kind, np.array(points, dtype=np.float64))
