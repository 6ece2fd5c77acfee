"""The Enter key in windows whose changes count at once: it ends what is typed, and does not close the window."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QDialog, QPushButton


def stays_open(dialog: QDialog, event: QKeyEvent | None) -> bool:
    """Return whether a key is dealt with: Enter presses the button that has the focus, and no other one."""
    if event is None or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    button = dialog.focusWidget()
    if isinstance(button, QPushButton):
        button.click()
    event.accept()
    return True
