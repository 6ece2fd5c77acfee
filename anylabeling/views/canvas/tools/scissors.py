"""The tool that draws polygons along the edges of what is in the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from qtpy.QtCore import QObject, QPointF, Signal
from qtpy.QtGui import QPainter

from anylabeling.document.document import Document
from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.tools.base import Pointer
from anylabeling.views.canvas.tools.drawing import WORTH_KEEPING, DrawTool, Position

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

_CLOSE_PX = 10.0


class ScissorsSignals(QObject):
    """What the tool tells; a tool itself is no QObject.

    Signals:
        path_requested: The last anchor and the position under the mouse, in image pixels.
    """

    path_requested = Signal(object, object)


class ScissorsTool(DrawTool):
    """Sets anchors by clicks; between them the line follows the edges. Enter or a click on the first one ends it.

    A half drawn outline waits while another tool is active or another document is shown.

    Attributes:
        signals: Asks for lines.
    """

    id = "scissors"
    kind = ShapeKind.POLYGON

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.signals = ScissorsSignals()
        self._lengths: list[int] = []
        self._path: list[Position] = []
        self._waiting: WeakKeyDictionary[Document, tuple[list[Position], list[int]]] = WeakKeyDictionary()

    def set_aside(self) -> None:
        """Keep the anchors and the lines between them for when the tool comes back to this document."""
        document = self.canvas.document
        if document is not None and len(self.points) >= WORTH_KEEPING:
            self._waiting[document] = self.points, self._lengths
        super().set_aside()

    def resume(self) -> None:
        """Go on with the outline that was begun on this document."""
        document = self.canvas.document
        waiting = self._waiting.pop(document, None) if document is not None else None
        if waiting is not None and not self.points:
            self.points, self._lengths = waiting

    def show_path(self, anchor: Position, target: Position, path: list[Position]) -> None:
        """Show a line along edges, unless the anchor is another one by now."""
        if self.points and anchor == self.points[-1]:
            self._path = path
            self.canvas.refresh_marks()

    def press(self, pointer: Pointer) -> None:
        """Set an anchor, or end the outline."""
        self.target = self.clipped(pointer)
        if not self.points:
            self.points, self._lengths, self._path = [self.target], [], []
        elif self.closes_at_target():
            self.finish()
        elif self.target != self.points[-1]:
            line = self._line_to(self.target)
            self.points += line
            self._lengths.append(len(line))
            self._path = []

    def move(self, pointer: Pointer) -> None:
        """Ask for the line to the mouse."""
        self.target = self.clipped(pointer)
        if self.points:
            self.signals.path_requested.emit(self.points[-1], self.target)

    def double_click(self, pointer: Pointer) -> None:
        """End the outline; the first press of the double click has set its last anchor."""
        self.finish()

    def finish(self) -> bool:
        """Make the polygon; where the mouse is at the first anchor, the line to it belongs to the polygon."""
        points = [*self.points, *self._path[:-1]] if self.closes_at_target() else list(self.points)
        if len(points) < 3:
            return False
        self._lengths, self._path = [], []
        self.make(points)
        return True

    def cancel(self) -> bool:
        """Drop the outline."""
        self._lengths, self._path = [], []
        return super().cancel()

    def undo_point(self) -> bool:
        """Take the last anchor back, with the line to it."""
        if not self.points:
            return False
        self._path = []
        del self.points[len(self.points) - (self._lengths.pop() if self._lengths else 1) :]
        return True

    def preview_points(self) -> list[Position]:
        """Return what is set, and the line to the mouse."""
        if self.target is None:
            return list(self.points)
        return [*self.points, *self._line_to(self.target)]

    def closes_at_target(self) -> bool:
        """Whether a click now would end the outline at its first anchor."""
        if self.target is None or len(self._lengths) < 2:
            return False
        to_widget = self.canvas.to_widget
        away = to_widget(QPointF(*self.target)) - to_widget(QPointF(*self.points[0]))
        return away.manhattanLength() <= _CLOSE_PX

    def paint(self, painter: QPainter) -> None:
        """Draw the outline so far, and its anchors."""
        if not self.points:
            return
        if (shape := self.preview_shape()) is not None:
            self.canvas.marks.preview(painter, ShapeItem(shape))
        places = np.cumsum([0, *self._lengths])
        anchors = np.array(self.points)[places]
        self.canvas.marks.handles(painter, anchors, hot=0 if self.closes_at_target() else None)

    def _line_to(self, target: Position) -> list[Position]:
        """Return the line that is known, drawn on to where the mouse is by now."""
        if not self._path:
            return [target]
        return [*self._path[:-1], target]
