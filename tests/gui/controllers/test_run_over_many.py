"""The window's run over many images: it uses a copy made for that, stops at once, goes on where it stopped."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest
from qtpy import QtWidgets

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))

import tiny_models as tiny  # noqa: E402

from anylabeling.codecs import encode_png  # noqa: E402
from anylabeling.composition import Services, build_services  # noqa: E402
from anylabeling.config import Config  # noqa: E402
from anylabeling.controllers.applied_steps import AppliedSteps  # noqa: E402
from anylabeling.controllers.batch import BatchController  # noqa: E402
from anylabeling.controllers.documents import DocumentController  # noqa: E402
from anylabeling.errors import ModelError  # noqa: E402
from anylabeling.messages.auto_labeling import (  # noqa: E402
    AutoLabelRequest,
    AutoLabelSummary,
    DetectOptions,
    ExistingPolicy,
)
from anylabeling.qt.task_runner import TaskRunner  # noqa: E402
from anylabeling.services.auto_labeling.detection_model import DetectionModel  # noqa: E402
from anylabeling.services.auto_labeling.runtime_info import available_cpus  # noqa: E402
from anylabeling.services.dataset.label_store import LabelStore  # noqa: E402
from anylabeling.utils.cancellation import CancelToken  # noqa: E402

COUNT = 60
WaitFor = Callable[..., None]


class Run:
    """The controller over real services, and what it says."""

    def __init__(self) -> None:
        self.runner = TaskRunner()
        self.services: Services = build_services(lambda: Config({"performance.preferred_backend": "onnx-cpu"}))
        self.documents = DocumentController()
        self.lent: list[DetectionModel] = []
        steps = AppliedSteps()
        services = self.services
        self.batch = BatchController(
            self.runner, self.documents, steps, services.pipeline_settings, self.lend, services.note_written
        )
        self.summaries: list[AutoLabelSummary] = []
        self.labelled: list[str] = []
        self.batch.finished.connect(self.summaries.append)
        self.batch.labelled.connect(self.labelled.extend)

    def lend(self, model: DetectionModel, images: int, cancel: CancelToken) -> AbstractContextManager[DetectionModel]:
        lent = self.services.lend_for_many(model, images, cancel)
        run = self

        class Watched(AbstractContextManager[DetectionModel]):
            def __enter__(self) -> DetectionModel:
                run.lent.append(lent.__enter__())
                return run.lent[-1]

            def __exit__(self, *error: object) -> None:
                lent.__exit__(*error)  # type: ignore[arg-type]

        return Watched()

    def load(self, path: Path) -> DetectionModel:
        return self.services.models.load(path, preferred_backend="onnx-cpu")


@pytest.fixture
def run(qapp: QtWidgets.QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = Run()
    yield made
    made.batch.cancel()
    made.services.models.unload()
    made.runner.shutdown()
    made.services.close()


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    folder = tmp_path / "pictures"
    folder.mkdir()
    pixels = np.dstack([np.full((64, 64), 200, np.uint8), np.zeros((64, 64, 2), np.uint8)])
    paths = [folder / f"{index:03}.png" for index in range(COUNT)]
    for path in paths:
        path.write_bytes(encode_png(pixels))
    return list(map(str, paths))


def request(paths: list[str]) -> AutoLabelRequest:
    return AutoLabelRequest(tuple(paths), DetectOptions(confidence=0.5), ExistingPolicy.SKIP)


@pytest.mark.skipif(available_cpus() < 2, reason="one core runs one call at a time in any layout")
def test_many_images_run_on_a_copy_that_is_gone_afterwards(
    run: Run, pictures: list[str], tmp_path: Path, wait_for: WaitFor
) -> None:
    model = run.load(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    run.batch.run(model, request(pictures), LabelStore(fsync=False))
    wait_for(lambda: not run.batch.running, 30.0)
    assert (run.summaries[0].labelled, run.summaries[0].failed) == (COUNT, ())
    copy = run.lent[0]
    assert copy is not model
    # The index knows what was written without another look at the files.
    columns = run.services.filter_stores().labels.columns(pictures)
    assert (columns.has_file.all(), np.diff(columns.offsets).tolist()) == (True, [1] * COUNT)
    assert copy.concurrency == min(4, available_cpus()) > model.concurrency
    with pytest.raises(ModelError):
        copy.predict_shapes(np.zeros((64, 64, 3), np.uint8))
    assert model.predict_shapes(np.full((64, 64, 3), 200, np.uint8))


def test_few_images_run_on_the_model_itself(run: Run, pictures: list[str], tmp_path: Path, wait_for: WaitFor) -> None:
    model = run.load(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    run.batch.run(model, request(pictures[:5]), LabelStore(fsync=False))
    wait_for(lambda: not run.batch.running, 30.0)
    assert run.lent == [model]
    assert run.summaries[0].labelled == 5


def test_a_run_that_was_stopped_goes_on_where_it_was(
    run: Run, pictures: list[str], tmp_path: Path, wait_for: WaitFor
) -> None:
    # Tens of milliseconds for each image: the run cannot be over when it is stopped.
    slow = tiny.redness_detector(nodes_before=120, matrix_side=512)
    model = run.load(tiny.save(slow, tmp_path / "slow.onnx"))
    run.batch.run(model, request(pictures), LabelStore(fsync=False))
    wait_for(lambda: len(run.labelled) >= 3, 60.0)
    run.batch.cancel()
    wait_for(lambda: not run.batch.running, 30.0)
    first = run.summaries[0]
    assert first.cancelled
    assert 3 <= first.labelled < COUNT
    written = {path: path.stat().st_mtime_ns for path in Path(pictures[0]).parent.glob("*.json")}
    assert len(written) >= first.labelled
    fast = run.load(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    run.batch.run(fast, request(pictures), LabelStore(fsync=False))
    wait_for(lambda: not run.batch.running, 30.0)
    second = run.summaries[1]
    assert (second.skipped, second.labelled) == (len(written), COUNT - len(written))
    assert all(path.stat().st_mtime_ns == then for path, then in written.items())
    assert all(Path(path).with_suffix(".json").exists() for path in pictures)


def test_an_image_that_is_open_gets_an_edit_and_no_file(
    run: Run, pictures: list[str], tmp_path: Path, wait_for: WaitFor
) -> None:
    run.documents.show(pictures[7], (64, 64), LabelStore().load(pictures[7]))
    entry = run.documents.find(pictures[7])
    assert entry is not None
    model = run.load(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    run.batch.run(model, request(pictures), LabelStore(fsync=False))
    wait_for(lambda: not run.batch.running and entry.document.shapes, 30.0)
    assert [shape.label for shape in entry.document.shapes] == ["red"]
    assert not Path(pictures[7]).with_suffix(".json").exists()
    assert Path(pictures[8]).with_suffix(".json").exists()


def test_cancelling_while_the_copy_is_being_loaded_waits_for_nothing(
    run: Run, pictures: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_for: WaitFor
) -> None:
    from anylabeling.services.auto_labeling import throughput_model

    loading, may_load = threading.Event(), threading.Event()
    really = throughput_model._open

    def held_up(*arguments: object) -> DetectionModel:
        loading.set()
        assert may_load.wait(30)
        return really(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(throughput_model, "_open", held_up)
    model = run.load(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    run.batch.run(model, request(pictures), LabelStore(fsync=False))
    if available_cpus() > 1:
        assert loading.wait(30)
    run.batch.cancel()
    wait_for(lambda: not run.batch.running, 30.0)
    assert not may_load.is_set()
    assert run.summaries[0].cancelled
    may_load.set()
    wait_for(lambda: not any("model-copy" in thread.name for thread in threading.enumerate()), 30.0)
