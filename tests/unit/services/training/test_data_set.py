"""The data set of a training: links that lead into no picture, turned photos upright, classes of a folder each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from labelled_folder import SIZE, add, box, boxes_folder, facts_of, outline, point, slanted
from PIL import Image

from anylabeling.codecs import probe
from anylabeling.document.formats.yolo_files import read_data_file
from anylabeling.errors import UsageError
from anylabeling.messages.training import TrainRequest, TrainTask
from anylabeling.services.training.data_set import failures_text, write_data_set
from anylabeling.services.training.planning import divide


def written(folder: Path, target: Path, task: TrainTask = TrainTask.DETECT, **options: object) -> list[str]:
    division = divide(facts_of(folder), TrainRequest(task, **options))  # type: ignore[arg-type]
    assert division.plan.problem == ""
    write_data_set(division, target)
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())


def test_boxes(tmp_path: Path) -> None:
    folder, target = boxes_folder(tmp_path / "a"), tmp_path / "set"
    files = written(folder, target)
    pictures = [name for name in files if name.endswith(".jpg")]
    assert len(pictures) == 10
    assert sum(name.startswith("images/val/") for name in pictures) == 2
    assert {f"labels{name[6:-4]}.txt" for name in pictures} <= set(files)
    assert read_data_file(target / "data.yaml").names == {0: "cat", 1: "dog"}
    assert (target / pictures[0]).stat().st_ino == (folder / Path(pictures[0]).name).stat().st_ino


@pytest.mark.parametrize(("task", "numbers"), [(TrainTask.SEGMENT, 7), (TrainTask.ORIENTED, 9), (TrainTask.POSE, 56)])
def test_other_tasks(tmp_path: Path, task: TrainTask, numbers: int) -> None:
    """A nose makes the key points those of COCO: 17 of three numbers each."""
    shapes = {
        TrainTask.SEGMENT: (outline("cat"),),
        TrainTask.ORIENTED: (slanted("cat"),),
        TrainTask.POSE: (box("cat", 1), point("nose", 1)),
    }
    for number in range(4):
        add(tmp_path / "a", f"{number}.jpg", *shapes[task])
    files = written(tmp_path / "a", tmp_path / "set", task)
    texts = [name for name in files if name.startswith("labels/")]
    assert len(texts) == 4
    assert all(len((tmp_path / "set" / name).read_text().split()) == numbers for name in texts)


def test_a_classifier_gets_all_classes_in_both_parts(tmp_path: Path) -> None:
    for number in range(9):
        name = "bright: day" if number else "night"
        add(tmp_path / "a", f"{number}.jpg", flags={name: True})
    files = written(tmp_path / "a", tmp_path / "set", TrainTask.CLASSIFY)
    assert len(files) == 9
    for part in ("train", "val"):
        assert sorted(path.name for path in (tmp_path / "set" / part).iterdir()) == ["bright_ day", "night"]


def test_turned_photos_are_upright_and_the_photo_stays(tmp_path: Path) -> None:
    folder = boxes_folder(tmp_path / "a", 3)
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = folder / "turned.jpg"
    add(folder, "turned.jpg", box("cat"))
    Image.fromarray(np.zeros((SIZE[0], SIZE[1], 3), np.uint8)).save(photo, exif=exif)
    before = photo.read_bytes()
    files = written(folder, tmp_path / "set")
    place = tmp_path / "set" / next(name for name in files if name.endswith("turned.jpg"))
    header = probe(place)
    assert (header.orientation, header.stored_width, header.stored_height) == (1, *SIZE)
    assert photo.read_bytes() == before


def test_no_link_leads_to_a_picture_that_would_be_mended(tmp_path: Path) -> None:
    folder = boxes_folder(tmp_path / "a", 4)
    with (folder / "01.jpg").open("ab") as stream:
        stream.write(b"what a camera adds")
    written(folder, tmp_path / "set")
    copy = next((tmp_path / "set").rglob("01.jpg"))
    assert copy.read_bytes() == (folder / "01.jpg").read_bytes()
    assert not copy.samefile(folder / "01.jpg")
    other = next((tmp_path / "set").rglob("02.jpg"))
    assert other.samefile(folder / "02.jpg")


def test_what_only_this_program_reads_becomes_a_png(tmp_path: Path) -> None:
    folder = boxes_folder(tmp_path / "a", 3)
    add(folder, "deep.tif", box("cat"))
    deep = np.linspace(0, 65535, SIZE[0] * SIZE[1]).astype(np.uint16).reshape(SIZE[1], SIZE[0])
    Image.fromarray(deep).save(folder / "deep.tif")
    files = written(folder, tmp_path / "set")
    png = next(name for name in files if name.endswith("deep.png"))
    with Image.open(tmp_path / "set" / png) as picture:
        assert (picture.mode, picture.size) == ("RGB", SIZE)
    assert not any(name.endswith(".tif") for name in files)
    assert (folder / "deep.tif").is_file()


def test_hostile_labels_reach_no_other_file(tmp_path: Path) -> None:
    names = ("../../up", "a\nb: c", "{x}", "no", "\ud83d", "'", "- #", "", "\u2028", "0")
    for number, name in enumerate(names):
        add(tmp_path / "a", f"{number}.jpg", box(name), box("cat"))
    outside = sorted(tmp_path.iterdir())
    written(tmp_path / "a", tmp_path / "set")
    assert sorted(tmp_path.iterdir()) == sorted([*outside, tmp_path / "set"])
    data = read_data_file(tmp_path / "set" / "data.yaml")
    assert len(data.names) == len(names) + 1
    assert sorted(data.names) == list(range(len(names) + 1))


def test_hostile_flags_reach_no_other_folder(tmp_path: Path) -> None:
    for number, name in enumerate(("../../up", "a\nb", "CON\0", "\ud83d", "..", "x" * 40)):
        add(tmp_path / "a", f"{number}.jpg", flags={name: True})
        add(tmp_path / "a", f"{number}b.jpg", flags={name: True})
    written(tmp_path / "a", tmp_path / "set", TrainTask.CLASSIFY)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == ["a", "set"]


def test_pictures_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    folder = boxes_folder(tmp_path / "a", 6)
    (folder / "03.jpg").write_bytes(b"no picture")
    division = divide(facts_of(folder), TrainRequest(TrainTask.DETECT))
    report = write_data_set(division, tmp_path / "set")
    assert failures_text(report) == "1 images could not be read and are left out: 03.jpg."
    for picture in folder.glob("*.jpg"):
        picture.write_bytes(b"no picture")
    with pytest.raises(UsageError, match="None of the images of the part train can be read"):
        write_data_set(division, tmp_path / "other")


def test_names_are_texts_for_every_reader_of_yaml(tmp_path: Path) -> None:
    """What trains reads YAML 1.1, where some words and numbers are no texts: they have quotes."""
    names = ("no", "On", "y", "null", "~", "1", "1:30", "0x1f", "1e3", "2020-01-01", "plain name", "a: b", "é", "-")
    for number, name in enumerate(names):
        add(tmp_path / "a", f"{number}.jpg", box(name), box("cat"))
    written(tmp_path / "a", tmp_path / "set")
    lines = (tmp_path / "set" / "data.yaml").read_text(encoding="utf-8").splitlines()
    values = [line.partition(": ")[2] for line in lines if line.startswith("  ")]
    assert sorted(value for value in values if value[0] not in "'\"") == ["cat", "plain name"]
    assert set(read_data_file(tmp_path / "set" / "data.yaml").names.values()) == {*names, "cat"}
