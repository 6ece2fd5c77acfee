"""``anylabeling serve`` as a person runs it: real processes, the sample model, Ctrl+C."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import anylabeling
from anylabeling.codecs import encode_png
from anylabeling.services.auto_labeling.clip_tokens import VOCABULARY

sys.path.insert(0, str(Path(__file__).parent / "services" / "auto_labeling"))

import tiny_sam3  # noqa: E402

SAMPLES = Path(anylabeling.__file__).parent / "resources" / "samples"
MODEL = SAMPLES / "model" / "samples-yolo.onnx"
KEY = "key-in-the-environment"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")


@pytest.fixture(autouse=True)
def own_home(home_dir: Path) -> Path:
    return home_dir


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "anylabeling", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, **environment},
    )


@contextlib.contextmanager
def serving(model: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run a server behind a key, and return what it says at the start."""
    process = subprocess.Popen(
        [sys.executable, "-m", "anylabeling", "serve", "--model", model, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "ANYLABELING_API_KEY": KEY},
    )
    assert process.stdout is not None
    lines = []
    while not (lines and lines[-1].startswith("Ctrl+C")):
        lines.append(process.stdout.readline())
        assert lines[-1], process.stderr.read() if process.stderr is not None else ""
    try:
        yield process, lines
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Return a running server with the sample model, and the address of the model."""
    with serving(f"toys={MODEL}") as (process, lines):
        assert lines[0].endswith(", with a key.\n")
        assert "detect, 8 classes" in lines[1]
        yield process, lines[1].split()[0]


def test_another_process_labels_and_filters_by_the_address_and_ctrl_c_ends_the_server(
    server: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = server
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("01-street-morning.jpg", "15-empty-parking-lot.jpg"):
        shutil.copy(SAMPLES / "images" / name, folder)
    refused = run("label", folder, "--model", address)
    assert refused.returncode == 2
    assert "does not accept the key" in refused.stderr
    assert "Traceback" not in refused.stderr
    done = run("label", folder, "--model", address, "--conf", "0.6", ANYLABELING_API_KEY=KEY)
    assert done.returncode == 0, done.stderr
    assert "images labelled  2" in done.stdout
    labels = [shape["label"] for shape in json.loads((folder / "01-street-morning.json").read_text())["shapes"]]
    assert {"car", "tree", "house"} <= set(labels)
    config = tmp_path / "remote.yaml"
    config.write_text(f"type: remote\nserver_url: {address.rpartition('/')[0]}\nmodel: toys\napi_key: {KEY}\n")
    found = run("filter", folder, "--model", config, "--classes", "car", "--export", tmp_path / "cars.txt")
    assert found.returncode == 0, found.stderr
    assert (tmp_path / "cars.txt").read_text().split() == [str(folder / "01-street-morning.jpg")]
    process.send_signal(signal.SIGINT)
    _out, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.rstrip().endswith("Ended.")
    assert said.count("POST /v1/models/toys/predict 200") >= 4
    assert "GET /v1/models 401" in said
    assert "Traceback" not in said
    assert KEY not in said + done.stderr + found.stderr


def test_a_model_for_marks_that_takes_texts_is_served_as_both(tmp_path: Path) -> None:
    files = tmp_path / "model"
    files.mkdir()
    (files / VOCABULARY).write_bytes(gzip.compress(b"a vocabulary\nr e\nre d</w>"))
    tiny_sam3.save(files, red=513, thing=514)
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "grey.png").write_bytes(encode_png(np.full((100, 200, 3), 90, np.uint8)))
    with serving(f"sam={next(files.glob('*encoder*.onnx'))}") as (_process, lines):
        marks, words = lines[1].split(), lines[2].split()
        assert marks[0].endswith("/sam#prompt")
        assert words[0].endswith("/sam-text")
        assert lines[2].endswith("what is typed\n")
        done = run("label", folder, "--model", words[0], ANYLABELING_API_KEY=KEY)
        assert done.returncode == 2
        assert "finds what is typed" in done.stderr
        done = run("label", folder, "--model", words[0], "--prompt", "red", ANYLABELING_API_KEY=KEY)
        assert done.returncode == 0, done.stderr
    shapes = json.loads((folder / "grey.json").read_text())["shapes"]
    assert [(shape["label"], shape["shape_type"]) for shape in shapes] == [("red", "polygon")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--host", "0.0.0.0"), "Whoever reaches 0.0.0.0 could use the models"),
        (("--api-key", "with spaces"), "without spaces"),
        (("--port", "70000"), "no port from 0 to 65535"),
        (("--host", "192.0.2.1", "--without-key"), "Nothing can listen on 192.0.2.1"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(arguments: tuple[str, ...], words: str) -> None:
    done = run("serve", "--model", MODEL, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
