"""The real program with the real engine and a real model, and hands to use its image filter."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qtpy.QtCore import QPoint, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QPushButton, QWidget

from anylabeling.bootstrap import Program, StartOptions
from anylabeling.config import Config
from anylabeling.utils.metrics import METRICS
from anylabeling.views.dialogs.image_filter import ImageFilterDialog

SAMPLES = Path(__file__).parents[3] / "anylabeling" / "resources" / "samples"
LEFT = Qt.MouseButton.LeftButton
WaitFor = Callable[..., None]


class FilterDesk:
    """The program with a folder of pictures, and its image filter open."""

    def __init__(self, program: Program, wait_for: WaitFor) -> None:
        self.program = program
        self.wait_for = wait_for
        program.start()
        program.image_filter.show()

    @property
    def dialog(self) -> ImageFilterDialog:
        dialog = self.program.image_filter.dialog
        assert dialog is not None
        return dialog

    def listed(self) -> list[str]:
        """The names in the file list."""
        return [Path(path).name for path in self.program.window.file_dock.visible_paths()]

    def apply(self) -> None:
        """Apply the filter and wait for the answer."""
        self.click(self.dialog.footer.buttons.apply_button)
        self.settle()

    def settle(self, timeout_s: float = 90) -> None:
        """Wait until nothing runs any more and the answer is shown."""
        runner = self.program.runner
        lanes = (
            "filter",
            "filter list",
            "filter preview",
            "filter figures",
            "filter caches",
            "filter labels",
            "export",
        )

        def idle() -> bool:
            waiting = self.dialog._live.pending or self.program.filter.running
            return not (waiting or any(runner.busy(lane) for lane in lanes))

        for _ in range(4):
            # What a lane has handed over is delivered by the event loop, and may start the next piece of work.
            self.wait_for(idle, timeout_s)
            QApplication.processEvents()

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click a widget in its middle or at a place."""
        assert widget.isEnabled(), widget
        QTest.mouseClick(widget, LEFT, Qt.KeyboardModifier.NoModifier, place or widget.rect().center())

    def pick(self, *names: str) -> None:
        """Check or uncheck classes: search each and press Space on it."""
        classes = self.dialog.form.classes
        for name in names:
            classes.search.setFocus()
            classes.search.selectAll()
            QTest.keyClicks(classes.search, name)
            self.wait_for(lambda wanted=name: self.shown_classes()[:1] == [wanted])
            classes.picker.setCurrentIndex(classes.picker.model().index(0, 0))
            classes.picker.setFocus()
            QTest.keyClick(classes.picker, Qt.Key.Key_Space)
        classes.search.clear()
        self.wait_for(lambda: len(self.shown_classes()) == len(classes.picker.names()))

    def shown_classes(self) -> list[str]:
        """The names that the search leaves."""
        model = self.dialog.form.classes.picker.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def press(self, window: Any, text: str) -> None:
        """Click the button of a window that has this text."""
        for button in window.findChildren(QPushButton):
            if button.text().replace("&", "") == text and button.isVisible():
                QTest.mouseClick(button, LEFT)
                return
        raise LookupError(text)

    def said(self) -> str:
        """What stands beside the number of matches."""
        return f"{self.dialog.results.matches_label.text()} {self.dialog.results.message.text()}".strip()

    def inferred(self) -> int:
        """How many images a model has been run on in this process."""
        return METRICS.snapshot().counters.get("pipeline.images_inferred", 0)


@pytest.fixture
def open_program(home_dir: Path, qapp: QApplication, wait_for: WaitFor) -> Iterator[Callable[..., FilterDesk]]:
    """Return ``open_program(folder, model)``: the program with its image filter open; both may be None."""
    del home_dir
    made: list[Program] = []

    def start(folder: Path | None, model: Path | None = None, **settings: object) -> FilterDesk:
        config = Config({"theme": "light", "logger_level": "warning", **settings})
        options = StartOptions(path=str(folder) if folder else None, model=str(model) if model else None)
        made.append(Program(config, options))
        desk = FilterDesk(made[-1], wait_for)
        if folder is not None:
            wait_for(lambda: made[-1].navigation.all_paths, 20)
            wait_for(lambda: not made[-1].runner.busy("scan"), 20)
        if model is not None:
            wait_for(lambda: made[-1].auto_labeling.model is not None and desk.dialog.form.source.model is not None, 60)
        return desk

    yield start
    for program in made:
        if program.image_filter.dialog is not None:
            program.image_filter.dialog.close()
        program.window.close()
        program.finish()
        program.window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """Return a copy of the bundled pictures."""
    folder = tmp_path / "samples"
    shutil.copytree(SAMPLES / "images", folder, ignore=shutil.ignore_patterns("*.md"))
    return folder


@pytest.fixture
def sample_model() -> Path:
    """Return the bundled model."""
    return SAMPLES / "model" / "samples-yolo.onnx"
