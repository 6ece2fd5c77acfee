"""Kinds and groups of objects are changed in the whole folder, and undo brings everything back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from label_desk import Desk, read, shape, write_labels

from anylabeling.document.shape import Shape, ShapeKind

Open = Callable[..., Desk]


@pytest.fixture
def labelled(folder: Path) -> dict[str, bytes]:
    """Give ten of twelve images three objects each, two of them in a group; return what their files hold."""
    for number in range(10):
        write_labels(
            folder / f"{number:02}.jpg",
            shape("bus", 10, 10, group_id=number % 2, foreign="kept"),
            shape("person", 60, 60, group_id=number % 2),
            shape("person", 80, 60, locked=True),
        )
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.json"))}


def on_disk(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.json"))}


def open_dialog(desk: Desk) -> Any:
    desk.program.window.actions["folder_objects"].trigger()
    dialog = desk.dialog("FolderObjectsDialog")
    desk.wait_for(lambda: dialog.kind_box.count() > 0)
    return dialog


def done(desk: Desk) -> None:
    desk.wait_for(lambda: desk.work.folder.undoable is not None and not desk.work.folder.running, 30.0)
    desk.folder_is_quiet()


def kinds_of(image: Path) -> list[str]:
    return [one.get("x_shape", {}).get("kind", one["shape_type"]) for one in read(image)["shapes"]]


def test_kinds_of_one_label_change_in_every_file_and_in_the_open_image(
    open_desk: Open, folder: Path, labelled: dict[str, bytes]
) -> None:
    desk = open_desk()
    dialog = open_dialog(desk)
    assert dialog.kind_box.currentText() == "Rectangle (30)"
    dialog.label_box.setCurrentIndex(dialog.label_box.findData("person"))
    dialog.target_box.setCurrentIndex(dialog.target_box.findData("cuboid"))
    dialog.convert_button.click()
    done(desk)
    # Locked ones stay.
    assert all(kinds_of(folder / f"{number:02}.jpg") == ["rectangle", "cuboid", "rectangle"] for number in range(10))
    assert read(folder / "07.jpg")["shapes"][0]["foreign"] == "kept"
    document = desk.program.documents.current.document
    assert [one.kind.value for one in document.shapes] == ["rectangle", "cuboid", "rectangle"]
    assert "10 objects in 10 label files changed" in dialog.report.text()
    desk.program.window.actions["undo"].trigger()
    rest = {name: data for name, data in labelled.items() if name != "00.json"}  # the open one is written anew
    desk.wait_for(lambda: desk.work.folder.undoable is None and rest.items() <= on_disk(folder).items(), 30.0)
    desk.saved()
    assert kinds_of(folder / "00.jpg") == ["rectangle"] * 3


def test_groups_get_other_numbers_and_are_dissolved(open_desk: Open, folder: Path, labelled: dict[str, bytes]) -> None:
    desk = open_desk()
    dialog = open_dialog(desk)
    rows = [[dialog.model.item(row, column).text() for column in range(3)] for row in range(2)]
    assert rows == [["0", "10", "5"], ["1", "10", "5"]]
    dialog.select_groups((1,))
    dialog.number_spin.setValue(7)
    dialog.renumber_button.click()
    done(desk)
    assert [one["group_id"] for one in read(folder / "03.jpg")["shapes"]] == [7, 7, None]
    assert [one["group_id"] for one in read(folder / "02.jpg")["shapes"]] == [0, 0, None]
    desk.wait_for(lambda: dialog.model.item(1, 0).text() == "7")
    dialog.select_groups((0, 7))
    dialog.dissolve_button.click()
    desk.wait_for(lambda: all(one["group_id"] is None for one in read(folder / "03.jpg")["shapes"]), 30.0)
    done(desk)
    desk.wait_for(lambda: not dialog.view.isVisible())
    dialog.undo_button.click()
    desk.wait_for(lambda: read(folder / "03.jpg")["shapes"][0]["group_id"] == 7, 30.0)
    desk.wait_for(lambda: not desk.work.folder.running, 30.0)
    desk.folder_is_quiet()


def test_looking_writes_nothing_and_counts_what_is_not_saved_yet(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "01.jpg", shape("bus", 10, 10, group_id=3))
    before = on_disk(folder)
    desk = open_desk()
    program = desk.program
    dialog = open_dialog(desk)  # the image on the screen has no label file
    assert dialog.kind_box.currentText() == "Rectangle (1)"
    dialog.close()
    assert not program.saving.busy()
    program.saving.auto_save = False
    points = np.array([[20.0, 20.0], [60.0, 50.0]])
    program.documents.add([Shape(ShapeKind.RECTANGLE, points, label="person", group_id=7)], "Add")
    program.window.actions["folder_objects"].trigger()
    desk.wait_for(lambda: dialog.kind_box.currentText() == "Rectangle (2)")
    dialog.close()
    assert not program.saving.busy()
    assert on_disk(folder) == before
    program.documents.undo()
