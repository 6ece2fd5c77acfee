"""The keyboard shortcuts, to look up."""

from __future__ import annotations

from collections.abc import Mapping

from qtpy.QtCore import Qt
from qtpy.QtGui import QKeySequence
from qtpy.QtWidgets import (
    QAbstractItemView,
    QAction,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anylabeling.views.actions import ACTION_ROWS, plain_text
from anylabeling.views.widgets.search_field import SearchField

_TITLES = {"file": "File", "edit": "Edit", "view": "View", "labels": "Labels", "tools": "Tools", "help": "Help"}
_CANVAS_KEYS = (
    ("Finish the shape", "Return"),
    ("Leave the tool, drop the selection", "Esc"),
    ("Move the selected shapes by 5 pixels", "Arrows"),
    ("Zoom", "Ctrl+Wheel"),
    ("Select several shapes", "Ctrl+Click"),
    ("Remove a vertex", "Shift+Click"),
)


class ShortcutsDialog(QDialog):
    """All actions with their keys, and a search field."""

    def __init__(self, parent: QWidget | None, actions: Mapping[str, QAction]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard Shortcuts")
        self.resize(480, 560)
        self.search = SearchField("Search", "Search in the shortcuts")
        self.search.textChanged.connect(self._on_search_changed)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.tree.setAccessibleName("Keyboard shortcuts")
        header = self.tree.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._fill(actions)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addWidget(buttons)

    def _fill(self, actions: Mapping[str, QAction]) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        groups: dict[str, QTreeWidgetItem] = {}
        for row in ACTION_ROWS:
            keys = ", ".join(key.toString(native) for key in actions[row.id].shortcuts())
            if keys:
                self._add(groups, _TITLES[row.menu.partition(":")[0]], plain_text(row), keys)
        for text, keys in _CANVAS_KEYS:
            self._add(groups, "Canvas", text, keys)
        self.tree.expandAll()

    def _add(self, groups: dict[str, QTreeWidgetItem], title: str, text: str, keys: str) -> None:
        if title not in groups:
            group = QTreeWidgetItem(self.tree, [title])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            groups[title] = group
        item = QTreeWidgetItem(groups[title], [text, keys])
        item.setTextAlignment(1, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))

    def _on_search_changed(self, text: str) -> None:
        wanted = text.strip().casefold()
        for number in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(number)
            if group is None:
                continue
            any_shown = False
            for row in range(group.childCount()):
                item = group.child(row)
                if item is not None:
                    shown = wanted in f"{item.text(0)} {item.text(1)}".casefold()
                    item.setHidden(not shown)
                    any_shown = any_shown or shown
            group.setHidden(not any_shown)
