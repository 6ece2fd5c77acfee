"""Files that could be taken for something else are refused with what was seen; configs of other programs are read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tiny_models as tiny

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_spec import read_model_spec


def save(folder: Path, values: np.ndarray, name: str = "m.onnx") -> Path:
    return tiny.save(tiny.constant_model(values.shape, values=values.astype(np.float32)), folder / name)


def write_config(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("odd", [17.0, -3.0])
@pytest.mark.parametrize("shape", [(1, 9, tiny.CELLS_V8), (1, tiny.CELLS_V5, 9), (1, 20, 6)])
def test_numbers_that_are_no_scores_are_not_taken_for_scores(
    tmp_path: Path, shape: tuple[int, ...], odd: float
) -> None:
    values = np.zeros(shape, np.float32)
    values[(0, 4, 7) if shape[1] == 9 else (0, 7, 4)] = odd
    with pytest.raises(ModelError, match=rf"{odd:.1f}.*where scores of \d+ classes") as caught:
        ModelManager().load(save(tmp_path, values), preferred_backend="onnx-cpu")
    assert "output0" in caught.value.user_text
    assert "config.yaml" in caught.value.hint


def test_scores_that_miss_one_by_a_little_are_scores(tmp_path: Path) -> None:
    values = np.zeros((1, 7, tiny.CELLS_V8), np.float32)
    values[0, 5, 3] = 1.004
    manager = ModelManager()
    assert manager.load(save(tmp_path, values), preferred_backend="onnx-cpu").info.layout == "yolov8"
    manager.unload()


@pytest.mark.parametrize("kind", ["yolo11_obb", "yolov8_obb_track"])
def test_the_task_is_anywhere_in_the_type(tmp_path: Path, kind: str) -> None:
    save(tmp_path, np.zeros((1, 4 + 2 + 1, tiny.CELLS_V8)))
    config = write_config(tmp_path, f"type: {kind}\nname: x\nmodel_path: m.onnx\nclasses: [ship, plane]\n")
    assert read_model_spec(config).task == "obb"


def test_weights_that_x_anylabeling_has_downloaded_are_found(tmp_path: Path, home_dir: Path) -> None:
    folder = home_dir / "xanylabeling_data" / "models" / "mine-r1"
    folder.mkdir(parents=True)
    save(folder, np.zeros((1, 6, tiny.CELLS_V8)), "mine.onnx")
    text = "type: yolo11\nname: mine-r1\nmodel_path: https://example.org/releases/v1/mine.onnx?raw=1\nclasses: [a, b]\n"
    config = write_config(tmp_path, text)
    assert read_model_spec(config).path == folder / "mine.onnx"
    (folder / "mine.onnx").unlink()
    with pytest.raises(ModelError) as caught:
        read_model_spec(config)
    assert "example.org" in caught.value.user_text
    assert str(tmp_path) in caught.value.hint


@pytest.mark.parametrize("more", ["", "model_path: a.onnx\n"])
def test_a_type_that_is_not_known_is_named(tmp_path: Path, more: str) -> None:
    with pytest.raises(ModelError, match="of the type florence2"):
        read_model_spec(write_config(tmp_path, f"type: florence2\nname: x\n{more}"))
