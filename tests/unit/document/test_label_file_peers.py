"""Files as AnyLabeling, labelme 5 to 7 and X-AnyLabeling write them, and what is left of them after a save."""

from __future__ import annotations

import base64
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from peer_rules import anylabeling_faults, labelme_faults, x_anylabeling_faults

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import encode_annotation, parse_annotation, read_label_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import LabelFileError
from anylabeling.opencv import cv2

SQUARE = [[10.0, 20.0], [30.0, 20.0], [30.0, 50.0], [10.0, 50.0]]
TILTED = [[0.0, 0.0], [40.0, 30.0], [34.0, 38.0], [-6.0, 8.0]]
SKEWED = [[0.0, 0.0], [40.0, 5.0], [30.0, 38.0], [-6.0, 8.0]]


def file_of(*shapes: dict[str, Any], **top: Any) -> bytes:
    root = {"version": "5.0.1", "flags": {}, "shapes": list(shapes), "imagePath": "a.jpg", "imageData": None}
    return json.dumps({**root, "imageHeight": 480, "imageWidth": 640, **top}).encode()


def record(shape_type: str, points: list[list[float]], **keys: Any) -> dict[str, Any]:
    return {"label": "car", "points": points, "group_id": None, "shape_type": shape_type, "flags": {}, **keys}


def read_shape(shape: dict[str, Any]) -> Shape:
    (read,) = parse_annotation(file_of(shape), "a.json").shapes
    return read


def resaved(annotation: Annotation) -> Annotation:
    """Save and read again, and check on the way that the other programs would open the file."""
    data = encode_annotation(annotation, image_name=annotation.image_path, image_size=None)
    root = json.loads(data)
    assert [*labelme_faults(root), *anylabeling_faults(root), *x_anylabeling_faults(root)] == []
    return parse_annotation(data, "a.json")


def encoded(annotation: Annotation) -> bytes:
    return encode_annotation(annotation, image_name="a.jpg", image_size=None)


def png_mask(rows: list[str]) -> str:
    bitmap = np.array([[int(cell) for cell in row] for row in rows], np.uint8)
    return base64.b64encode(cv2.imencode(".png", bitmap)[1].tobytes()).decode()


@pytest.mark.parametrize("name", ["2011_000003", "2011_000006", "2011_000025"])
def test_files_drawn_by_people_in_labelme(data_dir: Path, name: str) -> None:
    path = data_dir / "photos" / "labelme3" / f"{name}.json"
    source = json.loads(path.read_bytes())
    before = path.read_bytes()
    annotation = read_label_file(path)
    assert [(shape.label, shape.points.tolist()) for shape in annotation.shapes] == [
        (shape["label"], shape["points"]) for shape in source["shapes"]
    ]
    assert annotation.image_size == (source["imageWidth"], source["imageHeight"])
    assert annotation.image_path == source["imagePath"]
    again = resaved(annotation)
    assert again.content() == annotation.content()
    written = json.loads(encode_annotation(again, image_name=again.image_path, image_size=None))
    for old, new in zip(source["shapes"], written["shapes"], strict=True):
        assert {key: new[key] for key in old} == old
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("shape_type", "points", "kind"),
    [
        ("polygon", SKEWED, ShapeKind.POLYGON),
        ("polygon", [*SQUARE, SQUARE[0]], ShapeKind.POLYGON),
        ("rectangle", [[1.5, 2.0], [3.0, 4.0]], ShapeKind.RECTANGLE),
        ("rectangle", [[30.0, 50.0], [10.0, 20.0]], ShapeKind.RECTANGLE),
        ("rectangle", SKEWED, ShapeKind.QUADRILATERAL),
        ("rectangle", [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]], ShapeKind.QUADRILATERAL),
        ("rotation", TILTED, ShapeKind.ROTATED_RECTANGLE),
        ("rotation", SKEWED, ShapeKind.QUADRILATERAL),
        ("oriented_rectangle", TILTED, ShapeKind.ROTATED_RECTANGLE),
        ("quadrilateral", SKEWED, ShapeKind.QUADRILATERAL),
        ("circle", [[5.0, 5.0], [8.0, 9.0]], ShapeKind.CIRCLE),
        ("line", [[5.0, 5.0], [8.0, 9.0]], ShapeKind.LINE),
        ("linestrip", SKEWED, ShapeKind.LINESTRIP),
        ("point", [[5.0, 5.0]], ShapeKind.POINT),
        ("points", SKEWED, ShapeKind.POINTS),
        ("points", [[5.0, 5.0]], ShapeKind.POINTS),
        ("cuboid", SQUARE + TILTED, ShapeKind.CUBOID),
        # Kinds that only the others have, and numbers of points that should not be but are.
        ("spline of tomorrow", SKEWED, ShapeKind.OTHER),
        ("polygon", [[5.0, 5.0], [8.0, 9.0]], ShapeKind.OTHER),
        ("polygon", [[5.0, 5.0]], ShapeKind.OTHER),
        ("circle", [[5.0, 5.0]], ShapeKind.OTHER),
        ("circle", SKEWED, ShapeKind.OTHER),
        ("rectangle", [[5.0, 5.0]], ShapeKind.OTHER),
        ("rectangle", SKEWED[:3], ShapeKind.OTHER),
        ("rectangle", [*SQUARE, SQUARE[0]], ShapeKind.OTHER),
        ("line", SKEWED, ShapeKind.OTHER),
        ("cuboid", SQUARE, ShapeKind.OTHER),
        ("linestrip", [[5.0, 5.0]], ShapeKind.OTHER),
        ("point", SKEWED, ShapeKind.OTHER),
        ("rotation", SKEWED[:3], ShapeKind.OTHER),
        ("quadrilateral", SKEWED[:2], ShapeKind.OTHER),
        ("mask", [[5.0, 5.0], [8.0, 9.0]], ShapeKind.OTHER),
    ],
)
def test_each_kind_is_read_and_keeps_its_points(shape_type: str, points: list[list[float]], kind: ShapeKind) -> None:
    shape = read_shape(record(shape_type, points))
    assert shape.kind is kind
    assert shape.points.tolist() == points
    if kind is ShapeKind.OTHER:
        assert shape.parameters == {"shape_type": shape_type}
    annotation = parse_annotation(file_of(record(shape_type, points)), "a.json")
    assert resaved(annotation).content() == annotation.content()


@pytest.mark.parametrize("first", range(4))
@pytest.mark.parametrize("step", [1, -1])
def test_a_rectangle_of_four_corners_is_the_same_from_any_corner(first: int, step: int) -> None:
    corners = [SQUARE[(first + step * index) % 4] for index in range(4)]
    shape = read_shape(record("rectangle", corners))
    assert shape.kind is ShapeKind.RECTANGLE
    assert shape.points.tolist() == [[10.0, 20.0], [30.0, 50.0]]


def test_a_rotated_box_keeps_its_direction_and_turns_it_with_the_points() -> None:
    shape = read_shape(record("rotation", TILTED, direction=math.atan2(30, 40)))
    assert shape.parameters == {"direction": math.atan2(30, 40)}
    assert shape.with_points(shape.points + 5).parameters == shape.parameters
    turned = shape.with_points(np.stack([-shape.points[:, 1], shape.points[:, 0]], axis=1))
    assert turned.parameters["direction"] == pytest.approx(math.atan2(30, 40) + math.pi / 2)


def test_a_mask_shows_its_outline_and_keeps_its_bitmap() -> None:
    encoded = png_mask(["00000", "01110", "01110", "01110", "00001"])
    shape = read_shape(record("mask", [[100.0, 200.0], [104.0, 204.0]], mask=encoded))
    assert shape.kind is ShapeKind.MASK
    assert shape.parameters == {"bbox": [100.0, 200.0, 104.0, 204.0], "png": encoded}
    assert shape.points.min(axis=0).tolist() == [101.5, 201.5]
    assert "mask" not in shape.extra
    annotation = Annotation(shapes=(shape,), image_path="a.jpg")
    assert resaved(annotation).content() == annotation.content()


@pytest.mark.parametrize(
    ("rows", "outline"),
    [
        (["000", "000"], [[0, 0], [3, 0], [3, 2], [0, 2]]),
        (["010", "000"], [[1, 0], [2, 0], [2, 1], [1, 1]]),
        (["011", "000"], [[1, 0], [3, 0], [3, 1], [1, 1]]),
    ],
    ids=["empty", "one pixel", "a row"],
)
def test_a_mask_with_hardly_a_pixel_still_has_an_outline(rows: list[str], outline: list[list[int]]) -> None:
    shape = read_shape(record("mask", [[0.0, 0.0], [2.0, 1.0]], mask=png_mask(rows)))
    assert shape.points.tolist() == outline


@pytest.mark.parametrize(
    "encoded",
    ["", "rubbish!", "AAAA", png_mask(["11", "11"]), png_mask(["111", "111"])[:60], {"counts": "abc"}],
    ids=["empty", "no base64", "no PNG", "other size", "cut off", "run lengths"],
)
def test_a_mask_that_cannot_be_decoded_is_kept_as_it_is(encoded: Any) -> None:
    source = record("mask", [[0.0, 0.0], [2.0, 1.0]], mask=encoded)
    shape = read_shape(source)
    assert shape.kind is ShapeKind.OTHER
    assert shape.parameters == {"shape_type": "mask", "mask": encoded}
    annotation = Annotation(shapes=(shape,), image_path="a.jpg")
    assert resaved(annotation).content() == annotation.content()


def test_a_tiny_file_cannot_ask_for_a_huge_bitmap() -> None:
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (200_001).to_bytes(4, "big") * 2
    source = record("mask", [[0.0, 0.0], [200_000.0, 200_000.0]], mask=base64.b64encode(header).decode())
    assert read_shape(source).kind is ShapeKind.OTHER


def test_a_bitmap_at_a_shape_that_is_no_mask_is_kept_where_labelme_does_not_mind() -> None:
    annotation = parse_annotation(file_of(record("polygon", SKEWED, mask="AAAA")), "a.json")
    again = resaved(annotation)
    assert again.content() == annotation.content()
    assert again.shapes[0].parameters == {"mask": "AAAA"}


def test_everything_that_x_anylabeling_writes_is_kept() -> None:
    data = file_of(
        record(
            "rectangle",
            SQUARE,
            score=0.91,
            description="parked",
            difficult=True,
            attributes={"colour": "red", "doors": "4"},
            kie_linking=[[1, 2], [1, 3]],
            locked=True,
            group_id=7,
        ),
        record("cuboid", SQUARE + TILTED, cuboid3d={"yaw": 0.1}),
        version="4.0.2",
        checked=True,
        flags={"night": True, "rain": False},
        description="a street",
        tags=["city"],
        chat_history=[{"role": "user", "content": "?"}],
        vqaData={"q": None},
    )
    annotation = parse_annotation(data, "a.json")
    box, cuboid = annotation.shapes
    assert (box.score, box.description, box.difficult, box.locked, box.group_id) == (0.91, "parked", True, True, 7)
    assert box.attributes == {"colour": "red", "doors": "4"}
    assert box.extra == {"kie_linking": [[1, 2], [1, 3]]}
    assert cuboid.extra == {"cuboid3d": {"yaw": 0.1}}
    assert (annotation.checked, annotation.description, annotation.version) == (True, "a street", "4.0.2")
    assert annotation.flags == {"night": True, "rain": False}
    assert annotation.tags == ("city",)
    assert set(annotation.extra) == {"chat_history", "vqaData"}
    assert resaved(annotation).content() == annotation.content()


def test_tags_keep_their_order_and_what_is_none_is_kept_until_a_person_gives_some() -> None:
    annotation = parse_annotation(file_of(record("polygon", SKEWED), tags=["wet road", "", "dusk", "dusk"]), "a.json")
    assert annotation.tags == ("wet road", "", "dusk", "dusk")
    assert json.loads(encoded(annotation))["tags"] == ["wet road", "", "dusk", "dusk"]
    assert not Annotation(tags=("a",)).is_empty
    for odd in ([], None, "dusk", ["dusk", 3], {"dusk": True}, 10**30):
        kept = parse_annotation(file_of(record("polygon", SKEWED), tags=odd), "a.json")
        assert kept.tags == ()
        assert json.loads(encoded(kept))["tags"] == odd
        assert json.loads(encoded(kept.with_changes(tags=("dry",))))["tags"] == ["dry"]
    assert "tags" not in json.loads(encoded(parse_annotation(file_of(), "a.json")))
    with pytest.raises(LabelFileError, match="nested"):
        parse_annotation(file_of(tags=json.loads("[" * 120 + "]" * 120)), "a.json")


def test_everything_that_anylabeling_writes_is_kept() -> None:
    data = file_of(
        {"custom": {"a": [1]}, **record("rectangle", [[1.0, 2.0], [3.0, 4.0]], text="AB 12")},
        record("point", [[1.0, 1.0]], label="AUTOLABEL_ADD"),
        version="0.4.36",
        text="",
        image_text="two lines\nof text",
        source="camera 4",
    )
    annotation = parse_annotation(data, "a.json")
    (shape,) = annotation.shapes
    assert (shape.text, shape.extra) == ("AB 12", {"custom": {"a": [1]}})
    assert (annotation.text, annotation.extra) == ("two lines\nof text", {"source": "camera 4"})
    assert resaved(annotation).content() == annotation.content()


def test_an_image_that_failed_the_check_in_x_anylabeling_is_unchecked_and_stays_failed() -> None:
    annotation = parse_annotation(file_of(record("polygon", SKEWED), checked="failed"), "a.json")
    assert not annotation.checked
    again = resaved(annotation)
    assert again.content() == annotation.content()
    data = encode_annotation(again, image_name="a.jpg", image_size=None)
    assert json.loads(data)["checked"] == "failed"
    passed = encode_annotation(again.with_changes(checked=True), image_name="a.jpg", image_size=None)
    assert json.loads(passed)["checked"] is True


def test_zero_and_one_for_no_and_yes() -> None:
    shape = read_shape(record("polygon", SKEWED, difficult=1, locked=0) | {"flags": {"crowd": 1, "cut": 0}})
    assert (shape.difficult, shape.locked, shape.flags) == (True, False, {"crowd": True, "cut": False})
    assert all(isinstance(value, bool) for value in shape.flags.values())
    assert resaved(Annotation(shapes=(shape,), image_path="a.jpg")).shapes[0].content() == shape.content()


def test_null_and_missing_keys_mean_nothing_is_there() -> None:
    bare = parse_annotation(b'{"shapes": [{"label": "a", "points": [[1, 2], [3, 4], [5, 0]]}]}', "a.json")
    nulls = dict.fromkeys(("group_id", "flags", "description", "mask", "score", "text", "difficult"))
    nulls |= dict.fromkeys(("attributes", "locked", "shape_type"))
    top = dict.fromkeys(("version", "flags", "imagePath", "imageData", "imageHeight", "imageWidth", "checked"))
    shape = {"label": "a", "points": [[1, 2], [3, 4], [5, 0]], **nulls}
    full = parse_annotation(json.dumps({"shapes": [shape], **top}).encode(), "a.json")
    assert bare.content() == full.content()
    assert bare.shapes[0].kind is ShapeKind.POLYGON
    assert (bare.image_path, bare.image_size, bare.image_data) == ("", None, None)


def test_back_slashes_in_the_name_of_the_picture() -> None:
    annotation = parse_annotation(file_of(imagePath="..\\images\\day 1\\a.jpg"), "a.json")
    assert annotation.image_path == "../images/day 1/a.jpg"


def test_a_shape_without_points_is_left_out() -> None:
    assert parse_annotation(file_of(record("polygon", [])), "a.json").shapes == ()


def test_group_numbers_that_a_table_made_floats_of() -> None:
    assert read_shape(record("polygon", SKEWED, group_id=3.0)).group_id == 3


@pytest.mark.parametrize("side", ["640", 0, -1, 1e300, True, [640]])
def test_a_wrong_size_of_the_picture_does_no_harm(side: Any) -> None:
    assert parse_annotation(file_of(imageWidth=side), "a.json").image_size is None


def test_sizes_that_are_floats() -> None:
    assert parse_annotation(file_of(imageWidth=640.0), "a.json").image_size == (640, 480)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_text_as_editors_on_windows_save_it(encoding: str) -> None:
    text = file_of(record("polygon", SKEWED, label="ключ")).decode("ascii")
    label = parse_annotation(text.encode(encoding), "a.json").shapes[0].label
    assert label == "ключ"


def test_numbers_that_only_python_writes_are_kept_at_unknown_keys() -> None:
    data = file_of(record("polygon", SKEWED, loss=float("nan"), bound=float("inf"), token=2**70 + 1))
    shape = parse_annotation(data, "a.json").shapes[0]
    assert math.isnan(shape.extra["loss"])
    assert (shape.extra["bound"], shape.extra["token"]) == (math.inf, 2**70 + 1)
    again = resaved(Annotation(shapes=(shape,), image_path="a.jpg")).shapes[0]
    assert math.isnan(again.extra["loss"])
    assert (again.extra["bound"], again.extra["token"]) == (math.inf, 2**70 + 1)


def test_a_large_whole_number_survives_where_nothing_else_is_odd() -> None:
    assert read_shape(record("polygon", SKEWED, token=2**70 + 1)).extra["token"] == 2**70 + 1
