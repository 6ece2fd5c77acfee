"""Mouse moves that a widget sees at once, wherever the pointer of the display happens to be.

``QTest.mouseMove`` moves the display's own pointer. Its event comes later, or never where the pointer is there already.
"""

from __future__ import annotations

from qtpy.QtCore import QEvent, QPoint, QPointF, Qt
from qtpy.QtGui import QMouseEvent
from qtpy.QtWidgets import QApplication, QWidget

_NONE = Qt.KeyboardModifier.NoModifier
_NO_BUTTON = Qt.MouseButton.NoButton


def move_mouse(
    widget: QWidget,
    at: QPointF | QPoint,
    *,
    buttons: Qt.MouseButton | Qt.MouseButtons = _NO_BUTTON,
    modifiers: Qt.KeyboardModifier = _NONE,
) -> None:
    """Move the mouse to a place in a widget, with buttons and keys held down or not."""
    place = QPointF(at)
    everywhere = QPointF(widget.mapToGlobal(place.toPoint()))
    event = QMouseEvent(QEvent.Type.MouseMove, place, everywhere, _NO_BUTTON, buttons, modifiers)
    QApplication.sendEvent(widget, event)
    QApplication.processEvents()
