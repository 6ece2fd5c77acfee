"""The tool that sets several points of one object."""

from __future__ import annotations

from anylabeling.document.shape import ShapeKind
from anylabeling.translation import trn
from anylabeling.views.canvas.tools.drawing import ManyPointsTool, Position


class PointsTool(ManyPointsTool):
    """Sets points by clicks; Enter or a double click ends the object."""

    id = "points"
    kind = ShapeKind.POINTS

    def is_large_enough(self, points: list[Position]) -> bool:
        """Accept even a single point."""
        return True

    def note(self) -> str:
        """Return how many points there are."""
        return trn("%n point", "%n points", len(self.points))
