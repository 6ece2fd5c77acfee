"""Names that are typed, and tiles: from the panel to the model, to the shapes, and to the next start."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from pathlib import Path

from label_desk import LEFT, Desk
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest

from anylabeling.messages.auto_labeling import Tiling
from anylabeling.services.auto_labeling.models.sam3 import Sam3Detector

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))

import tiny_models as tiny  # noqa: E402
import tiny_sam3  # noqa: E402


def test_a_model_for_marks_that_takes_texts_finds_what_is_typed(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    vocabulary = b"a vocabulary\nr e\nre d</w>\nt h\nth i\nthi n\nthin g</w>"
    (tmp_path / "bpe_simple_vocab_16e6.txt.gz").write_bytes(gzip.compress(vocabulary))
    _, _, decoder = tiny_sam3.save(tmp_path, red=512 + 1, thing=512 + 5)
    desk = open_desk()
    program, panel = desk.program, desk.window.auto_labeling
    desk.window.actions["toggle_auto_labeling"].setChecked(True)
    program.choose_model(str(decoder))
    desk.wait_for(lambda: program.auto_labeling.model is not None and program.prompting.info is not None, 30.0)
    desk.wait_for(panel.text.isVisible)
    detector, outliner = program.auto_labeling.model, program.services.prompts.current
    assert isinstance(detector, Sam3Detector)
    assert detector._networks is outliner  # loaded once
    panel.text.line.setFocus()
    QTest.keyClicks(panel.text.line, "red, thing")
    QTest.keyClick(panel.text.line, Qt.Key.Key_Return)
    desk.wait_for(lambda: sorted(desk.labels()) == ["red", "thing", "thing"], 20.0)
    assert program.settings.config["auto_labeling.text_prompt"] == ("red", "thing")
    assert {"red", "thing"} <= set(panel.classes.classes())


def test_tiles_of_the_panel_are_those_of_the_model_and_of_the_settings(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    path = tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx")
    desk = open_desk(**{"auto_labeling.tile_px": 64})
    program, panel = desk.program, desk.window.auto_labeling
    desk.window.actions["toggle_auto_labeling"].setChecked(True)
    program.choose_model(str(path))
    desk.wait_for(lambda: program.auto_labeling.model is not None and panel.run_button.isEnabled(), 30.0)
    desk.wait_for(panel.tiles.box.isVisible)
    QTest.mouseClick(panel.tiles.box, LEFT, pos=panel.tiles.box.rect().center() / 4)
    assert program.auto_labeling.model is not None
    assert program.auto_labeling.model.info.tiling == Tiling(64, 0.2)
    assert program.settings.config["auto_labeling.tiles"] is True
    program.settings.set("auto_labeling.tile_overlap", 0.5)
    assert panel.tiling() == program.auto_labeling.model.info.tiling == Tiling(64, 0.5)
    program.settings.set("auto_labeling.tiles", False)
    assert program.auto_labeling.model.info.tiling is None
