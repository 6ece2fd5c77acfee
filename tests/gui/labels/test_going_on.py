"""Searching, stepping with shapes, coming back to a picture, and going on where one left: in the whole program."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from label_desk import Desk, labels_of, shape, write_labels
from qtpy.QtCore import QPointF, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QPushButton

from anylabeling.bootstrap import Program, StartOptions
from anylabeling.config import Config
from anylabeling.views.canvas.tone import Tone

Open = Callable[..., Desk]
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def names(desk: Desk) -> list[str]:
    return [Path(path).stem for path in desk.window.file_dock.visible_paths()]


def test_conditions_narrow_the_list_and_steps_follow_them(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "02.jpg", shape("car", 10, 10))
    write_labels(folder / "05.jpg", shape("car", 10, 10), shape("bus", 60, 60), checked=True)
    write_labels(folder / "07.jpg", shape("bus", 10, 10, difficult=True))
    desk = open_desk()
    files = desk.window.file_dock
    desk.type_into(files.search, "label::bus")
    desk.wait_for(lambda: names(desk) == ["05", "07"], 20.0)
    assert files.count_text() == "2 / 12"
    desk.type_into(files.search, "label::bus !checked::1 difficult::1")
    desk.wait_for(lambda: names(desk) == ["07"], 20.0)
    desk.type_into(files.search, "shape::0")
    desk.wait_for(lambda: len(names(desk)) == 9, 20.0)
    desk.window.canvas.setFocus()
    for expected in (1, 3, 4):
        desk.key(Qt.Key.Key_D)
        desk.wait_image(expected)
    desk.type_into(files.search, "shape::some")
    desk.wait_for(files.problem.isVisible)
    assert files.problem.text() == "shape:: is a number, >2, <5, or [2,5]."
    desk.type_into(files.search, "#8")
    desk.wait_for(lambda: names(desk) == ["07"], 20.0)
    assert not files.problem.isVisible()
    QTest.keyClick(files.search, Qt.Key.Key_Return)
    desk.wait_image(7)
    QTest.keyClick(files.search, Qt.Key.Key_Escape)
    assert len(names(desk)) == 12


def test_the_menu_of_conditions_types_them(open_desk: Open) -> None:
    desk = open_desk()
    search = desk.window.file_dock.search
    search.setFocus()
    QTest.keyClick(search, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Return) if menu.activeAction() else QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert search.text() == "shape::0"
    desk.wait_for(lambda: len(names(desk)) == 12)


def test_ctrl_and_shift_take_the_shapes_along_once(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 10, 10))
    write_labels(folder / "02.jpg", shape("bus", 10, 10))
    desk = open_desk()
    desk.wait_for(lambda: desk.labels() == ["car"])
    desk.window.actions["next_image_keep"].trigger()
    desk.wait_image(1)
    assert desk.labels() == ["car"]
    assert desk.window.actions["undo"].text() == "&Undo keep shapes of previous image"
    desk.window.actions["next_image_keep"].trigger()
    desk.wait_image(2)
    assert desk.labels() == ["bus"]  # it has labels of its own
    desk.key(Qt.Key.Key_D)
    desk.wait_image(3)
    assert desk.labels() == []
    desk.saved()
    assert labels_of(desk.image(1)) == ["car"]
    assert not desk.image(3).with_suffix(".json").exists()


def test_a_picture_is_found_again_as_it_was_looked_at(open_desk: Open) -> None:
    desk = open_desk()
    canvas = desk.canvas
    fitted = canvas.zoom()
    canvas.set_zoom(5.0, QPointF(40, 30))
    there = canvas.view_state()
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    assert canvas.zoom() == fitted
    canvas.fit_width()
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    assert canvas.view_state() == there
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    assert canvas.view_state().fit.value == "width"
    desk.window.actions["keep_prev_scale"].setChecked(True)
    canvas.set_zoom(3.0)
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    assert canvas.zoom() == 3.0


def test_a_folder_is_opened_where_it_was_left(
    open_desk: Open, folder: Path, qapp: QApplication, wait_for: Callable[..., None]
) -> None:
    desk = open_desk()
    desk.program.navigation.go_to(str(desk.image(4)))
    desk.wait_image(4)
    desk.program.close()
    desk.program.finish()

    def start(path: str | None, **settings: object) -> Program:
        program = Program(Config({"theme": "light", **settings}), StartOptions(path=path))
        program.start()
        return program

    def end(program: Program) -> None:
        program.close()
        program.finish()
        program.window.deleteLater()
        program.deleteLater()
        qapp.processEvents()

    again = start(None)
    button = next(one for one in again.window.findChildren(QPushButton) if one.text() == "Go &On in pictures")
    wait_for(button.isVisible)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for(lambda: again.documents.current is not None, 20.0)
    assert again.navigation.current == str(folder / "04.jpg")
    wait_for(lambda: len(again.navigation.all_paths) == 12)
    assert again.navigation.index() == 4
    assert not again.window.actions["open_last"].isEnabled()
    end(again)
    by_itself = start(None, open_last_folder=True, resume=False)
    wait_for(lambda: by_itself.documents.current is not None, 20.0)
    assert by_itself.navigation.current == str(folder / "00.jpg")
    end(by_itself)


def test_what_stands_at_the_objects_is_kept(open_desk: Open, folder: Path) -> None:
    write_labels(
        folder / "00.jpg",
        shape("car", 10, 10, attributes={"colour": "red", "parked": True}, flags={"wet": True}, score=0.5),
        {
            "label": "sign",
            "shape_type": "rotation",
            "points": [[20, 60], [60, 60], [60, 90], [20, 90]],
            "direction": 0.5,
        },
    )
    desk = open_desk()
    desk.wait_for(lambda: len(desk.labels()) == 2)
    renderer, items = desk.canvas.renderer, [desk.canvas.scene.at(row) for row in range(2)]
    assert renderer.plate_text(items[0]) == "car 0.50"
    for name in ("show_attributes", "show_degrees"):
        desk.window.actions[name].setChecked(True)
    desk.window.actions["show_scores"].setChecked(False)
    assert renderer.plate_text(items[0]) == "car colour: red, parked, wet"
    assert renderer.plate_text(items[1]) == "sign 29°"
    config = desk.program.settings.config
    assert (config["show_attributes"], config["show_degrees"], config["show_scores"]) == (True, True, False)
    desk.program.settings.set("show_degrees", False)
    assert not desk.window.actions["show_degrees"].isChecked()


def test_a_folder_with_a_long_name_is_offered_in_a_few_letters(
    open_desk: Open, folder: Path, qapp: QApplication, wait_for: Callable[..., None]
) -> None:
    long = folder.parent / ("photos of the " * 10 + "end")
    long.mkdir()
    shutil.copy(folder / "00.jpg", long)
    desk = open_desk()
    desk.program.navigation.open(str(long))
    wait_for(lambda: getattr(desk.program.documents.current, "path", "") == str(long / "00.jpg"))
    desk.program.close()
    desk.program.finish()
    again = Program(Config({"theme": "light"}), StartOptions(path=None))
    action = again.window.actions["open_last"]
    assert action.text().startswith("Go &On in photos of")
    assert action.text().endswith("of the end")
    assert len(action.text()) < 45
    assert action.toolTip() == str(long)
    again.finish()
    again.window.deleteLater()
    again.deleteLater()
    qapp.processEvents()


def test_each_picture_keeps_its_own_brightness_and_starts_without_one(open_desk: Open) -> None:
    desk = open_desk()
    desk.window.actions["look"].trigger()
    dialog = desk.dialog("LookDialog")
    dialog.brightness.setValue(40)
    dialog.gamma.setValue(20)
    left = dialog.tone()
    desk.program.navigation.go_to_index(1)
    desk.wait_image(1)
    assert dialog.tone() == Tone()
    dialog.contrast.setValue(-30)
    desk.program.navigation.go_to_index(0)
    desk.wait_image(0)
    assert dialog.tone() == left
    dialog.reset()
    desk.program.navigation.go_to_index(1)
    desk.wait_image(1)
    assert dialog.tone() == Tone(contrast=-0.3)
    desk.program.navigation.go_to_index(0)
    desk.wait_image(0)
    assert dialog.tone() == Tone()
    desk.program.settings.set("keep_prev_contrast", True)
    dialog.contrast.setValue(20)
    desk.program.navigation.go_to_index(1)
    desk.wait_image(1)
    assert dialog.tone() == Tone(contrast=0.2)
    dialog.close()
