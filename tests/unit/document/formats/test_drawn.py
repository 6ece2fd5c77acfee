"""Pictures with their labels drawn on: where colour is, what is written, in which fonts."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from anylabeling.codecs import encode_jpeg, encode_png
from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import Record, WriteOptions
from anylabeling.document.formats.lettering import lacks_letters, written
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.registry import format_info, make_writer
from anylabeling.document.formats.system_fonts import font_for, font_ranges
from anylabeling.document.geometry import rotated_rectangle_corners
from anylabeling.document.labels import palette_color
from anylabeling.document.masks import Bitmap, mask_shape
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.opencv import cv2

SIZE = (400, 300)
GREY = 120


def drawn(
    tmp_path: Path, shapes: Sequence[Shape], *, colors: dict[str, tuple[int, int, int]] | None = None, level: int = GREY
) -> tuple[NDArray[np.int64], Notes]:
    """Return the drawn copy of a picture of one tone, red first, and what was left out."""
    path = tmp_path / "a.png"
    path.write_bytes(encode_png(np.full((SIZE[1], SIZE[0], 3), level, np.uint8)))
    writer = make_writer(format_info("drawn"), tmp_path / "out", WriteOptions(colors=colors or {}))
    notes = Notes()
    record = Record("sub/a.png", *SIZE, Annotation(shapes=tuple(shapes)), "val", str(path))
    assert writer.image_places(record) == []
    (file,) = writer.add(record, writer.encode(record, notes))
    assert file.path == "val/sub/a.png"
    pixels = cv2.imdecode(np.frombuffer(file.data(), np.uint8), cv2.IMREAD_UNCHANGED)
    pixels = pixels if pixels.ndim == 3 else np.dstack([pixels] * 3)
    return np.asarray(pixels)[..., ::-1].astype(int), notes


def box(x1: float, y1: float, x2: float, y2: float, label: str = "cat", **fields: object) -> Shape:
    return Shape(ShapeKind.RECTANGLE, np.array([[x1, y1], [x2, y2]]), label=label).with_changes(**fields)


@pytest.mark.parametrize("level", [0, 255])
def test_a_box_has_a_line_a_seam_a_light_fill_and_a_plate(level: int, tmp_path: Path) -> None:
    pixels, notes = drawn(tmp_path, [box(100, 100, 300, 200)], level=level)
    color = palette_color("cat")
    for x, y in ((100, 150), (299, 150), (200, 199)):
        assert np.abs(pixels[y - 2 : y + 3, x - 2 : x + 3] - color).sum(axis=2).min() < 30
        # Dark on bright or bright on dark: something around the line differs from the picture.
        assert np.abs(pixels[y - 4 : y + 5, x - 4 : x + 5] - level).sum(axis=2).max() > 200
    inside = pixels[160, 200]
    np.testing.assert_allclose(inside, level * 0.78 + np.array(color) * 0.22, atol=2)
    assert (pixels[260, 200] == level).all()
    plate = pixels[86:96, 100:102].reshape(-1, 3)
    assert (np.abs(plate - color).sum(axis=1) < 6).mean() > 0.5
    assert not notes


def test_colours_of_the_settings_count(tmp_path: Path) -> None:
    pixels, _ = drawn(tmp_path, [box(100, 100, 300, 200), box(100, 220, 300, 280, "dog")], colors={"cat": (1, 2, 250)})
    assert (np.abs(pixels[80:120] - (1, 2, 250)).sum(axis=2) < 9).any()
    assert (np.abs(pixels[205:] - palette_color("dog")).sum(axis=2) < 9).any()


def test_names_and_scores_are_written_and_grow_with_the_picture(tmp_path: Path) -> None:
    plain, _ = drawn(tmp_path, [box(100, 100, 300, 200)])
    scored, _ = drawn(tmp_path, [box(100, 100, 300, 200, score=0.876)])
    nameless, _ = drawn(tmp_path, [box(100, 100, 300, 200, "")])

    def plate(pixels: NDArray[np.int64]) -> int:
        return int((pixels[80:96] != GREY).any(axis=(0, 2)).sum())

    assert plate(nameless) == 0
    assert plate(scored) > plate(plain) > 15
    assert written("cat", 40).shape[0] > 3 * written("cat", 12).shape[0]


def test_every_kind_of_shape_leaves_its_colour(tmp_path: Path) -> None:
    mask = mask_shape(Bitmap(np.ones((20, 20), bool), 100, 100))
    assert mask is not None
    front = np.array([[40, 60], [90, 60], [90, 120], [40, 120]], float)
    outer = np.array([[50, 50], [250, 50], [250, 250], [50, 250]], float)
    shapes = [
        mask, Shape(ShapeKind.CIRCLE, np.array([[100, 100], [140, 100]])),
        Shape(ShapeKind.POINT, np.array([[50, 60]])), Shape(ShapeKind.POINTS, np.array([[50, 60], [90, 60]])),
        Shape(ShapeKind.LINE, np.array([[50, 60], [90, 120]])), Shape(ShapeKind.LINESTRIP, outer),
        Shape(ShapeKind.CUBOID, np.vstack([front, front + (20, -20)])),
        Shape(ShapeKind.ROTATED_RECTANGLE, rotated_rectangle_corners(150, 150, 90, 40, 0.6)),
        Shape(ShapeKind.QUADRILATERAL, outer), Shape(ShapeKind.OTHER, outer), Shape(ShapeKind.OTHER, outer[:1]),
        Shape(ShapeKind.POLYGON, np.array([[-1e9, -1e9], [1e9, -1e9], [0, 1e9]])),
    ]  # fmt: skip
    color = np.array(palette_color("x"))
    for shape in shapes[:-2]:
        pixels, notes = drawn(tmp_path, [shape.with_changes(label="x")])
        assert (np.abs(pixels - color).sum(axis=2) < 60).sum() > 60, shape.kind
        assert not notes
    for shape in shapes[-2:]:
        drawn(tmp_path, [shape.with_changes(label="x")])


def test_holes_are_not_filled(tmp_path: Path) -> None:
    outer = np.array([[50, 50], [250, 50], [250, 250], [50, 250]], float)
    hole = np.array([[100, 100], [200, 100], [200, 200], [100, 200]], float)
    pixels, _ = drawn(tmp_path, [Shape(ShapeKind.POLYGON, outer, label="ring", holes=(hole,))])
    assert (pixels[110:190, 110:190] == GREY).all()
    assert (pixels[70, 60:240] != GREY).any(axis=1).all()


def test_plates_do_not_cover_each_other_and_stay_in_the_picture(tmp_path: Path) -> None:
    colors = {"one": (250, 0, 0), "two": (0, 250, 0), "three": (0, 0, 250)}
    shapes = [box(100, 100, 300, 200, name) for name in colors]
    pixels, _ = drawn(tmp_path, shapes, colors=colors)
    for color in colors.values():
        assert (np.abs(pixels - color).sum(axis=2) < 9).sum() > 200
    edge = [box(330, 0, 399, 40, "a name that is longer than its box " * 3), box(-50, 280, 5, 350, "b")]
    pixels, notes = drawn(tmp_path, edge)
    assert (np.abs(pixels - palette_color("b")).sum(axis=2) < 9).sum() > 50
    assert not notes


def test_what_is_outside_is_told_and_points_of_a_pose_have_no_names(tmp_path: Path) -> None:
    point = Shape(ShapeKind.POINT, np.array([[200, 150]]), label="nose")
    pixels, notes = drawn(tmp_path, [box(500, 500, 600, 600), point.with_changes(group_id=1), box(10, 10, 20, 20, "")])
    assert set(notes.sentences()) == {
        "1 rectangle left out: they lie outside of the picture.",
        "The group of 1 object has no place in the format.",
    }
    alone, _ = drawn(tmp_path, [point])
    changed = (alone != pixels).any(axis=2)
    assert changed[100:148, 195:].sum() > 100


def test_a_copy_of_a_jpeg_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(encode_jpeg(np.full((30, 40, 3), 99, np.uint8)))
    deep = tmp_path / "deep.png"
    Image.fromarray((np.arange(1200, dtype=np.uint16) * 50).reshape(30, 40)).save(deep)
    writer = make_writer(format_info("drawn"), tmp_path / "out", WriteOptions())
    for name, source, head in (("A.JPEG", path, b"\xff\xd8"), ("deep.png", deep, b"\x89PNG")):
        record = Record(name, 40, 30, Annotation(shapes=(box(2, 2, 30, 20),)), "", str(source))
        (file,) = writer.add(record, writer.encode(record, Notes()))
        assert file.path == {"A.JPEG": "A.jpg", "deep.png": "deep.png"}[name]
        assert file.data().startswith(head)


@pytest.mark.parametrize("text", ["cat", "Tiếng Việt ẵ Ữ", "标签", "カタカナ", "한국어", "Ελλάδα", "Привет"])
def test_letters_that_every_machine_can_write(text: str) -> None:
    if not hasattr(cv2, "FontFace"):
        pytest.skip("OpenCV 5 brings a font")
    assert not lacks_letters(text)
    one = written(text, 30)
    assert one.max() > 200
    # Not a row of question marks, and no letter of it is one.
    marks = [written(text[:place] + "?" + text[place + 1 :], 30) for place in range(len(text)) if text[place] != " "]
    assert not any(mark.shape == one.shape and np.array_equal(mark, one) for mark in marks)


def test_decomposed_letters_and_ends_of_lines() -> None:
    np.testing.assert_array_equal(written("e\u0302\u0301", 30), written("ế", 30))
    np.testing.assert_array_equal(written(" a\n\tb ", 30), written("a b", 30))
    assert not written("", 30).any()
    assert lacks_letters("\U000e0fff")
    assert written("\U000e0fff", 30).any()


def test_a_line_that_no_font_has_all_of_is_written_in_parts() -> None:
    if not hasattr(cv2, "FontFace") or font_for("ع") is None:
        pytest.skip("OpenCV 5 brings a font, and the system has to have one, too")
    chinese, arabic, both = written("标签", 30), written("العربية", 30), written("标签 العربية", 30)
    assert font_for("标签 العربية") is None or not lacks_letters("标签 العربية")
    assert both.shape[1] > chinese.shape[1] + arabic.shape[1] // 2
    assert not lacks_letters("标签 العربية")
    assert lacks_letters("标签 \U000e0fff")


def test_a_font_of_the_system_is_found_by_its_characters(tmp_path: Path) -> None:
    path = font_for("a")
    if path is None:
        pytest.skip("there are no fonts here")
    ranges = font_ranges(path)
    assert ((ranges[:, 0] <= ord("a")) & (ranges[:, 1] >= ord("a"))).any()
    assert font_for("a\U000e0fff") is None
    assert font_for(" ") is None


@pytest.mark.parametrize("data", [
    b"", b"\0\1\0\0", b"ttcf\0\1\0\0\0\0\0\1\xff\xff\xff\xff", struct.pack(">IHHHH", 0x10000, 1, 0, 0, 0) + b"cmap",
    struct.pack(">IHHHH", 0x10000, 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, 99)
    + struct.pack(">HHHHI", 0, 60000, 3, 1, 8),
    struct.pack(">IHHHH", 0x10000, 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, 99)
    + struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHIII", 12, 0, 16, 0, 0xFFFFFFFF),
])  # fmt: skip
def test_broken_fonts_have_no_characters(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(data)
    assert len(font_ranges(tmp_path / "a.ttf")) == 0


def test_both_tables_of_characters(tmp_path: Path) -> None:
    four = struct.pack(">HHHHHHH", 4, 0, 0, 4, 0, 0, 0) + struct.pack(">HHHHH", 0x7A, 0xFFFF, 0, 0x61, 0xFFFF)
    twelve = struct.pack(">HHIII", 12, 0, 0, 0, 1) + struct.pack(">III", 0x1F600, 0x1F64F, 3)
    for table, expected in ((four, [[0x61, 0x7A], [0xFFFF, 0xFFFF]]), (twelve, [[0x1F600, 0x1F64F]])):
        head = struct.pack(">IHHHH", 0x10000, 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, 999)
        (tmp_path / "a.ttf").write_bytes(head + struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table)
        assert font_ranges(tmp_path / "a.ttf").tolist() == expected
