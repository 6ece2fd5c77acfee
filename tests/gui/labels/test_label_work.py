"""Digit keys, attributes, texts, links, flags and review marks: with keys and mouse, and in the label files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from label_desk import Desk, labels_of, read, shape, write_labels
from mouse import move_mouse
from qtpy.QtCore import QPoint, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QCheckBox, QComboBox, QLineEdit

from anylabeling.views.models.image_list_model import FileState

Open = Callable[..., Desk]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
NAMES = ["car", "bus", "dog"]


def test_digits_label_what_is_selected_and_what_is_drawn_next(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 10, 10), shape("car", 60, 60))
    desk = open_desk(labels=NAMES)
    desk.click(75, 70)
    desk.key(Qt.Key.Key_2)
    assert desk.labels() == ["car", "bus"]
    assert desk.window.actions["undo"].text() == "&Undo label as bus"
    desk.key(Qt.Key.Key_9)
    assert desk.notices()[-1] == "The key 9 stands for no label."
    desk.canvas.set_selection(())
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_R)
    desk.drag(100, 10, 140, 40)
    assert desk.labels() == ["car", "bus", "dog"]
    desk.canvas.set_selection(())
    desk.key(Qt.Key.Key_3)
    desk.drag(10, 80, 40, 110)
    assert len(desk.labels()) == 3
    dialog = desk.dialog("LabelDialog")
    QTest.keyClick(dialog.line, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desk.labels() == ["car", "bus", "dog", "car"]
    rows = [desk.window.label_dock.model.name(row) for row in range(3)]
    assert rows == ["bus", "car", "dog"]
    desk.saved()
    assert labels_of(desk.image(0)) == ["car", "bus", "dog", "car"]


def test_digits_of_the_settings_may_choose_a_tool(open_desk: Open) -> None:
    desk = open_desk(digit_shortcuts={0: {"mode": "rectangle", "label": "sign"}, "7": "tree"})
    desk.key(Qt.Key.Key_0)
    assert desk.canvas.tool() == "rectangle"
    desk.drag(10, 10, 50, 40)
    desk.key(Qt.Key.Key_V)
    desk.canvas.set_selection(())
    desk.click(30, 25)
    desk.key(Qt.Key.Key_7)
    assert desk.labels() == ["tree"]


def test_attributes_by_schema_come_back_as_they_were(open_desk: Open, folder: Path) -> None:
    theirs = {"colour": "pink", "made by": "somebody", "age": "7"}
    write_labels(folder / "00.jpg", shape("person", 10, 10, attributes=theirs, score=0.87654321))
    (folder / "attributes.json").write_text(
        json.dumps({"person": {"pose": ["standing", "sitting"]}, "__widget_types__": {"person": {"pose": "combobox"}}})
    )
    schema = {"p.*": {"age": {"type": "number", "min": 0, "max": 120}, "helmet": "check", "colour": ["red", "blue"]}}
    desk = open_desk(attributes=schema)
    desk.wait_for(lambda: len(desk.work.attributes.for_label("person")) == 4)
    desk.click(20, 20)
    desk.key(Qt.Key.Key_E, CONTROL)
    dialog = desk.dialog("LabelDialog")
    fields = dialog.attributes.fields
    assert list(fields) == ["pose", "age", "helmet", "colour"]
    pose, age, helmet, colour = fields["pose"], fields["age"], fields["helmet"], fields["colour"]
    assert isinstance(pose, QComboBox)
    assert isinstance(colour, QComboBox)
    assert isinstance(age, QLineEdit)
    assert isinstance(helmet, QCheckBox)
    assert (colour.currentText(), age.text()) == ("pink", "7")
    pose.setCurrentText("sitting")
    desk.type_into(age, "300")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.problem.text() == "age must be a number from 0 to 120."
    desk.type_into(age, "41")
    helmet.click()
    while helmet.checkState() != Qt.CheckState.Checked:
        helmet.click()
    dialog.difficult_box.click()
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    desk.saved()
    (written,) = read(desk.image(0))["shapes"]
    expected = {"colour": "pink", "made by": "somebody", "age": 41, "pose": "sitting", "helmet": True}
    assert written["attributes"] == expected
    assert written["difficult"] is True
    assert written["score"] == 0.87654321
    assert written["theirs"] == {"n": 12345678901234567890}


def test_a_schema_that_makes_no_sense_is_said_and_the_rest_works(open_desk: Open, folder: Path) -> None:
    (folder / "attributes.yaml").write_text("person:\n  pose: {type: colour}\n")
    desk = open_desk(attributes={"bus": {"doors": "number"}})
    text = "attributes.yaml in pictures: The attribute pose of person: colour is no type; use choice, text, number or"
    desk.wait_for(lambda: any(one.startswith(text) for one in desk.notices()))
    assert [spec.name for spec in desk.work.attributes.for_label("bus")] == ["doors"]


def test_texts_are_typed_from_object_to_object(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("line", 10, 10, text="old"), shape("line", 60, 60), image_text="page 1")
    desk = open_desk()
    dock = desk.window.column.text_dock
    desk.click(20, 20)
    desk.key(Qt.Key.Key_T)
    assert dock.isVisible()
    assert dock.text_line.hasFocus()
    assert dock.text_line.text() == "old"
    QTest.keyClicks(dock.text_line, "first")
    QTest.keyClick(dock.text_line, Qt.Key.Key_Return)
    assert desk.canvas.selection() == (desk.canvas.document.shapes[1].uid,)  # type: ignore[union-attr]
    assert dock.text_line.text() == ""
    QTest.keyClicks(dock.text_line, "second")
    QTest.keyClick(dock.text_line, Qt.Key.Key_Return)
    assert dock.text_line.text() == "first"
    dock.image_text.setFocus()
    dock.image_text.selectAll()
    QTest.keyClicks(dock.image_text, "page 2")
    dock.image_description.setFocus()
    QTest.keyClicks(dock.image_description, "torn")
    # Another image, before anything was handed over by time: what was typed belongs to the first.
    desk.program.navigation.step(1)
    desk.wait_image(1)
    assert dock.image_text.toPlainText() == ""
    desk.saved()
    written = read(desk.image(0))
    assert [one["text"] for one in written["shapes"]] == ["first", "second"]
    assert (written["image_text"], written["description"]) == ("page 2", "torn")
    assert not desk.image(1).with_suffix(".json").exists()


def test_links_are_made_shown_and_kept_in_the_other_programs_form(open_desk: Open, folder: Path) -> None:
    shapes = (shape("key", 10, 10), shape("value", 100, 80, group_id=4, kie_linking=[[4, 9]]), shape("x", 60, 50))
    write_labels(folder / "00.jpg", *shapes)
    desk = open_desk()
    before = desk.canvas.grab().toImage()
    desk.click(115, 90)
    desk.key(Qt.Key.Key_K, CONTROL | SHIFT)
    assert desk.notices()[-1] == "Select two objects to link them."
    desk.canvas.set_selection(())
    desk.click(20, 20)
    desk.click(115, 90, CONTROL)
    desk.key(Qt.Key.Key_K, CONTROL | SHIFT)
    desk.saved()
    key, value, other = read(desk.image(0))["shapes"]
    assert (key["group_id"], value["group_id"], other["group_id"]) == (5, 4, None)
    assert key["kie_linking"] == [[5, 4]]
    assert value["kie_linking"] == [[4, 9], [5, 4]]
    desk.canvas.set_selection(())
    middle = desk.at(52, 41)
    move_mouse(desk.canvas, desk.at(5, 115))
    desk.wait_for(lambda: desk.canvas.grab().toImage().pixelColor(middle) != before.pixelColor(middle))
    desk.window.actions["show_linking"].trigger()
    assert desk.canvas.grab().toImage().pixelColor(middle) == before.pixelColor(middle)
    desk.canvas.set_selection([one.uid for one in desk.canvas.document.shapes[:2]])  # type: ignore[union-attr]
    desk.window.actions["unlink_shapes"].trigger()
    desk.saved()
    assert [one["kie_linking"] for one in read(desk.image(0))["shapes"]] == [[], [[4, 9]], []]
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.saved()
    assert [one["kie_linking"] for one in read(desk.image(0))["shapes"]] == [[[5, 4]], [[4, 9], [5, 4]], []]


def _completions(field: QLineEdit, typed: str) -> list[str]:
    """Type into a field, return what it offers to complete that to, and clear it."""
    field.clear()
    QTest.keyClicks(field, typed)
    model = field.completer().completionModel()
    offered = [model.index(row, 0).data() for row in range(model.rowCount())]
    field.completer().popup().hide()
    field.clear()
    return offered


def test_a_flag_that_was_typed_can_be_ticked_on_the_other_images(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 10, 10), flags={"theirs": True})
    desk = open_desk(flags=["night"])
    dock = desk.window.column.image_dock
    desk.wait_for(lambda: _completions(dock.new_flag, "HEI") == ["theirs"])
    QTest.keyClicks(dock.new_flag, "foggy day")
    QTest.keyClick(dock.new_flag, Qt.Key.Key_Return)
    desk.window.canvas.setFocus()
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    assert [(name, box.isChecked()) for name, box in dock.boxes.items()] == [("night", False), ("foggy day", False)]
    assert _completions(dock.new_flag, "o") == ["foggy day"]
    foggy = dock.boxes["foggy day"]
    desk.wait_for(lambda: foggy.isVisible() and foggy.y() > 0)  # laid out among the others
    QTest.mouseClick(foggy, LEFT, pos=QPoint(8, foggy.height() // 2))
    desk.saved()
    assert read(desk.image(1))["flags"] == {"foggy day": True}


def test_flags_and_the_review_mark(open_desk: Open, folder: Path) -> None:
    for number, checked in ((0, False), (1, True), (2, True), (3, False)):
        flags = {"theirs": True} if number == 0 else {}
        write_labels(folder / f"{number:02}.jpg", shape("car", 10, 10), checked=checked, flags=flags)
    (folder / "05.json").write_bytes(b"{")
    desk = open_desk(flags=["blurred", "night"])
    dock, files = desk.window.column.image_dock, desk.window.file_dock.model
    marks = [
        FileState.LABELLED,
        FileState.CHECKED,
        FileState.CHECKED,
        FileState.LABELLED,
        FileState.NONE,
        FileState.FAILED,
    ]
    desk.wait_for(lambda: [files.state(str(desk.image(number))) for number in range(6)] == marks)
    assert {name: box.isChecked() for name, box in dock.boxes.items()} == {
        "blurred": False, "night": False, "theirs": True,
    }  # fmt: skip
    QTest.mouseClick(dock.boxes["night"], LEFT, pos=dock.boxes["night"].rect().center() / 4)
    desk.key(Qt.Key.Key_Y)
    assert dock.checked_box.isChecked()
    desk.saved()
    assert read(desk.image(0))["flags"] == {"theirs": True, "night": True}
    assert read(desk.image(0))["checked"] is True
    assert files.state(str(desk.image(0))) is FileState.CHECKED
    assert desk.window.actions["undo"].text() == "&Undo mark image as checked"
    for typed in ("  ", " foggy day "):
        QTest.keyClicks(dock.new_flag, typed)
        QTest.keyClick(dock.new_flag, Qt.Key.Key_Return)
    assert [name for name, box in dock.boxes.items() if box.isChecked()] == ["night", "foggy day", "theirs"]
    assert (dock.new_flag.text(), desk.window.actions["undo"].text()) == ("", "&Undo set flag foggy day")
    desk.saved()
    assert read(desk.image(0))["flags"] == {"theirs": True, "night": True, "foggy day": True}
    desk.window.canvas.setFocus()
    desk.key(Qt.Key.Key_N)
    desk.wait_image(3)
    assert not dock.checked_box.isChecked()
    assert list(dock.boxes) == ["blurred", "night", "foggy day"]
    desk.key(Qt.Key.Key_D, SHIFT)
    desk.wait_image(4)
    desk.key(Qt.Key.Key_N, SHIFT)
    desk.wait_image(3)
    desk.key(Qt.Key.Key_Y)
    desk.key(Qt.Key.Key_A)
    desk.wait_image(2)
    desk.key(Qt.Key.Key_N)
    desk.wait_image(4)
    desk.key(Qt.Key.Key_N, SHIFT)
    desk.wait_image(11)
    desk.program.navigation.go_to(str(desk.image(0)))
    desk.wait_image(0)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert list(dock.boxes) == ["blurred", "night", "foggy day", "theirs"]
    assert not dock.boxes["foggy day"].isChecked()
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert not dock.checked_box.isChecked()
    assert not dock.boxes["night"].isChecked()


def test_an_empty_label_file_still_counts_as_unlabelled(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 10, 10))
    write_labels(folder / "01.jpg", shape("car", 10, 10))
    write_labels(folder / "02.jpg")
    desk = open_desk()
    desk.key(Qt.Key.Key_D, SHIFT)
    desk.wait_image(2)
    desk.key(Qt.Key.Key_D, SHIFT)
    desk.wait_image(3)


def test_labels_have_the_same_colours_whichever_is_seen_first(open_desk: Open, folder: Path) -> None:
    many = [f"class {number}" for number in range(30)]
    write_labels(folder / "00.jpg", *(shape(name, 10, 10) for name in many))
    write_labels(folder / "01.jpg", *(shape(name, 10, 10) for name in reversed(many)))
    first = open_desk()
    colours = {name: first.work.color(name) for name in many}
    assert len(set(colours.values())) > 15
    second = open_desk()
    second.program.navigation.go_to(str(second.image(1)))
    assert {name: second.work.color(name) for name in reversed(many)} == colours


def test_a_renamed_label_has_its_colour_in_the_next_session(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("cat", 10, 10))
    first = open_desk()
    cat = first.work.color("cat")
    first.work.colors.take_over("cat", "feline")
    first.work.finish()
    assert open_desk().work.color("feline") == cat


def test_colours_of_the_settings_show_on_the_picture(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 40, 30))
    fixed = {
        "label_colors": {"car": [10, 20, 230]},
        "shape.select_line_color": [250, 10, 20],
        "shape.select_fill_color": [0, 250, 0, 255],
        "shape.vertex_fill_color": [250, 250, 0],
        "shape.point_size": 16,
    }
    desk = open_desk(**fixed)

    def colour(x: float, y: float) -> tuple[int, int, int]:
        picked = desk.canvas.grab().toImage().pixelColor(desk.at(x, y))
        return picked.red(), picked.green(), picked.blue()

    desk.wait_for(lambda: colour(47, 30) == (10, 20, 230))
    desk.canvas.set_selection([desk.canvas.document.shapes[0].uid])  # type: ignore[union-attr]
    desk.wait_for(lambda: colour(47, 30) == (250, 10, 20))
    desk.wait_for(lambda: colour(52, 42) == (0, 250, 0))
    assert colour(40, 30) == (250, 250, 0)
    corner = desk.at(40, 30)
    image = desk.canvas.grab().toImage()
    assert [image.pixelColor(corner.x() - away, corner.y()).green() > 240 for away in (6, 12)] == [True, False]


def test_groups_have_a_frame(open_desk: Open, folder: Path) -> None:
    shapes = (shape("a", 20, 20, group_id=1), shape("a", 100, 80, group_id=1), shape("a", 20, 90, group_id=2))
    write_labels(folder / "00.jpg", *shapes)
    desk = open_desk(show_groups=False)
    corner, alone = desk.at(130, 20), desk.at(50, 110)

    def changed_near(place: QPoint) -> bool:
        image = desk.canvas.grab().toImage()
        square = [(place.x() + dx, place.y() + dy) for dx in range(1, 8) for dy in range(-8, 8)]
        return any(image.pixelColor(*at) != before.pixelColor(*at) for at in square)

    move_mouse(desk.canvas, desk.at(5, 5))
    desk.wait_for(desk.canvas.is_settled)
    before = desk.canvas.grab().toImage()
    desk.window.actions["show_groups"].trigger()
    desk.wait_for(desk.canvas.is_settled)
    assert changed_near(corner)
    assert not changed_near(alone)
    desk.canvas.set_selection([desk.canvas.document.shapes[1].uid])  # type: ignore[union-attr]
    desk.key(Qt.Key.Key_U)
    desk.canvas.set_selection(())
    desk.wait_for(lambda: desk.canvas.is_settled() and not changed_near(corner))


def test_only_labels_of_the_list_with_exact_and_the_last_ones_come_back(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 10, 10))
    settings = {"labels": NAMES, "validate_label": "exact", "digit_shortcuts": {"1": "dog", "2": "cow"}}
    desk = open_desk(**settings)
    desk.click(20, 20)
    desk.key(Qt.Key.Key_2)
    assert desk.labels() == ["car"]
    assert desk.notices()[-1] == "The label cow is not in the list that the settings allow."
    desk.key(Qt.Key.Key_1)
    assert desk.labels() == ["dog"]
    desk.key(Qt.Key.Key_E, CONTROL)
    dialog = desk.dialog("LabelDialog")
    desk.type_into(dialog.line, "cow")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.problem.text() == "“cow” is not in the list of labels. Choose one of those."
    QTest.keyClick(dialog.line, Qt.Key.Key_Escape)
    desk.saved()
    desk.work.finish()
    again = open_desk(**settings)
    again.key(Qt.Key.Key_E, CONTROL)
    again.click(20, 20)
    again.key(Qt.Key.Key_E, CONTROL)
    dialog = again.dialog("LabelDialog")
    assert [dialog.list.item(row).text() for row in range(3)] == ["dog", "car", "bus"]
    dialog.reject()
