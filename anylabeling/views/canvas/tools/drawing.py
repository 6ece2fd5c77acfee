"""What the tools that draw shapes have in common."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar
from weakref import WeakKeyDictionary

import numpy as np
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QPainter

from anylabeling.document.document import Document
from anylabeling.document.shape import POINT_COUNTS, Shape, ShapeKind
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.style import HANDLE_PX
from anylabeling.views.canvas.tools.base import BACK_KEYS, DRAG_FROM_PX, Pointer, Tool

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

Position = tuple[float, float]
_FLAT_PX = 0.5
WORTH_KEEPING = 3
"""So many points of a half drawn shape are kept when another tool or picture takes over."""

_DRAWING_KEYS = BACK_KEYS | {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class DrawTool(Tool):
    """A tool that collects points and makes one shape of them.

    Attributes:
        kind: What it makes.
        points: The points set so far, in image pixels.
        target: Where the next one would go, or None while the mouse is away.
    """

    kind: ClassVar[ShapeKind]

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.points: list[Position] = []
        self.target: Position | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a shape is half drawn."""
        return bool(self.points)

    def wants_key(self, key: int) -> bool:
        """Claim the keys that finish, cancel and take back while a shape is half drawn."""
        return self.is_busy and key in _DRAWING_KEYS

    def key(self, key: int, modifiers: Qt.KeyboardModifiers) -> bool:
        """Finish by Enter, cancel by Escape, take the last point back by Backspace or Delete."""
        if key == Qt.Key.Key_Escape:
            return self.cancel()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.finish()
        return key in BACK_KEYS and self.undo_point()

    def leave(self) -> None:
        """Keep the last target: a half drawn shape stays as it is while the mouse is away."""
        self.canvas.snapper.forget()

    def cancel(self) -> bool:
        """Drop the half drawn shape."""
        was_busy = self.is_busy
        self.points = []
        return was_busy

    def undo_point(self) -> bool:
        """Take the last point back."""
        if not self.points:
            return False
        self.points.pop()
        return True

    def shape_points(self, points: list[Position]) -> list[Position]:
        """Return the shape's points for the points that were set."""
        return points

    def is_large_enough(self, points: list[Position]) -> bool:
        """Whether the points make a shape that a person can have meant."""
        xs, ys = zip(*points, strict=True)
        return max(max(xs) - min(xs), max(ys) - min(ys)) >= 1.0

    def make(self, points: list[Position]) -> None:
        """Hand the finished shape to the canvas, or nothing when it is too small, and start over."""
        self.points = []
        least, _ = POINT_COUNTS[self.kind]
        result = self.shape_points(points)
        if len(result) >= least and self.is_large_enough(result):
            self.canvas.submit_drawing(Shape(self.kind, np.round(result, 2)))

    def preview_points(self) -> list[Position]:
        """Return the points that are set and the one under the mouse."""
        return [*self.points, self.target] if self.target is not None else list(self.points)

    def preview_shape(self) -> Shape | None:
        """Return the half drawn shape, of a simpler kind while it has too few points."""
        points = self.preview_points()
        if not self.points or len(points) < 2:
            return None
        least, greatest = POINT_COUNTS[self.kind]
        points = self.shape_points(points)
        if len(points) < least:
            return Shape(ShapeKind.LINE, np.array(points[:2], dtype=np.float64))
        return Shape(self.kind, np.array(points[:greatest], dtype=np.float64))

    def note(self) -> str:
        """Return what is written beside the mouse while drawing: the size in pixels."""
        shape = self.preview_shape()
        if shape is None:
            return ""
        rect = ShapeItem(shape).rect
        return f"{rect.width():,.0f} × {rect.height():,.0f}"

    def paint(self, painter: QPainter) -> None:
        """Draw the half drawn shape, its points, and its size beside the mouse."""
        if not self.points:
            return
        canvas = self.canvas
        if (shape := self.preview_shape()) is not None:
            canvas.marks.preview(painter, ShapeItem(shape))
        canvas.marks.handles(painter, np.array(self.points), hot=0 if self.closes_at_target() else None)
        if self.target is not None and (text := self.note()):
            canvas.marks.note(painter, QPointF(*self.target), text)

    def closes_at_target(self) -> bool:
        """Whether a click now would close the shape at its first point."""
        return False

    def marks_rect(self) -> QRectF:
        """Return the area of the half drawn shape with its points and its note."""
        if not self.points:
            return QRectF()
        positions = [self.canvas.to_widget(QPointF(*point)) for point in self.preview_points()]
        if (shape := self.preview_shape()) is not None:
            rect = ShapeItem(shape).rect
            positions += [self.canvas.to_widget(rect.topLeft()), self.canvas.to_widget(rect.bottomRight())]
        xs, ys = [position.x() for position in positions], [position.y() for position in positions]
        rect = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        # Room for handles, and for the note at the mouse.
        return rect.adjusted(-HANDLE_PX - 110, -HANDLE_PX - 30, HANDLE_PX + 110, HANDLE_PX + 40)

    def clipped(self, pointer: Pointer) -> Position:
        """Return the pointer's position, snapped to what is near, moved to the image's edge where it has to be."""
        return self.canvas.snapper.aim(pointer, anchors=self.points)


class TwoPointTool(DrawTool):
    """Draws what two points define: by press, drag, release or by click, move, click."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._pressed_at: QPointF | None = None
        self._ends = False

    def press(self, pointer: Pointer) -> None:
        """Set the first point, or the second after a click."""
        self._pressed_at = pointer.position
        self._ends = bool(self.points)
        if not self.points:
            self.points = [self.clipped(pointer)]
            self.target = self.points[0]

    def move(self, pointer: Pointer) -> None:
        """Follow with the second point."""
        self.target = self._aim(pointer)

    def release(self, pointer: Pointer) -> None:
        """Finish after a drag or a second click; the first click only sets the first point."""
        if not self.points or self._pressed_at is None:
            return
        dragged = (pointer.position - self._pressed_at).manhattanLength() >= DRAG_FROM_PX
        self._pressed_at = None
        self.target = self._aim(pointer)
        if dragged or self._ends:
            self.make([self.points[0], self.target])

    def finish(self) -> bool:
        """Finish with the second point under the mouse."""
        if not self.points or self.target is None:
            return False
        self.make([self.points[0], self.target])
        return True

    def constrained(self, start: Position, end: Position) -> Position:
        """Return the second point as Shift holds it."""
        return square_corner(start, end)

    def _aim(self, pointer: Pointer) -> Position:
        end = self.clipped(pointer)
        return (
            self.canvas.placed(QPointF(*self.constrained(self.points[0], end)))
            if self.points and pointer.shift
            else end
        )


class ManyPointsTool(DrawTool):
    """Draws a chain of clicked points, ended by Enter or a double click.

    A chain of some points waits while another tool is active or another document is shown.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._waiting: WeakKeyDictionary[Document, list[Position]] = WeakKeyDictionary()

    def set_aside(self) -> None:
        """Keep the points for when the tool comes back to this document."""
        document = self.canvas.document
        if document is not None and len(self.points) >= WORTH_KEEPING:
            self._waiting[document] = list(self.points)
        super().set_aside()

    def resume(self) -> None:
        """Go on with the points that were set on this document."""
        document = self.canvas.document
        waiting = self._waiting.pop(document, None) if document is not None else None
        if waiting is not None and not self.points:
            self.points = waiting

    def press(self, pointer: Pointer) -> None:
        """Set a point, or end the chain."""
        self.target = self.clipped(pointer)
        if self.closes_at_target():
            self.finish()
            return
        point = self._aim(pointer)
        if not self.points or point != self.points[-1]:
            self.points.append(point)

    def move(self, pointer: Pointer) -> None:
        """Follow with the next point."""
        self.target = self._aim(pointer)

    def double_click(self, pointer: Pointer) -> None:
        """End the chain; the first press of the double click has set its last point."""
        self.finish()

    def finish(self) -> bool:
        """Make the shape if there are enough points."""
        if len(self.points) < POINT_COUNTS[self.kind][0]:
            return False
        self.make(self.points)
        return True

    def _aim(self, pointer: Pointer) -> Position:
        end = self.clipped(pointer)
        return (
            self.canvas.placed(QPointF(*snapped_direction(self.points[-1], end, self.canvas.angle_step_rad)))
            if self.points and pointer.shift
            else end
        )


def is_flat(points: list[Position]) -> bool:
    """Whether points lie on one line, as far as pixels tell, so that nothing is inside of them."""
    if len(points) < 3:
        return True
    about_middle = np.subtract(points, np.mean(points, axis=0))
    return float(np.linalg.svd(about_middle, compute_uv=False)[1]) < _FLAT_PX


def square_corner(start: Position, end: Position) -> Position:
    """Return the end that makes a square with the start, as large as the longer side."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    side = max(abs(dx), abs(dy))
    return start[0] + math.copysign(side, dx), start[1] + math.copysign(side, dy)


def snapped_direction(start: Position, end: Position, step_rad: float) -> Position:
    """Return the end turned about the start to the nearest multiple of an angle."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    angle = round(math.atan2(dy, dx) / step_rad) * step_rad
    along = dx * math.cos(angle) + dy * math.sin(angle)
    return start[0] + along * math.cos(angle), start[1] + along * math.sin(angle)
