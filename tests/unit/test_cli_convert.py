"""``anylabeling convert`` as a person runs it: a real process, exit codes, a report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from anylabeling.codecs import encode_jpeg
from anylabeling.document.annotation import Annotation
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.services.dataset.label_store import LabelStore


@pytest.fixture
def folder(tmp_path: Path, home_dir: Path) -> Path:
    del home_dir
    made = tmp_path / "pictures"
    made.mkdir()
    store = LabelStore(root=made)
    shapes = (
        Shape(ShapeKind.CIRCLE, np.array([[10, 10], [15, 10]]), label="ball"),
        Shape(ShapeKind.POINT, np.array([[3, 3]]), label="dot"),
    )
    for name in ("a.jpg", "b.jpg"):
        (made / name).write_bytes(encode_jpeg(np.zeros((20, 30, 3), np.uint8)))
        store.save(str(made / name), Annotation(shapes=shapes), image_size=(30, 20), expected=None)
    return made


def convert(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "anylabeling", "convert", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ))


def test_a_folder_becomes_a_data_set_with_a_report_and_comes_back(folder: Path, tmp_path: Path) -> None:
    done = convert(folder, tmp_path / "yolo", "--to", "yolo", "--split", "train:1,val:1")
    assert done.returncode == 0
    assert "2 circles written as boxes around them.\n2 points left out: the format holds areas only.\n" in done.stdout
    assert (tmp_path / "yolo/classes.txt").read_text() == "ball\n"
    assert len(list((tmp_path / "yolo/labels/val").iterdir())) == 1
    again = convert(folder, tmp_path / "yolo", "--to", "yolo")
    assert (again.returncode, "is not empty" in again.stderr) == (2, True)
    for label_file in folder.glob("*.json"):
        label_file.unlink()
    (tmp_path / "yolo/labels/val" / next((tmp_path / "yolo/labels/val").iterdir()).name).write_text("broken\n")
    back = convert(tmp_path / "yolo", folder, "--to", "labels")
    assert back.returncode == 1
    assert "line 1" in back.stderr
    assert len(list(folder.glob("*.json"))) == 1


def test_formats_are_listed_and_qt_is_not_loaded(tmp_path: Path, folder: Path) -> None:
    assert "yolo-segment" in convert("--list").stdout
    code = (
        "import sys; from anylabeling.cli import main\n"
        f"assert main(['convert', {str(folder)!r}, {str(tmp_path / 'coco')!r}, '--to', 'coco']) == 0\n"
        "print([name for name in sys.modules if name.partition('.')[0] in ('PyQt5', 'qtpy', 'onnxruntime')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_bad_usage_gives_one_line_and_code_two(folder: Path, tmp_path: Path) -> None:
    same = convert(folder, folder, "--to", "coco")
    assert (same.returncode, "holds the pictures themselves. Give another folder" in same.stderr) == (2, True)
    for words in (
        [folder],
        [folder, tmp_path / "out", "--to", "martian"],
        [tmp_path / "nowhere", tmp_path / "out", "--to", "yolo"],
        [folder, tmp_path / "out", "--to", "yolo", "--split", "train"],
        [folder, tmp_path / "out", "--from", "coco", "--to", "yolo"],
    ):
        done = convert(*words)
        assert done.returncode == 2, words
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr
