"""The real models of other tasks on real photos, against what they are known to find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from anylabeling import accel
from anylabeling.codecs import PixelFormat, decode
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.model_manager import ModelManager

pytestmark = pytest.mark.data

PHOTOS = ("bus.jpg", "zidane.jpg", "voc40/2007_000032.jpg", "voc40/2007_000129.jpg")


def photo(data_dir: Path, name: str) -> NDArray[np.uint8]:
    return decode(data_dir / "photos" / name, pixel_format=PixelFormat.RGB).pixels


def iou(one: Any, other: Any) -> float:
    return float(accel.iou_matrix(np.array([one], np.float32), np.array([other], np.float32))[0, 0])


def raster(points: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    from anylabeling.opencv import cv2

    canvas = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(canvas, [points.round().astype(np.int32)], 1)
    return canvas > 0


def test_masks_agree_with_their_boxes(data_dir: Path, manager: ModelManager) -> None:
    model = manager.load(data_dir / "models" / "yolo11n-seg.onnx")
    found = model.candidates(photo(data_dir, "bus.jpg")).select(model.default_options, model.class_names)
    shapes = found.to_shapes(model.class_names)
    assert sorted(shape.label for shape in shapes) == ["bus", "person", "person", "person", "person"]
    assert next(shape.score for shape in shapes if shape.label == "bus") == pytest.approx(0.87, abs=0.01)
    for shape, box in zip(shapes, found.boxes, strict=True):
        left, top, right, bottom = bounds(shape)
        assert shape.kind is ShapeKind.POLYGON
        assert 10 <= len(shape.points) <= 200
        assert (left >= box[0] - 0.01, top >= box[1] - 0.01) == (True, True)
        assert (right <= box[2] + 0.01, bottom <= box[3] + 0.01) == (True, True)
        assert iou((left, top, right, bottom), box) >= 0.9


def test_masks_agree_with_a_plain_reference(data_dir: Path, manager: ModelManager) -> None:
    """Sum all prototypes, scale the whole mask up to the picture, cut it off at the box, and compare."""
    from anylabeling.opencv import cv2

    model = manager.load(data_dir / "models" / "yolo11n-seg.onnx")
    for name in PHOTOS:
        image = photo(data_dir, name)
        found = model.candidates(image).select(DetectOptions(confidence=0.4), model.class_names)
        details: Any = found.details
        box = details.box
        for index, (x1, y1, x2, y2) in enumerate(found.boxes.tolist()):
            sums = np.tensordot(details.coefficients[index], details.prototypes, axes=1)
            whole = cv2.resize(sums, (box.input_width, box.input_height), interpolation=cv2.INTER_LINEAR)
            inside = whole[box.top : box.top + box.height, box.left : box.left + box.width]
            mask = cv2.resize(inside, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR) > 0
            cut = np.zeros_like(mask)
            rows, columns = slice(round(y1), round(y2)), slice(round(x1), round(x2))
            cut[rows, columns] = mask[rows, columns]
            drawn = np.zeros_like(mask)
            for outline in details.outlines(index, found.boxes[index]):
                drawn |= raster(outline, image.shape)
            wanted = without_holes_and_crumbs(cut)
            assert (wanted & drawn).sum() / (wanted | drawn).sum() > (0.95 if wanted.sum() > 5000 else 0.85)


def without_holes_and_crumbs(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    from anylabeling.opencv import cv2

    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    areas = [cv2.contourArea(contour) for contour in contours]
    filled = np.zeros(mask.shape, np.uint8)
    for contour, area in zip(contours, areas, strict=True):
        if area >= 0.25 * max(areas):
            cv2.fillPoly(filled, [contour], 1)
    return filled > 0


def test_poses_are_four_persons_with_their_points(data_dir: Path, manager: ModelManager) -> None:
    model = manager.load(data_dir / "models" / "yolo11n-pose.onnx")
    shapes = model.predict_shapes(photo(data_dir, "bus.jpg"))
    persons = [shape for shape in shapes if shape.kind is ShapeKind.RECTANGLE]
    assert [person.label for person in persons] == ["person"] * 4
    assert [person.group_id for person in persons] == [1, 2, 3, 4]
    for person in persons[:3]:
        left, top, right, bottom = bounds(person)
        points = {shape.label: shape for shape in shapes if shape.group_id == person.group_id and shape is not person}
        assert len(points) >= 7
        for shape in points.values():
            x, y = shape.points[0]
            assert left - 20 <= x <= right + 20
            assert top - 20 <= y <= bottom + 20
        # Upright people: what is above what.
        assert points["left_shoulder"].points[0, 1] < points["left_hip"].points[0, 1]
        assert points["left_hip"].points[0, 1] < points["left_ankle"].points[0, 1]


@pytest.mark.parametrize("name", ["yolo11n-seg", "yolo11n-pose"])
def test_a_batch_finds_what_single_pictures_give(data_dir: Path, manager: ModelManager, name: str) -> None:
    model = manager.load(data_dir / "models" / f"{name}.onnx")
    images = [photo(data_dir, picture) for picture in PHOTOS]
    together = model.predict_shapes_batch(images)
    for image, shapes in zip(images, together, strict=True):
        assert [shape.content() for shape in model.predict_shapes(image)] == [shape.content() for shape in shapes]


def test_an_end_to_end_export_finds_the_same(data_dir: Path, manager: ModelManager, tmp_path: Path) -> None:
    plain = manager.load(data_dir / "models" / "yolo11n.onnx", preferred_backend="onnx-cpu")
    images = [photo(data_dir, picture) for picture in PHOTOS]
    wanted = [plain.predict_shapes(image) for image in images]
    path = tmp_path / "with_nms.onnx"
    onnx.save(with_suppression(onnx.load(str(data_dir / "models" / "yolo11n.onnx"))), str(path))
    model = manager.load(path, preferred_backend="onnx-cpu")
    assert (model.info.layout, model.info.has_iou, model.info.dynamic_batch) == ("end2end", False, False)
    for image, expected in zip(images, wanted, strict=True):
        assert_alike(model.predict_shapes(image), expected)


def assert_alike(got: list[Shape], wanted: list[Shape]) -> None:
    assert [shape.label for shape in got] == [shape.label for shape in wanted]
    for one, other in zip(got, wanted, strict=True):
        assert one.score == pytest.approx(other.score, abs=0.001)
        assert np.abs(one.points - other.points).max() <= 0.1


CONSTANTS = {
    "e2e_most": np.array([300], np.int64),
    "e2e_iou": np.array([0.45], np.float32),
    "e2e_least": np.array([0.25], np.float32),
    "e2e_half": np.array([0.5], np.float32),
    "e2e_zero": np.array([0], np.int64),
    "e2e_one": np.array([1], np.int64),
    "e2e_two": np.array([2], np.int64),
    "e2e_three": np.array([3], np.int64),
    "e2e_four": np.array([4], np.int64),
    "e2e_many": np.array([1 << 30], np.int64),
    "e2e_target": np.array([300], np.int64),
    "e2e_before": np.array([0, 0], np.int64),
    "e2e_flat": np.array([-1], np.int64),
    "e2e_plain_shape": np.array([84, -1], np.int64),
    "e2e_column_shape": np.array([-1, 1], np.int64),
    "e2e_output_shape": np.array([1, 300, 6], np.int64),
}


def with_suppression(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a detector with a batch of one whose output is [1, 300, 6]: boxes, scores and classes after NMS."""
    graph = model.graph
    source = graph.output[0].name
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in CONSTANTS.items())

    def node(kind: str, inputs: list[str], output: str, **attributes: Any) -> None:
        graph.node.append(helper.make_node(kind, inputs, [output], **attributes))

    node("Slice", [source, "e2e_zero", "e2e_four", "e2e_one"], "e2e_columns")
    node("Transpose", ["e2e_columns"], "e2e_boxes", perm=[0, 2, 1])
    node("Slice", [source, "e2e_four", "e2e_many", "e2e_one"], "e2e_scores")
    suppress = ["e2e_boxes", "e2e_scores", "e2e_most", "e2e_iou", "e2e_least"]
    node("NonMaxSuppression", suppress, "e2e_chosen", center_point_box=1)
    # Rows of batch, class, box.
    node("Slice", ["e2e_chosen", "e2e_one", "e2e_two", "e2e_one"], "e2e_class_column")
    node("Slice", ["e2e_chosen", "e2e_two", "e2e_three", "e2e_one"], "e2e_box_column")
    node("Reshape", ["e2e_box_column", "e2e_flat"], "e2e_box_ids")
    node("Reshape", [source, "e2e_plain_shape"], "e2e_plain")
    node("Slice", ["e2e_plain", "e2e_four", "e2e_many", "e2e_zero"], "e2e_plain_scores")
    node("Concat", ["e2e_class_column", "e2e_box_column"], "e2e_places", axis=1)
    node("GatherND", ["e2e_plain_scores", "e2e_places"], "e2e_best")
    node("Reshape", ["e2e_best", "e2e_column_shape"], "e2e_best_column")
    node("Slice", ["e2e_plain", "e2e_zero", "e2e_four", "e2e_zero"], "e2e_plain_boxes")
    node("Gather", ["e2e_plain_boxes", "e2e_box_ids"], "e2e_taken", axis=1)
    node("Transpose", ["e2e_taken"], "e2e_rows", perm=[1, 0])
    node("Slice", ["e2e_rows", "e2e_zero", "e2e_two", "e2e_one"], "e2e_centres")
    node("Slice", ["e2e_rows", "e2e_two", "e2e_four", "e2e_one"], "e2e_sizes")
    node("Mul", ["e2e_sizes", "e2e_half"], "e2e_halves")
    node("Sub", ["e2e_centres", "e2e_halves"], "e2e_low")
    node("Add", ["e2e_centres", "e2e_halves"], "e2e_high")
    node("Cast", ["e2e_class_column"], "e2e_classes", to=TensorProto.FLOAT)
    node("Concat", ["e2e_low", "e2e_high", "e2e_best_column", "e2e_classes"], "e2e_found", axis=1)
    node("Shape", ["e2e_found"], "e2e_shape")
    node("Slice", ["e2e_shape", "e2e_zero", "e2e_one"], "e2e_count")
    node("Sub", ["e2e_target", "e2e_count"], "e2e_missing")
    node("Concat", ["e2e_before", "e2e_missing", "e2e_zero"], "e2e_pads", axis=0)
    node("Pad", ["e2e_found", "e2e_pads"], "e2e_padded")
    node("Reshape", ["e2e_padded", "e2e_output_shape"], "detections")
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info("detections", TensorProto.FLOAT, [1, 300, 6]))
    batch, _, height, width = graph.input[0].type.tensor_type.shape.dim
    batch.dim_value, height.dim_value, width.dim_value = 1, 640, 640
    return model
