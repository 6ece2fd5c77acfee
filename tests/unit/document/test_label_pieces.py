"""A large label file that is parsed a few shapes at a time says what it says when it is parsed whole."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.document import label_json, label_pieces
from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import encode_annotation, parse_annotation
from anylabeling.document.shape import Shape, ShapeKind

ODD = st.sampled_from(['a"b', "\\", '\\"', "{[", '}]"', '"shapes": [', "x\\\\", "é", ""])
VALUES = st.recursive(
    ODD | st.integers(-9, 9) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_pieces, "WHOLE_BELOW_BYTES", 1)
    monkeypatch.setattr(label_pieces, "_BLOCK_BYTES", 23)
    monkeypatch.setattr(label_pieces, "_PIECE_BYTES", 31)


@given(
    st.lists(st.fixed_dictionaries({"label": VALUES, "points": st.just([[1, 2], [3.5, 4]])}), max_size=5),
    VALUES,
    VALUES,
    st.sampled_from([None, 2]),
)
def test_pieces_say_what_the_whole_says(shapes: list[Any], before: Any, after: Any, indent: int | None) -> None:
    data = json.dumps({"a": before, "shapes": shapes, "z": after}, indent=indent).encode()
    found = label_pieces.load_in_pieces(data)
    assert found is None or found == json.loads(data)
    if '"shapes"' not in json.dumps([shapes, before, after]):
        assert found is not None


@given(
    st.integers(0, 10_000),
    st.sampled_from(b'{}[]",:\\ 1'),
)
def test_damaged_text_is_never_taken_for_something_else(place: int, byte: int) -> None:
    shapes = [{"label": "a]", "points": [[1, 2], [3, 4]]}, {"label": "\\", "points": []}]
    data = bytearray(json.dumps({"flags": {}, "shapes": shapes, "imagePath": "x"}).encode())
    data[place % len(data)] = byte
    found = label_pieces.load_in_pieces(bytes(data))
    if found is not None:
        assert found == json.loads(data)


@pytest.mark.parametrize(
    "text",
    ['{"shapes": 5}', '{"x": {"shapes": []}}', '{"shapes": [], "shapes": []}', '["shapes"]', '{"shapes": [{}'],
)
def test_other_text_is_parsed_whole(text: str) -> None:
    assert label_pieces.load_in_pieces(text.encode()) is None


@given(st.binary(max_size=200))
def test_counting_in_blocks(data: bytes) -> None:
    assert label_pieces.count_in(data + b'"shapes"' * 3, b'"shapes"') == (data + b'"shapes"' * 3).count(b'"shapes"')


def test_what_is_written_in_pieces_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_json, "_PIECE_VALUES", 50)
    numbers = np.random.default_rng(2).uniform(0, 90, (40, 7, 2)).round(3)
    annotation = Annotation(
        shapes=tuple(
            Shape(ShapeKind.POLYGON, ring, label=f"a{n} ]", holes=(ring / 2,)) for n, ring in enumerate(numbers)
        )
    )
    data = encode_annotation(annotation, image_name="a.jpg", image_size=(90, 90))
    monkeypatch.setattr(label_json, "_PIECE_VALUES", 10**9)
    assert data == encode_annotation(annotation, image_name="a.jpg", image_size=(90, 90))
    read = parse_annotation(data, "a.json")
    assert [shape.content() for shape in read.shapes] == [shape.content() for shape in annotation.shapes]
