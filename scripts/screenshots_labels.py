"""Make the pictures of labels and statistics for the user guide: ``python scripts/screenshots_labels.py [FOLDER]``.

Runs the real program on a copy of the bundled samples, which the sample model labels first.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from screenshot_tools import save, wait

PROJECT = Path(__file__).resolve().parents[1]
SAMPLES = PROJECT / "anylabeling" / "resources" / "samples"
SIZE = (1280, 800)
SETTINGS = {
    "theme": "light",
    "logger_level": "warning",
    "labels": ["person", "bus", "car", "bicycle", "boat"],
    "flags": ["blurred", "night", "indoor"],
    "label_flags": {"person": ["occluded"]},
    "attributes": {
        "person": {"pose": ["standing", "sitting"], "age": {"type": "number", "min": 0, "max": 120}, "helmet": "check"}
    },
}


def main() -> int:
    """Make all pictures and return the exit code."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        pictures = Path(home) / "samples"
        shutil.copytree(SAMPLES / "images", pictures, ignore=shutil.ignore_patterns("*.md"))
        _play(pictures, target)
    return 0


def _play(pictures: Path, target: Path) -> None:
    from qtpy.QtWidgets import QApplication

    from anylabeling.bootstrap import Program, StartOptions
    from anylabeling.config import Config

    app = QApplication([])
    model = str(SAMPLES / "model" / "samples-yolo.onnx")
    first = pictures / "06-crowded-plaza.jpg"
    program = Program(Config(SETTINGS), StartOptions(path=str(first), model=model))
    window, work = program.window, program.label_work
    window.resize(*SIZE)
    program.start()
    wait(app, lambda: program.auto_labeling.model is not None)
    window.actions["auto_label_all"].trigger()
    wait(app, lambda: program.batch.running)
    wait(app, lambda: not program.batch.running)
    wait(app, lambda: not program.documents.unsaved() and not program.saving.busy())
    for card in list(window.notifications.cards):
        card.close()
    _shoot_window(app, program, target)
    _shoot_dialogs(app, program, target)
    _shoot_classes(app, program, target)
    work.dialogs.manager.close()
    program.close()
    program.finish()


def _shoot_window(app: Any, program: Any, target: Path) -> None:
    window, documents = program.window, program.documents
    shapes = documents.current.document.shapes
    program.label_work.review.set_flag("blurred", True)
    program.label_work.review.set_checked(True)
    program.label_work.tags.set_tags(["plaza", "noon"])
    window.canvas.set_selection([shapes[0].uid])
    window.canvas.set_selection([shapes[0].uid, shapes[1].uid])
    program.label_work.links.link()
    documents.change([shapes[0].uid], "Edit text", text="Café Central")
    window.canvas.set_selection([shapes[0].uid])
    window.show_panel("text")
    save(app, window.column, target / "labels-panels-light.png")
    window.show_panel("text", False)
    program.labels.edit([shapes[0].uid])
    dialog = _dialog(app, "LabelDialog")
    dialog.line.setText("person")
    dialog.attributes.fields["pose"].setCurrentText("standing")
    save(app, dialog, target / "label-dialog-light.png")
    dialog.close()


def _shoot_dialogs(app: Any, program: Any, target: Path) -> None:
    dialogs = program.label_work.dialogs
    dialogs.show_manager()
    wait(app, lambda: dialogs.manager.model.rowCount())
    dialogs.manager.select(["person"])
    save(app, dialogs.manager, target / "label-manager-light.png")
    dialogs.show_statistics()
    wait(app, dialogs.statistics.figures)
    for theme in ("dark", "light"):
        program.window.set_theme(theme)
        save(app, dialogs.statistics, target / f"statistics-{theme}.png")
    dialogs.statistics.close()


def _shoot_classes(app: Any, program: Any, target: Path) -> None:
    program.window.actions["classify_images"].trigger()
    dialog = _dialog(app, "ClassifyDialog")
    wait(app, lambda: dialog.model.rowCount())
    for key in ("2", "3"):
        wait(app, lambda: program.documents.current.path == program.navigation.current)
        dialog.key_pressed.emit(key)
    save(app, dialog, target / "classify-light.png")
    dialog.close()


def _dialog(app: Any, name: str) -> Any:
    def found() -> list[Any]:
        return [one for one in app.topLevelWidgets() if type(one).__name__ == name and one.isVisible()]

    wait(app, found)
    return found()[0]


if __name__ == "__main__":
    sys.exit(main())
