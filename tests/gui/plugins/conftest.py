"""The program on a folder of two pictures, with a folder of installed packages and a server of models."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from qtpy.QtWidgets import QApplication

from anylabeling.bootstrap import Program, StartOptions
from anylabeling.codecs import encode_png
from anylabeling.config import Config

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a picture with a red and a blue area, and one without."""
    made = tmp_path / "pictures"
    made.mkdir()
    picture = np.full((120, 160, 3), 255, np.uint8)
    picture[10:50, 20:80] = (220, 20, 20)
    picture[60:110, 90:150] = (30, 40, 220)
    (made / "a.png").write_bytes(encode_png(picture))
    (made / "b.png").write_bytes(encode_png(np.full((50, 50, 3), 255, np.uint8)))
    return made


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder of packages that Python looks into."""
    made = tmp_path / "site"
    made.mkdir()
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(made))
    yield made
    for name in set(sys.modules) - before:
        if str(made) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]
    importlib.invalidate_caches()


@pytest.fixture
def start(
    qapp: QApplication, home_dir: Path, folder: Path, wait_for: Callable[..., None]
) -> Iterator[Callable[..., Program]]:
    """Return ``start(use_plugins, **settings)``: the program on the folder, with its plug-ins loaded."""
    del home_dir
    programs: list[Program] = []

    def begin(*, use_plugins: bool = True, model: str | None = None, **settings: object) -> Program:
        program = Program(
            Config({"theme": "light", "display_label_popup": False, **settings}),
            StartOptions(path=str(folder / "a.png"), model=model, use_plugins=use_plugins),
        )
        programs.append(program)
        program.window.resize(1100, 760)
        program.start()
        wait_for(lambda: program.documents.current is not None)
        if use_plugins:
            wait_for(lambda: program.plugins.host is not None and program.plugins.host.is_loaded)
            wait_for(lambda: not program.runner.busy("plug-ins"))
        wait_for(lambda: QApplication.activeWindow() is not None)
        qapp.processEvents()
        return program

    yield begin
    for program in programs:
        program.documents.close_current()
        program.window.set_close_guard(lambda: True)
        for widget in qapp.topLevelWidgets():
            widget.close()
        program.finish()
        program.window.deleteLater()
        program.deleteLater()
    qapp.processEvents()
