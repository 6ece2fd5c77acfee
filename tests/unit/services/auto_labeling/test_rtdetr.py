"""RT-DETR: boxes as shares of the picture, which the network sees stretched; with all scores or with the best alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import tiny_models as tiny

from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_spec import read_model_spec
from anylabeling.services.auto_labeling.models.yolo_outputs import condensed
from anylabeling.services.auto_labeling.postprocess import RTDETR, RTDETR_BEST

PICTURE = np.full((100, 200, 3), 90, np.uint8)
MANY_NAMES = tuple(f"kind {number}" for number in range(8))


def save(folder: Path, rows: np.ndarray, metadata: Mapping[str, str]) -> Path:
    values = np.zeros((1, 20, rows.shape[1]), np.float32)
    values[0, : len(rows)] = rows
    return tiny.save(tiny.constant_model(values.shape, values=values, metadata=metadata), folder / "detr.onnx")


def all_scores(folder: Path, **more: str) -> Path:
    rows = np.zeros((2, 4 + len(MANY_NAMES)), np.float32)
    rows[0, :4] = (0.5, 0.5, 0.5, 0.2)
    rows[0, 4 + 6] = 0.9
    rows[1, :4] = (0.1, 0.9, 0.2, 0.2)
    rows[1, 4 + 1] = 0.6
    return save(folder, rows, tiny.ultralytics_metadata(MANY_NAMES, **more))


def best_alone(folder: Path, **more: str) -> Path:
    rows = np.array([[0.5, 0.5, 0.5, 0.2, 0.9, 2], [0.1, 0.9, 0.2, 0.2, 0.6, 1]], np.float32)
    return save(folder, rows, tiny.ultralytics_metadata(head="RTDETRDecoder", end2end="False", **more))


def found_in(path: Path, picture: np.ndarray) -> list[tuple[str, float, list[list[float]]]]:
    manager = ModelManager()
    model = manager.load(path, preferred_backend="onnx-cpu")
    shapes = model.predict_shapes(picture, options=DetectOptions(confidence=0.3, iou=0.5))
    assert not model.info.has_iou
    manager.unload()
    return [(shape.label, shape.score or 0.0, shape.points.round(1).tolist()) for shape in shapes]


def test_an_export_with_all_scores_is_known_by_its_shape(tmp_path: Path) -> None:
    path = all_scores(tmp_path)
    assert read_model_spec(path).layout == RTDETR
    assert found_in(path, PICTURE) == [
        ("kind 6", pytest.approx(0.9), [[50.0, 40.0], [150.0, 60.0]]),
        ("kind 1", pytest.approx(0.6), [[0.0, 80.0], [40.0, 100.0]]),
    ]


def test_an_export_with_the_best_score_is_not_taken_for_end_to_end_yolo(tmp_path: Path) -> None:
    path = best_alone(tmp_path)
    assert read_model_spec(path).layout == RTDETR_BEST
    assert found_in(path, PICTURE) == [
        ("blue", pytest.approx(0.9), [[50.0, 40.0], [150.0, 60.0]]),
        ("green", pytest.approx(0.6), [[0.0, 80.0], [40.0, 100.0]]),
    ]


def test_two_classes_are_told_apart_by_the_head_that_the_file_names(tmp_path: Path) -> None:
    rows = np.zeros((1, 6), np.float32)
    names = ("cat", "dog")
    older = save(tmp_path, rows, tiny.ultralytics_metadata(names, description="Ultralytics rtdetr-l model"))
    assert read_model_spec(older).layout == RTDETR
    newer = save(tmp_path, rows, tiny.ultralytics_metadata(names, head="RTDETRDecoder"))
    assert read_model_spec(newer).layout == RTDETR_BEST


def test_a_config_may_say_it(tmp_path: Path) -> None:
    rows = np.array([[0.5, 0.5, 0.5, 0.2, 0.1, 0.9]], np.float32)
    save(tmp_path, rows, {})
    config = tmp_path / "config.yaml"
    config.write_text("type: rtdetr\nname: mine\nmodel_path: detr.onnx\nclasses: [cat, dog]\n", encoding="utf-8")
    assert [label for label, _, _ in found_in(config, PICTURE)] == ["dog"]


def test_the_picture_fills_the_input(tmp_path: Path) -> None:
    manager = ModelManager()
    model = manager.load(best_alone(tmp_path), preferred_backend="onnx-cpu")
    prepared = model.prepare(PICTURE)
    manager.unload()
    assert np.allclose(prepared.blob, 90 / 255)
    assert prepared.blob.shape == (3, tiny.SIDE, tiny.SIDE)


def test_what_another_process_gets_is_what_counts(tmp_path: Path) -> None:
    spec = read_model_spec(all_scores(tmp_path))
    output = np.zeros((1, 20, 12), np.float32)
    output[0, 3, 9] = 0.4
    output[0, 7, 4] = 0.01
    ((rows,),) = condensed(spec, [output], [0], np.float32(0.05))
    assert rows.tolist() == output[0, 3:4].tolist()


def test_other_numbers_of_values_are_refused_with_the_shapes(tmp_path: Path) -> None:
    path = save(tmp_path, np.zeros((1, 9), np.float32), tiny.ultralytics_metadata(description="rtdetr"))
    with pytest.raises(ModelError, match=r"output0\[1,20,9\]"):
        ModelManager().load(path, preferred_backend="onnx-cpu")
