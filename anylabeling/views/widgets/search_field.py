"""A text field to search with."""

from __future__ import annotations

from qtpy.QtWidgets import QLineEdit, QWidget

from anylabeling.translation import tr
from anylabeling.views.icons import icon


class SearchField(QLineEdit):
    """A line with a lens, and a cross that clears it while there is something to clear."""

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.addAction(icon("close"), QLineEdit.ActionPosition.TrailingPosition)
        if self._clear is not None:
            self._clear.setToolTip(tr("Clear"))
            self._clear.setVisible(False)
            self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._on_text_changed)

    def _on_text_changed(self, text: str) -> None:
        if self._clear is not None:
            self._clear.setVisible(bool(text))
