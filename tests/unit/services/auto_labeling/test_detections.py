"""Reading boxes out of raw outputs, and choosing among them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from anylabeling.document.shape import ShapeKind
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.postprocess import candidates_from
from anylabeling.services.auto_labeling.preprocess import Letterbox

NAMES = ("ape", "bee", "cat")
BOX = Letterbox.fit(100, 100, 64, 64)


def random_output(layout: str, cells: int = 300) -> NDArray[np.float32]:
    """Return an output (rows, columns) of a layout with boxes inside the input and scores all over."""
    rng = np.random.default_rng(5)
    boxes = np.column_stack([rng.uniform(5, 59, (cells, 2)), rng.uniform(2, 40, (cells, 2))])
    scores = rng.uniform(0, 1, (cells, 3)) ** 4
    if layout == "yolov8":
        return np.column_stack([boxes, scores]).T.astype(np.float32).copy()
    return np.column_stack([boxes, rng.uniform(0, 1, cells), scores]).astype(np.float32)


def plainly_decoded(
    output: NDArray[np.float32], layout: str, floor: float
) -> list[tuple[float, int, tuple[float, ...]]]:
    """Decode one row after the other, in the words of the layout's description."""
    found = []
    for row in output.T if layout == "yolov8" else output:
        cx, cy, w, h = (float(value) for value in row[:4])
        scores = row[4:] if layout == "yolov8" else row[5:] * row[4]
        best = int(np.argmax(scores))
        if scores[best] > floor:
            corners = (cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2)
            found.append((float(scores[best]), best, tuple(value * 100 / 64 for value in corners)))
    return sorted(found, key=lambda one: -one[0])  # equal scores stay in the order of the rows


@pytest.mark.parametrize("layout", ["yolov5", "yolov8"])
@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_decoding_agrees_with_the_plain_loop(layout: str, dtype: type) -> None:
    output: NDArray[Any] = random_output(layout).astype(dtype)
    got = candidates_from(output, layout, BOX, 0.05)
    wanted = plainly_decoded(output.astype(np.float32), layout, 0.05)
    assert len(got) == len(wanted) > 50
    np.testing.assert_allclose(got.scores, [score for score, _, _ in wanted], atol=1e-6)
    np.testing.assert_array_equal(got.class_ids, [class_id for _, class_id, _ in wanted])
    np.testing.assert_allclose(got.boxes, [box for _, _, box in wanted], atol=1e-3)


def test_numbers_that_are_not_finite_are_left_out() -> None:
    output = random_output("yolov8", cells=10)
    output[4:] = 0.9
    output[0, 2], output[3, 4], output[4:, 6] = np.nan, np.inf, np.nan
    assert len(candidates_from(output, "yolov8", BOX, 0.05)) == 7


@pytest.mark.parametrize("layout", ["yolov5", "yolov8"])
def test_nothing_found_is_an_empty_result(layout: str) -> None:
    candidates = candidates_from(random_output(layout) * 0, layout, BOX, 0.05)
    assert len(candidates) == 0
    assert candidates.select(DetectOptions(), NAMES).to_shapes(NAMES) == []


def candidates(*rows: tuple[float, int, tuple[float, float, float, float]]) -> Candidates:
    return Candidates(
        np.array([box for _, _, box in rows], np.float32),
        np.array([score for score, _, _ in rows], np.float32),
        np.array([class_id for _, class_id, _ in rows], np.int32),
        100,
        80,
    )


FOUND = candidates(
    (0.9, 0, (10, 10, 50, 50)),
    (0.8, 0, (12, 10, 52, 50)),  # the same ape again
    (0.7, 1, (11, 10, 51, 50)),  # a bee in the same place
    (0.4, 2, (60, 60, 130, 120)),  # a cat half outside
    (0.3, 2, (200, 200, 220, 220)),  # outside
)


def test_one_object_is_found_once_per_class_and_clipped_to_the_picture() -> None:
    shapes = FOUND.select(DetectOptions(), NAMES).to_shapes(NAMES)
    assert [(shape.label, shape.score) for shape in shapes] == [("ape", 0.9), ("bee", 0.7), ("cat", 0.4)]
    assert {shape.kind for shape in shapes} == {ShapeKind.RECTANGLE}
    assert shapes[2].points.tolist() == [[60, 60], [100, 80]]


def test_options_choose_without_another_run() -> None:
    def labels(**options: object) -> list[str]:
        chosen = FOUND.select(DetectOptions(**options), NAMES)  # type: ignore[arg-type]
        return [shape.label for shape in chosen.to_shapes(NAMES)]

    assert labels(confidence=0.7) == ["ape", "bee"]
    assert labels(confidence=0.95) == []
    assert labels(iou=0.99) == ["ape", "ape", "bee", "cat"]
    assert labels(classes=frozenset({"cat"})) == ["cat"]
    assert labels(classes=frozenset({"unknown"})) == []
    assert labels(max_detections=1) == ["ape"]


def test_counts_name_the_classes_most_first() -> None:
    chosen = FOUND.select(DetectOptions(iou=0.99), NAMES)
    assert chosen.counts(NAMES) == (("ape", 2), ("bee", 1), ("cat", 1))
