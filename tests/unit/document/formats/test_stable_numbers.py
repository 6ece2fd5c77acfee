"""Class numbers of a data set that exists never change, and comments and keys of others stay."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import ClassNumbers, WriteOptions
from anylabeling.document.formats.yolo_files import class_numbers, read_data_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import LabelFileError

sys.path.insert(0, str(Path(__file__).parent))

import format_strategies as own  # noqa: E402


def labelled(*labels: str) -> Annotation:
    corners = np.array([[2, 2], [12, 12]])
    return Annotation(shapes=tuple(Shape(ShapeKind.RECTANGLE, corners, label=label) for label in labels))


def numbers_in(path: Path) -> list[int]:
    return [int(line.split()[0]) for line in path.read_text().splitlines()]


def test_new_labels_come_behind_those_of_data_yaml(tmp_path: Path) -> None:
    (tmp_path / "data.yaml").write_text("# ours\ntrain: images/train  # here\nnames:\n  0: dog\n  5: cat\nflip: 3\n")
    own.written("yolo-detect", [labelled("bird", "cat"), labelled("dog")], (20, 20), tmp_path)
    assert numbers_in(tmp_path / "labels/0.txt") == [6, 5]
    assert numbers_in(tmp_path / "labels/1.txt") == [0]
    text = (tmp_path / "data.yaml").read_text()
    assert "# ours" in text
    assert "# here" in text
    assert "flip: 3" in text
    assert read_data_file(tmp_path / "data.yaml").names == {0: "dog", 5: "cat", 6: "bird"}
    assert (tmp_path / "classes.txt").read_text() == "dog\n\n\n\n\ncat\nbird\n"
    # A second time, now with both files, and the gap in the middle stays one.
    own.written("yolo-detect", [labelled("fish", "bird")], (20, 20), tmp_path, start=2)
    assert numbers_in(tmp_path / "labels/2.txt") == [7, 6]


def test_new_labels_come_behind_those_of_classes_txt(tmp_path: Path) -> None:
    (tmp_path / "classes.txt").write_text("dog\ncat\n")
    own.written("yolo-detect", [labelled("bird", "cat")], (20, 20), tmp_path)
    assert numbers_in(tmp_path / "labels/0.txt") == [2, 1]
    assert (tmp_path / "classes.txt").read_text() == "dog\ncat\nbird\n"


def test_new_labels_come_behind_those_of_a_label_map(tmp_path: Path) -> None:
    (tmp_path / "label_map.json").write_text(json.dumps({"0": "dog", "5": "cat"}))
    own.written("odvg", [labelled("bird", "cat")], (20, 20), tmp_path)
    (row,) = map(json.loads, (tmp_path / "odvg.jsonl").read_text().splitlines())
    assert [(one["label"], one["category"]) for one in row["detection"]["instances"]] == [(6, "bird"), (5, "cat")]
    assert json.loads((tmp_path / "label_map.json").read_text()) == {"0": "dog", "5": "cat", "6": "bird"}


@pytest.mark.parametrize("content", ["[]", '{"a": "dog"}', '{"0": "dog", "1": "dog"}', "{"])
def test_a_label_map_that_makes_no_sense_stops_before_anything_is_written(content: str, tmp_path: Path) -> None:
    (tmp_path / "label_map.json").write_text(content)
    with pytest.raises(LabelFileError):
        own.written("odvg", [labelled("bird")], (20, 20), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["label_map.json"]


def test_a_list_of_names_stays_a_list(tmp_path: Path) -> None:
    (tmp_path / "data.yaml").write_text("nc: 2\nnames: [dog, cat]\n")
    own.written("yolo-segment", [labelled("bird", "cat")], (20, 20), tmp_path)
    text = (tmp_path / "data.yaml").read_text()
    assert "names: [dog, cat, bird]" in text
    assert "nc: 3" in text


def test_lists_that_disagree_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "classes.txt").write_text("dog\ncat\n")
    (tmp_path / "data.yaml").write_text("names: [cat, dog]\n")
    with pytest.raises(LabelFileError, match="calls class 0 dog"):
        class_numbers(tmp_path)


def test_categories_of_coco_stay(tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    there = {"images": [], "annotations": [], "categories": [{"id": 7, "name": "cat"}, {"id": 3, "name": "dog"}]}
    (tmp_path / "annotations/instances_default.json").write_text(json.dumps(there))
    own.written("coco", [labelled("bird", "cat")], (20, 20), tmp_path)
    content = json.loads((tmp_path / "annotations/instances_default.json").read_text())
    assert [row["category_id"] for row in content["annotations"]] == [8, 7]
    assert {row["id"]: row["name"] for row in content["categories"]} == {3: "dog", 7: "cat", 8: "bird"}


def test_numbers_of_masks_stay(tmp_path: Path) -> None:
    (tmp_path / "class_map.json").write_text('{"background": 0, "cat": 4}')
    own.written("masks", [labelled("bird")], (20, 20), tmp_path)
    assert json.loads((tmp_path / "class_map.json").read_text()) == {"background": 0, "cat": 4, "bird": 5}


def test_key_points_of_a_data_set_stay(tmp_path: Path) -> None:
    (tmp_path / "data.yaml").write_text("names: [cat]\nkpt_shape: [2, 3]\nkpt_names:\n  0: [head, tail]\n")
    box, *_ = labelled("cat").shapes
    points = [Shape(ShapeKind.POINT, np.array([[5, 5]]), label=name, group_id=1) for name in ("tail", "paw")]
    annotation = Annotation(shapes=(box.with_changes(group_id=1), *points))
    notes = own.written("yolo-pose", [annotation], (20, 20), tmp_path)
    assert (tmp_path / "labels/0.txt").read_text() == "0 0.35 0.35 0.5 0.5 0 0 0 0.25 0.25 2\n"
    assert notes.sentences() == [
        "1 point left out: they belong to no object, or their name is not among its key points."
    ]


def test_known_classes_come_first_in_a_new_data_set(tmp_path: Path) -> None:
    options = WriteOptions(known_classes=("zebra", "cat"))
    own.written("yolo-detect", [labelled("bird", "cat")], (20, 20), tmp_path, options=options)
    assert read_data_file(tmp_path / "data.yaml").names == {0: "zebra", 1: "cat", 2: "bird"}


def test_images_without_labels_get_empty_files(tmp_path: Path) -> None:
    own.written("yolo-detect", [Annotation()], (20, 20), tmp_path)
    assert (tmp_path / "labels/0.txt").read_bytes() == b""


def test_numbers_of_labels() -> None:
    numbers = ClassNumbers({"b": 4, "a": 1})
    assert [numbers.number(label) for label in ("a", "c", "b", "c")] == [1, 5, 4, 5]
    assert numbers.names() == ["", "a", "", "", "b", "c"]
