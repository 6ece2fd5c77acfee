"""Checkpoints of every task give the shapes that their ONNX exports give; making and running them calls nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from heavy_models import TASKS
from heavy_needs import need

import anylabeling

# Ten seconds of work, and minutes where other programs want the processor too.
pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]

PICTURE = Path(anylabeling.__file__).parent / "resources" / "samples" / "images" / "01-street-morning.jpg"
KINDS = {"detect": {"rectangle"}, "segment": {"polygon"}, "pose": {"rectangle", "point"}, "obb": {"rotated_rectangle"}}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a process of its own has made and found: Ultralytics changes the process that imports it."""
    need("ultralytics")
    home = tmp_path_factory.mktemp("home")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("YOLO_", "XDG_"))}
    done = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("heavy_models.py")),
            str(tmp_path_factory.mktemp("models")),
            str(PICTURE),
        ],
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
        env={**environment, "HOME": str(home), "OMP_WAIT_POLICY": "PASSIVE"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("task", TASKS)
def test_a_checkpoint_finds_what_its_export_finds(report: dict[str, Any], task: str) -> None:
    checkpoint, export = report["tasks"][task]["checkpoint"], report["tasks"][task]["export"]
    assert (checkpoint["backend"], export["backend"]) == ("ultralytics", "onnx-cpu")
    assert checkpoint["task"] == export["task"] == task
    assert len(checkpoint["scores"]) == len(export["scores"]) > 1
    assert np.abs(np.array(checkpoint["scores"]) - export["scores"]).max() < 0.01
    if task == "classify":
        assert list(checkpoint["flags"]) == list(export["flags"])
        return
    assert len(checkpoint["shapes"]) == len(export["shapes"])
    assert {kind for kind, *_ in checkpoint["shapes"]} == KINDS[task]
    # Weights from a random start give scores that differ in the seventh digit: which comes first is chance.
    left = list(export["shapes"])
    for one in checkpoint["shapes"]:
        same = next((other for other in left if is_same(one, other)), None)
        assert same is not None, one
        left.remove(same)


def is_same(one: list[Any], other: list[Any]) -> bool:
    """Whether two shapes, as (kind, label, score, group, points), are the same object within 0.01 and 1 px."""
    if one[:2] != other[:2] or (one[3] is None) != (other[3] is None) or abs(one[2] - other[2]) >= 0.01:
        return False
    low, high = (np.array(one[4]).min(axis=0), np.array(one[4]).max(axis=0))
    other_low, other_high = (np.array(other[4]).min(axis=0), np.array(other[4]).max(axis=0))
    return bool(np.abs([low - other_low, high - other_high]).max() < 1.0)


def test_nothing_was_installed_and_nobody_called(report: dict[str, Any]) -> None:
    assert [entry for entry in report["seen"] if entry[0].startswith("socket.")] == []
    assert [entry for entry in report["seen"] if "pip" in entry[1] or "uv" in entry[1]] == []
