"""The tool that draws ellipses."""

from __future__ import annotations

import math

from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.tools.drawing import Position, TwoPointTool

_LEAST_VERTICES = 16
_MOST_VERTICES = 72
_EDGE_PX = 8.0
"""About the length of an edge in image pixels."""


class EllipseTool(TwoPointTool):
    """Draws an ellipse into a box between two corners, as a polygon; Shift makes a circle."""

    id = "ellipse"
    kind = ShapeKind.POLYGON

    def shape_points(self, points: list[Position]) -> list[Position]:
        """Return the vertices of the ellipse."""
        (x1, y1), (x2, y2) = points[:2]
        cx, cy, rx, ry = (x1 + x2) / 2, (y1 + y2) / 2, abs(x2 - x1) / 2, abs(y2 - y1) / 2
        around = 2 * math.pi * math.sqrt((rx * rx + ry * ry) / 2)
        count = 4 * round(min(max(around / _EDGE_PX, _LEAST_VERTICES), _MOST_VERTICES) / 4)
        angles = (2 * math.pi * number / count for number in range(count))
        return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles]

    def is_large_enough(self, points: list[Position]) -> bool:
        """Ask for a pixel in both directions."""
        xs, ys = zip(*points, strict=True)
        return max(xs) - min(xs) >= 1.0 and max(ys) - min(ys) >= 1.0
