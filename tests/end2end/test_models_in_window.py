"""What models bring into the real program: the thresholds of their configs, outlines of everything at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "services" / "auto_labeling"))

import tiny_models  # noqa: E402
import tiny_prompt_models  # noqa: E402

Run = Callable[..., dict[str, Any]]


def save_picture(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "a.png"
    Image.fromarray(np.full((120, 200, 3), 250, np.uint8)).save(path)
    return path


def test_what_a_config_suggests_is_in_the_panel_and_counts(run_scenario: Run, tmp_path: Path) -> None:
    picture = save_picture(tmp_path / "pictures")
    tiny_models.save(tiny_models.three_in_one_place(), tmp_path / "m.onnx")
    config = tmp_path / "config.yaml"
    text = "type: yolov8\nname: mine\nmodel_path: m.onnx\nconfidence_threshold: 0.55\nnms_threshold: 0.35\n"
    text += "filter_classes: [blue, green]\nmax_det: 1\n"
    config.write_text(text, encoding="utf-8")
    found = run_scenario("read_thresholds", [str(picture), "--model", str(config)], first="a.png")
    assert found["thresholds"] == [0.55, 0.35, 0.55, 0.35]
    assert found["classes"] == [["blue", "green"], ["blue", "green"]]
    assert found["labels"] == ["green"]


def test_everything_is_outlined_undone_and_cancelled(run_scenario: Run, tmp_path: Path) -> None:
    picture = save_picture(tmp_path / "pictures")
    encoder, _ = tiny_prompt_models.save_pair(tmp_path)
    shot = os.environ.get("ANYLABELING_TEST_SHOT", str(tmp_path / "everything.png"))
    argv = [str(picture), "--model", str(encoder)]
    found = run_scenario("outline_everything", argv, first="a.png", shot=shot)
    assert found["waits"]
    assert len(found["found"]) > 20
    assert {tuple(row) for row in found["found"]} == {("polygon", "object")}
    assert found["selected"] == len(found["found"])
    assert (found["undone"], found["cancelled"]) == (0, 0)
    assert Path(shot).stat().st_size > 10_000
