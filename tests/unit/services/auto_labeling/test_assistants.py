"""The assistants that need no model: objects by their colours, lines along edges."""

from __future__ import annotations

import numpy as np
import pytest

from anylabeling.codecs import PixelFormat
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import ShapeKind
from anylabeling.errors import ModelError
from anylabeling.messages.prompting import BoxMark, Mark, OutputKind, PointMark, StrokeMark
from anylabeling.opencv import cv2
from anylabeling.services.auto_labeling.assistants import EdgeFollower, outline_by_color
from anylabeling.services.auto_labeling.mask_shapes import mask_to_shape
from anylabeling.utils.cancellation import Cancelled, CancelToken

CENTRE, AXES = (400, 300), (150, 80)


def scene(scale: int = 1) -> np.ndarray:
    """Return a noisy green picture with a red ellipse."""
    noise = np.random.default_rng(3).integers(-20, 20, (600 * scale, 800 * scale, 3))
    image = np.clip(np.array((50, 130, 60)) + noise, 0, 255).astype(np.uint8)
    ellipse = np.zeros(image.shape[:2], np.uint8)
    cv2.ellipse(ellipse, (CENTRE[0] * scale, CENTRE[1] * scale), (AXES[0] * scale, AXES[1] * scale), 0, 0, 360, 1, -1)
    image[ellipse > 0] = np.clip(np.array((190, 60, 50)) + noise[ellipse > 0], 0, 255)
    return image


def truth() -> tuple[float, float, float, float]:
    return CENTRE[0] - AXES[0], CENTRE[1] - AXES[1], CENTRE[0] + AXES[0], CENTRE[1] + AXES[1]


def mask_iou(points: np.ndarray) -> float:
    drawn, real = np.zeros((600, 800), np.uint8), np.zeros((600, 800), np.uint8)
    cv2.fillPoly(drawn, [np.round(points).astype(np.int32)], 1)
    cv2.ellipse(real, CENTRE, AXES, 0, 0, 360, 1, -1)
    return float((drawn & real).sum() / (drawn | real).sum())


def test_a_box_becomes_the_outline_of_what_is_in_it() -> None:
    shape = mask_to_shape(outline_by_color(scene(), [BoxMark(220, 190, 580, 410)]))
    assert shape is not None
    assert shape.kind is ShapeKind.POLYGON
    assert mask_iou(shape.points) >= 0.95


def test_points_on_an_object_are_enough_too() -> None:
    marks = [PointMark(300, 300), PointMark(400, 290), PointMark(500, 300)]
    shape = mask_to_shape(outline_by_color(scene(), marks))
    assert shape is not None
    assert mask_iou(shape.points) >= 0.93


def test_a_point_beside_the_object_takes_a_part_away() -> None:
    image = scene()
    cv2.circle(image, (620, 300), 40, (190, 60, 50), -1)  # looks like the object and is not
    box = BoxMark(220, 190, 680, 410)
    with_both = mask_to_shape(outline_by_color(image, [box]), OutputKind.RECTANGLE)
    marks = [box, PointMark(400, 300), PointMark(620, 300, positive=False)]
    refined = outline_by_color(image, marks)
    column = int((620 - refined.left) / refined.step_x)
    row = int((300 - refined.top) / refined.step_y)
    assert with_both is not None
    assert bounds(with_both)[2] > 640
    inside = refined.logits[row, column] > 0 if column < refined.logits.shape[1] else False
    assert not inside


def test_a_stroke_over_the_object_is_enough() -> None:
    stroke = StrokeMark(((280.0, 300.0), (400.0, 280.0), (520.0, 300.0)))
    shape = mask_to_shape(outline_by_color(scene(), [stroke]))
    assert shape is not None
    assert mask_iou(shape.points) >= 0.93


def test_a_stroke_beside_the_object_takes_away_what_it_crosses() -> None:
    image = scene()
    cv2.rectangle(image, (560, 260), (640, 340), (190, 60, 50), -1)  # looks like the object and is not
    box = BoxMark(220, 190, 680, 410)
    column, row = 620, 300

    def covers(marks: list[Mark]) -> bool:
        mask = outline_by_color(image, marks)
        x, y = int((column - mask.left) / mask.step_x), int((row - mask.top) / mask.step_y)
        return bool(0 <= x < mask.logits.shape[1] and mask.logits[y, x] > 0)

    assert covers([box])
    on, beside = StrokeMark(((300, 300), (500, 300))), StrokeMark(((600, 265), (620, 300), (600, 335)), positive=False)
    assert not covers([box, on, beside])


def test_full_size_and_pixel_order() -> None:
    image = scene()
    bgra = np.dstack([image[:, :, ::-1], np.full(image.shape[:2], 255, np.uint8)])
    mask = outline_by_color(
        bgra, [BoxMark(2200, 1900, 5800, 4100)], pixel_format=PixelFormat.BGRA, full_size=(8000, 6000)
    )
    shape = mask_to_shape(mask, OutputKind.RECTANGLE)
    assert shape is not None
    assert bounds(shape) == pytest.approx([10 * edge for edge in truth()], abs=60)


def test_marks_that_say_too_little() -> None:
    for marks in ([PointMark(10, 10)], [BoxMark(900, 10, 990, 50)]):
        with pytest.raises(ModelError):
            outline_by_color(scene(), marks)


@pytest.mark.parametrize("box", [BoxMark(0, 0, 800, 600), BoxMark(0, 0, 3, 3), BoxMark(100, 100, 102, 500)])
def test_odd_boxes_do_no_harm(box: BoxMark) -> None:
    mask = outline_by_color(scene(), [box])
    assert mask.image_size == (800, 600)


def test_one_colour_everywhere() -> None:
    plain = np.full((100, 100, 3), 77, np.uint8)
    outline_by_color(plain, [BoxMark(20, 20, 60, 60)])


def test_it_can_be_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        outline_by_color(scene(), [BoxMark(220, 190, 580, 410)], cancel=token)


def test_scissors_follow_the_edge() -> None:
    scissors = EdgeFollower(scene())
    with pytest.raises(ValueError, match="anchor"):
        scissors.path_to(1, 1)
    scissors.set_anchor(CENTRE[0] - AXES[0], CENTRE[1])
    line = scissors.path_to(CENTRE[0], CENTRE[1] - AXES[1])
    # On the ellipse, where (x/a)^2 + (y/b)^2 is 1; the straight way would pass at half that.
    on_it = ((line[:, 0] - CENTRE[0]) / AXES[0]) ** 2 + ((line[:, 1] - CENTRE[1]) / AXES[1]) ** 2
    assert len(line) >= 4
    assert on_it[1:-1] == pytest.approx(np.ones(len(line) - 2), abs=0.12)
