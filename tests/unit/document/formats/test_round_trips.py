"""What is written in a format and read again is the same, within what the format can hold."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.areas import clipped_ring, joined_ring
from anylabeling.document.formats.coco_rle import compress, decode_counts, encode_counts, expand
from anylabeling.document.formats.poses import OCCLUDED_FLAG
from anylabeling.document.raster import Outline, fill
from anylabeling.document.shape import Shape, ShapeKind

sys.path.insert(0, str(Path(__file__).parent))

import format_strategies as own  # noqa: E402

few = settings(max_examples=25, deadline=None)


@st.composite
def images(draw: st.DrawFn, kind: str, *, whole: bool = False) -> tuple[tuple[int, int], Annotation]:
    size = draw(own.sizes)
    strategy = own.boxes(size, whole=whole) if kind == "boxes" else getattr(own, kind)(size)
    return size, Annotation(shapes=tuple(draw(st.lists(strategy, max_size=4))))


@pytest.mark.parametrize("name", ["yolo-detect", "coco", "createml", "odvg"])
@given(image=images("boxes"))
@few
def test_boxes(name: str, image: tuple[tuple[int, int], Annotation]) -> None:
    size, annotation = image
    found, notes = own.round_trip(name, annotation, size)
    own.assert_same_shapes(found, annotation, 2e-3)
    assert not notes


@pytest.mark.parametrize("name", ["voc", "vlm-r1"])
@given(image=images("boxes", whole=True))
@few
def test_boxes_in_whole_pixels(name: str, image: tuple[tuple[int, int], Annotation]) -> None:
    size, annotation = image
    found, notes = own.round_trip(name, annotation, size)
    own.assert_same_shapes(found, annotation, 0)
    assert not notes


@pytest.mark.parametrize("name", ["yolo-segment", "coco", "isat"])
@given(image=images("polygons"))
@few
def test_polygons(name: str, image: tuple[tuple[int, int], Annotation]) -> None:
    size, annotation = image
    found, notes = own.round_trip(name, annotation, size)
    own.assert_same_shapes(found, annotation, 2e-3)
    assert not notes


@pytest.mark.parametrize("name", ["yolo-obb", "dota"])
@given(image=images("oriented"))
@few
def test_oriented_boxes(name: str, image: tuple[tuple[int, int], Annotation]) -> None:
    size, annotation = image
    found, notes = own.round_trip(name, annotation, size)
    own.assert_same_shapes(found, annotation, 2e-3)
    assert not notes


@given(image=images("masks"))
@few
def test_masks_of_coco_keep_every_pixel(image: tuple[tuple[int, int], Annotation]) -> None:
    size, annotation = image
    small = (min(size[0], 300), min(size[1], 300))
    if small != size:
        return
    found, notes = own.round_trip("coco", annotation, size)
    assert [own.pixels_of(shape, size) for shape in found.shapes] == [
        own.pixels_of(shape, size) for shape in annotation.shapes
    ]
    assert not notes


@given(st.data())
@few
def test_pictures_of_classes_and_objects_keep_every_pixel_on_top(data: st.DataObject) -> None:
    size = (40, 30)
    shapes = data.draw(st.lists(own.masks(size), max_size=4))
    annotation = Annotation(shapes=tuple(shapes))
    found, _ = own.round_trip("voc-masks", annotation, size)
    seen: set[tuple[int, int]] = set()
    expected: list[tuple[str, set[tuple[int, int]]]] = []
    for shape in reversed(shapes):
        visible = own.pixels_of(shape, size) - seen
        seen |= visible
        expected.insert(0, (shape.label, visible))
    assert [(shape.label, own.pixels_of(shape, size)) for shape in found.shapes] == [one for one in expected if one[1]]
    by_class, _ = own.round_trip("masks", annotation, size)
    union: dict[str, set[tuple[int, int]]] = {}
    for label, pixels in expected:
        if pixels:
            union[label] = union.get(label, set()) | pixels
    assert {shape.label: own.pixels_of(shape, size) for shape in by_class.shapes} == union


@given(image=images("boxes"), groups=st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=4, max_size=4))
@few
def test_followed_objects(image: tuple[tuple[int, int], Annotation], groups: list[int | None]) -> None:
    size, annotation = image
    numbered = [
        shape.with_changes(group_id=group, difficult=group == 1)
        for shape, group in zip(annotation.shapes, groups, strict=False)
    ]
    found, notes = own.round_trip("mot", Annotation(shapes=tuple(numbered)), size)
    assert [(shape.label, shape.difficult) for shape in found.shapes] == [
        (shape.label, shape.difficult) for shape in numbered
    ]
    for shape, before in zip(found.shapes, numbered, strict=True):
        np.testing.assert_allclose(shape.points, before.points, atol=2e-2)
    chosen = [group for group in groups[: len(numbered)] if group is not None]
    # One object is in a frame once; what has no number, or one that is taken, gets a number of its own.
    assert len({shape.group_id for shape in found.shapes}) == len(numbered)
    assert {*chosen} <= {shape.group_id for shape in found.shapes}
    assert bool(notes) == (len(chosen) != len({*chosen}))


@given(st.data())
@few
def test_key_points(data: st.DataObject) -> None:
    size = (640, 480)
    names = data.draw(st.lists(own.labels, min_size=1, max_size=5, unique=True))
    shapes: list[Shape] = []
    for group in range(1, data.draw(st.integers(1, 3)) + 1):
        box = data.draw(own.boxes(size))
        shapes.append(box.with_changes(group_id=group))
        chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        for name in sorted(chosen, key=names.index):
            place = [[data.draw(st.integers(1, 639)), data.draw(st.integers(1, 479))]]
            flags = {OCCLUDED_FLAG: True} if data.draw(st.booleans()) else {}
            shapes.append(Shape(ShapeKind.POINT, np.array(place), label=name, group_id=group, flags=flags))
    annotation = Annotation(shapes=tuple(shapes))

    def told(one: Annotation) -> list[tuple[object, ...]]:
        # The order of the points is that of all names; within a group nothing else counts.
        rows = [
            (
                shape.group_id,
                shape.kind.value,
                shape.label,
                dict(shape.flags),
                *np.round(shape.points, 2).ravel().tolist(),
            )
            for shape in one.shapes
        ]
        return sorted(rows, key=str)

    for name in ("yolo-pose", "coco"):
        found, notes = own.round_trip(name, annotation, size)
        assert told(found) == told(annotation)
        assert not notes


@given(st.lists(st.tuples(own.labels, st.booleans()), max_size=4))
@few
def test_flags_of_images_in_a_table(pairs: list[tuple[str, bool]]) -> None:
    flags = {name.replace("|", "").replace(";", "") or "x": value for name, value in pairs}
    # A flag that no image has leaves no trace.
    annotation = Annotation(flags={**flags, "always": True, "also": True})
    found, notes = own.round_trip("classify-csv", annotation, (20, 20))
    assert set(found.flags) == {name for name, value in annotation.flags.items() if value}
    assert not notes


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x85\u2028\u2029"), min_size=1).filter(str.strip)
)
@few
def test_texts_of_regions(text: str) -> None:
    if text == "###":
        return
    shape = Shape(ShapeKind.RECTANGLE, np.array([[1, 2], [30, 12]]), label="title", text=text, difficult=True)
    found, notes = own.round_trip("ppocr-det", Annotation(shapes=(shape,)), (40, 30))
    assert [(one.kind, one.label, one.text, one.difficult) for one in found.shapes] == [
        (ShapeKind.RECTANGLE, "title", text, True)
    ]
    np.testing.assert_array_equal(found.shapes[0].points, shape.points)
    assert not notes


@given(bits=st.lists(st.booleans(), min_size=1, max_size=200), width=st.integers(1, 12))
def test_run_lengths(bits: list[bool], width: int) -> None:
    height = -(-len(bits) // width)
    pixels = np.array([*bits, *[False] * (width * height - len(bits))]).reshape(height, width)
    counts = encode_counts(pixels)
    assert expand(compress(counts)) == counts
    np.testing.assert_array_equal(decode_counts(counts, width, height), pixels)


def test_run_lengths_as_pycocotools_writes_them() -> None:
    """Made by pycocotools 2.0: encode(np.asfortranarray(...)) of a 6 x 9 picture with two boxes and a hole."""
    pixels = np.zeros((6, 9), dtype=bool)
    pixels[1:5, 1:5] = True
    pixels[2:4, 2:4] = False
    pixels[0:6, 7:9] = True
    counts = encode_counts(pixels)
    assert counts == [7, 4, 2, 1, 2, 1, 2, 1, 2, 1, 2, 4, 13, 12]
    assert compress(counts) == "742M00000003;8"
    assert expand("742M00000003;8") == counts


def test_holes_survive_where_the_format_has_them() -> None:
    size = (100, 80)
    outer = np.array([[10, 10], [90, 10], [90, 70], [10, 70]], float)
    hole = np.array([[30, 30], [60, 30], [60, 50], [30, 50]], float)
    shape = Shape(ShapeKind.POLYGON, outer, label="ring", holes=(hole,))
    expected = own.pixels_of(shape, size)
    isat, _ = own.round_trip("isat", Annotation(shapes=(shape,)), size)
    np.testing.assert_array_equal(isat.shapes[0].holes[0], hole)
    for name in ("coco", "yolo-segment", "voc-masks", "masks"):
        found, notes = own.round_trip(name, Annotation(shapes=(shape,)), size)
        assert own.pixels_of(found.shapes[0], size) == expected, name
        assert bool(notes) == (name in ("coco", "yolo-segment")), name


@given(st.data())
@few
def test_a_cut_outline_covers_what_its_rings_cover(data: st.DataObject) -> None:
    first = data.draw(own.polygons((60, 60))).points
    hole = (first - first.mean(axis=0)) * 0.4 + first.mean(axis=0)
    second = first * 0.3 + (100, 5)
    joined = joined_ring([Outline(first, (hole,)), Outline(second)])
    np.testing.assert_array_equal(fill([joined], 140, 80), fill([first, hole, second], 140, 80))


@given(st.data())
@few
def test_an_outline_is_cut_at_the_edges_of_the_picture(data: st.DataObject) -> None:
    ring = data.draw(own.polygons((60, 60))).points + (data.draw(st.integers(-50, 50)), data.draw(st.integers(-50, 50)))
    cut = clipped_ring(ring, (60, 60))
    expected = fill([ring], 60, 60)
    found = fill([cut], 60, 60) if cut is not None else np.zeros_like(expected)
    # A centre that an edge passes exactly may go either way once the vertices have moved by a rounding.
    assert np.count_nonzero(found != expected) <= 2
