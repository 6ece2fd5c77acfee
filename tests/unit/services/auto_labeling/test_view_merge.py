"""What is found in overlapping tiles and in the whole picture becomes each object once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from anylabeling.messages.auto_labeling import DetectOptions, Tiling
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.models.yolo_masks import MaskDetails
from anylabeling.services.auto_labeling.models.yolo_oriented import OrientedDetails
from anylabeling.services.auto_labeling.models.yolo_pose import KeyPointDetails
from anylabeling.services.auto_labeling.object_details import ObjectDetails
from anylabeling.services.auto_labeling.preprocess import Letterbox
from anylabeling.services.auto_labeling.rotated_boxes import corners_of_rotated, rotated_iou
from anylabeling.services.auto_labeling.tiling import Rect, tile_rows
from anylabeling.services.auto_labeling.view_merge import View, merge_views, view_of

WIDTH, HEIGHT, SIDE = 1000, 700, 200
NAMES = ("red", "green")
Box = tuple[float, float, float, float]


def seen_in(
    rect: Rect, boxes: Sequence[Box], classes: Sequence[int], scores: Sequence[float], least_px: float = 6.0
) -> Candidates:
    """Return what a detector without fault finds in a part: what lies in there of each object, unless too little."""
    found = []
    for box, class_id, score in zip(boxes, classes, scores, strict=True):
        x1, y1 = max(box[0], rect.left) - rect.left, max(box[1], rect.top) - rect.top
        x2, y2 = min(box[2], rect.right) - rect.left, min(box[3], rect.bottom) - rect.top
        if x2 - x1 >= least_px and y2 - y1 >= least_px:
            found.append((score, (x1, y1, x2, y2), class_id))
    found.sort(key=lambda each: -each[0])
    return Candidates(
        np.array([box for _, box, _ in found], np.float32).reshape(-1, 4),
        np.array([score for score, _, _ in found], np.float32),
        np.array([class_id for _, _, class_id in found], np.int32),
        rect.width,
        rect.height,
    )


def merged(
    boxes: Sequence[Box],
    classes: Sequence[int] | None = None,
    scores: Sequence[float] | None = None,
    *,
    whole: bool = True,
    overlap: float = 0.2,
) -> Candidates:
    kinds = classes or [0] * len(boxes)
    sure = scores or [0.9 - 0.01 * number for number in range(len(boxes))]
    rows = tile_rows(WIDTH, HEIGHT, Tiling(SIDE, overlap), 640)
    views = [[view_of(rect, seen_in(rect, boxes, kinds, sure)) for rect in row] for row in rows]
    everything = Rect(0, 0, WIDTH, HEIGHT)
    return merge_views(
        view_of(
            everything,
            seen_in(
                everything, boxes if whole else (), kinds[: 0 if not whole else None], sure[: 0 if not whole else None]
            ),
        ),
        views,
    )


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    "box",
    [
        (150, 150, 180, 190),  # on the corner of four tiles
        (100, 100, 260, 130),  # longer than what tiles have in common
        (20, 20, 980, 60),  # through all of them
        (5, 5, 30, 30),
        (970, 670, 1000, 700),
        (300, 10, 330, 690),
    ],
)
def test_an_object_is_found_once_and_whole(box: Box, whole: bool) -> None:
    found = merged([box], whole=whole)
    np.testing.assert_allclose(found.boxes, [box], atol=0.01)
    assert found.scores.tolist() == pytest.approx([0.9])


def test_a_small_object_in_front_of_a_large_one_stays() -> None:
    found = merged([(100, 100, 700, 600), (300, 300, 340, 350), (420, 310, 460, 360)])
    assert len(found) == 3


def test_neighbours_across_a_seam_stay_two() -> None:
    found = merged([(100, 40, 158, 90), (162, 40, 240, 90)], whole=False)
    assert sorted(found.boxes[:, 0].tolist()) == [100, 162]


def test_classes_are_kept_apart_unless_they_do_not_matter() -> None:
    boxes = [(150.0, 40.0, 240.0, 90.0)] * 2
    assert len(merged(boxes, [0, 1])) == 2
    rows = tile_rows(WIDTH, HEIGHT, Tiling(SIDE), 640)
    kinds = iter([0, 1] * 40)

    def view(rect: Rect) -> View:
        seen = seen_in(rect, boxes[:1], [0], [0.8])
        return view_of(rect, replace(seen, class_ids=seen.class_ids + next(kinds), is_agnostic=True))

    found = merge_views(view(Rect(0, 0, WIDTH, HEIGHT)), [[view(rect) for rect in row] for row in rows])
    assert len(found) == 1


def test_a_piece_that_a_view_says_twice_goes() -> None:
    """The second box of a tile for the same object overlaps the first one by less than what one view suppresses."""
    box: Box = (100, 40, 400, 140)
    everything = Rect(0, 0, WIDTH, HEIGHT)
    rows = tile_rows(WIDTH, HEIGHT, Tiling(SIDE), 640)
    first = rows[0][0]
    twice = seen_in(first, [box, (100, 55, 400, 115)], [0, 0], [0.9, 0.6])
    views = [[View(rect, seen_in(rect, (), (), ())) for rect in row] for row in rows]
    views[0][0] = view_of(first, twice)
    assert len(views[0][0].found) == 2
    found = merge_views(view_of(everything, seen_in(everything, [box], [0], [0.5])), views)
    np.testing.assert_allclose(found.boxes, [box], atol=0.01)
    assert found.scores[0] == pytest.approx(0.9)


def test_nothing_is_nothing() -> None:
    assert len(merged([])) == 0


def test_as_many_objects_count_as_are_allowed_in_each_view() -> None:
    boxes = [(x, y, x + 20.0, y + 20.0) for x in range(0, 960, 40) for y in range(0, 660, 40)]
    found = merged(boxes, scores=[0.9] * len(boxes))
    kept = found.select(DetectOptions(max_detections=20), NAMES)
    assert len(kept) == len(boxes) > 20


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_scattered_objects_are_found_as_they_are(data: st.DataObject) -> None:
    """Boxes that keep apart, of any size, in any place, from views with any overlap."""
    boxes: list[Box] = []
    for _ in range(data.draw(st.integers(0, 12))):
        x, y = data.draw(st.integers(0, WIDTH - 20)), data.draw(st.integers(0, HEIGHT - 20))
        width, height = data.draw(st.integers(15, 400)), data.draw(st.integers(15, 400))
        box = (float(x), float(y), float(min(WIDTH, x + width)), float(min(HEIGHT, y + height)))
        if all(box[0] > o[2] + 8 or o[0] > box[2] + 8 or box[1] > o[3] + 8 or o[1] > box[3] + 8 for o in boxes):
            boxes.append(box)
    found = merged(boxes, overlap=data.draw(st.sampled_from([0.1, 0.2, 0.5])))
    assert sorted(map(tuple, found.boxes.round(1).tolist())) == sorted(boxes)


def tiles_with(details: Sequence[tuple[Rect, Box, ObjectDetails]]) -> Candidates:
    """Return what comes of one object, of which each of some tiles says something and the whole picture nothing."""
    told = {rect: (box, detail) for rect, box, detail in details}
    nothing = details[0][2].take(np.zeros(0, np.int64))
    rows = tile_rows(400, 200, Tiling(200, 0.25), 640)

    def view(rect: Rect) -> View:
        box, detail = told.get(rect, ((0.0, 0.0, 0.0, 0.0), nothing))
        count = int(rect in told)
        found = Candidates(
            np.array([box] * count, np.float32).reshape(-1, 4),
            np.full(count, 0.8, np.float32),
            np.zeros(count, np.int32),
            rect.width,
            rect.height,
            details=detail,
        )
        return view_of(rect, found)

    return merge_views(view(Rect(0, 0, 400, 200)), [[view(rect) for rect in row] for row in rows])


LEFT, MIDDLE, RIGHT = tile_rows(400, 200, Tiling(200, 0.25), 640)[0]


def test_key_points_of_an_object_on_a_seam_are_those_seen_best() -> None:
    def points(places: Sequence[tuple[float, float]], scores: Sequence[float]) -> KeyPointDetails:
        return KeyPointDetails(np.array([places], np.float32), np.array([scores], np.float32), ("nose", "tail"))

    found = tiles_with(
        [
            (LEFT, (150, 50, 200, 80), points([(160, 60), (199, 70)], [0.9, 0.2])),
            (MIDDLE, (50, 50, 200, 80), points([(60, 61), (190, 75)], [0.7, 0.8])),
        ]
    )
    shapes = found.select(DetectOptions(), NAMES).to_shapes(NAMES)
    assert [shape.label for shape in shapes] == ["red", "nose", "tail"]
    # Both tiles cut the object off, on different sides: the box is put together, and each point is the better one.
    np.testing.assert_allclose(shapes[0].points, [[150, 50], [300, 80]])
    np.testing.assert_allclose([shape.points[0] for shape in shapes[1:]], [[160, 60], [290, 75]])


def test_key_points_of_an_object_that_one_tile_shows_whole_are_that_tiles() -> None:
    whole = KeyPointDetails(np.array([[(60, 60)]], np.float32), np.array([[0.6]], np.float32), ("nose",))
    part = KeyPointDetails(np.array([[(160, 90)]], np.float32), np.array([[0.9]], np.float32), ("nose",))
    found = tiles_with([(LEFT, (150, 50, 200, 80), part), (MIDDLE, (50, 50, 120, 80), whole)])
    shapes = found.select(DetectOptions(), NAMES).to_shapes(NAMES)
    np.testing.assert_allclose(shapes[1].points, [[160, 60]])


def test_rotated_boxes_of_an_object_on_a_seam_become_the_one_around_both() -> None:
    truth = np.array([200.0, 100.0, 240.0, 20.0, 0.3])

    def half(rect: Rect, centre_x: float, length: float) -> tuple[Rect, Box, ObjectDetails]:
        shift = centre_x - 200.0
        box = np.array([[centre_x - rect.left, 100.0 + shift * np.tan(0.3), length, 20.0, 0.3]])
        corners = corners_of_rotated(box)[0]
        x1, x2 = np.clip([corners[:, 0].min(), corners[:, 0].max()], 0, 200)
        return rect, (x1, corners[:, 1].min(), x2, corners[:, 1].max()), OrientedDetails(box)

    found = tiles_with([half(LEFT, 143.0, 120.0), half(RIGHT, 257.0, 120.0), half(MIDDLE, 200.0, 200.0)])
    assert isinstance(found.details, OrientedDetails)
    assert len(found) == 1
    assert rotated_iou(truth, found.details.boxes)[0] > 0.9


def test_the_mask_of_an_object_on_a_seam_is_that_of_its_pieces() -> None:
    box = Letterbox.fit(200, 200, 64, 64)

    def mask(inside: NDArray[np.bool_]) -> MaskDetails:
        plane = np.where(inside, 4.0, -4.0).astype(np.float32)
        return MaskDetails(np.ones((1, 1), np.float32), plane[np.newaxis], box)

    y, x = np.mgrid[0:16, 0:16] * 12.5 + 6.25
    # A bar from 112.5 to 287.5 in the picture; tiles begin at 0, 100 and 200.
    bar = (y > 75) & (y < 125)
    found = tiles_with(
        [
            (LEFT, (112, 75, 200, 125), mask(bar & (x > 112))),
            (MIDDLE, (12, 75, 187, 125), mask(bar & (x > 12) & (x < 188))),
            (RIGHT, (0, 75, 87, 125), mask(bar & (x < 88))),
        ]
    )
    shapes = found.select(DetectOptions(), NAMES).to_shapes(NAMES)
    assert len(shapes) == 1
    low, high = shapes[0].points.min(axis=0), shapes[0].points.max(axis=0)
    np.testing.assert_allclose([*low, *high], [112, 75, 288, 125], atol=8)
    # Without the tile in the middle, the bar is put together from its ends.
    pieces = tiles_with(
        [(LEFT, (112, 75, 200, 125), mask(bar & (x > 112))), (MIDDLE, (12, 75, 200, 125), mask(bar & (x > 12)))]
    )
    joined = pieces.select(DetectOptions(), NAMES).to_shapes(NAMES)
    assert len(joined) == 1
    assert joined[0].points[:, 0].min() == pytest.approx(112, abs=8)
    assert joined[0].points[:, 0].max() == pytest.approx(300, abs=8)
