"""Make the pictures of the window in docs/screenshots: ``python scripts/make_screenshots.py [FOLDER]``.

Runs the real program on a copy of the bundled samples, under an X server or with QT_QPA_PLATFORM=offscreen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import screenshots_editing
from screenshot_tools import save, wait

PROJECT = Path(__file__).resolve().parents[1]
SAMPLES = PROJECT / "anylabeling" / "resources" / "samples"
SIZE = (1280, 800)


def main() -> int:
    """Make all pictures and return the exit code."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        pictures = Path(home) / "samples"
        shutil.copytree(SAMPLES / "images", pictures, ignore=shutil.ignore_patterns("*.md"))
        _play(pictures, target)
    # Settings and labels of its own, and one QApplication to a process.
    codes = [
        subprocess.run([sys.executable, PROJECT / "scripts" / name, target], check=False).returncode
        for name in ("screenshots_labels.py", "screenshots_text.py", "screenshots_alike.py")
    ]
    return max(codes)


def _play(pictures: Path, target: Path) -> None:
    from qtpy.QtWidgets import QApplication

    from anylabeling.bootstrap import Program, StartOptions
    from anylabeling.config import Config

    app = QApplication([])
    model = str(SAMPLES / "model" / "samples-yolo.onnx")
    config = Config({"theme": "dark", "logger_level": "warning"})
    program = Program(config, StartOptions(path=str(pictures / "06-crowded-plaza.jpg"), model=model))
    window = program.window
    window.resize(*SIZE)
    program.start()
    wait(app, lambda: program.auto_labeling.model is not None)
    program.auto_labeling.run()
    wait(app, lambda: program.documents.current is not None and program.documents.current.document.shapes)
    for theme in ("dark", "light"):
        window.set_theme(theme)
        save(app, window, target / f"window-{theme}.png")
    program.image_filter.show()
    dialog: Any = program.image_filter.dialog
    dialog.set_settings({**dialog.settings(), "selected_classes": ["car", "bus"], "count_mode": "at_least"})
    dialog.form.counts.set_count(2)
    dialog.footer.buttons.apply_button.click()
    wait(app, lambda: program.filter.summary is not None and sum(dialog.results.scores.bins))
    for theme in ("light", "dark"):
        window.set_theme(theme)
        save(app, dialog, target / f"image-filter-{theme}.png")
    save(app, window.file_dock, target / "file-list-filtered-dark.png")
    dialog.close()
    program.dialogs.show_performance()
    for theme in ("dark", "light"):
        window.set_theme(theme)
        save(app, program.dialogs.performance_dialog, target / f"performance-settings-{theme}.png")
    program.dialogs.performance_dialog.pages.setCurrentRow(program.dialogs.performance_dialog.pages.count() - 1)
    save(app, program.dialogs.performance_dialog, target / "performance-settings-modules.png")
    program.dialogs.performance_dialog.close()
    window.set_theme("light")
    program.dialogs.show_settings()
    settings: Any = program.dialogs.settings_dialog
    settings.pages.setCurrentRow(2)
    save(app, settings, target / "settings-light.png")
    settings.close()
    program.navigation.go_to(str(pictures / screenshots_editing.PICTURE))
    window.set_theme("dark")
    wait(app, lambda: Path(program.documents.current.path).name == screenshots_editing.PICTURE)
    window.resize(*screenshots_editing.SIZE)
    window.actions["show_cross_line"].setChecked(False)
    screenshots_editing.shoot(app, program, target / "editing")
    program.close()
    program.finish()


if __name__ == "__main__":
    sys.exit(main())
