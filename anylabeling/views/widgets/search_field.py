"""A text field to search with."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QEvent, Qt
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QLineEdit, QMenu, QWidget

from anylabeling.translation import tr
from anylabeling.views.icons import icon


class SearchField(QLineEdit):
    """A line with a lens, a cross to clear it while there is something to clear, and a menu where some is offered."""

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menu: QMenu | None = None
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.addAction(icon("close"), QLineEdit.ActionPosition.TrailingPosition)
        if self._clear is not None:
            self._clear.setToolTip(tr("Clear"))
            self._clear.setVisible(False)
            self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._on_text_changed)

    def offer(self, examples: Sequence[tuple[str, str]]) -> None:
        """Offer conditions in a menu at the right end: words, and the text that is added."""
        button = self.addAction(icon("filter"), QLineEdit.ActionPosition.TrailingPosition)
        if button is None:
            return
        self._menu = QMenu(self)
        self._menu.setAccessibleName(tr("Conditions"))
        for words, text in examples:
            entry = self._menu.addAction(words)
            if entry is not None:
                entry.triggered.connect(lambda _checked=False, added=text: self._add(added))
        button.setToolTip(tr("Conditions (Alt+Down)"))
        button.triggered.connect(self.show_offers)

    def show_offers(self) -> None:
        """Open the menu of conditions."""
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Open the menu with Alt and the down arrow, as lists do."""
        if event is not None and self._asks_for_offers(event):
            self.show_offers()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent | None) -> bool:
        """Claim that key before the window's shortcuts get it."""
        claims = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if claims and isinstance(event, QKeyEvent) and self._asks_for_offers(event):
            event.accept()
            return True
        return bool(super().event(event))

    def _asks_for_offers(self, event: QKeyEvent) -> bool:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return alt and event.key() == Qt.Key.Key_Down and self._menu is not None

    def _add(self, text: str) -> None:
        typed = self.text().strip()
        self.setText(f"{typed} {text}" if typed else text)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text_changed(self, text: str) -> None:
        if self._clear is not None:
            self._clear.setVisible(bool(text))
