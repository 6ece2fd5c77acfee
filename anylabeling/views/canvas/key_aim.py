"""Drawing without a mouse: arrow keys aim, Enter clicks."""

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
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


class KeyAim:
    """Moves the place that a drawing tool aims at by keys, and sends what a mouse would send from there.

    Enter clicks only after an arrow key. Otherwise it stays what it is with a mouse: the end of what is half drawn.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._at: QPointF | None = None
        self._moved = False

    def key(self, event: QKeyEvent, mouse: QPointF | None) -> bool:
        """Take a key while a drawing tool is active; return whether it was used.

        Args:
            event: The key.
            mouse: Where the canvas was last pointed at, in widget pixels; None when the mouse is elsewhere.
        """
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if mouse is not None and mouse != self._at:
            self._at, self._moved = mouse, False
        for known, step in _STEPS_PX.items():
            if key in _WAYS and modifiers == known:
                across, down = _WAYS[key]
                self._move(across * step, down * step)
                return True
        if key in _CLICK and self._moved and modifiers == Qt.KeyboardModifier.NoModifier:
            self._moved = False
            self._send(QEvent.Type.MouseButtonPress, _LEFT, _LEFT)
            self._send(QEvent.Type.MouseButtonRelease, _LEFT, _NONE)
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
        self._at, self._moved = canvas.to_widget(aimed), True
        self._send(QEvent.Type.MouseMove, _NONE, _NONE)

    def _send(self, kind: QEvent.Type, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        if self._at is None:
            return
        everywhere = QPointF(self._canvas.mapToGlobal(self._at.toPoint()))
        event = QMouseEvent(kind, self._at, everywhere, button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._canvas, event)
