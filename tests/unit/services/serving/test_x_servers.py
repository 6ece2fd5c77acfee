"""Models on servers of X-AnyLabeling, as its documentation describes them (X-AnyLabeling-Server 0.0.10)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hostile_server import GREY, Hostile, config, load, shapes
from served_samples import KEY

from anylabeling.document.shape import ShapeKind
from anylabeling.errors import AppError
from anylabeling.messages.auto_labeling import AutoLabelRequest, DetectOptions
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.tiled_model import as_wished
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.identities import ModelIdentities

pytestmark = pytest.mark.usefixtures("remote_home")

X_WIDGETS = [{"name": "button_run", "value": None}, {"name": "edit_conf", "value": 0.3}]


@pytest.fixture
def other(hostile: Hostile) -> Hostile:
    hostile.models = {
        "yolo11n": {
            "display_name": "YOLO11n Detection",
            "widgets": [*X_WIDGETS, {"name": "edit_iou", "value": 0.7}],
            "params": {"model_path": "yolo11n.pt"},
        }
    }
    return hostile


def x_shape(label: str, kind: str, points: list[list[float]], **more: Any) -> dict[str, Any]:
    usual = {"attributes": {}, "description": None, "difficult": False, "direction": 0, "flags": None,
             "group_id": None, "kie_linking": [], "score": 0.9}  # fmt: skip
    return {"label": label, "shape_type": kind, "points": points, **usual, **more}


def box(left: float, top: float, right: float, bottom: float) -> list[list[float]]:
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def test_it_is_asked_in_its_own_words(other: Hostile, tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = []

    def predict(handler: Any) -> tuple[int, str, bytes]:
        assert handler.path == "/v1/predict"
        assert handler.headers["Token"] == KEY
        asked.append(json.loads(handler.body))
        return shapes(
            x_shape("cat", "rectangle", box(1, 2, 30, 40)),
            x_shape("cat", "rectangle", box(1, 2, 30, 41), score=0.8),
            x_shape("ship", "rotation", [[40, 10], [50, 20], [40, 30], [30, 20]], direction=0.785),
            x_shape("leaf", "polygon", [[1, 1], [9, 1], [9, 9], [4, 12]], score=0.2),
        )

    other.predict = predict
    model = load(config(tmp_path, other.address, model="yolo11n", params={"text_prompt": "cat"}))
    assert (model.info.name, model.suggested.confidence, model.suggested.iou) == ("YOLO11n Detection", 0.3, 0.7)
    found = model.predict_shapes(GREY)
    request = asked[-1]
    assert request["model"] == "yolo11n"
    assert request["image"].startswith("data:image/jpeg;base64,")
    assert request["params"] == {"text_prompt": "cat", "conf_threshold": 0.05, "iou_threshold": 0.9}
    assert [(shape.label, shape.kind) for shape in found] == [
        ("cat", ShapeKind.RECTANGLE),
        ("ship", ShapeKind.ROTATED_RECTANGLE),
    ]
    assert found[0].points.tolist() == [[1, 2], [30, 40]]
    # The classes are those that it has named by now; what it finds cannot be kept, for nobody knows its weights.
    assert model.class_names == ("cat", "ship", "leaf")
    assert ModelIdentities().identify(model.info) is None
    only = model.predict_shapes(GREY, options=DetectOptions(classes=frozenset({"ship"})))
    assert [shape.label for shape in only] == ["ship"]


def test_poses_stay_groups_and_each_of_its_own(other: Hostile, tmp_path: Path) -> None:
    pose = [
        x_shape("person", "rectangle", box(1, 2, 30, 40), group_id=7),
        x_shape("nose", "point", [[10, 10]], group_id=7, score=0.4),
        x_shape("person", "rectangle", box(40, 2, 70, 40), group_id=9, score=0.7),
        x_shape("nose", "point", [[50, 10]], group_id=9),
    ]
    other.predict = lambda _handler: shapes(*pose)
    found = load(config(tmp_path, other.address, model="yolo11n")).predict_shapes(GREY)
    assert [(shape.label, shape.group_id) for shape in found] == [
        ("person", 1),
        ("nose", 1),
        ("person", 2),
        ("nose", 2),
    ]


def test_labels_that_come_up_during_a_run_are_counted(other: Hostile, tmp_path: Path, pictures: list[str]) -> None:
    numbers = iter(range(100))
    other.predict = lambda _handler: shapes(x_shape(f"label {next(numbers)}", "rectangle", box(0, 0, 20, 20)))
    model = load(config(tmp_path, other.address, model="yolo11n"))
    paths = []
    for path in pictures[:3]:
        copy = tmp_path / Path(path).name
        copy.write_bytes(Path(path).read_bytes())
        paths.append(str(copy))
    summary = label_many(model, AutoLabelRequest(tuple(paths)), LabelStore(root=tmp_path))
    assert sorted(summary.per_class) == [("label 1", 1), ("label 2", 1), ("label 3", 1)]


def test_classes_of_the_config_leave_others_out(other: Hostile, tmp_path: Path) -> None:
    other.predict = lambda _handler: shapes(
        x_shape("cat", "rectangle", box(1, 2, 30, 40)), x_shape("dog", "rectangle", box(40, 2, 70, 40))
    )
    model = load(config(tmp_path, other.address, model="yolo11n", classes=["dog", "cow"]))
    assert [shape.label for shape in model.predict_shapes(GREY)] == ["dog"]
    assert model.class_names == ("dog", "cow")


def test_coordinates_of_a_smaller_picture_are_those_of_the_whole_one(other: Hostile, tmp_path: Path) -> None:
    other.predict = lambda _handler: shapes(x_shape("cat", "rectangle", box(1, 2, 30, 40)))
    model = load(config(tmp_path, other.address, model="yolo11n"))
    found = model.candidates(GREY, full_size=(800, 600)).select(DetectOptions(), model.class_names)
    assert found.to_shapes(model.class_names)[0].points.tolist() == [[10, 20], [300, 400]]


def test_what_is_typed_is_its_text_prompt(other: Hostile, tmp_path: Path) -> None:
    asked: list[dict[str, Any]] = []

    def predict(handler: Any) -> tuple[int, str, bytes]:
        asked.append(json.loads(handler.body)["params"])
        return shapes(
            x_shape("red car", "polygon", [[1, 1], [9, 1], [9, 9]]),
            x_shape("else", "polygon", [[1, 1], [9, 1], [9, 9]]),
        )

    other.predict = predict
    other.models["yolo11n"]["batch_processing_mode"] = "text_prompt"
    model = load(config(tmp_path, other.address, model="yolo11n"))
    assert model.info.takes_text
    assert (model.class_names, asked) == ((), [])
    with pytest.raises(AppError, match="nothing is typed"):
        model.predict_shapes(GREY)
    worded = as_wished(model, None, ("red car", "dog no. 5"))
    assert [shape.label for shape in worded.predict_shapes(GREY)] == ["red car", "else"]
    assert asked[-1]["text_prompt"] == "red car, dog no  5"
    # What the config says counts as long as nothing is typed.
    model = load(config(tmp_path, other.address, model="yolo11n", params={"text_prompt": "bus, car"}))
    assert model.class_names == ("bus", "car")
    model.predict_shapes(GREY)
    assert asked[-1]["text_prompt"] == "bus, car"
    assert as_wished(as_wished(model, None, ("dog",)), None, ()).class_names == ("bus", "car")
