"""The optional modules: which are there, and how to get the others."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QEvent, QSize, Qt
from qtpy.QtGui import QFontDatabase, QGuiApplication
from qtpy.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from anylabeling.translation import tr
from anylabeling.views.icons import icon, icon_pixmap

ModuleRow = tuple[str, str, str, str]
"""Name, state ("present", "missing" or "broken"), version or reason, command."""

_MARKS = {"present": ("check", "success"), "missing": ("remove", "muted"), "broken": ("warning", "warning")}


class ModulePage(QWidget):
    """One entry per module."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(20)
        self._column.addStretch(1)
        self._entries: list[QWidget] = []
        self._rows: Sequence[ModuleRow] = ()

    def set_rows(self, rows: Sequence[ModuleRow]) -> None:
        """Show other modules."""
        self._rows = rows
        for entry in self._entries:
            self._column.removeWidget(entry)
            entry.deleteLater()
        self._entries = [_entry(*row) for row in rows]
        for place, entry in enumerate(self._entries):
            self._column.insertWidget(place, entry)

    def changeEvent(self, event: QEvent | None) -> None:
        """Draw the marks in the colours of another theme."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.PaletteChange and self._rows:
            self.set_rows(self._rows)


def _entry(name: str, state: str, text: str, command: str) -> QWidget:
    entry = QWidget()
    entry.setAccessibleName(f"{name}: {state}. {text}")
    icon_name, color_name = _MARKS.get(state, _MARKS["missing"])
    mark = QLabel()
    mark.setPixmap(icon_pixmap(icon_name, 18, color_name, ratio=entry.devicePixelRatioF()))
    mark.setFixedWidth(20)
    title = QLabel(name)
    title.setProperty("heading", True)
    about = QLabel(text)
    about.setWordWrap(True)
    about.setTextFormat(Qt.TextFormat.PlainText)
    about.setProperty("muted", True)
    grid = QGridLayout(entry)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.addWidget(mark, 0, 0)
    grid.addWidget(title, 0, 1)
    grid.addWidget(about, 1, 1)
    if command:
        grid.addLayout(_command_row(command), 2, 1)
    return entry


def _command_row(command: str) -> QHBoxLayout:
    line = QLineEdit(command)
    line.setReadOnly(True)
    line.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    line.setAccessibleName(tr("Command"))
    line.setCursorPosition(0)
    copy = QToolButton()
    copy.setIcon(icon("copy"))
    copy.setIconSize(QSize(16, 16))
    copy.setToolTip(tr("Copy"))
    copy.setAccessibleName(tr("Copy the command"))
    copy.clicked.connect(lambda: _copy(command))
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(line, 1)
    row.addWidget(copy)
    return row


def _copy(text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None:
        clipboard.setText(text)
