"""YOLO-World with its text features as an input finds what is typed, by CLIP's text encoder beside it."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from anylabeling.codecs.types import UInt8Array
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import DetectOptions, Tiling
from anylabeling.services.auto_labeling.clip_tokens import VOCABULARY
from anylabeling.services.auto_labeling.model_manager import ModelManager

RED, CAT = 512 + 1, 512 + 3
WIDTH, HEIGHT = 128, 64
PICTURE: UInt8Array = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)


def textual() -> onnx.ModelProto:
    """Return a text encoder whose features are three times the axis of the second token: red, cat, or neither."""
    weights: dict[str, NDArray[np.generic]] = {
        "second": np.array([1]), "known": np.array([[RED, CAT]], np.int64), "three": np.array(3, np.float32),
        "one": np.array(1, np.float32), "axis": np.array([1]),
    }  # fmt: skip
    nodes = [
        helper.make_node("Gather", ["input", "second"], ["word"], axis=1),
        helper.make_node("Equal", ["word", "known"], ["is"]),
        helper.make_node("Cast", ["is"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["numbers", "axis"], ["some"], keepdims=1),
        helper.make_node("Sub", ["one", "some"], ["none"]),
        helper.make_node("Concat", ["numbers", "none"], ["axes"], axis=1),
        helper.make_node("Mul", ["axes", "three"], ["output"]),
    ]
    return model(nodes, [("input", TensorProto.INT64, ["n", 77])], [("output", ["n", 3])], weights)


def finder() -> onnx.ModelProto:
    """Return a network of three cells: a red one, a cat, and a blank one that is surer than both.

    A score is what cell and feature have in common, times the mean of the picture in its letterbox.
    """
    weights: dict[str, NDArray[np.generic]] = {
        "cells": np.array([[[0.9, 0, 0], [0, 0.7, 0], [0, 0, 1.0]]], np.float32),
        "places": np.array([[[0, 16, 32, 48], [32, 16, 64, 48], [0, 0, 64, 64]]], np.float32),
    }
    nodes = [
        helper.make_node("Transpose", ["text_features"], ["columns"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["cells", "columns"], ["fit"]),
        helper.make_node("ReduceMean", ["images"], ["level"], keepdims=0),
        helper.make_node("Mul", ["fit", "level"], ["scores"]),
        helper.make_node("Identity", ["places"], ["boxes"]),
    ]
    inputs: list[tuple[str, int, list[int | str]]] = [("images", TensorProto.FLOAT, [1, 3, 64, 64])]
    inputs.append(("text_features", TensorProto.FLOAT, [1, "n", 3]))
    return model(nodes, inputs, [("scores", [1, 3, "n"]), ("boxes", [1, 3, 4])], weights)


def model(
    nodes: list[onnx.NodeProto],
    inputs: list[tuple[str, int, list[int | str]]],
    outputs: list[tuple[str, list[int | str]]],
    weights: dict[str, NDArray[np.generic]],
) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(*each) for each in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / VOCABULARY).write_bytes(gzip.compress(b"a vocabulary\nr e\nre d</w>\nc a\nca t</w>\n"))
    onnx.save(textual(), str(tmp_path / "textual.onnx"))
    onnx.save(finder(), str(tmp_path / "yolo_world_tiny.onnx"))
    return tmp_path / "yolo_world_tiny.onnx"


def test_boxes_of_what_is_typed_and_not_of_the_blank(path: Path, manager: ModelManager) -> None:
    manager.set_text(("cat", "red"))
    model = manager.load(path)
    assert (model.info.takes_text, model.info.can_tile, model.suggested.confidence) == (True, True, 0.1)
    shapes = model.predict_shapes(PICTURE)
    # The picture takes half of the input, the rest of which is grey.
    level = (200 + 114) / 2 / 255
    assert [(shape.label, shape.points.ravel().tolist()) for shape in shapes] == [
        ("red", [0.0, 0.0, 64.0, 64.0]),
        ("cat", [64.0, 0.0, 128.0, 64.0]),
    ]
    assert [shape.score for shape in shapes] == pytest.approx([0.9 * level, 0.7 * level], abs=0.003)


def test_other_names_and_tiles_use_the_same_networks(path: Path, manager: ModelManager) -> None:
    model = manager.load(path)
    with pytest.raises(ModelError, match="nothing is typed"):
        model.predict_shapes(PICTURE)
    manager.set_text(("cat",))
    manager.set_tiling(Tiling(64, 0.0))
    tiled = manager.current
    assert tiled is not None
    found = tiled.candidates(PICTURE).select(DetectOptions(0.2), tiled.class_names)
    assert found.counts(tiled.class_names) == (("cat", 3),)  # the whole, and each of two tiles, shows one


def test_a_missing_text_encoder_is_named(path: Path, manager: ModelManager) -> None:
    (path.parent / "textual.onnx").unlink()
    with pytest.raises(ModelError, match=r"textual\.onnx") as caught:
        manager.load(path)
    assert "yourself" in str(caught.value.hint)
