"""The sample detector finds in tiles what is too small in a large picture, everywhere that a model is run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from anylabeling.accel import iou_matrix
from anylabeling.codecs import PixelFormat, decode, encode_jpeg
from anylabeling.codecs.types import UInt8Array
from anylabeling.document.shape import ShapeKind
from anylabeling.errors import ImageError
from anylabeling.messages.auto_labeling import AutoLabelRequest, DetectOptions, Tiling
from anylabeling.messages.filtering import FilterQuery
from anylabeling.opencv import cv2
from anylabeling.services.auto_labeling import tiling
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Detections
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_spec import ModelFacts
from anylabeling.services.auto_labeling.models.yolo_config import suggested_options
from anylabeling.services.auto_labeling.pipeline import PipelineSettings
from anylabeling.services.auto_labeling.throughput_model import for_many_images
from anylabeling.services.auto_labeling.tiled_model import TiledModel, in_tiles, lend_in_tiles
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.engine import FilterEngine, FilterStores
from anylabeling.services.filtering.identities import ModelIdentities
from anylabeling.utils.cancellation import Cancelled, CancelToken

SAMPLES = Path(__file__).parents[4] / "anylabeling" / "resources" / "samples"
COLUMNS, CELL_WIDTH, CELL_HEIGHT = 3, 240, 180
TILES = Tiling(400)


@pytest.fixture(scope="module")
def plain() -> Iterator[DetectionModel]:
    manager = ModelManager()
    yield manager.load(SAMPLES / "model" / "samples-yolo.onnx")
    manager.unload()


@pytest.fixture(scope="module")
def pictures() -> list[UInt8Array]:
    paths = sorted((SAMPLES / "images").glob("*.jpg"))
    decoded = [decode(path, pixel_format=PixelFormat.RGB).pixels for path in paths]
    return [small(pixels) for pixels in decoded if pixels.shape[1] > pixels.shape[0]]


@pytest.fixture(scope="module")
def mosaic(pictures: list[UInt8Array]) -> UInt8Array:
    """Return nine of the samples beside each other, in a picture of 720 x 540 pixels."""
    cells = [pictures[number % len(pictures)] for number in range(COLUMNS * COLUMNS)]
    return np.concatenate([np.concatenate(cells[row::COLUMNS], axis=1) for row in range(COLUMNS)])


def small(pixels: UInt8Array) -> UInt8Array:
    return np.asarray(cv2.resize(pixels, (CELL_WIDTH, CELL_HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)


def detect(model: DetectionModel, pixels: UInt8Array) -> Detections:
    return model.candidates(pixels).select(model.default_options, model.class_names)


def recall(found: Detections, truth: Detections) -> float:
    same = (iou_matrix(truth.boxes, found.boxes) > 0.5) & (truth.class_ids[:, None] == found.class_ids[None])
    return float(same.any(axis=1).mean())


def truth_of(model: DetectionModel, pictures: list[UInt8Array]) -> Detections:
    """Return what the model finds in each cell by itself, in the mosaic."""
    parts = []
    for number in range(COLUMNS * COLUMNS):
        found = detect(model, pictures[number % len(pictures)])
        offset = np.array([number // COLUMNS * CELL_WIDTH, number % COLUMNS * CELL_HEIGHT] * 2, np.float32)
        parts.append(replace(found, boxes=found.boxes + offset))
    return Detections(
        np.concatenate([part.boxes for part in parts]),
        np.concatenate([part.scores for part in parts]),
        np.concatenate([part.class_ids for part in parts]),
    )


def test_tiles_find_what_is_too_small_in_the_whole(
    plain: DetectionModel, pictures: list[UInt8Array], mosaic: UInt8Array
) -> None:
    truth = truth_of(plain, pictures)
    assert len(truth) > 80
    assert recall(detect(plain, mosaic), truth) < 0.6
    found = detect(in_tiles(plain, TILES), mosaic)
    assert recall(found, truth) > 0.9
    # Each once: nothing has two boxes.
    same = (iou_matrix(truth.boxes, found.boxes) > 0.5) & (truth.class_ids[:, None] == found.class_ids[None])
    assert (same.sum(axis=1) > 1).sum() <= 1
    assert len(found) < 1.2 * len(truth)


@pytest.mark.parametrize("side", [720, 4096])
def test_a_tile_as_large_as_the_picture_changes_nothing(plain: DetectionModel, mosaic: UInt8Array, side: int) -> None:
    whole, tiled = plain.candidates(mosaic), in_tiles(plain, Tiling(side)).candidates(mosaic)
    np.testing.assert_array_equal(tiled.boxes, whole.boxes)
    np.testing.assert_array_equal(tiled.scores, whole.scores)
    assert (tiled.views, len(tiled)) == (1, len(whole))


def test_any_batch_and_number_of_calls_finds_the_same(plain: DetectionModel, mosaic: UInt8Array) -> None:
    one = TiledModel(plain, TILES, PipelineSettings(batch_size=1, max_batch_size=1)).candidates(mosaic)
    several = TiledModel(plain, TILES, PipelineSettings(batch_size=3, max_batch_size=4)).candidates(mosaic)
    options = DetectOptions()
    first, second = (found.select(options, plain.class_names) for found in (one, several))
    assert len(first) == len(second)
    np.testing.assert_allclose(first.boxes, second.boxes, atol=0.5)


def test_a_picture_in_a_file_is_the_same_read_in_parts(
    plain: DetectionModel, mosaic: UInt8Array, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mosaic.jpg"
    path.write_bytes(encode_jpeg(mosaic, quality=95, pixel_format=PixelFormat.RGB))
    model = TiledModel(plain, TILES)

    def of_file() -> Detections:
        prepared = model.prepare_file(str(path))
        found = model.finish(prepared, model.infer([prepared])[0])
        return found.select(model.default_options, model.class_names)

    at_once = of_file()
    monkeypatch.setattr(tiling, "_LARGE_PIXELS", 1000)
    in_parts = of_file()
    assert len(at_once) > 80
    assert recall(in_parts, at_once) > 0.97
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(ImageError):
        of_file()


def test_all_images_are_labelled_and_filtered_as_one_is(
    plain: DetectionModel, mosaic: UInt8Array, pictures: list[UInt8Array], tmp_path: Path
) -> None:
    for name, pixels in (("a.jpg", mosaic), ("b.jpg", pictures[0])):
        (tmp_path / name).write_bytes(encode_jpeg(pixels, quality=95, pixel_format=PixelFormat.RGB))
    paths = tuple(str(tmp_path / name) for name in ("a.jpg", "b.jpg", "c.jpg"))
    model = in_tiles(plain, TILES)
    wanted = [len(detect(model, decode(path, pixel_format=PixelFormat.RGB).pixels)) for path in paths[:2]]
    store = LabelStore()
    summary = label_many(model, AutoLabelRequest(paths, model.default_options), store)
    shapes = [store.load(path).annotation.shapes for path in paths[:2]]
    assert [len(each) for each in shapes] == wanted
    assert {shape.kind for each in shapes for shape in each} == {ShapeKind.RECTANGLE}
    assert [path for path, _ in summary.failed] == [paths[2]]
    # What was found in tiles and what was found without are two answers, and each is kept.
    engine = FilterEngine(stores=FilterStores.in_memory())
    query = FilterQuery(confidence=model.default_options.confidence, iou=model.default_options.iou)
    for each, inferred in ((model, 2), (plain, 2), (model, 0), (plain, 0)):
        answer = engine.run(query, paths[:2], each)
        assert answer.inferred == inferred
    found = engine.run(query, paths[:2], model).matches
    assert [sum(count for _, count in match.counts) for match in found] == wanted
    keys = {ModelIdentities().identify(each.info) for each in (model, plain, in_tiles(plain, Tiling(400, 0.3)))}
    assert len(keys) == 3


def test_a_copy_for_many_images_looks_at_tiles_as_well(plain: DetectionModel, mosaic: UInt8Array) -> None:
    from anylabeling.services.auto_labeling.backend import BackendOptions

    model, options = in_tiles(plain, TILES), BackendOptions(threads=1, concurrency=2)
    lend = lambda each, views: for_many_images(each, options, images=100 * views, cancel=CancelToken())  # noqa: E731
    with lend_in_tiles(model, lend) as working:
        assert isinstance(working, TiledModel)
        assert working.plain is not plain
        assert working.info.tiling == TILES
        found = working.candidates(mosaic).select(model.default_options, model.class_names)
    assert recall(found, detect(model, mosaic)) > 0.97
    with lend_in_tiles(plain, lend) as working:
        assert not isinstance(working, TiledModel)


def test_a_run_in_tiles_stops(plain: DetectionModel, mosaic: UInt8Array) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        TiledModel(plain, TILES).candidates(mosaic, cancel=cancel)


def test_the_manager_gives_the_model_in_the_tiles_that_are_wished(home_dir: Path) -> None:
    manager = ModelManager()
    manager.set_tiling(TILES)
    loaded = manager.load(SAMPLES / "model" / "samples-yolo.onnx")
    assert loaded is manager.current
    assert loaded.info.tiling == TILES
    manager.set_tiling(None)
    assert manager.info is not None
    assert manager.info.tiling is None
    manager.unload()
    manager.set_tiling(TILES)
    assert manager.current is None


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        ({"type": "yolov8_sahi"}, Tiling()),
        ({"slice_height": 512, "slice_width": 640, "overlap_height_ratio": 0.25}, Tiling(640, 0.25)),
        ({"type": "yolov5_sahi", "slice_width": 10, "overlap_width_ratio": 7}, Tiling()),
        ({"type": "yolov8"}, None),
    ],
)
def test_a_config_may_suggest_tiles(config: dict[str, object], wanted: Tiling | None) -> None:
    facts = ModelFacts(Path("model.onnx"), "model", config=config)
    assert suggested_options(facts, ("red",)).tiling == wanted


@pytest.mark.parametrize("name", ["yolo11n-seg", "yolo11n-pose"])
def test_shapes_of_other_tasks_are_moved(data_dir: Path, name: str) -> None:
    """Persons of a photo at the end of a large picture are outlined there as in the photo alone."""
    photo = decode(data_dir / "photos" / "bus.jpg", pixel_format=PixelFormat.RGB).pixels
    height, width = photo.shape[:2]
    large = np.concatenate([np.full_like(photo, 114), photo], axis=1)
    manager = ModelManager()
    model = manager.load(data_dir / "models" / f"{name}.onnx")
    try:
        alone = model.predict_shapes(photo)
        tiled = in_tiles(model, Tiling(height, 0.0)).predict_shapes(large)
    finally:
        manager.unload()
    sure = [shape for shape in alone if (shape.score or 0) > 0.6 and shape.kind is not ShapeKind.POINT]
    assert len(sure) >= 3
    wanted = np.array([[*shape.points.min(axis=0), *shape.points.max(axis=0)] for shape in sure], np.float32)
    found = [shape for shape in tiled if shape.kind is sure[0].kind]
    boxes = np.array([[*shape.points.min(axis=0), *shape.points.max(axis=0)] for shape in found], np.float32)
    assert iou_matrix(wanted + np.array([width, 0] * 2, np.float32), boxes).max(axis=1).min() > 0.8
    # Key points lie within the box that they are in a group with.
    for shape in tiled:
        if shape.kind is ShapeKind.POINT:
            box = boxes[[other.group_id for other in found].index(shape.group_id)]
            assert (shape.points[0] >= box[:2] - 1).all() and (shape.points[0] <= box[2:] + 1).all()  # noqa: PT018
