"""Class names in columns, with check boxes, counts and a search; the checks belong to one of several groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from qtpy.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, QSortFilterProxyModel, Qt, Signal
from qtpy.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from qtpy.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from anylabeling.translation import tr
from anylabeling.views.theme import ROW_PX, color

_NO_PARENT = QModelIndex()
_LEAST_COLUMN_PX, _GREATEST_COLUMN_PX = 200, 400
_BESIDE_NAME_PX = 104
_NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
_NAME_ROLE = Qt.ItemDataRole.UserRole + 2
_PAD_PX = 8
_ROWS = 3


class _Names(QAbstractListModel):
    """Names, how often each occurs, and which are checked in which group."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        super().__init__()
        self.titles = dict(groups)
        self.names: list[str] = []
        self.counts: dict[str, int] = {}
        self.checked: dict[str, set[str]] = {group: set() for group in groups}
        self.group = next(iter(groups))

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        name = self.names[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(name.split()) or tr("(no label)")
        if role == _NAME_ROLE:
            return name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if name in self.checked[self.group] else Qt.CheckState.Unchecked
        if role == _NOTE_ROLE:
            return self.note(name)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            count = tr("{counts:,} objects", counts=self.counts[name]) if name in self.counts else ""
            return ", ".join(part for part in (name or tr("(no label)"), count, self.elsewhere(name)) if part)
        return None

    def note(self, name: str) -> str:
        return self.elsewhere(name) or (f"{self.counts[name]:,}" if self.counts.get(name) else "")

    def elsewhere(self, name: str) -> str:
        """Return the other group in which a name is checked."""
        others = (group for group in self.titles if group != self.group and name in self.checked[group])
        return next((self.titles[group] for group in others), "")

    def set_names(self, names: Sequence[str]) -> None:
        self.beginResetModel()
        self.names = list(names)
        self.endResetModel()

    def repaint(self) -> None:
        if self.names:
            self.dataChanged.emit(self.index(0), self.index(len(self.names) - 1))


class _Cells(QStyledItemDelegate):
    """A check box, the name, and at the right how often it occurs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        view = self.parent()
        return view.gridSize() if isinstance(view, QListView) else QSize(_LEAST_COLUMN_PX, ROW_PX)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        cell = QRect(option.rect)
        note = str(index.data(_NOTE_ROLE) or "")
        room = option.fontMetrics.horizontalAdvance(note) + _PAD_PX if note else 0
        if option.state & QStyle.StateFlag.State_MouseOver and option.state & QStyle.StateFlag.State_Enabled:
            painter.fillRect(cell, color("hover"))
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        option.state = option.state & ~QStyle.StateFlag.State_HasFocus  # type: ignore[assignment]
        option.rect = cell.adjusted(6, 0, -room - _PAD_PX, 0)
        super().paint(painter, option, index)
        if note:
            painter.setPen(color("muted" if enabled else "disabled"))
            painter.drawText(
                cell.adjusted(0, 0, -_PAD_PX, 0), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), note
            )
        if focused:
            painter.setPen(QPen(color("accent_text"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(cell).adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)


class ClassPicker(QListView):
    """Class names to check. A click or Space checks; Enter stays with the window; typing goes to a name.

    A name is checked in one group at most: checking it in another one moves it there.

    Signals:
        checked_changed: Something was checked or unchecked by the person.
    """

    checked_changed = Signal()

    def __init__(self, groups: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Make it empty; ``groups`` are the titles of the groups by name, in order."""
        super().__init__(parent)
        self._model = _Names(groups)
        self._column_px = _LEAST_COLUMN_PX
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self._model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setProperty("framed", True)
        self.setAccessibleName(tr("Classes"))
        self.setModel(self._proxy)
        self.setItemDelegate(_Cells(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setFixedHeight(ROW_PX * _ROWS + 4)
        self.clicked.connect(self._on_toggled)
        self._fit_columns()

    def names(self) -> list[str]:
        """Return all names on offer."""
        return list(self._model.names)

    def set_names(self, names: Iterable[str], counts: Mapping[str, int] | None = None) -> None:
        """Offer other names; what is checked stays checked, even where it is not on offer now."""
        self._model.counts = dict(counts or {})
        offered = list(dict.fromkeys(names))
        if offered != self._model.names:
            self._model.set_names(offered)
            longest = max(offered, key=len, default="")
            width = self.fontMetrics().horizontalAdvance(longest) + _BESIDE_NAME_PX
            self._column_px = min(max(width, _LEAST_COLUMN_PX), _GREATEST_COLUMN_PX)
            self._fit_columns()
        self._model.repaint()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how often each name occurs."""
        self._model.counts = dict(counts)
        self._model.repaint()

    def set_search(self, text: str) -> None:
        """Show only names that contain a text, upper and lower case alike."""
        self._proxy.setFilterFixedString(text.strip())

    def checked(self, group: str) -> list[str]:
        """Return the names on offer that are checked in a group, in their order."""
        return [name for name in self._model.names if name in self._model.checked[group]]

    def kept(self, group: str) -> list[str]:
        """Return all names that are checked in a group, also those that are not on offer now."""
        offered = self.checked(group)
        return offered + sorted(self._model.checked[group].difference(offered))

    def set_checked(self, group: str, names: Iterable[str]) -> None:
        """Check exactly these names in a group, without a signal."""
        self._model.checked[group] = set(names)
        self._model.repaint()

    @property
    def group(self) -> str:
        """The group that the checks belong to."""
        return self._model.group

    def set_group(self, group: str) -> None:
        """Show the checks of another group."""
        self._model.group = group
        self._model.repaint()

    def check_shown(self, check: bool) -> None:
        """Check or uncheck all names that the search leaves."""
        names = {str(self._proxy.index(row, 0).data(_NAME_ROLE)) for row in range(self._proxy.rowCount())}
        if check:
            self._check(names)
        else:
            self._model.checked[self._model.group] -= names
        self._announce()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Check by Space, and leave Enter to the window."""
        if event is None:
            return
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._on_toggled(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Share the width out among the columns."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        viewport = self.viewport()
        # The scroll bar's room is always left free: what is hidden must not change the columns.
        room = max((viewport.width() if viewport is not None else self.width()) - 1, _LEAST_COLUMN_PX)
        size = QSize(room // max(1, room // self._column_px), ROW_PX)
        if size != self.gridSize():
            self.setGridSize(size)
            self.scheduleDelayedItemsLayout()

    def _on_toggled(self, index: QModelIndex) -> None:
        name = str(index.data(_NAME_ROLE))
        if name in self._model.checked[self._model.group]:
            self._model.checked[self._model.group].discard(name)
        else:
            self._check({name})
        self._announce()

    def _check(self, names: set[str]) -> None:
        for group, checked in self._model.checked.items():
            if group == self._model.group:
                checked |= names
            else:
                checked -= names

    def _announce(self) -> None:
        self._model.repaint()
        self.checked_changed.emit()
