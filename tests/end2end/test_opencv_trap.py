"""OpenCV's own Qt does not get in the way of the window.

The wheel of opencv-python points Qt at plugins of its own when cv2 is imported; a program that starts a QApplication
afterwards, or hands its environment to a child that does, aborts. Each test runs a process of its own on a real X
server, since the damage is done to the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import anylabeling

BUNDLED = Path(anylabeling.__file__).parent / "resources" / "samples"
MODEL = BUNDLED / "model" / "samples-yolo.onnx"

TOUCHED_BY_CV2 = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH")

SHOW_A_WIDGET = """
from qtpy import QtWidgets
app = QtWidgets.QApplication.instance() or QtWidgets.QApplication([])
widget = QtWidgets.QLabel("shown")
widget.show()
while not widget.windowHandle().isExposed():
    app.processEvents()
assert app.platformName() == "xcb", app.platformName()
"""
REMEMBER = f"import os; before = [os.environ.get(name) for name in {TOUCHED_BY_CV2!r}]\n"
UNCHANGED = f"assert before == [os.environ.get(name) for name in {TOUCHED_BY_CV2!r}]\n"


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the X server of the tests, with Qt's own choice of plugins."""
    if not os.environ.get("DISPLAY"):
        pytest.skip("no X server: Xvfb is not installed")
    environment = {name: value for name, value in os.environ.items() if name not in TOUCHED_BY_CV2}
    environment["QT_QPA_PLATFORM"] = "xcb"
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=90, check=False
    )


@pytest.fixture
def program_arguments(home_dir: Path, tmp_path: Path) -> list[str]:
    """Return arguments with which the program opens a picture, runs a model, saves a picture of itself and ends."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    sample = sorted((BUNDLED / "images").glob("*.jpg"))[0]
    (folder / sample.name).write_bytes(sample.read_bytes())
    return [str(folder), "--model", str(MODEL), "--screenshot", str(tmp_path / "window.png")]


def screenshot_of(arguments: list[str]) -> Path:
    return Path(arguments[-1])


def test_a_plain_import_of_cv2_breaks_qt() -> None:
    """Control: without the guard the trap is there, or the other tests here would prove nothing."""
    done = run_python("-c", "import cv2\n" + SHOW_A_WIDGET)
    if done.returncode == 0:
        pytest.skip("this OpenCV does not point Qt at plugins of its own")
    assert "xcb" in done.stderr


def test_the_program_starts_after_cv2_was_imported(program_arguments: list[str]) -> None:
    code = (
        f"{REMEMBER}from anylabeling.opencv import cv2\n{UNCHANGED}"
        "import sys\nfrom anylabeling.app import main\nsys.exit(main(sys.argv[1:]))"
    )
    done = run_python("-c", code, *program_arguments)
    assert done.returncode == 0, done.stderr
    assert screenshot_of(program_arguments).stat().st_size > 0


def test_the_program_goes_on_when_cv2_is_imported_after_the_window(program_arguments: list[str]) -> None:
    code = "import sys\nfrom anylabeling.app import main\ncode = main(sys.argv[1:])\n"
    code += "assert 'cv2' in sys.modules, 'the model ran without cv2: import it here'\nsys.exit(code)"
    done = run_python("-c", code, *program_arguments)
    assert done.returncode == 0, done.stderr
    assert screenshot_of(program_arguments).stat().st_size > 0


def test_a_window_is_shown_before_and_after_the_import() -> None:
    code = f"{SHOW_A_WIDGET}{REMEMBER}from anylabeling.opencv import cv2\n{UNCHANGED}{SHOW_A_WIDGET}"
    done = run_python("-c", code)
    assert done.returncode == 0, done.stderr


def test_a_child_of_a_process_that_imported_cv2_opens_the_program(program_arguments: list[str]) -> None:
    code = (
        "import subprocess, sys\nfrom anylabeling.opencv import cv2\n"
        "sys.exit(subprocess.run([sys.executable, '-m', 'anylabeling', *sys.argv[1:]]).returncode)"
    )
    done = run_python("-c", code, *program_arguments)
    assert done.returncode == 0, done.stderr
    assert screenshot_of(program_arguments).stat().st_size > 0
