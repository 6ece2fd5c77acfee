"""A change in the performance settings reaches what runs, at once: caches, pools, compiled code, preloader, model."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qtpy.QtCore import QPoint, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QCheckBox, QComboBox, QSpinBox

from anylabeling import accel
from anylabeling.bootstrap import Program, StartOptions
from anylabeling.codecs.buffers import PIXEL_BUFFERS
from anylabeling.config import Config
from anylabeling.services.auto_labeling.pipeline import detect_many
from anylabeling.services.auto_labeling.runtime_info import available_cpus

SAMPLES = Path(__file__).parents[3] / "anylabeling" / "resources" / "samples"
WaitFor = Callable[..., None]


class Desk:
    """The program with its performance settings open."""

    def __init__(self, program: Program, wait_for: WaitFor) -> None:
        self.program = program
        self.wait_for = wait_for
        program.dialogs.show_performance()
        assert program.dialogs.performance_dialog is not None
        self.dialog = program.dialogs.performance_dialog
        self.dialog.activateWindow()  # fields take what was typed when they lose the focus
        wait_for(self.dialog.isActiveWindow)

    def control(self, name: str) -> Any:
        """Bring the page of a setting to the front and return its control."""
        row = self.dialog.rows[f"performance.{name}"]
        for page in range(self.dialog.pages.count()):
            if self.dialog.pages.item(page).text() == row.setting.section:
                self.dialog.pages.setCurrentRow(page)
        return row.control

    def enter(self, name: str, value: object) -> None:
        """Set a control by keys and mouse."""
        control = self.control(name)
        if isinstance(control, QCheckBox):
            if control.isChecked() != value:
                QTest.mouseClick(control, Qt.MouseButton.LeftButton, pos=QPoint(8, control.height() // 2))
        elif isinstance(control, QComboBox):
            control.setFocus()
            while control.currentData() != value:
                before = control.currentIndex()
                key = Qt.Key.Key_Down if control.findData(value) > before else Qt.Key.Key_Up
                QTest.keyClick(control, key)
                assert control.currentIndex() != before
        else:
            assert isinstance(control, QSpinBox)
            control.setFocus()
            control.selectAll()
            QTest.keyClicks(control, str(value))
            QTest.keyClick(control, Qt.Key.Key_Tab)

    def preloaded(self) -> int:
        """How many pictures lie ready besides the one on the screen."""
        cache, current = self.program.services.image_cache, self.program.navigation.current
        return sum(cache.contains(path) for path in self.program.navigation.paths if path != current)


@pytest.fixture
def desk(home_dir: Path, tmp_path: Path, qapp: QApplication, wait_for: WaitFor) -> Iterator[Desk]:
    folder = tmp_path / "samples"
    shutil.copytree(SAMPLES / "images", folder, ignore=shutil.ignore_patterns("*.md"))
    config = Config({"theme": "light", "logger_level": "warning", "performance.io_threads": 2})
    program = Program(config, StartOptions(path=str(folder)))
    program.start()
    wait_for(lambda: program.window.canvas.image_id(), 30)
    desk = Desk(program, wait_for)
    yield desk
    desk.dialog.close()
    program.window.close()
    program.finish()
    program.services.close()
    program.window.deleteLater()
    accel.follow_setting("auto")
    qapp.processEvents()
    assert home_dir.exists()


def test_the_image_cache_and_the_buffers_follow(desk: Desk) -> None:
    cache = desk.program.services.image_cache
    assert cache.capacity_bytes == 512 << 20
    desk.enter("image_cache_size_mb", 128)
    assert cache.capacity_bytes == 128 << 20
    assert PIXEL_BUFFERS.idle_limit_bytes == 64 << 20
    desk.wait_for(lambda: desk.preloaded() == 3, 20)
    desk.program.settings.set("performance.image_cache_size_mb", 0)
    assert cache.stats().used_bytes == 0
    assert desk.control("image_cache_size_mb").text() == "off"


def test_preloading_follows(desk: Desk) -> None:
    desk.wait_for(lambda: desk.preloaded() == 3, 20)
    desk.enter("preload_count", 5)
    desk.wait_for(lambda: desk.preloaded() == 5, 20)
    desk.enter("preload_enabled", False)
    desk.program.services.image_cache.clear()
    shown = desk.program.window.canvas.image_id()
    desk.program.navigation.step(4)
    desk.wait_for(lambda: desk.program.window.canvas.image_id() != shown, 20)
    assert desk.program.images.preloader.waiting == 0
    assert desk.preloaded() == 0
    desk.enter("preload_enabled", True)
    desk.wait_for(lambda: desk.preloaded() == 6, 20)  # five ahead, one behind


def test_the_preloaders_threads_follow(desk: Desk) -> None:
    preloader = desk.program.images.preloader
    desk.enter("io_threads", 1)
    assert preloader.workers == 1
    desk.enter("io_threads", 16)
    assert preloader.workers == max(1, available_cpus() - 1)


def test_the_compiled_code_follows(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANYLABELING_ACCEL", raising=False)
    before = {name: row.implementation for name, row in accel.status().items()}
    desk.enter("accel", "numpy")
    assert {row.implementation for row in accel.status().values()} == {"numpy"}
    desk.enter("accel", "auto")
    assert {name: row.implementation for name, row in accel.status().items()} == before


def test_threads_and_batch_of_the_next_run_follow(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    program = desk.program
    program.load_model(str(SAMPLES / "model" / "samples-yolo.onnx"))
    desk.wait_for(lambda: program.auto_labeling.model is not None, 60)
    model = program.auto_labeling.model
    assert model is not None
    desk.enter("num_worker_threads", 1)
    desk.enter("batch_size", 2)
    seen: set[str] = set()
    batches: list[int] = []
    infer = model.infer

    def noted(items: Any, **options: Any) -> Any:
        seen.update(thread.name for thread in threading.enumerate())
        batches.append(len(items))
        return infer(items, **options)

    monkeypatch.setattr(model, "infer", noted)
    detect_many(model, program.navigation.paths, settings=program.services.pipeline_settings())
    assert {name for name in seen if name.startswith("anylabeling-decode-")} == {"anylabeling-decode-0"}
    assert max(batches) <= 2


def test_the_loaded_model_moves_to_the_chosen_backend(desk: Desk) -> None:
    program = desk.program
    program.load_model(str(SAMPLES / "model" / "samples-yolo.onnx"))
    desk.wait_for(lambda: program.services.models.info is not None, 60)
    desk.enter("preferred_backend", "cv2.dnn")
    desk.wait_for(lambda: program.services.models.info.choice.backend == "cv2.dnn", 60)
    desk.wait_for(lambda: not program.runner.busy("model"), 20)


def test_preloading_ends_when_the_model_is_unloaded(desk: Desk) -> None:
    program = desk.program
    program.load_model(str(SAMPLES / "model" / "samples-yolo.onnx"))
    desk.wait_for(lambda: program.auto_labeling.model is not None, 60)
    program.services.image_cache.clear()
    program.images.preload_around(program.navigation.paths, 0, 10)
    program.auto_labeling.unload()
    assert program.images.preloader.waiting == 0
    assert desk.preloaded() < 10


def test_result_caching_follows(desk: Desk) -> None:
    services = desk.program.services
    assert services.filter_stores().results is not None
    desk.enter("enable_result_caching", False)
    assert services.filter_stores().results is None
    desk.enter("enable_result_caching", True)
    desk.enter("cache_persistence", False)
    stores = services.filter_stores()
    assert stores.results is not None
    assert not stores.results.stats().persistent


def test_figures_are_live_while_the_dialog_is_open(desk: Desk) -> None:
    live = desk.dialog.live
    desk.wait_for(lambda: desk.preloaded() == 3, 20)
    desk.wait_for(lambda: not live.cache.text().startswith("0 "), 20)
    assert live.cache.text().endswith("of 512 MB")
    shown = desk.program.window.canvas.image_id()
    desk.program.navigation.step(1)
    desk.wait_for(lambda: desk.program.window.canvas.image_id() != shown, 20)
    stats = desk.program.services.image_cache.stats()
    desk.wait_for(lambda: live.hits.text() == f"{stats.hit_rate:.0%}", 20)
    assert live.decoding.text().endswith(" ms")
    assert live.decoding.plot.values()
    desk.wait_for(lambda: "answers of the image filter" in desk.dialog.result_cache.text(), 20)
    desk.dialog.close()
    count = len(live.cache.plot.values())
    desk.program.diagnostics.figures_changed.connect(lambda _figures: pytest.fail("nobody looks"))
    desk.program.navigation.step(1)
    assert len(live.cache.plot.values()) == count


def test_reset_reaches_what_runs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANYLABELING_ACCEL", raising=False)
    desk.enter("image_cache_size_mb", 256)
    desk.enter("accel", "numpy")
    QTest.mouseClick(desk.dialog.reset_button, Qt.MouseButton.LeftButton)
    assert desk.program.services.image_cache.capacity_bytes == 512 << 20
    assert accel.chosen() == "auto"
    assert not desk.dialog.reset_button.isEnabled()
