"""Classes of images by keys, in the dialog and on the picture, taken back, and in the label files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from label_desk import Desk, read, shape, write_labels
from qtpy.QtCore import QEvent, Qt
from qtpy.QtGui import QKeyEvent
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.views.dialogs.classify import ClassifyDialog

Open = Callable[..., Desk]
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
FLAGS = ["cat", "dog", "neither"]


def open_classes(desk: Desk) -> ClassifyDialog:
    desk.window.actions["classify_images"].trigger()
    dialog: ClassifyDialog = desk.dialog("ClassifyDialog")
    desk.wait_for(lambda: QApplication.activeWindow() is dialog)
    return dialog


def ticked(dialog: ClassifyDialog) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    rows = [dialog.model.index(row) for row in range(dialog.model.rowCount())]
    return [str(row.data()) for row in rows if str(row.data(role)).endswith("chosen")]


def flags_of(desk: Desk, number: int) -> dict[str, Any]:
    desk.saved()
    path = desk.image(number)
    return dict(read(path)["flags"]) if path.with_suffix(".json").exists() else {}


def test_a_key_gives_the_class_and_the_next_image_comes(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "01.jpg", shape("car", 10, 10), flags={"dog": True, "blurred": True})
    desk = open_desk(flags=FLAGS)
    dialog = open_classes(desk)
    assert not dialog.isModal()
    assert desk.canvas.isVisible()
    assert dialog.progress_text.text() == "1 of 12 classified"
    assert dialog.place_text.text() == "00.jpg · 1 of 12"
    QTest.keyClick(dialog.view, Qt.Key.Key_1)
    desk.wait_image(1)
    assert dialog.progress_text.text() == "2 of 12 classified"
    assert ticked(dialog) == ["dog"]
    QTest.keyClick(dialog.view, Qt.Key.Key_1)  # another class instead; flags that are none of the classes stay
    desk.wait_image(2)
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    desk.wait_image(3)
    QTest.keyClick(dialog.view, Qt.Key.Key_3)
    desk.wait_image(4)
    assert dialog.progress_text.text() == "3 of 12 classified"
    QTest.keyClick(dialog.view, Qt.Key.Key_9)  # no class
    assert desk.program.navigation.index() == 4
    assert flags_of(desk, 0) == {"cat": True}
    assert flags_of(desk, 1) == {"cat": True, "dog": False, "blurred": True}
    assert [one["label"] for one in read(desk.image(1))["shapes"]] == ["car"]
    assert flags_of(desk, 2) == {}
    assert flags_of(desk, 3) == {"neither": True}
    QTest.keyClick(dialog.view, Qt.Key.Key_Backspace)
    desk.wait_image(3)
    QTest.keyClick(dialog.view, Qt.Key.Key_Z, CONTROL)
    desk.wait_image(1)
    assert ticked(dialog) == ["dog"]
    assert dialog.progress_text.text() == "2 of 12 classified"
    assert flags_of(desk, 1) == {"dog": True, "blurred": True}
    assert not flags_of(desk, 3).get("neither")
    assert desk.window.actions["redo"].text().lower().endswith("classify as cat")


def test_the_keys_work_on_the_picture_and_end_with_the_dialog(open_desk: Open) -> None:
    desk = open_desk(flags=FLAGS, labels=["car", "bus"])
    dialog = open_classes(desk)
    desk.key(Qt.Key.Key_2)
    desk.wait_image(1)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_2, NONE, "2", True)
    QApplication.sendEvent(desk.canvas, held)
    assert desk.program.navigation.index() == 1
    desk.key(Qt.Key.Key_R)  # keys that are none of the classes do what they always do
    assert desk.canvas.tool() == "rectangle"
    desk.drag(10, 10, 60, 60)
    label_dialog = desk.dialog("LabelDialog")
    desk.type_into(label_dialog.line, "box")
    QTest.keyClick(label_dialog.line, Qt.Key.Key_Return)
    QTest.keyClick(dialog.view, Qt.Key.Key_1)
    desk.wait_image(2)
    QTest.keyClick(dialog.view, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    desk.key(Qt.Key.Key_1)
    assert desk.work.keys._labels.armed == "car"
    assert desk.program.navigation.index() == 2
    assert flags_of(desk, 0) == {"dog": True}
    assert flags_of(desk, 1) == {"cat": True}
    assert len(read(desk.image(1))["shapes"]) == 1


def test_what_was_done_since_stays_when_a_class_is_taken_back(open_desk: Open) -> None:
    desk = open_desk(flags=FLAGS)
    dialog = open_classes(desk)
    QTest.keyClick(dialog.view, Qt.Key.Key_1)
    desk.wait_image(1)
    desk.program.navigation.step(-1)
    desk.wait_image(0)
    desk.work.tags.set_tags(["later"])
    QTest.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert flags_of(desk, 0) == {"cat": False}
    assert read(desk.image(0))["tags"] == ["later"]
    assert not dialog.back_button.isEnabled()


def test_several_classes_and_passing_over_those_that_are_done(open_desk: Open, folder: Path) -> None:
    for number in (1, 2, 4, 11):
        write_labels(folder / f"{number:02}.jpg", flags={"cat": True})
    desk = open_desk(flags=FLAGS)
    dialog = open_classes(desk)
    dialog.several.click()
    QTest.keyClick(dialog.view, Qt.Key.Key_1)
    QTest.keyClick(dialog.view, Qt.Key.Key_3)
    QTest.keyClick(dialog.view, Qt.Key.Key_1)
    QTest.keyClick(dialog.view, Qt.Key.Key_2)
    assert desk.program.navigation.index() == 0
    assert ticked(dialog) == ["dog", "neither"]
    dialog.several.click()
    dialog.skips.click()
    QTest.keyClick(dialog.view, Qt.Key.Key_Right)
    desk.wait_image(3)
    QTest.keyClick(dialog.view, Qt.Key.Key_1)
    desk.wait_image(5)
    assert dialog.progress_text.text() == "6 of 12 classified"
    for number in (5, 6, 7, 8, 9):
        desk.wait_image(number)
        QTest.keyClick(dialog.view, Qt.Key.Key_2)
    desk.wait_image(10)
    QTest.keyClick(dialog.view, Qt.Key.Key_2)
    assert dialog.progress_text.text() == "12 of 12 classified"
    assert dialog.note.text() == "All other images in the list have a class."
    assert flags_of(desk, 0) == {"cat": False, "dog": True, "neither": True}


def test_classes_are_typed_and_remembered_for_the_folder(open_desk: Open) -> None:
    desk = open_desk()
    dialog = open_classes(desk)
    assert QApplication.focusWidget() is dialog.line
    names = ["day", *(f"class {number}" for number in range(10)), "&night and a very long name " * 3, "day"]
    for name in names:
        QTest.keyClicks(dialog.line, name)
        QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.view
    assert dialog.model.rowCount() == 12
    assert dialog.model.key(11) == "B"
    QTest.keyClick(dialog.view, Qt.Key.Key_B)
    desk.wait_image(1)
    assert flags_of(desk, 0) == {names[11].strip(): True}
    dialog.view.setCurrentIndex(dialog.model.index(3))
    QTest.keyClick(dialog.view, Qt.Key.Key_Delete)
    dialog.close()
    desk.window.actions["classify_images"].trigger()
    again = desk.dialog("ClassifyDialog")
    shown = [again.model.name(row) for row in range(again.model.rowCount())]
    assert shown == [names[11].strip(), *(name for name in names[:11] if name != names[3])]


def test_a_key_counts_for_an_image_that_is_seen_and_no_other(open_desk: Open, folder: Path) -> None:
    desk = open_desk(flags=FLAGS)
    dialog = open_classes(desk)
    for _ in range(4):  # faster than the images come
        QTest.keyClick(dialog.view, Qt.Key.Key_1)
    desk.wait_image(desk.program.navigation.index())
    last = desk.program.navigation.index()
    assert last >= 1
    assert all(flags_of(desk, number) == {"cat": True} for number in range(last))
    assert all(flags_of(desk, number) == {} for number in range(last, 12))
    desk.program.navigation.go_to_index(11)
    desk.wait_image(11)
    QTest.keyClick(dialog.view, Qt.Key.Key_2)
    assert dialog.note.text() == "This is the last image."
    assert flags_of(desk, 11) == {"dog": True}
