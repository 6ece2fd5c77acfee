"""One training from its beginning to its end, with a real process that speaks as the one does that trains."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from labelled_folder import boxes_folder, facts_of, trainer

from anylabeling.errors import DiskFullError, StorageError, UsageError
from anylabeling.messages.training import RunState, TrainRequest, TrainRun, TrainTask
from anylabeling.services.training import needs as needs_module
from anylabeling.services.training.process import log_tail
from anylabeling.services.training.protocol import RESUME_FILE
from anylabeling.services.training.run_store import RunStore
from anylabeling.services.training.session import TrainSession, write_for_elsewhere

REQUEST = TrainRequest(TrainTask.DETECT, name="pets", epochs=5, image_size=64)


class Watched:
    """A session, and everything that it has told."""

    def __init__(self, *behaviour: str, react: Callable[[Watched, TrainRun], object] = lambda *_: None) -> None:
        self.told: list[TrainRun] = []
        self.store = RunStore()
        self._react = react
        self.session = TrainSession(self.store, on_change=self._on_change, command=trainer(*behaviour))

    def _on_change(self, run: TrainRun) -> None:
        self.told.append(run)
        self._react(self, run)


def test_a_run_from_beginning_to_end(tmp_path: Path) -> None:
    watched = Watched("odd")
    run = watched.session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert run.state is RunState.DONE
    assert (run.images, run.batch, run.device) == ((8, 2), 16, "CPU")
    assert [one.epoch for one in run.figures] == [1, 2, 3, 4, 5]
    assert run.figures[1].losses == (("box_loss", 1.0),)
    assert run.best is run.figures[4]
    assert run.result is not None
    assert Path(run.result.model).read_bytes() == b"model"
    assert Path(run.result.model).name == "pets.onnx"
    assert (run.result.score, run.result.classes[0].label) == (0.85, "cat")
    assert not run.can_resume
    assert not (Path(run.folder) / RESUME_FILE).exists()
    states = [told.state for told in watched.told]
    assert states == sorted(states, key=list(RunState).index)
    assert any(told.share == 0.5 for told in watched.told)
    assert watched.told[-3].left_s == 0.0
    assert "bold" in log_tail(Path(run.folder)).splitlines()
    (kept,) = watched.store.runs()
    assert kept == run


def test_too_little_memory_halves_the_batch(tmp_path: Path) -> None:
    watched = Watched("memory=5")
    run = watched.session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert (run.state, run.batch) == (RunState.DONE, 4)
    assert [note for note in run.notes if "memory" in note] == [
        "There was too little memory for 16 images at once; it goes on with 8.",
        "There was too little memory for 8 images at once; it goes on with 4.",
    ]


def test_too_little_memory_for_one_image(tmp_path: Path) -> None:
    run = Watched("memory=0").session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert run.state is RunState.FAILED
    assert run.problem == "There is too little memory, even for one image at a time."


@pytest.mark.parametrize(
    ("behaviour", "state", "problem"),
    [
        ("die=2", RunState.INTERRUPTED, "The process that trains was ended from outside"),
        ("disk=2", RunState.FAILED, "The disk is full."),
    ],
)
def test_what_ends_in_the_middle_goes_on(tmp_path: Path, behaviour: str, state: RunState, problem: str) -> None:
    watched = Watched(behaviour)
    run = watched.session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert (run.state, len(run.figures), run.can_resume) == (state, 2, True)
    assert run.problem.startswith(problem)
    assert "go on with it" in run.hint
    assert "This goes into the log." in run.details
    (kept,) = watched.store.runs()
    assert kept.can_resume
    run = Watched().session.go_on(run.folder)
    assert (run.state, run.problem) == (RunState.DONE, "")
    assert [one.epoch for one in run.figures] == [1, 2, 3, 4, 5]


def test_stopped_ones_keep_the_best_and_may_go_on(tmp_path: Path) -> None:
    asked: list[float] = []

    def once(own: Watched, run: TrainRun) -> None:
        if run.share == 0.6 and not asked:
            asked.append(run.share)
            own.session.stop()

    watched = Watched("slow", react=once)
    run = watched.session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert (run.state, len(run.figures)) == (RunState.STOPPED, 1)
    assert run.result is not None
    assert run.can_resume
    run = Watched().session.go_on(run.folder)
    assert (run.state, len(run.figures)) == (RunState.DONE, 5)


def test_stopped_at_once_keeps_the_best(tmp_path: Path) -> None:
    def twice(own: Watched, run: TrainRun) -> None:
        if len(run.figures) == 2:
            own.session.stop()
            own.session.stop()

    run = Watched("wait=3", react=twice).session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert (run.state, len(run.figures)) == (RunState.STOPPED, 2)
    assert run.result is not None


def test_stopped_before_there_is_anything(tmp_path: Path) -> None:
    def twice(own: Watched, run: TrainRun) -> None:
        if run.device:
            own.session.stop()
            own.session.stop()

    run = Watched("wait=1", react=twice).session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert (run.state, run.result, run.can_resume) == (RunState.STOPPED, None, False)
    assert run.problem == "It was stopped before the first epoch was whole, so there is no model."


def test_the_program_that_ends_leaves_no_process(tmp_path: Path) -> None:
    pids: list[int] = []

    def leave(own: Watched, run: TrainRun) -> None:
        if len(run.figures) == 1 and not pids:
            pids.extend(children())
            own.session.abandon()

    run = Watched("wait=2", react=leave).session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert (run.state, run.can_resume) == (RunState.INTERRUPTED, True)
    assert pids
    assert not set(pids) & set(children())


def children(part: bytes = b"stand_in_trainer") -> list[int]:
    """Return the training processes that this one has started and not waited for."""
    own = str(os.getpid())
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            try:
                fields = (place / "stat").read_text().rpartition(")")[2].split()
                command = (place / "cmdline").read_bytes()
            except OSError:
                continue
            if fields[1] == own and part in command:
                found.append(int(place.name))
    return found


def test_a_killed_process_is_said_at_once(tmp_path: Path) -> None:
    def kill(_own: Watched, run: TrainRun) -> None:
        if len(run.figures) == 1:
            for pid in children():
                os.kill(pid, signal.SIGKILL)

    run = Watched("wait=2", react=kill).session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert (run.state, run.can_resume) == (RunState.INTERRUPTED, True)


def test_the_end_before_the_last_epoch_is_explained(tmp_path: Path) -> None:
    run = Watched("early=3").session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert run.state is RunState.DONE
    assert run.notes[-1] == "It ended after 3 epochs, since it no longer got better."


def test_weights_are_the_model_where_the_export_fails(tmp_path: Path) -> None:
    run = Watched("noexport").session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    assert run.state is RunState.DONE
    assert run.result is not None
    assert Path(run.result.model).name == "pets.pt"
    assert run.result.note == "The model could not be exported to ONNX: no exporter"


def test_a_run_whose_program_was_killed_is_found(tmp_path: Path) -> None:
    store = RunStore()
    run = Watched().session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    content = json.loads((Path(run.folder) / "run.json").read_text())
    content["state"], content["result"], content["figures"] = "training", None, content["figures"][:2]
    (Path(run.folder) / "run.json").write_text(json.dumps(content))
    (found,) = store.runs()
    assert (found.state, found.can_resume) == (RunState.INTERRUPTED, True)
    assert found.problem == "The program ended while this was running."


def test_runs_of_one_name_have_folders_of_their_own(tmp_path: Path) -> None:
    facts = facts_of(boxes_folder(tmp_path / "a"))
    request = TrainRequest(TrainTask.DETECT, name="a/b: c", epochs=1, output=str(tmp_path / "runs"))
    folders = [Watched().session.begin(request, facts).folder for _ in range(2)]
    assert [Path(folder).name for folder in folders] == ["a_b_ c", "a_b_ c-2"]
    store = RunStore()
    assert [run.folder for run in store.runs()] == folders[::-1]
    store.remove(store.runs()[0])
    assert [run.folder for run in store.runs()] == folders[:1]
    assert not Path(folders[1]).exists()


def test_only_own_runs_are_removed_or_gone_on_with(tmp_path: Path) -> None:
    run = Watched("die=1").session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a")))
    (RunStore().folder / "runs.json").unlink()
    with pytest.raises(StorageError):
        RunStore().remove(run)
    with pytest.raises(UsageError, match="cannot go on"):
        Watched().session.go_on(run.folder)
    assert (Path(run.folder) / "run.json").is_file()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"epochs": 0}, "The number of epochs"),
        ({"image_size": 65}, "multiple of 32"),
        ({"device": "gpu"}, "The device has to be"),
        ({"weights": "resnet"}, "neither a .pt file nor the name of a network"),
        ({"weights": "gone.pt"}, "There is no file gone.pt"),
        ({"name": "//"}, ""),
        ({"classes": ("bird",)}, "No image has labels for this."),
        ({"task": TrainTask.POSE}, "No object has key points."),
    ],
)
def test_what_makes_no_sense_leaves_nothing_behind(tmp_path: Path, changes: dict[str, object], sentence: str) -> None:
    from dataclasses import replace

    facts = facts_of(boxes_folder(tmp_path / "a", 3))
    request = replace(REQUEST, **changes)  # type: ignore[arg-type]
    if not sentence:
        assert Watched().session.begin(request, facts).state is RunState.DONE
        return
    with pytest.raises(UsageError, match=sentence):
        Watched().session.begin(request, facts)
    assert RunStore().runs() == []
    assert not (tmp_path / "home" / ".anylabeling" / "training" / "pets").exists()


def test_a_full_disk_is_said_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs_module, "LEAST_FREE_BYTES", 1 << 60)
    with pytest.raises(DiskFullError, match="too few to train"):
        Watched().session.begin(REQUEST, facts_of(boxes_folder(tmp_path / "a", 3)))


def test_the_data_set_alone_with_the_command_for_elsewhere(tmp_path: Path) -> None:
    facts = facts_of(boxes_folder(tmp_path / "a"))
    report, command = write_for_elsewhere(REQUEST, facts, tmp_path / "set")
    assert report.images == 10
    assert command == (
        f"yolo detect train model=yolo11n.yaml data={tmp_path}/set/data.yaml epochs=5 imgsz=64 patience=50 seed=0"
    )
    assert not next((tmp_path / "set").rglob("00.jpg")).samefile(tmp_path / "a" / "00.jpg")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_the_process_that_trains_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    """One that hangs in the middle of something reports nothing that would fail."""
    (tmp_path / "ultralytics.py").write_text("import signal\nopen('hangs', 'w').close()\nsignal.pause()")
    (tmp_path / "job.json").write_text('{"task": "detect", "weights": "yolo11n", "device": ""}')
    program = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-m', 'anylabeling.services.training.worker', sys.argv[1]])\n"
        "print(child.pid, flush=True)\nchild.wait()\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        until = time.monotonic() + 60
        while not (tmp_path / "hangs").exists():
            assert time.monotonic() < until
            os.sched_yield()
        parent.kill()
    while Path(f"/proc/{pid}/stat").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text():
        assert time.monotonic() < until
        os.sched_yield()
