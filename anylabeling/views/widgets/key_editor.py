"""Give one action other keys, with a warning where another action has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qtpy.QtCore import QEvent, Qt, Signal
from qtpy.QtGui import QKeyEvent, QKeySequence
from qtpy.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from anylabeling.translation import tr

_NATIVE = QKeySequence.SequenceFormat.NativeText
_NOT_YET = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_LEAVES = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class KeyField(QLineEdit):
    """Shows the keys that were pressed in it. QKeySequenceEdit waits a second after each for one more; this does not.

    Tab leaves it and Escape closes the dialog, as everywhere: these cannot be given to an action.

    Signals:
        pressed: Other keys were pressed, or cleared.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = ""
        self.setReadOnly(True)
        self.setPlaceholderText(tr("Press the new keys"))
        self.setAccessibleName(tr("New keys"))

    def clear(self) -> None:
        """Forget what was pressed."""
        self._show("")

    def event(self, event: QEvent | None) -> bool:
        """Keep keys that belong to actions of the window."""
        if event is not None and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take the keys."""
        if event is None or event.key() in _NOT_YET:
            return
        if event.key() in _LEAVES:
            super().keyPressEvent(event)
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        self._show(QKeySequence(int(modifiers) | event.key()).toString())

    def _show(self, keys: str) -> None:
        self.keys = keys
        self.setText(QKeySequence(keys).toString(_NATIVE))
        self.pressed.emit()


class KeyEditor(QWidget):
    """A field that takes the next keys pressed, and what may be done with them.

    Signals:
        assigned: The key sequence that the action is to have in place of those it has; empty for none.
        reset: The action is to have its own keys again.
    """

    assigned = Signal(str)
    reset = Signal()

    def __init__(self, owner_of: Callable[[str], str | None], parent: QWidget | None = None) -> None:
        """Make the editor; ``owner_of`` names the other action that has a key sequence, or returns None."""
        super().__init__(parent)
        self._owner_of = owner_of
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.field = KeyField()
        self.field.setMaximumWidth(180)
        self.field.pressed.connect(self._on_keys_pressed)
        self.assign = QPushButton(tr("Assign"))
        self.assign.clicked.connect(lambda: self.assigned.emit(self.field.keys))
        self.remove = QPushButton(tr("No Keys"))
        self.remove.clicked.connect(lambda: self.assigned.emit(""))
        self.default = QPushButton(tr("Default"))
        self.default.clicked.connect(lambda: self.reset.emit())
        self.warning = QLabel()
        self.warning.setProperty("muted", True)
        self.warning.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for widget in (self.field, self.assign, self.remove, self.default):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(8)
        layout.addWidget(self.title, 0, 0)
        layout.addLayout(buttons, 1, 0)
        layout.addWidget(self.warning, 2, 0)
        self.show_action("", ())

    def show_action(self, name: str, keys: Sequence[str], *, is_default: bool = True) -> None:
        """Edit another action; an empty name is none."""
        self.setEnabled(bool(name))
        self.title.setText(name or tr("Choose an action to change its keys"))
        self.field.clear()
        self.remove.setEnabled(bool(keys))
        self.default.setEnabled(not is_default)
        self._on_keys_pressed()

    def _on_keys_pressed(self) -> None:
        keys = self.field.keys
        owner = self._owner_of(keys) if keys else None
        self.assign.setEnabled(bool(keys))
        self.assign.setText(tr("Take Over") if owner else tr("Assign"))
        shown = QKeySequence(keys).toString(_NATIVE)
        self.warning.setText(
            tr("{shown} is the key of “{owner}”, which will have it no longer.", shown=shown, owner=owner)
            if owner
            else ""
        )
