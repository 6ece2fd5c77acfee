"""What is read from model files, good and bad."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest
import tiny_models as tiny
from onnx import TensorProto, helper

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.model_files import MAX_METADATA_CHARS, clean_name, names_from, parse_names
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec

V8 = (1, 7, tiny.CELLS_V8)
V5 = (1, tiny.CELLS_V5, 8)


def spec_of(tmp_path: Path, model: onnx.ModelProto) -> ModelSpec:
    return read_model_spec(tiny.save(model, tmp_path / "m.onnx"))


def test_a_newer_layout_is_known_by_its_shape_and_metadata(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, tiny.constant_model(V8, metadata=tiny.ultralytics_metadata()))
    assert (spec.family, spec.task, spec.layout) == ("yolo", "detect", "yolov8")
    assert spec.class_names == tiny.NAMES
    assert (spec.input_size, spec.batch, spec.stride) == ((64, 64), 1, 32)
    assert spec.sources["class_names"] == "metadata"


def test_the_layout_with_objectness_is_known_without_a_task(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, tiny.constant_model(V5, metadata={"names": repr(list(tiny.NAMES)), "stride": "32"}))
    assert (spec.layout, spec.class_names) == ("yolov5", tiny.NAMES)


@pytest.mark.parametrize(("shape", "layout"), [(V8, "yolov8"), (V5, "yolov5")])
def test_without_names_classes_are_numbered(tmp_path: Path, shape: tuple[int, ...], layout: str) -> None:
    spec = spec_of(tmp_path, tiny.constant_model(shape))
    assert (spec.layout, spec.class_names) == (layout, ("class_0", "class_1", "class_2"))


def test_dynamic_axes_are_left_open_and_the_size_comes_from_the_metadata(tmp_path: Path) -> None:
    model = tiny.constant_model(
        ("batch", 7, "anchors"),
        input_shape=("batch", 3, "height", "width"),
        metadata=tiny.ultralytics_metadata(imgsz="[320, 416]"),
    )
    spec = spec_of(tmp_path, model)
    assert (spec.input_size, spec.batch, spec.default_size) == (None, None, (416, 320))
    assert (spec.layout, spec.dynamic_batch) == ("yolov8", True)


def test_a_dynamic_output_with_unknown_rows_is_settled_by_the_names(tmp_path: Path) -> None:
    model = tiny.constant_model(
        ("b", "n", 8), input_shape=("b", 3, "h", "w"), metadata={"names": repr(list(tiny.NAMES))}
    )
    assert spec_of(tmp_path, model).layout == "yolov5"


def test_raw_heads_beside_the_decoded_output_of_an_old_export_do_no_harm(tmp_path: Path) -> None:
    heads = [(1, 3, side, side, 8) for side in (8, 4, 2)]
    spec = spec_of(tmp_path, tiny.constant_model(V5, more_outputs=heads))
    assert (spec.layout, spec.output_names) == ("yolov5", ("output0",))


NAMES_ALONE = {"names": "{0: 'cat', 1: 'dog', 2: 'hen'}"}
PROTOTYPES = (1, 32, 16, 16)


@pytest.mark.parametrize(
    ("model", "task", "layout", "extras"),
    [
        (
            tiny.constant_model(
                (1, 39, 84), more_outputs=[PROTOTYPES], metadata=tiny.ultralytics_metadata(task="segment")
            ),
            "segment",
            "yolov8",
            32,
        ),
        (tiny.constant_model((1, 39, 84), more_outputs=[PROTOTYPES]), "segment", "yolov8", 32),
        (tiny.constant_model((1, 252, 40), more_outputs=[PROTOTYPES]), "segment", "yolov5", 32),
        (
            tiny.constant_model((1, 13, 84), metadata=tiny.ultralytics_metadata(task="pose", kpt_shape="[2, 3]")),
            "pose",
            "yolov8",
            6,
        ),
        (tiny.constant_model((1, 13, 84), metadata=tiny.ultralytics_metadata(task="pose")), "pose", "yolov8", 6),
        (tiny.constant_model((1, 8, 84), metadata=tiny.ultralytics_metadata(task="obb")), "obb", "yolov8", 1),
        (tiny.constant_model((1, 3), metadata=NAMES_ALONE), "classify", "classes", 0),
        (tiny.constant_model((1, 300, 6)), "detect", "end2end", 0),
        (
            tiny.constant_model((1, 20, 6), metadata=tiny.ultralytics_metadata(args="{'nms': True}")),
            "detect",
            "end2end",
            0,
        ),
        (
            tiny.constant_model(
                (1, 300, 38), more_outputs=[PROTOTYPES], metadata=tiny.ultralytics_metadata(task="segment")
            ),
            "segment",
            "end2end",
            32,
        ),
        (
            tiny.constant_model((1, 300, 7), metadata=tiny.ultralytics_metadata(task="obb")),
            "obb",
            "end2end",
            1,
        ),
        (
            tiny.constant_model(("batch", "found", 6), metadata=tiny.ultralytics_metadata()),
            "detect",
            "end2end",
            0,
        ),
    ],
)
def test_the_task_is_known_by_metadata_or_by_the_shapes(
    tmp_path: Path, model: onnx.ModelProto, task: str, layout: str, extras: int
) -> None:
    spec = spec_of(tmp_path, model)
    assert (spec.task, spec.layout, spec.extras) == (task, layout, extras)
    assert spec.output_names == tuple(output.name for output in model.graph.output)


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (tiny.constant_model(V8, metadata=tiny.ultralytics_metadata(task="segment")), "no mask prototypes"),
        (tiny.constant_model(V8, metadata=tiny.ultralytics_metadata(task="pose")), "how many key points"),
        (tiny.constant_model(V8, metadata=tiny.ultralytics_metadata(task="obb")), "oriented-box"),
        (tiny.constant_model(V8, metadata=tiny.ultralytics_metadata(args="{'nms': True}")), "for detection"),
        (tiny.constant_model((1, 5), metadata=tiny.ultralytics_metadata(task="classify")), "classification"),
        (tiny.constant_model(V8, metadata=tiny.ultralytics_metadata(task="depth")), "the task 'depth'"),
    ],
)
def test_outputs_that_do_not_fit_the_task_are_refused_with_the_shapes(
    tmp_path: Path, model: onnx.ModelProto, says: str
) -> None:
    with pytest.raises(ModelError) as caught:
        spec_of(tmp_path, model)
    assert says in caught.value.user_text
    shape = ",".join(str(axis.dim_value) for axis in model.graph.output[0].type.tensor_type.shape.dim)
    assert f"output0[{shape}]" in caught.value.user_text + caught.value.details


@pytest.mark.parametrize("shape", [(1, 3), (1, 1000), ("batch", 5)])
def test_two_axes_without_metadata_are_no_classifier(tmp_path: Path, shape: tuple[int | str, ...]) -> None:
    with pytest.raises(ModelError, match="not a model of a kind") as caught:
        spec_of(tmp_path, tiny.constant_model(shape))
    assert f"output0[{','.join(map(str, shape))}]" in caught.value.user_text
    assert "config.yaml with its classes" in caught.value.hint


def test_two_axes_are_a_classifier_where_a_config_names_the_classes(tmp_path: Path) -> None:
    tiny.save(tiny.constant_model((1, 3)), tmp_path / "m.onnx")
    (tmp_path / "config.yaml").write_text("type: yolov8\nmodel_path: m.onnx\nclasses: [cat, dog, hen]\n")
    spec = read_model_spec(tmp_path / "config.yaml")
    assert (spec.task, spec.class_names) == ("classify", ("cat", "dog", "hen"))


def test_a_config_tells_task_and_key_points(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    tiny.save(tiny.constant_model((1, 11, 84)), tmp_path / "m.onnx")
    config.write_text("type: yolov8_pose\nmodel_path: m.onnx\nclasses:\n  hand: [wrist, tip]\n")
    spec = read_model_spec(config)
    assert (spec.task, spec.class_names, spec.key_points) == ("pose", ("hand",), (2, 3))
    assert spec.key_point_names == ("wrist", "tip")
    tiny.save(tiny.constant_model((1, 8, 84)), tmp_path / "m.onnx")
    config.write_text("type: yolov8_obb\nmodel_path: m.onnx\nclasses: [ape, bee, cat]\n")
    assert (read_model_spec(config).task, read_model_spec(config).extras) == ("obb", 1)
    tiny.save(tiny.constant_model((1, 300, 6)), tmp_path / "m.onnx")
    config.write_text("type: yolov10\nmodel_path: m.onnx\nclasses: [ape, bee, cat]\n")
    assert read_model_spec(config).layout == "end2end"


@pytest.mark.parametrize(
    ("model", "shape"),
    [
        (tiny.constant_model((1, 9, 500)), "output0[1,9,500]"),
        (tiny.constant_model((1, 84, 8)), "output0[1,84,8]"),  # as many rows as cells: boxes that are not decoded
        (tiny.constant_model(V8, metadata=tiny.ultralytics_metadata(("one", "two"))), "output0[1,7,84]"),
        (tiny.constant_model((1, 7, 7, 7)), "output0[1,7,7,7]"),
        (tiny.constant_model(V8, input_shape=(1, 1, 64, 64)), "images[1,1,64,64]"),
        (tiny.constant_model(V8, input_shape=(1, 64, 64, 3)), "images[1,64,64,3]"),
        (tiny.constant_model(V8, input_type=TensorProto.INT64), "images[1,3,64,64]"),
    ],
)
def test_an_unknown_layout_is_refused_with_the_shapes(tmp_path: Path, model: onnx.ModelProto, shape: str) -> None:
    with pytest.raises(ModelError) as caught:
        spec_of(tmp_path, model)
    assert shape in caught.value.user_text


def test_files_that_are_no_models_are_refused(tmp_path: Path) -> None:
    whole = tiny.save(tiny.redness_detector(), tmp_path / "whole.onnx").read_bytes()
    bad = {
        "text.onnx": b"this is not a model\n" * 20,
        "empty.onnx": b"",
        "half.onnx": whole[: len(whole) // 2],
        "zeros.onnx": bytes(5000),
        "weights.bin": whole,
    }
    for name, content in bad.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ModelError) as caught:
            read_model_spec(path)
        assert name in caught.value.user_text
    with pytest.raises(ModelError, match="does not exist"):
        read_model_spec(tmp_path / "missing.onnx")
    with pytest.raises(ModelError, match="is a folder"):
        read_model_spec(tmp_path)


@pytest.mark.parametrize("location", ["../secret.bin", "/etc/passwd", "sub/../../secret.bin", ""])
def test_weights_outside_the_models_folder_are_not_touched(tmp_path: Path, location: str) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    (tmp_path / "secret.bin").write_bytes(bytes(4000))
    with pytest.raises(ModelError, match="outside its own folder"):
        read_model_spec(save_with_external_weights(folder, location))


def test_weights_in_a_file_beside_the_model_must_be_there(tmp_path: Path) -> None:
    path = save_with_external_weights(tmp_path, "weights.bin")
    with pytest.raises(ModelError, match=r"weights\.bin, which is missing"):
        read_model_spec(path)
    (tmp_path / "weights.bin").write_bytes(bytes(4 * 7 * tiny.CELLS_V8))
    assert read_model_spec(path).layout == "yolov8"


def test_a_link_beside_the_model_does_not_lead_out_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    (tmp_path / "secret.bin").write_bytes(bytes(4000))
    (folder / "weights.bin").symlink_to(tmp_path / "secret.bin")
    with pytest.raises(ModelError, match="outside its own folder"):
        read_model_spec(save_with_external_weights(folder, "weights.bin"))


def save_with_external_weights(folder: Path, location: str) -> Path:
    model = tiny.constant_model(V8, metadata=tiny.ultralytics_metadata())
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", location
    path = folder / "m.onnx"
    path.write_bytes(model.SerializeToString())
    return path


def test_hostile_metadata_is_neither_run_nor_believed(tmp_path: Path) -> None:
    marker = tmp_path / "executed"
    for names in (
        f"__import__('pathlib').Path({str(marker)!r}).touch()",
        "[" * 100_000,
        "{0: " * 5000,
        repr(dict.fromkeys(range(100_000), "x")),
        "'" + "x" * (MAX_METADATA_CHARS + 1) + "'",
        repr({0: "a", -5: "b"}),
        repr({0: ["nested"]}),
        repr({10**12: "a"}),
    ):
        spec = spec_of(tmp_path, tiny.constant_model(V8, metadata={"task": "detect", "names": names}))
        assert spec.class_names == ("class_0", "class_1", "class_2")
    assert not marker.exists()


def test_names_are_fit_to_be_shown_and_printed() -> None:
    assert parse_names(repr({0: "a\x1b[31mred\n", 2: "c" * 5000})) == ("a [31mred", "class_1", "c" * 200)
    assert parse_names('{"0": "json"}') == ("json",)
    assert names_from({"1": "b", "0": "a"}) == ("a", "b")
    assert clean_name("  two\twords ") == "two words"


def test_a_config_names_the_weights_and_the_classes(tmp_path: Path) -> None:
    tiny.save(tiny.constant_model(V8), tmp_path / "weights.onnx")
    config = tmp_path / "config.yaml"
    config.write_text(
        "type: yolov8\nname: mine\ndisplay_name: My model\nmodel_path: weights.onnx\ninput_width: 64\n"
        "input_height: 64\nscore_threshold: 0.5\nnms_threshold: 0.6\nconfidence_threshold: 0.35\n"
        "classes:\n  - ape\n  - bee\n  - cat\n"
    )
    spec = read_model_spec(config)
    assert (spec.name, spec.class_names) == ("My model", ("ape", "bee", "cat"))
    assert (spec.suggested.confidence, spec.suggested.iou) == (0.35, 0.6)
    assert spec.sources["class_names"] == "config"
    config.write_text(
        "type: yolov8\nmodel_path: weights.onnx\nclasses: {0: ape, 1: bee, 2: cat}\nconf_threshold: 0.1\n"
    )
    assert read_model_spec(config).class_names == ("ape", "bee", "cat")
    assert read_model_spec(config).suggested.confidence == 0.1


def test_weights_are_found_in_the_data_folder_of_the_other_program(tmp_path: Path, home_dir: Path) -> None:
    folder = home_dir / "anylabeling_data" / "models" / "mine"
    folder.mkdir(parents=True)
    tiny.save(tiny.constant_model(V8), folder / "weights.onnx")
    config = tmp_path / "config.yaml"
    config.write_text("type: yolov8\nname: mine\nmodel_path: weights.onnx\n")
    assert read_model_spec(config).path == folder / "weights.onnx"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("type: yolov8\n", "does not name a weights file"),
        ("type: segment_anything\nencoder_model_path: a.onnx\n", "Segment Anything"),
        ("type: yolov8\nmodel_path: nowhere.onnx\n", "nowhere.onnx"),
        ("type: yolov8\nmodel_path: weights.tflite\n", "only .onnx and .pt files"),
        ("- a\n- b\n", "not a model config"),
        ("a: [unclosed\n", "not valid YAML"),
        ("type: yolov8\nmodel_path: weights.onnx\nclasses: 7\n", "classes"),
        ("type: yolov8\nmodel_path: weights.onnx\nclasses: [a, b]\n", "output0[1,7,84]; 2 class names"),
    ],
)
def test_a_config_that_makes_no_sense_says_why(tmp_path: Path, text: str, says: str) -> None:
    tiny.save(tiny.constant_model(V8), tmp_path / "weights.onnx")
    (tmp_path / "weights.tflite").write_bytes(b"x")
    config = tmp_path / "config.yaml"
    config.write_text(text)
    with pytest.raises(ModelError) as caught:
        read_model_spec(config)
    assert says in caught.value.user_text


def test_weights_that_are_listed_as_inputs_are_no_inputs(tmp_path: Path) -> None:
    model = tiny.constant_model(V8)
    constant = model.graph.initializer[0]
    model.graph.input.append(helper.make_tensor_value_info(constant.name, TensorProto.FLOAT, list(constant.dims)))
    assert spec_of(tmp_path, model).input_names == ("images",)


def test_the_real_models_are_understood(data_dir: Path) -> None:
    models = data_dir / "models"
    known = {name: read_model_spec(models / f"{name}.onnx") for name in ("yolo11n", "yolov8n", "yolov5s")}
    assert {name: (spec.layout, spec.batch, spec.input_size) for name, spec in known.items()} == {
        "yolo11n": ("yolov8", None, None),
        "yolov8n": ("yolov8", 1, (640, 640)),
        "yolov5s": ("yolov5", 1, (640, 640)),
    }
    assert all(len(spec.class_names) == 80 and spec.class_names[5] == "bus" for spec in known.values())
    segment = read_model_spec(models / "yolo11n-seg.onnx")
    assert (segment.task, segment.layout, segment.extras) == ("segment", "yolov8", 32)
    assert segment.output_names == ("output0", "output1")
    pose = read_model_spec(models / "yolo11n-pose.onnx")
    assert (pose.task, pose.layout, pose.key_points, pose.class_names) == ("pose", "yolov8", (17, 3), ("person",))
    assert (pose.key_point_names[0], pose.key_point_names[-1]) == ("nose", "right_ankle")
    with pytest.raises(ModelError) as caught:
        read_model_spec(models / "mobile_sam.encoder.onnx")
    assert "input_image[image_height,image_width,3]" in caught.value.user_text
