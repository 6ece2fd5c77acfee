"""The picture that somebody waits for is loaded before its neighbours, which come once it is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from qtpy.QtWidgets import QApplication

from anylabeling.codecs import encode_png
from anylabeling.controllers.images import ImageController
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.services.imaging.preloader import Preloader


class Loading:
    """Three pictures, the second of which may be broken, and what was in memory when something came of the first."""

    def __init__(self, folder: Path) -> None:
        self.paths = [str(folder / f"{number}.png") for number in range(3)]
        for path in self.paths:
            Path(path).write_bytes(encode_png(np.zeros((30, 40, 3), np.uint8)))
        self.cache, self.runner = ImageCache(1 << 20), TaskRunner()
        self.images = ImageController(self.runner, self.cache, Preloader(self.cache), lambda _path: (False, None))
        self.seen: list[tuple[str, bool]] = []
        self.images.opened.connect(lambda opened: self.seen.append(("opened", self.neighbour_is_there())))
        self.images.failed.connect(lambda _path, _error: self.seen.append(("failed", self.neighbour_is_there())))

    def neighbour_is_there(self) -> bool:
        return self.cache.contains(self.paths[1])

    def show_first(self) -> None:
        self.images.show(self.paths[0], LabelStore())
        self.images.preload_around(self.paths, 0, 2)
        while self.runner.busy("load"):  # the event loop stands still: nothing is delivered yet
            pass


@pytest.fixture
def loading(qapp: QApplication, tmp_path: Path) -> Iterator[Loading]:
    made = Loading(tmp_path)
    yield made
    made.images.stop()
    made.runner.shutdown()


def test_neighbours_wait_for_the_picture(loading: Loading, wait_for) -> None:
    loading.show_first()
    assert not loading.neighbour_is_there()
    wait_for(loading.neighbour_is_there)
    assert loading.seen == [("opened", False)]


def test_neighbours_come_after_a_picture_that_cannot_be_opened(loading: Loading, wait_for) -> None:
    Path(loading.paths[0]).write_bytes(b"no picture")
    loading.show_first()
    wait_for(loading.neighbour_is_there)
    assert loading.seen == [("failed", False)]


def test_neighbours_of_a_picture_that_is_there_come_at_once(loading: Loading, wait_for) -> None:
    loading.show_first()
    wait_for(loading.neighbour_is_there)
    loading.images.preload_around(loading.paths, 2, 0)
    loading.cache.clear()
    loading.images.preload_around(loading.paths, 0, 2)
    wait_for(loading.neighbour_is_there)
