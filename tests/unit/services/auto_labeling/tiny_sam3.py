"""Three small real networks with the tensors of SAM 3's exports, whose answers are known.

The text encoder gives the second number of the tokens, the first one of the text. The picture has a red object at the
left and a green one at the right: the decoder finds both for the number of "thing", the red one for that of "red", and
for a box whatever lies under it, which the mask shows.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE = 64
CELLS = 16
BOXES = np.array([[0.0, 0.25, 0.25, 0.75], [0.75, 0.25, 1.0, 0.75]], np.float32)
SCORES = np.array([0.9, 0.8], np.float32)


def save(folder: Path, *, red: int, thing: int, old: bool = False, stem: str = "sam3") -> tuple[Path, Path, Path]:
    """Write the networks and return the paths of image encoder, language encoder and decoder.

    Args:
        folder: Where.
        red: The number of the text for which the first object is found.
        thing: That for which both are; no other text finds any.
        old: Whether the decoder is told the size of the picture, and answers in its pixels.
        stem: Beginning of the names.
    """
    paths = tuple(folder / f"{stem}_{part}.onnx" for part in ("image_encoder", "language_encoder", "decoder"))
    for path, model in zip(paths, (_image_encoder(), _language_encoder(), _decoder(red, thing, old)), strict=True):
        onnx.save(model, str(path))
    return paths  # type: ignore[return-value]


def masks() -> np.ndarray:
    """Return the two masks, float32 (2, 1, CELLS, CELLS)."""
    planes = np.zeros((2, 1, CELLS, CELLS), np.float32)
    for plane, (left, top, right, bottom) in zip(planes, (BOXES * CELLS).round().astype(int), strict=True):
        plane[0, top:bottom, left:right] = 1.0
    return planes


def _image_encoder() -> onnx.ModelProto:
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 4, cells, cells])
        for name, cells in [
            *((f"vision_pos_enc_{level}", 8 >> level) for level in range(3)),
            *((f"backbone_fpn_{level}", 8 >> level) for level in range(3)),
        ]
    ]
    nodes = [
        helper.make_node("Cast", ["image"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["numbers"], ["level"], axes=[0, 1, 2], keepdims=0),
    ]
    weights = []
    for output in outputs:
        cells = output.type.tensor_type.shape.dim[2].dim_value
        weights.append(numpy_helper.from_array(np.zeros((1, 4, cells, cells), np.float32), f"zeros_{output.name}"))
        nodes.append(helper.make_node("Add", [f"zeros_{output.name}", "level"], [output.name]))
    picture = helper.make_tensor_value_info("image", TensorProto.UINT8, [3, SIDE, SIDE])
    return _model(nodes, [picture], outputs, weights)


def _language_encoder() -> onnx.ModelProto:
    weights = [
        numpy_helper.from_array(np.array(0, np.int64), "zero"),
        numpy_helper.from_array(np.array([1], np.int64), "second"),
        numpy_helper.from_array(np.zeros((32, 1, 256), np.float32), "zeros"),
        numpy_helper.from_array(np.zeros((32, 1, 8), np.float32), "embeds"),
    ]
    nodes = [
        helper.make_node("Equal", ["tokens", "zero"], ["text_attention_mask"]),
        helper.make_node("Gather", ["tokens", "second"], ["word"], axis=1),
        helper.make_node("Cast", ["word"], ["number"], to=TensorProto.FLOAT),
        helper.make_node("Add", ["zeros", "number"], ["text_memory"]),
        helper.make_node("Identity", ["embeds"], ["text_embeds"]),
    ]
    outputs = [
        helper.make_tensor_value_info("text_attention_mask", TensorProto.BOOL, [1, 32]),
        helper.make_tensor_value_info("text_memory", TensorProto.FLOAT, [32, 1, 256]),
        helper.make_tensor_value_info("text_embeds", TensorProto.FLOAT, [32, 1, 8]),
    ]
    return _model(nodes, [helper.make_tensor_value_info("tokens", TensorProto.INT64, [1, 32])], outputs, weights)


def _decoder(red: int, thing: int, old: bool) -> onnx.ModelProto:
    """Keep the first object for ``red`` or ``thing``, the second for ``thing``, and both where there is a box."""

    def constant(name: str, value: object, dtype: type = np.float32) -> onnx.TensorProto:
        return numpy_helper.from_array(np.array(value, dtype), name)

    weights = [
        constant("red", red), constant("thing", thing), constant("one", [1], np.int64),
        constant("all_boxes", BOXES), constant("all_scores", SCORES), constant("all_masks", masks()),
        constant("tiny", 0.0),
    ]  # fmt: skip
    make = helper.make_node
    nodes = [
        make("ReduceMax", ["language_features"], ["word"], keepdims=0),
        make("Equal", ["word", "red"], ["is_red"]),
        make("Equal", ["word", "thing"], ["is_thing"]),
        make("Reshape", ["box_masks", "one"], ["no_box"]),
        make("Not", ["no_box"], ["has_box"]),
        make("Or", ["is_red", "is_thing"], ["first_by_text"]),
        make("Or", ["first_by_text", "has_box"], ["first"]),
        make("Or", ["is_thing", "has_box"], ["second"]),
        make("Concat", ["first", "second"], ["keep"], axis=0),
        make("Compress", ["all_boxes", "keep"], ["kept_boxes"], axis=0),
        make("Compress", ["all_scores", "keep"], ["kept_scores"], axis=0),
        make("Compress", ["all_masks", "keep"], ["kept_masks"], axis=0),
        # What nothing uses, the runtime would drop, and complain when it is given.
        make("ReduceMean", ["backbone_fpn_0"], ["level0"], keepdims=0),
        make("ReduceMean", ["backbone_fpn_1"], ["level1"], keepdims=0),
        make("ReduceMean", ["backbone_fpn_2"], ["level2"], keepdims=0),
        make("ReduceMean", ["vision_pos_enc_2"], ["level3"], keepdims=0),
        make("ReduceMean", ["box_coords"], ["level4"], keepdims=0),
        make("Cast", ["box_labels"], ["labels"], to=TensorProto.FLOAT),
        make("ReduceMean", ["labels"], ["level5"], keepdims=0),
        make("Cast", ["language_mask"], ["padding"], to=TensorProto.FLOAT),
        make("ReduceMean", ["padding"], ["level6"], keepdims=0),
        make("Sum", [f"level{index}" for index in range(7)], ["sum"]),
        make("Mul", ["sum", "tiny"], ["nothing"]),
        make("Add", ["kept_scores", "nothing"], ["scores"]),
    ]
    inputs = [
        *(_float(f"backbone_fpn_{level}", [1, 4, 8 >> level, 8 >> level]) for level in range(3)),
        _float("vision_pos_enc_2", [1, 4, 2, 2]),
        helper.make_tensor_value_info("language_mask", TensorProto.BOOL, [1, 32]),
        _float("language_features", [32, 1, 256]),
        _float("box_coords", [1, 1, 4]),
        helper.make_tensor_value_info("box_labels", TensorProto.INT64, [1, 1]),
        helper.make_tensor_value_info("box_masks", TensorProto.BOOL, [1, 1]),
    ]
    if old:
        inputs += [helper.make_tensor_value_info(name, TensorProto.INT64, []) for name in _SIZES]
        nodes += _as_large_as_the_picture()
        weights += [constant("zero_axis", [0], np.int64), constant("two", [2], np.int64)]
    else:
        nodes += [make("Identity", ["kept_boxes"], ["boxes"]), make("Identity", ["kept_masks"], ["masks"])]
    outputs = [
        _float("boxes", ["n", 4]),
        _float("scores", ["n"]),
        helper.make_tensor_value_info("masks", TensorProto.BOOL if old else TensorProto.FLOAT, ["n", 1, "h", "w"]),
    ]
    return _model(nodes, inputs, outputs, weights)


_SIZES = ("original_height", "original_width")


def _as_large_as_the_picture() -> list[onnx.NodeProto]:
    make = helper.make_node
    return [
        make("Unsqueeze", ["original_width", "zero_axis"], ["width"]),
        make("Unsqueeze", ["original_height", "zero_axis"], ["height"]),
        make("Concat", ["width", "height", "width", "height"], ["sides_whole"], axis=0),
        make("Cast", ["sides_whole"], ["sides"], to=TensorProto.FLOAT),
        make("Mul", ["kept_boxes", "sides"], ["boxes"]),
        make("Shape", ["kept_masks"], ["shape"]),
        make("Slice", ["shape", "zero_axis", "two"], ["count"]),
        make("Concat", ["count", "height", "width"], ["mask_shape"], axis=0),
        make("Resize", ["kept_masks", "", "", "mask_shape"], ["large"], mode="nearest"),
        make("Cast", ["large"], ["masks"], to=TensorProto.BOOL),
    ]


def _float(name: str, shape: list[int | str]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _model(
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    weights: list[onnx.TensorProto],
) -> onnx.ModelProto:
    graph = helper.make_graph(nodes, "sam3", inputs, outputs, weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def save_for_exemplars(folder: Path, *, red: int, room: int | str, queries: bool) -> tuple[Path, Path, Path]:
    """Write networks whose decoder finds what exemplars are like; see ``save``.

    It knows four objects, ``OBJECTS``, the first two of one kind, the others of a second one. It finds all of a kind
    that the middle of a positive box lies in and of no negative one, and all of the first kind for ``red``.

    Args:
        folder: Where.
        red: The number of the text.
        room: How many boxes it takes; a name for any number.
        queries: Whether it gives all that the network does, and not only what it is sure of.
    """
    paths = tuple(folder / f"sam3_{part}.onnx" for part in ("image_encoder", "language_encoder", "decoder"))
    models = (_image_encoder(), _language_encoder(), _exemplar_decoder(red, room, queries))
    for path, model in zip(paths, models, strict=True):
        onnx.save(model, str(path))
    return paths  # type: ignore[return-value]


OBJECTS = np.array([[0.0, 0.0, 0.25, 0.25], [0.75, 0.0, 1.0, 0.25], [0.0, 0.75, 0.25, 1.0], [0.75, 0.75, 1.0, 1.0]])
"""Left, top, right, bottom, in shares of the picture."""


def _exemplar_decoder(red: int, room: int | str, queries: bool) -> onnx.ModelProto:
    def constant(name: str, value: object, dtype: type = np.float32) -> onnx.TensorProto:
        return numpy_helper.from_array(np.array(value, dtype), name)

    planes = np.zeros((4, 1, CELLS, CELLS), np.float32)
    for plane, (left, top, right, bottom) in zip(planes, (OBJECTS * CELLS).astype(int), strict=True):
        plane[0, top:bottom, left:right] = 1.0
    same_kind = np.kron(np.eye(2), np.ones((2, 2)))
    weights = [
        constant("red", red), constant("objects", OBJECTS), constant("all_masks", planes),
        constant("first_kind", [1, 1, 0, 0]), constant("same_kind", same_kind), constant("half", 0.5),
        constant("low_corner", OBJECTS[:, :2]), constant("high_corner", OBJECTS[:, 2:]),
        constant("rows", [-1, 1, 4], np.int64), constant("column", [-1, 1], np.int64),
        constant("from_x", [0], np.int64), constant("to_y", [2], np.int64), constant("last", [2], np.int64),
        constant("axis0", [0], np.int64), constant("one", 1.0), constant("sign", 2.0), constant("nothing", 0.0),
        constant("all_scores", [0.9, 0.8, 0.7, 0.6]), constant("far", 10.0), constant("twenty", 20.0),
        constant("middles", np.hstack([(OBJECTS[:, :2] + OBJECTS[:, 2:]) / 2, OBJECTS[:, 2:] - OBJECTS[:, :2]])),
        constant("front", [0], np.int64), constant("behind", [2], np.int64), constant("planes", planes[:, 0]),
        constant("flat", [-1], np.int64),
    ]  # fmt: skip
    make = helper.make_node
    nodes = [
        make("Reshape", ["box_coords", "rows"], ["boxes_in"]),
        make("Slice", ["boxes_in", "from_x", "to_y", "last"], ["middle"]),
        make("Less", ["low_corner", "middle"], ["right_of"]),
        make("Less", ["middle", "high_corner"], ["left_of"]),
        make("And", ["right_of", "left_of"], ["between"]),
        make("Cast", ["between"], ["between_numbers"], to=TensorProto.FLOAT),
        make("ReduceMin", ["between_numbers"], ["hits"], axes=[2], keepdims=0),
        make("Reshape", ["box_labels", "column"], ["label_column"]),
        make("Cast", ["label_column"], ["label"], to=TensorProto.FLOAT),
        make("Mul", ["label", "sign"], ["twice"]),
        make("Sub", ["twice", "one"], ["sense"]),
        make("Not", ["box_masks"], ["is_box"]),
        make("Reshape", ["is_box", "column"], ["is_box_column"]),
        make("Cast", ["is_box_column"], ["counts"], to=TensorProto.FLOAT),
        make("Mul", ["sense", "counts"], ["vote"]),
        make("Mul", ["hits", "vote"], ["votes"]),
        make("MatMul", ["votes", "same_kind"], ["votes_of_kinds"]),
        make("ReduceSum", ["votes_of_kinds", "axis0"], ["by_box"], keepdims=0),
        make("ReduceMax", ["language_features"], ["word"], keepdims=0),
        make("Equal", ["word", "red"], ["is_red"]),
        make("Cast", ["is_red"], ["red_number"], to=TensorProto.FLOAT),
        make("Mul", ["first_kind", "red_number"], ["by_text"]),
        make("Add", ["by_box", "by_text"], ["wanted"]),
        make("Greater", ["wanted", "half"], ["found"]),
        *_used_up(),
    ]
    inputs = [
        *(_float(f"backbone_fpn_{level}", [1, 4, 8 >> level, 8 >> level]) for level in range(3)),
        _float("vision_pos_enc_2", [1, 4, 2, 2]),
        helper.make_tensor_value_info("language_mask", TensorProto.BOOL, [1, 32]),
        _float("language_features", [32, 1, 256]),
        _float("box_coords", [room, 1, 4]),
        helper.make_tensor_value_info("box_labels", TensorProto.INT64, [room, 1]),
        helper.make_tensor_value_info("box_masks", TensorProto.BOOL, [1, room]),
    ]
    outputs = _query_outputs(nodes) if queries else _sure_outputs(nodes)
    return _model(nodes, inputs, outputs, weights)


def _used_up() -> list[onnx.NodeProto]:
    """Return steps through what nothing uses: the runtime would drop it, and complain when it is given."""
    make, names = helper.make_node, [*(f"backbone_fpn_{level}" for level in range(3)), "vision_pos_enc_2"]
    return [
        *(make("ReduceMean", [name], [f"used_{name}"], keepdims=0) for name in names),
        make("Cast", ["language_mask"], ["used_numbers"], to=TensorProto.FLOAT),
        make("ReduceMean", ["used_numbers"], ["used_mask"], keepdims=0),
        make("Sum", [*(f"used_{name}" for name in names), "used_mask"], ["used"]),
        make("Mul", ["used", "nothing"], ["zero"]),
    ]


def _sure_outputs(nodes: list[onnx.NodeProto]) -> list[onnx.ValueInfoProto]:
    make = helper.make_node
    nodes += [
        make("Compress", ["objects", "found"], ["boxes"], axis=0),
        make("Compress", ["all_scores", "found"], ["kept_scores"], axis=0),
        make("Add", ["kept_scores", "zero"], ["scores"]),
        make("Compress", ["all_masks", "found"], ["masks"], axis=0),
    ]
    return [_float("boxes", ["n", 4]), _float("scores", ["n"]), _float("masks", ["n", 1, CELLS, CELLS])]


def _query_outputs(nodes: list[onnx.NodeProto]) -> list[onnx.ValueInfoProto]:
    """Each object is found by two queries, as the network does at times."""
    make = helper.make_node
    nodes += [
        make("Cast", ["found"], ["found_numbers"], to=TensorProto.FLOAT),
        make("Mul", ["found_numbers", "twenty"], ["high"]),
        make("Sub", ["high", "far"], ["logit_row"]),
        make("Add", ["logit_row", "zero"], ["logit_row_used"]),
        make("Concat", ["logit_row_used", "logit_row_used"], ["logit_rows"], axis=0),
        make("Unsqueeze", ["logit_rows", "front"], ["logit_table"]),
        make("Unsqueeze", ["logit_table", "behind"], ["pred_logits"]),
        make("Concat", ["middles", "middles"], ["box_rows"], axis=0),
        make("Unsqueeze", ["box_rows", "front"], ["pred_boxes"]),
        make("Sub", ["planes", "half"], ["mask_logits"]),
        make("Concat", ["mask_logits", "mask_logits"], ["mask_rows"], axis=0),
        make("Unsqueeze", ["mask_rows", "front"], ["pred_masks"]),
        make("Add", ["far", "zero"], ["presence"]),
        make("Reshape", ["presence", "flat"], ["presence_row"]),
        make("Unsqueeze", ["presence_row", "front"], ["presence_logit_dec"]),
    ]
    return [
        _float("pred_boxes", [1, 8, 4]),
        _float("pred_logits", [1, 8, 1]),
        _float("pred_masks", [1, 8, CELLS, CELLS]),
        _float("presence_logit_dec", [1, 1]),
    ]
