"""What is missing is said in plain words; start weights are looked at before they are trusted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from anylabeling.errors import ModelError, UntrustedModelError, UsageError
from anylabeling.messages.training import TrainRequest, TrainTask
from anylabeling.services.auto_labeling.runtime_info import RuntimeInfo
from anylabeling.services.training.needs import check_weights, clean_name, needs, network_name


def machine(*modules: str, gpu: bool = False) -> RuntimeInfo:
    return RuntimeInfo(frozenset(modules), {}, gpu, 4)


def test_missing_packages_and_the_command_that_installs_them() -> None:
    assert needs(machine("torch", "ultralytics")).command == ""
    lacking = needs(machine("torch"))
    assert lacking.missing == ("ultralytics",)
    assert lacking.command == f"{sys.executable} -m pip install ultralytics"
    assert needs(machine()).missing == ("torch", "ultralytics")


def test_devices() -> None:
    assert [device for device, _ in needs(machine(gpu=True)).devices][:2] == ["", "0"]
    assert "0" not in [device for device, _ in needs(machine()).devices]


@pytest.mark.parametrize(
    ("weights", "task", "name"),
    [
        ("yolo11n", TrainTask.DETECT, "yolo11n.yaml"),
        ("yolo11s-seg.yaml", TrainTask.POSE, "yolo11s-pose.yaml"),
        ("yolov8x", TrainTask.CLASSIFY, "yolov8x-cls.yaml"),
    ],
)
def test_networks_for_tasks(weights: str, task: TrainTask, name: str) -> None:
    assert network_name(TrainRequest(task, weights=weights)) == name


@pytest.mark.data
def test_start_weights_need_trust_and_the_same_task(data_dir: Path) -> None:
    weights = str(data_dir / "models" / "yolo11n.pt")
    with pytest.raises(UntrustedModelError, match="not trusted yet"):
        check_weights(TrainRequest(TrainTask.DETECT, weights=weights))
    with pytest.raises(UsageError, match="for the task detect"):
        check_weights(TrainRequest(TrainTask.SEGMENT, weights=weights), trust=True)
    classes = check_weights(TrainRequest(TrainTask.DETECT, weights=weights), trust=True)
    assert (len(classes), classes[0]) == (80, "person")
    assert check_weights(TrainRequest(TrainTask.DETECT, weights=weights)) == classes


def test_what_is_no_checkpoint(tmp_path: Path) -> None:
    (tmp_path / "x.pt").write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"x\.pt"):
        check_weights(TrainRequest(TrainTask.DETECT, weights=str(tmp_path / "x.pt")))


@pytest.mark.parametrize(("name", "clean"), [("a/b", "a_b"), ("..", ""), ("x\0y", "x_y"), ("\ud800", "_"), ("é", "é")])
def test_names_of_models(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_the_process_that_trains_says_what_is_missing(tmp_path: Path) -> None:
    """In an environment that has none of the packages."""
    (tmp_path / "job.json").write_text('{"task": "detect", "weights": "yolo11n", "device": ""}')
    for name in ("ultralytics", "torch"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('not installed')")
    done = subprocess.run(
        [sys.executable, "-m", "anylabeling.services.training.worker", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
    )
    assert done.returncode == 1
    assert '"reason": "missing"' in done.stdout
    assert "Ultralytics or PyTorch cannot be imported." in done.stdout
