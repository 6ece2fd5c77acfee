"""A window with settings of its own, and values to show in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from qtpy.QtCore import QSettings
from qtpy.QtWidgets import QApplication

from anylabeling.config import Config
from anylabeling.messages.models import BackendChoice, ModelInfo
from anylabeling.views.main_window import MainWindow


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Return window settings in a file of this test's own."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qapp: QApplication, settings: QSettings, show: Callable[[MainWindow], MainWindow]) -> MainWindow:
    """Return the main window, on the screen."""
    return show(MainWindow(Config({"theme": "light"}), settings=settings))


@pytest.fixture
def model() -> ModelInfo:
    """Return a model of five classes."""
    return ModelInfo(
        name="tiny",
        path="/models/tiny.onnx",
        family="yolo",
        task="detect",
        layout="yolov8",
        class_names=("person", "bus", "car", "cat", "dog"),
        input_width=640,
        input_height=640,
        dynamic_batch=True,
        choice=BackendChoice("onnx-cpu", "CPU"),
    )
