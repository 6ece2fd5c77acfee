"""A model goes on when its backend fails: in smaller batches, or on the next backend."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny
from numpy.typing import NDArray

from anylabeling.errors import BackendError
from anylabeling.messages.models import BackendChoice
from anylabeling.services.auto_labeling.backend import Backend, BackendMemoryError, BackendOptions
from anylabeling.services.auto_labeling.backend_registry import BACKENDS, choose
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec
from anylabeling.services.auto_labeling.models.yolo import YoloModel
from anylabeling.services.auto_labeling.onnxruntime_backend import OnnxRuntimeCpuBackend
from anylabeling.services.auto_labeling.resilient_backend import ResilientBackend
from anylabeling.utils.cancellation import Cancelled, CancelToken

CPU = next(row for row in BACKENDS if row.name == "onnx-cpu")


class SmallBackend(OnnxRuntimeCpuBackend):
    """A real backend on a device with memory for three pictures."""

    name = "small"
    preferred_batch = 8

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        super().__init__(spec, options)
        self.batches: list[int] = []

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        if len(blob) > 3:
            raise BackendMemoryError("The device is full.", details=f"{len(blob)} pictures")
        self.batches.append(len(blob))
        return super().infer(blob, cancel=cancel)


class DyingBackend(OnnxRuntimeCpuBackend):
    """A real backend whose device is lost after two calls."""

    name = "dying"
    device = "GPU"

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        super().__init__(spec, options)
        self.calls = 0
        self.closed = False

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        self.calls += 1
        if self.calls > 2:
            raise BackendError("The device is lost.", details="unplugged")
        return super().infer(blob, cancel=cancel)

    def close(self) -> None:
        self.closed = True
        super().close()


@pytest.fixture
def spec(tmp_path: Path) -> ModelSpec:
    return read_model_spec(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))


def resilient(spec: ModelSpec, backend: Backend) -> tuple[ResilientBackend, list[BackendChoice]]:
    """Return the backend with ONNX Runtime behind it, and what it announces."""

    def next_one(failed: Mapping[str, str]) -> tuple[Backend, BackendChoice]:
        return choose(spec, rows=[CPU], failed=failed)

    made = ResilientBackend(spec, backend, BackendChoice(backend.name, backend.device), next_one)
    announced: list[BackendChoice] = []
    made.choice_changed.connect(announced.append)
    return made, announced


def reds(*levels: float) -> NDArray[np.float32]:
    blob = np.zeros((len(levels), 3, tiny.SIDE, tiny.SIDE), np.float32)
    blob[:, 0] = np.array(levels, np.float32)[:, np.newaxis, np.newaxis]
    return blob


def test_a_batch_that_does_not_fit_is_halved_until_it_does(spec: ModelSpec) -> None:
    small = SmallBackend(spec, BackendOptions())
    backend, announced = resilient(spec, small)
    levels = np.linspace(0.1, 0.9, 8)
    (output,) = backend.infer(reds(*levels))
    assert output[:, 4, 0] == pytest.approx(levels, abs=0.001)
    assert small.batches == [2, 2, 2, 2]
    assert backend.preferred_batch == 2
    assert "not enough memory for 4 images" in announced[-1].notice
    assert announced[-1].backend == "small"
    small.batches.clear()
    count = len(announced)
    backend.infer(reds(*levels))
    assert small.batches == [2, 2, 2, 2]
    assert len(announced) == count  # what fits is known by now
    backend.close()


def test_a_backend_that_fails_hands_over_to_the_next_one(spec: ModelSpec) -> None:
    dying = DyingBackend(spec, BackendOptions())
    backend, announced = resilient(spec, dying)
    model = YoloModel(spec, backend, backend.choice or BackendChoice("", ""))
    picture = np.dstack([np.full((64, 64), 204, np.uint8), np.zeros((64, 64, 2), np.uint8)])
    scores = [model.predict_shapes(picture)[0].score for _ in range(5)]
    assert scores == pytest.approx([0.8] * 5, abs=0.001)
    assert dying.closed
    assert [choice.backend for choice in announced] == ["onnx-cpu"]
    assert "The backend dying failed while running, so the model goes on with onnx-cpu." in announced[0].notice
    assert ("dying", "it failed while running: The device is lost") in announced[0].rejected
    assert (model.info.choice.backend, model.info.choice.device) == ("onnx-cpu", "CPU")
    model.close()


def test_calls_at_once_all_get_results_when_the_backend_fails(spec: ModelSpec) -> None:
    backend, announced = resilient(spec, DyingBackend(spec, BackendOptions(concurrency=4)))
    found: dict[int, float] = {}

    def call(index: int) -> None:
        (output,) = backend.infer(reds(index / 10))
        found[index] = float(output[0, 4, 0])

    threads = [threading.Thread(target=call, args=(index,)) for index in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert found == {index: pytest.approx(index / 10, abs=0.001) for index in range(1, 9)}
    assert len(announced) == 1
    backend.close()


def test_an_input_that_no_backend_takes_changes_nothing(spec: ModelSpec) -> None:
    first = OnnxRuntimeCpuBackend(spec, BackendOptions())
    backend, announced = resilient(spec, first)
    wrong = np.zeros((1, 5, tiny.SIDE, tiny.SIDE), np.float32)
    for _ in range(2):
        with pytest.raises(BackendError, match="failed while running"):
            backend.infer(wrong)
    assert announced == []
    assert float(backend.infer(reds(0.5))[0][0, 4, 0]) == pytest.approx(0.5, abs=0.001)
    backend.close()


def test_pictures_made_for_one_backend_serve_the_next(spec: ModelSpec) -> None:
    backend, _announced = resilient(spec, OnnxRuntimeCpuBackend(spec, BackendOptions()))
    in_bytes = np.rint(reds(0.4, 0.8) * 255).astype(np.uint8).transpose(0, 2, 3, 1)
    (output,) = backend.infer(in_bytes)
    assert output[:, 4, 0] == pytest.approx([0.4, 0.8], abs=0.002)
    backend.close()


def test_cancelling_is_no_failure(spec: ModelSpec) -> None:
    backend, announced = resilient(spec, OnnxRuntimeCpuBackend(spec, BackendOptions()))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        backend.infer(reds(0.5), cancel=cancel)
    assert announced == []
    backend.close()
