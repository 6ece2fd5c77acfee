"""Models of each task whose outputs are known: what becomes of them, to the pixel."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import tiny_models as tiny
from numpy.typing import NDArray

from anylabeling.document.geometry import bounds
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import AutoLabelRequest, DetectOptions, ExistingPolicy
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.engine import FilterEngine

PICTURE = np.full((64, 128, 3), 90, np.uint8)
"""Twice as large as what the network sees of it: 64 x 32 in the middle of 64 x 64, 16 rows of grey above."""
SQUARE = np.full((128, 128, 3), 90, np.uint8)

Row = Sequence[float]


def v8_output(*columns: Row, extras: int) -> NDArray[np.float32]:
    """Return an output (1, 7 + extras, cells) whose first cells hold the given values."""
    output = np.zeros((1, 7 + extras, tiny.CELLS_V8), np.float32)
    for cell, column in enumerate(columns):
        output[0, :, cell] = column
    return output


def load(
    manager: ModelManager,
    folder: Path,
    output: NDArray[np.float32],
    *more: NDArray[np.float32],
    **metadata: str,
) -> DetectionModel:
    model = tiny.constant_model(
        output.shape,
        values=output,
        more_outputs=[other.shape for other in more],
        more_values=more,
        metadata=tiny.ultralytics_metadata(**metadata),
    )
    return manager.load(tiny.save(model, folder / "tiny.onnx"))


def islands(*regions: tuple[int, int, int, int]) -> NDArray[np.float32]:
    """Return two prototypes of 16 x 16 cells: 1 in the regions (left, top, right, bottom) and -1 elsewhere; zero."""
    planes = np.zeros((1, 2, 16, 16), np.float32)
    planes[0, 0] = -1
    for left, top, right, bottom in regions:
        planes[0, 0, top:bottom, left:right] = 1
    return planes


def test_a_mask_is_cut_off_at_its_box(manager: ModelManager, tmp_path: Path) -> None:
    # The mask fills 16 to 48 of the input's 64 pixels, which are 32 to 96 of the picture.
    whole, half = (32, 32, 48, 48, 0.9, 0, 0, 1, 0), (20, 32, 24, 48, 0, 0.8, 0, 1, 0)
    model = load(manager, tmp_path, v8_output(whole, half, extras=2), islands((4, 4, 12, 12)), task="segment")
    assert (model.info.task, model.info.has_iou) == ("segment", True)
    shapes = model.predict_shapes(SQUARE)
    assert [(shape.kind, shape.label, shape.score) for shape in shapes] == [
        (ShapeKind.POLYGON, "red", 0.9),
        (ShapeKind.POLYGON, "green", 0.8),
    ]
    assert bounds(shapes[0]) == pytest.approx((32, 32, 96, 96), abs=1.0)
    # The second box ends at 32 of the input: at 64 of the picture, and so does the polygon, exactly.
    assert bounds(shapes[1]) == pytest.approx((32, 32, 64, 96), abs=1.0)
    assert bounds(shapes[1])[2] == 64.0


def test_the_grey_around_a_picture_is_no_part_of_a_mask(manager: ModelManager, tmp_path: Path) -> None:
    row = (32, 32, 48, 24, 0.9, 0, 0, 1, 0)
    model = load(manager, tmp_path, v8_output(row, extras=2), islands((4, 5, 12, 9)), task="segment")
    # Cells 5 to 9 are rows 20 to 36 of the input, less 16 of grey, times 2.
    assert bounds(model.predict_shapes(PICTURE)[0]) == pytest.approx((32, 8, 96, 40), abs=1.0)


def test_a_mask_in_parts_is_a_group_and_crumbs_are_left_out(manager: ModelManager, tmp_path: Path) -> None:
    row = (32, 32, 64, 64, 0.9, 0, 0, 1, 0)
    planes = islands((1, 1, 7, 7), (9, 1, 15, 6), (10, 10, 12, 12))
    model = load(manager, tmp_path, v8_output(row, extras=2), planes, task="segment")
    shapes = model.predict_shapes(SQUARE)
    assert [shape.group_id for shape in shapes] == [1, 1]
    assert bounds(shapes[0]) == pytest.approx((8, 8, 56, 56), abs=1.0)
    assert bounds(shapes[1]) == pytest.approx((72, 8, 120, 48), abs=1.0)


def test_an_empty_mask_gives_no_shape(manager: ModelManager, tmp_path: Path) -> None:
    model = load(manager, tmp_path, v8_output((32, 32, 20, 20, 0.9, 0, 0, 1, 0), extras=2), islands(), task="segment")
    assert model.predict_shapes(SQUARE) == []


def test_a_slider_chooses_masks_without_another_run(manager: ModelManager, tmp_path: Path) -> None:
    rows = [(32, 32, 48, 48, 0.9, 0, 0, 1, 0), (34, 32, 48, 48, 0.6, 0, 0, 1, 0), (8, 8, 4, 4, 0.1, 0, 0, -1, 0)]
    model = load(manager, tmp_path, v8_output(*rows, extras=2), islands((4, 4, 12, 12)), task="segment")
    candidates = model.candidates(SQUARE)
    model.close()

    def count(**options: float) -> int:
        return len(candidates.select(DetectOptions(**options), model.class_names).to_shapes(model.class_names))

    assert (count(), count(iou=0.99), count(confidence=0.07), count(confidence=0.95)) == (1, 2, 2, 0)


def test_a_pose_is_a_box_and_its_visible_points_in_one_group(manager: ModelManager, tmp_path: Path) -> None:
    rows = [
        (20, 32, 24, 16, 0.9, 0, 0, 10, 26, 0.97, 30, 38, 0.2),
        (50, 32, 20, 16, 0, 0, 0.7, 44, 30, 0.6, 56, 60, 0.8),
    ]
    model = load(manager, tmp_path, v8_output(*rows, extras=6), task="pose", kpt_shape="[2, 3]")
    shapes = model.predict_shapes(PICTURE)
    assert [(shape.kind, shape.label, shape.group_id, shape.score) for shape in shapes] == [
        (ShapeKind.RECTANGLE, "red", 1, 0.9),
        (ShapeKind.POINT, "point_0", 1, 0.97),
        (ShapeKind.RECTANGLE, "blue", 2, 0.7),
        (ShapeKind.POINT, "point_0", 2, 0.6),
        (ShapeKind.POINT, "point_1", 2, 0.8),
    ]
    assert shapes[0].points.tolist() == [[16, 16], [64, 48]]
    assert shapes[1].points.tolist() == [[20, 20]]
    assert shapes[4].points.tolist() == [[112, 64]]  # below the picture: moved to its edge


@pytest.mark.parametrize("angle", [0.0, 0.3, math.pi / 4, 1.2, math.pi / 2, -0.5, 2.2])
def test_oriented_boxes_lie_where_the_network_says(manager: ModelManager, tmp_path: Path, angle: float) -> None:
    model = load(manager, tmp_path, v8_output((30, 34, 20, 8, 0, 0.9, 0, angle), extras=1), task="obb")
    (shape,) = model.predict_shapes(PICTURE)
    assert (shape.kind, shape.label, shape.score) == (ShapeKind.ROTATED_RECTANGLE, "green", 0.9)
    along = 20 * np.array([math.cos(angle), math.sin(angle)])
    across = 8 * np.array([-math.sin(angle), math.cos(angle)])
    centre = np.array([60, 36])
    corners = [centre - along - across, centre + along - across, centre + along + across, centre - along + across]
    np.testing.assert_allclose(shape.points, corners, atol=0.006)


def test_oriented_boxes_that_cross_are_two_objects(manager: ModelManager, tmp_path: Path) -> None:
    # Their upright boxes are the same; the boxes themselves share little.
    rows = [
        (32, 32, 30, 4, 0.9, 0, 0, math.pi / 4),
        (32, 32, 30, 4, 0.8, 0, 0, -math.pi / 4),
        (33, 32, 30, 4, 0.7, 0, 0, math.pi / 4),
    ]
    model = load(manager, tmp_path, v8_output(*rows, extras=1), task="obb")
    assert [shape.score for shape in model.predict_shapes(SQUARE)] == [0.9, 0.8]
    several = DetectOptions(iou=0.95)
    assert [shape.score for shape in model.predict_shapes(SQUARE, options=several)] == [0.9, 0.8, 0.7]


def test_an_end_to_end_model_decides_by_itself(manager: ModelManager, tmp_path: Path) -> None:
    output = np.zeros((1, 300, 6), np.float32)
    output[0, :4] = [
        (8, 20, 24, 40, 0.9, 2),
        (9, 20, 24, 40, 0.8, 2),
        (1, 20, 5, 40, 0.6, 7),  # a class that the file does not name
        (0, 0, 60, 60, 0.1, 0),
    ]
    model = load(manager, tmp_path, output)
    assert (model.info.layout, model.info.has_iou) == ("end2end", False)
    shapes = model.predict_shapes(PICTURE, options=DetectOptions(iou=0.1))
    assert [(shape.label, shape.score) for shape in shapes] == [("blue", 0.9), ("blue", 0.8)]
    assert shapes[0].points.tolist() == [[16, 8], [48, 48]]


def test_an_end_to_end_model_has_masks_points_and_angles_too(manager: ModelManager, tmp_path: Path) -> None:
    masks = np.zeros((1, 300, 8), np.float32)
    masks[0, 0] = (8, 8, 56, 56, 0.9, 1, 1, 0)
    (polygon,) = load(manager, tmp_path, masks, islands((4, 4, 12, 12)), task="segment").predict_shapes(SQUARE)
    assert (polygon.kind, polygon.label) == (ShapeKind.POLYGON, "green")
    assert bounds(polygon) == pytest.approx((32, 32, 96, 96), abs=1.0)
    poses = np.zeros((1, 300, 9), np.float32)
    poses[0, 0] = (8, 8, 56, 56, 0.9, 0, 20, 30, 0.9)
    box, point = load(manager, tmp_path, poses, task="pose", kpt_shape="[1, 3]").predict_shapes(SQUARE)
    assert (box.label, point.points.tolist()) == ("red", [[40, 60]])
    turned = np.zeros((1, 300, 7), np.float32)
    turned[0, 0] = (32, 32, 20, 10, 0.9, 0, math.pi / 2)
    (rectangle,) = load(manager, tmp_path, turned, task="obb").predict_shapes(SQUARE)
    assert bounds(rectangle) == pytest.approx((54, 44, 74, 84), abs=0.01)


def test_what_a_first_run_gives_has_to_fit(manager: ModelManager, tmp_path: Path) -> None:
    model = tiny.constant_model(
        ("b", 9, "cells"),
        values=v8_output((32, 32, 20, 20, 0.9, 0, 0, 1, 0), extras=2),
        more_outputs=[(1, 2, "h", "w")],
        more_values=[np.zeros((1, 2, 16, 16), np.float32)],
        metadata=tiny.ultralytics_metadata(names=("a", "b"), task="segment"),
    )
    with pytest.raises(ModelError, match=r"\[1,9,84\]|output0\[b,9,cells\]"):
        manager.load(tiny.save(model, tmp_path / "odd.onnx"))


def save_pictures(folder: Path, *pictures: NDArray[np.uint8]) -> list[str]:
    from anylabeling.opencv import cv2

    paths = [str(folder / f"{index}.png") for index in range(len(pictures))]
    for path, picture in zip(paths, pictures, strict=True):
        cv2.imwrite(path, picture)
    return paths


def run_labels(model: DetectionModel, paths: list[str], existing: ExistingPolicy = ExistingPolicy.KEEP) -> object:
    return label_many(model, AutoLabelRequest(tuple(paths), existing=existing), LabelStore(fsync=False))


def label_file_of(path: str) -> dict[str, object]:
    content: dict[str, object] = json.loads(Path(path).with_suffix(".json").read_text())
    return content


def test_groups_in_a_label_file_get_numbers_that_are_free(manager: ModelManager, tmp_path: Path) -> None:
    rows = [(20, 32, 24, 16, 0.9, 0, 0, 10, 26, 0.97), (50, 32, 20, 16, 0, 0, 0.7, 44, 30, 0.6)]
    model = load(manager, tmp_path, v8_output(*rows, extras=3), task="pose", kpt_shape="[1, 3]")
    (path,) = save_pictures(tmp_path, PICTURE)
    own = Shape(ShapeKind.POINT, [[1, 1]], label="mine", group_id=4)
    store = LabelStore(fsync=False)
    labels = store.load(path)
    annotation = labels.annotation.with_changes(shapes=(own,))
    store.save(path, annotation, image_size=(128, 64), expected=labels.stamp)
    summary = run_labels(model, [path])
    assert (summary.shapes, dict(summary.per_class)) == (2, {"red": 1, "blue": 1})  # type: ignore[attr-defined]
    shapes = store.load(path).annotation.shapes
    assert [shape.group_id for shape in shapes] == [4, 5, 5, 6, 6]
    run_labels(model, [path])
    assert len(store.load(path).annotation.shapes) == 5


def test_a_classifier_marks_images_and_leaves_shapes_alone(manager: ModelManager, tmp_path: Path) -> None:
    model = load(manager, tmp_path, np.array([[0.1, 0.3, 0.6]], np.float32), task="classify")
    assert (model.info.task, model.info.has_iou) == ("classify", False)
    assert model.predict_shapes(PICTURE) == []
    assert model.predict_flags(PICTURE) == {"blue": True, "green": True}  # type: ignore[attr-defined]
    (path,) = save_pictures(tmp_path, PICTURE)
    label_file = Path(path).with_suffix(".json")
    own = {"label": "mine", "points": [[1, 1], [9, 9]], "shape_type": "rectangle", "flags": {}, "group_id": None}
    content = {"version": "5.0.0", "flags": {"checked twice": True, "red": True}, "shapes": [own], "imagePath": "0.png"}
    label_file.write_text(json.dumps(content | {"imageData": None, "imageHeight": 64, "imageWidth": 128}))
    assert run_labels(model, [path], ExistingPolicy.SKIP).skipped == 1  # type: ignore[attr-defined]
    run_labels(model, [path], ExistingPolicy.KEEP)
    assert label_file_of(path)["flags"] == {"checked twice": True, "red": True, "blue": True, "green": True}
    run_labels(model, [path], ExistingPolicy.REPLACE)
    assert label_file_of(path)["flags"] == {"checked twice": True, "red": False, "blue": True, "green": True}
    assert [shape["label"] for shape in label_file_of(path)["shapes"]] == ["mine"]  # type: ignore[attr-defined]


def test_logits_of_a_classifier_become_probabilities(manager: ModelManager, tmp_path: Path) -> None:
    model = load(manager, tmp_path, np.log([[0.05, 0.7, 0.25]]).astype(np.float32) + 3, task="classify")
    candidates = model.candidates(PICTURE)
    np.testing.assert_allclose(candidates.scores, [0.7, 0.25], atol=1e-5)


def test_a_classifier_sees_the_middle_of_the_picture(manager: ModelManager, tmp_path: Path) -> None:
    # Its scores are the means of the colour planes.
    nodes = [
        tiny.helper.make_node("ReduceMean", ["images"], ["output0"], axes=[2, 3], keepdims=0),
    ]
    graph = tiny.helper.make_graph(
        nodes,
        "tiny",
        [tiny.helper.make_tensor_value_info("images", tiny.TensorProto.FLOAT, ["b", 3, 64, 64])],
        [tiny.helper.make_tensor_value_info("output0", tiny.TensorProto.FLOAT, ["b", 3])],
    )
    made = tiny.helper.make_model(graph, opset_imports=[tiny.helper.make_opsetid("", 11)], ir_version=8)
    tiny.helper.set_model_props(made, tiny.ultralytics_metadata(task="classify"))
    model = manager.load(tiny.save(made, tmp_path / "means.onnx"))
    picture = np.zeros((100, 300, 3), np.uint8)
    picture[:, 100:200] = (255, 102, 0)
    picture[:, :100, 2] = picture[:, 200:, 2] = 255
    other = np.full((40, 30, 3), (0, 0, 204), np.uint8)
    assert model.predict_flags(picture) == {"red": True, "green": True}  # type: ignore[attr-defined]
    candidates = model.candidates(picture)
    np.testing.assert_allclose(candidates.scores, [1.0, 0.4], atol=0.02)
    paths = save_pictures(tmp_path, picture[..., ::-1], other[..., ::-1])
    run_labels(model, paths)
    assert [label_file_of(path)["flags"] for path in paths] == [{"red": True, "green": True}, {"blue": True}]


def test_the_filter_counts_objects_of_every_task(manager: ModelManager, tmp_path: Path) -> None:
    from anylabeling.messages.filtering import FilterQuery

    (path,) = save_pictures(tmp_path, SQUARE)
    rows = [(32, 32, 48, 48, 0.9, 0, 0, 1, 0), (20, 32, 24, 48, 0, 0.8, 0, 1, 0)]
    models = [
        lambda: load(manager, tmp_path, v8_output(*rows, extras=2), islands((4, 4, 12, 12)), task="segment"),
        lambda: load(manager, tmp_path, np.array([[0.1, 0.3, 0.6]], np.float32), task="classify"),
    ]
    for make in models:
        model = make()
        found = FilterEngine().run(FilterQuery(classes=frozenset({"green"})), [path], model)
        assert [(match.path, match.count) for match in found.matches] == [(path, 1)]
        assert FilterEngine().run(FilterQuery(classes=frozenset({"red"}), confidence=0.95), [path], model).matches == ()
