"""``anylabeling models`` as a person types it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "anylabeling", "models", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_list_finds_models_by_words(home_dir: Path) -> None:
    everything, some = _run("list"), _run("list", "yolo11", "segment")
    assert everything.returncode == some.returncode == 0
    assert len(some.stdout.splitlines()) == 5
    assert set(some.stdout.splitlines()) < set(everything.stdout.splitlines())


def test_info_shows_a_downloaded_model(home_dir: Path) -> None:
    folder = home_dir / "anylabeling_data" / "models" / "mobile_sam_20230629"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text("type: segment_anything\n")
    assert "not downloaded" in _run("info", "mobile_sam_20230629").stdout
    (folder / "mobile_sam.encoder.onnx").write_bytes(b"weights")
    assert str(folder / "config.yaml") in _run("info", "mobile_sam_20230629").stdout


@pytest.mark.parametrize("arguments", [("info", "nix"), ("download",), ("download", "nix"), ("frobnicate",)])
def test_wrong_use_is_one_line_and_exit_2(home_dir: Path, arguments: tuple[str, ...]) -> None:
    finished = _run(*arguments)
    assert finished.returncode == 2
    assert len(finished.stderr.strip().splitlines()) == 1
    assert "Traceback" not in finished.stderr
