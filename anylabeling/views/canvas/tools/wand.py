"""The magic wand: selects what has the colour of the pixel that is clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QObject, QPointF, QRectF, Qt, Signal
from qtpy.QtGui import QPainter

from anylabeling.document.shape import Shape
from anylabeling.messages.prompting import ColorSeed
from anylabeling.translation import tr
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.style import HANDLE_PX
from anylabeling.views.canvas.tools.base import BACK_KEYS, Pointer, Tool

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

PX_PER_STEP = 4.0
"""A drag so far to the right takes in colours that are one step further away."""
MOST_TOLERANCE = 255
_KEYS = BACK_KEYS | {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NOTE_ROOM_PX = 120


class WandSignals(QObject):
    """What the tool tells; a tool itself is no QObject.

    Signals:
        region_requested: A tuple of ColorSeed, whose region somebody should find.
        tolerance_changed: How different colours may be from now on, 0-255.
    """

    region_requested = Signal(object)
    tolerance_changed = Signal(int)


class WandTool(Tool):
    """Selects by a click; a drag to the right or left takes in more colours or fewer.

    The release makes the shape. With Shift it waits for more: further clicks add to it, with Ctrl they take away; Enter
    or a click without a key ends it.

    Attributes:
        signals: Asks for regions.
        tolerance: How different colours may be at first, 0-255.
    """

    id = "wand"

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.signals = WandSignals()
        self.tolerance = 24
        self._seeds: list[ColorSeed] = []
        self._answered: tuple[ColorSeed, ...] = ()
        self._shape: Shape | None = None
        self._pressed_at: QPointF | None = None
        self._mouse: QPointF | None = None
        self._ends = False

    @property
    def is_busy(self) -> bool:
        """Whether something is selected and not finished."""
        return bool(self._seeds)

    def show_region(self, seeds: tuple[ColorSeed, ...], shape: Shape | None) -> None:
        """Show what seeds select, unless they are others by now."""
        if not self._seeds or seeds != tuple(self._seeds):
            return
        self._answered, self._shape = seeds, shape
        if self._ends:
            self.finish()
        self.canvas.refresh_marks()

    def press(self, pointer: Pointer) -> None:
        """Select what is like the pixel under the mouse."""
        width, height = self.canvas.image_size()
        x, y = pointer.image.x(), pointer.image.y()
        if not (0 <= x < width and 0 <= y < height) or self._ends:
            return
        self._pressed_at = self._mouse = pointer.position
        self._seeds.append(ColorSeed(round(x, 2), round(y, 2), self.tolerance, adds=not (pointer.ctrl and self._seeds)))
        self._ask()

    def move(self, pointer: Pointer) -> None:
        """Take in more colours or fewer while the button is down."""
        self._mouse = pointer.position
        if self._pressed_at is None or not self._seeds:
            return
        steps = round((pointer.position.x() - self._pressed_at.x()) / PX_PER_STEP)
        tolerance = max(0, min(self.tolerance + steps, MOST_TOLERANCE))
        last = self._seeds[-1]
        if tolerance != last.tolerance:
            self._seeds[-1] = ColorSeed(last.x, last.y, tolerance, last.adds)
            self._ask()

    def release(self, pointer: Pointer) -> None:
        """Make the shape; with Shift or Ctrl wait for more clicks."""
        self._end_drag(waits=pointer.shift or pointer.ctrl)

    def release_lost(self) -> None:
        """End the drag where it was seen last, and wait: whether a key was held is not known."""
        self._end_drag(waits=True)

    def _end_drag(self, *, waits: bool) -> None:
        if self._pressed_at is None or not self._seeds:
            return
        self._pressed_at = None
        tolerance = self._seeds[-1].tolerance
        if tolerance != self.tolerance:
            self.tolerance = tolerance
            self.signals.tolerance_changed.emit(tolerance)
        if not waits:
            self.finish()

    def wants_key(self, key: int) -> bool:
        """Claim the keys that finish, cancel and take back."""
        return self.is_busy and key in _KEYS

    def key(self, key: int, modifiers: Qt.KeyboardModifiers) -> bool:
        """Finish by Enter, cancel by Escape, take the last click back by Backspace."""
        if key == Qt.Key.Key_Escape:
            return self.cancel()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.finish()
        return key in BACK_KEYS and self.undo_point()

    def finish(self) -> bool:
        """Hand the shape over, as soon as it is known."""
        if not self._seeds:
            return False
        if self._answered != tuple(self._seeds):
            self._ends = True
            return True
        shape = self._shape
        self.cancel()
        if shape is not None:
            self.canvas.submit_drawing(shape)
        return True

    def cancel(self) -> bool:
        """Drop the selection."""
        was_busy = self.is_busy
        self._seeds, self._answered, self._shape = [], (), None
        self._pressed_at, self._ends = None, False
        return was_busy

    def undo_point(self) -> bool:
        """Take the last click back."""
        if not self._seeds:
            return False
        self._seeds.pop()
        self._pressed_at, self._ends = None, False
        if self._seeds:
            self._ask()
        else:
            self.cancel()
        return True

    def leave(self) -> None:
        """Keep what is selected while the mouse is away."""
        self._mouse = None

    def paint(self, painter: QPainter) -> None:
        """Draw the region, the pixels that were clicked, and how different colours may be."""
        if not self._seeds:
            return
        if self._shape is not None:
            self.canvas.marks.preview(painter, ShapeItem(self._shape))
        self.canvas.marks.handles(painter, np.array([[seed.x, seed.y] for seed in self._seeds]))
        if self._pressed_at is not None and self._mouse is not None:
            text = tr("colours ± {tolerance}", tolerance=self._seeds[-1].tolerance)
            self.canvas.marks.note(painter, self.canvas.to_image(self._mouse), text)

    def marks_rect(self) -> QRectF:
        """Return the area of the region, the clicked pixels and the note."""
        if not self._seeds:
            return QRectF()
        spots = [self.canvas.to_widget(QPointF(seed.x, seed.y)) for seed in self._seeds]
        spots += [self._mouse] if self._mouse is not None else []
        xs, ys = [spot.x() for spot in spots], [spot.y() for spot in spots]
        rect = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        rect.adjust(-_NOTE_ROOM_PX, -_NOTE_ROOM_PX, _NOTE_ROOM_PX, _NOTE_ROOM_PX)
        if self._shape is not None:
            rect |= self.canvas.renderer.drawn_rect(ShapeItem(self._shape), self.canvas.viewport)
        return rect.adjusted(-HANDLE_PX, -HANDLE_PX, HANDLE_PX, HANDLE_PX)

    def _ask(self) -> None:
        self.signals.region_requested.emit(tuple(self._seeds))
