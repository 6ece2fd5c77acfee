"""What is written is read back, and all the programs that share our files open it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from annotation_strategies import annotations
from hypothesis import example, given, settings
from peer_rules import anylabeling_faults, labelme_faults, x_anylabeling_faults

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import (
    decode_image_data,
    encode_annotation,
    parse_annotation,
    read_label_file,
    write_label_file,
)
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import StorageError


def written(annotation: Annotation) -> bytes:
    return encode_annotation(annotation, image_name=annotation.image_path, image_size=annotation.image_size)


def deep(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


@settings(max_examples=80, deadline=None)
@given(annotations())
@example(Annotation(extra={"nan-free infinity": float("inf"), "big": 10**40, "half": "\ud800"}))
@example(Annotation(extra={"deep": deep(95)}))
def test_any_annotation_reads_back_as_it_was_written(annotation: Annotation) -> None:
    assert parse_annotation(written(annotation), "a.json").content() == annotation.content()


@settings(max_examples=80, deadline=None)
@given(annotations())
def test_all_three_programs_open_what_is_written(annotation: Annotation) -> None:
    root = json.loads(written(annotation))
    assert labelme_faults(root) == []
    assert anylabeling_faults(root) == []
    assert x_anylabeling_faults(root) == []


def test_the_keys_stand_in_the_order_that_people_know() -> None:
    shape = Shape(
        ShapeKind.RECTANGLE,
        [[1, 2], [3, 4]],
        label="car",
        score=0.5,
        text="AB 12",
        difficult=True,
        locked=True,
        attributes={"colour": "red"},
        extra={"kie_linking": [[1, 2]]},
    )
    texts = {"text": "t", "description": "d", "tags": ("x",)}
    annotation = Annotation(shapes=(shape,), checked=True, extra={"vqaData": {}}, **texts)  # type: ignore[arg-type]
    root = json.loads(encode_annotation(annotation, image_name="a.jpg", image_size=(640, 480)))
    assert list(root) == [
        "version",
        "flags",
        "checked",
        "shapes",
        "imagePath",
        "imageData",
        "imageHeight",
        "imageWidth",
        "image_text",
        "description",
        "tags",
        "vqaData",
    ]
    assert (root["imageHeight"], root["imageWidth"], root["imageData"]) == (480, 640, None)
    assert list(root["shapes"][0]) == [
        "kie_linking",
        "label",
        "score",
        "text",
        "points",
        "group_id",
        "description",
        "difficult",
        "shape_type",
        "flags",
        "attributes",
        "locked",
    ]


def test_a_plain_shape_has_no_key_that_says_nothing() -> None:
    data = encode_annotation(
        Annotation(shapes=(Shape(ShapeKind.POINT, [[1, 2]]),)), image_name="a.jpg", image_size=None
    )
    assert json.loads(data)["shapes"] == [
        {"label": "", "points": [[1.0, 2.0]], "group_id": None, "description": "", "shape_type": "point", "flags": {}}
    ]


@pytest.mark.parametrize(
    ("kind", "count", "shape_type"),
    [
        (ShapeKind.ROTATED_RECTANGLE, 4, "polygon"),
        (ShapeKind.QUADRILATERAL, 4, "polygon"),
        (ShapeKind.MASK, 5, "polygon"),
        (ShapeKind.OTHER, 8, "polygon"),
        (ShapeKind.OTHER, 2, "linestrip"),
        (ShapeKind.OTHER, 1, "point"),
    ],
)
def test_other_kinds_are_outlines_to_others_and_themselves_to_us(kind: ShapeKind, count: int, shape_type: str) -> None:
    points = np.random.default_rng(1).random((count, 2)) * 100
    shape = Shape(kind, points, label="a", parameters={"direction": 0.5})
    root = json.loads(written(Annotation(shapes=(shape,))))
    assert root["shapes"][0]["shape_type"] == shape_type
    assert root["shapes"][0]["x_shape"] == {
        "kind": kind.value,
        "parameters": {"direction": 0.5},
        "points": points.tolist(),
    }
    assert parse_annotation(json.dumps(root).encode(), "a.json").shapes[0].content() == shape.content()


@pytest.mark.parametrize("change", ["points", "shape_type", "note"])
def test_the_outline_wins_when_another_program_has_changed_it(change: str) -> None:
    points = [[0.0, 0.0], [4.0, 1.0], [3.0, 5.0], [-1.0, 4.0]]
    root = json.loads(written(Annotation(shapes=(Shape(ShapeKind.ROTATED_RECTANGLE, points, parameters={"a": 1}),))))
    record = root["shapes"][0]
    if change == "points":
        record["points"][2] = [3.0, 6.0]
    elif change == "shape_type":
        record["shape_type"] = "linestrip"
    else:
        record["x_shape"]["points"] = []
    shape = parse_annotation(json.dumps(root).encode(), "a.json").shapes[0]
    assert shape.kind is (ShapeKind.LINESTRIP if change == "shape_type" else ShapeKind.POLYGON)
    assert shape.points.tolist() == record["points"]
    assert shape.parameters == {}


def test_a_kind_of_a_later_version_survives_until_its_outline_moves() -> None:
    note = {"kind": "spline", "parameters": {"tension": 0.5}, "points": [[0.0, 0.0], [4.0, 1.0], [3.0, 5.0]]}
    root = json.loads(written(Annotation(shapes=(Shape(ShapeKind.POLYGON, note["points"]),))))
    root["shapes"][0]["x_shape"] = note
    annotation = parse_annotation(json.dumps(root).encode(), "a.json")
    assert annotation.shapes[0].kind is ShapeKind.POLYGON
    assert json.loads(written(annotation))["shapes"][0]["x_shape"] == note
    moved = annotation.with_changes(shapes=(annotation.shapes[0].with_points(annotation.shapes[0].points + 1),))
    assert parse_annotation(written(moved), "a.json").shapes[0].extra == {}


def test_an_embedded_picture_is_kept_and_can_be_shown() -> None:
    annotation = parse_annotation(b'{"shapes": [], "imagePath": "a.jpg", "imageData": "/9j/4AAQSkZJ\\nRg=="}', "a.json")
    assert decode_image_data(annotation) == b"\xff\xd8\xff\xe0\x00\x10JFIF"
    assert parse_annotation(written(annotation), "a.json").image_data == annotation.image_data


@pytest.mark.parametrize("text", [None, "", "no base64!", "AAA"])
def test_no_picture_comes_out_of_rubbish(text: str | None) -> None:
    assert decode_image_data(Annotation(image_data=text)) is None


def test_a_data_address_is_a_picture_too() -> None:
    assert decode_image_data(Annotation(image_data="data:image/png;base64,iVBORw==")) == b"\x89PNG"


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_a_score_that_is_no_number_is_not_written(score: float) -> None:
    shape = Shape(ShapeKind.POINT, [[1, 2]], score=score)
    assert "score" not in json.loads(written(Annotation(shapes=(shape,))))["shapes"][0]


def test_numbers_of_numpy_are_written_as_numbers() -> None:
    shape = Shape(
        ShapeKind.LINE,
        np.asfortranarray([[1, 2], [3, 4]]),
        score=np.float32(0.5),  # type: ignore[arg-type]
        group_id=np.int64(3),  # type: ignore[arg-type]
        attributes={"embedding": np.array([1.0, 2.0]), "infinite": float("inf")},
    )
    record = json.loads(written(Annotation(shapes=(shape,))))["shapes"][0]
    assert (record["score"], record["group_id"], record["points"]) == (0.5, 3, [[1.0, 2.0], [3.0, 4.0]])
    assert record["attributes"] == {"embedding": [1.0, 2.0], "infinite": float("inf")}


def test_a_value_without_a_form_in_json_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(StorageError, match=r"a\.jpg could not be saved: .*set"):
        write_label_file(path, Annotation(extra={"bad": {1, 2}}), image_name="a.jpg", image_size=None)
    assert list(tmp_path.iterdir()) == []


def test_prompts_among_the_shapes_are_not_written() -> None:
    shapes = (Shape(ShapeKind.POINT, [[1, 2]], label="AUTOLABEL_ADD"), Shape(ShapeKind.POINT, [[1, 2]], label="cat"))
    assert [shape["label"] for shape in json.loads(written(Annotation(shapes=shapes)))["shapes"]] == ["cat"]


def test_a_dense_file_comes_back_as_it_was(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    shapes = tuple(Shape(ShapeKind.POLYGON, rng.random((100, 2)) * 4000, label="cell", score=0.5) for _ in range(500))
    path = tmp_path / "a.json"
    write_label_file(path, Annotation(shapes=shapes), image_name="a.jpg", image_size=(4000, 3000), fsync=False)
    assert [shape.content() for shape in read_label_file(path).shapes] == [shape.content() for shape in shapes]
