"""Small real networks with the tensors of Segment Anything's kin: the answer is a disc around the first mark.

As in the real ones, marks are in pixels of a picture whose long side is 1024, whatever the encoder takes, and the masks
cover the picture (or, without being told its size, the square that it was put into).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

RADIUS = 60.0
"""In pixels of a picture of 1024."""
KINDS = ("edge_sam", "sam_hq", "efficientvit_sam", "efficient_sam")
_LONG_SIDE = 1024
_GRID = 256


def save(folder: Path, kind: str) -> Path:
    """Write encoder, decoder and a config of X-AnyLabeling, and return the config's path."""
    onnx.save(_encoder(kind), str(folder / "encoder.onnx"))
    onnx.save(_decoder(kind), str(folder / "decoder.onnx"))
    config = folder / "config.yaml"
    config.write_text(
        f"type: {kind}\nname: tiny\ndisplay_name: Tiny\n"
        "encoder_model_path: encoder.onnx\ndecoder_model_path: decoder.onnx\n"
    )
    return config


def _encoder(kind: str) -> onnx.ModelProto:
    """The embedding has the mean of what the encoder sees; SAM-HQ gives two more, of ones and of twos."""
    name, shape = {
        "edge_sam": ("image", [1, 3, 1024, 1024]),
        "sam_hq": ("input_image", ["h", "w", 3]),
        "efficientvit_sam": ("input_image", [1, 3, 512, 512]),
        "efficient_sam": ("batched_images", ["b", 3, "h", "w"]),
    }[kind]
    weights = {"zeros": np.zeros((1, 256, 64, 64), np.float32)}
    nodes = [
        helper.make_node("ReduceMean", [name], ["level"], axes=list(range(len(shape))), keepdims=0),
        helper.make_node("Add", ["zeros", "level"], ["image_embeddings"]),
    ]
    outputs = [_float("image_embeddings", [1, 256, 64, 64])]
    for number in (1, 2) if kind == "sam_hq" else ():
        weights[f"deep{number}"] = np.full((1, 64, 64, 8), number, np.float32)
        nodes.append(helper.make_node("Identity", [f"deep{number}"], [f"interm_embeddings{number}"]))
        outputs.append(_float(f"interm_embeddings{number}", [1, 64, 64, 8]))
    return _model(nodes, [_float(name, shape)], outputs, weights)


def _decoder(kind: str) -> onnx.ModelProto:
    prefix = "batched_" if kind == "efficient_sam" else ""
    make = helper.make_node
    weights: dict[str, NDArray[np.generic]] = {
        "zero": np.array(0), "one": np.array(1), "half": np.array(0.5, np.float32), "flat": np.array([-1]),
        "long_side": np.array(float(_LONG_SIDE), np.float32), "column": np.array([1, 1, -1, 1]),
        "row": np.array([1, 1, 1, -1]), "nothing": np.array(0.0, np.float32),
    }  # fmt: skip
    nodes = [
        make("Reshape", [f"{prefix}point_coords", "flat"], ["numbers"]),
        make("Gather", ["numbers", "zero"], ["x"]),
        make("Gather", ["numbers", "one"], ["y"]),
        *_grid(kind, weights),
        make("Sub", ["ys", "y"], ["dy"]),
        make("Sub", ["xs", "x"], ["dx"]),
        make("Mul", ["dy", "dy"], ["dy2"]),
        make("Mul", ["dx", "dx"], ["dx2"]),
        make("Reshape", ["dy2", "column"], ["dy_column"]),
        make("Reshape", ["dx2", "row"], ["dx_row"]),
        make("Add", ["dy_column", "dx_row"], ["square"]),
        make("Sqrt", ["square"], ["distance"]),
        *_radius(kind, weights),
        # What nothing uses, the runtime would drop, and complain when it is given.
        make("ReduceMean", ["image_embeddings"], ["level"], keepdims=0),
        make("Cast", [f"{prefix}point_labels"], ["labels"], to=TensorProto.FLOAT),
        make("ReduceMean", ["labels"], ["label"], keepdims=0),
        make("Add", ["level", "label"], ["both"]),
        make("Mul", ["both", "nothing"], ["none"]),
        make("Sub", ["radius", "distance"], ["disc_alone"]),
        make("Add", ["disc_alone", "none"], ["disc"]),
        *_answers(kind, weights),
    ]
    inputs = [
        _float("image_embeddings", [1, 256, 64, 64]),
        _float(f"{prefix}point_coords", [1, 1, "n", 2] if prefix else [1, "n", 2]),
        _float(f"{prefix}point_labels", [1, 1, "n"] if prefix else [1, "n"]),
    ]
    if kind == "sam_hq":
        inputs.append(_float("interm_embeddings", [2, 1, 64, 64, 8]))
    if kind != "edge_sam":
        element = TensorProto.INT64 if kind == "efficient_sam" else TensorProto.FLOAT
        inputs.append(helper.make_tensor_value_info("orig_im_size", element, [2]))
    masks, scores = ("output_masks", "iou_predictions") if kind == "efficient_sam" else ("masks", "iou_predictions")
    outputs = [_float(masks, None), _float(scores, None)]
    if kind == "edge_sam":
        outputs = [_float("scores", [1, 4]), _float("masks", [1, 4, _GRID, _GRID])]
    return _model(nodes, inputs, outputs, weights)


def _grid(kind: str, weights: dict[str, NDArray[np.generic]]) -> list[onnx.NodeProto]:
    """Where the cells of a mask are, in pixels of the marks."""
    make = helper.make_node
    if kind == "edge_sam":
        weights["xs"] = weights["ys"] = ((np.arange(_GRID) + 0.5) * _LONG_SIDE / _GRID).astype(np.float32)
        return []
    # EfficientSAM's marks are in pixels of the picture itself.
    step = ["half", "half"] if kind == "efficient_sam" else ["long_side", "longest"]
    return [
        make("Cast", ["orig_im_size"], ["size"], to=TensorProto.INT64),
        make("Cast", ["orig_im_size"], ["size_float"], to=TensorProto.FLOAT),
        make("ReduceMax", ["size_float"], ["longest"], keepdims=0),
        make("Div", step, ["step"]),
        *(
            node
            for axis, place in (("y", "zero"), ("x", "one"))
            for node in (
                make("Gather", ["size", place], [f"{axis}_end"]),
                make("Range", ["zero", f"{axis}_end", "one"], [f"{axis}_whole"]),
                make("Cast", [f"{axis}_whole"], [f"{axis}_low"], to=TensorProto.FLOAT),
                make("Add", [f"{axis}_low", "half"], [f"{axis}_middle"]),
                make("Mul", [f"{axis}_middle", "step"], [f"{axis}s"]),
            )
        ),
    ]


def _radius(kind: str, weights: dict[str, NDArray[np.generic]]) -> list[onnx.NodeProto]:
    """SAM-HQ's is 60 only when the second of its deeper features is where it should be."""
    if kind != "sam_hq":
        weights["radius"] = np.array(RADIUS, np.float32)
        return []
    weights["half_radius"] = np.array(RADIUS / 2, np.float32)
    return [
        helper.make_node("Gather", ["interm_embeddings", "one"], ["second"]),
        helper.make_node("ReduceMean", ["second"], ["two"], keepdims=0),
        helper.make_node("Mul", ["two", "half_radius"], ["radius"]),
    ]


def _answers(kind: str, weights: dict[str, NDArray[np.generic]]) -> list[onnx.NodeProto]:
    make = helper.make_node
    if kind == "edge_sam":
        # The third of four is the disc and has the best score.
        weights["moved"] = np.array([-200, -200, 0, -200], np.float32).reshape(1, 4, 1, 1)
        weights["all_scores"] = np.array([[0.1, 0.2, 0.9, 0.3]], np.float32)
        return [make("Add", ["disc", "moved"], ["masks"]), make("Identity", ["all_scores"], ["scores"])]
    weights["one_score"] = np.array([[0.8]], np.float32)
    if kind == "efficient_sam":
        weights["first"] = np.array([0])
        weights["scores_of_all"] = np.array([[[0.8]]], np.float32)
        return [
            make("Unsqueeze", ["disc", "first"], ["output_masks"]),
            make("Identity", ["scores_of_all"], ["iou_predictions"]),
        ]
    return [make("Identity", ["disc"], ["masks"]), make("Identity", ["one_score"], ["iou_predictions"])]


def _float(name: str, shape: Sequence[int | str] | None) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, None if shape is None else list(shape))


def _model(
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    weights: dict[str, NDArray[np.generic]],
) -> onnx.ModelProto:
    constants = [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
