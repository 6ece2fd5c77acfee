"""Hands finished work over: edits that somebody applies, drawn shapes that somebody names."""

from __future__ import annotations

from collections.abc import Iterable

from qtpy.QtCore import QRectF, Signal
from qtpy.QtGui import QPainter, QRegion
from qtpy.QtWidgets import QWidget

from anylabeling.document.document import Edit
from anylabeling.document.edits import ChangeShapes
from anylabeling.document.shape import Shape
from anylabeling.views.canvas.marks import Marks
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.shape_view import ShapeView


class EditingView(ShapeView):
    """Announces changes and never makes them; keeps a drawn shape on the screen until its label is known.

    Attributes:
        marks: Draws the marks of tools.

    Signals:
        edit_requested: A finished edit (document.edits) that somebody should apply.
        shape_drawn: A new shape without a label. It disappears from the screen when the slots return, unless one of
            them calls ``keep_preview``; then it stays until ``drawing_finished`` or ``discard_preview``.
    """

    edit_requested = Signal(object)
    shape_drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = Marks(self)
        self._drawn: ShapeItem | None = None
        self._keeps_drawn = False

    def submit_edit(self, shapes: Iterable[Shape], name: str) -> None:
        """Announce that shapes should be replaced by these versions."""
        if self.document is None:
            return
        edit: Edit = ChangeShapes.to(self.document, shapes, name)
        self.edit_requested.emit(edit)
        self.drop_previews()

    def submit_drawing(self, shape: Shape) -> None:
        """Announce a finished shape and keep it on the screen while the slots run."""
        self._drawn = ShapeItem(shape)
        self._keeps_drawn = False
        self.update(self.drawn_region())
        self.shape_drawn.emit(shape)
        if not self._keeps_drawn:
            self.discard_preview()

    def keep_preview(self) -> None:
        """Leave the shape just drawn on the screen until ``drawing_finished`` or ``discard_preview``."""
        self._keeps_drawn = True

    def discard_preview(self) -> None:
        """Take the shape just drawn off the screen."""
        self.update(self.drawn_region())
        self._drawn = None
        self._keeps_drawn = False

    def drawing_finished(self) -> None:
        """Take note that the shape just drawn is in the document now, or declined."""
        self.discard_preview()

    def drawn_region(self) -> QRegion:
        """Return the area of the shape just drawn."""
        if self._drawn is None:
            return QRegion()
        return QRegion(self.renderer.drawn_rect(self._drawn, self.viewport).toAlignedRect())

    def paint_overlay(self, painter: QPainter, dirty: QRectF) -> None:
        """Draw previews and the shape just drawn."""
        super().paint_overlay(painter, dirty)
        if self._drawn is not None:
            self.marks.preview(painter, self._drawn)
