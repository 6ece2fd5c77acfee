"""Ultralytics in a process of its own: it installs nothing, calls nobody, and finds what the export finds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from heavy_needs import need

pytestmark = [pytest.mark.heavy, pytest.mark.data, pytest.mark.timeout(600)]

SCRIPT = """
import json, sys
seen = []

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.exec"):
        seen.append([event, repr(arguments)[:300]])

sys.addaudithook(watch)
from anylabeling.codecs import PixelFormat, decode
from anylabeling.opencv import cv2
from anylabeling.services.auto_labeling.model_manager import ModelManager

threads = cv2.getNumThreads()
manager = ModelManager()
model = manager.load(sys.argv[1], trust=True)
photo = decode(sys.argv[2], pixel_format=PixelFormat.RGB).pixels
single = model.predict_shapes(photo)
batch = model.predict_shapes_batch([photo, photo])
from ultralytics.utils import AUTOINSTALL, ONLINE, SETTINGS
print(json.dumps({
    "seen": seen,
    "found": [[shape.label, round(shape.score, 2)] for shape in single],
    "batch": [[[shape.label, round(shape.score, 2)] for shape in shapes] for shapes in batch],
    "backend": model.info.choice.backend,
    "quiet": [AUTOINSTALL, ONLINE, SETTINGS["sync"]],
    "opencv_threads": [threads, cv2.getNumThreads()],
}))
manager.unload()
"""


def test_it_installs_nothing_and_calls_nobody(data_dir: Path, home_dir: Path) -> None:
    need("ultralytics")
    files = [str(data_dir / "models" / "yolo11n.pt"), str(data_dir / "photos" / "bus.jpg")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YOLO_")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *files],
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout.splitlines()[-1])
    connections = [entry for entry in report["seen"] if entry[0].startswith("socket.")]
    installers = [entry for entry in report["seen"] if "pip" in entry[1] or "uv" in entry[1]]
    assert connections == []
    assert installers == []
    assert report["quiet"] == [False, False, False]
    assert report["opencv_threads"][0] == report["opencv_threads"][1]
    assert report["backend"] == "ultralytics"
    known = [["bus", 0.94], ["person", 0.90], ["person", 0.85], ["person", 0.83], ["person", 0.40]]
    assert report["found"] == known
    assert report["batch"] == [known, known]
    # Its settings lie in our folder, and nothing of its own anywhere else in the home folder.
    assert sorted(path.name for path in home_dir.iterdir()) == [".anylabeling"]
    assert (home_dir / ".anylabeling" / "ultralytics").is_dir()
