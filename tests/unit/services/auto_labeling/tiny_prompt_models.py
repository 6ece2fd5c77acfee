"""A small real pair of encoder and decoder: the answer to a prompt is a disc around its first mark."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RADIUS = 60.0
"""In pixels of the encoder's input, whose long side is 1024."""


def save_pair(
    folder: Path,
    *,
    stem: str = "disc",
    picture: tuple[int | str, ...] = ("h", "w", 3),
    dtype: int = TensorProto.FLOAT,
    slow_steps: int = 0,
) -> tuple[Path, Path]:
    """Write ``<stem>.encoder.onnx`` and ``<stem>.decoder.onnx`` and return their paths.

    Args:
        folder: Where.
        stem: Beginning of the names.
        picture: Shape of the encoder's input.
        dtype: Its element type.
        slow_steps: Matrix multiplications of 512 x 512 in the encoder, to make it slow.
    """
    encoder, decoder = folder / f"{stem}.encoder.onnx", folder / f"{stem}.decoder.onnx"
    onnx.save(_encoder(picture, dtype, slow_steps), str(encoder))
    onnx.save(_decoder(), str(decoder))
    return encoder, decoder


def _encoder(picture: tuple[int | str, ...], dtype: int, slow_steps: int) -> onnx.ModelProto:
    """Every number of the embedding is the mean of the picture."""
    side = 512
    axes = list(range(len(picture)))
    weights = [
        numpy_helper.from_array(np.zeros((1, 256, 64, 64), np.float32), "zeros"),
        numpy_helper.from_array(np.full((side, side), 1 / side, np.float32), "wheel"),
    ]
    nodes = [
        helper.make_node("Cast", ["input_image"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["numbers"], ["level"], axes=axes, keepdims=0),
        helper.make_node("Mul", ["wheel", "level"], ["slow0"]),
        *(helper.make_node("MatMul", [f"slow{step}", "wheel"], [f"slow{step + 1}"]) for step in range(slow_steps)),
        helper.make_node("ReduceSum", [f"slow{slow_steps}"], ["sum"], keepdims=0),
        helper.make_node("Mul", ["sum", "share"], ["mean"]),
        helper.make_node("Add", ["zeros", "mean"], ["image_embeddings"]),
    ]
    weights.append(numpy_helper.from_array(np.array(1 / side, np.float32), "share"))
    inputs = [helper.make_tensor_value_info("input_image", dtype, list(picture))]
    outputs = [helper.make_tensor_value_info("image_embeddings", TensorProto.FLOAT, [1, 256, 64, 64])]
    return _model(nodes, inputs, outputs, weights)


def _decoder() -> onnx.ModelProto:
    """masks[y, x] = radius - distance to the first point; the score is half a 255th of the embedding's first number."""

    def constant(name: str, value: object, dtype: type = np.int64) -> onnx.TensorProto:
        return numpy_helper.from_array(np.array(value, dtype), name)

    weights = [
        constant("zero", 0), constant("one", 1), constant("minus_half", -0.5, np.float32),
        constant("radius", RADIUS, np.float32), constant("share", 1 / 255, np.float32),
        constant("flat", [-1]), constant("column", [1, 1, -1, 1]), constant("row", [1, 1, 1, -1]),
        constant("one_by_one", [1, 1]),
    ]  # fmt: skip
    make = helper.make_node
    nodes = [
        make("Cast", ["orig_im_size"], ["size"], to=TensorProto.INT64),
        make("Gather", ["size", "zero"], ["h"]),
        make("Gather", ["size", "one"], ["w"]),
        make("Range", ["zero", "h", "one"], ["ys_whole"]),
        make("Range", ["zero", "w", "one"], ["xs_whole"]),
        make("Cast", ["ys_whole"], ["ys_low"], to=TensorProto.FLOAT),
        make("Cast", ["xs_whole"], ["xs_low"], to=TensorProto.FLOAT),
        make("Sub", ["ys_low", "minus_half"], ["ys"]),
        make("Sub", ["xs_low", "minus_half"], ["xs"]),
        make("Reshape", ["point_coords", "flat"], ["numbers"]),
        make("Gather", ["numbers", "zero"], ["x"]),
        make("Gather", ["numbers", "one"], ["y"]),
        make("Sub", ["ys", "y"], ["dy"]),
        make("Sub", ["xs", "x"], ["dx"]),
        make("Mul", ["dy", "dy"], ["dy2"]),
        make("Mul", ["dx", "dx"], ["dx2"]),
        make("Reshape", ["dy2", "column"], ["dy_column"]),
        make("Reshape", ["dx2", "row"], ["dx_row"]),
        make("Add", ["dy_column", "dx_row"], ["square"]),
        make("Sqrt", ["square"], ["distance"]),
        make("Sub", ["radius", "distance"], ["masks"]),
        make("ReduceMean", ["image_embeddings"], ["level"], keepdims=0),
        make("Mul", ["level", "share"], ["score"]),
        make("Reshape", ["score", "one_by_one"], ["iou_predictions"]),
        # The runtime drops inputs that nothing uses, and complains when they are given.
        make("Identity", ["mask_input"], ["low_res_masks"]),
        make("Identity", ["point_labels"], ["labels_out"]),
        make("Identity", ["has_mask_input"], ["has_out"]),
    ]
    inputs, outputs = _decoder_interface()
    return _model(nodes, inputs, outputs, weights)


def _decoder_interface() -> tuple[list[onnx.ValueInfoProto], list[onnx.ValueInfoProto]]:
    number = TensorProto.FLOAT

    def tensor(name: str, shape: list[int | str]) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, number, shape)

    inputs = [
        tensor("image_embeddings", [1, 256, 64, 64]),
        tensor("point_coords", [1, "n", 2]),
        tensor("point_labels", [1, "n"]),
        tensor("mask_input", [1, 1, 256, 256]),
        tensor("has_mask_input", [1]),
        tensor("orig_im_size", [2]),
    ]
    outputs = [
        tensor("masks", ["a", "b", "c", "d"]),
        tensor("iou_predictions", [1, 1]),
        tensor("low_res_masks", [1, 1, 256, 256]),
        tensor("labels_out", [1, "n"]),
        tensor("has_out", [1]),
    ]
    return inputs, outputs


def _model(
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    weights: list[onnx.TensorProto],
) -> onnx.ModelProto:
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, initializer=weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=8)
