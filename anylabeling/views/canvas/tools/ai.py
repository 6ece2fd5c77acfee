"""The tool that outlines what a person marks: it collects the marks and shows what a model makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, QPointF, QRectF, Qt, Signal
from qtpy.QtGui import QPainter

from anylabeling.document.shape import Shape
from anylabeling.messages.prompting import BoxMark, Mark, Mask, PointMark, StrokeMark
from anylabeling.views.canvas.mask_overlay import MaskOverlay, paint_box, paint_point
from anylabeling.views.canvas.tools.ai_strokes import GrowingStroke, paint_stroke, stroke_line
from anylabeling.views.canvas.tools.base import BACK_KEYS, DRAG_FROM_PX, Pointer, Tool

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

_KEYS = BACK_KEYS | {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MARK_REACH_PX = 10.0
_LEAST_BOX_PX = 2.0


class PromptSignals(QObject):
    """What the tool tells; a tool itself is no QObject.

    Signals:
        marks_changed: All marks now, a tuple of Mark; empty when there are none any more.
    """

    marks_changed = Signal(object)


class AiTool(Tool):
    """Marks an object: a click is a point of it, with Shift or the right button one that is not; a drag is a box.

    With Ctrl held down a drag is a stroke over the object, with Shift one over what is not the object. Where
    ``draws_strokes``, a drag without a key is a stroke as well, once something is marked.

    Enter makes the outline on the screen a shape. Escape drops the marks, Backspace takes the last one back.

    Attributes:
        signals: Tells about the marks.
        draws_strokes: Whether a drag after the first one is a stroke, not another box.
    """

    id = "ai"
    has_menu = False

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.signals = PromptSignals()
        self._steps: list[tuple[Mark, ...]] = []
        self._pressed: Pointer | None = None
        self._seen: Pointer | None = None
        self._mouse: QPointF | None = None
        self._is_drag = False
        self._answered: tuple[Mark, ...] = ()
        self._shapes: tuple[Shape, ...] = ()
        self._overlay: MaskOverlay | None = None
        self._finishes = False
        self._stroke: GrowingStroke | None = None
        self._asked: tuple[Mark, ...] = ()
        self.draws_strokes = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that are set, a stroke that is being drawn included."""
        marks = self._steps[-1] if self._steps else ()
        return marks if self._stroke is None else (*marks, self._stroke.mark())

    @property
    def shape(self) -> Shape | None:
        """What finishing now would add: the largest part of it."""
        return self._shapes[0] if self._shapes and self._answered == self.marks else None

    @property
    def is_busy(self) -> bool:
        """Whether something is marked."""
        return bool(self._steps) or self._pressed is not None

    def show_answer(self, marks: tuple[Mark, ...], mask: Mask, shapes: tuple[Shape, ...]) -> None:
        """Show what the marks led to, unless they are others by now."""
        is_on_the_way = self._stroke is not None and marks == self._asked
        if marks != self.marks and not is_on_the_way:
            return
        self._answered, self._shapes = marks, shapes
        self._overlay = None if mask.is_empty else MaskOverlay(mask, shapes, self.canvas.canvas_style.theme.accent)
        if self._finishes:
            self._finishes = False
            self.finish()
        if is_on_the_way:
            self._ask()
        self.canvas.refresh_marks()

    def give_up_waiting(self) -> None:
        """Take note that there will be no answer to these marks."""
        self._finishes = False

    def add_point_at_mouse(self, positive: bool) -> bool:
        """Set a point under the mouse; return whether the mouse is over the canvas."""
        if self._mouse is None:
            return False
        self._add_point(self._mouse, positive=positive)
        self.canvas.refresh_marks()
        return True

    def press(self, pointer: Pointer) -> None:
        """Begin a click or a box."""
        self._pressed = self._seen = pointer
        self._is_drag = False
        self._mouse = pointer.image

    def context_press(self, pointer: Pointer) -> None:
        """Set a point that does not belong to the object."""
        self._add_point(pointer.image, positive=False)

    def move(self, pointer: Pointer) -> None:
        """Follow with the box."""
        self._mouse = pointer.image
        if self._pressed is not None:
            self._seen = pointer
            moved = (pointer.position - self._pressed.position).manhattanLength()
            self._is_drag = self._is_drag or moved >= DRAG_FROM_PX
            if self._is_drag:
                self._follow_stroke(self._pressed, pointer)

    def release(self, pointer: Pointer) -> None:
        """Set the box or the point."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        self._mouse = pointer.image
        if not self._is_drag:
            self._add_point(pressed.image, positive=not pressed.shift)
            return
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            stroke.add(self.canvas.clipped(pointer.image), scale=self.canvas.viewport.scale)
            self._take((*self.marks, stroke.mark()))
            return
        box = self._box_between(pressed.image, pointer.image)
        if box.right - box.left >= _LEAST_BOX_PX and box.bottom - box.top >= _LEAST_BOX_PX:
            self._take((box, *(mark for mark in self.marks if not isinstance(mark, BoxMark))))

    def release_lost(self) -> None:
        """End the box or the stroke where it was seen last."""
        if self._pressed is not None and self._seen is not None:
            self.release(self._seen)

    def leave(self) -> None:
        """Forget where the mouse was."""
        self._mouse = None

    def wants_key(self, key: int) -> bool:
        """Claim the keys that finish, cancel and take back while something is marked."""
        return self.is_busy and key in _KEYS

    def key(self, key: int, modifiers: Qt.KeyboardModifiers) -> bool:
        """Finish by Enter, cancel by Escape, take the last mark back by Backspace."""
        if key == Qt.Key.Key_Escape:
            return self.cancel()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.finish()
        return key in BACK_KEYS and self.undo_point()

    def finish(self) -> bool:
        """Make the outline a shape, as soon as the newest marks are answered."""
        if not self.marks:
            return False
        if self._answered != self.marks:
            self._finishes = True
            return True
        shapes = self._shapes
        if not shapes:
            return False
        self._clear()
        self.canvas.submit_drawing(*(shape.with_changes(score=None) for shape in shapes))
        return True

    def cancel(self) -> bool:
        """Drop all marks."""
        was_busy = self.is_busy
        if was_busy:
            self._clear()
        return was_busy

    def undo_point(self) -> bool:
        """Take the last mark back."""
        if not self._steps:
            return False
        self._steps.pop()
        self._after_change()
        return True

    def paint(self, painter: QPainter) -> None:
        """Draw the mask, the marks, and the box that is being dragged."""
        canvas = self.canvas
        if self._overlay is not None:
            self._overlay.paint(painter, canvas.viewport)
        for mark in self.marks:
            if isinstance(mark, BoxMark):
                paint_box(painter, self._widget_rect(mark), canvas.canvas_style.theme.accent)
        for mark in self.marks:
            if isinstance(mark, StrokeMark):
                paint_stroke(painter, stroke_line(mark, self.canvas.to_widget), positive=mark.positive)
            elif isinstance(mark, PointMark):
                paint_point(painter, canvas.to_widget(QPointF(mark.x, mark.y)), positive=mark.positive)
        band = self._band()
        if band is not None:
            paint_box(painter, self._widget_rect(band), canvas.canvas_style.theme.accent)

    def marks_rect(self) -> QRectF:
        """Return the area of the mask and the marks."""
        rect = QRectF()
        for mark in (*self.marks, *((band,) if (band := self._band()) is not None else ())):
            if isinstance(mark, BoxMark):
                rect = rect.united(self._widget_rect(mark))
            elif isinstance(mark, StrokeMark):
                rect = rect.united(stroke_line(mark, self.canvas.to_widget).boundingRect().adjusted(-1, -1, 1, 1))
            else:
                at = self.canvas.to_widget(QPointF(mark.x, mark.y))
                rect = rect.united(QRectF(at - QPointF(1, 1), at + QPointF(1, 1)))
        if self._overlay is not None:
            rect = rect.united(self._overlay.rect(self.canvas.viewport))
        reach = _MARK_REACH_PX
        return rect.adjusted(-reach, -reach, reach, reach) if not rect.isNull() else rect

    def _band(self) -> BoxMark | None:
        if self._pressed is None or not self._is_drag or self._mouse is None or self._stroke is not None:
            return None
        return self._box_between(self._pressed.image, self._mouse)

    def _box_between(self, start: QPointF, end: QPointF) -> BoxMark:
        (x1, y1), (x2, y2) = self.canvas.clipped(start), self.canvas.clipped(end)
        return BoxMark(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def _widget_rect(self, box: BoxMark) -> QRectF:
        upper_left = self.canvas.to_widget(QPointF(box.left, box.top))
        return QRectF(upper_left, self.canvas.to_widget(QPointF(box.right, box.bottom)))

    def _follow_stroke(self, pressed: Pointer, pointer: Pointer) -> None:
        """Go on with the stroke, or begin one where this drag is one."""
        if self._stroke is None:
            control = bool(pressed.modifiers & Qt.KeyboardModifier.ControlModifier)
            if not (control or pressed.shift or (self.draws_strokes and self._steps)):
                return
            self._stroke = GrowingStroke(self.canvas.clipped(pressed.image), positive=not pressed.shift)
        self._stroke.add(self.canvas.clipped(pointer.image), scale=self.canvas.viewport.scale)
        if self._answered == self._asked:  # one question at a time, so that the mask follows while the mouse moves
            self._ask()

    def _ask(self) -> None:
        if self._asked != self.marks:
            self._asked = self.marks
            self.signals.marks_changed.emit(self._asked)

    def _add_point(self, at: QPointF, *, positive: bool) -> None:
        x, y = self.canvas.clipped(at)
        self._take((*self.marks, PointMark(x, y, positive)))

    def _take(self, marks: tuple[Mark, ...]) -> None:
        self._steps.append(marks)
        self._after_change()

    def _after_change(self) -> None:
        self._finishes = False
        if not self._steps:
            self._forget_answer()
        self._asked = self.marks
        self.signals.marks_changed.emit(self.marks)

    def _clear(self) -> None:
        self._steps, self._pressed, self._finishes, self._stroke, self._asked = [], None, False, None, ()
        self._forget_answer()
        self.signals.marks_changed.emit(())

    def _forget_answer(self) -> None:
        self._answered, self._shapes, self._overlay = (), (), None
