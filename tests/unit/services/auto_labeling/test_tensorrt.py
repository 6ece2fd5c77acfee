"""TensorRT engines: what they are made for, when a stored one counts, and building them for real without a GPU."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import tiny_models as tiny
from heavy_needs import need

from anylabeling.errors import BackendError
from anylabeling.services.auto_labeling.backend import BackendOptions, TensorRtOptions
from anylabeling.services.auto_labeling.backend_registry import BACKENDS, choose
from anylabeling.services.auto_labeling.model_spec import read_model_spec
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.services.auto_labeling.tensorrt_backend import TensorRtBackend, builder_name, import_tensorrt
from anylabeling.services.auto_labeling.tensorrt_engines import (
    EngineRecipe,
    EngineStore,
    build_engine,
    graph_for,
    profile_shapes,
)
from anylabeling.utils.cancellation import Cancelled, CancelToken

RECIPE = EngineRecipe(
    model="m" * 32,
    calibration="",
    precision="fp16",
    input_shape=(16, 640, 640),
    fixed_batch=False,
    takes_bytes=True,
    workspace_bytes=4 << 30,
    builder="tensorrt 10.1",
    device="GPU (8.9)",
)
CHANGES: dict[str, Any] = {
    "model": "n" * 32,
    "calibration": "c",
    "precision": "int8",
    "input_shape": (8, 640, 640),
    "fixed_batch": True,
    "takes_bytes": False,
    "workspace_bytes": 1 << 30,
    "builder": "tensorrt 10.2",
    "device": "GPU (9.0)",
}


def test_every_field_makes_another_engine() -> None:
    assert set(CHANGES) == {field.name for field in fields(EngineRecipe)}
    keys = {replace(RECIPE, **{name: value}).key for name, value in CHANGES.items()}
    assert len(keys | {RECIPE.key}) == len(CHANGES) + 1


def test_an_engine_comes_back_whole_or_not_at_all(tmp_path: Path) -> None:
    store = EngineStore(tmp_path / "engines")
    assert store.get(RECIPE) is None
    store.put(RECIPE, b"engine" * 100)
    assert EngineStore(tmp_path / "engines").get(RECIPE) == b"engine" * 100
    for name, value in CHANGES.items():
        assert store.get(replace(RECIPE, **{name: value})) is None, name
    file = tmp_path / "engines" / f"{RECIPE.key}.engine"
    file.write_bytes(file.read_bytes()[:-1])
    assert store.get(RECIPE) is None
    store.put(RECIPE, b"new")
    assert store.get(RECIPE) == b"new"
    (tmp_path / "engines" / f"{RECIPE.key}.json").write_text("{")
    assert store.get(RECIPE) is None
    store.discard(RECIPE)
    assert list((tmp_path / "engines").iterdir()) == []


def test_an_engine_of_an_older_version_makes_room(tmp_path: Path) -> None:
    store = EngineStore(tmp_path)
    store.put(RECIPE, b"old")
    store.put(replace(RECIPE, precision="int8"), b"other")
    newer = replace(RECIPE, builder="tensorrt 10.2")
    store.put(newer, b"new")
    assert store.get(RECIPE) is None
    assert store.get(newer) == b"new"
    assert store.get(replace(RECIPE, precision="int8")) == b"other"


def test_a_folder_that_cannot_be_made_costs_the_store_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = EngineStore(tmp_path / "file" / "engines")
    store.put(RECIPE, b"engine")
    assert store.get(RECIPE) is None


def test_the_profile_reaches_from_one_image_to_the_largest_batch() -> None:
    assert profile_shapes(RECIPE) == ((1, 640, 640, 3), (8, 640, 640, 3), (16, 640, 640, 3))
    planes = replace(RECIPE, takes_bytes=False, fixed_batch=True, input_shape=(4, 320, 640))
    assert profile_shapes(planes) == ((4, 3, 320, 640),) * 3


def test_the_settings_say_what_the_engine_is(tmp_path: Path) -> None:
    spec = read_model_spec(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    images = (str(tmp_path / "a.jpg"), "b.jpg")
    options = BackendOptions(
        max_batch=12, tensorrt=TensorRtOptions(fp16=True, int8=True, workspace_gb=0.5, calibration_images=images)
    )
    recipe = EngineRecipe.of(spec, options, "tensorrt 10.1", "GPU (8.9)")
    assert (recipe.precision, recipe.input_shape, recipe.workspace_bytes) == ("int8", (12, 64, 64), 1 << 29)
    assert recipe.calibration
    Path(images[0]).write_bytes(b"another picture under the same name")
    assert EngineRecipe.of(spec, options, "tensorrt 10.1", "GPU (8.9)") != recipe
    half = EngineRecipe.of(spec, replace(options, tensorrt=TensorRtOptions()), "tensorrt 10.1", "GPU (8.9)")
    assert (half.precision, half.calibration) == ("fp16", "")


def test_auto_does_not_look_at_it_unless_it_is_switched_on(tmp_path: Path) -> None:
    spec = read_model_spec(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    row = next(row for row in BACKENDS if row.name == "tensorrt")
    with pytest.raises(BackendError) as caught:
        choose(spec, rows=[row])
    assert "switched off" in caught.value.details
    switched_on = BackendOptions(tensorrt=TensorRtOptions(enabled=True))
    if TensorRtBackend.probe(spec).usable:
        return
    with pytest.raises(BackendError) as caught:
        choose(spec, rows=[row], options=switched_on)
    assert "switched off" not in caught.value.details


@pytest.fixture
def trt() -> Any:
    if not runtime_info().has("tensorrt"):
        need("tensorrt_rtx")
    return import_tensorrt()


@pytest.mark.heavy
@pytest.mark.data
@pytest.mark.parametrize("precision", ["fp32", "fp16", "int8"])
@pytest.mark.parametrize("name", ["yolo11n", "yolov8n", "yolov5s"])
def test_engines_of_real_models_are_built(trt: Any, data_dir: Path, name: str, precision: str) -> None:
    spec = read_model_spec(data_dir / "models" / f"{name}.onnx")
    shares: list[float] = []
    images = tuple(map(str, sorted((data_dir / "photos" / "voc40").glob("*.jpg"))[:4]))
    options = BackendOptions(
        max_batch=4,
        tensorrt=TensorRtOptions(
            fp16=precision == "fp16", int8=precision == "int8", workspace_gb=1, calibration_images=images
        ),
    )
    recipe = EngineRecipe.of(spec, options, builder_name(trt), "no GPU")
    graph = graph_for(spec, recipe, options)
    engine = build_engine(
        trt, graph, spec.input_names[0], recipe, on_progress=lambda _text, share: shares.append(share)
    )
    assert len(engine) > 1_000_000
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.2
    assert 0.5 < shares[-1] <= 1


@pytest.mark.heavy
@pytest.mark.data
def test_building_ends_when_it_is_cancelled(trt: Any, data_dir: Path) -> None:
    spec = read_model_spec(data_dir / "models" / "yolo11n.onnx")
    options = BackendOptions()
    recipe = EngineRecipe.of(spec, options, builder_name(trt), "no GPU")
    cancel = CancelToken()
    calls: list[float] = []

    def stop(_text: str, share: float) -> None:
        calls.append(share)
        cancel.cancel()

    with pytest.raises(Cancelled):
        build_engine(trt, graph_for(spec, recipe, options), "images", recipe, on_progress=stop, cancel=cancel)
    assert len(calls) < 50


@pytest.mark.heavy
def test_what_the_parser_says_is_told(trt: Any, tmp_path: Path) -> None:
    model = tiny.redness_detector()
    model.graph.node[0].op_type = "NoSuchOperator"
    with pytest.raises(BackendError, match="cannot read the model") as caught:
        build_engine(trt, model.SerializeToString(), "images", replace(RECIPE, input_shape=(2, 64, 64)))
    assert "NoSuchOperator" in caught.value.details
