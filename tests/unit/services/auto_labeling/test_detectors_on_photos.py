"""The real detectors on real photos, against a plain reference and against what they are known to find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from test_preprocess import bilinear

from anylabeling.codecs import PixelFormat, decode
from anylabeling.document.shape import Shape
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.pipeline import decode_for

pytestmark = pytest.mark.data

KNOWN = {
    ("yolov8n", "bus.jpg"): [("person", 0.89), ("person", 0.88), ("person", 0.88), ("bus", 0.84), ("person", 0.44)],
    ("yolo11n", "bus.jpg"): [("bus", 0.94), ("person", 0.90), ("person", 0.85), ("person", 0.83), ("person", 0.40)],
    ("yolov8n", "zidane.jpg"): [("person", 0.83), ("person", 0.83), ("tie", 0.28)],
    ("yolo11n", "zidane.jpg"): [("person", 0.86), ("person", 0.79), ("tie", 0.48)],
}
MODELS = ("yolov8n", "yolo11n", "yolov5s")
PHOTOS = ("bus.jpg", "zidane.jpg", "voc40/2007_000032.jpg", "voc40/2007_000129.jpg")


def load(manager: ModelManager, data_dir: Path, name: str) -> DetectionModel:
    return manager.load(data_dir / "models" / f"{name}.onnx")


def photo(data_dir: Path, name: str) -> NDArray[np.uint8]:
    return decode(data_dir / "photos" / name, pixel_format=PixelFormat.RGB).pixels


@pytest.mark.parametrize(("name", "picture"), list(KNOWN))
def test_detectors_find_what_they_are_known_to_find(
    data_dir: Path, manager: ModelManager, name: str, picture: str
) -> None:
    shapes = load(manager, data_dir, name).predict_shapes(photo(data_dir, picture), picture)
    found = [(shape.label, shape.score or 0.0) for shape in shapes]
    assert [label for label, _ in found] == [label for label, _ in KNOWN[name, picture]]
    # Two digits: what is known was rounded to them.
    assert np.abs(np.subtract([s for _, s in found], [s for _, s in KNOWN[name, picture]])).max() < 0.01


@pytest.mark.parametrize("name", MODELS)
def test_a_picture_of_twice_the_size_of_the_network_gives_the_same_in_a_run_over_many(
    data_dir: Path, manager: ModelManager, name: str
) -> None:
    model = load(manager, data_dir, name)
    path = data_dir / "photos" / "zidane.jpg"
    decoded = decode_for(model, str(path))
    size = (decoded.full_width, decoded.full_height)
    options = model.default_options
    found = model.candidates(decoded.pixels, full_size=size).select(options, model.class_names)
    whole = model.candidates(photo(data_dir, "zidane.jpg")).select(options, model.class_names)
    np.testing.assert_array_equal(found.class_ids, whole.class_ids)
    assert np.abs(found.scores - whole.scores).max() < 0.005
    assert np.abs(found.boxes - whole.boxes).max() < 1


def test_the_older_layout_finds_the_bus_and_four_persons(data_dir: Path, manager: ModelManager) -> None:
    shapes = load(manager, data_dir, "yolov5s").predict_shapes(photo(data_dir, "bus.jpg"))
    assert sorted(shape.label for shape in shapes) == ["bus", "person", "person", "person", "person"]
    assert next(shape.score for shape in shapes if shape.label == "bus") == pytest.approx(0.73, abs=0.01)


@pytest.mark.parametrize("name", MODELS)
def test_results_agree_with_the_plain_reference(data_dir: Path, manager: ModelManager, name: str) -> None:
    model = load(manager, data_dir, name)
    session = open_session(data_dir, name)
    for picture in PHOTOS:
        image = photo(data_dir, picture)
        rows = reference_rows(session, image, resize_in_bytes, is_v5=name == "yolov5s")
        wanted = plainly_suppressed(rows)
        got = model.predict_shapes(image)
        assert [shape.label for shape in got] == [model.class_names[row.class_id] for row in wanted]
        for shape, row in zip(got, wanted, strict=True):
            assert shape.score == pytest.approx(row.score, abs=0.005)
            assert np.abs(shape.points.ravel() - row.box).max() <= 2.0


@pytest.mark.parametrize("name", MODELS)
def test_rounding_to_bytes_while_resizing_costs_next_to_nothing(
    data_dir: Path, manager: ModelManager, name: str
) -> None:
    # The picture is resized in bytes, as in training. In full precision scores move by up to 0.013, which may bring
    # another of two boxes for one object to the front: so each box is looked for among all of its class.
    model = load(manager, data_dir, name)
    session = open_session(data_dir, name)
    for picture in PHOTOS:
        image = photo(data_dir, picture)
        rows = reference_rows(session, image, bilinear, is_v5=name == "yolov5s")
        for shape in model.predict_shapes(image):
            assert any(
                np.abs(shape.points.ravel() - row.box).max() <= 2.0 and abs((shape.score or 0.0) - row.score) <= 0.02
                for row in rows
                if model.class_names[row.class_id] == shape.label
            )


@pytest.mark.parametrize("name", MODELS)
def test_a_batch_finds_what_single_pictures_give(data_dir: Path, manager: ModelManager, name: str) -> None:
    model = load(manager, data_dir, name)
    images = [photo(data_dir, picture) for picture in PHOTOS]
    assert model.info.dynamic_batch == (name == "yolo11n")
    single = [model.predict_shapes(image) for image in images]
    together = model.predict_shapes_batch(images, list(PHOTOS))
    for one, other in zip(single, together, strict=True):
        if name == "yolo11n":  # sums are taken in another order
            assert_alike(one, other)
        else:
            assert [shape.content() for shape in one] == [shape.content() for shape in other]


def test_the_picture_of_the_window_gives_the_same_as_the_one_of_the_pipeline(
    data_dir: Path, manager: ModelManager
) -> None:
    model = load(manager, data_dir, "yolov8n")
    shown = decode(data_dir / "photos" / "bus.jpg")
    from_window = model.predict_shapes(shown.pixels, pixel_format=PixelFormat.BGRA)
    assert_alike(from_window, model.predict_shapes(photo(data_dir, "bus.jpg")))


def test_a_scaled_decode_finds_the_same_objects(data_dir: Path, manager: ModelManager, tmp_path: Path) -> None:
    from anylabeling.opencv import cv2

    model = load(manager, data_dir, "yolo11n")
    large = tmp_path / "large.jpg"
    source = decode(data_dir / "photos" / "bus.jpg", pixel_format=PixelFormat.BGR).pixels
    cv2.imwrite(str(large), cv2.resize(source, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC))
    whole = decode(large, pixel_format=PixelFormat.RGB)
    small = decode(large, pixel_format=PixelFormat.RGB, min_side_px=model.min_side_px)
    assert small.width < whole.width
    size = (small.full_width, small.full_height)
    options = model.default_options
    from_small = model.candidates(small.pixels, full_size=size).select(options, model.class_names)
    from_whole = model.candidates(whole.pixels).select(options, model.class_names)
    np.testing.assert_array_equal(from_small.class_ids, from_whole.class_ids)
    assert np.abs(from_small.scores - from_whole.scores).max() < 0.08
    assert np.abs(from_small.boxes - from_whole.boxes).max() < 0.02 * max(size)


def assert_alike(one: list[Shape], other: list[Shape]) -> None:
    assert [shape.label for shape in one] == [shape.label for shape in other]
    for first, second in zip(one, other, strict=True):
        assert first.score == pytest.approx(second.score, abs=0.001)
        assert np.abs(first.points - second.points).max() <= 0.1


class Row(NamedTuple):
    score: float
    class_id: int
    box: NDArray[np.float64]


Resize = Callable[[NDArray[np.uint8], int, int], NDArray[Any]]


def open_session(data_dir: Path, name: str) -> Any:
    return onnxruntime.InferenceSession(data_dir / "models" / f"{name}.onnx", providers=["CPUExecutionProvider"])


def resize_in_bytes(image: NDArray[np.uint8], width: int, height: int) -> NDArray[Any]:
    from anylabeling.opencv import cv2

    resized: NDArray[Any] = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
    return resized


def reference_rows(session: Any, image: NDArray[np.uint8], resize: Resize, *, is_v5: bool) -> list[Row]:
    """Letterbox in float64, run, transpose, decode every row; best first, scores from 0.2 up."""
    height, width = image.shape[:2]
    ratio = min(640 / height, 640 / width)
    new_w, new_h = round(width * ratio), round(height * ratio)
    left, top = round((640 - new_w) / 2 - 0.1), round((640 - new_h) / 2 - 0.1)
    canvas = np.full((640, 640, 3), 114.0)
    canvas[top : top + new_h, left : left + new_w] = resize(image, new_w, new_h)
    blob = (canvas / 255.0).transpose(2, 0, 1)[np.newaxis].astype(np.float32)
    output = session.run(None, {session.get_inputs()[0].name: blob})[0][0]
    rows = (output if is_v5 else output.T).astype(np.float64)
    class_scores = rows[:, 5:] * rows[:, 4:5] if is_v5 else rows[:, 4:]
    classes, scores = class_scores.argmax(axis=1), class_scores.max(axis=1)
    boxes = np.hstack([rows[:, :2] - rows[:, 2:4] / 2, rows[:, :2] + rows[:, 2:4] / 2])
    boxes = np.clip((boxes - [left, top, left, top]) / ratio, 0, [width, height, width, height])
    order = [index for index in np.argsort(-scores, kind="stable") if scores[index] >= 0.2]
    return [Row(float(scores[index]), int(classes[index]), boxes[index]) for index in order]


def plainly_suppressed(rows: list[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        rivals = [other for other in kept if other.class_id == row.class_id]
        if row.score >= 0.25 and all(overlap(row.box, other.box) <= 0.45 for other in rivals):
            kept.append(row)
    return kept


def overlap(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return float(both / (areas - both))
