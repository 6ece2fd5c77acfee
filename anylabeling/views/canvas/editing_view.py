"""Hands finished work over: edits that somebody applies, drawn shapes that somebody names."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from qtpy.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from qtpy.QtGui import QPainter, QRegion
from qtpy.QtWidgets import QMenu, QWidget

from anylabeling.document.document import Edit
from anylabeling.document.edits import ChangeShapes
from anylabeling.document.many import moved_all
from anylabeling.document.moves import Move
from anylabeling.document.shape import Shape
from anylabeling.translation import tr
from anylabeling.views.canvas.handles import clamped_move, overshoot
from anylabeling.views.canvas.marks import Marks
from anylabeling.views.canvas.scene import MANY, ShapeItem
from anylabeling.views.canvas.shape_view import ShapeView


class EditingView(ShapeView):
    """Announces changes and never makes them; keeps a drawn shape on the screen until its label is known.

    Attributes:
        marks: Draws the marks of tools.
        brush_size: Diameter of the brush in image pixels.
        angle_step_rad: Directions that Shift holds a line to are this far apart.
        keeps_inside: Whether shapes end at the image's edge.
        handle_reach_px: How near the mouse must come to a handle to take it, in widget pixels.

    Signals:
        edit_requested: A finished edit (document.edits) that somebody should apply.
        move_requested: A Move of very many shapes that somebody should make.
        copies_requested: Shapes that somebody should add as copies.
        cut_requested: An outline, float64 (n, 2), to cut out of the selected shapes or of those under it.
        split_requested: A line, float64 (2, 2), along which to split the selected shapes or those that it crosses.
        brush_requested: A BrushStroke over a shape.
        brush_size_changed: The diameter of the brush in image pixels.
        menu_requested: A context menu is wanted at this position of the screen.
        shape_drawn: A new shape without a label. It disappears from the screen when the slots return, unless one of
            them calls ``keep_preview``; then it stays until ``drawing_finished`` or ``discard_preview``.
        parts_drawn: The same with a tuple of shapes in one group, which are the parts of an object.
    """

    edit_requested = Signal(object)
    move_requested = Signal(object)
    copies_requested = Signal(object)
    cut_requested = Signal(object)
    split_requested = Signal(object)
    brush_requested = Signal(object)
    brush_size_changed = Signal(int)
    menu_requested = Signal(QPoint)
    shape_drawn = Signal(object)
    parts_drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = Marks(self)
        self._drawn: ShapeItem | None = None
        self._keeps_drawn = False
        self.brush_size = 20
        self.handle_reach_px = 8.0
        self.angle_step_rad = math.radians(45.0)
        self.keeps_inside = True

    def set_brush_size(self, diameter: int) -> None:
        """Set the diameter of the brush, in image pixels."""
        if diameter != self.brush_size:
            self.brush_size = diameter
            self.brush_size_changed.emit(diameter)

    def placed(self, point: QPointF) -> tuple[float, float]:
        """Return a position that a point of a shape may have: the nearest one of the image, unless any may."""
        return self.clipped(point) if self.keeps_inside else (point.x(), point.y())

    def allowed_move(self, shapes: Sequence[Shape], dx: float, dy: float) -> tuple[float, float]:
        """Return the part of a move that shapes, taken as a whole, may make."""
        return clamped_move(list(shapes), dx, dy, *self.image_size()) if self.keeps_inside else (dx, dy)

    def way_back(self, shapes: Sequence[Shape], *, beyond: Sequence[Shape]) -> tuple[float, float]:
        """Return the move that brings shapes back that reach further out of the image than others did before."""
        if not self.keeps_inside:
            return 0.0, 0.0
        return overshoot(list(shapes), list(beyond), *self.image_size())

    def submit_copies(self, shapes: Iterable[Shape]) -> None:
        """Announce that copies of shapes should be added."""
        self.copies_requested.emit(list(shapes))
        self.drop_previews()

    def ask(self, choices: Sequence[tuple[str, Callable[[], object]]], at: QPoint) -> None:
        """Let the person choose what becomes of what is shown, at a widget position; nothing if they turn away."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act in choices:
            action = menu.addAction(text)
            assert action is not None
            action.triggered.connect(lambda _checked=False, act=act: act())
        menu.addSeparator()
        menu.addAction(tr("C&ancel"))
        # The menu hides before it tells what was chosen.
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self.drop_previews))
        menu.popup(self.mapToGlobal(at))

    def submit_edit(self, shapes: Iterable[Shape], name: str, *, series: str = "") -> None:
        """Announce that shapes should be replaced by these versions; see ChangeShapes for ``series``."""
        if self.document is None:
            return
        edit: Edit = ChangeShapes.to(self.document, shapes, name, series=series)
        self.edit_requested.emit(edit)
        self.drop_previews()

    def submit_move(self, shapes: Sequence[Shape], step: tuple[float, float], name: str, *, series: str = "") -> None:
        """Announce that shapes should be moved; very many only as far as they may, and shown there until they are."""
        if len(shapes) > MANY:
            inside = self.image_size() if self.keeps_inside else None
            self.move_requested.emit(Move(tuple([shape.uid for shape in shapes]), (step,), name, inside, series))
            return
        self.submit_edit(moved_all(shapes, *step), name, series=series)

    def submit_drawing(self, shape: Shape, *parts: Shape) -> None:
        """Announce a finished shape, or one in parts, and keep it on the screen while the slots run."""
        self._drawn = ShapeItem(shape)
        self._keeps_drawn = False
        self.update(self.drawn_region())
        if parts:
            self.parts_drawn.emit((shape, *parts))
        else:
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
