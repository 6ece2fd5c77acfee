"""Objects cut out of their pictures: which pixels, of which kind, under which names."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from anylabeling.codecs import encode_png
from anylabeling.document.annotation import Annotation
from anylabeling.document.formats import pictures
from anylabeling.document.formats.base import Record, WriteOptions
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.registry import format_info, make_writer
from anylabeling.document.geometry import rotated_rectangle_corners
from anylabeling.document.masks import Bitmap, mask_shape
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import ImageError
from anylabeling.opencv import cv2

sys.path.insert(0, str(Path(__file__).parent))

SIZE = (100, 80)


def scene() -> NDArray[np.uint8]:
    """Return a picture of which no two pixels are the same."""
    ys, xs = np.indices((SIZE[1], SIZE[0]))
    return np.dstack([2 * xs, 3 * ys, (xs + ys) % 256]).astype(np.uint8)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    path.write_bytes(encode_png(scene()))
    return path


def cut(
    path: Path, shapes: Sequence[Shape], name: str = "cutouts", own: str = "sub/a.png", split: str = ""
) -> tuple[dict[str, NDArray[np.uint8]], Notes]:
    """Return the pictures by their places, as OpenCV reads them, and what was left out."""
    writer = make_writer(format_info(name), path.parent / "out", WriteOptions())
    notes = Notes()
    width, height = Image.open(path).size
    record = Record(own, width, height, Annotation(shapes=tuple(shapes)), split, str(path))
    assert writer.image_places(record) == []
    files = writer.add(record, writer.encode(record, notes))
    return {
        file.path: np.asarray(cv2.imdecode(np.frombuffer(file.data(), np.uint8), cv2.IMREAD_UNCHANGED))
        for file in files
    }, notes


def box(x1: float, y1: float, x2: float, y2: float, label: str = "cat") -> Shape:
    return Shape(ShapeKind.RECTANGLE, np.array([[x1, y1], [x2, y2]]), label=label)


def test_boxes_go_to_the_folder_of_their_label(picture: Path) -> None:
    shapes = [box(10, 20, 40, 50), box(0, 0, 5, 5, "../up"), box(20.4, 20.6, 30.4, 30.6, "a/b: c?")]
    found, notes = cut(picture, shapes, split="train")
    assert {place: pixels.shape for place, pixels in found.items()} == {
        "train/cat/sub/a_1.jpg": (30, 30, 3), "train/_up/sub/a_2.jpg": (5, 5, 3),
        "train/a_b_ c_/sub/a_3.jpg": (11, 11, 3),
    }  # fmt: skip
    expected = scene()[20:50, 10:40, ::-1].astype(int)
    assert np.abs(found["train/cat/sub/a_1.jpg"].astype(int) - expected).mean() < 3
    assert not notes


def test_transparent_ones_show_every_pixel_of_the_object_and_no_other(picture: Path) -> None:
    mask = mask_shape(Bitmap(np.array([[1, 0, 1], [0, 1, 0]], bool), 50, 60))
    assert mask is not None
    hole = np.array([[20, 20], [30, 20], [30, 30], [20, 30]], float)
    ring = Shape(
        ShapeKind.POLYGON, np.array([[10, 10], [40, 10], [40, 40], [10, 40]], float), label="ring", holes=(hole,)
    )
    found, notes = cut(picture, [ring, mask.with_changes(label="dots"), box(3, 4, 9, 9)], "cutouts-clear")
    pixels = scene()[..., ::-1]
    first, second, third = found.values()
    assert list(found) == ["ring/sub/a_1.png", "dots/sub/a_2.png", "cat/sub/a_3.png"]
    opaque = np.ones((30, 30), bool)
    opaque[10:20, 10:20] = False
    np.testing.assert_array_equal(first[..., 3] == 255, opaque)
    np.testing.assert_array_equal(first[opaque][:, :3], pixels[10:40, 10:40][opaque])
    assert not first[~opaque].any()
    np.testing.assert_array_equal(second[..., 3], np.array([[255, 0, 255], [0, 255, 0]]))
    np.testing.assert_array_equal(third, pixels[4:9, 3:9])
    assert not notes


@pytest.mark.parametrize("kind", [ShapeKind.ROTATED_RECTANGLE, ShapeKind.QUADRILATERAL])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("backwards", [False, True])
def test_slanted_ones_are_made_straight(kind: ShapeKind, quarters: int, backwards: bool, picture: Path) -> None:
    corners = rotated_rectangle_corners(50, 40, 30, 20, quarters * np.pi / 2)
    if backwards:  # from the same corner on, but counter-clockwise: that is no mirror
        corners = corners[[0, 3, 2, 1]]
    found, notes = cut(picture, [Shape(kind, np.round(corners, 6), label="a")], "cutouts-clear")
    part = scene()[25:55, 40:60] if quarters % 2 else scene()[30:50, 35:65]
    # The first edge is at the top.
    np.testing.assert_array_equal(found["a/sub/a_1.png"], np.rot90(part, quarters)[..., ::-1])
    assert not notes


def test_a_slanted_one_at_any_angle(picture: Path) -> None:
    corners = rotated_rectangle_corners(50, 40, 40, 20, 0.4)
    found, _ = cut(picture, [Shape(ShapeKind.ROTATED_RECTANGLE, corners, label="a")])
    (pixels,) = found.values()
    assert pixels.shape == (20, 40, 3)
    # Half way along the first edge, and two pixels in from it.
    x, y = (corners[0] + corners[1]) / 2 + 2.5 * np.array([-np.sin(0.4), np.cos(0.4)])
    np.testing.assert_allclose(pixels[2, 20, ::-1].astype(float)[:2], [2 * (x - 0.5), 3 * (y - 0.5)], atol=6)


def test_what_cannot_be_cut_out_is_told(picture: Path) -> None:
    shapes = [
        box(200, 200, 240, 240), box(-10, -10, 10, 10).with_changes(text="t", score=0.5, flags={"far": True}),
        Shape(ShapeKind.POINT, np.array([[3, 3]]), label="a"),
        Shape(ShapeKind.LINE, np.array([[3, 3], [9, 9]]), label="a"),
        Shape(ShapeKind.ROTATED_RECTANGLE, rotated_rectangle_corners(300, 40, 30, 20, 1), label="a"),
    ]  # fmt: skip
    found, notes = cut(picture, shapes)
    assert {place: pixels.shape for place, pixels in found.items()} == {"cat/sub/a_1.jpg": (10, 10, 3)}
    assert set(notes.sentences()) == {
        "1 rectangle left out: they lie outside of the picture.",
        "1 rotated rectangle left out: they lie outside of the picture.",
        "1 object was cut at the edge of the picture.",
        "1 point left out: the format holds areas only.",
        "1 line left out: the format holds areas only.",
        "1 score has no place in the format.",
        "1 text has no place in the format.",
        "The flags of 1 object have no place in the format.",
    }


def test_parts_of_one_object_are_one_picture(picture: Path) -> None:
    triangle = Shape(ShapeKind.POLYGON, np.array([[10, 10], [30, 10], [20, 30]], float), label="a", group_id=1)
    other = triangle.duplicate().with_points(triangle.points + (40, 5))
    found, notes = cut(picture, [triangle, other], "cutouts-clear")
    (pixels,) = found.values()
    assert pixels.shape == (25, 60, 4)
    assert not pixels[:, 22:38, 3].any()
    assert "1 polygon written as parts of one object with the others of their group." in notes.sentences()


def test_grey_and_deep_pictures_keep_their_kind(tmp_path: Path) -> None:
    grey = np.arange(8000, dtype=np.uint8).reshape(80, 100)
    deep = (np.arange(8000, dtype=np.uint16) * 8).reshape(80, 100)
    Image.fromarray(grey).save(tmp_path / "grey.jpg", quality=95)
    Image.fromarray(deep).save(tmp_path / "deep.png")
    cv2.imwrite(str(tmp_path / "deep.tif"), np.dstack([deep, deep + 1, deep + 2]))
    shape = box(10, 20, 40, 50)
    (found,) = cut(tmp_path / "grey.jpg", [shape])[0].items()
    assert (found[0], found[1].shape, found[1].dtype) == ("cat/sub/a_1.jpg", (30, 30), np.uint8)
    (found,) = cut(tmp_path / "deep.png", [shape])[0].items()
    assert found[0] == "cat/sub/a_1.png"
    np.testing.assert_array_equal(found[1], deep[20:50, 10:40])
    assert found[1].dtype == np.uint16
    (found,) = cut(tmp_path / "deep.tif", [shape], "cutouts-clear")[0].items()
    np.testing.assert_array_equal(found[1], np.dstack([deep, deep + 1, deep + 2])[20:50, 10:40])
    circle = Shape(ShapeKind.CIRCLE, np.array([[30, 30], [40, 30]]), label="cat")
    (clear,) = cut(tmp_path / "deep.png", [circle], "cutouts-clear")[0].values()
    assert (clear.shape, clear.dtype, clear[10, 10, 3], clear[0, 0, 3]) == ((20, 20, 4), np.uint16, 65535, 0)
    assert clear[10, 10, 0] == deep[30, 30]


def test_parts_of_what_is_too_large_are_read_at_full_resolution(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Small(pictures.DecodeLimits):
        def __init__(self) -> None:
            super().__init__(max_side_px=50)

    monkeypatch.setattr(pictures, "DecodeLimits", Small)
    monkeypatch.setattr(pictures, "_TILE_PX", 16)
    Image.fromarray(scene()).save(tmp_path / "a.bmp")
    found, _ = cut(tmp_path / "a.bmp", [box(10, 20, 60, 50)], "cutouts-clear")
    np.testing.assert_array_equal(next(iter(found.values())), scene()[20:50, 10:60, ::-1])
    monkeypatch.setattr(pictures, "_MOST_PIXELS", 400)
    found, _ = cut(tmp_path / "a.bmp", [box(10, 20, 60, 50)], "cutouts-clear")
    assert next(iter(found.values())).shape[:2] == (15, 25)


def test_a_picture_that_cannot_be_read_is_an_error_only_where_it_is_needed(tmp_path: Path) -> None:
    writer = make_writer(format_info("cutouts"), tmp_path, WriteOptions())
    (tmp_path / "a.png").write_bytes(b"no picture")
    record = Record("a.png", *SIZE, Annotation(shapes=(box(1, 1, 9, 9),)), "", str(tmp_path / "a.png"))
    with pytest.raises(ImageError):
        writer.encode(record, Notes())
    assert writer.encode(Record("a.png", *SIZE, Annotation(), "", str(tmp_path / "a.png")), Notes()) == []
