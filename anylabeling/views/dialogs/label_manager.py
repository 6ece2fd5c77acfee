"""All labels of the folder: rename, merge, delete, recolour, hide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qtpy.QtCore import QItemSelectionModel, QSize, QSortFilterProxyModel, Qt, Signal
from qtpy.QtGui import QColor, QIcon, QPixmap, QStandardItem, QStandardItemModel
from qtpy.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QCompleter,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.labels import LabelTotal
from anylabeling.translation import tr
from anylabeling.views.dialogs.folder_dialog import FolderDialog, quiet_button
from anylabeling.views.theme import color
from anylabeling.views.widgets.ok_cancel import ok_cancel
from anylabeling.views.widgets.search_field import SearchField
from anylabeling.views.widgets.text import count_text, plural, tip_text
from anylabeling.views.widgets.within_screen import resize_within_screen

Rgb = tuple[int, int, int]
_SELECT_ROW: Any = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NAME_ROLE = Qt.ItemDataRole.UserRole + 1
_SORT_ROLE = Qt.ItemDataRole.UserRole + 2
_COLUMNS = (tr("Label"), tr("Objects"), tr("Images"), tr("Shown"))
_NUMBER_PX = 84


class LabelManagerDialog(FolderDialog):
    """The labels with their numbers, and what can be done to them. It may stay open beside the window.

    Signals:
        rename_requested: Labels and the label that they are to become; several are merged.
        delete_requested: Labels whose objects are to be removed.
        color_chosen: Labels and their new colour (red, green, blue), or None for the automatic one.
        hidden_requested: Labels and whether their objects are to be hidden.
    """

    rename_requested = Signal(tuple, str)
    delete_requested = Signal(tuple)
    color_chosen = Signal(tuple, object)
    hidden_requested = Signal(tuple, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("No label file of this folder has an object yet."), parent)
        self.setWindowTitle(tr("Label Manager"))
        resize_within_screen(self, 760, 480, least=(560, 320))
        self._color_of: Callable[[str], Rgb] = lambda _label: (128, 128, 128)
        self._totals: dict[str, LabelTotal] = {}
        self._hidden: frozenset[str] = frozenset()
        self.allowed: frozenset[str] | None = None
        self.model = QStandardItemModel(0, len(_COLUMNS), self)
        self.model.setHorizontalHeaderLabels(_COLUMNS)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(_SORT_ROLE)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = SearchField(tr("Search"), tr("Search in the labels"))
        self.search.textChanged.connect(self._sorted.setFilterFixedString)
        self.view = self._make_view()
        self._make_buttons()
        self._build()
        self._refresh()

    def set_color_provider(self, color_of: Callable[[str], Rgb]) -> None:
        """Take the colours of the labels from a function."""
        self._color_of = color_of
        self._fill()

    def set_totals(self, totals: Sequence[LabelTotal]) -> None:
        """Show the labels of the folder with their numbers."""
        self._totals = {total.label: total for total in totals}
        self._fill()

    def set_hidden(self, labels: frozenset[str]) -> None:
        """Say whose objects are not shown."""
        if labels != self._hidden:
            self._hidden = labels
            self._fill()

    def selected(self) -> tuple[str, ...]:
        """Return the labels that are selected, in the order of the rows."""
        selection = self.view.selectionModel()
        rows = sorted(index.row() for index in selection.selectedRows()) if selection is not None else []
        return tuple(str(self._sorted.index(row, 0).data(_NAME_ROLE)) for row in rows)

    def select(self, labels: Sequence[str]) -> None:
        """Select these labels."""
        selection = self.view.selectionModel()
        if selection is None:
            return
        selection.clear()
        for row in range(self._sorted.rowCount()):
            index = self._sorted.index(row, 0)
            if index.data(_NAME_ROLE) in labels:
                selection.select(index, _SELECT_ROW)

    def ask_new_name(self) -> RenameDialog | None:
        """Ask what the selected labels are to be called, and request it."""
        labels = self.selected()
        if not labels or self._running:
            return None
        dialog = RenameDialog(self, labels, self._totals, self.allowed)
        dialog.name_chosen.connect(lambda name: self.rename_requested.emit(labels, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def choose_color(self) -> QColorDialog | None:
        """Let the person choose a colour for the selected labels."""
        labels = self.selected()
        if not labels:
            return None
        dialog = QColorDialog(QColor(*self._color_of(labels[0])), self)
        dialog.setWindowTitle(
            tr("Colour of {labels}", labels=labels[0])
            if len(labels) == 1
            else tr("Colour of {number} labels", number=len(labels))
        )
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)

        def chosen(picked: QColor) -> None:
            self.color_chosen.emit(labels, (picked.red(), picked.green(), picked.blue()))

        dialog.colorSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _fill(self) -> None:
        chosen = self.selected()
        self.model.setRowCount(0)
        for label, total in self._totals.items():
            self.model.appendRow(self._row(label, total))
        self.select(chosen)
        self.message.setVisible(not self._totals)
        self.view.setVisible(bool(self._totals))
        self._refresh()

    def _row(self, label: str, total: LabelTotal) -> list[QStandardItem]:
        name = QStandardItem(label or tr("(no label)"))
        name.setData(label, _NAME_ROLE)
        name.setData(label.casefold(), _SORT_ROLE)
        name.setIcon(_swatch(self._color_of(label)))
        name.setToolTip(tip_text(label))
        row = [name]
        for number in (total.shapes, total.images):
            item = QStandardItem(count_text(number))
            item.setData(number, _SORT_ROLE)
            item.setData(_RIGHT, Qt.ItemDataRole.TextAlignmentRole)
            row.append(item)
        is_hidden = label in self._hidden
        shown = QStandardItem(tr("hidden") if is_hidden else tr("yes"))
        shown.setData(int(is_hidden), _SORT_ROLE)
        shown.setForeground(color("muted" if not is_hidden else "warning"))
        row.append(shown)
        for item in row:
            item.setEditable(False)
        return row

    def _refresh(self) -> None:
        super()._refresh()
        labels = self.selected()
        free = bool(labels) and not self._running
        self.rename_button.setEnabled(free)
        self.rename_button.setText(tr("Rename…") if len(labels) < 2 else tr("Merge…"))
        self.delete_button.setEnabled(free)
        for button in (self.color_button, self.automatic_button, self.hide_button):
            button.setEnabled(bool(labels))
        hidden = bool(labels) and all(label in self._hidden for label in labels)
        self.hide_button.setText(tr("Show") if hidden else tr("Hide"))

    def _on_row_double_clicked(self) -> None:
        self.ask_new_name()

    def _on_hide_clicked(self) -> None:
        labels = self.selected()
        hidden = all(label in self._hidden for label in labels)
        self.hidden_requested.emit(labels, not hidden)

    def _make_view(self) -> QTreeView:
        view = QTreeView()
        view.setAccessibleName(tr("Labels of the folder"))
        view.setProperty("framed", True)
        view.setModel(self._sorted)
        view.setRootIsDecorated(False)
        view.setIconSize(QSize(12, 12))
        view.setUniformRowHeights(True)
        view.setSortingEnabled(True)
        view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAllColumnsShowFocus(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.doubleClicked.connect(self._on_row_double_clicked)
        header = view.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            for column in range(1, len(_COLUMNS)):
                header.resizeSection(column, _NUMBER_PX)
        selection = view.selectionModel()
        if selection is not None:
            selection.selectionChanged.connect(lambda *_: self._refresh())
        return view

    def _make_buttons(self) -> None:
        self.rename_button = quiet_button(tr("Rename…"), self.ask_new_name, "edit")
        self.delete_button = quiet_button(tr("Delete…"), lambda: self.delete_requested.emit(self.selected()), "delete")
        self.color_button = quiet_button(tr("Colour…"), self.choose_color)
        self.automatic_button = quiet_button(
            tr("Automatic Colour"), lambda: self.color_chosen.emit(self.selected(), None)
        )  # fmt: skip
        self.hide_button = quiet_button(tr("Hide"), self._on_hide_clicked)

    def _build(self) -> None:
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button in (
            self.rename_button,
            self.delete_button,
            self.color_button,
            self.automatic_button,
            self.hide_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.undo_button)
        buttons.addWidget(self.close_button)
        # Not a grid: where two widgets share a cell and one is hidden, the room above them is gone.
        lists = QVBoxLayout()
        lists.setSpacing(8)
        lists.addWidget(self.search)
        lists.addWidget(self.view, 1)
        lists.addWidget(self.message, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(lists, 1)
        row.addLayout(buttons)
        layout = self._outer_layout()
        layout.addLayout(row, 1)
        layout.addWidget(self.work)
        layout.addWidget(self.report)


def _swatch(rgb: Rgb) -> QIcon:
    """Return a square of a colour that looks the same in a row that is selected."""
    pixmap = QPixmap(32, 32)
    pixmap.fill(QColor(*rgb))
    swatch = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        swatch.addPixmap(pixmap, mode)
    return swatch


class RenameDialog(QDialog):
    """Asks for the new name and says beforehand what it will do.

    Signals:
        name_chosen: The new label.
    """

    name_chosen = Signal(str)

    def __init__(
        self, parent: QWidget, labels: Sequence[str], totals: dict[str, LabelTotal], allowed: frozenset[str] | None
    ) -> None:
        """Make the dialog; ``allowed`` are the labels that may be given, or None for any."""
        super().__init__(parent)
        self._labels = tuple(labels)
        self._totals = totals
        self._allowed = allowed
        merging = len(labels) > 1
        self.setWindowTitle(tr("Merge Labels") if merging else tr("Rename Label"))
        self.setMinimumWidth(380)
        self.line = QLineEdit(labels[0])
        self.line.selectAll()
        self.line.setAccessibleName(tr("New label"))
        known: list[str] = sorted({*(allowed or ()), *totals}, key=str.casefold)
        completer = QCompleter(known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)
        self.line.textChanged.connect(lambda _text: self._say())
        self.effect = QLabel("")
        self.effect.setWordWrap(True)
        self.effect.setProperty("muted", True)
        self.effect.setMinimumHeight(self.effect.fontMetrics().height() * 2 + 4)
        self.effect.setAlignment(Qt.AlignmentFlag.AlignTop)
        form = QFormLayout()
        form.setSpacing(8)
        listed = ", ".join(self._labels[:4]) + (
            tr(" and {number:,} more", number=len(labels) - 4) if len(labels) > 4 else ""
        )
        names = QLabel(listed)
        names.setWordWrap(True)
        names.setTextFormat(Qt.TextFormat.PlainText)
        form.addRow(tr("Labels") if merging else tr("Label"), names)
        form.addRow(tr("becomes"), self.line)
        self._buttons = ok_cancel(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.effect)
        row = QHBoxLayout()
        row.addWidget(self._buttons)
        layout.addLayout(row)
        self._say()

    def accept(self) -> None:
        """Send the new name, unless it changes nothing."""
        name = self.line.text().strip()
        if not self._may_be(name):
            return
        super().accept()
        self.name_chosen.emit(name)

    def _may_be(self, name: str) -> bool:
        if not name or (self._allowed is not None and name not in self._allowed):
            return False
        return any(label != name for label in self._labels)

    def _say(self) -> None:
        name = self.line.text().strip()
        moving = [self._totals[label] for label in self._labels if label != name and label in self._totals]
        objects, images = sum(one.shapes for one in moving), max((one.images for one in moving), default=0)
        if not name:
            text = tr("Type a label.")
        elif self._allowed is not None and name not in self._allowed:
            text = tr("This label is not in the list of labels that the settings allow.")
        elif not moving:
            text = tr("That is its name already.")
        elif name in self._totals or len(self._labels) > 1:
            there = self._totals[name].shapes if name in self._totals else 0
            text = tr("{objects} will be {name}", objects=plural(objects, "object"), name=name) + (
                tr(", beside the {there:,} that are.", there=there) if there else "."
            )
        else:
            text = tr(
                "{objects} in {images} will be {name}.",
                objects=plural(objects, "object"),
                images=plural(images, "image"),
                name=name,
            )
        self.effect.setText(text)
        for button in self._buttons.buttons():
            if self._buttons.buttonRole(button) == self._buttons.ButtonRole.AcceptRole:
                button.setEnabled(self._may_be(name))
