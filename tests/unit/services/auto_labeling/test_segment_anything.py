"""Segment Anything: pairs of files, marks in and shapes out, with small real networks and with the published ones."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import tiny_prompt_models as tiny
from onnx import TensorProto

from anylabeling.codecs import PixelFormat, decode
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import ShapeKind
from anylabeling.errors import ModelError
from anylabeling.messages.prompting import BoxMark, OutputKind, PointMark
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.embeddings import EmbeddingLimits
from anylabeling.services.auto_labeling.mask_shapes import crop_mask, mask_to_shape, mask_to_shapes
from anylabeling.services.auto_labeling.model_spec import read_model_spec
from anylabeling.services.auto_labeling.models.segment_anything import SegmentAnythingModel, open_model
from anylabeling.services.auto_labeling.models.segment_anything_files import find_files
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.utils.cancellation import Cancelled, CancelToken

Open = Callable[..., SegmentAnythingModel]
Box = tuple[float, float, float, float]

PERSONS = {
    "bus.jpg": ((47.4, 399.4, 239.6, 904.2), (671.0, 394.3, 809.8, 878.9), (223.0, 408.5, 344.5, 860.2)),
    "zidane.jpg": ((750.7, 43.4, 1149.5, 710.6),),
}
"""What yolo11n finds with a score of at least 0.8."""
CLICKS = {"bus.jpg": ((143.5, 702.0), (761.0, 685.0), (284.0, 566.0)), "zidane.jpg": ((950.0, 277.0),)}
"""A position on each of these persons."""


@pytest.fixture
def open_pair() -> Iterator[Open]:
    """Return ``open_pair(path, limits)``; the models are closed after the test."""
    opened: list[SegmentAnythingModel] = []

    def open_one(path: Path, limits: EmbeddingLimits | None = None, backend: str = "auto") -> SegmentAnythingModel:
        files = find_files(path)
        assert files is not None
        model = open_model(files, backend, options=BackendOptions(), limits=limits or EmbeddingLimits())
        opened.append(model)
        model.warm_up()
        return model

    yield open_one
    for model in opened:
        model.close()


def grey(width: int, height: int, level: int = 128) -> np.ndarray:
    return np.full((height, width, 3), level, np.uint8)


def iou(a: Box, b: Box) -> float:
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


# Files


@pytest.mark.parametrize(
    ("encoder", "decoder"),
    [
        ("mobile_sam.encoder.onnx", "mobile_sam.decoder.onnx"),
        ("vit_b_encoder_quant.onnx", "vit_b_decoder_quant.onnx"),
        ("Encoder.onnx", "Decoder.onnx"),
        ("sam2_tiny_encoder.onnx", "sam2_tiny_decoder_pr1.onnx"),
    ],
)
def test_either_file_of_a_pair_finds_the_other(tmp_path: Path, encoder: str, decoder: str) -> None:
    made = tiny.save_pair(tmp_path)
    made[0].rename(tmp_path / encoder)
    made[1].rename(tmp_path / decoder)
    (tmp_path / "yolo.onnx").write_bytes(b"not looked at")
    for name in (encoder, decoder):
        found = find_files(tmp_path / name)
        assert found is not None
        assert (found.encoder.name, found.decoder.name, found.chosen.name) == (encoder, decoder, name)


def test_a_config_names_the_pair(tmp_path: Path, open_pair: Open) -> None:
    tiny.save_pair(tmp_path)
    config = tmp_path / "config.yaml"
    config.write_text(
        "type: segment_anything\nname: disc_20230629\ndisplay_name: Disc finder\n"
        "encoder_model_path: disc.encoder.onnx\ndecoder_model_path: disc.decoder.onnx\ninput_size: 1024\n"
    )
    model = open_pair(config)
    assert (model.info.name, model.info.path, model.info.layout) == ("Disc finder", str(config), "sam1")


def test_other_files_are_none_of_its_business(tmp_path: Path) -> None:
    (tmp_path / "yolo11n.onnx").write_bytes(b"whatever")
    (tmp_path / "config.yaml").write_text("type: yolov8\nmodel_path: a.onnx\n")
    assert find_files(tmp_path / "yolo11n.onnx") is None
    assert find_files(tmp_path / "config.yaml") is None
    assert find_files(tmp_path / "missing.encoder.onnx") is None


def test_a_half_pair_says_what_is_missing(tmp_path: Path) -> None:
    encoder, decoder = tiny.save_pair(tmp_path)
    decoder.unlink()
    with pytest.raises(ModelError, match=r"only the encoder") as caught:
        find_files(encoder)
    assert "disc.decoder.onnx" in caught.value.hint


def test_two_files_that_do_not_belong_together_are_refused(tmp_path: Path, open_pair: Open) -> None:
    encoder, decoder = tiny.save_pair(tmp_path)
    decoder.write_bytes(encoder.read_bytes())
    with pytest.raises(ModelError, match="no Segment Anything model"):
        open_pair(encoder)


def test_as_a_detector_it_says_where_it_belongs(tmp_path: Path) -> None:
    for part in tiny.save_pair(tmp_path):
        with pytest.raises(ModelError, match="Segment Anything") as caught:
            read_model_spec(part)
        assert "AI tool" in caught.value.hint


# Prompts


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (300, 200), (64, 64), (3000, 40)])
@pytest.mark.parametrize(
    ("picture", "dtype"),
    [
        (("h", "w", 3), TensorProto.FLOAT),
        (("h", "w", 3), TensorProto.UINT8),
        ((684, 1024, 3), TensorProto.FLOAT),
        ((1024, 1024, 3), TensorProto.UINT8),
        ((1, 3, 1024, 1024), TensorProto.FLOAT),
    ],
)
def test_the_disc_lies_where_the_click_was(
    tmp_path: Path, open_pair: Open, size: tuple[int, int], picture: tuple[int | str, ...], dtype: int
) -> None:
    width, height = size
    model = open_pair(tiny.save_pair(tmp_path, picture=picture, dtype=dtype)[0])
    x, y = 0.55 * width, 0.5 * height
    (shape,) = model.predict_shapes(grey(*size), marks=[PointMark(x, y)], output=OutputKind.RECTANGLE)
    box_width, box_height = (1024, 684) if picture == (684, 1024, 3) else (1024, 1024)
    radius = tiny.RADIUS / min(box_width / width, box_height / height)
    expected = (max(0.0, x - radius), max(0.0, y - radius), min(width, x + radius), min(height, y + radius))
    assert bounds(shape) == pytest.approx(expected, abs=max(1.5, 0.03 * radius))


def test_portrait_photos_keep_their_resolution(tmp_path: Path, open_pair: Open) -> None:
    model = open_pair(tiny.save_pair(tmp_path)[0])
    assert model.embedding(grey(600, 1200)).input_size == (512, 1024)
    assert model.embedding(grey(1200, 600)).input_size == (1024, 512)


def test_output_kinds(tmp_path: Path, open_pair: Open) -> None:
    model = open_pair(tiny.save_pair(tmp_path)[0])
    embedding = model.embedding(grey(1024, 1024))
    mask = model.decode(embedding, [PointMark(500, 400)])
    polygon, rectangle, rotated = (mask_to_shape(mask, kind) for kind in OutputKind)
    assert polygon is not None
    assert rectangle is not None
    assert rotated is not None
    kinds = [shape.kind for shape in (polygon, rectangle, rotated)]
    assert kinds == [ShapeKind.POLYGON, ShapeKind.RECTANGLE, ShapeKind.ROTATED_RECTANGLE]
    distances = np.hypot(polygon.points[:, 0] - 500, polygon.points[:, 1] - 400)
    assert len(polygon.points) >= 12
    assert distances == pytest.approx(np.full(len(distances), tiny.RADIUS), abs=1.2)
    assert bounds(rectangle) == pytest.approx((440, 340, 560, 460), abs=1)
    area = math.pi * tiny.RADIUS**2
    x, y = polygon.points[:, 0], polygon.points[:, 1]
    assert abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2 == pytest.approx(area, rel=0.02)


def test_an_object_in_parts_is_a_group_without_crumbs() -> None:
    logits = np.full((60, 60), -4.0, np.float32)
    logits[5:25, 10:40] = logits[30:50, 10:30] = logits[52:56, 50:54] = 4.0
    mask = crop_mask(logits, step=(2.0, 2.0), score=0.8, image_size=(120, 120))
    upper, lower = mask_to_shapes(mask)
    assert [(shape.kind, shape.group_id, shape.score) for shape in (upper, lower)] == [(ShapeKind.POLYGON, 1, 0.8)] * 2
    assert bounds(upper) == pytest.approx((20, 10, 80, 50), abs=1)
    assert bounds(lower) == pytest.approx((20, 60, 60, 100), abs=1)
    assert upper.uid != lower.uid
    (around,) = mask_to_shapes(mask, OutputKind.RECTANGLE)
    assert bounds(around)[3] >= 100
    logits[30:50] = -4.0
    (alone,) = mask_to_shapes(crop_mask(logits, step=(2.0, 2.0), score=0.8, image_size=(120, 120)))
    assert alone.group_id is None
    assert mask_to_shapes(crop_mask(logits - 9, step=(2.0, 2.0), score=0.8, image_size=(120, 120))) == ()


def test_a_smaller_picture_answers_in_full_size_pixels(tmp_path: Path, open_pair: Open) -> None:
    model = open_pair(tiny.save_pair(tmp_path)[0])
    embedding = model.embedding(grey(500, 400), full_size=(5000, 4000))
    shape = mask_to_shape(model.decode(embedding, [PointMark(2500, 2000)]), OutputKind.RECTANGLE)
    assert shape is not None
    left, top, right, bottom = bounds(shape)
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((2500, 2000), abs=5)


def test_without_marks_it_says_what_to_do(tmp_path: Path, open_pair: Open) -> None:
    model = open_pair(tiny.save_pair(tmp_path)[0])
    with pytest.raises(ModelError, match="nothing is marked"):
        model.predict_shapes(grey(64, 64))


def test_pixel_orders_agree(tmp_path: Path, open_pair: Open) -> None:
    model = open_pair(tiny.save_pair(tmp_path)[0])
    rgb = np.random.default_rng(1).integers(0, 255, (90, 120, 3), np.uint8)
    bgra = np.dstack([rgb[:, :, ::-1], np.full((90, 120), 255, np.uint8)])
    ours = model.embedding(rgb).tensors["image_embeddings"]
    theirs = model.embedding(bgra, pixel_format=PixelFormat.BGRA).tensors["image_embeddings"]
    assert np.array_equal(ours, theirs)


def test_a_closed_model_refuses(tmp_path: Path, open_pair: Open) -> None:
    model = open_pair(tiny.save_pair(tmp_path)[0])
    model.close()
    with pytest.raises(ModelError, match="unloaded"):
        model.embedding(grey(64, 64))


# Waiting and giving way


@pytest.mark.parametrize(("backend", "slow_steps"), [("onnx-cpu", 3000), ("auto", 400)])
def test_encoding_can_be_cancelled(tmp_path: Path, open_pair: Open, backend: str, slow_steps: int) -> None:
    model = open_pair(tiny.save_pair(tmp_path, slow_steps=slow_steps)[0], backend=backend)
    token = CancelToken()
    timer = threading.Timer(0.05, token.cancel)
    timer.start()
    try:
        with pytest.raises(Cancelled):
            model.embedding(grey(64, 64), cancel=token)
    finally:
        timer.cancel()


def test_two_who_want_one_picture_share_the_work(tmp_path: Path, open_pair: Open) -> None:
    model = open_pair(tiny.save_pair(tmp_path, slow_steps=100)[0], backend="onnx-cpu")
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"stands for a picture")
    image, found = grey(64, 64), []
    threads = [threading.Thread(target=lambda: found.append(model.embedding(image, str(photo)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 3
    assert found[0] is found[1] is found[2]


# The published models


@pytest.mark.skipif(not runtime_info().has("openvino"), reason="openvino is not installed")
def test_the_encoder_runs_on_openvino_and_gives_what_onnx_runtime_gives(tmp_path: Path) -> None:
    encoder, _ = tiny.save_pair(tmp_path)
    files = find_files(encoder)
    assert files is not None
    image = np.random.default_rng(3).integers(0, 255, (48, 64, 3), np.uint8)
    found = {}
    for backend, wanted in (("auto", "openvino"), ("openvino", "openvino"), ("onnx-cpu", "onnx-cpu")):
        model = open_model(files, backend, options=BackendOptions(), limits=EmbeddingLimits())
        choice = model.info.choice
        assert choice.backend == wanted
        assert wanted == "openvino" or dict(choice.rejected)["openvino"] == "onnx-cpu was asked for"
        found[backend] = model.embedding(image)
        model.close()
    for name, tensor in found["onnx-cpu"].tensors.items():
        assert np.abs(found["auto"].tensors[name].astype(np.float32) - tensor).max() < 1e-3


@pytest.mark.data
def test_mobile_sam_outlines_persons(data_dir: Path, open_pair: Open) -> None:
    model = open_pair(data_dir / "models" / "mobile_sam.encoder.onnx")
    assert_outlines_persons(model, data_dir / "photos")


def test_sam2_outlines_persons(data_dir: Path, open_pair: Open) -> None:
    folder = os.environ.get("ANYLABELING_SAM2_DIR", "")
    decoders = sorted(Path(folder).glob("*decoder*.onnx")) if folder else []
    if not decoders:
        pytest.skip("ANYLABELING_SAM2_DIR does not name a folder with an encoder and a decoder of SAM 2")
    model = open_pair(decoders[0])
    assert model.info.layout == "sam2"
    assert_outlines_persons(model, data_dir / "photos")


def assert_outlines_persons(model: SegmentAnythingModel, photos: Path) -> None:
    for name, boxes in PERSONS.items():
        image = decode(str(photos / name), pixel_format=PixelFormat.RGB).pixels
        embedding = model.embedding(image)
        for box in boxes:
            shape = mask_to_shape(model.decode(embedding, [BoxMark(*box)]), OutputKind.RECTANGLE)
            assert shape is not None
            assert iou(bounds(shape), box) >= 0.85
        by_click = []
        for box, click in zip(boxes, CLICKS[name], strict=True):
            shape = mask_to_shape(model.decode(embedding, [PointMark(*click)]), OutputKind.RECTANGLE)
            assert shape is not None
            by_click.append(iou(bounds(shape), box))
        assert min(by_click) >= 0.8
