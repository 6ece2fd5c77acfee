"""The bundled samples: the pictures, the renderer that repeats itself, and the detector that finds what is there."""

from __future__ import annotations

import ast
import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

REPOSITORY = Path(__file__).parents[2]
if str(REPOSITORY) not in sys.path:
    sys.path.insert(0, str(REPOSITORY))

from scripts.samples.evaluate import (  # noqa: E402
    MODEL_FILE,
    Detections,
    average_precision,
    find_detections,
    match,
    measure,
    open_session,
    to_input,
)
from scripts.samples.examples import TEST_SEED, Example, letterbox, render_example  # noqa: E402
from scripts.samples.render_samples import IMAGES_FOLDER, SAMPLES, encode_sample  # noqa: E402
from scripts.samples.scenes import CLASSES, render_scene  # noqa: E402
from scripts.samples.stages import STAGES  # noqa: E402

# Away from the training's seeds and from those of the published figure.
FRESH_SEED = TEST_SEED + 50_000_000


@pytest.fixture(scope="module")
def session() -> Any:
    pytest.importorskip("onnxruntime")
    return open_session(MODEL_FILE)


def detect(session: Any, rgb: np.ndarray, *, confidence: float = 0.001, iou: float = 0.6) -> Detections:
    output = session.run(None, {"images": to_input(rgb)})[0][0]
    return find_detections(output, confidence=confidence, iou=iou)


def test_sixteen_pictures_are_bundled_and_small() -> None:
    files = sorted(IMAGES_FOLDER.glob("*.jpg"))
    assert [file.stem for file in files] == [sample.name for sample in SAMPLES]
    assert len(files) == 16
    assert sum(file.stat().st_size for file in files) < 2_500_000


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_bundled_picture_opens_in_the_size_it_is_shown_in(sample: Any) -> None:
    with Image.open(IMAGES_FOLDER / f"{sample.name}.jpg") as picture:
        orientation = picture.getexif().get(0x0112, 1)
        stored = picture.size
        picture.load()
    assert orientation == (6 if sample.turned else 1)
    assert (stored[::-1] if sample.turned else stored) == sample.size


def test_bundled_set_has_portrait_turned_empty_and_crowded_pictures() -> None:
    assert sum(sample.turned for sample in SAMPLES) == 1
    assert any(sample.size[1] > sample.size[0] and not sample.turned for sample in SAMPLES)
    assert sum(sample.wanted == 0 for sample in SAMPLES) == 2
    assert sum(sample.wanted >= 25 for sample in SAMPLES) == 3


def test_bundled_pictures_are_what_the_renderer_draws() -> None:
    """Compared with a margin: another OpenCV or JPEG library may round otherwise."""
    for sample in (SAMPLES[4], next(sample for sample in SAMPLES if sample.turned)):
        with Image.open(IMAGES_FOLDER / f"{sample.name}.jpg") as picture:
            bundled = np.asarray(picture.convert("RGB"), np.int16)
        with Image.open(io.BytesIO(encode_sample(sample))) as picture:
            drawn = np.asarray(picture.convert("RGB"), np.int16)
        assert bundled.shape == drawn.shape
        assert float(np.abs(bundled - drawn).mean()) < 1.0


def test_same_seed_gives_the_same_scene() -> None:
    first, second = render_scene(4321, size=(640, 480)), render_scene(4321, size=(640, 480))
    assert np.array_equal(first.image, second.image)
    assert first.objects == second.objects
    assert not np.array_equal(first.image, render_scene(4322, size=(640, 480)).image)


@pytest.mark.parametrize("stage", STAGES)
def test_boxes_lie_in_the_picture_and_name_known_classes(stage: str) -> None:
    for count in (8, 30):
        scene = render_scene(99, size=(480, 640), stage=stage, count=count)
        assert scene.image.shape == (640, 480, 3)
        assert scene.image.dtype == np.uint8
        assert 0 < len(scene.objects) <= count
        for label, (x1, y1, x2, y2) in scene.objects:
            assert label in CLASSES
            assert 0 <= x1 < x2 <= 480
            assert 0 <= y1 < y2 <= 640


def test_boxes_are_tight_around_what_changed() -> None:
    """Against the same scene without its one tree; the shadow of the tree changes its pixels by less than counts."""
    sample = next(sample for sample in SAMPLES if sample.name.startswith("04"))
    scene = render_scene(sample.seed, size=sample.size, stage=sample.stage, light=sample.light, count=1, wear=0.0)
    bare = render_scene(sample.seed, size=sample.size, stage=sample.stage, light=sample.light, count=0, wear=0.0)
    (item,) = scene.objects
    assert item.label == "tree"
    x1, y1, x2, y2 = (int(value) for value in item.box)
    changed = np.abs(scene.image.astype(int) - bare.image.astype(int)).max(axis=2) > 60
    columns, rows = np.flatnonzero(changed.any(axis=0)), np.flatnonzero(changed.any(axis=1))
    assert abs(columns[0] - x1) <= 3
    assert abs(columns[-1] + 1 - x2) <= 3
    assert abs(rows[0] - y1) <= 3
    assert rows[-1] + 1 >= y2 - 3


@pytest.mark.parametrize("stage", STAGES)
def test_empty_scene_has_no_objects(stage: str) -> None:
    assert render_scene(7, size=(320, 240), stage=stage, count=0).objects == []


def test_letterbox_centres_and_pads_with_grey() -> None:
    square, gain, (left, top) = letterbox(np.full((400, 800, 3), 200, np.uint8))
    assert square.shape == (640, 640, 3)
    assert (gain, left, top) == (0.8, 0, 160)
    assert (square[:160] == 114).all()
    assert (square[160:480] == 200).all()
    assert (square[480:] == 114).all()


def test_average_precision_of_known_curves() -> None:
    assert average_precision(np.array([True, True]), 2) == 1.0
    assert average_precision(np.array([False, False]), 2) == 0.0
    # Right, wrong, right with two objects: precision 1 up to recall 0.5, then 2/3.
    assert average_precision(np.array([True, False, True]), 2) == pytest.approx(0.5 + 0.5 * 2 / 3)
    assert average_precision(np.array([True]), 4) == pytest.approx(0.25)


def test_second_detection_of_an_object_counts_as_wrong() -> None:
    box = np.array([[0, 0, 10, 10]], np.float32)
    truth = Example(np.zeros((640, 640, 3), np.uint8), np.array([3], np.int64), box)
    twice = Detections(np.repeat(box, 2, axis=0), np.array([0.9, 0.8], np.float32), np.array([3, 3], np.int64))
    assert match(twice, truth).tolist() == [True, False]
    other_class = Detections(box, np.array([0.9], np.float32), np.array([2], np.int64))
    assert match(other_class, truth).tolist() == [False]


def test_model_file_says_what_it_is() -> None:
    import onnx

    assert MODEL_FILE.stat().st_size < 4_000_000
    model = onnx.load(str(MODEL_FILE))
    metadata = {item.key: item.value for item in model.metadata_props}
    assert ast.literal_eval(metadata["names"]) == dict(enumerate(CLASSES))
    assert ast.literal_eval(metadata["imgsz"]) == [640, 640]
    assert (metadata["task"], metadata["stride"], metadata["batch"]) == ("detect", "32", "1")
    assert metadata["license"] == "GPL-3.0-or-later"
    parameters = sum(int(np.prod(tensor.dims)) for tensor in model.graph.initializer)
    assert parameters <= 1_000_000
    assert [value.name for value in model.graph.input] == ["images"]
    (output,) = model.graph.output
    assert output.name == "output0"
    assert output.type.tensor_type.shape.dim[1].dim_value == 4 + len(CLASSES)


def test_model_takes_other_sizes_and_batches(session: Any) -> None:
    anchors = sum((416 // stride) * (320 // stride) for stride in (8, 16, 32))
    output = session.run(None, {"images": np.zeros((2, 3, 320, 416), np.float32)})[0]
    assert output.shape == (2, 4 + len(CLASSES), anchors)


@pytest.mark.long
def test_model_finds_the_objects_of_fresh_scenes(session: Any) -> None:
    truths = [render_example(FRESH_SEED + index) for index in range(12)]
    assert sum(len(truth.labels) for truth in truths) > 90
    report = measure([detect(session, truth.image) for truth in truths], truths)
    assert report.map50 > 0.95
    assert report.recall > 0.95
    assert report.precision > 0.95


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_model_finds_the_objects_of_the_bundled_pictures(session: Any, sample: Any) -> None:
    from PIL import ImageOps

    with Image.open(IMAGES_FOLDER / f"{sample.name}.jpg") as picture:
        rgb = np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))
    square, _, _ = letterbox(rgb)
    found = detect(session, square, confidence=0.25, iou=0.45)
    scene = render_scene(
        sample.seed, size=sample.size, stage=sample.stage, light=sample.light, count=sample.wanted, wear=0.0
    )
    assert abs(len(found.scores) - len(scene.objects)) <= max(1, len(scene.objects) // 10)
    if not sample.wanted:
        assert len(found.scores) == 0
