"""What a config.yaml says about which detections count is done, in the window's model and over many images."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import tiny_models as tiny

from anylabeling.codecs import encode_png
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import AutoLabelRequest, DetectOptions, SuggestedOptions
from anylabeling.messages.filtering import FilterQuery
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_spec import read_model_spec
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.engine import FilterEngine, FilterStores


def config_of(folder: Path, *lines: str) -> Path:
    tiny.save(tiny.three_in_one_place(), folder / "m.onnx")
    config = folder / "config.yaml"
    config.write_text("\n".join(["type: yolov8", "model_path: m.onnx", *lines]) + "\n", encoding="utf-8")
    return config


def picture() -> np.ndarray:
    return np.full((64, 64, 3), 200, np.uint8)


def labels(model: DetectionModel) -> list[str]:
    return [shape.label for shape in model.predict_shapes(picture())]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", ["red", "green", "blue"]),
        ("filter_classes: [blue, green]", ["green", "blue"]),
        ("filter_classes:\n  - blue\n  - horse", ["blue"]),
        ("filter_classes: [2]", ["blue"]),
        ("filter_classes: red", ["red"]),
        ("filter_classes:", ["red", "green", "blue"]),
        ("filter_classes: []", ["red", "green", "blue"]),
        ("max_det: 2", ["red", "green"]),
        ("max_det: 0", ["red", "green", "blue"]),
        ("max_det: many", ["red", "green", "blue"]),
        ("agnostic: true", ["red"]),
        ("agnostic: false", ["red", "green", "blue"]),
        ("agnostic: true\nfilter_classes: [blue, green]", ["green"]),
        ("agnostic: true\niou_threshold: 1.0", ["red", "green", "blue"]),
        ("conf_threshold: 0.7", ["red", "green"]),
    ],
)
def test_what_a_config_asks_for_is_done(tmp_path: Path, manager: ModelManager, line: str, found: list[str]) -> None:
    assert labels(manager.load(config_of(tmp_path, line))) == found


def test_classes_that_the_model_does_not_have_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"does not have: cow, horse\.") as caught:
        read_model_spec(config_of(tmp_path, "filter_classes: [horse, cow]"))
    assert "red, green, blue" in caught.value.hint


def test_a_number_that_is_a_name_is_the_name(tmp_path: Path) -> None:
    config = config_of(tmp_path, "classes: [2, 0, 1]", "filter_classes: [2]")
    assert read_model_spec(config).suggested.classes == {"2"}


def test_what_a_person_asks_for_comes_before_the_config(tmp_path: Path, manager: ModelManager) -> None:
    model = manager.load(config_of(tmp_path, "filter_classes: [blue]", "max_det: 1"))
    shapes = model.predict_shapes(picture(), options=DetectOptions(classes=frozenset({"red", "green"})))
    assert [shape.label for shape in shapes] == ["red", "green"]
    usual = DetectOptions(0.5, 0.6, frozenset({"red"}), 7)
    assert model.suggested.over(usual) == DetectOptions(0.5, 0.6, frozenset({"blue"}), 1)
    assert SuggestedOptions().over(usual) == usual


def test_a_run_over_images_and_the_filter_count_overlapping_classes_once(tmp_path: Path, manager: ModelManager) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encode_png(picture()))
    model = manager.load(config_of(tmp_path, "agnostic: true"))
    label_many(model, AutoLabelRequest((str(path),), model.default_options), LabelStore())
    assert [shape["label"] for shape in json.loads(path.with_suffix(".json").read_text())["shapes"]] == ["red"]
    engine = FilterEngine(stores=FilterStores.in_memory())
    for iou, wanted in ((0.45, 1), (1.0, 3), (0.45, 1)):
        summary = engine.run(FilterQuery(iou=iou), [str(path)], model)
        assert sum(count for _, count in summary.matches[0].counts) == wanted
    # The same weights with another config are another model to the store.
    other = manager.load(config_of(tmp_path))
    summary = engine.run(FilterQuery(), [str(path)], other)
    assert (summary.inferred, sum(count for _, count in summary.matches[0].counts)) == (1, 3)


@pytest.mark.parametrize(("line", "names"), [("", ["tip"]), ("kpt_threshold: 0.25", ["wrist", "tip"])])
def test_key_points_need_the_score_that_a_config_says(
    tmp_path: Path, manager: ModelManager, line: str, names: list[str]
) -> None:
    values = np.zeros((1, 4 + 1 + 6, tiny.CELLS_V8), np.float32)
    values[0, :, 0] = (32, 32, 20, 20, 0.9, 26, 30, 0.3, 38, 30, 0.8)
    tiny.save(tiny.constant_model(values.shape, values=values), tmp_path / "m.onnx")
    config = tmp_path / "config.yaml"
    config.write_text(f"type: yolov8_pose\nmodel_path: m.onnx\nclasses:\n  hand: [wrist, tip]\n{line}\n")
    assert [shape.label for shape in manager.load(config).predict_shapes(picture())] == ["hand", *names]
