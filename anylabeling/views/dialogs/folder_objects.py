"""Kinds and groups of the objects of the whole folder: convert, renumber, dissolve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qtpy.QtCore import QItemSelectionModel, Qt, Signal
from qtpy.QtGui import QStandardItem, QStandardItemModel
from qtpy.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSpinBox,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from anylabeling.document.conversion import SOURCES
from anylabeling.document.naming import kind_name
from anylabeling.document.shape import ShapeKind
from anylabeling.messages.labels import ObjectTotals
from anylabeling.translation import tr
from anylabeling.views.dialogs.folder_dialog import FolderDialog, quiet_button
from anylabeling.views.widgets.scroll_where_small import ScrollWhereSmall
from anylabeling.views.widgets.text import count_text, plural
from anylabeling.views.widgets.within_screen import resize_within_screen

_COLUMNS = (tr("Group"), tr("Objects"), tr("Images"))
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_SELECT_ROW: Any = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_MOST_GROUP = 1_000_000


class FolderObjectsDialog(FolderDialog):
    """What the objects are and how they are grouped, and what can be changed about it everywhere at once.

    Signals:
        conversion_requested: Kind, kind that it is to become (values of ShapeKind), and a label or None for all.
        group_requested: Group numbers, and the number that they are to become, or None to dissolve them.
    """

    conversion_requested = Signal(str, str, object)
    group_requested = Signal(tuple, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("No object of this folder is in a group."), parent)
        self.setWindowTitle(tr("Kinds and Groups of the Folder"))
        resize_within_screen(self, 560, 480)
        self._totals = ObjectTotals()
        self.kind_box = _combo(tr("Kind of the objects"))
        self.label_box = _combo(tr("Label of the objects"))
        self.target_box = _combo(tr("Kind that they become"))
        self.kind_box.currentIndexChanged.connect(lambda _index: self._fill_choices())
        for box in (self.label_box, self.target_box):
            box.currentIndexChanged.connect(lambda _index: self._refresh())
        self.effect = QLabel("")
        self.effect.setProperty("muted", True)
        self.effect.setWordWrap(True)
        self.model = QStandardItemModel(0, len(_COLUMNS), self)
        self.model.setHorizontalHeaderLabels(_COLUMNS)
        self.view = _table(self.model)
        selection = self.view.selectionModel()
        assert selection is not None
        selection.selectionChanged.connect(lambda *_: self._refresh())
        self.number_spin = QSpinBox()
        self.number_spin.setRange(0, _MOST_GROUP)
        self.number_spin.setAccessibleName(tr("New group number"))
        self.convert_button = quiet_button(tr("Convert"), self._convert)
        self.renumber_button = quiet_button(tr("Change Number"), lambda: self._regroup(self.number_spin.value()))
        self.dissolve_button = quiet_button(tr("Dissolve"), lambda: self._regroup(None), "ungroup")
        self._build()
        self.set_totals(self._totals)

    def set_totals(self, totals: ObjectTotals) -> None:
        """Show what there is."""
        chosen, groups = self.kind_box.currentData(), self.selected_groups()
        self._totals = totals
        counts: dict[str, int] = {}
        for total in totals.kinds:
            counts[total.kind] = counts.get(total.kind, 0) + total.objects
        _fill(self.kind_box, {kind: f"{_name(kind)} ({count_text(number)})" for kind, number in counts.items()}, chosen)
        self._fill_choices()
        self.model.setRowCount(0)
        for group in totals.groups:
            self.model.appendRow([_item(number) for number in (group.group, group.objects, group.images)])
        self.select_groups(groups)
        self.message.setVisible(not totals.groups)
        self.view.setVisible(bool(totals.groups))
        self._refresh()

    def selected_groups(self) -> tuple[int, ...]:
        """Return the numbers of the groups that are selected."""
        selection = self.view.selectionModel()
        rows = selection.selectedRows() if selection is not None else []
        return tuple(sorted(int(index.data(Qt.ItemDataRole.UserRole)) for index in rows))

    def select_groups(self, groups: tuple[int, ...]) -> None:
        """Select groups by their numbers."""
        selection = self.view.selectionModel()
        for row in range(self.model.rowCount()):
            index = self.model.index(row, 0)
            if selection is not None and index.data(Qt.ItemDataRole.UserRole) in groups:
                selection.select(index, _SELECT_ROW)

    def _fill_choices(self) -> None:
        kind = self.kind_box.currentData()
        labels = {total.label: total.label or tr("(no label)") for total in self._totals.kinds if total.kind == kind}
        _fill(self.label_box, {None: tr("All labels"), **labels}, self.label_box.currentData())
        targets = {
            target.value: _name(target.value)
            for target, sources in SOURCES.items()
            if kind is not None and target.value != kind and ShapeKind(kind) in sources
        }
        _fill(self.target_box, targets, self.target_box.currentData())
        self._refresh()

    def _refresh(self) -> None:
        super()._refresh()
        kind, label = self.kind_box.currentData(), self.label_box.currentData()
        number = sum(
            total.objects for total in self._totals.kinds if total.kind == kind and label in (None, total.label)
        )
        can = bool(number) and self.target_box.currentData() is not None
        self.convert_button.setEnabled(can and not self._running)
        self.effect.setText(
            tr("{objects} in the whole folder; locked ones stay as they are.", objects=plural(number, "object"))
            if can
            else ""
        )
        grouped = bool(self.selected_groups()) and not self._running
        self.renumber_button.setEnabled(grouped)
        self.dissolve_button.setEnabled(grouped)

    def _convert(self) -> None:
        self.conversion_requested.emit(
            self.kind_box.currentData(), self.target_box.currentData(), self.label_box.currentData()
        )

    def _regroup(self, number: int | None) -> None:
        groups = tuple(group for group in self.selected_groups() if group != number)
        if groups:
            self.group_requested.emit(groups, number)

    def _build(self) -> None:
        kinds = QGroupBox(tr("Kinds"))
        grid = QGridLayout(kinds)
        grid.setSpacing(8)
        for row, (text, box) in enumerate(
            ((tr("Kind"), self.kind_box), (tr("Label"), self.label_box), (tr("Becomes"), self.target_box))
        ):
            name = QLabel(text)
            name.setBuddy(box)
            grid.addWidget(name, row, 0)
            grid.addWidget(box, row, 1)
        grid.addWidget(self.convert_button, 2, 2)
        grid.addWidget(self.effect, 3, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        groups = QGroupBox(tr("Groups"))
        lines = QVBoxLayout(groups)
        lines.setSpacing(8)
        lines.addWidget(self.view, 1)
        lines.addWidget(self.message, 1)
        row_of_number = QHBoxLayout()
        number = QLabel(tr("New number"))
        number.setBuddy(self.number_spin)
        for widget in (number, self.number_spin, self.renumber_button, self.dissolve_button):
            row_of_number.addWidget(widget)
        row_of_number.addStretch(1)
        lines.addLayout(row_of_number)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.undo_button)
        buttons.addWidget(self.close_button)
        layout = self._outer_layout()
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(kinds)
        body.addWidget(groups, 1)
        layout.addWidget(ScrollWhereSmall(page), 1)
        layout.addWidget(self.work)
        layout.addWidget(self.report)
        layout.addLayout(buttons)


def _name(kind: str) -> str:
    name = kind_name(ShapeKind(kind))
    return name[:1].upper() + name[1:]


def _combo(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMinimumContentsLength(12)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _fill(box: QComboBox, choices: Mapping[Any, str], chosen: object) -> None:
    box.blockSignals(True)
    box.clear()
    for value, text in choices.items():
        box.addItem(text, value)
    box.setCurrentIndex(max(0, list(choices).index(chosen)) if chosen in choices else min(0, len(choices) - 1))
    box.blockSignals(False)


def _item(number: int) -> QStandardItem:
    item = QStandardItem(count_text(number))
    item.setData(number, Qt.ItemDataRole.UserRole)
    item.setTextAlignment(Qt.AlignmentFlag(_RIGHT))
    item.setEditable(False)
    return item


def _table(model: QStandardItemModel) -> QTreeView:
    view = QTreeView()
    view.setAccessibleName(tr("Groups of the folder"))
    view.setProperty("framed", True)
    view.setModel(model)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setAllColumnsShowFocus(True)
    header = view.header()
    if header is not None:
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag(_RIGHT))
    return view
