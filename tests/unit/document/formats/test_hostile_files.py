"""Files that are broken, or made to do harm: each is named, nothing grows, and no path leaves the folder."""

from __future__ import annotations

import json
import os
import sys
import zlib
from pathlib import Path

import pytest

from anylabeling.document.formats.coco_rle import decode_counts, expand
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.reading import inside, number, picture_inside, read_bytes, safe_name
from anylabeling.document.formats.registry import detect_format, format_info, make_reader
from anylabeling.document.formats.xml_tree import XmlError, parse_xml
from anylabeling.errors import LabelFileError

sys.path.insert(0, str(Path(__file__).parent))

import format_strategies as own  # noqa: E402

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><annotation><filename>&b;</filename></annotation>"""
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><annotation>&a;</annotation>'


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, b"", b"<a>", b"<a></b>", b"\xff\xfe", b"<a>" * 100 + b"</a>" * 100,
                                  b'<?xml version="1.0" encoding="martian"?><a/>'])  # fmt: skip
def test_xml_that_is_refused(data: bytes) -> None:
    with pytest.raises(XmlError):
        parse_xml(data)


@pytest.mark.parametrize(
    ("name", "safe"),
    [("a.jpg", "a.jpg"), ("sub/a.jpg", "sub/a.jpg"), ("..\\..\\a.jpg", "a.jpg"), ("/etc/passwd", "passwd"),
     ("C:\\photos\\a.jpg", "a.jpg"), ("a/../../b.jpg", "b.jpg"), ("", ""), ("..", ""), ("a\0b", ""), (7, ""),
     ("./a.jpg", "a.jpg"), ("C:", "")],
)  # fmt: skip
def test_paths_out_of_files_stay_below(name: object, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    home.mkdir()
    away.mkdir()
    (away / "secret.jpg").write_bytes(b"x")
    (home / "link").symlink_to(away)
    assert inside(home, "link/secret.jpg") is None
    assert inside(home, "a.jpg") == home / "a.jpg"
    assert picture_inside(home, "link/secret.jpg") is None
    assert [picture_inside(home, name) for name in ("..", "../a.jpg", "link/..", "")] == [None] * 4


def test_a_picture_may_be_a_link_itself(tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away.jpg"
    home.mkdir()
    away.write_bytes(b"x")
    (home / "a.jpg").symlink_to(away)
    assert inside(home, "a.jpg") is None
    assert picture_inside(home, "a.jpg") == home / "a.jpg"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "nan", "1e999", "x", None, True, 1e12, 10**400, []])
def test_numbers_that_are_none(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is for people
        number(value)


def test_files_are_bounded_and_pipes_are_none(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 2000)
    with pytest.raises(LabelFileError, match="larger than"):
        read_bytes(tmp_path / "large", 1000)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LabelFileError, match="not a file"):
        read_bytes(tmp_path / "pipe")


@pytest.mark.parametrize("counts", [[1, 2], [-1, 21], [10**30], [20, 1], [[1]]])
def test_run_lengths_that_do_not_fit(counts: list[int]) -> None:
    with pytest.raises((ValueError, OverflowError)):
        decode_counts(counts, 4, 5)
    with pytest.raises(ValueError, match="makes no sense"):
        decode_counts([0], 1 << 20, 1 << 20)


@pytest.mark.parametrize("text", ["\x00", "~~~~", "o" * 40, "P", "é"])
def test_texts_of_run_lengths_that_are_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is for people
        decode_counts(expand(text), 4, 5)


@pytest.mark.parametrize("line", ["0 nan 0.5 0.1 0.1", "0 0.5 0.5", "x 0.5 0.5 0.1 0.1", "0 0.5 0.5 -1 0.1",
                                  "0 1 2 3 4 5 6 7 z", "-1 0.5 0.5 0.1 0.1", "0 1e999 0 0 0"])  # fmt: skip
def test_a_broken_yolo_file_is_named_with_its_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels/a.txt").write_text("0 0.5 0.5 0.1 0.1\n" + line + "\n")
    (tmp_path / "labels/b.txt").write_text("0 0.5 0.5 0.1 0.1\n")
    reader = make_reader(format_info("yolo"), tmp_path)
    first, second = reader.entries()
    with pytest.raises(LabelFileError, match=r"a\.txt cannot be read: line 2"):
        reader.read(first, (100, 100), Notes())
    assert len(reader.read(second, (100, 100), Notes()).shapes) == 1


def test_one_bad_annotation_of_coco_costs_no_other(tmp_path: Path) -> None:
    good = {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}
    bad = [
        {**good, "bbox": [1, 2, "x", 4]}, {**good, "bbox": [1, 2, -3, 4]}, {**good, "category_id": "x"},
        {**good, "bbox": None},
        {**good, "segmentation": [[1, 2, 3]]}, {**good, "segmentation": {"size": [1, 1], "counts": [1]}},
        {**good, "segmentation": {"size": [80, 100], "counts": "zzz"}}, {**good, "keypoints": [1, 2]},
        {"image_id": 1}, 7, {**good, "image_id": None}, {**good, "image_id": 99},
    ]  # fmt: skip
    images = [{"id": 1, "file_name": "../../a.png", "width": 100, "height": 80}, {"id": 2}, "x"]
    content = {"images": images, "annotations": [*bad, good], "categories": [{"id": 1, "name": "cat"}]}
    (tmp_path / "a.json").write_text(json.dumps(content))
    reader = make_reader(format_info("coco"), tmp_path / "a.json")
    (entry,) = reader.entries()
    assert entry.name == "a.png"
    assert all(tmp_path in place.parents for place in entry.places)
    notes = Notes()
    assert [shape.label for shape in reader.read(entry, (100, 80), notes).shapes] == ["cat"]
    notes.add(reader.notes)
    assert sum(notes.counts().values()) == len(bad) + 2


def test_one_bad_line_costs_no_other(tmp_path: Path) -> None:
    box = {"bbox": [1, 2, 3, 4], "label": 0, "category": "cat"}
    bad_boxes = [
        {**box, "bbox": [1, 2, "x", 4]},
        {**box, "bbox": [5, 2, 3, 4]},
        {**box, "bbox": []},
        {"bbox": [1] * 4},
        7,
    ]
    lines = [
        '{"filename": "a.png", "detection": {"instances": [',
        "[1, 2]",
        json.dumps({"filename": 3}),
        json.dumps({"filename": "../../etc/a.png", "detection": {"instances": [*bad_boxes, box]}}),
        json.dumps({"filename": "b.png", "detection": 7, "grounding": {"regions": "x"}}),
        "[" * 100_000,
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    reader = make_reader(format_info("odvg"), tmp_path / "a.jsonl")
    first, second = reader.entries()
    assert (first.name, second.name) == ("a.png", "b.png")
    assert all(tmp_path in place.parents for place in first.places)
    notes = Notes()
    assert [shape.label for shape in reader.read(first, (100, 80), notes).shapes] == ["cat"]
    assert not reader.read(second, (100, 80), notes).shapes
    notes.add(reader.notes)
    assert sum(notes.counts().values()) == len(bad_boxes) + 4


@pytest.mark.parametrize(
    "answer",
    [None, 7, "None", "There is a dog.", '```json\n[{"bbox_2d": [1, 2,\n```', '[{"bbox_2d": [1, 2, 3]}]', "{}", "[[[["],
)
def test_answers_of_models_that_say_nothing_of_boxes(answer: object, tmp_path: Path) -> None:
    talk = [{"from": "human", "value": "<image>?"}, {"from": "gpt", "value": answer}, "x"]
    (tmp_path / "a.jsonl").write_text(json.dumps({"image": "a.png", "conversations": talk}))
    reader = make_reader(format_info("vlm-r1"), tmp_path)
    (entry,) = reader.entries()
    assert not reader.read(entry, (100, 80), Notes()).shapes


@pytest.mark.parametrize(
    "content",
    [[], {"labels": 1, "scores": 1, "bboxes": 1}, {"labels": [1], "scores": [], "bboxes": []}, {"labels": {}}],
)
def test_results_whose_columns_do_not_fit_are_refused(content: object, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(content))
    reader = make_reader(format_info("mmdet"), tmp_path / "a.json")
    (entry,) = reader.entries()
    with pytest.raises(LabelFileError, match="not of one length"):
        reader.read(entry, (100, 80), Notes())


def test_a_picture_of_numbers_that_asks_for_much_memory_is_refused(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = (60_000).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    (tmp_path / "masks").mkdir()
    (tmp_path / "masks/a.png").write_bytes(png)
    reader = make_reader(format_info("masks"), tmp_path)
    (entry,) = reader.entries()
    with pytest.raises(LabelFileError):
        reader.read(entry, (60_000, 60_000), Notes())


@pytest.mark.parametrize("name", ["coco", "createml", "isat", "voc", "yolo", "dota", "ppocr", "masks", "voc-masks",
                                  "classify-csv", "classify-folders", "odvg", "vlm-r1", "mmdet", "cvat",
                                  "mot"])  # fmt: skip
def test_an_empty_folder_is_no_data_set(name: str, tmp_path: Path) -> None:
    with pytest.raises(LabelFileError):
        make_reader(format_info(name), tmp_path).entries()
    assert detect_format(tmp_path) is None


@pytest.mark.parametrize("name", ["data.yaml", "classes.txt"])
def test_a_list_of_classes_that_cannot_be_read_stops_before_anything_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\xfa\xfb: [")
    with pytest.raises(LabelFileError):
        own.written("yolo-detect", [], (1, 1), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
