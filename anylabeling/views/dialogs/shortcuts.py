"""The keyboard shortcuts, to look up and to change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QKeySequence
from qtpy.QtWidgets import (
    QAbstractItemView,
    QAction,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMainWindow,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anylabeling.config.schema import SETTINGS
from anylabeling.config.shortcuts import PREFIX
from anylabeling.translation import tr
from anylabeling.views.actions import ACTION_ROWS, ActionRow, plain_text, without_key
from anylabeling.views.menus import english_name, menu_path, name_in_menu
from anylabeling.views.widgets.key_editor import KeyEditor
from anylabeling.views.widgets.search_field import SearchField
from anylabeling.views.widgets.text import search_text
from anylabeling.views.widgets.within_screen import resize_within_screen

_TITLES = {
    "file": tr("File"),
    "edit": tr("Edit"),
    "view": tr("View"),
    "labels": tr("Labels"),
    "tools": tr("Tools"),
    "help": tr("Help"),
}
_ENGLISH = Qt.ItemDataRole.UserRole + 1
_FINISH = tr("Finish the shape")
_MOVE = tr("Move the selected shapes by 1 pixel, with Shift by 10")
_PAN = tr("Move the picture")
_USES = {
    **dict.fromkeys(("Return", "Enter"), _FINISH),
    **dict.fromkeys((shift + arrow for shift in ("", "Shift+") for arrow in ("Left", "Right", "Up", "Down")), _MOVE),
    "Space": _PAN,
}
"""What the canvas does by keys that an action can be given all the same."""

_OF_DESKTOPS = frozenset(
    (
        "Alt+F4",
        "Alt+Tab",
        "Alt+Shift+Tab",
        "Alt+Space",
        "Ctrl+Alt+Del",
        "Ctrl+Alt+T",
        "Ctrl+Alt+L",
        "Print",
        "Alt+Print",
    )
)
"""Keys that most desktops keep for themselves."""

_CANVAS_KEYS = (
    (_FINISH, "Return"),
    (tr("Leave the tool, drop the selection"), "Esc"),
    (_MOVE, tr("Arrows")),
    (tr("Aim with a drawing tool, by 1, 10 or 100 pixels"), tr("Arrows, also with Shift or Ctrl")),
    (tr("Click there, or begin and end a drag"), "Return"),
    (tr("Zoom"), "Ctrl+Wheel"),
    (_PAN, tr("Space and drag, or the middle button")),
    (tr("Select several shapes"), "Ctrl+Click"),
    (tr("Remove a vertex"), "Shift+Click"),
)


class ShortcutsDialog(QDialog):
    """All actions with their keys, a search field, and an editor for the action that is marked.

    Signals:
        keys_chosen: Names of settings in "shortcuts." with the key sequences that they are to have; None for their own.
        defaults_wanted: Names of settings that are to have their own keys again.
    """

    keys_chosen = Signal(object)
    defaults_wanted = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        actions: Mapping[str, QAction],
        changed: Collection[str] = (),
        rows: Sequence[ActionRow] = ACTION_ROWS,
    ) -> None:
        """Make the dialog.

        Args:
            parent: The window.
            actions: Every action by its id.
            changed: Names of settings in "shortcuts." that differ from the default.
            rows: What is known of the actions.
        """
        super().__init__(parent)
        self._actions = actions
        self._rows = rows
        self._changed = frozenset(changed)
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard Shortcuts"))
        resize_within_screen(self, 520, 640)
        self.search = SearchField(tr("Search"), tr("Search in the shortcuts"))
        self.search.textChanged.connect(self._on_search_changed)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.currentItemChanged.connect(lambda _item: self._on_item_chosen())
        self.tree.setAccessibleName(tr("Keyboard shortcuts"))
        header = self.tree.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._menu_keys = _menu_keys(parent)
        self.editor = KeyEditor(self._other_owner, self._refusal, _use)
        self.editor.assigned.connect(self._on_assigned)
        self.editor.added.connect(lambda keys: self._on_assigned(keys, too=True))
        self.editor.reset.connect(self._on_reset)
        self._fill()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        all_default = buttons.addButton(tr("All Defaults"), QDialogButtonBox.ButtonRole.ResetRole)
        if all_default is not None:
            all_default.setAutoDefault(False)
            all_default.clicked.connect(lambda: self.defaults_wanted.emit(sorted(self._changed)))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        self.nothing = _nothing_found()
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.editor)
        layout.addWidget(buttons)

    def refresh(self, changed: Collection[str]) -> None:
        """Show the keys that the actions have now.

        Args:
            changed: Names of settings in "shortcuts." that differ from the default.
        """
        self._changed = frozenset(changed)
        for row in self._rows:
            if row.id in self._items:
                self._items[row.id].setText(1, self._keys_text(row))
        self._on_item_chosen()

    def _fill(self) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for row in self._rows:
            if row.shortcut:
                title = _TITLES[row.place.menu]
                self._items[row.id] = self._add(groups, title, _name(row), self._keys_text(row))
                self._items[row.id].setData(0, Qt.ItemDataRole.UserRole, row.id)
                self._items[row.id].setData(0, _ENGLISH, english_name(row)[0])
        for text, keys in _CANVAS_KEYS:
            self._add(groups, tr("Canvas"), text, keys)
        self.tree.expandAll()

    def _keys_text(self, row: ActionRow) -> str:
        native = QKeySequence.SequenceFormat.NativeText
        return ", ".join(key.toString(native) for key in self._actions[row.id].shortcuts())

    def _row(self) -> ActionRow | None:
        item = self.tree.currentItem()
        action_id = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return next((row for row in self._rows if row.id == action_id), None)

    def _on_item_chosen(self) -> None:
        row = self._row()
        if row is None:
            self.editor.show_action("", ())
        else:
            keys = [key.toString() for key in self._actions[row.id].shortcuts()]
            note = ""
            for key, owner in self._default_elsewhere(row).items():
                shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
                note = tr("Default takes {shown} back from “{owner}”.", shown=shown, owner=_name(owner))
            self.editor.show_action(_name(row), keys, is_default=row.shortcut not in self._changed, note=note)

    def _refusal(self, keys: str) -> str:
        menu = self._menu_keys.get(keys)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        return tr("{shown} opens the menu “{menu}”.", shown=shown, menu=menu) if menu else ""

    def _default_elsewhere(self, row: ActionRow) -> dict[str, ActionRow]:
        """Return who has the keys now that an action has by default."""
        setting = SETTINGS.get(PREFIX + row.shortcut)
        owners = {key: self._owner(key) for key in setting.default} if setting is not None else {}
        return {key: owner for key, owner in owners.items() if owner is not None and owner is not row}

    def _other_owner(self, keys: str) -> str | None:
        owner, chosen = self._owner(keys), self._row()
        return _name(owner) if owner is not None and owner is not chosen else None

    def _owner(self, keys: str) -> ActionRow | None:
        wanted = QKeySequence(keys)
        return next((row for row in self._rows if wanted in self._actions[row.id].shortcuts()), None)

    def _on_assigned(self, keys: str, *, too: bool = False) -> None:
        row = self._row()
        if row is None:
            return
        kept = [key.toString() for key in self._actions[row.id].shortcuts()] if too else []
        changes = {row.shortcut: [*kept, keys] if keys else []}
        owner = self._owner(keys) if keys else None
        if owner is not None and owner.shortcut and owner is not row:
            left = [key.toString() for key in self._actions[owner.id].shortcuts() if key != QKeySequence(keys)]
            changes[owner.shortcut] = left
        self.keys_chosen.emit(changes)

    def _on_reset(self) -> None:
        row = self._row()
        if row is None:
            return
        elsewhere = self._default_elsewhere(row)
        if not elsewhere:
            self.defaults_wanted.emit([row.shortcut])
            return
        changes: dict[str, list[str] | None] = {row.shortcut: None}
        lost = [QKeySequence(key) for key in elsewhere]
        for owner in elsewhere.values():
            kept = [key.toString() for key in self._actions[owner.id].shortcuts() if key not in lost]
            changes[owner.shortcut] = kept
        self.keys_chosen.emit(changes)

    def _add(self, groups: dict[str, QTreeWidgetItem], title: str, text: str, keys: str) -> QTreeWidgetItem:
        if title not in groups:
            group = QTreeWidgetItem(self.tree, [title])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            groups[title] = group
        item = QTreeWidgetItem(groups[title], [text, keys])
        item.setTextAlignment(1, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
        return item

    def _on_search_changed(self, text: str) -> None:
        wanted, nothing = search_text(text.strip()), True
        for number in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(number)
            if group is None:
                continue
            any_shown = False
            for row in range(group.childCount()):
                item = group.child(row)
                if item is not None:
                    shown = wanted in search_text(f"{item.text(0)} {item.text(1)} {item.data(0, _ENGLISH) or ''}")
                    item.setHidden(not shown)
                    any_shown = any_shown or shown
            group.setHidden(not any_shown)
            nothing = nothing and not any_shown
        self.tree.setVisible(not nothing)
        self.nothing.setVisible(nothing)


def _name(row: ActionRow) -> str:
    return name_in_menu(menu_path(row), plain_text(row))


def _use(keys: str) -> str:
    use = _USES.get(keys)
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    if keys in _OF_DESKTOPS or "Meta+" in keys:
        return tr("{shown} usually belongs to the desktop, which may not let it through.", shown=shown)
    return tr("On the picture, {shown} does this no longer: {use}.", shown=shown, use=use) if use else ""


def _menu_keys(window: QWidget | None) -> dict[str, str]:
    """Return the menus of a window by the keys that open them."""
    bar = window.menuBar() if isinstance(window, QMainWindow) else None
    menus = bar.actions() if bar is not None else []
    return {QKeySequence.mnemonic(menu.text()).toString(): without_key(menu.text()) for menu in menus}


def _nothing_found() -> QLabel:
    label = QLabel(tr("No command is called that."))
    label.setProperty("muted", True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.hide()
    return label
