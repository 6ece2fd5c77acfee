"""Drags of the select tool, from press to release. Each shows previews and ends in at most one edit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QPointF, QRectF
from qtpy.QtGui import QColor, QPainter, QPen

from anylabeling.document.geometry import CLOSED_KINDS, moved
from anylabeling.document.many import moved_all
from anylabeling.document.naming import counted, kind_name
from anylabeling.document.rings import SHRINKING_KINDS, place_of, vertices, without_vertices
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.translation import tr
from anylabeling.views.canvas import handles, hit_test
from anylabeling.views.canvas.tools.base import DRAG_FROM_PX, Pointer
from anylabeling.views.canvas.tools.drawing import snapped_direction

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas


_FREE_KINDS = SHRINKING_KINDS | {ShapeKind.QUADRILATERAL, ShapeKind.LINE, ShapeKind.OTHER}
"""Kinds of whose vertices each goes where it is dragged."""


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

    def held(self, pointer: Pointer, start: QPointF, target: QPointF) -> QPointF:
        """Return where a drag from a position leads: with Shift in one of the directions that lines may have."""
        if not pointer.shift:
            return target
        step = self.canvas.angle_step_rad
        return QPointF(*snapped_direction((start.x(), start.y()), (target.x(), target.y()), step))

    def drag(self, pointer: Pointer) -> None:
        """Show what a release here would do."""

    def end(self, pointer: Pointer) -> None:
        """Take the release."""

    def give_up(self) -> None:
        """Take back what was done at once; previews go anyway."""

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
        self._shapes = movable(canvas)
        self._step = (0.0, 0.0)
        self._corner = _nearest_corner(canvas, uid, pointer.image)

    def drag(self, pointer: Pointer) -> None:
        """Show the shapes at their new place; as a whole they stay inside the image."""
        offset = self._snapped(pointer, self.held(pointer, self.start.image, pointer.image) - self.start.image)
        dx, dy = self.canvas.allowed_move(self._shapes, offset.x(), offset.y())
        self._step = (round(dx, 2), round(dy, 2))
        self.canvas.show_previews(self._shapes, self._step)

    def _snapped(self, pointer: Pointer, offset: QPointF) -> QPointF:
        """Return the move that brings the corner which was nearest to the press to what is near, or the move itself."""
        without = [shape.uid for shape in self._shapes]
        at = self.canvas.snapper.aim_at(self._corner + offset, pointer, without=without)
        return QPointF(*at) - self._corner if self.canvas.snapper.holds else offset

    def end(self, pointer: Pointer) -> None:
        """Announce the move, or treat the press as a click."""
        self.canvas.snapper.forget()
        if self.is_drag:
            submit_move(self.canvas, self._shapes, *self._step)
        elif self._edge is not None:
            self.canvas.add_vertex_to_edge()
        elif not pointer.ctrl:
            self.canvas.set_selection([self._uid])


class CopyDrag(Gesture):
    """Drags copies away from shapes; a mere click adds the shape to the selection or takes it out."""

    def __init__(self, canvas: Canvas, pointer: Pointer, uid: int) -> None:
        super().__init__(canvas, pointer)
        self._uid = uid
        chosen = canvas.selection() if canvas.is_selected(uid) else (uid,)
        self.originals = [item.shape for item in canvas.scene.present(chosen)]
        # Copies have their own identity, so that the originals stay on the screen.
        self._copies = [shape.duplicate() for shape in self.originals]
        self.step = (0.0, 0.0)

    @property
    def copies(self) -> list[Shape]:
        """The copies where they are now."""
        return moved_all(self._copies, *self.step)

    def drag(self, pointer: Pointer) -> None:
        """Show the copies at their place."""
        offset = pointer.image - self.start.image
        dx, dy = self.canvas.allowed_move(self._copies, offset.x(), offset.y())
        self.step = (round(dx, 2), round(dy, 2))
        self.canvas.show_previews(self._copies, self.step)

    def end(self, pointer: Pointer) -> None:
        """Hand the copies over, or treat the press as a click."""
        if self.is_drag:
            self.canvas.submit_copies(self.copies)
        else:
            self.canvas.set_selection(set(self.canvas.selection()) ^ {self._uid})


class RightDrag(CopyDrag):
    """Drags with the right button; at the end a menu asks whether to move or to copy."""

    def end(self, pointer: Pointer) -> None:
        """Ask; what is shown stays until the answer."""
        copies, step = self.copies, self.step
        movers = [shape for shape in self.originals if not shape.locked]
        choices = [(tr("&Copy Here"), lambda: self.canvas.submit_copies(copies))]
        if movers:
            choices.append((tr("&Move Here"), lambda: submit_move(self.canvas, movers, *step)))
        self.canvas.ask(choices, pointer.position.toPoint())


class VertexEraser(Gesture):
    """Removes the vertices that a drag comes near to, of the selected shapes or of the one under the mouse."""

    RADIUS_PX = 10.0

    def __init__(self, canvas: Canvas, pointer: Pointer, uids: Iterable[int]) -> None:
        super().__init__(canvas, pointer)
        self._shapes = {item.uid: item.shape for item in canvas.scene.present(uids) if handles.can_shrink(item.shape)}
        self._results = dict(self._shapes)
        self._at = pointer.image
        self.drag(pointer)

    def drag(self, pointer: Pointer) -> None:
        """Take away what is near; outlines keep the vertices that they cannot do without."""
        start, self._at = self._at, pointer.image
        way = np.array([[start.x(), start.y()], [self._at.x(), self._at.y()]])
        radius = self.RADIUS_PX / self.canvas.zoom()
        for uid, shape in self._results.items():
            near = hit_test.distances_to_segment(vertices(shape), way) <= radius
            rest = without_vertices(shape, np.flatnonzero(near).tolist()) if near.any() else None
            if rest is not None:
                self._results[uid] = rest
        self.canvas.show_previews(self._changed())

    def end(self, pointer: Pointer) -> None:
        """Announce what is gone."""
        changed = self._changed()
        if not changed:
            self.canvas.drop_previews()
            return
        count = sum(len(vertices(self._shapes[shape.uid])) - len(vertices(shape)) for shape in changed)
        self.canvas.submit_edit(
            changed, tr("Erase {count} vertices", count=count) if count > 1 else tr("Remove vertex")
        )

    def paint(self, painter: QPainter) -> None:
        """Draw the eraser."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(200, 40, 40), 1.5))
        painter.setBrush(QColor(200, 40, 40, 50))
        painter.drawEllipse(self.canvas.to_widget(self._at), self.RADIUS_PX, self.RADIUS_PX)
        painter.restore()

    def marks_rect(self) -> QRectF:
        """Return the area of the eraser."""
        reach = self.RADIUS_PX + 2
        at = self.canvas.to_widget(self._at)
        return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)

    def _changed(self) -> list[Shape]:
        return [shape for uid, shape in self._results.items() if shape is not self._shapes[uid]]


class HandleDrag(Gesture):
    """Drags one handle of a shape."""

    def __init__(self, canvas: Canvas, pointer: Pointer, shape: Shape, index: int, at: QPointF) -> None:
        super().__init__(canvas, pointer)
        self._shape = shape
        self._index = index
        # The handle keeps its distance from the mouse: it does not jump when it is taken at its edge.
        self._grip = at - pointer.image
        self._at = at
        self._result = shape
        self._anchors = _neighbours(shape, index)

    def drag(self, pointer: Pointer) -> None:
        """Show the shape with the handle at its new place."""
        target = pointer.image + self._grip
        target = QPointF(round(target.x(), 2), round(target.y(), 2))
        shape, index = self._shape, self._index
        if shape.kind is ShapeKind.CIRCLE and index == 0:
            offset = target - QPointF(*shape.points[0])
            step = self.canvas.allowed_move([shape], offset.x(), offset.y())
            self._result = moved(shape, *step)
        elif shape.kind is ShapeKind.ROTATED_RECTANGLE and index == handles.ROTATE_HANDLE:
            self._result = handles.drag_handle(shape, index, target.x(), target.y(), shift=pointer.shift)
        else:
            if shape.kind in _FREE_KINDS:
                target = self.held(pointer, self._at, target)
            at = self.canvas.snapper.aim_at(target, pointer, anchors=self._anchors, without=[shape.uid])
            self._result = self._dragged(round(at[0], 2), round(at[1], 2), shift=pointer.shift)
        if shape.kind is ShapeKind.ROTATED_RECTANGLE:
            self._result = self._result.with_points(np.round(self._result.points, 2))
        self.canvas.show_previews([self._result])

    def _dragged(self, x: float, y: float, *, shift: bool) -> Shape:
        """Return the shape with the handle there; the corners of a cuboid that follow stop at the image's edge."""
        shape = handles.drag_handle(self._shape, self._index, x, y, shift=shift)
        if shape.kind is not ShapeKind.CUBOID:
            return shape
        back = self.canvas.way_back([shape], beyond=[self._shape])
        if back == (0.0, 0.0):
            return shape
        return handles.drag_handle(self._shape, self._index, x + back[0], y + back[1], shift=shift)

    def end(self, pointer: Pointer) -> None:
        """Announce the change, if there is one."""
        self.canvas.snapper.forget()
        if np.array_equal(vertices(self._result), vertices(self._shape)):
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
        x, y = self.canvas.snapper.aim(pointer, without=[self._shape.uid])
        self._result = handles.insert_vertex(self._shape, self._edge, round(x, 2), round(y, 2))
        self.canvas.show_previews([self._result])

    def end(self, pointer: Pointer) -> None:
        """Announce the new vertex."""
        self.canvas.snapper.forget()
        self.canvas.submit_edit([self._result], tr("Add vertex"))


class RubberBand(Gesture):
    """Selects the shapes whose outlines the band touches; a mere click clears the selection.

    A shape that encloses the band without being touched is not selected: one can work inside a large shape.
    """

    def __init__(self, canvas: Canvas, pointer: Pointer) -> None:
        super().__init__(canvas, pointer)
        self._at_first = canvas.selection()
        self._before = self._at_first if pointer.ctrl or pointer.shift else ()
        self._end = pointer.image

    def drag(self, pointer: Pointer) -> None:
        """Select what the band touches now."""
        self._end = pointer.image
        found = self.canvas.scene.outlines_in(QRectF(self.start.image, self._end).normalized())
        self.canvas.set_selection([*self._before, *found])

    def end(self, pointer: Pointer) -> None:
        """Clear the selection after a mere click."""
        if not self.is_drag:
            self.canvas.set_selection(self._before)

    def give_up(self) -> None:
        """Select what was selected before."""
        if self.is_drag:
            self.canvas.set_selection(self._at_first)

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


def movable(canvas: Canvas) -> list[Shape]:
    """Return the shapes that a move of the selection takes along: with each shape its group, except locked ones.

    Points go alone, so that a key point of a pose can be put right, and what is locked takes nothing along.
    """
    chosen = frozenset(canvas.selection())
    free = [shape for shape in canvas.scene.shapes if not shape.locked]
    groups = {shape.group_id for shape in free if shape.uid in chosen and shape.kind is not ShapeKind.POINT}
    groups.discard(None)
    return [shape for shape in free if shape.uid in chosen or shape.group_id in groups]


def _nearest_corner(canvas: Canvas, uid: int, at: QPointF) -> QPointF:
    item = canvas.scene.item(uid)
    if item is None:
        return at
    index, _ = hit_test.nearest_vertex(item.outline, at.x(), at.y())
    return QPointF(*item.outline[index])


def submit_move(canvas: Canvas, shapes: list[Shape], dx: float, dy: float, *, series: str = "") -> None:
    """Announce a move of shapes, if it leads anywhere."""
    if not shapes or (dx == 0.0 and dy == 0.0):
        canvas.drop_previews()
        return
    name = counted(tr("Move"), shapes) if len(shapes) > 1 else tr("Move {kind}", kind=kind_name(shapes[0].kind))
    canvas.submit_move(shapes, (dx, dy), name, series=series)


def _neighbours(shape: Shape, index: int) -> list[tuple[float, float]]:
    """Return the vertices with which a dragged one may line up."""
    if shape.kind not in _FREE_KINDS - {ShapeKind.POINTS}:
        return []
    ring, place = place_of(shape, index)
    points = shape.holes[ring - 1] if ring else shape.points
    closed = shape.kind in CLOSED_KINDS
    near = [place - 1, place + 1]
    return [
        (float(points[other % len(points)][0]), float(points[other % len(points)][1]))
        for other in near
        if closed or 0 <= other < len(points)
    ]


def _drag_name(shape: Shape, index: int) -> str:
    if shape.kind is ShapeKind.ROTATED_RECTANGLE and index == handles.ROTATE_HANDLE:
        return tr("Rotate rectangle")
    if shape.kind is ShapeKind.CIRCLE and index == 0:
        return tr("Move circle")
    if shape.kind in (ShapeKind.RECTANGLE, ShapeKind.ROTATED_RECTANGLE, ShapeKind.CIRCLE, ShapeKind.CUBOID):
        return tr("Resize {kind}", kind=kind_name(shape.kind))
    return tr("Move point") if shape.kind in (ShapeKind.POINT, ShapeKind.POINTS) else tr("Move vertex")
