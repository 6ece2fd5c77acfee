"""The window as a whole: actions, keys, panels, themes, notices, closing, what it remembers."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from qtpy.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from qtpy.QtGui import QDropEvent
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QMenu, QPushButton, QStackedWidget, QStyle, QStyleOptionButton

from anylabeling.config import Config
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.views.actions import ACTION_ROWS, TOOL_ROWS
from anylabeling.views.dialogs.about import AboutDialog
from anylabeling.views.dialogs.shortcuts import ShortcutsDialog
from anylabeling.views.icons import icon, icon_pixmap
from anylabeling.views.main_window import MainWindow
from anylabeling.views.side_column import SideColumn
from anylabeling.views.theme import DARK, LIGHT, colors

LEFT = Qt.MouseButton.LeftButton


def all_texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_every_action_stands_in_a_menu_and_has_what_its_row_says(window: MainWindow) -> None:
    assert set(window.actions) == {row.id for row in ACTION_ROWS}
    listed = {action for menu in window._menus.values() for action in menu.actions()}
    for row in ACTION_ROWS:
        assert window.actions[row.id] in listed, row.id
        assert window.actions[row.id].isCheckable() == row.checkable
        if row.icon:
            assert not icon(row.icon).pixmap(24, 24).isNull()


def test_no_key_is_given_twice(window: MainWindow) -> None:
    keys = Counter(key.toString() for action in window.actions.values() for key in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []
    assert window.actions["command_palette"].shortcut().toString() == "Ctrl+Shift+P"
    assert window.actions["redo"].shortcut().toString() == "Ctrl+Shift+Z"
    assert window.actions["auto_label"].shortcut().toString() == "I"
    assert not window.actions["add_point_to_edge"].shortcuts()


def test_no_menu_gives_one_letter_to_two_entries(window: MainWindow) -> None:
    for name, menu in window._menus.items():
        if name == "recent":
            continue
        letters = Counter(
            text[text.index("&") + 1].lower() for text in all_texts(menu) if "&" in text.replace("&&", "")
        )
        assert [letter for letter, count in letters.items() if count > 1] == [], name


def test_every_menu_fits_beside_its_bar_on_a_small_screen(window: MainWindow) -> None:
    listed = Counter(action for menu in window._menus.values() for action in menu.actions() if action.menu() is None)
    assert {action.text() for action, count in listed.items() if count > 1 and not action.isSeparator()} == set()
    for name, menu in window._menus.items():
        entries = [action for action in menu.actions() if not action.isSeparator()]
        assert len(entries) <= 20, name
        assert menu.sizeHint().height() < 720 - window.menuBar().height(), name
        assert len({menu.actionGeometry(action).left() for action in entries}) <= 1, f"{name} has columns"


def test_no_menu_begins_or_ends_with_a_line(window: MainWindow) -> None:
    for name, menu in window._menus.items():
        lines = [True, *(action.isSeparator() for action in menu.actions()), True]
        # Without recent files their menu is off, and holds what clears it.
        assert not any(one and two for one, two in itertools.pairwise(lines)) or not menu.isEnabled(), name


def test_letters_work_on_the_window_but_not_while_one_types(window: MainWindow, qapp: QApplication) -> None:
    triggered: list[str] = []
    window.set_current("/d/a.jpg", 0, 3, None)
    window.file_dock.set_images(["/d/a.jpg", "/d/dad.jpg"], "/d")
    for name in ("next_image", "prev_image", "auto_label"):
        window.actions[name].triggered.connect(lambda _checked=False, which=name: triggered.append(which))
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_D)
    QTest.keyClick(window.canvas, Qt.Key.Key_I)
    assert triggered == ["next_image", "auto_label"]
    QTest.keyClick(window.canvas, Qt.Key.Key_Slash)
    assert window.file_dock.search.hasFocus()
    for letter in (Qt.Key.Key_D, Qt.Key.Key_A, Qt.Key.Key_I):
        QTest.keyClick(window.file_dock.search, letter)
    assert window.file_dock.search.text() == "dai"
    assert triggered == ["next_image", "auto_label"]


def test_tools_exclude_each_other_and_the_strip_shows_the_current_one(window: MainWindow) -> None:
    window.set_current("/d/a.jpg", 0, 1, None)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_R)
    checked = [row.id for row in TOOL_ROWS if window.actions[row.id].isChecked()]
    assert checked == ["tool_rectangle"]


def test_what_needs_an_image_waits_for_one(window: MainWindow) -> None:
    assert not window.actions["auto_label"].isEnabled()
    assert window._empty.isVisible()
    window.set_current("/data/bus.jpg", 0, 412, 9871)
    assert window.windowTitle() == "bus.jpg – 1 / 412 (filtered from 9,871) – AnyLabeling"
    assert window.status.place.text() == "1 / 412 (filtered from 9,871)"
    assert window.canvas.isVisible()
    assert window.actions["auto_label"].isEnabled()
    window.set_current(None, -1, 0, None)
    assert window.windowTitle() == "AnyLabeling"
    assert not window.canvas.isVisible()


def test_the_chip_opens_the_models_panel_and_escape_keys_stay(window: MainWindow, model: ModelInfo) -> None:
    panel = window.auto_labeling
    panel.set_model(model)
    assert not panel.isVisible()
    QTest.mouseClick(panel.chip, LEFT)
    assert panel.isVisible()
    assert window.actions["toggle_auto_labeling"].isChecked()
    height = panel.height()
    panel.only_some.click()
    QApplication.processEvents()
    assert panel.height() > height
    QTest.mouseClick(panel.chip, LEFT)
    assert not panel.isVisible()


def test_the_chip_grows_with_its_text(window: MainWindow, model: ModelInfo, qapp: QApplication) -> None:
    chip = window.auto_labeling.chip
    model = replace(model, name="a_name_that_fills_the_chip")
    for state in (("running 12 of 400", "running"), ("The file is not a model.", "failed")):
        window.auto_labeling.set_model(model)
        qapp.processEvents()
        narrow = chip.width()
        window.auto_labeling.set_state(*state)
        qapp.processEvents()
        assert chip.width() > narrow
        assert chip.width() >= chip.sizeHint().width()
        right = chip.parentWidget().mapTo(window, QPoint(chip.parentWidget().width(), 0)).x()
        assert 0 <= window.width() - right <= 4


def test_sections_fold_hide_and_come_back(
    window: MainWindow, settings: QSettings, show: Callable[[MainWindow], MainWindow]
) -> None:
    window.resize(1000, 700)
    QTest.mouseClick(window.label_dock.header, LEFT)
    assert window.label_dock.folded
    QApplication.processEvents()
    assert window.label_dock.height() == window.label_dock.header.height()
    window.actions["toggle_objects"].trigger()
    assert not window.shape_dock.isVisible()
    QApplication.processEvents()
    width = window.file_dock.width()
    window.close()
    again = show(MainWindow(Config({"theme": "light"}), settings=settings))
    assert (again.width(), again.height()) == (1000, 700)
    assert again.label_dock.folded
    assert not again.shape_dock.isVisible()
    assert not again.actions["toggle_objects"].isChecked()
    assert again.file_dock.width() == width
    again.actions["reset_views"].trigger()
    assert again.shape_dock.isVisible()
    assert not again.label_dock.folded


def test_a_panel_that_goes_with_the_keyboard_says_so(window: MainWindow, wait_for: Callable[..., None]) -> None:
    lost: list[bool] = []
    window.column.focus_lost.connect(lambda: lost.append(True))
    window.actions["toggle_labels"].trigger()
    assert lost == []
    window.file_dock.search.setFocus()
    wait_for(window.file_dock.search.hasFocus)
    window.actions["toggle_files"].trigger()
    assert lost == [True]


def test_all_sections_folded_or_hidden_leave_no_hole(window: MainWindow, qapp: QApplication) -> None:
    docks = (window.shape_dock, window.label_dock, window.column.image_dock, window.file_dock)
    for dock in docks:
        QTest.keyClick(dock.header, Qt.Key.Key_Space)
    qapp.processEvents()
    tops = [dock.mapTo(window, QPoint(0, 0)).y() for dock in docks]
    assert all(below - above <= 32 for above, below in itertools.pairwise(tops))
    for name in ("objects", "labels", "image", "files"):
        window.actions[f"toggle_{name}"].trigger()
    assert not window.column.isVisible()


def test_the_guard_can_keep_the_window_open(window: MainWindow) -> None:
    window.set_close_guard(lambda: False)
    assert not window.close()
    assert window.isVisible()
    window.set_close_guard(lambda: True)
    assert window.close()


def test_garbage_in_the_window_settings_is_ignored(
    settings: QSettings, show: Callable[[MainWindow], MainWindow]
) -> None:
    settings.setValue("main/geometry", "nonsense")
    settings.setValue("main/sections", '{"files": {"height": "tall", "folded": 3}, "labels": 7}')
    settings.setValue("main/split", "[1]")
    settings.setValue("recent/paths", '["/a", 3]')
    window = show(MainWindow(Config({"theme": "light"}), settings=settings))
    assert window.file_dock.isVisible()
    assert window.window_state.recent_paths == ["/a"]


def test_recent_paths(window: MainWindow) -> None:
    chosen: list[str] = []
    window.recent_chosen.connect(chosen.append)
    for number in range(12):
        window.add_recent(f"/data/{number}")
    window.add_recent("/data/5")
    assert window.window_state.recent_paths[:2] == ["/data/5", "/data/11"]
    assert len(window.window_state.recent_paths) == 10
    window._menus["recent"].actions()[1].trigger()
    assert chosen == ["/data/11"]
    window._menus["recent"].actions()[-1].trigger()
    assert window.window_state.recent_paths == []
    assert not window._menus["recent"].isEnabled()


def test_dropped_folders_are_told(window: MainWindow) -> None:
    dropped: list[list[str]] = []
    window.paths_dropped.connect(dropped.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/data/street"), QUrl("https://example.org/x.jpg")])
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )  # a real drag needs another program
    window.dropEvent(event)
    assert dropped == [["/data/street"]]


def test_themes_change_everything_at_once(window: MainWindow, qapp: QApplication) -> None:
    told: list[str] = []
    window.theme_chosen.connect(told.append)
    before = window.grab().toImage().pixelColor(window.width() - 20, window.height() - 60)
    icon_before = icon("save").pixmap(24, 24).toImage()
    window.actions["theme_dark"].trigger()
    qapp.processEvents()
    assert told == ["dark"]
    assert colors() is DARK
    after = window.grab().toImage().pixelColor(window.width() - 20, window.height() - 60)
    assert before.lightness() > 200
    assert after.lightness() < 60
    assert icon("save").pixmap(24, 24).toImage() != icon_before
    window.set_theme("light")
    assert colors() is LIGHT
    assert window.actions["theme_light"].isChecked()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_texts_can_be_read_on_their_grounds(theme: object) -> None:
    def luminance(value: str) -> float:
        parts = [int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(front: str, back: str) -> float:
        light, dark = sorted((luminance(getattr(theme, front)), luminance(getattr(theme, back))), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    for ground in ("window", "base", "raised"):
        for front in ("text", "muted", "accent_text", "error", "warning", "success"):
            assert contrast(front, ground) >= 4.5, (front, ground)
    assert contrast("on_accent", "accent") >= 4.5
    assert contrast("text", "selection") >= 4.5


def test_icons_are_crisp_at_twice_the_scale(qapp: QApplication) -> None:
    pixmap = icon_pixmap("rectangle", 20, "text", ratio=2.0)
    assert pixmap.width() == 40
    assert pixmap.devicePixelRatio() == 2.0
    image = pixmap.toImage()
    opaque = [image.pixelColor(x, y).alpha() for x in range(40) for y in range(40)]
    assert max(opaque) == 255
    assert min(opaque) == 0


def test_no_more_than_three_notices_and_none_takes_the_focus(window: MainWindow, qapp: QApplication) -> None:
    window.file_dock.search.setFocus()
    for number in range(5):
        window.notifications.show(f"Image {number} could not be read.", details="trace", hint="Copy it again.")
    window.notifications.show("Image 4 could not be read.", details="trace 2")
    qapp.processEvents()
    assert [card.text for card in window.notifications.cards] == [
        f"Image {number} could not be read." for number in (2, 3, 4)
    ]
    assert window.file_dock.search.hasFocus()
    stage = window.notifications.cards[0].parentWidget()
    rects = [card.geometry() for card in window.notifications.cards]
    assert all(stage.rect().contains(rect) for rect in rects)
    assert not any(first.intersects(second) for first, second in zip(rects, rects[1:], strict=False))
    QTest.mouseClick(window.notifications.cards[0].close_button, LEFT)
    assert len(window.notifications.cards) == 2


def test_a_notice_stays_in_sight_when_the_first_picture_comes(window: MainWindow, qapp: QApplication) -> None:
    stage = window.findChild(QStackedWidget, "stage")
    stage.setCurrentIndex(1)
    card = window.notifications.show("A setting is not known.", level="warning")
    stage.setCurrentIndex(0)
    qapp.processEvents()
    seen = stage.childAt(card.geometry().center())
    assert seen is card or card.isAncestorOf(seen)


def test_a_notice_shows_details_copies_them_and_runs_its_action(window: MainWindow, qapp: QApplication) -> None:
    done: list[bool] = []
    card = window.notifications.show(
        "Saving failed.", details="disk full", actions=[("Save Elsewhere…", lambda: done.append(True))]
    )
    qapp.processEvents()
    height = card.height()
    QTest.mouseClick(card.details_button, LEFT)
    qapp.processEvents()
    assert card.details_view.isVisible()
    assert card.height() > height
    QTest.mouseClick(card.copy_button, LEFT)
    clipboard = qapp.clipboard()
    assert clipboard is not None
    assert clipboard.text() == "Saving failed.\ndisk full"
    card.findChild(type(card.copy_button)).click()
    assert done == [True]
    assert window.notifications.cards == []


def test_a_passing_notice_goes_by_itself(window: MainWindow, wait_for: Callable[..., None]) -> None:
    window.notifications.show("Saved.", level="info", timeout_ms=20)
    wait_for(lambda: not window.notifications.cards)


def test_a_warning_that_asks_something_waits_for_the_answer(window: MainWindow) -> None:
    passing = window.notifications.show("It was too large.", level="warning")
    asking = window.notifications.show("Is it trusted?", level="warning", actions=[("Trust", lambda: None)])
    assert passing._timer.isActive()
    assert not asking._timer.isActive()


def test_the_status_bar_shows_work_and_cancels_it(window: MainWindow) -> None:
    cancelled: list[bool] = []
    window.status.work_cancel_requested.connect(lambda: cancelled.append(True))
    window.status.set_zoom(0.75)
    window.status.set_cursor(402.4, 311.0)
    assert (window.status.zoom.text(), window.status.cursor_text.text()) == ("75%", "x 402 y 311")
    window.status.set_cursor(None)
    assert window.status.cursor_text.text() == ""
    window.status.set_work(Progress(6120, 9871, 0, 118, 32), "Labelling")
    assert window.status.work.isVisible()
    assert window.status.work.label.text() == "Labelling · 6,120 / 9,871 · 118/s · 0:32 left"
    QTest.mouseClick(window.status.work.cancel_button, LEFT)
    assert cancelled == [True]
    window.status.set_work(None, "")
    assert not window.status.work.isVisible()


def test_labels_hidden_in_the_list_are_hidden_on_the_canvas(window: MainWindow) -> None:
    hidden: list[frozenset[int]] = []
    window.shape_dock.hidden_changed.connect(hidden.append)
    window.label_dock.label_visibility_changed.emit("person", False)
    assert window.shape_dock.model._hidden_labels == {"person"}


def test_shortcuts_and_about(window: MainWindow, show: Callable[[object], object], qapp: QApplication) -> None:
    dialog = ShortcutsDialog(window, window.actions)
    dialog.open()
    QTest.keyClicks(dialog.search, "redo")
    shown = [
        group.child(row).text(0)
        for group in (dialog.tree.topLevelItem(number) for number in range(dialog.tree.topLevelItemCount()))
        for row in range(group.childCount())
        if not group.child(row).isHidden()
    ]
    assert shown == ["Redo"]
    chosen: list[dict[str, list[str]]] = []
    dialog.keys_chosen.connect(chosen.append)
    item = dialog._items["redo"]
    dialog.tree.setCurrentItem(item)
    dialog.editor.field.setFocus()
    QTest.keyClick(dialog.editor.field, Qt.Key.Key_F10)
    assert dialog.editor.assign.text() == "Assign"
    QTest.mouseClick(dialog.editor.assign, LEFT)
    assert chosen.pop() == {"redo": ["F10"]}
    dialog.editor.field.clear()
    QTest.keyClick(dialog.editor.field, Qt.Key.Key_P)  # one of the two keys of another action
    assert "Polygon" in dialog.editor.warning.text()
    QTest.mouseClick(dialog.editor.assign, LEFT)
    assert chosen.pop() == {"redo": ["P"], "create_polygon": ["Ctrl+N"]}
    dialog.close()
    about = AboutDialog(window)
    about.open()
    QTest.keyClick(about, Qt.Key.Key_Escape)
    assert not about.isVisible()


def test_nothing_is_cut_in_a_small_window(window: MainWindow, model: ModelInfo, qapp: QApplication) -> None:
    window.resize(1280, 720)
    window.auto_labeling.set_model(model)
    window.show_panel("auto_labeling")
    window.set_current("/d/" + "a" * 60 + ".jpg", 0, 412, 9871)
    qapp.processEvents()
    assert window.width() == 1280
    assert window.height() == 720
    for dock in (window.auto_labeling, window.shape_dock, window.label_dock, window.file_dock):
        rect = dock.rect().translated(dock.mapTo(window, QPoint(0, 0)))
        assert window.rect().contains(rect)
    assert window.auto_labeling.height() >= window.auto_labeling.fitted_height()
    assert window.auto_labeling.run_button.visibleRegion().boundingRect() == window.auto_labeling.run_button.rect()


def test_sections_scroll_where_the_window_is_too_low_for_them(
    window: MainWindow, model: ModelInfo, wait_for: Callable[..., None]
) -> None:
    window.resize(880, 560)
    window.auto_labeling.set_model(model)
    window.auto_labeling.only_some.setChecked(True)
    window.show_panel("auto_labeling")
    panel, column = window.auto_labeling, window.column
    sections = [section for section in column.sections.values() if section.isVisible()]
    assert len(sections) == 5

    def stand_apart() -> bool:
        places = [(section.mapTo(column, QPoint(0, 0)).y(), section.height()) for section in sections]
        return all(top + height <= below for (top, height), (below, _) in itertools.pairwise(places))

    wait_for(lambda: stand_apart() and panel.height() >= panel.fitted_height())


def test_the_title_names_the_image_and_its_place_where_there_is_one(window: MainWindow) -> None:
    window.set_current("/d/a.jpg", 0, 16, None)
    assert window.windowTitle() == "a.jpg – 1 / 16 – AnyLabeling"
    window.set_current(None, -1, 16, None)
    assert window.windowTitle() == "AnyLabeling"
    window.set_current("/d/a.jpg", -1, 3, 16)
    assert window.windowTitle() == "a.jpg – AnyLabeling"
    assert window.status.place.text() == "– / 3 (filtered from 16)"


def test_the_column_is_never_a_window_of_its_own(qapp: QApplication) -> None:
    column = SideColumn(Config())
    seen = column.isVisible()
    hidden = [name for name in column.names() if not column.is_shown(name)]
    column.deleteLater()
    assert not seen
    assert hidden == ["auto_labeling", "text"]


def test_the_first_button_of_a_notice_begins_below_its_sentence(window: MainWindow, qapp: QApplication) -> None:
    for actions in ((("Try Again", lambda: None), ("Give Up", lambda: None)), ()):
        card = window.notifications.show("It failed.", details="why", actions=actions)
        qapp.processEvents()
        buttons = [button for button in card.findChildren(QPushButton) if button.isVisible()]
        first = min(buttons, key=lambda button: button.mapTo(card, QPoint(0, 0)).x())
        option = QStyleOptionButton()
        first.initStyleOption(option)
        inner = first.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, first)
        text_left = first.mapTo(card, inner.center()).x() - first.fontMetrics().horizontalAdvance(first.text()) / 2
        assert abs(text_left - card.sentence.mapTo(card, QPoint(0, 0)).x()) <= 2
        window.notifications.clear()


def test_every_entry_of_the_menus_has_a_letter(window: MainWindow) -> None:
    # All letters of "Points" belong to others in the Edit menu; its submenu opens by the arrow keys.
    menus = [menu for name, menu in window._menus.items() if name != "recent"]
    without = [text for menu in menus for text in all_texts(menu) if text and "&" not in text.replace("&&", "")]
    assert set(without) <= {"Points"}
