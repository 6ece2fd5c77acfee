"""Working without a mouse: arrow keys aim, Enter clicks, or holds what is dragged until the next Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import QEvent, QPointF, Qt
from qtpy.QtGui import QKeyEvent, QMouseEvent
from qtpy.QtWidgets import QApplication

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_STEPS_PX = {
    Qt.KeyboardModifier.NoModifier: 1,
    Qt.KeyboardModifier.ShiftModifier: 10,
    Qt.KeyboardModifier.ControlModifier: 100,
}
_CLICK = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EDGE_PX = 24
"""So far from the edge of the canvas the aim stays in sight."""
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


class KeyAim:
    """Moves the place that a tool aims at by keys, and sends what a mouse would send from there.

    Enter clicks only after an arrow key. Otherwise it stays what it is with a mouse: the end of what is half drawn.
    With a tool that is dragged, Enter presses the button, arrows drag, and Enter again releases it.

    Attributes:
        is_on: Whether arrow keys aim with the tool that selects, too, where they would move shapes else.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._at: QPointF | None = None
        self._moved = False
        self._held: Qt.KeyboardModifiers | None = None
        self.is_on = False

    @property
    def holds(self) -> bool:
        """Whether a button is held down by keys."""
        return self._held is not None

    def key(self, event: QKeyEvent, mouse: QPointF | None, *, drags: bool) -> bool:
        """Take a key; return whether it was used.

        Args:
            event: The key.
            mouse: Where the canvas was last pointed at, in widget pixels; None when the mouse is elsewhere.
            drags: Whether the tool is one that is dragged.
        """
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self._canvas.is_drawing:
            self._held = None  # Escape has dropped the drag, or another image is shown
        if mouse is not None and mouse != self._at:
            self._at, self._moved = mouse, False
        for known, step in _STEPS_PX.items():
            if key in _WAYS and modifiers == known:
                across, down = _WAYS[key]
                self._move(across * step, down * step)
                return True
        if key in _CLICK and self._held is not None:
            self._release()
            return True
        if key in _CLICK and self._moved and (drags or modifiers == Qt.KeyboardModifier.NoModifier):
            self._press(event.modifiers())
            if not drags or not self._canvas.is_drawing:
                self._release()
            return True
        return False

    def _move(self, across: int, down: int) -> None:
        canvas = self._canvas
        start = self._at if self._at is not None else QPointF(canvas.rect().center())
        image, bounds = canvas.to_image(start), canvas.viewport.image_rect
        aimed = QPointF(
            min(max(round(image.x()) + across, bounds.left()), bounds.right()),
            min(max(round(image.y()) + down, bounds.top()), bounds.bottom()),
        )
        self._bring_into_sight(aimed)
        self._at, self._moved = canvas.to_widget(aimed), True
        self._send(QEvent.Type.MouseMove, _NONE, _NONE if self._held is None else _LEFT)

    def _bring_into_sight(self, aimed: QPointF) -> None:
        at, seen = self._canvas.to_widget(aimed), self._canvas.viewport.widget_rect
        if seen.adjusted(-1, -1, 1, 1).contains(at):
            return
        across = min(max(at.x(), seen.left() + _EDGE_PX), seen.right() - _EDGE_PX) - at.x()
        down = min(max(at.y(), seen.top() + _EDGE_PX), seen.bottom() - _EDGE_PX) - at.y()
        self._canvas.pan(across, down)

    def _press(self, modifiers: Qt.KeyboardModifiers) -> None:
        self._moved, self._held = False, modifiers
        self._send(QEvent.Type.MouseButtonPress, _LEFT, _LEFT)

    def _release(self) -> None:
        self._send(QEvent.Type.MouseButtonRelease, _LEFT, _NONE)
        self._held = None

    def _send(self, kind: QEvent.Type, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        if self._at is None:
            return
        everywhere = QPointF(self._canvas.mapToGlobal(self._at.toPoint()))
        modifiers = Qt.KeyboardModifiers(Qt.KeyboardModifier.NoModifier) if self._held is None else self._held
        QApplication.sendEvent(self._canvas, QMouseEvent(kind, self._at, everywhere, button, buttons, modifiers))
