"""The tool that selects shapes and changes them: moves, handles, vertices, the rubber band."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QPainter, QPen

from anylabeling.document.shape import ShapeKind
from anylabeling.translation import tr
from anylabeling.views.canvas import handles
from anylabeling.views.canvas.huge import is_huge
from anylabeling.views.canvas.scene import MANY, ShapeItem
from anylabeling.views.canvas.style import HANDLE_PX
from anylabeling.views.canvas.tools.base import Pointer, Tool
from anylabeling.views.canvas.tools.gestures import (
    CopyDrag,
    Gesture,
    HandleDrag,
    MoveDrag,
    RightDrag,
    RubberBand,
    VertexEraser,
    VertexInsertion,
    movable,
    submit_move,
)
from anylabeling.views.canvas.tools.spots import (
    HIT_PX,
    MOST_SHAPES_WITH_HANDLES,
    NEAR_MOUSE_PX,
    Spot,
    find_spot,
    handle_points,
    rotate_handle_rect,
    visible_handles,
)

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ARROW_STEP_PX = 1.0
LARGE_ARROW_STEP_PX = 10.0


class SelectTool(Tool):
    """Selects by click, Ctrl+click and rubber band; moves shapes, handles and vertices by drag.

    Ctrl+drag drags copies away; a drag with the right button asks at its end. Arrow keys move by one image pixel, with
    Shift by ten. A click on an edge of a selected polygon or line strip adds a vertex, Shift+click or Backspace on a
    vertex removes it, Alt+drag removes all that it comes near to.
    """

    id = "select"
    draws = False
    makes_shapes = False

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._spot: Spot | None = None
        self._mouse: QPointF | None = None
        self._vertex: Spot | None = None
        self._gesture: Gesture | None = None
        self._gave_up_right = False

    @property
    def is_busy(self) -> bool:
        """Whether something is being dragged."""
        return self._gesture is not None

    def press(self, pointer: Pointer) -> None:
        """Begin a drag of what lies under the mouse."""
        canvas = self.canvas
        self.cancel()
        spot = self._spot = find_spot(self.canvas, pointer.position)
        self._vertex = spot if spot is not None and spot.handle is not None else None
        if pointer.alt and (spot is not None or canvas.selection()):
            self._gesture = VertexEraser(canvas, pointer, canvas.selection() or [spot.uid if spot else 0])
            return
        if spot is None:
            self._gesture = RubberBand(canvas, pointer)
            return
        if spot.handle is not None and not pointer.ctrl:
            if pointer.shift and self.remove_vertex():
                return
            self._begin_handle_drag(pointer, spot.uid, spot.handle)
            return
        if pointer.ctrl:
            self._gesture = CopyDrag(canvas, pointer, spot.uid)
            return
        if pointer.shift and spot.edge is None:
            canvas.set_selection(set(canvas.selection()) ^ {spot.uid})
            return
        item = canvas.scene.item(spot.uid)
        if item is not None and spot.edge is not None and item.shape.kind is ShapeKind.POLYGON:
            self._gesture = VertexInsertion(canvas, pointer, item.shape, spot.edge)
            return
        if not canvas.is_selected(spot.uid):
            canvas.set_selection([spot.uid])
        self._gesture = MoveDrag(canvas, pointer, spot.uid, edge=spot.edge)

    def move(self, pointer: Pointer) -> None:
        """Follow a drag, or see what lies under the mouse."""
        self._mouse = pointer.position
        if self._gesture is not None:
            self._gesture.follow(pointer)
        elif not pointer.buttons & (Qt.MouseButton.LeftButton | Qt.MouseButton.RightButton):
            self._spot = find_spot(self.canvas, pointer.position)

    def release(self, pointer: Pointer) -> None:
        """End a drag."""
        if self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            gesture.follow(pointer)
            gesture.end(pointer)
            self._spot = find_spot(self.canvas, pointer.position)

    def release_lost(self) -> None:
        """End a drag where it is; one of the right button, which would ask, is given up."""
        gesture = self._gesture
        if gesture is None or isinstance(gesture, RightDrag) or not gesture.is_drag:
            self.cancel()
            return
        self._gesture = None
        gesture.end(gesture.start)

    def context_press(self, pointer: Pointer) -> None:
        """Select what a context menu will speak about; a drag from here moves or copies it."""
        self._gave_up_right = False
        spot = find_spot(self.canvas, pointer.position)
        if self.is_busy or spot is None:
            return
        if not self.canvas.is_selected(spot.uid):
            self.canvas.set_selection([spot.uid])
        self._spot = spot
        self._gesture = RightDrag(self.canvas, pointer, spot.uid)

    def context_release(self, pointer: Pointer) -> bool:
        """End a drag of the right button; without one there is a context menu."""
        if not isinstance(self._gesture, RightDrag):
            return self.is_busy or self._gave_up_right
        gesture, self._gesture = self._gesture, None
        gesture.follow(pointer)
        if gesture.is_drag:
            gesture.end(pointer)
        return gesture.is_drag

    def double_click(self, pointer: Pointer) -> None:
        """Zoom to the shape, or ask for its label when its plate was meant."""
        plate = self.canvas.plate_at(pointer.position)
        spot = find_spot(self.canvas, pointer.position)
        if plate is not None and (spot is None or spot.uid == plate.uid):
            self.canvas.label_edit_requested.emit(plate.uid)
        elif spot is not None and (item := self.canvas.scene.item(spot.uid)) is not None:
            self.canvas.zoom_to_rect(item.rect)

    def leave(self) -> None:
        """Forget what was under the mouse."""
        self._mouse = None
        self._spot = None

    def deactivate(self) -> None:
        """Drop everything, the vertex last pressed too."""
        super().deactivate()
        self._vertex = None

    def document_changed(self) -> None:
        """Drop a drag, whose shapes may be others now, and look again at what lies under the mouse."""
        self.cancel()
        self._vertex = None
        self._spot = find_spot(self.canvas, self._mouse) if self._mouse is not None else None

    def wants_key(self, key: int) -> bool:
        """Claim Escape during a drag and Backspace at a vertex."""
        if key == Qt.Key.Key_Escape:
            return self.is_busy
        return key == Qt.Key.Key_Backspace and self._vertex_spot() is not None

    def key(self, key: int, modifiers: Qt.KeyboardModifiers) -> bool:
        """Move by arrows, edit the label by Enter, cancel or clear the selection by Escape."""
        canvas = self.canvas
        if key in _ARROWS and not self.is_busy and canvas.selection():
            step = LARGE_ARROW_STEP_PX if modifiers & Qt.KeyboardModifier.ShiftModifier else ARROW_STEP_PX
            shapes = movable(canvas)
            dx, dy = (direction * step for direction in _ARROWS[Qt.Key(key)])
            if len(shapes) <= MANY:  # very many may have moved on until it is their turn
                dx, dy = canvas.allowed_move(shapes, dx, dy)
            submit_move(canvas, shapes, dx, dy, series="arrows")
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and len(canvas.selection()) == 1:
            canvas.label_edit_requested.emit(canvas.selection()[0])
            return True
        if key == Qt.Key.Key_Backspace:
            return self.remove_vertex()
        if key == Qt.Key.Key_Escape and not self.cancel() and canvas.selection():
            canvas.set_selection(())
            return True
        return key == Qt.Key.Key_Escape

    def cancel(self) -> bool:
        """Drop a drag."""
        if self._gesture is None:
            return False
        gesture, self._gesture = self._gesture, None
        self._gave_up_right = isinstance(gesture, RightDrag) and gesture.is_drag
        self.canvas.snapper.forget()
        self.canvas.drop_previews()
        gesture.give_up()
        return True

    def remove_vertex(self) -> bool:
        """Remove the vertex under the mouse, or the one last pressed."""
        spot = self._vertex_spot()
        item = self.canvas.scene.item(spot.uid) if spot is not None else None
        if spot is None or spot.handle is None or item is None:
            return False
        shape = handles.remove_vertex(item.shape, spot.handle)
        if shape is None:
            return False
        self._spot = self._vertex = None
        self.canvas.submit_edit([shape], tr("Remove vertex"))
        return True

    def add_vertex(self) -> bool:
        """Add a vertex to the edge under the mouse."""
        spot = self._spot
        item = self.canvas.scene.item(spot.uid) if spot is not None else None
        if item is None or self._mouse is None or not handles.can_grow(item.shape):
            return False
        at = self.canvas.to_image(self._mouse)
        edge, distance = item.nearest_edge(at.x(), at.y())
        if distance > HIT_PX / self.canvas.zoom():
            return False
        x, y = self.canvas.placed(at)
        self.canvas.submit_edit([handles.insert_vertex(item.shape, edge, round(x, 2), round(y, 2))], tr("Add vertex"))
        return True

    @property
    def mouse_cursor(self) -> Qt.CursorShape:
        """The mouse cursor for what lies under the mouse."""
        spot = self._spot
        if spot is None:
            return Qt.CursorShape.ArrowCursor
        if spot.handle is not None or spot.edge is not None:
            return Qt.CursorShape.CrossCursor
        return Qt.CursorShape.SizeAllCursor if self.canvas.is_selected(spot.uid) else Qt.CursorShape.PointingHandCursor

    def paint(self, painter: QPainter) -> None:
        """Draw the hovered shape, handles, the place of a new vertex, and the gesture's marks."""
        canvas = self.canvas
        hovered = self._hovered_item()
        # A huge outline is marked once all is drawn: both in one turn would be too long.
        is_time = hovered is not None and (not is_huge(hovered) or canvas.is_settled())
        if hovered is not None and is_time and self._gesture is None:
            canvas.renderer.draw_item(painter, hovered, canvas.viewport, hovered=True)
            canvas.renderer.draw_plate(painter, hovered, canvas.viewport, canvas.devicePixelRatioF(), always=True)
        for item in self._items_with_handles():
            self._paint_handles(painter, item)
        if self._gesture is not None:
            self._gesture.paint(painter)
        elif self._spot is not None and self._spot.edge is not None and self._mouse is not None:
            at = canvas.to_image(self._mouse)
            canvas.marks.handles(painter, np.array([[at.x(), at.y()]]), hot=0)

    def marks_rect(self) -> QRectF:
        """Return the area of the hovered shape, of handles near the mouse, and of the gesture's marks."""
        canvas = self.canvas
        rect = self._gesture.marks_rect() if self._gesture is not None else QRectF()
        for item in self._items_with_handles():
            rect |= rotate_handle_rect(canvas, item)
        if (hovered := self._hovered_item()) is not None:
            rect |= canvas.renderer.drawn_rect(hovered, canvas.viewport)
        if self._mouse is not None and (hovered is not None or canvas.selection()):
            reach = QPointF(NEAR_MOUSE_PX + HANDLE_PX, NEAR_MOUSE_PX + HANDLE_PX)
            rect |= QRectF(self._mouse - reach, self._mouse + reach)
        return rect

    def _begin_handle_drag(self, pointer: Pointer, uid: int, index: int) -> None:
        item = self.canvas.scene.item(uid)
        if item is None:
            return
        if not self.canvas.is_selected(uid):
            self.canvas.set_selection([uid])
        at = QPointF(*handle_points(item, self.canvas.zoom())[index])
        self._gesture = HandleDrag(self.canvas, pointer, item.shape, index, at)

    def _vertex_spot(self) -> Spot | None:
        if self._spot is not None and self._spot.handle is not None:
            return self._spot
        pressed = self._vertex
        return pressed if pressed is not None and self.canvas.is_selected(pressed.uid) else None

    def _hovered_item(self) -> ShapeItem | None:
        return self.canvas.scene.item(self._spot.uid) if self._spot is not None else None

    def _items_with_handles(self) -> Iterator[ShapeItem]:
        canvas = self.canvas
        selection = canvas.selection()
        shown = list(selection) if len(selection) <= MOST_SHAPES_WITH_HANDLES else []
        if self._spot is not None and self._spot.uid not in shown:
            shown.append(self._spot.uid)
        return (item for uid in shown if (item := canvas.item(uid)) is not None)

    def _paint_handles(self, painter: QPainter, item: ShapeItem) -> None:
        canvas = self.canvas
        points, size = visible_handles(canvas, item, self._mouse)
        if item.shape.kind is ShapeKind.ROTATED_RECTANGLE and len(points):
            painter.setPen(QPen(Qt.GlobalColor.white, 1))
            ends = [canvas.to_widget(QPointF(*points[index])) for index in (4, handles.ROTATE_HANDLE)]
            painter.drawLine(*ends)
        canvas.marks.handles(painter, points, size=size)
        spot = self._vertex_spot()
        if spot is not None and spot.uid == item.uid and spot.handle is not None:
            taken = handle_points(item, canvas.zoom())[spot.handle : spot.handle + 1]
            canvas.marks.handles(painter, taken, hot=0)
