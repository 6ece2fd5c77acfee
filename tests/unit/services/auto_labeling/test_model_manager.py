"""Loading, replacing and letting go of models; which backend is taken and why."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny
from numpy.typing import NDArray

from anylabeling.errors import BackendError, ModelError
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendOptions
from anylabeling.services.auto_labeling.backend_registry import BACKENDS, BackendRow, choose
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_lane import ModelLane
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec
from anylabeling.services.auto_labeling.runtime_info import RuntimeInfo
from anylabeling.utils.cancellation import Cancelled, CancelToken

RED = np.dstack([np.full((64, 64), 204, np.uint8), np.zeros((64, 64, 2), np.uint8)])


class AbsentBackend(Backend):
    """A backend that is not installed."""

    name = "absent"

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        return Availability(False, "its package is not installed")

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        raise AssertionError("a backend that is not usable must not be built")

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


class RefusingBackend(AbsentBackend):
    """A backend that is installed but cannot start."""

    name = "refusing"

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        return Availability(True)

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        raise BackendError("It could not start.", details="driver too old")


CPU = next(row for row in BACKENDS if row.name == "onnx-cpu")
ABSENT = BackendRow("absent", f"{__name__}:AbsentBackend")
REFUSING = BackendRow("refusing", f"{__name__}:RefusingBackend")


@pytest.fixture
def spec(tmp_path: Path) -> ModelSpec:
    return read_model_spec(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))


def test_the_first_backend_that_works_is_taken_and_the_others_have_a_reason(spec: ModelSpec) -> None:
    backend, choice = choose(spec, rows=[ABSENT, REFUSING, CPU])
    assert (choice.backend, choice.device) == ("onnx-cpu", "CPU")
    assert choice.rejected == (("absent", "its package is not installed"), ("refusing", "It could not start"))
    backend.close()


def test_a_preferred_backend_that_does_not_work_is_named_in_a_notice(spec: ModelSpec) -> None:
    backend, choice = choose(spec, "refusing", rows=[ABSENT, CPU, REFUSING])
    assert choice.backend == "onnx-cpu"
    assert "refusing is not used: It could not start" in choice.notice
    backend.close()
    backend, choice = choose(spec, "abacus", rows=[CPU])
    assert choice.backend == "onnx-cpu"
    assert "no such backend" in choice.notice
    backend.close()


def test_when_nothing_works_every_reason_is_told(spec: ModelSpec) -> None:
    with pytest.raises(BackendError) as caught:
        choose(spec, rows=[ABSENT, REFUSING])
    assert "not installed" in caught.value.details
    assert "driver too old" in caught.value.details


def test_packages_that_overwrite_each_other_are_noticed() -> None:
    info = RuntimeInfo(frozenset(), {"onnxruntime": "1", "onnxruntime-gpu": "1", "opencv-python": "5"}, False, 1)
    assert len(info.conflicts()) == 1
    assert "onnxruntime and onnxruntime-gpu" in info.conflicts()[0].text
    assert info.conflicts()[0].command == "pip uninstall -y onnxruntime onnxruntime-gpu && pip install onnxruntime"


def test_a_model_tells_what_it_is(redness: DetectionModel, manager: ModelManager) -> None:
    info = redness.info
    assert (info.name, info.family, info.task, info.layout) == ("redness", "yolo", "detect", "yolov8")
    assert (info.class_names, info.input_width, info.dynamic_batch) == (tiny.NAMES, 64, True)
    assert manager.current is redness
    assert manager.info == info


def test_the_first_run_settles_what_the_file_leaves_open(tmp_path: Path, manager: ModelManager) -> None:
    model = tiny.constant_model(
        ("b", "rows", "columns"), input_shape=("b", 3, 64, 64), values=np.zeros((1, 7, 84), np.float32)
    )
    loaded = manager.load(tiny.save(model, tmp_path / "open.onnx"))
    assert (loaded.info.layout, loaded.class_names) == ("yolov8", ("class_0", "class_1", "class_2"))


def test_an_output_that_is_not_what_the_file_promised_is_refused(tmp_path: Path, manager: ModelManager) -> None:
    model = tiny.constant_model(
        ("b", "rows", "columns"),
        input_shape=("b", 3, 64, 64),
        values=np.zeros((1, 9, 123), np.float32),
        metadata=tiny.ultralytics_metadata(),
    )
    with pytest.raises(ModelError, match=r"\[1,9,123\]"):
        manager.load(tiny.save(model, tmp_path / "liar.onnx"))
    assert manager.current is None


def test_a_model_that_cannot_be_loaded_leaves_the_present_one(
    tmp_path: Path, redness: DetectionModel, manager: ModelManager
) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"broken")
    with pytest.raises(ModelError):
        manager.load(tmp_path / "broken.onnx")
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        manager.load(redness.info.path, cancel=cancel)
    assert manager.current is redness
    assert redness.predict_shapes(RED)[0].score == pytest.approx(0.8)


def test_a_file_that_the_runtime_refuses_is_an_error_for_people(tmp_path: Path, manager: ModelManager) -> None:
    model = tiny.constant_model((1, 7, 84), metadata=tiny.ultralytics_metadata())
    model.graph.node[0].op_type = "NoSuchOperator"
    with pytest.raises(BackendError, match=r"refuses the model odd\.onnx"):
        manager.load(tiny.save(model, tmp_path / "odd.onnx"))


def test_a_model_that_is_held_lives_on_until_it_is_let_go(
    tmp_path: Path, redness: DetectionModel, manager: ModelManager
) -> None:
    with redness.hold():
        manager.unload()
        assert manager.current is None
        assert redness.predict_shapes(RED)[0].label == "red"
    with pytest.raises(ModelError, match="unloaded"):
        redness.predict_shapes(RED)


def test_only_as_many_calls_run_at_once_as_the_backend_takes() -> None:
    lane = ModelLane(2, lambda: None, "m")
    running, most, lock, meet = 0, 0, threading.Lock(), threading.Barrier(2)

    def call() -> None:
        nonlocal running, most
        with lane.call():
            with lock:
                running += 1
                most = max(most, running)
            meet.wait(timeout=60)  # passes only if two are inside together
            with lock:
                running -= 1

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert most == 2


def test_many_threads_get_their_own_results(redness: DetectionModel) -> None:
    def check(level: int) -> None:
        image = np.dstack([np.full((64, 64), level, np.uint8), np.zeros((64, 64, 2), np.uint8)])
        found = [redness.predict_shapes(image)[0].score or 0.0 for _ in range(20)]
        errors.extend(abs(score - level / 255) for score in found)

    errors: list[float] = []
    threads = [threading.Thread(target=check, args=(level,)) for level in (80, 120, 160, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(errors) == 80
    assert max(errors) < 0.001


def test_a_fixed_batch_is_filled_up(tmp_path: Path, manager: ModelManager) -> None:
    model = manager.load(tiny.save(tiny.redness_detector(batch=4), tmp_path / "four.onnx"))
    images = [np.full((64, 64, 3), level, np.uint8) for level in (100, 120, 140, 160, 180, 200)]
    scores = [shapes[0].score for shapes in model.predict_shapes_batch(images)]
    assert scores == pytest.approx([level / 255 for level in (100, 120, 140, 160, 180, 200)], abs=0.001)


def test_arrays_that_are_no_pictures_are_refused(redness: DetectionModel) -> None:
    with pytest.raises(ValueError, match="expected a uint8 picture"):
        redness.predict_shapes(np.zeros((64, 64), np.uint8))
