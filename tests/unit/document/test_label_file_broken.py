"""Broken label files: each is named with the place of the trouble, and none is touched."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.document import label_file
from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import parse_annotation, read_label_file, write_label_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import LabelFileError, StorageError

GOOD = {"label": "cat", "points": [[1, 2], [3, 4], [5, 0]], "shape_type": "polygon"}
DEEP = b'{"shapes": [], "extra": ' + b"[" * 500 + b"]" * 500 + b"}"


def with_shape(**keys: Any) -> bytes:
    return json.dumps({"shapes": [GOOD, {**GOOD, **keys}], "imagePath": "a.jpg"}).encode()


def without(key: str) -> bytes:
    return json.dumps({"shapes": [{name: value for name, value in GOOD.items() if name != key}]}).encode()


def raw_points(text: str) -> bytes:
    return b'{"shapes": [{"label": "cat", "points": ' + text.encode() + b"}]}"


CASES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "only zeros": (bytes(4096), "the file is empty"),
    "only a mark": (b"\xef\xbb\xbf\n", "the file is empty"),
    "cut off": (with_shape()[:60], "not valid JSON: line 1"),
    "text": (b"hello", "not valid JSON: line 1, column 1"),
    "line is named": (b'{\n"shapes": [\n}', "not valid JSON: line 3"),
    "a picture": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not text in UTF-8"),
    "half a UTF-16 character": (b"\xff\xfe{\x00}", "not text in UTF-8"),
    "a list": (b"[]", "not a label file"),
    "a number": (b"3", "not a label file"),
    "null": (b"null", "not a label file"),
    "no shapes": (b'{"imagePath": "a.jpg"}', 'no list of "shapes"'),
    "shapes null": (b'{"shapes": null}', 'no list of "shapes"'),
    "shapes an object": (b'{"shapes": {}}', 'no list of "shapes"'),
    "another program's objects": (b'{"info": {}, "objects": []}', 'no list of "shapes"'),
    "nested deeply in unknown keys": (DEEP, '"extra" is nested too deeply'),
    "nested without end": (b"[" * 10_000_000, "nested too deeply|not valid JSON"),
    "a number of a million digits": (b'{"shapes": [], "n": ' + b"9" * 1_000_000 + b"}", "not valid JSON"),
    "shape is text": (b'{"shapes": ["cat"]}', "shape 1 is not an object"),
    "shape is null": (b'{"shapes": [null]}', "shape 1 is not an object"),
    "no label": (without("label"), 'shape 1: "label"'),
    "label null": (with_shape(label=None), 'shape 2: "label"'),
    "label a number": (with_shape(label=3), 'shape 2: "label"'),
    "no points": (without("points"), 'shape 1 ("cat"): "points"'),
    "points null": (with_shape(points=None), '"points" is missing'),
    "points an object": (with_shape(points={"x": 1}), '"points" is missing or is not a list'),
    "points of numbers": (with_shape(points=[1, 2]), '"points": point 1 is not a pair'),
    "points of three": (with_shape(points=[[1, 2, 3]]), '"points": point 1 is not a pair'),
    "points ragged": (with_shape(points=[[1, 2], [3], [5, 6]]), '"points": point 2 is not a pair'),
    "points of text": (with_shape(points=[[1, 2], ["3", 4]]), '"points": point 2 is not a pair'),
    "points of booleans": (with_shape(points=[[1, 2], [3, True]]), '"points": point 2 is not a pair'),
    "points of null": (with_shape(points=[[1, None]]), '"points": point 1 is not a pair'),
    "points of lists": (with_shape(points=[[[1], [2]]]), '"points": point 1 is not a pair'),
    "points nested": (with_shape(points=[[[1, 2], [3, 4]]]), '"points": point 1 is not a pair'),
    "points NaN": (raw_points("[[1, 2], [NaN, 2]]"), '"points": point 2 is not finite'),
    "points infinite": (raw_points("[[1, Infinity]]"), '"points": point 1 is not finite'),
    "points beyond floats": (raw_points("[[1e400, 1]]"), '"points": point 1 is not finite'),
    "points far away": (raw_points("[[1e300, 1]]"), "far outside any picture"),
    "points of huge integers": (raw_points("[[" + "9" * 400 + ", 1]]"), "far outside any picture|not valid JSON"),
    "flags a list": (with_shape(flags=["x"]), 'shape 2 ("cat"): "flags" is not an object'),
    "flag a number": (with_shape(flags={"x": 2}), '"flags": "x" is neither true nor false'),
    "group a text": (with_shape(group_id="3"), '"group_id" is not a whole number'),
    "group a boolean": (with_shape(group_id=True), '"group_id" is not a whole number'),
    "group a half": (with_shape(group_id=1.5), '"group_id" is not a whole number'),
    "group beyond 64 bits": (with_shape(group_id=2**64), '"group_id" is not a whole number'),
    "group NaN": (with_shape(group_id=float("nan")), '"group_id" is not a whole number'),
    "score a text": (with_shape(score="0.9"), '"score" is not a number'),
    "score a boolean": (with_shape(score=True), '"score" is not a number'),
    "score NaN": (with_shape(score=float("nan")), '"score" is not a number'),
    "score huge": (with_shape(score=10**400), '"score" is not a number|not valid JSON'),
    "type a number": (with_shape(shape_type=3), '"shape_type" is not a text'),
    "type a list": (with_shape(shape_type=["polygon"]), '"shape_type" is not a text'),
    "description a list": (with_shape(description=[]), '"description" is not a text'),
    "text a number": (with_shape(text=5), '"text" is not a text'),
    "difficult a number": (with_shape(difficult=2), '"difficult" is neither'),
    "locked a text": (with_shape(locked="yes"), '"locked" is neither'),
    "attributes a list": (with_shape(attributes=[1]), '"attributes" is not an object'),
    "image flags": (b'{"shapes": [], "flags": [1]}', '"flags" is not an object'),
    "checked a number": (b'{"shapes": [], "checked": 0.5}', '"checked" is neither'),
    "picture a number": (b'{"shapes": [], "imagePath": 1}', '"imagePath" is not a text'),
    "embedded a list": (b'{"shapes": [], "imageData": []}', '"imageData" is not a text'),
    "shapes twice": (b'{"shapes": [], "shapes": []}', 'the key "shapes" stands twice'),
    "points twice": (
        b'{"shapes": [{"label": "a", "points": [[1, 2]], "points": [[3, 4]]}]}',
        'the key "points" stands twice',
    ),
    "attributes twice": (
        b'{"shapes": [{"label": "a", "points": [[1, 2]], "attributes": {"x": 1}, "attributes": {"y": 1}}]}',
        'the key "attributes" stands twice',
    ),
    "an unknown key twice": (b'{"shapes": [], "a": 1, "a": 2}', 'the key "a" stands twice'),
    "twice, deep inside": (b'{"shapes": [], "a": [{"b": {"c": 1, "c": 2}}]}', 'the key "c" stands twice'),
    "twice, beside a text like a key": (b'{"shapes": [], "a": "\\"a\\": 1", "a": 2}', 'the key "a" stands twice'),
    "label twice": (b'{"shapes": [{"label": "a", "label": "b", "points": [[1, 2]]}]}', 'the key "label" stands twice'),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_is_named_with_the_place_and_left_alone(case: str, tmp_path: Path) -> None:
    data, reason = CASES[case]
    path = tmp_path / "street 12.json"
    path.write_bytes(data)
    before = path.stat()
    alternatives = [re.escape(part) for part in reason.split("|")]
    with pytest.raises(LabelFileError, match="|".join(alternatives)) as caught:
        read_label_file(path)
    assert caught.value.user_text.startswith("street 12.json cannot be read: ")
    assert len(caught.value.user_text) < 250
    assert caught.value.hint
    assert path.read_bytes() == data
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert list(tmp_path.iterdir()) == [path]


def test_words_that_only_look_like_keys_do_no_harm() -> None:
    shape = {**GOOD, "label": "label", "description": '"points" and "shapes"', "nested": {"points": 1, "label": 2}}
    data = json.dumps({"shapes": [shape], "imagePath": "points", "shapes_of": "shapes"}).encode()
    assert parse_annotation(data, "a.json").shapes[0].label == "label"


def test_nested_brackets_are_refused_at_once() -> None:
    with pytest.raises(LabelFileError):
        parse_annotation(b'{"shapes": [' * 1_000_000, "a.json")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_file_with_any_value_anywhere_is_read_or_refused_in_words(data: st.DataObject) -> None:
    rubbish = data.draw(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=8,
        )
    )
    keys = [
        "label",
        "points",
        "shape_type",
        "flags",
        "group_id",
        "description",
        "score",
        "mask",
        "x_shape",
        "direction",
    ]
    keys += ["text", "difficult", "attributes", "locked", "anything"]
    kinds = ["polygon", "rectangle", "rotation", "mask", "cuboid"]
    shape = {**GOOD, "shape_type": data.draw(st.sampled_from(kinds)), data.draw(st.sampled_from(keys)): rubbish}
    top_keys = ["flags", "imagePath", "imageData", "imageWidth", "version", "text", "image_text", "checked", "other"]
    root = {"shapes": [shape], "imageHeight": 5, data.draw(st.sampled_from(top_keys)): rubbish}
    try:
        annotation = parse_annotation(json.dumps(root).encode(), "a.json")
    except LabelFileError as error:
        assert "a.json cannot be read: " in error.user_text  # noqa: PT017 - either outcome is fine
        return
    again = label_file.encode_annotation(annotation, image_name="a.jpg", image_size=None)
    assert len(parse_annotation(again, "a.json").shapes) == len(annotation.shapes)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(LabelFileError):
        parse_annotation(data, "a.json")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LabelFileError, match=r"a\.json cannot be read: No such file"):
        read_label_file(tmp_path / "a.json")


def test_a_folder_with_the_name_of_a_label_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(LabelFileError, match=r"a\.json cannot be read"):
        read_label_file(tmp_path / "a.json")


def test_a_file_too_large_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as stream:
        stream.truncate(label_file.MAX_FILE_BYTES + 1)  # sparse: it takes no space
    with pytest.raises(LabelFileError, match="too much for a label file"):
        read_label_file(path)


def test_writing_into_a_folder_that_has_vanished(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"a\.json could not be saved"):
        write_label_file(tmp_path / "gone" / "a.json", Annotation(), image_name="a.jpg", image_size=None)
    assert list(tmp_path.iterdir()) == []


def test_writing_where_a_folder_has_the_name(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(StorageError, match=r"a\.json could not be saved"):
        write_label_file(target, Annotation(), image_name="a.jpg", image_size=None)
    assert list(tmp_path.iterdir()) == [target]
    assert (target / "inside").is_dir()


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    shape = Shape(ShapeKind.POLYGON, [[1, 2], [3, 4], [5, 0]], label="cat")
    write_label_file(path, Annotation(shapes=(shape,)), image_name="a.jpg", image_size=None)
    with path.open("rb") as reader:
        start = reader.read(20)
        write_label_file(path, Annotation(shapes=(shape,) * 500), image_name="a.jpg", image_size=None)
        old = start + reader.read()
    assert len(parse_annotation(old, "a.json").shapes) == 1
    assert len(read_label_file(path).shapes) == 500
