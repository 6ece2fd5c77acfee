"""Give one action other keys, with a warning where another action has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qtpy.QtCore import QEvent, Qt, Signal
from qtpy.QtGui import QKeyEvent, QKeySequence
from qtpy.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from anylabeling.translation import tr

_NATIVE = QKeySequence.SequenceFormat.NativeText
_NOT_YET = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_NEVER = (
    Qt.Key.Key_unknown,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_Multi_key,
)
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
        if event is None or event.key() in (*_NOT_YET, *_NEVER):
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
        added: The key sequence that it is to have besides those.
        reset: The action is to have its own keys again.
    """

    assigned = Signal(str)
    added = Signal(str)
    reset = Signal()

    def __init__(
        self,
        owner_of: Callable[[str], str | None],
        refusal_of: Callable[[str], str],
        use_of: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        """Make the editor.

        Args:
            owner_of: Names the other action that has a key sequence, or returns None.
            refusal_of: Says why no action can have a key sequence; empty when one can.
            use_of: Says what else a key sequence does that no action does; empty for nothing.
            parent: The widget that it is in.
        """
        super().__init__(parent)
        self._owner_of, self._refusal_of, self._use_of = owner_of, refusal_of, use_of
        self._note = ""
        self._keys: tuple[str, ...] = ()
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.field = KeyField()
        self.field.setMaximumWidth(150)
        self.field.pressed.connect(self._on_keys_pressed)
        self.assign = QPushButton(tr("Assign"))
        self.assign.clicked.connect(lambda: self.assigned.emit(self.field.keys))
        self.add = QPushButton(tr("Add"))
        self.add.setToolTip(tr("Keep the keys that there are, and have these, too"))
        self.add.clicked.connect(lambda: self.added.emit(self.field.keys))
        self.remove = QPushButton(tr("No Keys"))
        self.remove.clicked.connect(lambda: self.assigned.emit(""))
        self.default = QPushButton(tr("Default"))
        self.default.clicked.connect(lambda: self.reset.emit())
        self.warning = QLabel()
        self.warning.setProperty("muted", True)
        self.warning.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for widget in (self.field, self.assign, self.add, self.remove, self.default):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(8)
        layout.addWidget(self.title, 0, 0)
        layout.addLayout(buttons, 1, 0)
        layout.addWidget(self.warning, 2, 0)
        self.show_action("", ())

    def show_action(self, name: str, keys: Sequence[str], *, is_default: bool = True, note: str = "") -> None:
        """Edit another action.

        Args:
            name: What it is called; empty for none.
            keys: The key sequences that it has.
            is_default: Whether these are its own.
            note: What is said as long as no new keys are pressed.
        """
        self._note, self._keys = note, tuple(keys)
        self.setEnabled(bool(name))
        self.title.setText(name or tr("Choose an action to change its keys"))
        self.field.clear()
        self.remove.setEnabled(bool(keys))
        self.default.setEnabled(not is_default)
        self._on_keys_pressed()

    def _on_keys_pressed(self) -> None:
        keys = self.field.keys
        owner = self._owner_of(keys) if keys else None
        refusal = self._refusal_of(keys) if keys else ""
        self.assign.setEnabled(bool(keys) and not refusal)
        self.add.setEnabled(bool(keys) and not refusal and bool(self._keys) and keys not in self._keys)
        self.assign.setText(tr("Take Over") if owner else tr("Assign"))
        shown = QKeySequence(keys).toString(_NATIVE)
        if owner and not refusal:
            said = tr("{shown} is the key of “{owner}”, which will have it no longer.", shown=shown, owner=owner)
        else:
            said = (refusal or self._use_of(keys)) if keys else self._note
        self.warning.setText(said)
