"""Make the pictures of training for the user guide: ``python scripts/screenshots_training.py [FOLDER]``.

Runs the real program on copies of the bundled samples, labelled by the sample model, and trains on them, which needs
ultralytics and torch (make test-heavy installs both). With ANYLABELING_TEST_DATA it goes on from the weights there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from screenshot_tools import save, wait

PROJECT = Path(__file__).resolve().parents[1]
SAMPLES = PROJECT / "anylabeling" / "resources" / "samples"
SIZE = (1280, 800)
EPOCHS = 30
SIDE_PX = 256


def main() -> int:
    """Make all pictures and return the exit code."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        pictures = Path(home) / "samples"
        shutil.copytree(SAMPLES / "images", pictures, ignore=shutil.ignore_patterns("*.md"))
        model = SAMPLES / "model" / "samples-yolo.onnx"
        subprocess.run(
            [sys.executable, "-m", "anylabeling", "label", str(pictures), "--model", str(model)],
            check=True,
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
        )
        _play(pictures, target)
    return 0


def _play(pictures: Path, target: Path) -> None:
    from qtpy.QtWidgets import QApplication

    from anylabeling.bootstrap import Program, StartOptions
    from anylabeling.config import Config
    from anylabeling.messages.training import RunState

    app = QApplication([])
    settings = {"theme": "light", "logger_level": "warning"}
    program = Program(Config(settings), StartOptions(path=str(pictures / "06-crowded-plaza.jpg")))
    window = program.window
    window.resize(*SIZE)
    program.start()
    wait(app, lambda: program.documents.current is not None)
    window.actions["train_model"].trigger()
    dialog: Any = program.training.dialog
    dialog.resize(940, 640)
    form = dialog.form
    wait(app, form.is_complete)
    form.name.setText("street")
    form.epochs.setValue(EPOCHS)
    form.image_size.setValue(SIDE_PX)
    weights = Path(os.environ.get("ANYLABELING_TEST_DATA", "")) / "models" / "yolo11n.pt"
    if weights.is_file():
        form.choose_start(str(weights))
    save(app, dialog, target / "training-light.png")
    window.set_theme("dark")
    save(app, dialog, target / "training-dark.png")
    dialog.begin_button.click()
    if weights.is_file():
        wait(app, lambda: app.activeModalWidget() is not None)
        box: Any = app.activeModalWidget()
        next(button for button in box.buttons() if button.text() != "Cancel").click()
    wait(app, lambda: (run := dialog.progress.run()) is not None and len(run.figures) >= EPOCHS // 2, 300)
    dialog.grab().save(str(target / "training-progress-dark.png"))
    wait(app, lambda: dialog.progress.run().state is RunState.DONE, 300)
    wait(app, lambda: not program.training.controller.running)
    window.set_theme("light")
    save(app, dialog, target / "training-result-light.png")
    dialog.show_page(2)
    save(app, dialog, target / "training-runs-light.png")
    program.close()
    program.finish()


if __name__ == "__main__":
    sys.exit(main())
