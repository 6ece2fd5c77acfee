"""A small real pair of encoder and decoder that sees colours, and a picture of squares for it.

The encoder's features are the colours of cells of 16 px, in 256 channels; the decoder answers with what has the colour
of the first marks' middle around them, within 96 px.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from anylabeling.codecs.types import UInt8Array

SIZE = (1024, 768)
Box = tuple[float, float, float, float]
_HALF, _STEP = 40, 192
_CELL, _CELLS, _CHANNELS = 16, 64, 256
_COLORS = {"red": (200, 40, 40), "violet": (190, 40, 90), "blue": (40, 60, 200)}


def _boxes(places: Sequence[tuple[int, int]]) -> list[Box]:
    middles = [(88.0 + _STEP * column, 88.0 + _STEP * row) for column, row in places]
    return [(x - _HALF, y - _HALF, x + _HALF, y + _HALF) for x, y in middles]


RED = _boxes([(0, 0), (2, 0), (4, 1), (1, 3)])
VIOLET = _boxes([(1, 1), (3, 3), (0, 2)])
"""What looks much like red, and less than red itself does."""
BLUE = _boxes([(3, 0), (2, 2), (4, 3)])


def picture() -> UInt8Array:
    """Return the picture, BGRA."""
    pixels = np.full((SIZE[1], SIZE[0], 4), 120, np.uint8)
    for name, boxes in (("red", RED), ("violet", VIOLET), ("blue", BLUE)):
        for left, top, right, bottom in boxes:
            pixels[int(top) : int(bottom), int(left) : int(right), :3] = _COLORS[name][::-1]
    pixels[..., 3] = 255
    return pixels


def place(box: Sequence[float]) -> Box:
    """Return the square that a box is around, give or take a cell."""
    squares = np.array([*RED, *VIOLET, *BLUE])
    away = np.abs(squares - np.array(box)).max(axis=1)
    assert away.min() <= _CELL, box
    found: Box = tuple(squares[int(away.argmin())].tolist())
    return found


def save_pair(folder: Path, *, slow_steps: int = 0) -> Path:
    """Write ``colors.encoder.onnx`` and ``colors.decoder.onnx`` and return the path of the first.

    Args:
        folder: Where.
        slow_steps: Matrix multiplications of 512 x 512 in the encoder, to make it slow.
    """
    onnx.save(_encoder(slow_steps), str(folder / "colors.encoder.onnx"))
    onnx.save(_decoder(), str(folder / "colors.decoder.onnx"))
    return folder / "colors.encoder.onnx"


def _encoder(slow_steps: int) -> onnx.ModelProto:
    mixed = np.random.default_rng(1).standard_normal((_CHANNELS, 3, 1, 1)).astype(np.float32)
    weights = [
        numpy_helper.from_array(mixed, "mixed"),
        numpy_helper.from_array(np.array([0], np.int64), "front"),
        numpy_helper.from_array(np.full((512, 512), 1 / 512, np.float32), "wheel"),
        numpy_helper.from_array(np.array(0.0, np.float32), "nothing"),
    ]
    make = helper.make_node
    nodes = [
        make("Transpose", ["input_image"], ["planes"], perm=[2, 0, 1]),
        make("Unsqueeze", ["planes", "front"], ["batch"]),
        make("AveragePool", ["batch"], ["cells"], kernel_shape=[_CELL, _CELL], strides=[_CELL, _CELL]),
        make("Conv", ["cells", "mixed"], ["features"]),
        make("ReduceMean", ["input_image"], ["level"], axes=[0, 1, 2], keepdims=0),
        make("Mul", ["wheel", "level"], ["slow0"]),
        *(make("MatMul", [f"slow{step}", "wheel"], [f"slow{step + 1}"]) for step in range(slow_steps)),
        make("ReduceMean", [f"slow{slow_steps}"], ["sum"], axes=[0, 1], keepdims=0),
        make("Mul", ["sum", "nothing"], ["zero"]),
        make("Add", ["features", "zero"], ["image_embeddings"]),
    ]
    inputs = [_floats("input_image", [_CELL * _CELLS, _CELL * _CELLS, 3])]
    return _model(nodes, inputs, [_floats("image_embeddings", [1, _CHANNELS, _CELLS, _CELLS])], weights)


def _decoder() -> onnx.ModelProto:
    def constant(name: str, value: object, dtype: type = np.float32) -> onnx.TensorProto:
        return numpy_helper.from_array(np.array(value, dtype), name)

    rows, columns = np.mgrid[:_CELLS, :_CELLS]
    centres = np.stack([columns, rows], axis=-1).reshape(-1, 2) * _CELL + _CELL / 2
    weights = [
        constant("padding", -0.5), constant("last", [2], np.int64), constant("side", [float(_CELL)]),
        constant("low", 0.0), constant("high", _CELLS - 1.0), constant("to_place", [[1.0], [float(_CELLS)]]),
        constant("flat", [_CHANNELS, _CELLS * _CELLS], np.int64), constant("one", [1], np.int64),
        constant("centres", centres), constant("reach", 96.0), constant("near", 300.0),
        constant("plane", [1, 1, _CELLS, _CELLS], np.int64), constant("score", [[0.95]]),
        constant("axis0", [0], np.int64), constant("axis1", [1], np.int64),
    ]  # fmt: skip
    make = helper.make_node
    nodes = [
        make("Greater", ["point_labels", "padding"], ["is_mark"]),
        make("Cast", ["is_mark"], ["weight_row"], to=TensorProto.FLOAT),
        make("Unsqueeze", ["weight_row", "last"], ["weight"]),
        make("Mul", ["point_coords", "weight"], ["weighed"]),
        make("ReduceSum", ["weighed", "axis1"], ["sum"], keepdims=0),
        make("ReduceSum", ["weight", "axis1"], ["count"], keepdims=0),
        make("Div", ["sum", "count"], ["middle"]),
        make("Div", ["middle", "side"], ["in_cells"]),
        make("Floor", ["in_cells"], ["whole_cells"]),
        make("Clip", ["whole_cells", "low", "high"], ["cell"]),
        make("MatMul", ["cell", "to_place"], ["place_number"]),
        make("Cast", ["place_number"], ["place_table"], to=TensorProto.INT64),
        make("Reshape", ["place_table", "one"], ["place"]),
        make("Reshape", ["image_embeddings", "flat"], ["features"]),
        make("Gather", ["features", "place"], ["wanted"], axis=1),
        make("Sub", ["features", "wanted"], ["unlike"]),
        make("Mul", ["unlike", "unlike"], ["unlike2"]),
        make("ReduceSum", ["unlike2", "axis0"], ["distance2"], keepdims=0),
        make("Sqrt", ["distance2"], ["distance"]),
        make("Sub", ["near", "distance"], ["by_color"]),
        make("Sub", ["centres", "middle"], ["away"]),
        make("Mul", ["away", "away"], ["away2"]),
        make("ReduceSum", ["away2", "axis1"], ["radius2"], keepdims=0),
        make("Sqrt", ["radius2"], ["radius"]),
        make("Sub", ["reach", "radius"], ["by_place"]),
        make("Min", ["by_color", "by_place"], ["logits"]),
        make("Reshape", ["logits", "plane"], ["masks"]),
        make("Identity", ["score"], ["iou_predictions"]),
        # The runtime drops inputs that nothing uses, and complains when they are given.
        make("Identity", ["mask_input"], ["low_res_masks"]),
        make("Identity", ["has_mask_input"], ["has_out"]),
    ]
    return _model(nodes, *_decoder_interface(), weights)


def _decoder_interface() -> tuple[list[onnx.ValueInfoProto], list[onnx.ValueInfoProto]]:
    inputs = [
        _floats("image_embeddings", [1, _CHANNELS, _CELLS, _CELLS]),
        _floats("point_coords", [1, "n", 2]),
        _floats("point_labels", [1, "n"]),
        _floats("mask_input", [1, 1, 256, 256]),
        _floats("has_mask_input", [1]),
    ]
    outputs = [
        _floats("masks", [1, 1, _CELLS, _CELLS]),
        _floats("iou_predictions", [1, 1]),
        _floats("low_res_masks", [1, 1, 256, 256]),
        _floats("has_out", [1]),
    ]
    return inputs, outputs


def _floats(name: str, shape: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _model(
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    weights: list[onnx.TensorProto],
) -> onnx.ModelProto:
    graph = helper.make_graph(nodes, "colors", inputs, outputs, weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
