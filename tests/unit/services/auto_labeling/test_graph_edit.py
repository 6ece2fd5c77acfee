"""Rewritten graphs compute what the graph before computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import tiny_models as tiny
from numpy.typing import NDArray

from anylabeling.codecs import PixelFormat, decode
from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling import graph_edit
from anylabeling.services.auto_labeling.preprocess import Letterbox, letterbox_bytes, letterbox_into

MODELS = ("yolo11n", "yolov8n", "yolov5s")


def run(model: Any, blob: NDArray[Any]) -> NDArray[Any]:
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    output: NDArray[Any] = session.run(None, {session.get_inputs()[0].name: blob})[0]
    return output


def inputs(path: Path) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Return a photo as a network's float32 input and as bytes."""
    image = decode(path, pixel_format=PixelFormat.RGB).pixels
    box = Letterbox.fit(image.shape[1], image.shape[0], 640, 640)
    blob = np.empty((3, 640, 640), np.float32)
    letterbox_into(blob, image, PixelFormat.RGB, box)
    return blob[np.newaxis], letterbox_bytes(image, PixelFormat.RGB, box)[np.newaxis]


def test_bytes_take_the_place_of_floats() -> None:
    model = tiny.redness_detector()
    edited = graph_edit.with_byte_input(model, "images", 1 / 255)
    picture = np.random.default_rng(1).integers(0, 256, (3, tiny.SIDE, tiny.SIDE, 3), np.uint8)
    planes = (picture / np.float32(255)).transpose(0, 3, 1, 2)
    np.testing.assert_allclose(run(edited, picture), run(model, planes), atol=1e-5)
    assert [dim.dim_value or dim.dim_param for dim in edited.graph.input[0].type.tensor_type.shape.dim] == [
        "batch", tiny.SIDE, tiny.SIDE, 3,
    ]  # fmt: skip
    assert model.graph.input[0].type.tensor_type.elem_type == onnx.TensorProto.FLOAT  # the one before is as it was


def test_only_pictures_can_be_bytes() -> None:
    with pytest.raises(ModelError, match="no input nothing"):
        graph_edit.with_byte_input(tiny.redness_detector(), "nothing", 1.0)
    whole = tiny.constant_model((1, 7, 84), input_type=onnx.TensorProto.INT64)
    with pytest.raises(ModelError, match="no floating-point picture"):
        graph_edit.with_byte_input(whole, "images", 1.0)


def test_without_pictures_there_is_no_calibration() -> None:
    with pytest.raises(ModelError, match="without pictures"):
        graph_edit.to_int8(tiny.redness_detector(), "images", [])


def test_a_fixed_input_makes_sizes_constant() -> None:
    model = tiny.redness_detector()
    fixed = graph_edit.with_fixed_input(model, "images", (1, 3, tiny.SIDE, tiny.SIDE))
    blob = np.full((1, 3, tiny.SIDE, tiny.SIDE), 0.7, np.float32)
    np.testing.assert_array_equal(run(fixed, blob), run(model, blob))
    assert [dim.dim_value for dim in fixed.graph.output[0].type.tensor_type.shape.dim] == [1, 7, tiny.CELLS_V8]


@pytest.mark.data
@pytest.mark.parametrize("name", MODELS)
def test_real_models_see_the_same_through_bytes(data_dir: Path, name: str) -> None:
    model = graph_edit.load_graph(data_dir / "models" / f"{name}.onnx")
    floats, in_bytes = inputs(data_dir / "photos" / "bus.jpg")
    edited = graph_edit.with_byte_input(model, "images", 1 / 255)
    np.testing.assert_allclose(run(edited, in_bytes), run(model, floats), atol=0.05, rtol=1e-3)


@pytest.mark.data
def test_a_dynamic_model_of_one_size_needs_no_arithmetic_on_shapes(data_dir: Path) -> None:
    model = graph_edit.load_graph(data_dir / "models" / "yolo11n.onnx")
    fixed = graph_edit.with_fixed_input(model, "images", (1, 3, 640, 640))
    left = {node.op_type for node in fixed.graph.node}
    assert left.isdisjoint({"Shape", "Range", "ConstantOfShape"})
    floats, _in_bytes = inputs(data_dir / "photos" / "bus.jpg")
    np.testing.assert_allclose(run(fixed, floats), run(model, floats), atol=0.01)


@pytest.mark.data
@pytest.mark.parametrize("name", ["yolo11n", pytest.param("yolov8n", marks=pytest.mark.long)])
def test_eight_bits_find_the_plain_objects(data_dir: Path, name: str) -> None:
    path = data_dir / "models" / f"{name}.onnx"
    photos = sorted((data_dir / "photos" / "voc40").glob("*.jpg"))[:5]
    model = graph_edit.to_int8(
        graph_edit.load_graph(path), "images", (inputs(photo)[0] for photo in [data_dir / "photos/zidane.jpg", *photos])
    )
    kinds = [node.op_type for node in model.graph.node]
    assert kinds.count("QuantizeLinear") > 50
    assert len(model.SerializeToString()) < 0.45 * path.stat().st_size
    scores = run(model, inputs(data_dir / "photos" / "bus.jpg")[0])[0, 4:]
    # A bus and three persons in the open; the numbers of 8 bits differ, by how much depends on the pictures.
    assert scores[5].max() > 0.6
    assert (scores[0] > 0.5).sum() >= 3
