"""Give images their classes by keys, beside the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qtpy.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from qtpy.QtGui import QHideEvent, QKeyEvent, QShowEvent
from qtpy.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.classifying import ClassifyState
from anylabeling.translation import tr
from anylabeling.views.dialogs.folder_dialog import quiet_button
from anylabeling.views.models.label_list_model import LabelListModel
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.row_delegate import MARK_ROLE, SWATCH_ROLE
from anylabeling.views.widgets.row_list import RowList
from anylabeling.views.widgets.within_screen import resize_within_screen

_WIDTH_PX, _HEIGHT_PX = 320, 440
_DIGITS = range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)
_LETTERS = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)
_NO_COLOR = (0, 0, 0)


class _Classes(LabelListModel):
    """The classes: name, key, how many images have each, and a tick at those of the image."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticked: frozenset[str] = frozenset()

    def set_state(self, state: ClassifyState) -> None:
        self._ticked = frozenset(row.name for row in state.classes if row.is_set)
        self.set_keys({row.name: row.key.upper() for row in state.classes if row.key})
        self.set_labels([(row.name, row.images, _NO_COLOR) for row in state.classes])

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == SWATCH_ROLE or not index.isValid():
            return None
        if role == MARK_ROLE:
            return ("check", "success") if self.name(index.row()) in self._ticked else ("", "text")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name, key = self.name(index.row()), self.key(index.row())
            chosen = tr("chosen") if name in self._ticked else ""
            said = tr("key {key}", key=key) if key else ""
            return ", ".join(part for part in (name, said, chosen) if part)
        return super().data(index, role)


class ClassifyDialog(QDialog):
    """A list of classes with their keys, which work here and on the picture, and how far it is.

    Signals:
        class_chosen: The image gets this class.
        key_pressed: A digit or letter was pressed, as one character.
        class_typed: Another class is wanted.
        class_dropped: A class is no longer wanted in the list.
        several_changed: Whether an image may have several classes.
        skips_changed: Whether images that have a class are passed over.
        skip_requested: -1 for the image before, 1 for the next one.
        take_back_requested: The last step is to be taken back.
        shown_changed: Whether the dialog is on the screen.

    Attributes:
        view: The classes.
        line: Where another class is typed.
        progress_text: "3 of 12 classified".
        place_text: Name and number of the image.
        note: What else there is to say.
    """

    class_chosen = Signal(str)
    key_pressed = Signal(str)
    class_typed = Signal(str)
    class_dropped = Signal(str)
    several_changed = Signal(bool)
    skips_changed = Signal(bool)
    skip_requested = Signal(int)
    take_back_requested = Signal()
    shown_changed = Signal(bool)

    def __init__(self, picture: QWidget, parent: QWidget | None = None) -> None:
        """Make the dialog; ``picture`` is the widget on which the keys work, too."""
        super().__init__(parent)
        self.setWindowTitle(tr("Classify Images"))
        self._picture = picture
        self._keys: frozenset[str] = frozenset()
        self.model = _Classes(self)
        self.view = RowList(tr("Classes"), self.model)
        self.view.setAccessibleDescription(tr("A key gives its class, Space goes on, Backspace takes back"))
        self.view.clicked.connect(self._on_row_chosen)
        self.view.installEventFilter(self)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Another class"))
        self.line.setAccessibleName(tr("Another class"))
        self.line.returnPressed.connect(self._on_class_typed)
        self.place_text = ElidedLabel("")
        self.progress_text = QLabel("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.note = ElidedLabel("")
        self.note.setProperty("muted", True)
        self.several = QCheckBox(tr("Se&veral classes for one image"))
        self.several.toggled.connect(self.several_changed)
        self.skips = QCheckBox(tr("&Pass over images that have a class"))
        self.skips.toggled.connect(self.skips_changed)
        self.back_button = quiet_button(tr("Take Back"), self.take_back_requested.emit, "undo")
        self.back_button.setToolTip(tr("Backspace or Ctrl+Z"))
        self.next_button = quiet_button(tr("Skip"), lambda: self.skip_requested.emit(1), "next")
        self.next_button.setToolTip(tr("Space or the arrow key"))
        self.close_button = quiet_button(tr("Close"), self.close)
        self._lay_out()
        resize_within_screen(self, _WIDTH_PX, _HEIGHT_PX)

    def sizeHint(self) -> QSize:
        """Return a size that leaves the picture in sight."""
        return QSize(_WIDTH_PX, _HEIGHT_PX)

    def set_state(self, state: ClassifyState) -> None:
        """Show how far it is."""
        self._keys = frozenset(row.key for row in state.classes if row.key)
        self.model.set_state(state)
        if state.image and state.place:
            text = tr("{image} · {place:,} of {total:,}", image=state.image, place=state.place, total=state.total)
        else:
            text = state.image or tr("No image yet")
        self.place_text.setText(text)
        self.progress_text.setText(
            tr("{classified:,} of {total:,} classified", classified=state.classified, total=state.total)
        )
        self.bar.setRange(0, max(state.total, 1))
        self.bar.setValue(state.classified)
        hint = "" if state.classes else tr("Type the classes, one after the other.")
        self.note.setText(state.note or hint)
        self.back_button.setEnabled(state.can_take_back)
        if not state.classes and self.isVisible():
            self.line.setFocus()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Take the keys of the classes on the picture, too."""
        super().showEvent(event)
        self._picture.installEventFilter(self)
        self.shown_changed.emit(True)  # which brings the classes
        (self.view if self.model.rowCount() else self.line).setFocus()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Give the keys back."""
        super().hideEvent(event)
        self._picture.removeEventFilter(self)
        self.shown_changed.emit(False)

    def event(self, event: QEvent | None) -> bool:
        """Keep the keys that mean something here from the window's shortcuts, which work beside a tool window."""
        claims = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if isinstance(event, QKeyEvent) and claims and self._meaning(event) is not None:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Do what a key means where no text is typed."""
        if event is None or not self._take(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take the keys before the list searches by them, or the picture's window has shortcuts for them."""
        if not isinstance(event, QKeyEvent):
            return False
        if watched is self._picture:
            key = self._key_of(event)
            if event.type() == QEvent.Type.ShortcutOverride and key:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and key:
                self._press(event, key)
                return True
            return False
        if watched is not self.view or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_row_chosen(self.view.currentIndex())
            return True
        return self._take(event)

    def _take(self, event: QKeyEvent) -> bool:
        """Do what a key means; return whether it means something."""
        act = self._meaning(event)
        if act is not None:
            act()
        return act is not None

    def _meaning(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does, or None."""
        if self.line.hasFocus():
            return None
        key, pressed = self._key_of(event), event.key()
        if key:
            return lambda: self._press(event, key)
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier and pressed == Qt.Key.Key_Z:
            return self.take_back_requested.emit
        if modifiers:
            return None
        if pressed == Qt.Key.Key_Backspace:
            return self.take_back_requested.emit
        if pressed in (Qt.Key.Key_Right, Qt.Key.Key_Left) or (pressed == Qt.Key.Key_Space and self.view.hasFocus()):
            return lambda: self.skip_requested.emit(-1 if pressed == Qt.Key.Key_Left else 1)
        current = self.view.currentIndex()
        if pressed == Qt.Key.Key_Delete and self.view.hasFocus() and current.isValid():
            return lambda: self.class_dropped.emit(self.model.name(current.row()))
        return None

    def _key_of(self, event: QKeyEvent) -> str:
        """Return the class key that was pressed, or an empty text."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return ""
        key = event.key()
        found = chr(key).lower() if key in _DIGITS or key in _LETTERS else ""
        return found if found in self._keys else ""

    def _press(self, event: QKeyEvent, key: str) -> None:
        # A key that is held down would give its class to many images that nobody has looked at.
        if not event.isAutoRepeat():
            self.key_pressed.emit(key)

    def _on_row_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.class_chosen.emit(self.model.name(index.row()))

    def _on_class_typed(self) -> None:
        name = self.line.text().strip()
        self.line.clear()
        if name:
            self.class_typed.emit(name)
        elif self.model.rowCount():
            self.view.setFocus()

    def _lay_out(self) -> None:
        frame = QFrame()
        around = QVBoxLayout(frame)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.view)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.place_text)
        layout.addWidget(frame, 1)
        layout.addWidget(self.line)
        layout.addWidget(self.several)
        layout.addWidget(self.skips)
        layout.addWidget(self.bar)
        layout.addWidget(self.progress_text)
        layout.addWidget(self.note)
        layout.addLayout(buttons)
