"""While a picture takes long to load, the window says so, and stops saying so when it is there or cannot be."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from qtpy.QtWidgets import QWidget

from anylabeling.bootstrap.loading import connect_loading
from anylabeling.codecs import encode_png
from anylabeling.controllers.images import ImageController
from anylabeling.controllers.navigation import NavigationController
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.services.imaging.preloader import Preloader
from anylabeling.views.canvas.canvas import Canvas


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names")
def test_a_picture_that_is_awaited_is_named(
    tmp_path: Path, show: Callable[[QWidget], QWidget], wait_for: Callable[..., None]
) -> None:
    slow, quick = tmp_path / "slow.png", tmp_path / "quick.png"
    os.mkfifo(slow)  # who reads it waits for somebody who writes
    quick.write_bytes(encode_png(np.zeros((30, 40, 3), np.uint8)))
    runner, cache = TaskRunner(), ImageCache(1 << 20)
    images = ImageController(runner, cache, Preloader(cache), lambda _path: (False, None))
    navigation, canvas = NavigationController(runner), Canvas()
    show(canvas)
    program: Any = SimpleNamespace(window=SimpleNamespace(canvas=canvas), images=images, navigation=navigation)
    connect_loading(program)
    plate = canvas.waiting
    outcomes: list[object] = []
    images.opened.connect(outcomes.append)
    images.failed.connect(lambda *failure: outcomes.append(failure))
    try:
        images.show(str(slow), LabelStore())
        wait_for(plate.isVisible)
        assert plate.text() == "Loading slow.png"
        assert canvas.rect().contains(plate.geometry())
        before = plate.geometry()
        canvas.resize(canvas.width() + 200, canvas.height())
        assert plate.geometry().left() == before.left() + 100
        slow.open("wb").close()
        wait_for(lambda: outcomes)
        assert not plate.isVisible()
        images.show(str(quick), LabelStore())
        wait_for(lambda: len(outcomes) == 2)
        assert not plate.isVisible()
    finally:
        images.stop()
        runner.shutdown()
