"""What every canvas tool is: a mode that gets the mouse and the keys, and draws its own marks on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QPainter

DRAG_FROM_PX = 4.0
"""A press that moves less than this before its release is a click."""
BACK_KEYS = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
"""Take the last point back; Delete as well: the shape drawn before, which is still selected, is not what is meant."""

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Pointer:
    """A mouse event.

    Attributes:
        position: In widget pixels.
        image: In image pixels; may lie outside of the image.
        button: The button that caused a press or release.
        buttons: The buttons that are down.
        modifiers: The modifier keys.
    """

    position: QPointF
    image: QPointF
    button: Qt.MouseButton
    buttons: Qt.MouseButtons
    modifiers: Qt.KeyboardModifiers

    @property
    def shift(self) -> bool:
        """Whether Shift is down."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def alt(self) -> bool:
        """Whether Alt is down."""
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)

    @property
    def ctrl(self) -> bool:
        """Whether Ctrl is down."""
        return bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)


class Tool:
    """A mode of the canvas. The canvas calls the methods; all of them may be left as they are.

    Attributes:
        id: The name by which ``Canvas.set_tool`` knows it.
        draws: Whether it draws: the crosshair is shown.
        makes_shapes: Whether what it draws becomes a shape of its own, which gets a label.
        drags: Whether it draws from a press of the button to its release, and not by clicks.
        has_menu: Whether the right button has a context menu, unless ``context_release`` says otherwise.
    """

    id: ClassVar[str]
    draws: ClassVar[bool] = True
    makes_shapes: ClassVar[bool] = True
    drags: ClassVar[bool] = False
    has_menu: ClassVar[bool] = True

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    @property
    def is_busy(self) -> bool:
        """Whether something is half done: a drawing, a drag."""
        return False

    @property
    def mouse_cursor(self) -> Qt.CursorShape:
        """The mouse cursor for the moment."""
        return Qt.CursorShape.CrossCursor

    def press(self, pointer: Pointer) -> None:
        """Take a press of the left button."""

    def context_press(self, pointer: Pointer) -> None:
        """Take a press of the right button, before the context menu."""

    def context_release(self, pointer: Pointer) -> bool:
        """Take a release of the right button; return whether it was used, so that there is no context menu."""
        return False

    def move(self, pointer: Pointer) -> None:
        """Take a movement, with or without a button."""

    def release(self, pointer: Pointer) -> None:
        """Take a release of the left button."""

    def release_lost(self) -> None:
        """End a drag where it was seen last: no button is down, though nobody has told of the release."""

    def double_click(self, pointer: Pointer) -> None:
        """Take the second press of a double click."""

    def leave(self) -> None:
        """Take note that the mouse has left the canvas."""

    def set_aside(self) -> None:
        """Drop what is half done, or keep it for when ``resume`` is called for the same document."""
        self.cancel()

    def resume(self) -> None:
        """Take note that the canvas shows another document, or that the tool is active again."""

    def deactivate(self) -> None:
        """Set everything aside: another tool takes over."""
        self.set_aside()
        self.leave()

    def document_changed(self) -> None:
        """Take note that shapes were added, removed or replaced."""

    def wants_key(self, key: int) -> bool:
        """Whether a key belongs to the tool now, before the window's shortcuts."""
        return False

    def key(self, key: int, modifiers: Qt.KeyboardModifiers) -> bool:
        """Take a key; return whether it was used."""
        return False

    def finish(self) -> bool:
        """Complete what is half done; return whether there was something to complete."""
        return False

    def cancel(self) -> bool:
        """Drop what is half done; return whether there was something."""
        return False

    def undo_point(self) -> bool:
        """Take the last point back; return whether there was one."""
        return False

    def paint(self, painter: QPainter) -> None:
        """Draw the tool's marks; the painter works in widget pixels."""

    def marks_rect(self) -> QRectF:
        """Return the area of the widget that ``paint`` covers."""
        return QRectF()
