"""The tool that draws line strips."""

from __future__ import annotations

from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.tools.base import Pointer
from anylabeling.views.canvas.tools.drawing import ManyPointsTool


class LinestripTool(ManyPointsTool):
    """Draws a chain of lines by clicks; it ends by Enter, by a double click, or with a Ctrl+click as its last point."""

    id = "linestrip"
    kind = ShapeKind.LINESTRIP

    def press(self, pointer: Pointer) -> None:
        """Set a point; with Ctrl the last one."""
        super().press(pointer)
        if pointer.ctrl:
            self.finish()
