"""``anylabeling train`` without what trains: plans, data sets, and what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from anylabeling.cli import main

sys.path.insert(0, str(Path(__file__).parent / "services" / "training"))
from labelled_folder import add, boxes_folder, slanted  # noqa: E402


@pytest.fixture(autouse=True)
def own_home(home_dir: Path) -> Path:
    return home_dir


def test_what_would_be_trained_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = boxes_folder(tmp_path / "a")
    assert main(["train", str(folder), "--dry-run"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0].split() == ["class", "to", "learn", "to", "check"]
    assert "images to learn from 8, to check with 2, left out 0" in said.out
    assert "warning: 2 classes have fewer than 20 examples" in said.err
    assert not (tmp_path / "home" / ".anylabeling").exists()


def test_the_data_set_and_the_command_for_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        add(tmp_path / "a", f"{number}.jpg", slanted("cat"))
    words = ["--task", "obb", "--size", "yolo11s", "--epochs", "7", "--imgsz", "320", "--batch", "4"]
    assert main(["train", str(tmp_path / "a"), "--data-only", str(tmp_path / "my set"), *words]) == 0
    command = capsys.readouterr().out.splitlines()[-1]
    assert command.startswith("yolo obb train model=yolo11s-obb.yaml 'data=")
    assert command.endswith("/my set/data.yaml' epochs=7 imgsz=320 patience=50 seed=0 batch=4")
    assert (tmp_path / "my set" / "data.yaml").is_file()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--task", "pose", "--dry-run"], "No object has key points."),
        (["--size", "resnet", "--dry-run"], "resnet is neither a .pt file nor the name of a network."),
        (["--epochs", "0", "--dry-run"], "The number of epochs has to be from 1 to 10,000."),
        (["--by-folders", "--dry-run"], "There are no labelled images in a folder named train."),
        (["--only-checked", "--dry-run"], "No checked image has labels for this."),
        (["--resume", "nowhere"], ""),
    ],
)
def test_what_makes_no_sense(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    folder = boxes_folder(tmp_path / "a", 3)
    assert main(["train", str(folder), *words]) == 2
    assert f"anylabeling train: error: {sentence}" in capsys.readouterr().err


def test_the_folder_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train"]) == 2
    assert "Name the folder of images." in capsys.readouterr().err


def test_no_runs_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--runs"]) == 0
    assert capsys.readouterr().out == ""
