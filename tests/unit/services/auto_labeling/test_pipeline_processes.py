"""Runs in which other processes decode and write: the same files, failures named, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
import tiny_models as tiny

from anylabeling.codecs import encode_png
from anylabeling.document.model_result import ModelResult
from anylabeling.errors import BackendError
from anylabeling.messages.auto_labeling import AutoLabelRequest, AutoLabelSummary, DetectOptions, ExistingPolicy
from anylabeling.messages.filtering import FilterQuery
from anylabeling.messages.models import BackendChoice
from anylabeling.services.auto_labeling import pipeline_blocks
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.label_run import WrittenLabels, label_many
from anylabeling.services.auto_labeling.model_spec import read_model_spec
from anylabeling.services.auto_labeling.models.yolo import YoloModel
from anylabeling.services.auto_labeling.onnxruntime_backend import OnnxRuntimeCpuBackend, OnnxRuntimeCudaBackend
from anylabeling.services.auto_labeling.pipeline import PipelineSettings
from anylabeling.services.auto_labeling.resilient_backend import ResilientBackend
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.engine import FilterEngine, FilterStores
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.processes import ProcessPool, processes_available

pytestmark = pytest.mark.skipif(not processes_available(), reason="other processes are started on Linux only")

LEVELS = tuple(range(60, 252, 8))
SETTINGS = PipelineSettings(decode_threads=2, write_threads=2, batch_size=4, max_batch_size=4, processes=2)


class BytesOnCpuBackend(OnnxRuntimeCudaBackend):
    """The CUDA backend with its edited graph and its bindings, computed by the CPU."""

    def __init__(self, spec: Any, options: BackendOptions) -> None:
        self.batches: list[int] = []
        self.running: list[int] = []
        self.met: set[int] = set()
        super().__init__(spec, options)

    def infer(self, blob: Any, *, cancel: CancelToken | None = None) -> list[Any]:
        self.batches.append(len(blob))
        return super().infer(blob, cancel=cancel)

    def _run(self, session: Any, blob: Any, run_options: Any) -> list[Any]:
        if id(session) in self.running:
            self.met.add(id(session))
        self.running.append(id(session))
        try:
            return super()._run(session, blob, run_options)
        finally:
            self.running.remove(id(session))

    def _open(self, spec: Any, options: BackendOptions) -> Any:
        return OnnxRuntimeCpuBackend._open(self, spec, options)

    def _providers(self, options: BackendOptions) -> list[Any]:
        return ["CPUExecutionProvider"]


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[ProcessPool]:
    """Let every run wait until its processes serve, and return them."""
    made: list[ProcessPool] = []

    def wait_for(make: Any) -> Any:
        def made_and_ready(*arguments: Any) -> ProcessPool:
            pool: ProcessPool = make(*arguments)
            assert pool.wait_ready()
            made.append(pool)
            return pool

        return made_and_ready

    for name in ("preparing_pool", "finishing_pool"):
        monkeypatch.setattr(pipeline_blocks, name, wait_for(getattr(pipeline_blocks, name)))
    return made


@pytest.fixture
def runtime(tmp_path: Path) -> BytesOnCpuBackend:
    spec = read_model_spec(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    return BytesOnCpuBackend(spec, BackendOptions(threads=1, concurrency=2))


@pytest.fixture
def model(tmp_path: Path, runtime: BytesOnCpuBackend) -> Iterator[YoloModel]:
    spec = read_model_spec(tmp_path / "redness.onnx")
    choice = BackendChoice("onnx-gpu", "CPU")

    def nothing_else(_failed: object) -> NoReturn:
        raise BackendError("There is no other backend.")

    loaded = YoloModel(spec, ResilientBackend(spec, runtime, choice, nothing_else), choice)
    loaded.warm_up()
    yield loaded
    loaded.close()


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    paths = []
    for index, level in enumerate(LEVELS):
        pixels = np.dstack([np.full((64, 64), level, np.uint8), np.zeros((64, 64, 2), np.uint8)])
        paths.append(tmp_path / f"{index:02}.png")
        paths[-1].write_bytes(encode_png(pixels))
    return list(map(str, paths))


def label(model: YoloModel, paths: list[str], **more: Any) -> AutoLabelSummary:
    request = AutoLabelRequest(tuple(paths), DetectOptions(confidence=0.3), more.pop("existing", ExistingPolicy.KEEP))
    return label_many(model, request, LabelStore(fsync=False), settings=more.pop("settings", SETTINGS), **more)


def contents(paths: list[str]) -> list[Any]:
    return [json.loads(Path(path).with_suffix(".json").read_text()) for path in paths]


def test_other_processes_write_the_same_files(model: YoloModel, pictures: list[str], pools: list[ProcessPool]) -> None:
    assert label(model, pictures, settings=PipelineSettings(processes=0)).labelled == len(pictures)
    assert not pools
    alone = contents(pictures)
    for path in pictures:
        Path(path).with_suffix(".json").unlink()
    summary = label(model, pictures)
    found = sum(level / 255 >= 0.3 for level in LEVELS)
    assert (summary.labelled, summary.shapes, summary.failed) == (len(pictures), found, ())
    assert [pool.answered > 0 for pool in pools] == [True, True]
    assert contents(pictures) == alone
    assert label(model, pictures, existing=ExistingPolicy.SKIP).skipped == found


def test_calls_at_once_have_a_session_each(model: YoloModel, runtime: BytesOnCpuBackend) -> None:
    blob = np.full((4, 64, 64, 3), 100, np.uint8)
    network = model.bytes_network
    assert network is not None
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: network.run(blob), range(60)))
    assert len(answers) == 60
    assert not runtime.met
    model.close()
    with pytest.raises(BackendError, match="unloaded"):
        runtime.infer(blob)


@pytest.mark.parametrize("processes", [0, 2])
def test_a_run_has_one_shape(
    model: YoloModel, pictures: list[str], pools: list[ProcessPool], runtime: BytesOnCpuBackend, processes: int
) -> None:
    runtime.batches.clear()
    label(model, pictures[:-1], settings=replace(SETTINGS, processes=processes))
    assert set(runtime.batches) == {4}
    runtime.batches.clear()
    label(model, pictures[:5], existing=ExistingPolicy.REPLACE, settings=replace(SETTINGS, processes=processes))
    assert runtime.batches == [1] * 5


def test_what_fails_in_another_process_is_named_as_ever(
    model: YoloModel, pictures: list[str], pools: list[ProcessPool]
) -> None:
    Path(pictures[2]).write_bytes(Path(pictures[2]).read_bytes()[:60])
    Path(pictures[5]).unlink()
    Path(pictures[7]).with_suffix(".json").write_text('{"shapes": [')
    bad = [pictures[index] for index in (2, 5, 7)]
    summary = label(model, pictures)
    assert [path for path, _ in summary.failed] == bad
    assert all(Path(path).stem in reason for path, reason in summary.failed)
    assert summary.labelled == len(pictures) - 3
    assert Path(bad[-1]).with_suffix(".json").read_text() == '{"shapes": ['


def test_pictures_of_one_stem_do_not_meet(model: YoloModel, tmp_path: Path, pools: list[ProcessPool]) -> None:
    paths = []
    for index in range(8):
        for suffix, level in ((".png", 120), (".bmp", 220)):
            pixels = np.dstack([np.full((64, 64), level, np.uint8), np.zeros((64, 64, 2), np.uint8)])
            paths.append(tmp_path / f"same{index}{suffix}")
            paths[-1].write_bytes(encode_png(pixels))
    label(model, list(map(str, paths)))
    scores: dict[str, float] = {}
    for file in tmp_path.glob("same*.json"):
        content = json.loads(file.read_text())
        scores[content["imagePath"]] = content["shapes"][0]["score"]
    assert scores == {
        path.name: pytest.approx((120 if path.suffix == ".png" else 220) / 255, abs=0.002) for path in paths
    }


def test_open_images_stay_in_this_process(model: YoloModel, pictures: list[str], pools: list[ProcessPool]) -> None:
    claimed: list[tuple[str, int]] = []
    written: list[tuple[str, int]] = []
    opened = set(pictures[::5])

    def take(path: str, result: ModelResult) -> bool:
        claimed.append((path, len(result.shapes)))
        return path in opened

    def note(path: str, change: WrittenLabels) -> None:
        assert not change.removed
        assert change.added == len(LabelStore().load(path).annotation.shapes)
        assert change.stamp == LabelStore().stamp(path)
        written.append((path, change.added))

    label(model, pictures, take_result=take, may_take=opened.__contains__, on_written=note)
    assert opened <= {path for path, _ in claimed}
    assert {path for path, _ in written} == set(pictures) - opened
    assert not any(Path(path).with_suffix(".json").exists() for path in opened)


def test_the_filter_keeps_what_other_processes_make_of_it(
    model: YoloModel, pictures: list[str], pools: list[ProcessPool], runtime: BytesOnCpuBackend
) -> None:
    question = FilterQuery(confidence=0.3)
    alone = FilterEngine(replace(SETTINGS, processes=0)).run(question, pictures, model)
    assert not pools
    stores = FilterStores.in_memory()
    engine = FilterEngine(SETTINGS, stores)
    found = engine.run(question, pictures, model)
    assert [pool.answered > 0 for pool in pools] == [True, True]
    assert found.matches == alone.matches
    assert found.inferred == len(pictures)
    runtime.batches.clear()
    again = engine.run(replace(question, confidence=0.05, iou=0.6), pictures, model)
    assert not runtime.batches
    assert [match.path for match in again.matches] == pictures


def test_a_process_that_dies_costs_nothing_but_time(
    model: YoloModel, pictures: list[str], pools: list[ProcessPool], caplog: pytest.LogCaptureFixture
) -> None:
    def kill_all(_path: str, _count: int) -> None:
        for pool in pools:
            for process in pool.process_ids:
                os.kill(process, signal.SIGKILL)

    assert label(model, pictures, on_labelled=kill_all).labelled == len(pictures)
    assert all("worker process has died" in record.message for record in caplog.records)
    caplog.clear()


def test_cancelling_ends_at_once_and_leaves_no_process(
    model: YoloModel, pictures: list[str], pools: list[ProcessPool]
) -> None:
    many = pictures * 200
    cancel, begun = CancelToken(), threading.Event()
    summaries: list[AutoLabelSummary] = []

    def run() -> None:
        summaries.append(
            label(model, many, existing=ExistingPolicy.REPLACE, cancel=cancel, on_labelled=lambda *_: begun.set())
        )

    thread = threading.Thread(target=run)
    thread.start()
    assert begun.wait(60)
    processes = [process for pool in pools for process in pool.process_ids]
    cancel.cancel()
    thread.join(60)
    assert summaries[0].cancelled
    assert summaries[0].labelled < len(many)
    assert not any(Path(f"/proc/{process}").exists() for process in processes)
    assert not list(Path(pictures[0]).parent.glob(".*.tmp"))
