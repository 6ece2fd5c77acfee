"""A list of class names with check boxes and a search field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qtpy.QtCore import QAbstractListModel, QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from qtpy.QtGui import QKeyEvent, QPainter
from qtpy.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from anylabeling.translation import tr
from anylabeling.views.theme import ROW_PX
from anylabeling.views.widgets.search_field import SearchField

_NO_PARENT = QModelIndex()


class _ClassModel(QAbstractListModel):
    """Names and which of them are checked."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.checked: set[str] = set()

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        name = self.names[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if name in self.checked else Qt.CheckState.Unchecked
        return None

    def set_names(self, names: Sequence[str]) -> None:
        self.beginResetModel()
        self.names = list(names)
        self.endResetModel()

    def repaint(self) -> None:
        if self.names:
            self.dataChanged.emit(self.index(0), self.index(len(self.names) - 1))


class _Rows(QStyledItemDelegate):
    """Rows of the program's height, with some room before the check box."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(80, ROW_PX)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        option.rect.adjust(6, 0, 0, 0)
        super().paint(painter, option, index)


class _CheckView(QListView):
    """A click anywhere in a row, Space and Enter check it."""

    toggled = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event is not None and event.key() in keys and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class ClassList(QWidget):
    """Class names to choose from.

    Signals:
        checked_changed: The names that are checked (frozenset of str).
    """

    checked_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, rows: int = 5) -> None:
        super().__init__(parent)
        self._model = _ClassModel()
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self._model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = SearchField(tr("Search classes"), tr("Search classes"))
        self.search.textChanged.connect(self._proxy.setFilterFixedString)
        self.all_button = self._quiet_button(tr("All"), True)
        self.none_button = self._quiet_button(tr("None"), False)
        self.view = self._make_view(rows)
        self.summary = QLabel("")
        self.summary.setProperty("muted", True)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.search, 1)
        top.addWidget(self.all_button)
        top.addWidget(self.none_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.summary)
        self._refresh()

    def set_classes(self, names: Sequence[str]) -> None:
        """Offer other names; those that were checked and are still here stay checked."""
        self._model.set_names(list(dict.fromkeys(names)))
        self._model.checked &= set(self._model.names)
        self._refresh()

    def classes(self) -> list[str]:
        """Return all names on offer."""
        return list(self._model.names)

    def checked(self) -> frozenset[str]:
        """Return the names that are checked."""
        return frozenset(self._model.checked)

    def set_checked(self, names: Iterable[str]) -> None:
        """Check exactly these names, as far as they are on offer, without a signal."""
        self._model.checked = set(names) & set(self._model.names)
        self._model.repaint()
        self._refresh()

    def _make_view(self, rows: int) -> _CheckView:
        view = _CheckView()
        view.setProperty("framed", True)
        view.setAccessibleName(tr("Classes"))
        view.setModel(self._proxy)
        view.setItemDelegate(_Rows(view))
        view.setUniformItemSizes(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMinimumHeight(ROW_PX * 3)
        view.setFixedHeight(ROW_PX * rows + 4)
        view.clicked.connect(self._on_row_toggled)
        view.toggled.connect(self._on_row_toggled)
        return view

    def _quiet_button(self, text: str, check: bool) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("quiet", True)
        button.setToolTip(tr("Check the classes in the list") if check else tr("Uncheck the classes in the list"))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._set_visible(check))
        return button

    def _visible_names(self) -> set[str]:
        return {str(self._proxy.index(row, 0).data()) for row in range(self._proxy.rowCount())}

    def _set_visible(self, check: bool) -> None:
        names = self._visible_names()
        self._model.checked = self._model.checked | names if check else self._model.checked - names
        self._announce()

    def _on_row_toggled(self, index: QModelIndex) -> None:
        self._model.checked ^= {str(index.data())}
        self._announce()

    def _announce(self) -> None:
        self._model.repaint()
        self._refresh()
        self.checked_changed.emit(self.checked())

    def _refresh(self) -> None:
        total = len(self._model.names)
        self.summary.setText(
            tr("{number:,} of {total:,} chosen", number=len(self._model.checked), total=total)
            if total
            else tr("No classes")
        )
        self.setEnabled(bool(total))
