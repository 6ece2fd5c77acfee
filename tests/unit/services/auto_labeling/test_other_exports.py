"""Detectors with inputs and outputs of their own give known answers, and see the picture that their makers want.

Each network has the tensors of a real export. Its boxes are constants; the score of one of them is what it sees in the
upper left corner of its input: one channel, at the scale that reaches it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from anylabeling.codecs.types import UInt8Array
from anylabeling.errors import ModelError, UsageError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.detections import Detections
from anylabeling.services.auto_labeling.graph_edit import with_byte_input
from anylabeling.services.auto_labeling.graph_layouts import graph_of
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_spec import read_model_spec
from anylabeling.services.auto_labeling.models.coco_names import COCO_COLUMNS, COCO_NAMES
from anylabeling.services.auto_labeling.models.yolo_layout import resolve
from anylabeling.services.auto_labeling.models.yolo_outputs import condensed, read_candidates
from anylabeling.services.auto_labeling.preprocess import Letterbox
from anylabeling.services.auto_labeling.quantize import Precision, convert

SIDE = 64
CELLS = 84
NAMES = ("cat", "dog", "cow")
COLOUR = (200, 150, 100)
PICTURE: UInt8Array = np.full((48, 96, 3), COLOUR, np.uint8)
"""Twice as wide as high: the corner, the middle and a stretch differ."""
GREY = 114
BACKENDS = ("onnx-cpu", "openvino", "cv2.dnn")


@dataclass(frozen=True)
class Probe:
    """Where what is seen goes: into one number of an output.

    Attributes:
        output: Its name.
        place: Of the number.
        factor: What the mean of the upper left corner is multiplied by.
        channel: Which channel of the input it is.
    """

    output: str
    place: tuple[int, ...]
    factor: float
    channel: int = 0


def network(
    outputs: Mapping[str, NDArray[np.generic]],
    probe: Probe,
    *,
    name: str = "images",
    dtype: int = TensorProto.FLOAT,
    shape: Sequence[int | str] = (1, 3, SIDE, SIDE),
    size_input: bool = False,
) -> onnx.ModelProto:
    """Return a network of constant outputs but for the probe; ``size_input`` makes ``boxes`` shares of that size."""
    make = helper.make_node
    constants: dict[str, NDArray[np.generic]] = {
        "channel": np.array([probe.channel]), "starts": np.array([0, 0]), "ends": np.array([8, 8]),
        "axes": np.array([2, 3]), "factor": np.array(probe.factor, np.float32),
    }  # fmt: skip
    nodes = [
        make("Cast", [name], ["numbers"], to=TensorProto.FLOAT),
        make("Gather", ["numbers", "channel"], ["one_channel"], axis=1),
        make("Slice", ["one_channel", "starts", "ends", "axes"], ["corner"]),
        make("ReduceMean", ["corner"], ["level"], keepdims=0),
        make("Mul", ["level", "factor"], ["seen"]),
    ]
    infos = []
    for key, value in outputs.items():
        constants[f"{key}_values"] = value
        made = f"{key}_values"
        if key == probe.output:
            mark = np.zeros(value.shape, np.float32)
            mark[probe.place] = 1.0
            constants["mark"] = mark
            nodes += [make("Mul", ["mark", "seen"], ["marked"]), make("Add", [made, "marked"], ["with_mark"])]
            made = "with_mark"
        if key == "boxes" and size_input:
            constants |= {"twice": np.array([1, 2])}
            nodes += [
                make("Cast", ["orig_target_sizes"], ["sizes"], to=TensorProto.FLOAT),
                make("Tile", ["sizes", "twice"], ["sides"]),
                make("Mul", [made, "sides"], ["in_pixels"]),
            ]
            made = "in_pixels"
        nodes.append(make("Identity", [made], [key]))
        infos.append(helper.make_tensor_value_info(key, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape))
    inputs = [helper.make_tensor_value_info(name, dtype, list(shape))]
    if size_input:
        inputs.append(helper.make_tensor_value_info("orig_target_sizes", TensorProto.INT64, [1, 2]))
    weights = [numpy_helper.from_array(np.asarray(value), key) for key, value in constants.items()]
    graph = helper.make_graph(nodes, "tiny", inputs, infos, weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def save(folder: Path, model: onnx.ModelProto, kind: str, names: Sequence[str] = NAMES, more: str = "") -> Path:
    """Write a model with a config of X-AnyLabeling and return the config's path."""
    onnx.save(model, str(folder / "model.onnx"))
    listed = "".join(f"  - {name}\n" for name in names)
    config = folder / "config.yaml"
    config.write_text(f"type: {kind}\nname: tiny\nmodel_path: model.onnx\n{more}classes:\n{listed}")
    return config


def found(path: Path, backend: str = "onnx-cpu", picture: UInt8Array = PICTURE) -> tuple[Detections, tuple[str, ...]]:
    manager = ModelManager()
    model = manager.load(path, preferred_backend=backend)
    try:
        assert model.info.choice.backend == backend, model.info.choice.rejected
        return model.candidates(picture).select(DetectOptions(0.2), model.class_names), model.class_names
    finally:
        manager.unload()


def one_of(path: Path, backend: str = "onnx-cpu") -> tuple[list[float], float, str]:
    """Return box, score and class of the only object."""
    detections, names = found(path, backend)
    assert len(detections) == 1
    return detections.boxes[0].tolist(), float(detections.scores[0]), names[int(detections.class_ids[0])]


def yolox() -> tuple[onnx.ModelProto, NDArray[np.float32]]:
    """Return rows of which cell 9 of the finest grid, column 1 and row 1, has an object."""
    rows = np.zeros((1, CELLS, 5 + len(NAMES)), np.float32)
    rows[0, 9, :5] = (0.5, 0.5, np.log(2.0), np.log(1.0), 1.0)
    return network({"output": rows}, Probe("output", (0, 9, 6), 1 / 255)), rows


@pytest.mark.parametrize("backend", BACKENDS)
def test_yolox_sees_blue_first_at_full_scale_in_the_corner(tmp_path: Path, backend: str) -> None:
    box, score, name = one_of(save(tmp_path, yolox()[0], "yolox", more="p6: false\n"), backend)
    # Centre 12, 12 and size 16 x 8 in an input in which the picture lies at two thirds of its size, at the top left.
    np.testing.assert_allclose(box, [6, 12, 30, 24], atol=0.01)
    assert name == "dog"
    assert score == pytest.approx(COLOUR[2] / 255, abs=0.003)


def test_yolox_is_known_by_its_file_name_and_may_have_decoded_its_boxes(tmp_path: Path) -> None:
    model, rows = yolox()
    decoded = rows.copy()
    decoded[0, 9, :4] = (12, 12, 16, 8)
    onnx.save(model, str(tmp_path / "yolox_nano.onnx"))
    assert one_of(tmp_path / "yolox_nano.onnx")[2] == "class_1"
    again = network({"output": decoded}, Probe("output", (0, 9, 6), 1 / 255))
    again.graph.initializer.append(numpy_helper.from_array(np.zeros(1, np.float32), "nothing"))
    again.graph.node.insert(0, helper.make_node("Exp", ["nothing"], ["one"]))
    box, _, _ = one_of(save(tmp_path, again, "yolox"))
    np.testing.assert_allclose(box, [6, 12, 30, 24], atol=0.01)


@pytest.mark.parametrize("kind", ["gold_yolo", "yolov6"])
def test_yolov6_and_gold_yolo_have_a_row_for_each_cell(tmp_path: Path, kind: str) -> None:
    rows = np.zeros((1, CELLS, 5 + len(NAMES)), np.float32)
    rows[0, :, 4] = 1.0
    rows[0, 30, :4] = (32, 32, 16, 8)
    # In the upper left corner of a letterbox is nothing but its border.
    box, score, name = one_of(save(tmp_path, network({"outputs": rows}, Probe("outputs", (0, 30, 7), 1.0)), kind))
    np.testing.assert_allclose(box, [36, 18, 60, 30], atol=0.01)
    assert (name, score) == ("cow", pytest.approx(GREY / 255, abs=0.003))


@pytest.mark.parametrize("backend", BACKENDS[:2])
@pytest.mark.parametrize("kind", ["rtdetr", "rtdetrv2", "dfine", "deimv2"])
def test_a_detr_that_is_told_a_size_sees_the_picture_stretched(tmp_path: Path, kind: str, backend: str) -> None:
    boxes = np.zeros((1, 5, 4), np.float32)
    boxes[0, 2] = (0.25, 0.5, 0.75, 1.0)
    outputs = {"labels": np.full((1, 5), 2, np.int64), "boxes": boxes, "scores": np.zeros((1, 5), np.float32)}
    model = network(outputs, Probe("scores", (0, 2), 1.0), size_input=True)
    box, score, name = one_of(save(tmp_path, model, kind), backend)
    np.testing.assert_allclose(box, [24, 24, 72, 48], atol=0.01)
    assert (name, score) == ("cow", pytest.approx(COLOUR[0] / 255, abs=0.003))


@pytest.mark.parametrize("is_inside", [False, True])
def test_a_deimv2_upon_dinov3_is_normalized_once(tmp_path: Path, is_inside: bool) -> None:
    outputs: dict[str, NDArray[np.generic]] = {
        "labels": np.full((1, 5), 1, np.int64), "scores": np.zeros((1, 5), np.float32),
    }  # fmt: skip
    outputs["boxes"] = np.tile(np.array([0.25, 0.25, 0.75, 0.75], np.float32), (1, 5, 1))
    model = network(outputs, Probe("scores", (0, 2), 0.5), size_input=True)
    if is_inside:
        model.graph.initializer.append(numpy_helper.from_array(np.array(0.25, np.float32), "own_mean"))
        model.graph.node[0].input[0] = "less"
        model.graph.node.insert(0, helper.make_node("Sub", ["images", "own_mean"], ["less"]))
    path = tmp_path / "deimv2_dinov3_s_coco.onnx"
    onnx.save(model, str(path))
    detections, _ = found(path)
    seen = COLOUR[0] / 255 - 0.25 if is_inside else (COLOUR[0] / 255 - 0.485) / 0.229
    assert detections.scores.tolist() == pytest.approx([0.5 * seen], abs=0.003)


def test_a_detr_by_another_exporter_gives_logits(tmp_path: Path) -> None:
    outputs = {"logits": np.full((1, 5, 3), -9, np.float32), "pred_boxes": np.full((1, 5, 4), 0.5, np.float32)}
    model = network(outputs, Probe("logits", (0, 1, 1), 14.0), name="pixel_values")
    box, score, name = one_of(save(tmp_path, model, "dfine"))
    np.testing.assert_allclose(box, [24, 12, 72, 36], atol=0.01)
    assert name == "dog"
    assert score == pytest.approx(1 / (1 + np.exp(9 - 14 * COLOUR[0] / 255)), abs=0.003)


@pytest.mark.parametrize("backend", BACKENDS)
def test_rf_detr_is_normalized_and_its_first_column_is_nothing(tmp_path: Path, backend: str) -> None:
    boxes = np.full((1, 5, 4), 0.5, np.float32)
    logits = np.full((1, 5, 1 + len(NAMES)), -9, np.float32)
    logits[0, 3, 0] = 5.0
    model = network({"dets": boxes, "labels": logits}, Probe("labels", (0, 1, 3), 20.0, channel=1), name="input")
    box, score, name = one_of(save(tmp_path, model, "rfdetr"), backend)
    np.testing.assert_allclose(box, [24, 12, 72, 36], atol=0.01)
    seen = 20 * (COLOUR[1] / 255 - 0.456) / 0.224 - 9
    assert (name, score) == ("cow", pytest.approx(1 / (1 + np.exp(-seen)), abs=0.003))


def test_rf_detr_of_coco_counts_as_coco_does(tmp_path: Path) -> None:
    logits = np.full((1, 5, 91), -9, np.float32)
    logits[0, 2, 90] = 3.0  # the last category
    logits[0, 4, 12] = 5.0  # one that COCO has left out
    model = network(
        {"dets": np.full((1, 5, 4), 0.5, np.float32), "labels": logits}, Probe("labels", (0, 0, 1), 1.0), name="input"
    )
    onnx.save(model, str(tmp_path / "model.onnx"))
    _, score, name = one_of(tmp_path / "model.onnx")
    assert (name, score) == ("toothbrush", pytest.approx(1 / (1 + np.exp(-3)), abs=0.001))
    assert len(COCO_NAMES) == len(COCO_COLUMNS) == 80
    assert dict(zip(COCO_NAMES, COCO_COLUMNS, strict=True))["stop sign"] == 13


def rf_detr_with_masks(dtype: str = "float32") -> onnx.ModelProto:
    """Return a network of two objects in the same box, whose masks are its left and its upper half."""
    logits = np.full((1, 5, 1 + len(NAMES)), -9, np.float32)
    logits[0, 3, 2], logits[0, 4, 1] = 3.0, 2.0
    masks = np.full((1, 5, 16, 16), -4, np.float32)
    masks[0, 3, :, :8] = masks[0, 4, :8] = 4.0
    outputs: dict[str, NDArray[np.generic]] = {
        "dets": np.full((1, 5, 4), 0.5, dtype), "labels": logits.astype(dtype), "4186": masks.astype(dtype),
    }  # fmt: skip
    return network(outputs, Probe("nothing", (0,), 1.0), name="input")


@pytest.mark.parametrize("backend", BACKENDS)
def test_rf_detr_gives_an_outline_for_each_object(tmp_path: Path, backend: str) -> None:
    manager = ModelManager()
    model = manager.load(save(tmp_path, rf_detr_with_masks(), "rfdetr_seg"), preferred_backend=backend)
    try:
        assert (model.info.task, model.info.layout, model.info.choice.backend) == ("segment", "RF-DETR", backend)
        shapes = model.predict_shapes(PICTURE, options=DetectOptions(0.2))
    finally:
        manager.unload()
    bounds = [(shape.label, *shape.points.min(axis=0), *shape.points.max(axis=0)) for shape in shapes]
    assert [each[0] for each in bounds] == ["dog", "cat"]
    np.testing.assert_allclose([each[1:] for each in bounds], [[24, 12, 48, 36], [24, 12, 72, 24]], atol=1.0)


@pytest.mark.parametrize("is_condensed", [False, True])
def test_of_all_masks_only_those_of_objects_are_kept(tmp_path: Path, is_condensed: bool) -> None:
    import onnxruntime

    spec = read_model_spec(save(tmp_path, rf_detr_with_masks(), "rfdetr"))
    session = onnxruntime.InferenceSession(graph_of(spec).SerializeToString(), providers=["CPUExecutionProvider"])
    outputs = session.run(list(spec.output_names), {"input": np.zeros((1, 3, SIDE, SIDE), np.float32)})
    spec = resolve(spec, [output.shape for output in outputs])
    assert [output.shape for output in outputs] == [(1, 5, 4 + len(NAMES) + 1), (1, 5, 16, 16)]
    picture = tuple(output[0] for output in outputs)
    if is_condensed:
        (picture,) = condensed(spec, outputs, [0], np.float32(0.1))
        assert [output.shape for output in picture] == [(2, 4 + len(NAMES) + 1), (2, 16, 16)]
    box = Letterbox.stretch(SIDE, SIDE, SIDE, SIDE)
    shapes = read_candidates(spec, picture, box, 0.1).select(DetectOptions(0.2), NAMES).to_shapes(NAMES)
    assert [shape.points.max(axis=0).round().tolist() for shape in shapes] == [[32, 48], [48, 32]]


def test_outputs_of_half_precision_are_read(tmp_path: Path) -> None:
    detections, names = found(save(tmp_path, rf_detr_with_masks("float16"), "rfdetr"))
    assert [names[number] for number in detections.class_ids] == ["dog", "cat"]


def boxes_and_scores() -> dict[str, NDArray[np.generic]]:
    boxes = np.zeros((1, CELLS, 4), np.float32)
    boxes[0, 20] = (8, 8, 24, 16)
    return {"boxes": boxes, "scores": np.zeros((1, CELLS, len(NAMES)), np.float32)}


@pytest.mark.parametrize("backend", BACKENDS)
def test_yolo_nas_gives_boxes_and_scores(tmp_path: Path, backend: str) -> None:
    outputs = boxes_and_scores()
    outputs["boxes"][0, 20] = (8, 24, 24, 32)
    path = save(tmp_path, network(outputs, Probe("scores", (0, 20, 2), 1.0)), "yolo_nas")
    box, score, name = one_of(path, backend)
    np.testing.assert_allclose(box, [12, 12, 36, 24], atol=0.01)
    assert (name, score) == ("cow", pytest.approx(GREY / 255, abs=0.003))


def test_yolo_nas_with_everything_inside_takes_bytes(tmp_path: Path) -> None:
    outputs = {
        "num_predictions": np.array([[1]], np.int64),
        "pred_boxes": np.full((1, 3, 4), -1, np.float32),
        "pred_scores": np.full((1, 3), -1, np.float32),
        "pred_classes": np.full((1, 3), -1, np.int64),
    }
    outputs["pred_boxes"][0, 0] = (8, 24, 24, 32)
    outputs["pred_scores"][0, 0] = 0
    outputs["pred_classes"][0, 0] = 1
    model = network(outputs, Probe("pred_scores", (0, 0), 1 / 255), name="input", dtype=TensorProto.UINT8)
    box, score, name = one_of(save(tmp_path, model, "yolo_nas"))
    np.testing.assert_allclose(box, [12, 12, 36, 24], atol=0.01)
    assert (name, score) == ("dog", pytest.approx(GREY / 255, abs=0.0001))


def test_damo_yolo_sees_red_first_at_full_scale_in_the_corner(tmp_path: Path) -> None:
    outputs = dict(reversed(boxes_and_scores().items()))
    box, score, name = one_of(save(tmp_path, network(outputs, Probe("scores", (0, 20, 0), 1 / 255)), "damo_yolo"))
    np.testing.assert_allclose(box, [12, 12, 36, 24], atol=0.01)
    assert (name, score) == ("cat", pytest.approx(COLOUR[0] / 255, abs=0.003))


def test_boxes_and_scores_of_nobody_knows_what_are_refused_with_what_to_say(tmp_path: Path) -> None:
    onnx.save(network(boxes_and_scores(), Probe("scores", (0, 0, 0), 1.0)), str(tmp_path / "model.onnx"))
    with pytest.raises(ModelError, match=r"boxes\[1,84,4\]") as caught:
        read_model_spec(tmp_path / "model.onnx")
    assert "yolo_nas" in str(caught.value.hint)


@pytest.mark.parametrize("kind", ["yolox", "rfdetr", "yolo_nas"])
def test_names_that_do_not_fit_are_refused_with_the_shapes(tmp_path: Path, kind: str) -> None:
    model = {
        "yolox": yolox()[0],
        "rfdetr": network(
            {"dets": np.zeros((1, 5, 4), np.float32), "labels": np.zeros((1, 5, 9), np.float32)},
            Probe("labels", (0, 0, 0), 1.0),
        ),
        "yolo_nas": network(boxes_and_scores(), Probe("scores", (0, 0, 0), 1.0)),
    }[kind]
    with pytest.raises(ModelError, match="5 names are given.*images"):
        read_model_spec(save(tmp_path, model, kind, ["a", "b", "c", "d", "e"]))


def test_they_are_what_people_see_and_are_not_quantized(tmp_path: Path) -> None:
    config = save(tmp_path, yolox()[0], "yolox")
    manager = ModelManager()
    info = manager.load(config, preferred_backend="onnx-cpu").info
    manager.unload()
    assert (info.layout, info.has_iou, info.can_tile) == ("YOLOX", True, True)
    with pytest.raises(UsageError):
        convert(config, tmp_path / "half.onnx", Precision.FP16)


def test_an_open_batch_stays_open(tmp_path: Path) -> None:
    shape = ("batch", 3, SIDE, SIDE)
    outputs: dict[str, NDArray[np.generic]] = {"labels": np.zeros((1, 5, 3), np.float32)}
    model = network(outputs, Probe("labels", (0, 0, 0), 0.0), name="input", shape=shape)
    # Boxes for as many pictures as there are: their means, five times.
    weights = {"axes_of_all": np.array([1, 2, 3]), "five": np.array([-1, 1, 1]), "times": np.array([1, 5, 4])}
    model.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in weights.items())
    model.graph.node.extend(
        [
            helper.make_node("ReduceMean", ["input"], ["means"], axes=[1, 2, 3], keepdims=0),
            helper.make_node("Reshape", ["means", "five"], ["mean_rows"]),
            helper.make_node("Tile", ["mean_rows", "times"], ["dets"]),
            helper.make_node("Mul", ["dets", "none"], ["zeros"]),
            helper.make_node("ReduceSum", ["zeros", "last"], ["zero_rows"], keepdims=1),
            helper.make_node("Add", ["labels", "zero_rows"], ["logits"]),
        ]
    )
    model.graph.initializer.append(numpy_helper.from_array(np.array(0.0, np.float32), "none"))
    model.graph.initializer.append(numpy_helper.from_array(np.array([2]), "last"))
    del model.graph.output[:]
    model.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", 5, columns])
        for name, columns in (("dets", 4), ("logits", 3))
    )
    manager = ModelManager()
    loaded = manager.load(save(tmp_path, model, "rfdetr"), preferred_backend="onnx-cpu")
    try:
        assert loaded.info.dynamic_batch
        pictures = [np.full((64, 64, 3), 116 + 40 * number, np.uint8) for number in range(3)]
        found = loaded.predict_shapes_batch(pictures, options=DetectOptions(0.2, max_detections=1))
        one = [loaded.predict_shapes(picture, options=DetectOptions(0.2, max_detections=1)) for picture in pictures]
    finally:
        manager.unload()
    assert [len(shapes) for shapes in found] == [len(shapes) for shapes in one]
    for together, alone in zip(found, one, strict=True):
        for first, second in zip(together, alone, strict=True):
            np.testing.assert_allclose(first.points, second.points, atol=0.05)
    assert sum(map(len, found)) >= 2


@pytest.mark.parametrize("kind", ["yolox", "rfdetr", "rtdetr", "damo_yolo"])
def test_a_changed_graph_takes_bytes_as_on_a_gpu(tmp_path: Path, kind: str) -> None:
    """What goes to a GPU is the picture as bytes: scaled in front of all that the network wants besides."""
    import onnxruntime

    labels: dict[str, NDArray[np.generic]] = {
        "labels": np.full((1, 5), 2, np.int64), "boxes": np.full((1, 5, 4), 0.5, np.float32),
        "scores": np.zeros((1, 5), np.float32),
    }  # fmt: skip
    model = {
        "yolox": lambda: yolox()[0],
        "rfdetr": lambda: network(
            {"dets": np.full((1, 5, 4), 0.5, np.float32), "labels": np.full((1, 5, 4), -2, np.float32)},
            Probe("labels", (0, 1, 3), 2.0, channel=1),
        ),
        "rtdetr": lambda: network(labels, Probe("scores", (0, 2), 1.0), size_input=True),
        "damo_yolo": lambda: network(boxes_and_scores(), Probe("scores", (0, 20, 0), 1 / 255)),
    }[kind]()
    spec = read_model_spec(save(tmp_path, model, kind))
    assert spec.pixel_scale is not None
    graphs = graph_of(spec), with_byte_input(graph_of(spec), spec.input_names[0], spec.pixel_scale)
    picture = np.random.default_rng(3).integers(0, 256, (1, SIDE, SIDE, 3), dtype=np.uint8)
    feeds = picture.transpose(0, 3, 1, 2).astype(np.float32) / 255, picture
    plain, as_bytes = (
        onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"]).run(
            list(spec.output_names), {spec.input_names[0]: feed}
        )[0]
        for graph, feed in zip(graphs, feeds, strict=True)
    )
    assert np.ptp(plain) > 0
    np.testing.assert_allclose(as_bytes, plain, atol=1e-4)
