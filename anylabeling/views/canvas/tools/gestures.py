"""Drags of the select tool, from press to release. Each shows previews and ends in at most one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QPointF, QRectF
from qtpy.QtGui import QColor, QPainter, QPen

from anylabeling.document.geometry import moved
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.canvas import handles
from anylabeling.views.canvas.tools.base import DRAG_FROM_PX, Pointer

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas


class Gesture:
    """What happens between a press and its release."""

    def __init__(self, canvas: Canvas, pointer: Pointer) -> None:
        self.canvas = canvas
        self.start = pointer
        self.is_drag = False

    def follow(self, pointer: Pointer) -> None:
        """Take a movement; small ones do not count yet."""
        if not self.is_drag:
            self.is_drag = (pointer.position - self.start.position).manhattanLength() >= DRAG_FROM_PX
        if self.is_drag:
            self.drag(pointer)

    def drag(self, pointer: Pointer) -> None:
        """Show what a release here would do."""

    def end(self, pointer: Pointer) -> None:
        """Take the release."""

    def paint(self, painter: QPainter) -> None:
        """Draw marks of the gesture's own, in widget pixels."""

    def marks_rect(self) -> QRectF:
        """Return the area of the widget that ``paint`` covers."""
        return QRectF()


class MoveDrag(Gesture):
    """Moves the selected shapes; a mere click selects the shape under it alone."""

    def __init__(self, canvas: Canvas, pointer: Pointer, uid: int, *, edge: int | None = None) -> None:
        super().__init__(canvas, pointer)
        self._uid = uid
        self._edge = edge
        self._shapes = [item.shape for item in canvas.scene.present(canvas.selection()) if not item.shape.locked]
        self._step = (0.0, 0.0)

    def drag(self, pointer: Pointer) -> None:
        """Show the shapes at their new place; as a whole they stay inside the image."""
        offset = pointer.image - self.start.image
        dx, dy = handles.clamped_move(self._shapes, offset.x(), offset.y(), *self.canvas.image_size())
        self._step = (round(dx, 2), round(dy, 2))
        self.canvas.show_previews(moved(shape, *self._step) for shape in self._shapes)

    def end(self, pointer: Pointer) -> None:
        """Announce the move, or treat the press as a click."""
        if self.is_drag:
            submit_move(self.canvas, self._shapes, *self._step)
        elif self._edge is not None:
            self.canvas.add_vertex_to_edge()
        elif not pointer.ctrl:
            self.canvas.set_selection([self._uid])


class HandleDrag(Gesture):
    """Drags one handle of a shape."""

    def __init__(self, canvas: Canvas, pointer: Pointer, shape: Shape, index: int, at: QPointF) -> None:
        super().__init__(canvas, pointer)
        self._shape = shape
        self._index = index
        # The handle keeps its distance from the mouse: it does not jump when it is taken at its edge.
        self._grip = at - pointer.image
        self._result = shape

    def drag(self, pointer: Pointer) -> None:
        """Show the shape with the handle at its new place."""
        target = pointer.image + self._grip
        target = QPointF(round(target.x(), 2), round(target.y(), 2))
        shape, index = self._shape, self._index
        if shape.kind is ShapeKind.CIRCLE and index == 0:
            offset = target - QPointF(*shape.points[0])
            step = handles.clamped_move([shape], offset.x(), offset.y(), *self.canvas.image_size())
            self._result = moved(shape, *step)
        elif shape.kind is ShapeKind.ROTATED_RECTANGLE and index == handles.ROTATE_HANDLE:
            self._result = handles.drag_handle(shape, index, target.x(), target.y(), snap_angle=pointer.shift)
        else:
            self._result = handles.drag_handle(shape, index, *self.canvas.clipped(target))
        if shape.kind is ShapeKind.ROTATED_RECTANGLE:
            self._result = self._result.with_points(np.round(self._result.points, 2))
        self.canvas.show_previews([self._result])

    def end(self, pointer: Pointer) -> None:
        """Announce the change, if there is one."""
        if np.array_equal(self._result.points, self._shape.points):
            self.canvas.drop_previews()
            return
        self.canvas.submit_edit([self._result], _drag_name(self._shape, self._index))


class VertexInsertion(Gesture):
    """Adds a vertex to an edge and drags it; without a drag it stays where the press was."""

    def __init__(self, canvas: Canvas, pointer: Pointer, shape: Shape, edge: int) -> None:
        super().__init__(canvas, pointer)
        self._shape = shape
        self._edge = edge
        self.drag(pointer)

    def drag(self, pointer: Pointer) -> None:
        """Show the shape with the new vertex."""
        x, y = self.canvas.clipped(pointer.image)
        self._result = handles.insert_vertex(self._shape, self._edge, round(x, 2), round(y, 2))
        self.canvas.show_previews([self._result])

    def end(self, pointer: Pointer) -> None:
        """Announce the new vertex."""
        self.canvas.submit_edit([self._result], "Add vertex")


class RubberBand(Gesture):
    """Selects the shapes whose outlines the band touches; a mere click clears the selection.

    A shape that encloses the band without being touched is not selected: one can work inside a large shape.
    """

    def __init__(self, canvas: Canvas, pointer: Pointer) -> None:
        super().__init__(canvas, pointer)
        self._before = canvas.selection() if pointer.ctrl or pointer.shift else ()
        self._end = pointer.image

    def drag(self, pointer: Pointer) -> None:
        """Select what the band touches now."""
        self._end = pointer.image
        found = self.canvas.scene.outlines_in(QRectF(self.start.image, self._end).normalized())
        self.canvas.set_selection([*self._before, *(item.uid for item in found)])

    def end(self, pointer: Pointer) -> None:
        """Clear the selection after a mere click."""
        if not self.is_drag:
            self.canvas.set_selection(self._before)

    def paint(self, painter: QPainter) -> None:
        """Draw the band."""
        if self.is_drag:
            fill = QColor(self.canvas.canvas_style.theme.accent)
            painter.setPen(QPen(fill, 1))
            fill.setAlpha(40)
            painter.setBrush(fill)
            painter.drawRect(self._band())

    def marks_rect(self) -> QRectF:
        """Return the band's area."""
        return self._band().adjusted(-2, -2, 2, 2)

    def _band(self) -> QRectF:
        return QRectF(self.canvas.to_widget(self.start.image), self.canvas.to_widget(self._end)).normalized()


def submit_move(canvas: Canvas, shapes: list[Shape], dx: float, dy: float) -> None:
    """Announce a move of shapes, if it leads anywhere."""
    if not shapes or (dx == 0.0 and dy == 0.0):
        canvas.drop_previews()
        return
    name = f"Move {len(shapes)} shapes" if len(shapes) > 1 else f"Move {kind_name(shapes[0])}"
    canvas.submit_edit([moved(shape, dx, dy) for shape in shapes], name)


def kind_name(shape: Shape) -> str:
    """Return what a person calls a shape of this kind."""
    return "shape" if shape.kind is ShapeKind.OTHER else shape.kind.value.replace("_", " ")


def _drag_name(shape: Shape, index: int) -> str:
    if shape.kind is ShapeKind.ROTATED_RECTANGLE and index == handles.ROTATE_HANDLE:
        return "Rotate rectangle"
    if shape.kind is ShapeKind.CIRCLE and index == 0:
        return "Move circle"
    if shape.kind in (ShapeKind.RECTANGLE, ShapeKind.ROTATED_RECTANGLE, ShapeKind.CIRCLE):
        return f"Resize {kind_name(shape)}"
    return "Move point" if shape.kind is ShapeKind.POINT else "Move vertex"
