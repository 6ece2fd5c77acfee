"""What an empty place says: what to do next."""

from __future__ import annotations

from functools import partial

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QAction, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyState(QWidget):
    """A sentence, a hint and buttons in the middle of an empty place."""

    def __init__(
        self, text: str, hint: str = "", actions: tuple[QAction, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(1)
        self.title = QLabel(text)
        self.title.setProperty("title", True)
        self.hint = QLabel(hint)
        self.hint.setProperty("muted", True)
        for label in (self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        self.hint.setVisible(bool(hint))
        if actions:
            layout.addSpacing(8)
            layout.addLayout(_button_row(actions))
        layout.addStretch(1)

    def set_text(self, text: str, hint: str = "") -> None:
        """Say something else."""
        self.title.setText(text)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))


def _follow(button: QPushButton, action: QAction) -> None:
    button.setText(action.text())
    button.setToolTip(action.toolTip())
    button.setVisible(action.isEnabled())


def _button_row(actions: tuple[QAction, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for number, action in enumerate(actions):
        button = QPushButton()
        if number == 0:
            button.setProperty("primary", True)
        button.clicked.connect(action.trigger)
        action.changed.connect(partial(_follow, button, action))
        _follow(button, action)
        row.addWidget(button)
    row.addStretch(1)
    return row
