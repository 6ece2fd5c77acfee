"""Images are ticked as checked in the file list: by mouse and keys, open or not, saved, undone, and never lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from label_desk import Desk, read, shape, write_labels
from mouse import move_mouse
from qtpy.QtCore import QEvent, QPoint, Qt
from qtpy.QtGui import QHelpEvent
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QToolTip

from anylabeling.views.models.image_list_model import FileState

Open = Callable[..., Desk]
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def tick(desk: Desk, number: int) -> None:
    """Click at the mark of an image in the file list."""
    view = desk.window.file_dock.view
    row = desk.window.file_dock.model.row_of(str(desk.image(number)))
    assert row is not None
    place = view.rows.mark_rect(view.visualRect(desk.window.file_dock.model.index(row))).center()
    QTest.mouseClick(view.viewport(), LEFT, NONE, place)


def state(desk: Desk, number: int) -> FileState:
    return desk.window.file_dock.model.state(str(desk.image(number)))


def test_a_click_ticks_any_image_and_changes_nothing_else_in_its_label_file(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "03.jpg", shape("car", 10, 10), note={"theirs": [1]}, imageWidth=640, imageHeight=480)
    before = read(folder / "03.jpg")
    desk = open_desk()
    tick(desk, 3)
    tick(desk, 5)
    tick(desk, 0)
    assert [state(desk, number) for number in (3, 5, 0)] == [FileState.CHECKED] * 3  # before anything is read
    desk.wait_for(lambda: not desk.work.marking.busy())
    desk.saved()
    assert desk.program.navigation.current == str(desk.image(0))
    after = read(folder / "03.jpg")
    assert after.pop("checked") is True
    assert before.pop("checked") is False
    assert [(one["label"], one["points"], one["theirs"]) for one in after["shapes"]] == [
        ("car", [[10, 10], [40, 30]], {"n": 12345678901234567890})
    ]
    as_usual = ("version", "shapes")
    assert all(after[key] == value for key, value in before.items() if key not in as_usual)
    alone = read(folder / "05.jpg")
    assert (alone["checked"], alone["shapes"], alone["imageWidth"], alone["imageHeight"]) == (True, [], 160, 120)
    assert read(folder / "00.jpg")["checked"] is True
    assert [state(desk, number) for number in (3, 5, 0)] == [FileState.CHECKED] * 3


def test_a_tick_is_taken_back_by_another_click_and_undone_on_its_image(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "02.jpg", shape("car", 10, 10))
    desk = open_desk()
    for _ in range(3):  # while its label file is being read, the last click counts
        tick(desk, 2)
    desk.wait_for(lambda: not desk.work.marking.busy())
    desk.saved()
    assert read(folder / "02.jpg")["checked"] is True
    tick(desk, 2)
    desk.saved()
    assert not read(folder / "02.jpg").get("checked")
    assert state(desk, 2) is FileState.LABELLED
    desk.program.navigation.go_to(str(desk.image(2)))
    desk.wait_image(2)
    assert desk.window.actions["undo"].text() == "&Undo mark image as not checked"
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.saved()
    assert read(folder / "02.jpg")["checked"] is True
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.saved()
    assert not read(folder / "02.jpg").get("checked")
    assert not desk.window.actions["undo"].isEnabled()
    assert desk.labels() == ["car"]


def test_the_space_bar_ticks_where_the_cursor_is_without_opening(open_desk: Open) -> None:
    desk = open_desk()
    view = desk.window.file_dock.view
    view.setFocus()
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Down, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_Up, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert desk.program.navigation.current == str(desk.image(0))
    assert [row.row() for row in view.selectionModel().selectedRows()] == [0]
    desk.wait_for(lambda: not desk.work.marking.busy())
    desk.saved()
    assert read(desk.image(3))["checked"] is True
    assert not desk.image(4).with_suffix(".json").exists()
    QTest.keyClick(view, Qt.Key.Key_Return)
    desk.wait_image(3)
    assert desk.window.actions["toggle_checked"].isChecked()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert not desk.window.actions["toggle_checked"].isChecked()
    desk.key(Qt.Key.Key_N)  # the next image that is not checked is the next one again
    desk.wait_image(4)


def test_what_cannot_be_marked_is_said_and_stays_as_it_is(open_desk: Open, folder: Path) -> None:
    (folder / "04.json").write_bytes(b'{"shapes": [')
    (folder / "06.jpg").write_bytes(b"no picture")
    desk = open_desk()
    desk.wait_for(lambda: state(desk, 4) is FileState.FAILED)
    tick(desk, 4)
    tick(desk, 6)
    desk.wait_for(lambda: not desk.work.marking.busy())
    assert desk.notices()[-2:] == ["04.jpg was not marked.", "06.jpg was not marked."]
    assert (state(desk, 4), state(desk, 6)) == (FileState.FAILED, FileState.NONE)
    assert (folder / "04.json").read_bytes() == b'{"shapes": ['
    assert not (folder / "06.json").exists()


def test_a_change_of_the_whole_folder_and_a_tick_both_count(open_desk: Open, folder: Path) -> None:
    from anylabeling.messages.labels import LabelChange

    for number in range(12):
        write_labels(folder / f"{number:02}.jpg", shape("car", 10, 10))
    desk = open_desk()
    images = [str(desk.image(number)) for number in range(12)]
    desk.work.folder.start(LabelChange(renames={"car": "bus"}), str(folder), images, desk.program.label_files.store)
    for number in range(6, 12):
        tick(desk, number)
    desk.wait_for(lambda: not desk.work.marking.busy())
    desk.folder_is_quiet()
    found = [read(desk.image(number)) for number in range(12)]
    assert [one["shapes"][0]["label"] for one in found] == ["bus"] * 12
    assert [one.get("checked", False) for one in found] == [False] * 6 + [True] * 6


def test_closing_waits_for_a_tick(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    tick(desk, 7)
    assert desk.work.marking.busy()
    desk.window.close()
    assert desk.window.isVisible()
    desk.wait_for(lambda: not desk.window.isVisible())
    assert json.loads((folder / "07.json").read_text())["checked"] is True


def test_without_saving_a_tick_is_kept_in_the_journal(open_desk: Open, home_dir: Path) -> None:
    desk = open_desk(auto_save=False)
    tick(desk, 8)
    desk.wait_for(lambda: not desk.work.marking.busy())
    desk.wait_for(lambda: [*home_dir.rglob("*.labels")])
    (kept,) = home_dir.rglob("*.labels")
    facts, labels = kept.read_bytes().split(b"\n", 1)
    assert json.loads(facts)["image"] == str(desk.image(8))
    assert json.loads(labels)["checked"] is True
    assert not desk.image(8).with_suffix(".json").exists()
    assert state(desk, 8) is FileState.CHECKED


def test_marks_say_what_a_click_does_and_may_be_for_looking_only(open_desk: Open) -> None:
    desk = open_desk()
    view = desk.window.file_dock.view
    place = QPoint(10, view.visualRect(desk.window.file_dock.model.index(2)).center().y())
    move_mouse(view.viewport(), place)
    help_event = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), help_event)
    assert QToolTip.text() == "No labels. A click marks the image as checked (Space)."
    QToolTip.hideText()
    desk.program.settings.set("file_list_checkbox_editable", False)
    tick(desk, 2)
    desk.wait_image(2)  # now it is a part of the row like any other
    assert state(desk, 2) is FileState.NONE
