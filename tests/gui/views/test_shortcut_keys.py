"""Each default key, pressed over the picture, triggers the action that the table of keys names, and no other."""

from __future__ import annotations

from qtpy.QtCore import QEvent, Qt
from qtpy.QtGui import QKeyEvent, QKeySequence
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.bootstrap.plugins import with_keys
from anylabeling.config import Config
from anylabeling.config.config import Source
from anylabeling.config.keys import normalize_key_sequence
from anylabeling.views.actions import ACTION_ROWS, apply_shortcuts
from anylabeling.views.dialogs.shortcuts import ShortcutsDialog
from anylabeling.views.main_window import MainWindow

KEYS = Config({}).shortcuts()
ON_THE_CANVAS = {"undo_last_point"}
"""Keys that the canvas itself takes, while something is drawn."""
PAIRS = sorted((name, key) for name, keys in KEYS.items() for key in keys if name not in ON_THE_CANVAS)

# What people who come from AnyLabeling have in their fingers.
PEERS = {
    "close": "Ctrl+W", "open": "Ctrl+O", "open_dir": "Ctrl+U", "quit": "Ctrl+Q", "save": "Ctrl+S",
    "save_as": "Ctrl+Shift+S", "delete_file": "Ctrl+Delete", "open_next": "D",
    "open_next_keep": "Ctrl+Shift+D", "open_prev": "A", "open_prev_keep": "Ctrl+Shift+A",
    "zoom_in": "Ctrl++ Ctrl+=", "zoom_out": "Ctrl+-", "zoom_to_original": "Ctrl+0",
    "fit_window": "Ctrl+F", "fit_width": "Ctrl+Shift+F", "create_polygon": "P Ctrl+N", "create_rectangle": "R Ctrl+R",
    "edit_polygon": "Ctrl+J", "delete_polygon": "Delete", "duplicate_polygon": "Ctrl+D", "copy_polygon": "Ctrl+C",
    "paste_polygon": "Ctrl+V", "undo": "Ctrl+Z", "undo_last_point": "Ctrl+Z", "edit_label": "Ctrl+E",
    "toggle_keep_prev_mode": "Ctrl+P", "remove_selected_point": "Backspace", "group_selected_shapes": "G",
    "ungroup_selected_shapes": "U", "toggle_auto_use_last_label": "Ctrl+Y", "auto_label": "I",
    "toggle_text_dock": "Ctrl+T", "reset_views": "Ctrl+Shift+V",
}  # fmt: skip


def test_the_table_covers_every_setting_and_every_key_of_the_peers() -> None:
    of_actions = {row.shortcut for row in ACTION_ROWS if row.shortcut}
    assert set(KEYS) - ON_THE_CANVAS == of_actions
    for name, keys in PEERS.items():
        assert {normalize_key_sequence(key) for key in keys.split()} <= set(KEYS[name]), name
    assert KEYS["add_point_to_edge"] == ()


def test_each_key_triggers_its_action_alone(window: MainWindow) -> None:
    triggered: list[str] = []
    for row in ACTION_ROWS:
        action = window.actions[row.id]
        if action.receivers(action.triggered):
            action.triggered.disconnect()  # what it would do is another test's
        action.setEnabled(True)
        action.triggered.connect(lambda _checked=False, name=row.shortcut: triggered.append(name))
    window.canvas.setFocus()
    wrong = {}
    for name, key in PAIRS:
        triggered.clear()
        press(window, key)
        if triggered != [name]:
            wrong[name, key] = list(triggered)
    assert len(PAIRS) > 100
    assert wrong == {}


def press(window: MainWindow, key: str) -> None:
    combined = int(QKeySequence(key)[0])
    modifiers = combined & int(Qt.KeyboardModifier.KeyboardModifierMask)
    QTest.keyClick(window.canvas, Qt.Key(combined & ~modifiers), Qt.KeyboardModifier(modifiers))


def test_a_search_that_finds_no_shortcut_says_so(window: MainWindow) -> None:
    dialog = ShortcutsDialog(None, window.actions)
    dialog.show()
    dialog.search.setText("no such thing")
    assert dialog.nothing.isVisible()
    assert not dialog.tree.isVisible()
    dialog.search.setText("duplicate")
    assert dialog.tree.isVisible()
    assert not dialog.nothing.isVisible()
    dialog.close()


def pick(dialog: ShortcutsDialog, action_id: str) -> None:
    dialog.tree.setCurrentItem(dialog._items[action_id])
    dialog.editor.field.setFocus()


def test_default_takes_a_key_back_from_the_action_that_got_it(window: MainWindow) -> None:
    config = Config({}).with_overrides({"shortcuts.create_circle": ["B"], "shortcuts.paint_mask": []}, Source.FILE)
    apply_shortcuts(window.actions, config)
    dialog = ShortcutsDialog(window, window.actions, ["create_circle", "paint_mask"])
    chosen: list[dict[str, list[str] | None]] = []
    dialog.keys_chosen.connect(chosen.append)
    dialog.open()
    pick(dialog, "tool_brush")
    assert dialog.editor.warning.text() == "Default takes B back from “Draw: Circle”."
    QTest.mouseClick(dialog.editor.default, Qt.MouseButton.LeftButton)
    assert chosen == [{"paint_mask": None, "create_circle": []}]
    given = config.with_overrides(with_keys(config, chosen[0]), Source.FILE)
    assert (given.shortcuts()["paint_mask"], given.shortcuts()["create_circle"]) == (("B",), ())
    dialog.close()


def test_keys_of_menus_are_refused_and_those_of_the_picture_warned_of(window: MainWindow) -> None:
    dialog = ShortcutsDialog(window, window.actions)
    dialog.open()
    pick(dialog, "tool_polygon")
    field = dialog.editor.field
    QTest.keyClick(field, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert dialog.editor.warning.text() == "Alt+F opens the menu “File”."
    assert not dialog.editor.assign.isEnabled()
    QTest.keyClick(field, Qt.Key.Key_Left)
    assert dialog.editor.warning.text().startswith("On the picture, Left does this no longer: Move")
    assert dialog.editor.assign.isEnabled()
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_CapsLock, Qt.KeyboardModifier.NoModifier))
    assert field.keys == "Left"
    QTest.keyClick(field, Qt.Key.Key_F12)
    assert (field.keys, dialog.editor.warning.text()) == ("F12", "")
    dialog.close()


def test_keys_of_the_desktop_are_warned_of_and_an_action_can_have_several(window: MainWindow) -> None:
    dialog = ShortcutsDialog(window, window.actions)
    chosen: list[dict[str, list[str] | None]] = []
    dialog.keys_chosen.connect(chosen.append)
    dialog.open()
    pick(dialog, "tool_polygon")
    editor = dialog.editor
    QTest.keyClick(editor.field, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert editor.warning.text() == "Alt+F4 usually belongs to the desktop, which may not let it through."
    QTest.keyClick(editor.field, Qt.Key.Key_P)
    assert not editor.add.isEnabled()  # it has this one
    QTest.keyClick(editor.field, Qt.Key.Key_F7)
    QTest.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    kept = [key.toString() for key in window.actions["tool_polygon"].shortcuts()]
    assert "P" in kept
    assert chosen == [{"create_polygon": [*kept, "F7"]}]
    dialog.close()
