"""Text in the real program: what a picture says becomes the texts of its objects, and the model comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from anylabeling.document.label_file import read_label_file
from anylabeling.services.auto_labeling import rapidocr_backend

LINES = {"Hello World": (60, 60), "42 kg net": (240, 200)}


@pytest.mark.skipif(not rapidocr_backend.probe().usable, reason="text cannot be read here")
def test_a_person_reads_the_text_of_a_picture(run_scenario: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    picture = Image.new("RGB", (640, 320), "white")
    for text, place in LINES.items():
        ImageDraw.Draw(picture).text(place, text, fill="black", font=ImageFont.load_default(size=36))
    folder = tmp_path / "papers"
    folder.mkdir()
    picture.save(folder / "note.png")
    found = run_scenario("read_text", [str(folder)], first="note.png", timeout_s=120)
    assert found["found"] == [["polygon", "text", text] for text in LINES]
    assert found["undone"] == 0
    assert "Text (PP-OCR)" in found["chip"]
    assert [shape.text for shape in read_label_file(folder / "note.json").shapes] == list(LINES)
    settings = (tmp_path / "home" / ".anylabelingrc").read_text(encoding="utf-8")
    assert "last_model: rapidocr" in settings
