"""The tools that paint masks and erase from them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPen, QPolygonF

from anylabeling.document.brush_stroke import BrushStroke
from anylabeling.document.geometry import CLOSED_KINDS
from anylabeling.document.masks import mask_shape, stroke
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.tools.base import Pointer, Tool
from anylabeling.views.canvas.tools.spots import HIT_PX

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

MOST_BRUSH_PX = 2000
_STEP_PX = 1.5
_GROWTH = 1.2
# Brackets are hard to type on some keyboards.
_SMALLER = frozenset({Qt.Key.Key_BracketLeft, Qt.Key.Key_Minus})
_LARGER = frozenset({Qt.Key.Key_BracketRight, Qt.Key.Key_Plus})


class BrushTool(Tool):
    """Paints with a round brush; the right button erases. ``[`` and ``]``, or - and +, change its size.

    With one shape selected it changes that one: the pixels of a mask, the outline of any other area, to which it adds
    only when the stroke begins there. Otherwise the brush makes a new mask, and the eraser takes from the first mask
    that it comes to.
    """

    id = "brush"
    drags = True
    erases: ClassVar[bool] = False

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._path: list[tuple[float, float]] = []
        self._erasing = False
        self._target: Shape | None = None
        self._mouse: QPointF | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a stroke is under way."""
        return bool(self._path)

    @property
    def mouse_cursor(self) -> Qt.CursorShape:
        """The ring of the brush stands for the mouse, unless it is too small to be seen."""
        return Qt.CursorShape.BlankCursor if self._radius_px() >= 4 else Qt.CursorShape.CrossCursor

    def press(self, pointer: Pointer) -> None:
        """Begin a stroke."""
        self._begin(pointer, erasing=self.erases)

    def context_press(self, pointer: Pointer) -> None:
        """Begin a stroke that erases."""
        self._begin(pointer, erasing=True)

    def move(self, pointer: Pointer) -> None:
        """Paint on while the button is down."""
        self._mouse = pointer.image
        if self._path:
            self._add(pointer)

    def release(self, pointer: Pointer) -> None:
        """End the stroke."""
        if self._path:
            self._add(pointer)
            self.finish()

    def release_lost(self) -> None:
        """End the stroke where it is."""
        self.finish()

    def context_release(self, pointer: Pointer) -> bool:
        """End the stroke that erases; the right button has no menu here."""
        self.release(pointer)
        return True

    def leave(self) -> None:
        """Take the ring away."""
        self._mouse = None

    def finish(self) -> bool:
        """Hand the stroke over."""
        path, self._path = self._path, []
        target, self._target = self._target, None
        if not path:
            return False
        radius, size = self.canvas.brush_size / 2, self.canvas.image_size()
        if target is not None:
            points = as_points(np.round(path, 2))
            self.canvas.brush_requested.emit(BrushStroke(target.uid, points, radius, self._erasing, size))
        elif not self._erasing:
            mask = mask_shape(stroke(path, radius, size))
            if mask is not None:
                self.canvas.submit_drawing(mask)
        return True

    def cancel(self) -> bool:
        """Drop the stroke."""
        was_busy = bool(self._path)
        self._path, self._target = [], None
        return was_busy

    def wants_key(self, key: int) -> bool:
        """Claim the keys of the brush's size, and Escape during a stroke."""
        return key in _SMALLER or key in _LARGER or (key == Qt.Key.Key_Escape and self.is_busy)

    def key(self, key: int, modifiers: Qt.KeyboardModifiers) -> bool:
        """Change the size; Escape drops the stroke, then the selection, so that the next one makes a new mask."""
        size = self.canvas.brush_size
        if key in _SMALLER:
            self.canvas.set_brush_size(max(1, min(size - 1, round(size / _GROWTH))))
            return True
        if key in _LARGER:
            self.canvas.set_brush_size(min(MOST_BRUSH_PX, max(size + 1, round(size * _GROWTH))))
            return True
        if key == Qt.Key.Key_Escape and not self.cancel():
            self.canvas.set_selection(())
        return key == Qt.Key.Key_Escape

    def paint(self, painter: QPainter) -> None:
        """Draw the stroke under way and the ring of the brush."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = max(self._radius_px(), 0.5)
        if self._path:
            color = QColor(20, 20, 20) if self._erasing else QColor(self.canvas.canvas_style.theme.accent)
            if self._target is not None and not self._erasing:
                color = QColor(self.canvas.canvas_style.of(self._target.label).solid.color())
            color.setAlphaF(0.5)
            pen = QPen(color, 2 * radius, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            positions = [self.canvas.to_widget(QPointF(*point)) for point in self._path]
            if len(positions) == 1:
                painter.drawPoint(positions[0])
            else:
                painter.drawPolyline(QPolygonF(positions))
        if self._mouse is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            at = self.canvas.to_widget(self._mouse)
            for color, width in ((QColor("black"), 2.5), (QColor("white"), 1.2)):
                painter.setPen(QPen(color, width))
                painter.drawEllipse(at, radius, radius)
            if self.erases or self._erasing:
                painter.drawLine(at - QPointF(4, 0), at + QPointF(4, 0))
        painter.restore()

    def marks_rect(self) -> QRectF:
        """Return the area of the stroke and the ring."""
        places = [QPointF(*point) for point in self._path] + ([self._mouse] if self._mouse is not None else [])
        if not places:
            return QRectF()
        xs, ys = [place.x() for place in places], [place.y() for place in places]
        upper_left = self.canvas.to_widget(QPointF(min(xs), min(ys)))
        lower_right = self.canvas.to_widget(QPointF(max(xs), max(ys)))
        reach = self._radius_px() + 6
        return QRectF(upper_left, lower_right).adjusted(-reach, -reach, reach, reach)

    def _begin(self, pointer: Pointer, *, erasing: bool) -> None:
        self._erasing = erasing
        self._mouse = pointer.image
        self._target = self._find_target(pointer)
        self._path = [(pointer.image.x(), pointer.image.y())]

    def _add(self, pointer: Pointer) -> None:
        at = pointer.image.x(), pointer.image.y()
        if self._erasing and self._target is None:
            self._target = self._find_target(pointer)
        if math.dist(at, self._path[-1]) * self.canvas.zoom() >= _STEP_PX:
            self._path.append(at)

    def _find_target(self, pointer: Pointer) -> Shape | None:
        canvas = self.canvas
        chosen = canvas.selection()
        # At least as near as one sees, for a small brush far away.
        place = pointer.image.x(), pointer.image.y(), max(canvas.brush_size / 2, HIT_PX / canvas.zoom())
        items: list[ShapeItem] = []
        if len(chosen) == 1:
            # A shape that was drawn just now is selected: paint elsewhere is not meant for it.
            items = [
                item
                for item in canvas.scene.present(chosen)
                if self._erasing or item.shape.kind is ShapeKind.MASK or item.is_hit(*place)
            ]
        elif self._erasing:
            items = [
                item
                for item in canvas.scene.hits(*place)
                if item.shape.kind is ShapeKind.MASK or canvas.is_selected(item.uid)
            ]
        usable = [item.shape for item in items if item.shape.kind in CLOSED_KINDS and not item.shape.locked]
        return usable[0] if usable else None

    def _radius_px(self) -> float:
        return self.canvas.brush_size / 2 * self.canvas.zoom()


class EraserTool(BrushTool):
    """Erases with the left button too."""

    id = "eraser"
    makes_shapes = False
    erases = True
