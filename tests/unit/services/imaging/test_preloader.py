"""The neighbours of the current picture are decoded, nearest first, and no more than fits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from anylabeling.codecs import DecodedImage, DecodeLimits, PixelFormat, decode, encode_png
from anylabeling.codecs.buffers import PIXEL_BUFFERS
from anylabeling.services.imaging import image_cache
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.services.imaging.preloader import Preloader

IMAGE_BYTES = 40 * 30 * 4
DEADLINE_S = 60


class Setting:
    """A folder of small pictures, a cache, a preloader, and what it reported."""

    def __init__(self, folder: Path, capacity_images: int, workers: int = 1) -> None:
        self.paths = []
        for number in range(12):
            path = folder / f"{number}.png"
            path.write_bytes(encode_png(np.full((30, 40, 3), number, np.uint8)))
            self.paths.append(str(path))
        self.cache = ImageCache(capacity_images * IMAGE_BYTES)
        self.preloader = Preloader(self.cache, workers)
        self.loaded: list[int] = []
        self.done = threading.Semaphore(0)
        self.preloader.image_loaded.connect(lambda path: self.loaded.append(int(Path(path).stem)))
        self.preloader.focus_done.connect(self.done.release)

    def focus(self, index: int, count: int = 3, *, behind: int = 1) -> list[int]:
        """Focus, wait until all is done, and return what was loaded meanwhile, in order."""
        self.loaded.clear()
        self.preloader.focus(self.paths, index, count, behind=behind)
        assert self.done.acquire(timeout=DEADLINE_S)
        return list(self.loaded)

    def cached(self) -> list[int]:
        return [number for number, path in enumerate(self.paths) if self.cache.contains(path)]


@pytest.fixture
def make_setting(tmp_path: Path) -> Iterator[type[Setting]]:
    made: list[Setting] = []

    def make(capacity_images: int, workers: int = 1) -> Setting:
        made.append(Setting(tmp_path, capacity_images, workers))
        return made[-1]

    yield make  # type: ignore[misc]
    for setting in made:
        setting.preloader.stop()
    assert not [thread for thread in threading.enumerate() if "preload" in thread.name]


def test_nearest_first_ahead_before_behind(make_setting, caplog: pytest.LogCaptureFixture) -> None:
    setting = make_setting(100)
    setting.cache.load(setting.paths[5])
    with caplog.at_level(logging.INFO, "anylabeling"):
        assert setting.focus(5, 3) == [6, 4, 7, 8]
    assert "Pre-loaded image" in caplog.text
    assert setting.focus(6, 3) == [9]
    assert setting.focus(6, 3) == []
    assert setting.cache.stats().misses == 1


@pytest.mark.parametrize(("index", "expected"), [(0, [1, 2, 3]), (11, [10]), (10, [11, 9])])
def test_ends_of_the_list(make_setting, index: int, expected: list[int]) -> None:
    assert make_setting(100).focus(index, 3) == expected


def test_several_behind(make_setting) -> None:
    assert make_setting(100).focus(5, 1, behind=3) == [6, 4, 3, 2]


def test_stops_before_a_nearer_one_would_go(make_setting) -> None:
    setting = make_setting(4)  # the current one and three more
    setting.cache.load(setting.paths[5])
    assert setting.focus(5, 6) == [6, 4, 7]
    assert setting.cached() == [4, 5, 6, 7]
    assert setting.cache.stats().evictions == 0


def test_near_pictures_seen_long_ago_outlive_far_ones_seen_just_now(make_setting) -> None:
    setting = make_setting(5)
    for number in (4, 5, 6, 0, 1):  # 4 to 6 long ago, then 0 and 1
        setting.cache.load(setting.paths[number])
    assert setting.focus(5, 3) == [7, 8]
    assert setting.cached() == [4, 5, 6, 7, 8]


def test_broken_neighbours_are_passed_by(make_setting, caplog: pytest.LogCaptureFixture) -> None:
    setting = make_setting(100)
    Path(setting.paths[6]).write_bytes(b"broken")
    Path(setting.paths[7]).unlink()
    with caplog.at_level(logging.INFO, "anylabeling"):
        assert setting.focus(5, 3) == [4, 8]
    assert all(record.levelno <= logging.INFO for record in caplog.records)


def test_listener_that_raises_is_logged_and_the_rest_goes_on(make_setting, caplog: pytest.LogCaptureFixture) -> None:
    setting = make_setting(100)

    def broken(_path: str) -> None:
        raise RuntimeError("the window is gone")

    disconnect = setting.preloader.image_loaded.connect(broken)
    assert setting.focus(5, 2) == [6, 4, 7]
    disconnect()
    assert "the window is gone" in caplog.text
    caplog.clear()


def test_several_workers_load_all(make_setting) -> None:
    assert sorted(make_setting(100, workers=3).focus(5, 6)) == [4, 6, 7, 8, 9, 10, 11]


class HeldDecoder:
    """The real decoder, held at a gate; tells which file is being decoded."""

    def __init__(self) -> None:
        self.calls: list[int] = []
        self.entered = threading.Semaphore(0)
        self.gate = threading.Semaphore(0)

    def __call__(self, path: str, *, pixel_format: PixelFormat, limits: DecodeLimits, check: object) -> DecodedImage:
        self.calls.append(int(Path(path).stem))
        self.entered.release()
        assert self.gate.acquire(timeout=DEADLINE_S)
        return decode(path, pixel_format=pixel_format, limits=limits)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> HeldDecoder:
    decoder = HeldDecoder()
    monkeypatch.setattr(image_cache, "decode", decoder)
    return decoder


def test_jump_drops_what_is_no_longer_near(make_setting, held: HeldDecoder) -> None:
    setting = make_setting(100)
    setting.preloader.focus(setting.paths, 1, 3)
    assert held.entered.acquire(timeout=DEADLINE_S)
    setting.preloader.focus(setting.paths, 9, 1)
    for _ in range(3):
        held.gate.release()
    assert setting.done.acquire(timeout=DEADLINE_S)
    assert held.calls == [2, 10, 8]
    # The picture that was dropped while it was being decoded may end last.
    setting.preloader.stop()
    assert setting.cached() == [2, 8, 10]
    assert not setting.done.acquire(blocking=False)


def test_cancel_finishes_the_running_one_only(make_setting, held: HeldDecoder) -> None:
    setting = make_setting(100)
    setting.preloader.focus(setting.paths, 1, 3)
    assert held.entered.acquire(timeout=DEADLINE_S)
    setting.preloader.cancel()
    held.gate.release()
    setting.preloader.stop()
    assert held.calls == [2]
    assert setting.cached() == [2]
    setting.preloader.focus(setting.paths, 5, 3)
    setting.preloader.stop()
    assert held.calls == [2]


def test_whoever_steps_there_waits_for_the_same_decode(make_setting, held: HeldDecoder) -> None:
    setting = make_setting(100)
    setting.preloader.focus(setting.paths, 1, 1, behind=0)
    assert held.entered.acquire(timeout=DEADLINE_S)
    shown: list[DecodedImage] = []
    stepping = threading.Thread(target=lambda: shown.append(setting.cache.load(setting.paths[2])))
    stepping.start()
    held.gate.release()
    stepping.join(DEADLINE_S)
    assert shown[0].pixels[0, 0, 0] == 2
    assert held.calls == [2]


def test_nothing_happens_with_the_cache_off(make_setting) -> None:
    setting = make_setting(0)
    setting.preloader.focus(setting.paths, 5, 3)
    setting.preloader.focus([], 0, 3)
    setting.preloader.stop()
    assert setting.loaded == []


def test_memory_waits_for_a_picture_that_is_jumped_to(make_setting, tmp_path: Path) -> None:
    size_bytes = 600 * 500 * 4
    large = tmp_path / "large.png"
    large.write_bytes(encode_png(np.zeros((600, 500, 3), np.uint8)))
    for room_bytes, waiting_bytes in ((2 * size_bytes, size_bytes), (2 * size_bytes - 1, 0)):
        setting = make_setting(4)
        setting.cache.resize(room_bytes)
        setting.paths[3] = str(large)
        PIXEL_BUFFERS.clear()
        setting.focus(3)
        # One that fills the cache by itself leaves no room for a second one.
        assert PIXEL_BUFFERS.idle_bytes == waiting_bytes
