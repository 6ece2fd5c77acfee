"""What happens when files go, change and cannot be written while the program shows their images."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from label_desk import SIZE, Desk, labels_of, shape, write_labels
from qtpy.QtCore import Qt

from anylabeling.codecs import encode_jpeg
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
