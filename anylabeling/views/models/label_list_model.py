"""The labels as a list: name, how many objects have it, colour, shown or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qtpy.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from qtpy.QtGui import QColor

from anylabeling.views.widgets.row_delegate import KEY_ROLE, MUTED_ROLE, NOTE_ROLE, SWATCH_ROLE, SWITCH_ROLE
from anylabeling.views.widgets.text import count_text, tip_text

LabelRow = tuple[str, int, tuple[int, int, int]]
_NO_PARENT = QModelIndex()


class LabelListModel(QAbstractListModel):
    """One row per label; the rows are only built anew when other names come or the order changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LabelRow] = []
        self._hidden: set[str] = set()
        self._keys: dict[str, str] = {}

    @property
    def hidden(self) -> frozenset[str]:
        """Labels whose objects are not shown."""
        return frozenset(self._hidden)

    def set_labels(self, labels: Sequence[LabelRow]) -> None:
        """Show labels with the number of their objects and their colours."""
        rows = [(str(name), int(count), rgb) for name, count, rgb in labels]
        if [row[0] for row in rows] == [row[0] for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Show the key of each label that has one."""
        self._keys = dict(keys)
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def set_hidden(self, name: str, hidden: bool) -> None:
        """Mark a label as hidden or shown."""
        (self._hidden.add if hidden else self._hidden.discard)(name)
        row = self.row_of(name)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def name(self, row: int) -> str:
        """Return the label in a row."""
        return self._rows[row][0]

    def key(self, row: int) -> str:
        """Return the key of the label in a row, or an empty text."""
        return self._keys.get(self.name(row), "")

    def row_of(self, name: str) -> int | None:
        """Return the row of a label, or None."""
        return next((row for row, (known, _, _) in enumerate(self._rows) if known == name), None)

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Return the number of labels."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not 0 <= index.row() < len(self._rows):
            return None
        name, count, rgb = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(name)
        if role == NOTE_ROLE:
            return count_text(count) if count else ""
        if role == KEY_ROLE:
            return self._keys.get(name)
        if role == SWATCH_ROLE:
            return QColor(*rgb)
        if role in (SWITCH_ROLE, MUTED_ROLE):
            return name in self._hidden
        return None
