"""What happens when files go, change and cannot be written while the program shows their images."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from label_desk import SIZE, Desk, labels_of, shape, write_labels
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication, QMessageBox

from anylabeling.codecs import encode_jpeg
from anylabeling.controllers import saving
from anylabeling.views.models.image_list_model import FileState

Open = Callable[..., Desk]


def draw(desk: Desk) -> None:
    desk.program.labels.set_use_last(True)
    desk.program.labels.prefer("crate")
    desk.key(Qt.Key.Key_R)
    desk.drag(5, 5, SIZE[0] / 2, SIZE[1] / 2)
    assert desk.labels()


def has_failed(desk: Desk) -> bool:
    entry = desk.program.documents.current
    return entry is not None and desk.program.saving.is_waiting(entry)


def test_what_could_not_be_saved_is_saved_with_the_next_that_can_and_the_notices_go(
    open_desk: Open, folder: Path, tmp_path: Path
) -> None:
    desk = open_desk()
    out = tmp_path / "out"
    out.touch()  # a file where the folder of the label files should be
    before = desk.program.documents.current
    desk.program.label_files.set_output_dir(str(out))
    desk.wait_for(lambda: desk.program.documents.current is not before)
    desk.wait_image(0)
    draw(desk)
    desk.wait_for(lambda: has_failed(desk))
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    draw(desk)
    desk.wait_for(lambda: has_failed(desk))
    assert len(desk.program.documents.unsaved()) == 2
    assert desk.notices()
    out.unlink()
    out.mkdir()
    draw(desk)
    desk.saved()
    assert sorted(path.name for path in out.glob("*.json")) == ["00.json", "01.json"]
    assert desk.notices() == []


def test_another_picture_of_the_same_name_is_shown_and_told(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("bus", 10, 10))
    desk = open_desk()
    assert desk.notices() == []
    wide = (SIZE[0] + 40, SIZE[1])
    (folder / "00.jpg").write_bytes(encode_jpeg(np.full((wide[1], wide[0], 3), 30, np.uint8)))
    desk.key(Qt.Key.Key_F5)
    desk.wait_for(lambda: desk.canvas.image_size() == wide)
    desk.wait_for(desk.notices)
    assert f"made for a picture of {SIZE[0]:,} × {SIZE[1]:,} pixels; this one has {wide[0]:,}" in desk.notices()[0]
    entry = desk.program.documents.current
    assert entry is not None
    assert entry.image_size == wide
    assert desk.labels() == ["bus"]


def test_a_picture_that_is_gone_is_told_and_its_labels_stay(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    draw(desk)
    desk.saved()
    (folder / "00.jpg").rename(folder / "renamed.jpg")
    draw(desk)
    desk.key(Qt.Key.Key_F5)
    desk.wait_for(lambda: any("00.jpg" in text for text in desk.notices()))
    desk.saved()
    assert labels_of(folder / "00.jpg") == ["crate", "crate"]
    desk.program.navigation.go_to(str(folder / "renamed.jpg"))
    desk.wait_for(lambda: desk.program.documents.current is not None)
    assert desk.labels() == []


def test_an_image_that_could_not_be_read_and_is_back_has_its_own_mark_again(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    picture, aside = desk.image(1), folder.with_name("aside.jpg")
    states = desk.program.window.file_dock.model
    picture.rename(aside)
    desk.program.services.image_cache.clear()
    desk.key(Qt.Key.Key_D)
    desk.wait_for(lambda: states.state(str(picture)) is FileState.FAILED)
    assert any("01.jpg" in text for text in desk.notices())
    aside.rename(picture)
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    desk.wait_for(lambda: states.state(str(picture)) is FileState.NONE)
    assert desk.notices() == []


def test_what_was_said_of_a_folder_that_was_away_goes_when_it_is_back(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    away = folder.with_name("away")
    folder.rename(away)
    desk.key(Qt.Key.Key_F5)
    desk.wait_for(lambda: any("pictures" in text for text in desk.notices()))
    away.rename(folder)
    desk.key(Qt.Key.Key_F5)
    desk.wait_for(lambda: not desk.notices())
    desk.wait_image(0)


def delete_image(desk: Desk) -> str:
    """Delete the image on the screen; return what was asked."""
    desk.window.actions["delete_image"].trigger()
    (box,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
    asked = f"{box.text()} {box.informativeText()}"
    desk.press(box, "Delete")
    return asked


def in_the_bin(home: Path, name: str) -> Path:
    return home / ".local" / "share" / "Trash" / "files" / name


def take_the_bin_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "file"))
    monkeypatch.setattr("anylabeling.utils.trash_folder.os.getuid", lambda: "x" * 300)  # nor can the drive have one


def test_an_image_that_cannot_be_deleted_is_edited_and_saved_as_before(
    open_desk: Open, folder: Path, home_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_the_bin_away(home_dir, monkeypatch)
    desk = open_desk()
    draw(desk)
    delete_image(desk)
    desk.wait_for(lambda: any("was kept" in text for text in desk.notices()))
    draw(desk)
    desk.saved()
    assert labels_of(folder / "00.jpg") == ["crate", "crate"]
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.labels() == ["crate"]


def test_what_was_drawn_last_is_in_the_label_file_in_the_bin(open_desk: Open, folder: Path, home_dir: Path) -> None:
    desk = open_desk()
    draw(desk)
    desk.saved()
    draw(desk)
    assert "lost" not in delete_image(desk)
    desk.wait_image(1)
    assert not (folder / "00.jpg").exists()
    assert not (folder / "00.json").exists()
    assert in_the_bin(home_dir, "00.jpg").exists()
    assert labels_of(in_the_bin(home_dir, "00.jpg")) == ["crate", "crate"]


def test_with_saving_off_the_question_says_what_is_lost(open_desk: Open, folder: Path, home_dir: Path) -> None:
    desk = open_desk(auto_save=False)
    draw(desk)
    assert "not saved" in delete_image(desk)
    desk.wait_image(1)
    assert in_the_bin(home_dir, "00.jpg").exists()
    assert desk.program.documents.unsaved() == []


def test_an_image_that_somebody_else_has_deleted_is_off_the_list(open_desk: Open, folder: Path, home_dir: Path) -> None:
    write_labels(folder / "00.jpg", shape("bus", 10, 10))
    desk = open_desk()
    (folder / "00.jpg").unlink()
    delete_image(desk)
    desk.wait_image(1)
    assert len(desk.program.navigation.paths) == 11
    assert labels_of(in_the_bin(home_dir, "00.jpg")) == ["bus"]


def test_another_picture_of_the_same_size_is_told(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("bus", 10, 10))
    desk = open_desk()
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    (folder / "00.jpg").write_bytes(encode_jpeg(np.full((SIZE[1], SIZE[0], 3), 30, np.uint8)))
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    assert any("00.jpg has been changed by another program" in text for text in desk.notices())
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    assert desk.notices() == []  # it has been said


def test_a_question_about_an_image_comes_back_with_it(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    draw(desk)
    desk.saved()
    (folder / "00.json").unlink()
    draw(desk)
    desk.wait_for(lambda: has_failed(desk))
    desk.window.notifications.clear()
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    assert desk.notices() == []
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    (card,) = desk.window.notifications.cards
    assert "00.json has been deleted or renamed" in card.text
    desk.press(card, "Write It Anew")
    desk.saved()
    assert labels_of(folder / "00.jpg") == ["crate", "crate"]


def test_a_broken_file_is_not_offered_to_be_used(open_desk: Open, folder: Path) -> None:
    desk = open_desk()
    draw(desk)
    desk.saved()
    (folder / "00.json").write_text("{")
    draw(desk)
    desk.wait_for(lambda: has_failed(desk))
    (card,) = desk.window.notifications.cards
    with pytest.raises(LookupError):
        desk.press(card, "Use the File")
    card.close_button.click()
    desk.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)  # asks again, since the person wants it saved
    desk.wait_for(desk.notices)
    desk.press(desk.window.notifications.cards[0], "Replace the File")
    desk.saved()
    assert labels_of(folder / "00.jpg") == ["crate", "crate"]


def test_a_folder_that_was_away_gets_what_was_edited_meanwhile(
    open_desk: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "_AGAIN_MS", 30)
    desk = open_desk()
    draw(desk)
    desk.saved()
    away = folder.with_name("away")
    folder.rename(away)
    draw(desk)
    desk.wait_for(lambda: has_failed(desk))
    away.rename(folder)
    desk.saved()
    assert labels_of(folder / "00.jpg") == ["crate", "crate"]
    assert desk.notices() == []


def test_labels_go_where_they_were_read_although_another_folder_is_open(
    open_desk: Open, folder: Path, tmp_path: Path
) -> None:
    (folder / "sub").mkdir()
    (folder / "11.jpg").rename(folder / "sub" / "s.jpg")
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.jpg").write_bytes((folder / "01.jpg").read_bytes())
    desk = open_desk(auto_save=False)
    desk.program.label_files.set_output_dir(str(tmp_path / "out"))
    desk.program.navigation.go_to(str(folder / "sub" / "s.jpg"))
    desk.wait_for(lambda: (entry := desk.program.documents.current) is not None and entry.path.endswith("s.jpg"))
    draw(desk)
    desk.program.navigation.open(str(other))
    desk.wait_for(lambda: (entry := desk.program.documents.current) is not None and entry.path.endswith("o.jpg"))
    desk.program.saving.save_all()
    desk.saved()
    assert [str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.json")] == ["sub/s.json"]


def test_the_end_is_asked_about_once(open_desk: Open, folder: Path) -> None:
    desk = open_desk(auto_save=False)
    draw(desk)

    def boxes() -> list[QMessageBox]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]

    for _ in range(2):  # by the system, or by an impatient person
        desk.program.close()
    assert len(boxes()) == 1
    desk.press(boxes()[0], "Cancel")
    desk.wait_for(lambda: not boxes())
    desk.program.close()
    assert len(boxes()) == 1
    desk.press(boxes()[0], "Save")
    desk.wait_for(lambda: not desk.window.isVisible())
    assert labels_of(folder / "00.jpg") == ["crate"]


def test_saving_as_its_own_file_is_saving(open_desk: Open, folder: Path, tmp_path: Path) -> None:
    desk = open_desk(auto_save=False)
    draw(desk)
    desk.program.saving.save_copy(str(folder / "00.json"))
    desk.saved()
    assert labels_of(folder / "00.jpg") == ["crate"]
    draw(desk)
    desk.program.saving.save_copy(str(tmp_path / "copy.json"))
    desk.wait_for((tmp_path / "copy.json").exists)
    assert labels_of(tmp_path / "copy.jpg") == ["crate", "crate"]
    assert labels_of(folder / "00.jpg") == ["crate"]
    desk.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.saved()
    assert labels_of(folder / "00.jpg") == ["crate", "crate"]


def test_what_is_unsaved_is_saved_when_saving_is_switched_on(open_desk: Open, folder: Path) -> None:
    desk = open_desk(auto_save=False)
    draw(desk)
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    draw(desk)
    desk.program.settings.set("auto_save", True)
    desk.saved()
    assert [labels_of(folder / name) for name in ("00.jpg", "01.jpg")] == [["crate"], ["crate"]]
