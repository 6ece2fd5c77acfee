"""What a model is to look for, typed."""

from __future__ import annotations

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from anylabeling.config import Config
from anylabeling.translation import tr
from anylabeling.utils.typed_names import typed_names

_MOST_CHARACTERS = 2000


class TextRow(QWidget):
    """A line of names.

    Signals:
        changed: Other names are wished for; once they are typed, not letter by letter.
        run_requested: Enter was pressed.
    """

    changed = Signal()
    run_requested = Signal()

    def __init__(self, config: Config, *, label_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("What to look for"))
        self.line.setPlaceholderText(tr("person, red car"))
        self.line.setToolTip(tr("What to look for, separated by commas; Enter labels this image"))
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(_MOST_CHARACTERS)
        self.line.setText(", ".join(config["auto_labeling.text_prompt"] or ()))
        self._told = self.names()
        self.line.returnPressed.connect(self._on_return_pressed)
        self.line.editingFinished.connect(self._tell)
        label = QLabel(tr("Look for"))
        label.setBuddy(self.line)
        label.setFixedWidth(label_px)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.line, 1)

    def names(self) -> tuple[str, ...]:
        """Return what is typed."""
        return typed_names(self.line.text())

    def _tell(self) -> None:
        names = self.names()
        if names != self._told:
            self._told = names
            self.changed.emit()

    def _on_return_pressed(self) -> None:
        self._tell()
        if self.names():
            self.run_requested.emit()
