"""The cache keeps what fits, notices changed files, and decodes a file once however many ask."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from anylabeling.codecs import DecodedImage, DecodeLimits, PixelFormat, bands, decode, encode_png
from anylabeling.errors import ImageError
from anylabeling.services.imaging import image_cache
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.utils.cancellation import Cancelled, CancelToken

WIDTH, HEIGHT = 40, 30
IMAGE_BYTES = WIDTH * HEIGHT * 4


def write_picture(path: Path, value: int, *, width: int = WIDTH) -> Path:
    path.write_bytes(encode_png(np.full((HEIGHT, width, 3), value, np.uint8)))
    return path


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    return [write_picture(tmp_path / f"{number}.png", number) for number in range(6)]


def test_second_look_is_a_hit(pictures: list[Path]) -> None:
    cache = ImageCache(10 * IMAGE_BYTES)
    assert cache.get(pictures[1]) is None
    first = cache.load(pictures[1])
    assert cache.load(str(pictures[1])) is first
    assert cache.get(pictures[1]) is first
    assert np.array_equal(first.pixels, decode(pictures[1], pixel_format=PixelFormat.BGRA).pixels)
    assert not first.pixels.flags.writeable
    stats = cache.stats()
    assert (stats.hits, stats.misses, stats.evictions, stats.count) == (2, 2, 0, 1)
    assert (stats.used_bytes, stats.capacity_bytes) == (IMAGE_BYTES, 10 * IMAGE_BYTES)
    assert stats.hit_rate == 0.5


def test_longest_unused_goes_first(pictures: list[Path]) -> None:
    cache = ImageCache(3 * IMAGE_BYTES)
    for path in pictures[:3]:
        cache.load(path)
    assert cache.touch(pictures[0])
    cache.load(pictures[3])
    assert [cache.contains(path) for path in pictures[:4]] == [True, False, True, True]
    assert cache.stats().evictions == 1
    cache.resize(IMAGE_BYTES)
    assert [cache.contains(path) for path in pictures[:4]] == [False, False, False, True]
    cache.clear()
    assert cache.stats().used_bytes == 0


def test_off_and_too_large(pictures: list[Path], tmp_path: Path) -> None:
    off = ImageCache(0)
    assert off.load(pictures[0]).width == WIDTH
    assert off.get(pictures[0]) is None
    cache = ImageCache(2 * IMAGE_BYTES)
    cache.load(pictures[0])
    wide = write_picture(tmp_path / "wide.png", 9, width=3 * WIDTH)
    assert cache.load(wide).width == 3 * WIDTH
    assert not cache.contains(wide)
    assert cache.contains(pictures[0])


def test_changed_files_are_read_again(pictures: list[Path]) -> None:
    path = pictures[0]
    cache = ImageCache(10 * IMAGE_BYTES)
    assert cache.load(path).pixels[0, 0, 0] == 0
    status = path.stat()
    write_picture(path, 200)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert not cache.contains(path)
    assert cache.get(path) is None
    assert cache.load(path).pixels[0, 0, 0] == 200
    # The same size and time, but another file under the name: what an editor that saves atomically leaves.
    other = write_picture(path.with_name("other.png"), 100)
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert other.stat().st_size == path.stat().st_size
    other.replace(path)
    assert cache.load(path).pixels[0, 0, 0] == 100
    assert cache.stats().count == 1
    path.unlink()
    assert cache.get(path) is None
    with pytest.raises(ImageError, match="does not exist"):
        cache.load(path)
    assert cache.stats().count == 0


def test_failures_are_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "late.png"
    path.write_bytes(b"")
    cache = ImageCache(10 * IMAGE_BYTES)
    for _ in range(2):
        with pytest.raises(ImageError, match="is empty"):
            cache.load(path)
    write_picture(path, 7)
    assert cache.load(path).pixels[0, 0, 0] == 7
    cache.invalidate(path)
    assert not cache.contains(path)


def test_uncounted_requests_leave_the_rate_alone(pictures: list[Path]) -> None:
    cache = ImageCache(10 * IMAGE_BYTES)
    cache.load(pictures[0], count=False)
    cache.load(pictures[0], count=False)
    assert (cache.stats().hits, cache.stats().misses) == (0, 0)
    assert cache.stats().hit_rate == 0


class SlowDecoder:
    """The real decoder, held at a gate and counted."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.entered = threading.Event()
        self.gate = threading.Event()

    def __call__(self, path: str, *, pixel_format: PixelFormat, limits: DecodeLimits, check: object) -> DecodedImage:
        self.calls.append(path)
        self.entered.set()
        assert self.gate.wait(20)
        return decode(path, pixel_format=pixel_format, limits=limits)


@pytest.mark.parametrize("broken", [False, True])
def test_one_decode_for_all_who_ask(pictures: list[Path], monkeypatch: pytest.MonkeyPatch, broken: bool) -> None:
    decoder = SlowDecoder()
    monkeypatch.setattr(image_cache, "decode", decoder)
    if broken:
        pictures[0].write_bytes(b"no picture at all")
    cache = ImageCache(10 * IMAGE_BYTES)
    barrier = threading.Barrier(9)
    results: list[object] = []

    def work() -> None:
        barrier.wait(20)
        try:
            results.append(cache.load(pictures[0]))
        except ImageError as error:
            results.append(error.user_text)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    barrier.wait(20)
    assert decoder.entered.wait(20)
    decoder.gate.set()
    for thread in threads:
        thread.join(20)
    assert len(results) == 8
    assert len(set(map(id, results))) == 1 or broken
    if broken:
        assert set(results) == {"0.png is not a picture that can be read here."}
    else:
        assert decoder.calls == [str(pictures[0])]


def test_different_files_are_decoded_at_the_same_time(pictures: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    barrier = threading.Barrier(3)

    def decode_together(path: str, *, pixel_format: PixelFormat, limits: DecodeLimits, check: object) -> DecodedImage:
        barrier.wait(20)
        return decode(path, pixel_format=pixel_format, limits=limits)

    monkeypatch.setattr(image_cache, "decode", decode_together)
    cache = ImageCache(10 * IMAGE_BYTES)
    threads = [threading.Thread(target=cache.load, args=(path,)) for path in pictures[:3]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert cache.stats().count == 3


def test_many_threads_and_a_changing_budget(pictures: list[Path]) -> None:
    cache = ImageCache(3 * IMAGE_BYTES)
    barrier = threading.Barrier(5)
    wrong: list[str] = []

    def work(seed: int) -> None:
        random = np.random.default_rng(seed)
        barrier.wait(20)
        for _ in range(200):
            number = int(random.integers(0, len(pictures)))
            if cache.load(pictures[number]).pixels[3, 4, 0] != number:
                wrong.append(f"{number}")
            if number == 0:
                cache.resize(int(random.integers(0, 5)) * IMAGE_BYTES)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    stats = cache.stats()
    assert stats.hits + stats.misses == 1000
    assert stats.used_bytes == stats.count * IMAGE_BYTES
    assert stats.used_bytes <= stats.capacity_bytes


def test_statistics_are_logged_from_time_to_time(
    pictures: list[Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(image_cache, "_LOG_INTERVAL_S", 0.0)
    cache = ImageCache(10 * IMAGE_BYTES)
    with caplog.at_level(logging.INFO, "anylabeling"):
        cache.load(pictures[0])
    assert "Image cache: 0 hits, 1 misses" in caplog.text


def test_a_picture_that_would_take_the_whole_budget_is_kept_reduced(tmp_path: Path) -> None:
    large = write_picture(tmp_path / "large.png", 9, width=400)
    cache = ImageCache(8 * IMAGE_BYTES, least_picture_bytes=0)
    image = cache.load(large)
    assert (image.full_width, image.full_height) == (400, HEIGHT)
    assert image.size_bytes <= 6 * IMAGE_BYTES
    assert "shown reduced" in image.note
    assert cache.get(large) is image


def test_a_larger_budget_shows_it_whole_and_a_smaller_one_reduced_again(tmp_path: Path) -> None:
    large = write_picture(tmp_path / "large.png", 9, width=400)
    small = write_picture(tmp_path / "small.png", 9)
    cache = ImageCache(8 * IMAGE_BYTES, least_picture_bytes=0)
    cache.load(large)
    kept = cache.load(small)
    cache.resize(100 * IMAGE_BYTES)
    assert cache.load(large).is_full_size
    assert cache.get(small) is kept
    cache.resize(8 * IMAGE_BYTES)
    assert not cache.load(large).is_full_size


def test_a_small_budget_reduces_no_ordinary_picture(tmp_path: Path) -> None:
    cache = ImageCache(0)
    assert cache.limits.reduction(6000, 4000) == 1
    assert cache.load(write_picture(tmp_path / "a.png", 3)).is_full_size


class SlowToken(CancelToken):
    """Stops the work that looks at it until it is cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.looked_at = threading.Event()

    def raise_if_cancelled(self) -> None:
        self.looked_at.set()
        self.wait(20.0)
        super().raise_if_cancelled()


def test_who_still_wants_a_very_large_picture_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MOST_WHOLE_BYTES", "_LEAST_FILE_BYTES"):
        monkeypatch.setattr(bands, name, 0)
    path = write_picture(tmp_path / "large.png", 70, width=4000)
    cache, token, outcomes = ImageCache(64 << 10, least_picture_bytes=1 << 10), SlowToken(), list[object]()

    def give_up() -> None:
        try:
            outcomes.append(cache.load(path, cancel=token))
        except Cancelled:
            outcomes.append("stopped")

    first = threading.Thread(target=give_up)
    second = threading.Thread(target=lambda: outcomes.append(cache.load(path)))
    first.start()
    assert token.looked_at.wait(20.0)
    second.start()
    token.cancel()
    first.join()
    second.join()
    assert "stopped" in outcomes
    (image,) = (outcome for outcome in outcomes if isinstance(outcome, DecodedImage))
    assert (image.full_width, image.full_height) == (4000, HEIGHT)
    assert not image.is_full_size
    assert cache.contains(path)
