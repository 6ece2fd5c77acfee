"""The real program up to its first picture: what it has loaded by then."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from anylabeling.codecs import encode_jpeg
from tests.unit.test_imports import RUNTIMES, all_loaded_after_importing, late_among

SLOW = {"cv2", "onnx", "PIL", "ruamel", "shapely"}
_UNTIL_THE_FIRST_PICTURE = """
import json, os, sys
from qtpy.QtCore import QDeadlineTimer, QEventLoop
from qtpy.QtWidgets import QApplication
from anylabeling.app import main
from anylabeling.views.canvas.canvas import Canvas

loaded = []
set_image = Canvas.set_image

def note_image(canvas, image, *args, **named):
    if image is not None and not loaded:
        loaded.extend(sys.modules)
    return set_image(canvas, image, *args, **named)

def until_picture(*_):
    app, deadline = QApplication.instance(), QDeadlineTimer(60_000)
    while not loaded and not deadline.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    print(json.dumps({"loaded": sorted(loaded), "left": sorted(set(os.environ) - before)}))
    sys.stdout.flush()
    os._exit(0)

Canvas.set_image = note_image
QApplication.exec_ = QApplication.exec = staticmethod(until_picture)
before = set(os.environ)
main(sys.argv[1:])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two small pictures."""
    made = tmp_path / "pictures"
    made.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (made / name).write_bytes(encode_jpeg(np.full((240, 320, 3), 90, np.uint8)))
    return made


def test_the_first_picture_comes_without_what_it_does_not_need(folder: Path, home_dir: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL_THE_FIRST_PICTURE, str(folder)],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    loaded = set(found["loaded"])
    assert "anylabeling.services.imaging.image_cache" in loaded, "no picture was shown"
    # QtPy asks what system this is, for which Python 3.10 loads subprocess.
    assert late_among(loaded - all_loaded_after_importing(["qtpy"])) == []
    assert {name.partition(".")[0] for name in loaded} & (RUNTIMES | SLOW) == set()
    # Only that no runtime is to report: it harms no other program, and holds for our own processes, too.
    left = set(found["left"]) - {"ORT_DISABLE_TELEMETRY"}
    assert not left, "programs that are started from here would find these variables"
