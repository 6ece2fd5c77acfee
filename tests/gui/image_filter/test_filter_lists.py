"""What the image filter finds leaves the window as files, folders and text, and lists come back as the file list."""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qtpy.QtCore import QPoint
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import QApplication, QFileDialog

from anylabeling.views.widgets.class_picker import ClassPicker

Open = Callable[..., Any]


@pytest.fixture
def found(open_program: Open, samples: Path, sample_model: Path) -> Any:
    """Return the desk after a run for persons."""
    desk = open_program(samples, sample_model)
    desk.click(desk.dialog.form.classes.selected_radio, QPoint(8, 8))
    desk.pick("person")
    desk.apply()
    assert 0 < len(desk.listed()) < 16
    return desk


def menu_entry(desk: Any, text: str) -> Any:
    menu = desk.dialog.footer.buttons.export_button.menu()
    return next(action for action in menu.actions() if action.text().replace("&", "") == text)


def choose(desk: Any, path: Path) -> None:
    """Choose a path in the file dialog that is open."""
    desk.wait_for(lambda: desk.dialog.findChildren(QFileDialog), 10)
    dialog = desk.dialog.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desk.wait_for(lambda: not desk.dialog.findChildren(QFileDialog), 10)
    desk.settle()


def export(desk: Any, text: str, path: Path) -> None:
    menu_entry(desk, text).trigger()
    choose(desk, path)


def notices(desk: Any) -> list[str]:
    return [card.text for card in desk.program.window.notifications.cards]


def matching(desk: Any) -> list[str]:
    return [match.path for match in desk.program.filter.summary.matches]


def test_results_are_written_in_three_formats(found: Any, tmp_path: Path) -> None:
    export(found, "JSON…", tmp_path / "r.json")
    content = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert list(content) == ["total_images", "filtered_images", "filter_settings", "results"]
    assert (content["total_images"], content["filtered_images"]) == (16, len(matching(found)))
    assert content["filter_settings"]["selected_classes"] == ["person"]
    assert [result["image_path"] for result in content["results"]] == matching(found)
    assert all(result["classes"] == {"person": len(result["detections"])} for result in content["results"])
    export(found, "Text…", tmp_path / "r.txt")
    assert (tmp_path / "r.txt").read_text(encoding="utf-8").split() == matching(found)
    export(found, "CSV…", tmp_path / "r.csv")
    assert (tmp_path / "r.csv").read_text(encoding="utf-8").split() == ["image_path", *matching(found)]
    menu_entry(found, "CSV with Counts per Class").trigger()
    export(found, "CSV…", tmp_path / "counted.csv")
    assert (tmp_path / "counted.csv").read_text(encoding="utf-8").startswith("image_path,person\n")
    assert found.said().endswith("images written to counted.csv.")
    settings = found.program.settings.config
    assert settings["image_filter.last_export_dir"] == str(tmp_path)
    assert settings["image_filter.csv_class_counts"] is True
    menu_entry(found, "Copy Paths").trigger()
    assert QGuiApplication.clipboard().text().split() == matching(found)


@contextlib.contextmanager
def small_disk() -> Iterator[None]:
    """Let no file grow beyond a few bytes, as on a disk that is full; the test's own report is such a file too."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python renames what it has written of a module's bytecode, however little that was.
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = writes


def test_what_cannot_be_written_is_said_and_leaves_nothing(found: Any, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for name, said in (("r.pdf", "r.pdf has the ending .pdf."), ("r", "r has no ending.")):
        export(found, "JSON…", folder / name)
        assert found.said().endswith(said)
        assert said in notices(found)[-1]
    export(found, "JSON…", folder / "gone" / "r.json")
    assert "does not exist" in found.said()
    assert list(folder.iterdir()) == []


def test_a_full_disk_leaves_no_half_file(found: Any, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with small_disk():
        export(found, "JSON…", folder / "r.json")
    assert "r.json" in found.said()
    assert found.dialog.results.message.property("kind") == "error"
    with small_disk():
        menu_entry(found, "Copy Images to Folder…").trigger()
        choose(found, folder / "copies")
    assert "could not be put into" in found.said()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_matches_are_copied_and_linked_with_their_labels(found: Any, tmp_path: Path, samples: Path) -> None:
    first = Path(matching(found)[0])
    label = {"shapes": [], "imagePath": first.name, "flags": {"night": True}, "ours": 1}
    first.with_suffix(".json").write_text(json.dumps(label), encoding="utf-8")
    for text, folder in (
        ("Copy Images to Folder…", tmp_path / "copied"),
        ("Link Images in Folder…", tmp_path / "linked"),
    ):
        menu_entry(found, text).trigger()
        choose(found, folder)
        assert sorted(path.name for path in folder.glob("*.jpg")) == sorted(found.listed())
        assert [path.name for path in folder.glob("*.json")] == [first.with_suffix(".json").name]
        taken = json.loads((folder / first.with_suffix(".json").name).read_text(encoding="utf-8"))
        assert (taken["flags"], taken["ours"], taken["imagePath"]) == ({"night": True}, 1, first.name)
    assert (tmp_path / "linked" / first.name).samefile(first)
    assert not (tmp_path / "copied" / first.name).samefile(first)
    assert found.said().endswith(f"{len(matching(found))} images linked in linked with 1 label file.")
    menu_entry(found, "Folders with Label Files").trigger()
    menu_entry(found, "Copy Images to Folder…").trigger()
    choose(found, tmp_path / "bare")
    assert list((tmp_path / "bare").glob("*.json")) == []
    assert len(list(samples.glob("*.json"))) == 1


def test_a_list_becomes_the_file_list(found: Any, tmp_path: Path, samples: Path) -> None:
    export(found, "Text…", tmp_path / "r.txt")
    listed = found.listed()
    found.click(found.dialog.footer.buttons.clear_button)
    assert len(found.listed()) == 16
    found.click(found.dialog.footer.buttons.import_button)
    choose(found, tmp_path / "r.txt")
    assert found.listed() == listed
    assert found.program.window.file_dock.chip_label.text() == f"{len(listed)} of 16 ·"
    # Images of another folder become the list themselves, and those that are gone are named.
    other = tmp_path / "other" / "deep"
    other.mkdir(parents=True)
    for name in listed[:2]:
        (other / name).write_bytes((samples / name).read_bytes())
    paths = [other / listed[1], other / listed[0], other / "gone.jpg"]
    (tmp_path / "other.csv").write_text("image_path\n" + "".join(f"{path}\n" for path in paths), encoding="utf-8")
    found.click(found.dialog.footer.buttons.import_button)
    choose(found, tmp_path / "other.csv")
    assert found.listed() == [listed[1], listed[0]]
    assert found.program.navigation.current == str(paths[0])
    assert "1 of 3 images in other.csv do not exist." in notices(found)[-1]
    assert found.said() != ""
    (tmp_path / "none.txt").write_text("/nowhere/a.jpg\n", encoding="utf-8")
    found.click(found.dialog.footer.buttons.import_button)
    choose(found, tmp_path / "none.txt")
    assert "None of the images in none.txt exists." in notices(found)[-1]
    assert found.listed() == [listed[1], listed[0]]


def test_a_label_without_letters_and_one_of_two_lines_can_be_read_and_checked(qapp: QApplication) -> None:
    picker = ClassPicker({"selected_classes": "any of"})
    picker.set_names(["", "two\nlines"])
    model = picker.model()
    assert model is not None
    assert [model.index(row, 0).data() for row in range(2)] == ["(no label)", "two lines"]
    picker.check_shown(check=True)
    assert set(picker.checked("selected_classes")) == {"", "two\nlines"}
    picker.deleteLater()
