"""Make the picture of text that was read for the user guide: ``python scripts/screenshots_text.py FOLDER``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from screenshot_tools import save, wait

SIZE = (1160, 720)
_LINES = (
    ("Harbour Coffee Roasters", 64, 60, 70),
    ("Delivery note 2024-117", 44, 60, 180),
    ("12 x house blend, 1 kg", 36, 60, 300),
    ("4 x decaf, 500 g", 36, 60, 370),
    ("Please keep dry", 36, 60, 440),
    ("Total weight 14 kg", 44, 60, 560),
)


def main() -> int:
    """Make the picture and return the exit code."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        pictures = Path(home) / "papers"
        pictures.mkdir()
        _draw(pictures / "delivery-note.png")
        _play(pictures, target)
    return 0


def _draw(path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    paper = Image.new("RGB", (860, 680), (247, 243, 232))
    pen = ImageDraw.Draw(paper)
    for text, points, left, top in _LINES:
        pen.text((left, top), text, fill=(40, 42, 60), font=ImageFont.load_default(size=points))
    table = Image.new("RGB", (1200, 900), (112, 84, 62))
    table.paste(paper.rotate(7, expand=True, fillcolor=(112, 84, 62), resample=Image.Resampling.BILINEAR), (130, 60))
    table.save(path)


def _play(pictures: Path, target: Path) -> None:
    from qtpy.QtWidgets import QApplication

    from anylabeling.bootstrap import Program, StartOptions
    from anylabeling.config import Config

    app = QApplication([])
    config = Config({"theme": "light", "logger_level": "warning", "show_texts": True})
    program = Program(config, StartOptions(path=str(pictures / "delivery-note.png"), model="rapidocr"))
    window = program.window
    window.resize(*SIZE)
    program.start()
    wait(app, lambda: program.auto_labeling.model is not None)
    program.auto_labeling.run()
    wait(app, lambda: program.documents.current is not None and program.documents.current.document.shapes)
    window.auto_labeling.header.click()
    save(app, window, target / "text-light.png")
    window.set_close_guard(lambda: True)
    program.finish()


if __name__ == "__main__":
    sys.exit(main())
