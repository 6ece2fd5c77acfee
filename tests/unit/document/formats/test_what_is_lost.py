"""What a format cannot hold is said, and coordinates of turned pictures come out right."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from anylabeling.codecs.pixels import apply_orientation
from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.frame import shown_frame, stored_frame
from anylabeling.document.formats.notes import FIELDS, REASONS, SUBJECTS, TARGETS, Notes
from anylabeling.document.formats.registry import FORMATS
from anylabeling.document.masks import Bitmap, mask_shape
from anylabeling.document.shape import Shape, ShapeKind

sys.path.insert(0, str(Path(__file__).parent))

import format_strategies as own  # noqa: E402

CIRCLE = Shape(ShapeKind.CIRCLE, np.array([[30, 30], [40, 30]]), label="a")
POINT = Shape(ShapeKind.POINT, np.array([[30, 30]]), label="a")
LINE = Shape(ShapeKind.LINE, np.array([[30, 30], [40, 40]]), label="a")
OUTSIDE = Shape(ShapeKind.RECTANGLE, np.array([[200, 200], [240, 240]]), label="a")
REACHING = Shape(ShapeKind.RECTANGLE, np.array([[-10, 10], [40, 40]]), label="a")


@pytest.mark.parametrize(
    ("name", "shapes", "sentences"),
    [
        ("yolo-detect", [CIRCLE, CIRCLE, POINT], {"2 circles written as boxes around them.",
                                                  "1 point left out: the format holds areas only."}),
        ("yolo-segment", [CIRCLE] * 3 + [LINE] * 2, {"3 circles written as polygons.",
                                                     "2 lines left out: the format holds areas only."}),
        ("yolo-obb", [CIRCLE], {"1 circle written as the least rotated boxes around them."}),
        ("voc", [OUTSIDE, REACHING], {"1 rectangle left out: they lie outside of the picture.",
                                      "1 object was cut at the edge of the picture."}),
        ("coco", [CIRCLE, OUTSIDE], {"1 circle written as polygons.",
                                     "1 rectangle left out: they lie outside of the picture."}),
        ("createml", [CIRCLE.with_changes(score=0.5, text="t", group_id=3)],
         {"1 circle written as boxes around them.", "1 score has no place in the format.",
          "1 text has no place in the format.", "The group of 1 object has no place in the format."}),
        ("odvg", [CIRCLE, LINE, OUTSIDE, CIRCLE.with_changes(label="")],
         {"2 circles written as boxes around them.", "1 line left out: the format holds areas only.",
          "1 rectangle left out: they lie outside of the picture.", "1 circle left out: they have no label."}),
        ("vlm-r1", [REACHING.with_points([[1.2, 2.7], [9, 9]])], {"1 object was rounded to whole pixels."}),
        ("dota", [REACHING.with_changes(label="big cat")], {"1 label was written with _ for its spaces."}),
        ("voc-masks", [REACHING, REACHING.with_points([[-10, 0], [60, 60]])],
         {"In 1 picture objects overlap; the upper one counts.", "1 rectangle left out: other objects cover them."}),
        ("classify-csv", [CIRCLE], {"1 circle left out: the format holds flags of images only."}),
        ("isat", [POINT.with_changes(description="x"), REACHING.with_changes(description="x")],
         {"1 point left out: the format holds areas only.", "1 rectangle written as polygons.",
          "1 object was cut at the edge of the picture."}),
        ("labels", [CIRCLE, POINT, LINE, OUTSIDE.with_changes(score=0.5)], set()),
    ],
)  # fmt: skip
def test_what_cannot_be_held_is_said(name: str, shapes: list[Shape], sentences: set[str], tmp_path: Path) -> None:
    notes = own.written(name, [Annotation(shapes=tuple(shapes))], (100, 80), tmp_path)
    assert set(notes.sentences()) == sentences


def test_fields_of_images_are_told(tmp_path: Path) -> None:
    annotation = Annotation(flags={"night": True}, text="t", description="d", tags=("wet",), checked=True)
    notes = own.written("yolo-detect", [annotation, annotation], (20, 20), tmp_path)
    assert "The flags of 2 images have no place in the format." in notes.sentences()
    assert "The tags of 2 images have no place in the format." in notes.sentences()
    assert len(notes.counts()) == 5


def test_every_count_has_a_sentence_for_one_and_for_several() -> None:
    for one in (*TARGETS.values(), *REASONS.values()):
        assert one()
    for counted in (*FIELDS.values(), *SUBJECTS.values()):
        assert "1" in counted(1)
        assert "1,002" in counted(1002)
    for info in FORMATS:
        assert info.title
        assert info.holds


def test_parts_of_one_group_are_one_object(tmp_path: Path) -> None:
    triangle = Shape(ShapeKind.POLYGON, np.array([[10, 10], [30, 10], [20, 30]]), label="a", group_id=1)
    other = triangle.duplicate().with_points(triangle.points + (40, 0))
    alone = triangle.duplicate().with_changes(label="b")
    annotation = Annotation(shapes=(triangle, other, alone))
    found, notes = own.round_trip("coco", annotation, (100, 80))
    assert [(shape.label, shape.group_id is not None) for shape in found.shapes] == [("a", True)] * 2 + [("b", False)]
    assert "1 polygon written as parts of one object with the others of their group." in notes.sentences()
    joined, _ = own.round_trip("yolo-segment", annotation, (100, 80))
    assert own.pixels_of(joined.shapes[0], (100, 80)) == own.pixels_of(triangle, (1, 1)) | own.pixels_of(other, (1, 1))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_labels_turn_as_the_pixels_do(orientation: int) -> None:
    stored = np.zeros((30, 40, 3), np.uint8)
    stored[4:10, 6:20] = 255
    stored[12, 30] = 255
    shown = apply_orientation(stored, orientation)[..., 0] > 0
    shown_size, stored_size = (shown.shape[1], shown.shape[0]), (40, 30)
    bitmap = mask_shape(Bitmap(stored[..., 0] > 0, 0, 0))
    assert bitmap is not None
    box = Shape(ShapeKind.RECTANGLE, np.array([[6, 4], [20, 10]]), label="box")
    outline = Shape(ShapeKind.POLYGON, np.array([[6, 4], [20, 4], [20, 10], [6, 10]]), label="outline")
    annotation = Annotation(shapes=(bitmap, box, outline))
    turned = shown_frame(annotation, orientation, stored_size)
    assert own.pixels_of(turned.shapes[0], shown_size) == {(int(x), int(y)) for y, x in np.argwhere(shown)}
    whole = own.pixels_of(turned.shapes[0], shown_size)
    for shape in turned.shapes[1:]:
        assert own.pixels_of(shape, shown_size) <= whole
        assert len(own.pixels_of(shape, shown_size)) == 14 * 6
    back = stored_frame(turned, orientation, shown_size)
    own.assert_same_shapes(
        back.with_changes(shapes=back.shapes[1:]), annotation.with_changes(shapes=annotation.shapes[1:]), 0
    )
    assert own.pixels_of(back.shapes[0], stored_size) == own.pixels_of(bitmap, stored_size)


def test_notes_add_up() -> None:
    first, second = Notes(), Notes()
    first.said("clipped")
    second.said("clipped", 2)
    second.lost("score", 0)
    first.add(second)
    assert first.sentences() == ["3 objects were cut at the edge of the picture."]
    assert not Notes()
