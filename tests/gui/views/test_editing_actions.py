"""The strip's buttons of several tools, the canvas's context menu, and selecting by the list of labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QMenu, QWidget

from anylabeling.config import Config
from anylabeling.views.actions import ACTION_ROWS, TOOL_ROWS, build_actions
from anylabeling.views.canvas.tools import TOOLS
from anylabeling.views.docks.label_dock import LabelDock
from anylabeling.views.menus import context_menu
from anylabeling.views.toolbars import FAMILIES, ToolStrip

Show = Callable[[QWidget], QWidget]


def test_every_tool_of_the_canvas_has_an_action_with_icon_and_a_button(show: Show) -> None:
    window = QWidget()
    actions = build_actions(window, Config({}))
    strip = ToolStrip(actions, window)
    show(window)
    assert {row.id.removeprefix("tool_") for row in TOOL_ROWS} == set(TOOLS)
    for row in TOOL_ROWS:
        assert not actions[row.id].icon().isNull()
        assert row.id in strip.buttons, row.id


@pytest.mark.parametrize("first", FAMILIES)
def test_a_button_of_several_tools_shows_the_one_that_is_used(first: str, show: Show) -> None:
    window = QWidget()
    actions = build_actions(window, Config({}))
    strip = ToolStrip(actions, window)
    show(window)
    button = strip.buttons[first]
    menu = button.menu()
    assert isinstance(menu, QMenu)
    assert menu.actions() == [actions[name] for name in FAMILIES[first]]
    for name in FAMILIES[first]:
        actions[name].setChecked(True)
        assert button.defaultAction() is actions[name]
        assert button.isChecked()
        actions["tool_select"].setChecked(True)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert actions[name].isChecked()


@pytest.mark.parametrize("selected", [True, False])
def test_the_context_menu_has_known_actions_and_full_submenus(selected: bool, show: Show) -> None:
    window = QWidget()
    actions = build_actions(window, Config({}))
    show(window)
    menu = context_menu(window, actions, selected=selected)
    try:
        entries = [action for action in menu.actions() if not action.isSeparator()]
        assert len(entries) >= 6
        for entry in entries:
            submenu = entry.menu()
            if isinstance(submenu, QMenu):
                assert len(submenu.actions()) >= 3, submenu.title()
    finally:
        menu.close()


def test_edit_actions_have_an_icon_each() -> None:
    bare = {row.id for row in ACTION_ROWS if row.menu.startswith("edit") and not row.icon}
    assert bare <= {"keep_prev", "auto_use_last_label", "auto_use_last_gid", "keep_inside"}


def test_a_double_click_on_a_label_asks_to_select_its_objects(show: Show) -> None:
    dock = LabelDock()
    asked: list[str] = []
    dock.select_requested.connect(asked.append)
    dock.set_labels([("car", 2, (255, 0, 0)), ("tree", 1, (0, 255, 0))])
    dock.resize(300, 200)
    show(dock)
    row = dock.view.visualRect(dock.model.index(1))
    for act in (QTest.mouseClick, QTest.mouseDClick):
        act(dock.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, row.center())
    assert asked == ["tree"]
