"""Labels of the whole folder are renamed, merged, deleted, recoloured and hidden; undo brings everything back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from label_desk import Desk, labels_of, read, shape, write_labels
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QLineEdit

from anylabeling.messages.labels import LabelChange
from anylabeling.services.dataset.folder_change import operations_dir

Open = Callable[..., Desk]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def labelled(folder: Path) -> dict[str, bytes]:
    """Give ten of twelve images two objects each; return what their files hold."""
    for number in range(10):
        write_labels(folder / f"{number:02}.jpg", shape("bus", 10, 10), shape("person", 60, 60, text="A 1"))
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.json"))}


def on_disk(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.json"))}


def rename(desk: Desk, labels: list[str], name: str) -> Any:
    """Rename with the mouse and the keyboard, as a person does, and wait for the report."""
    desk.key(Qt.Key.Key_E, CONTROL | SHIFT)
    manager = desk.dialog("LabelManagerDialog")
    desk.wait_for(lambda: manager.model.rowCount() > 0)
    manager.select(labels)
    desk.press(manager, "Rename…" if len(labels) == 1 else "Merge…")
    dialog = desk.dialog("RenameDialog")
    desk.type_into(dialog.line, name)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    desk.wait_for(lambda: desk.work.folder.undoable is not None, 30.0)
    desk.folder_is_quiet()
    return manager


def test_rename_reaches_every_file_and_one_undo_takes_it_back(
    open_desk: Open, folder: Path, labelled: dict[str, bytes]
) -> None:
    (folder / "03.json").write_bytes(b'{"shapes": [{"label": "bus", ')
    (folder / "04.json").chmod(0o444)
    desk = open_desk()
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    manager = rename(desk, ["bus"], "lorry")
    report = "Done: Rename bus to lorry. 8 objects in 8 label files changed. 2 files left alone."
    assert manager.report.text() == report
    assert report in desk.notices()
    assert desk.labels() == ["lorry", "person"]
    for number in (0, 1, 2, 5, 9):
        assert labels_of(desk.image(number)) == ["lorry", "person"]
        assert read(desk.image(number))["shapes"][0]["theirs"] == {"n": 12345678901234567890}
    assert (folder / "03.json").read_bytes() == b'{"shapes": [{"label": "bus", '
    assert (folder / "04.json").read_bytes() == labelled["04.json"]
    assert desk.window.actions["undo"].text() == "&Undo rename bus to lorry"
    manager.close()
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.labels() == ["bus", "person"]
    desk.wait_for(lambda: desk.work.folder.undoable is None, 20.0)
    desk.folder_is_quiet()
    files = on_disk(folder)
    for number in (0, 2, 5, 6, 7, 8, 9):
        assert files[f"{number:02}.json"] == labelled[f"{number:02}.json"]
    assert labels_of(desk.image(1)) == ["bus", "person"]
    desk.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    desk.wait_for(lambda: desk.work.folder.undoable is not None, 20.0)
    desk.folder_is_quiet()
    assert desk.labels() == ["lorry", "person"]
    assert [labels_of(desk.image(number)) for number in (0, 1, 9)] == [["lorry", "person"]] * 3


def test_the_history_of_open_images_stays_and_edited_ones_are_left(
    open_desk: Open, folder: Path, labelled: dict[str, bytes]
) -> None:
    desk = open_desk()
    desk.click(75, 70)
    desk.key(Qt.Key.Key_Right)
    desk.saved()
    assert desk.canvas.document is not None
    moved_to = desk.canvas.document.shapes[1].points[0, 0]
    assert moved_to > 60
    manager = rename(desk, ["bus"], "lorry")
    manager.close()
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    desk.click(75, 70)
    desk.key(Qt.Key.Key_Delete)
    desk.saved()
    assert labels_of(desk.image(1)) == ["lorry"]
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    assert desk.window.actions["undo"].text() == "&Undo rename bus to lorry"
    desk.work.folder.undo()
    desk.folder_is_quiet()
    # Its own move is still there, and still can be undone.
    assert desk.labels() == ["bus", "person"]
    assert desk.canvas.document is not None
    assert desk.canvas.document.shapes[1].points[0, 0] == moved_to
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.canvas.document.shapes[1].points[0, 0] == 60
    desk.saved()
    assert labels_of(desk.image(1)) == ["lorry"]
    assert any("1 file left alone" in text for text in desk.notices())
    assert on_disk(folder)["05.json"] == labelled["05.json"]


def test_merge_recolour_hide_and_delete(open_desk: Open, folder: Path, labelled: dict[str, bytes]) -> None:
    desk = open_desk(labels=["bus", "person", "vehicle"], label_colors={"bus": [1, 2, 3]})
    manager = rename(desk, ["bus", "person"], "vehicle")
    assert manager.report.text() == "Done: Merge 2 labels into vehicle. 20 objects in 10 label files changed."
    assert desk.program.settings.config["labels"] == ("vehicle",)
    assert desk.program.settings.config["label_colors"] == {"vehicle": (1, 2, 3)}
    desk.wait_for(lambda: manager.model.rowCount() == 1)
    manager.select(["vehicle"])
    desk.press(manager, "Colour…")
    dialog = desk.dialog("QColorDialog")
    dialog.setCurrentColor(Qt.GlobalColor.red)
    dialog.accept()
    assert desk.program.settings.config["label_colors"] == {"vehicle": (255, 0, 0)}
    assert desk.work.color("vehicle") == (255, 0, 0)
    desk.press(manager, "Hide")
    assert not desk.canvas.scene.is_shown(desk.canvas.document.shapes[0].uid)  # type: ignore[union-attr]
    desk.press(manager, "Show")
    desk.press(manager, "Delete…")
    box = desk.dialog("QMessageBox")
    desk.press(box, "Delete")
    desk.wait_for(lambda: labels_of(desk.image(9)) == [], 20.0)
    desk.folder_is_quiet()
    assert desk.labels() == []
    desk.press(manager, "Undo")
    desk.wait_for(lambda: labels_of(desk.image(9)) == ["vehicle", "vehicle"], 20.0)
    desk.folder_is_quiet()
    assert desk.labels() == ["vehicle", "vehicle"]
    del folder, labelled


def test_colours_and_hiding_are_taken_back_one_by_one_before_what_was_done_to_files(
    open_desk: Open, labelled: dict[str, bytes]
) -> None:
    desk = open_desk(label_colors={"person": [1, 2, 3]})
    manager = rename(desk, ["bus"], "lorry")
    desk.wait_for(lambda: manager.model.rowCount() == 2 and manager.selected() != ("bus",))
    manager.select(["lorry", "person"])
    desk.press(manager, "Colour…")
    dialog = desk.dialog("QColorDialog")
    dialog.setCurrentColor(Qt.GlobalColor.red)
    dialog.accept()
    assert manager.report.text() == "Done: Colour of 2 labels. 20 objects."
    desk.press(manager, "Automatic Colour")
    manager.select(["person"])
    desk.press(manager, "Hide")
    assert manager.report.text() == "Done: Hide person. 10 objects."
    assert desk.window.actions["undo_folder_change"].text() == "Undo: Hide person"
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    person = next(each for each in desk.canvas.document.shapes if each.label == "person")  # type: ignore[union-attr]
    assert not desk.canvas.scene.is_shown(person.uid)
    desk.window.actions["undo_folder_change"].trigger()
    assert desk.canvas.scene.is_shown(person.uid)
    assert manager.report.text() == "Undone: Hide person. 10 objects."
    config = desk.program.settings.config
    assert not config["label_colors"]
    desk.press(manager, "Undo")
    assert desk.program.settings.config["label_colors"] == {"lorry": (255, 0, 0), "person": (255, 0, 0)}
    desk.press(manager, "Undo")
    assert desk.program.settings.config["label_colors"] == {"person": (1, 2, 3)}
    desk.press(manager, "Undo")  # what was done to the files
    desk.wait_for(lambda: desk.work.undo.undoable is None, 20.0)
    desk.folder_is_quiet()
    assert on_disk(Path(desk.image(0)).parent) == labelled


def test_the_next_object_gets_the_new_name(open_desk: Open, labelled: dict[str, bytes]) -> None:
    desk = open_desk()
    select = [one.uid for one in desk.canvas.document.shapes if one.label == "bus"]  # type: ignore[union-attr]
    desk.program.labels.relabel(select, "bus")  # the label used last
    rename(desk, ["bus"], "lorry").close()
    assert "bus" not in desk.program.labels.known()
    assert desk.program.labels.recent[0] == "lorry"
    desk.key(Qt.Key.Key_R)
    desk.drag(5, 5, 25, 25)
    line = desk.dialog("LabelDialog").findChild(QLineEdit)
    assert line is not None
    assert line.text() == "lorry"
    QTest.keyClick(line, Qt.Key.Key_Escape)
    del labelled


def test_unsaved_labels_are_renamed_with_the_others(open_desk: Open, labelled: dict[str, bytes]) -> None:
    desk = open_desk(auto_save=False)
    desk.click(75, 70)
    desk.key(Qt.Key.Key_Right)
    assert len(desk.program.documents.unsaved()) == 1
    desk.work.dialogs.show_manager()
    manager = desk.work.dialogs.manager
    assert manager is not None
    manager.rename_requested.emit(("bus",), "lorry")
    desk.wait_for(lambda: desk.work.folder.undoable is not None, 20.0)
    assert desk.labels() == ["lorry", "person"]
    assert labels_of(desk.image(0)) == ["lorry", "person"]
    assert len(desk.program.documents.unsaved()) == 1
    desk.key(Qt.Key.Key_S, CONTROL)
    desk.saved()
    assert read(desk.image(0))["shapes"][1]["points"][0][0] > 60
    assert not any("changed by another program" in text for text in desk.notices())
    del labelled


def test_stopped_it_can_be_finished_from_the_report(open_desk: Open, labelled: dict[str, bytes], folder: Path) -> None:
    desk = open_desk()
    navigation, work = desk.program.navigation, desk.work
    change = LabelChange({"bus": "lorry"}, name="Rename bus to lorry")
    work.folder.start(change, navigation.root, navigation.all_paths, desk.program.label_files.store)
    desk.window.status.work_cancel_requested.emit()
    desk.wait_for(lambda: work.folder.undoable is not None, 20.0)
    desk.folder_is_quiet()
    card = next(card for card in desk.window.notifications.cards if card.text.startswith("Stopped: Rename bus"))
    changed = [name for name, data in on_disk(folder).items() if data != labelled[name]]
    assert len(changed) < 10
    desk.press(card, "Finish")
    desk.wait_for(lambda: labels_of(desk.image(9)) == ["lorry", "person"], 20.0)
    desk.folder_is_quiet()
    assert {labels_of(desk.image(number))[0] for number in range(10)} == {"lorry"}
    assert desk.labels() == ["lorry", "person"]
    assert desk.window.actions["undo_folder_change"].text() == "Undo: Rename bus to lorry"
    desk.window.actions["undo_folder_change"].trigger()
    desk.wait_for(lambda: work.folder.undoable is None, 20.0)
    desk.folder_is_quiet()
    assert on_disk(folder) == labelled


def test_a_change_goes_on_while_images_are_opened_and_edited(
    open_desk: Open, labelled: dict[str, bytes], folder: Path
) -> None:
    desk = open_desk()
    navigation, work = desk.program.navigation, desk.work
    for number in range(1, 5):
        desk.key(Qt.Key.Key_D)
        desk.wait_image(number)
    change = LabelChange({"bus": "lorry"}, name="Rename bus to lorry")
    work.folder.start(change, navigation.root, navigation.all_paths, desk.program.label_files.store)
    for number in range(5, 9):
        desk.key(Qt.Key.Key_D)
        desk.wait_image(number)
        desk.click(75, 70)
        desk.key(Qt.Key.Key_Right)
    desk.wait_for(lambda: work.folder.undoable is not None, 20.0)
    desk.folder_is_quiet()
    for number in range(10):
        shapes = read(desk.image(number))["shapes"]
        assert [one["label"] for one in shapes] == ["lorry", "person"]
        if 5 <= number < 9:
            assert shapes[1]["points"][0][0] > 60
    del labelled, folder


KILLED = """
import sys
from pathlib import Path
from anylabeling.messages.labels import LabelChange
from anylabeling.services.dataset import folder_journal as journals
from anylabeling.services.dataset.folder_change import FolderChange, Watcher

folder = Path(sys.argv[1])
files = {str(path.with_suffix(".jpg")): str(path) for path in sorted(folder.glob("*.json"))}
operation = FolderChange.begin(LabelChange({"bus": "lorry"}, name="Rename bus to lorry"), str(folder), files)
operation.start_round(journals.RUNNING, len(files))
def tell(file):
    print(file.image, flush=True)
    sys.stdin.readline()
operation.run(files, Watcher(on_changed=tell))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("answer", ["Finish", "Undo"])
def test_after_a_kill_the_next_start_asks_and_does_what_is_said(
    open_desk: Open, folder: Path, labelled: dict[str, bytes], answer: str
) -> None:
    command = [sys.executable, "-c", KILLED, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        for _ in range(3):
            process.stdout.readline()
            process.stdin.write("\n")
            process.stdin.flush()
        process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
    assert [labels_of(folder / f"{number:02}.jpg")[0] for number in range(10)] == ["lorry"] * 4 + ["bus"] * 6
    desk = open_desk()
    text = f"Changing labels was interrupted: Rename bus to lorry, in {folder.name}."
    desk.wait_for(lambda: text in desk.notices(), 20.0)
    card = next(card for card in desk.window.notifications.cards if card.text == text)
    desk.press(card, answer)
    desk.wait_for(lambda: any("Rename bus to lorry. " in one for one in desk.notices()), 20.0)
    desk.folder_is_quiet()
    expected = "lorry" if answer == "Finish" else "bus"
    assert {labels_of(folder / f"{number:02}.jpg")[0] for number in range(10)} == {expected}
    desk.wait_for(lambda: desk.labels()[:1] == [expected])  # it is read again
    if answer == "Undo":
        assert on_disk(folder) == labelled
    states = [json.loads(path.read_text())["state"] for path in operations_dir().glob("*/operation.json")]
    assert states == ["done" if answer == "Finish" else "undone"]
