"""Each default key, pressed over the picture, triggers the action that the table of keys names, and no other."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtGui import QKeySequence
from qtpy.QtTest import QTest

from anylabeling.config import Config
from anylabeling.config.keys import normalize_key_sequence
from anylabeling.views.actions import ACTION_ROWS
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
