"""Small real ONNX models for tests: layouts, tasks, and detectors whose result follows from the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

SIDE = 64
CELLS_V8 = 84
"""8*8 + 4*4 + 2*2 cells for a side of 64."""
CELLS_V5 = 3 * CELLS_V8
NAMES = ("red", "green", "blue")

Axis = int | str


def save(model: onnx.ModelProto, path: Path) -> Path:
    onnx.save(model, str(path))
    return path


def constant_model(
    output: Sequence[Axis],
    *,
    input_shape: Sequence[Axis] = (1, 3, SIDE, SIDE),
    metadata: Mapping[str, str] | None = None,
    more_outputs: Sequence[Sequence[Axis]] = (),
    input_type: int = TensorProto.FLOAT,
    values: NDArray[np.float32] | None = None,
    more_values: Sequence[NDArray[np.float32]] = (),
) -> onnx.ModelProto:
    """Return a model that reads its input and gives constant outputs of declared shapes; symbols become 2."""
    given = [values, *more_values]
    nodes, infos, weights = [], [], []
    for index, shape in enumerate([output, *more_outputs]):
        real = [axis if isinstance(axis, int) else 2 for axis in shape]
        told = given[index] if index < len(given) else None
        content = np.zeros(real, np.float32) if told is None else told.astype(np.float32)
        weights.append(numpy_helper.from_array(content, f"constant{index}"))
        nodes.append(helper.make_node("Identity", [f"constant{index}"], [f"output{index}"]))
        infos.append(helper.make_tensor_value_info(f"output{index}", TensorProto.FLOAT, list(shape)))
    picture = helper.make_tensor_value_info("images", input_type, list(input_shape))
    return _model(nodes, [picture], infos, weights, metadata)


def three_in_one_place() -> onnx.ModelProto:
    """Return a YOLOv8-style detector that finds a red, a green and a blue object in the very same place."""
    values = np.zeros((1, 4 + len(NAMES), CELLS_V8), np.float32)
    values[0, :4] = SIDE / 2
    values[0, [4, 5, 6], [0, 1, 2]] = (0.9, 0.8, 0.6)
    return constant_model(values.shape, values=values, metadata=ultralytics_metadata())


def redness_detector(
    *, batch: Axis = "batch", nodes_before: int = 0, matrix_side: int = 8, matrices: int = 1
) -> onnx.ModelProto:
    """Return a YOLOv8-style detector with three classes.

    It gives one box, around the middle half of the input, for each class; the scores are the means of the red, green
    and blue plane. ``nodes_before`` multiplications of ``matrices`` of ``matrix_side`` make it slow.
    """
    batch_size = batch if isinstance(batch, int) else None
    boxes = np.zeros((1, 4, CELLS_V8), np.float32)
    boxes[0, :, 0] = (SIDE / 2, SIDE / 2, SIDE / 2, SIDE / 2)
    first_cell = np.zeros((1, 1, CELLS_V8), np.float32)
    first_cell[0, 0, 0] = 1.0
    weights = [
        numpy_helper.from_array(boxes, "boxes"),
        numpy_helper.from_array(first_cell, "first_cell"),
        numpy_helper.from_array(np.zeros((1, 1, 1), np.float32), "zero"),
    ]
    nodes = [
        helper.make_node("MatMul", [f"slow{index}", "wheel"], [f"slow{index + 1}"]) for index in range(nodes_before)
    ]
    nodes += [
        helper.make_node("ReduceMean", ["images"], ["means"], axes=[2, 3], keepdims=1),
        helper.make_node("Squeeze", ["means"], ["flat"], axes=[3]),
        helper.make_node("Mul", ["flat", "first_cell"], ["scores"]),
        helper.make_node("ReduceMean", ["scores"], ["any"], axes=[1, 2], keepdims=1),
        helper.make_node("Mul", ["any", "zero"], ["nothing"]),
        helper.make_node("Add", ["boxes", "nothing"], ["placed"]),
    ]
    outputs = ["placed", "scores"]
    if nodes_before:
        # The chain starts from the picture, so that it cannot be computed once and for all when the model is loaded.
        weights.append(
            numpy_helper.from_array(np.full((matrix_side, matrix_side), 1 / matrix_side, np.float32), "wheel")
        )
        weights.append(
            numpy_helper.from_array(np.full((1, matrices, matrix_side, matrix_side), 0.5, np.float32), "grid")
        )
        nodes.insert(0, helper.make_node("ReduceMean", ["images"], ["level"], axes=[0, 1, 2, 3], keepdims=1))
        nodes.insert(1, helper.make_node("Mul", ["grid", "level"], ["slow0"]))
        nodes.append(helper.make_node("ReduceMean", [f"slow{nodes_before}"], ["dull"], axes=[1, 2, 3], keepdims=0))
        nodes.append(helper.make_node("Mul", ["dull", "zero"], ["dull_zero"]))
        nodes.append(helper.make_node("Add", ["placed", "dull_zero"], ["placed_slowly"]))
        outputs[0] = "placed_slowly"
    nodes.append(helper.make_node("Concat", outputs, ["output0"], axis=1))
    picture = helper.make_tensor_value_info("images", TensorProto.FLOAT, [batch, 3, SIDE, SIDE])
    found = helper.make_tensor_value_info("output0", TensorProto.FLOAT, [batch_size or "batch", 7, CELLS_V8])
    return _model(nodes, [picture], [found], weights, ultralytics_metadata())


def ultralytics_metadata(names: Sequence[str] = NAMES, **more: str) -> dict[str, str]:
    return {"task": "detect", "stride": "32", "names": repr(dict(enumerate(names))), **more}


def _model(
    nodes: list[Any], inputs: list[Any], outputs: list[Any], weights: list[Any], metadata: Mapping[str, str] | None
) -> onnx.ModelProto:
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, initializer=weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=8)
    helper.set_model_props(model, dict(metadata or {}))
    return model
