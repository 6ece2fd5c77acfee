"""The label index says what the label files say, and reads only those that have changed."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import read_label_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.services.dataset.label_facts import facts_of, read_label_facts
from anylabeling.services.dataset.label_index import LabelColumns, LabelIndex
from anylabeling.services.dataset.label_store import LabelStore


def shape(label: str, *points: list[float], kind: str = "rectangle", **more: Any) -> dict[str, Any]:
    return {"label": label, "points": list(points), "shape_type": kind, **more}


def write(folder: Path, stem: str, *shapes: dict[str, Any], **more: Any) -> str:
    (folder / f"{stem}.jpg").touch()
    content = {"version": "1", "flags": {}, "shapes": shapes, "imagePath": f"{stem}.jpg", "imageData": None, **more}
    (folder / f"{stem}.json").write_text(json.dumps(content), encoding="utf-8")
    return str(folder / f"{stem}.jpg")


@pytest.fixture
def images(tmp_path: Path) -> list[str]:
    folder = tmp_path / "images"
    folder.mkdir()
    unlabelled = folder / "d.jpg"
    unlabelled.touch()
    return [
        write(folder, "a", shape("cat", [1, 2], [11, 12]), shape("dog", [5, 5], [1, 1], score=0.5), checked=True),
        write(
            folder,
            "b",
            shape("disc", [50, 50], [53, 54], kind="circle"),
            flags={"dark": True, "blurred": False},
            checked="failed",
            tags=["wet", "Dusk", "wet"],
        ),
        write(folder, "c", shape("road", [0, 0], [9, 1], [4, 7], kind="polygon", text="A7"), image_text="Größe"),
        str(unlabelled),
    ]


def labels(columns: LabelColumns, image: int) -> list[str]:
    ids = columns.class_ids[columns.offsets[image] : columns.offsets[image + 1]]
    return [columns.class_names[number] for number in ids.tolist()]


def test_what_the_files_say_is_in_the_columns(images: list[str], tmp_path: Path) -> None:
    index = LabelIndex(tmp_path / "labels.sqlite")
    summary = index.refresh(images, LabelStore())
    assert (summary.read, summary.unchanged, summary.broken) == (3, 0, 0)
    columns = index.columns(images)
    assert columns.has_file.tolist() == [True, True, True, False]
    assert columns.checked.tolist() == [True, False, False, False]
    assert columns.flags == [frozenset(), frozenset({"dark"}), frozenset(), frozenset()]
    assert columns.tags == [(), ("wet", "Dusk", "wet"), (), ()]
    assert columns.texts[2] == "a7\ngrösse"
    assert [labels(columns, image) for image in range(4)] == [["cat", "dog"], ["disc"], ["road"], []]
    assert columns.boxes.tolist() == [[1, 2, 11, 12], [1, 1, 5, 5], [45, 45, 55, 55], [0, 0, 9, 7]]
    assert columns.scores.tolist() == [1, 0.5, 1, 1]
    # Another program that starts reads no label file.
    index.close()
    again = LabelIndex(tmp_path / "labels.sqlite")
    assert again.refresh(images, LabelStore()).read == 0
    assert np.array_equal(again.columns(images).boxes, columns.boxes)
    assert again.columns(images[1:2]).tags == [("wet", "Dusk", "wet")]
    assert again.columns(images[1:2]).boxes.tolist() == [[45, 45, 55, 55]]


def test_only_changed_new_and_removed_files_make_work(images: list[str]) -> None:
    index = LabelIndex(None)
    index.refresh(images, LabelStore())
    before = index.columns(images)
    assert index.columns(images) is before
    write(Path(images[0]).parent, "a", shape("bird", [0, 0], [1, 1]))
    Path(images[1]).with_suffix(".json").unlink()
    write(Path(images[3]).parent, "d", shape("fish", [0, 0], [1, 1]))
    summary = index.refresh(images, LabelStore())
    assert (summary.read, summary.unchanged, summary.removed) == (2, 1, 1)
    columns = index.columns(images)
    assert [labels(columns, image) for image in range(4)] == [["bird"], [], ["road"], ["fish"]]
    assert columns.fingerprint != before.fingerprint


def test_saving_tells_the_index(images: list[str]) -> None:
    index, store = LabelIndex(None), LabelStore()
    index.refresh(images, store)
    loaded = store.load(images[0])
    circle = Shape(ShapeKind.CIRCLE, [[10, 10], [13, 14]], label="new", score=0.25)
    after = loaded.annotation.with_changes(
        shapes=(circle,), flags={"x": True}, text="Hello", tags=("t",), checked=False
    )
    stamp = store.save(images[0], after, image_size=(100, 100), expected=loaded.stamp)
    index.update(images[0], after, stamp, store.label_path(images[0]))
    columns = index.columns(images)
    assert (labels(columns, 0), columns.flags[0], columns.texts[0]) == (["new"], frozenset({"x"}), "hello")
    assert columns.tags[0] == ("t",)
    assert columns.boxes[0].tolist() == [5, 5, 15, 15]
    assert index.refresh(images, store).read == 0


def test_tags_or_flags_alone_are_labels(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, "tags", tags=["rain"]),
        write(tmp_path, "flags", flags={"dark": True}),
        write(tmp_path, "off", flags={"dark": False}, tags=[]),
        write(tmp_path, "text", image_text="nothing more"),
    ]
    index = LabelIndex(None)
    index.refresh(paths, LabelStore())
    assert index.columns(paths).labelled.tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    "content", ["", "[]", '{"shapes": [{"label": 3, "points": [[1, 2]]}]}', '{"shapes": [1]}', "{"]
)
def test_a_broken_file_is_marked_and_takes_no_other_with_it(images: list[str], content: str) -> None:
    Path(images[1]).with_suffix(".json").write_text(content, encoding="utf-8")
    index = LabelIndex(None)
    assert index.refresh(images, LabelStore()).broken == 1
    columns = index.columns(images)
    assert columns.broken.tolist() == [False, True, False, False]
    assert [labels(columns, image) for image in range(3)] == [["cat", "dog"], [], ["road"]]


def test_the_fast_reader_and_the_careful_one_agree(data_dir: Path, images: list[str]) -> None:
    paths = sorted((data_dir / "photos" / "labelme3").glob("*.json"))
    paths += [Path(image).with_suffix(".json") for image in images[:3]]
    fast = read_label_facts(list(map(str, paths)))
    assert fast.boxes.shape[0] > 15
    careful = [facts_of(read_label_file(path)) for path in paths]
    assert np.array_equal(fast.boxes, np.concatenate([one.boxes for one in careful]))
    assert np.array_equal(fast.scores, np.concatenate([one.scores for one in careful]))
    assert fast.files == [one.files[0] for one in careful]


def test_names_that_are_no_text_and_two_images_of_one_stem(tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xff")
    image = write(tmp_path, odd, shape("cat", [0, 0], [2, 2]))
    first = write(tmp_path, "same", shape("dog", [0, 0], [3, 3]))
    (tmp_path / "same.png").touch()
    images = [image, first, str(tmp_path / "same.png")]
    index = LabelIndex(tmp_path / "labels.sqlite")
    index.refresh(images, LabelStore())
    columns = index.columns(images)
    assert columns.has_file.tolist() == [True, True, False]
    assert [labels(columns, number) for number in range(3)] == [["cat"], ["dog"], []]


def test_a_damaged_index_is_set_aside(images: list[str], tmp_path: Path) -> None:
    index = LabelIndex(tmp_path / "labels.sqlite")
    index.refresh(images, LabelStore())
    index.close()
    (tmp_path / "labels.sqlite").write_bytes(b"nothing that makes sense")
    index = LabelIndex(tmp_path / "labels.sqlite")
    assert index.refresh(images, LabelStore()).read == 3
    assert len(index.take_notices()) == 1
    assert (tmp_path / "labels.sqlite.broken").exists()


@pytest.mark.parametrize("column", ["boxes", "labels", "rows", "names", "extra", "name"])
def test_damage_that_only_an_answer_shows_costs_a_reading(images: list[str], tmp_path: Path, column: str) -> None:
    file, store = tmp_path / "labels.sqlite", LabelStore()
    index = LabelIndex(file)
    before = index.look(images, store)
    index.close()
    with contextlib.closing(sqlite3.connect(file)) as connection:
        if column == "name":
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute("UPDATE labels SET name = 7 WHERE id = 1")
        else:
            (content,) = connection.execute(f"SELECT {column} FROM chunks").fetchone()
            connection.execute(f"UPDATE chunks SET {column} = ?", (content[:-1] + bytes([content[-1] ^ 8]),))
        connection.commit()
    index = LabelIndex(file)
    after = index.look(images, store)
    assert [labels(after, number) for number in range(4)] == [labels(before, number) for number in range(4)]
    assert (after.boxes == before.boxes).all()
    assert after.has_file.tolist() == [True, True, True, False]
    assert len(index.take_notices()) == 1
    index.close()


def test_an_empty_annotation_has_no_facts() -> None:
    facts = facts_of(Annotation())
    assert (facts.files[0].labels, facts.boxes.shape) == ([], (0, 4))


def test_many_saves_are_in_the_next_answer_and_in_the_file(images: list[str], tmp_path: Path) -> None:
    index = LabelIndex(tmp_path / "labels.sqlite")
    store = LabelStore(on_saved=index.update)
    index.refresh(images, store)
    for turn in range(300):
        image = images[turn % 4]
        loaded = store.load(image)
        point = Shape(ShapeKind.POINT, [[turn, 1]], label=f"t{turn}")
        store.save(image, loaded.annotation.with_changes(shapes=(point,)), image_size=None, expected=loaded.stamp)
    assert [labels(index.columns(images), number) for number in range(4)] == [[f"t{turn}"] for turn in range(296, 300)]
    assert index.refresh(images, store).read == 0
    index.close()
    again = LabelIndex(tmp_path / "labels.sqlite")
    assert again.refresh(images, store).read == 0
    assert again.columns(images).boxes[:, 0].tolist() == [296, 297, 298, 299]
    again.close()


def test_an_index_of_another_version_is_begun_anew_without_a_word(images: list[str], tmp_path: Path) -> None:
    place = tmp_path / "old.sqlite"
    with contextlib.closing(sqlite3.connect(place)) as old:
        old.executescript("CREATE TABLE chunks (id INTEGER); PRAGMA user_version = 2")
    index = LabelIndex(place)
    assert index.refresh(images, LabelStore()).read == 3
    assert labels(index.columns(images), 0) == ["cat", "dog"]
    assert index.take_notices() == ()
    index.close()
    assert not list(tmp_path.glob("*.broken"))
