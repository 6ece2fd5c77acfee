"""Real trainings, small and short: each task, an end in the middle, weights to go on from; the model is loaded."""

from __future__ import annotations

import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from heavy_needs import need
from labelled_folder import add, box, facts_of, outline, point, slanted
from test_session import children

from anylabeling.codecs import PixelFormat, decode
from anylabeling.messages.auto_labeling import AutoLabelRequest, DetectOptions, ExistingPolicy
from anylabeling.messages.training import RunState, TrainRequest, TrainRun, TrainTask
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.imaging.scanner import scan_folder
from anylabeling.services.training.process import log_tail
from anylabeling.services.training.run_store import RunStore
from anylabeling.services.training.session import TrainSession

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(300)]

SAMPLES = Path(__file__).parents[4] / "anylabeling" / "resources" / "samples"


def samples(folder: Path) -> Path:
    """Return the bundled pictures, labelled by the bundled model."""
    shutil.copytree(SAMPLES / "images", folder, ignore=shutil.ignore_patterns("*.md"))
    manager = ModelManager()
    model = manager.load(SAMPLES / "model" / "samples-yolo.onnx")
    request = AutoLabelRequest(tuple(scan_folder(folder)), DetectOptions(), ExistingPolicy.KEEP, None)
    label_many(model, request, LabelStore(root=folder))
    manager.unload()
    return folder


def test_boxes_from_scratch_after_an_end_in_the_middle(tmp_path: Path) -> None:
    need("ultralytics")
    folder = samples(tmp_path / "pictures")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    request = TrainRequest(TrainTask.DETECT, "street", epochs=3, image_size=64, batch=8, device="cpu")

    def kill(run: TrainRun) -> None:
        if len(run.figures) == 1:
            for pid in children(b"training.worker"):
                os.kill(pid, signal.SIGKILL)

    run = TrainSession(RunStore(), on_change=kill).begin(request, facts_of(folder))
    assert (run.state, run.can_resume) == (RunState.INTERRUPTED, True)
    run = TrainSession(RunStore()).go_on(run.folder)
    assert run.state is RunState.DONE, f"{run.problem}\n{run.details}"
    assert [one.epoch for one in run.figures] == [1, 2, 3]
    assert {name for name, _ in run.figures[0].losses} >= {"box_loss", "cls_loss"}
    assert "training has no network" not in log_tail(Path(run.folder), 10_000)
    assert run.result is not None
    assert len(run.result.classes) == 8
    manager = ModelManager()
    model = manager.load(run.result.model)
    assert sorted(model.class_names) == sorted(one.label for one in run.result.classes)
    assert model.info.task == "detect"
    pixels = decode(folder / "06-crowded-plaza.jpg", pixel_format=PixelFormat.RGB).pixels
    assert len(model.predict_shapes_batch([pixels, pixels])) == 2
    manager.unload()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    home = tmp_path / "home"
    assert {path.name for path in home.iterdir()} <= {".anylabeling", ".cache"}
    assert {path.name for path in (home / ".anylabeling").iterdir()} == {
        "training",
        "trusted_models.json",
        "ultralytics",
    }


@pytest.mark.data
def test_going_on_from_weights_finds_objects(tmp_path: Path, data_dir: Path) -> None:
    need("ultralytics")
    folder = samples(tmp_path / "pictures")
    weights = str(data_dir / "models" / "yolo11n.pt")
    request = TrainRequest(
        TrainTask.DETECT, weights=weights, epochs=3, image_size=192, device="cpu", classes=("person", "car", "boat")
    )
    run = TrainSession(RunStore()).begin(request, facts_of(folder), trust=True)
    assert run.state is RunState.DONE, f"{run.problem}\n{run.details}"
    assert run.result is not None
    assert run.result.score > 0.3
    manager = ModelManager()
    model = manager.load(run.result.model)
    assert model.class_names == ("person", "car", "boat")  # as COCO has them
    pixels = decode(folder / "06-crowded-plaza.jpg", pixel_format=PixelFormat.RGB).pixels
    shapes = model.predict_shapes(pixels, options=DetectOptions(confidence=0.1))
    assert "person" in {shape.label for shape in shapes}
    manager.unload()


def test_other_tasks(tmp_path: Path) -> None:
    need("ultralytics")
    tasks = (TrainTask.SEGMENT, TrainTask.POSE, TrainTask.ORIENTED, TrainTask.CLASSIFY)
    # Most of the time goes by with imports: two at once.
    with ThreadPoolExecutor(2) as threads:
        runs = dict(zip(tasks, threads.map(lambda task: trained(tmp_path / task.value, task), tasks), strict=True))
    for task, run in runs.items():
        assert run.state is RunState.DONE, f"{task}: {run.problem}\n{run.details}"
        assert run.result is not None
        assert run.result.note == ""
        manager = ModelManager()
        model = manager.load(run.result.model)
        assert model.info.task == task.value
        expected = {TrainTask.CLASSIFY: ("day", "night_ late"), TrainTask.POSE: ("cat",)}
        assert model.class_names == expected.get(task, ("cat", "dog"))
        model.candidates(decode(tmp_path / task.value / "0.jpg", pixel_format=PixelFormat.RGB).pixels)
        manager.unload()


def trained(folder: Path, task: TrainTask) -> TrainRun:
    shapes = {
        TrainTask.SEGMENT: (outline("cat"), box("dog")),
        TrainTask.POSE: (box("cat", 1), point("tail", 1), point("paw", 1)),
        TrainTask.ORIENTED: (slanted("cat"), box("dog")),
        TrainTask.CLASSIFY: (),
    }
    for number in range(6):
        flags = {"day" if number % 2 else "night: late": True} if task is TrainTask.CLASSIFY else {}
        add(folder, f"{number}.jpg", *shapes[task], flags=flags)
    request = TrainRequest(task, epochs=1, image_size=64, batch=2, device="cpu")
    return TrainSession(RunStore(folder / "runs")).begin(request, facts_of(folder))
