"""Make the picture of all that is alike for the user guide: ``python scripts/screenshots_alike.py FOLDER``.

It takes MobileSAM from the folder that ANYLABELING_TEST_DATA names; without it nothing is made.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from screenshot_tools import save, wait

SAMPLES = Path(__file__).resolve().parents[1] / "anylabeling" / "resources" / "samples" / "images"
SIZE = (1160, 720)
_PICTURE, _MARKED, _LABEL = "11-toy-box.jpg", (356.0, 527.0, 437.0, 613.0), "window"


def main() -> int:
    """Make the picture and return the exit code."""
    target = Path(sys.argv[1])
    data = os.environ.get("ANYLABELING_TEST_DATA")
    if not data:
        print("ANYLABELING_TEST_DATA is not set: no picture of what is alike")
        return 0
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        shutil.copy(SAMPLES / _PICTURE, Path(home) / _PICTURE)
        _play(Path(home) / _PICTURE, Path(data) / "models" / "mobile_sam.encoder.onnx", target)
    return 0


def _play(picture: Path, model: Path, target: Path) -> None:
    from qtpy.QtWidgets import QApplication

    from anylabeling.bootstrap import Program, StartOptions
    from anylabeling.config import Config
    from anylabeling.document.shape import Shape, ShapeKind

    app = QApplication([])
    config = Config({"theme": "light", "logger_level": "warning"})
    program = Program(config, StartOptions(path=str(picture), model=str(model)))
    window = program.window
    window.resize(*SIZE)
    program.start()
    wait(app, lambda: program.prompting.info is not None and program.documents.current is not None)
    marked = Shape(ShapeKind.RECTANGLE, [_MARKED[:2], _MARKED[2:]], _LABEL)
    program.documents.add([marked], "mark")
    finished: list[int] = []
    program.finding_alike.finished.connect(finished.append)
    window.actions["find_alike"].trigger()
    wait(app, lambda: finished, 300.0)
    save(app, window, target / "alike-light.png")
    window.set_close_guard(lambda: True)
    program.finish()


if __name__ == "__main__":
    sys.exit(main())
