"""The whole program on a folder of small pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from label_desk import SIZE, Desk
from qtpy.QtWidgets import QApplication

from anylabeling.bootstrap import Program, StartOptions
from anylabeling.codecs import encode_jpeg
from anylabeling.config import Config


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of twelve pictures without labels."""
    made = tmp_path / "pictures"
    made.mkdir()
    data = encode_jpeg(np.full((SIZE[1], SIZE[0], 3), 120, np.uint8))
    for number in range(12):
        (made / f"{number:02}.jpg").write_bytes(data)
    return made


@pytest.fixture
def open_desk(
    qapp: QApplication, home_dir: Path, folder: Path, wait_for: Callable[..., None]
) -> Iterator[Callable[..., Desk]]:
    """Return ``open_desk(settings)``: start the program on the folder; it is ended after the test."""
    del home_dir
    programs: list[Program] = []

    def start(**settings: object) -> Desk:
        program = Program(Config({"theme": "light", **settings}), StartOptions(path=str(folder)))
        programs.append(program)
        program.window.resize(1000, 700)
        program.start()
        desk = Desk(program, folder, wait_for)
        desk.wait_image(0)
        wait_for(lambda: len(program.navigation.all_paths) == 12)
        wait_for(lambda: QApplication.activeWindow() is not None)
        desk.work.survey.ask()
        wait_for(lambda: desk.work.survey.last is not None and len(desk.work.survey.last.paths) == 12, 20.0)
        return desk

    yield start
    for program in programs:
        program.saving.save_all()
        program.documents.close_current()
        program.window.set_close_guard(lambda: True)
        for widget in qapp.topLevelWidgets():
            widget.close()
        program.finish()
        program.window.deleteLater()
        program.deleteLater()
    qapp.processEvents()
