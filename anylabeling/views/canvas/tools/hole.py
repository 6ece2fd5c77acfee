"""The tool that cuts holes."""

from __future__ import annotations

import numpy as np

from anylabeling.document.shape import as_points
from anylabeling.views.canvas.tools.drawing import Position
from anylabeling.views.canvas.tools.polygon import PolygonTool


class HoleTool(PolygonTool):
    """Draws a polygon that is cut out of the selected shapes, or of those under it when none is selected."""

    id = "hole"
    makes_shapes = False

    def make(self, points: list[Position]) -> None:
        """Ask for the cut."""
        self.points = []
        if self.is_large_enough(points):
            self.canvas.cut_requested.emit(as_points(np.round(points, 2)))
