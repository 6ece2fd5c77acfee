"""Embeddings are computed once, kept within budgets, and never taken for another picture's."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import tiny_prompt_models as tiny

from anylabeling.codecs import decode, encode_jpeg
from anylabeling.composition import build_services
from anylabeling.config import Config
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.embedding_preloader import EmbeddingPreloader
from anylabeling.services.auto_labeling.embeddings import Embedding, EmbeddingCache, EmbeddingLimits, halved
from anylabeling.services.auto_labeling.models.segment_anything import SegmentAnythingModel, open_model
from anylabeling.services.auto_labeling.models.segment_anything_files import find_files
from anylabeling.utils.cancellation import Cancelled, CancelToken

Open = Callable[..., SegmentAnythingModel]


@pytest.fixture
def open_tiny(tmp_path: Path) -> Iterator[Open]:
    """Return ``open_tiny(limits, slow_steps=0)``: a small real model."""
    opened: list[SegmentAnythingModel] = []

    def open_one(limits: EmbeddingLimits, slow_steps: int = 0) -> SegmentAnythingModel:
        encoder, _ = tiny.save_pair(tmp_path, stem=f"disc{slow_steps}", slow_steps=slow_steps)
        files = find_files(encoder)
        assert files is not None
        # OpenVINO takes long to compile a network of so many steps.
        backend = "onnx-cpu" if slow_steps else "auto"
        opened.append(open_model(files, backend, options=BackendOptions(), limits=limits))
        return opened[-1]

    yield open_one
    for model in opened:
        model.close()


def embedding(level: float = 0.5, size: int = 1000) -> Embedding:
    return Embedding({"image_embeddings": np.full(size, level, np.float16)}, (640, 480), (1024, 768))


def picture(path: Path, level: int) -> Path:
    path.write_bytes(encode_jpeg(np.full((48, 64, 3), level, np.uint8)))
    return path


def pixels(path: Path) -> np.ndarray:
    return decode(str(path)).pixels[:, :, :3]


def test_memory_stays_within_its_budget(tmp_path: Path) -> None:
    photo = picture(tmp_path / "a.jpg", 100)
    cache = EmbeddingCache("encoder", EmbeddingLimits(memory_bytes=5000))
    keys = []
    for number in range(5):
        image = np.full((32, 32, 3), number, np.uint8)
        keys.append(cache.key(photo, image))
        cache.put(keys[-1], embedding(number))
        assert cache.used_bytes <= 5000
    assert [cache.in_memory(key) for key in keys] == [False, False, False, True, True]
    found = cache.get(keys[-1])
    assert found is not None
    assert found.tensors["image_embeddings"][0] == 4


def test_another_start_finds_it_on_disk(tmp_path: Path) -> None:
    photo, limits = picture(tmp_path / "a.jpg", 100), EmbeddingLimits(folder=tmp_path / "store")
    image = pixels(photo)
    first = EmbeddingCache("encoder", limits)
    first.put(first.key(photo, image), embedding(0.25))
    second = EmbeddingCache("encoder", limits)
    found = second.get(second.key(photo, image))
    assert found is not None
    assert np.array_equal(found.tensors["image_embeddings"], embedding(0.25).tensors["image_embeddings"])
    assert (found.image_size, found.input_size) == ((640, 480), (1024, 768))
    other_model = EmbeddingCache("another encoder", limits)
    assert other_model.get(other_model.key(photo, image)) is None


def test_a_changed_picture_is_another_picture(tmp_path: Path) -> None:
    photo = picture(tmp_path / "a.jpg", 100)
    cache = EmbeddingCache("encoder", EmbeddingLimits(folder=tmp_path / "store"))
    before = pixels(photo)
    cache.put(cache.key(photo, before), embedding())
    picture(photo, 180)
    # Neither the new pixels nor the old ones that may still be on the screen.
    assert cache.get(cache.key(photo, pixels(photo))) is None
    assert cache.get(cache.key(photo, before)) is None


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "garbage"])
def test_damaged_files_are_ignored(tmp_path: Path, damage: str) -> None:
    photo, limits = picture(tmp_path / "a.jpg", 100), EmbeddingLimits(folder=tmp_path / "store")
    cache = EmbeddingCache("encoder", limits)
    key = cache.key(photo, pixels(photo))
    cache.put(key, embedding())
    (stored,) = (tmp_path / "store").iterdir()
    data = bytearray(stored.read_bytes())
    if damage == "cut":
        del data[len(data) // 2 :]
    elif damage == "flip":
        data[len(data) // 2] ^= 0xFF
    elif damage == "empty":
        data.clear()
    else:
        data[:] = os.urandom(3000)
    stored.write_bytes(data)
    again = EmbeddingCache("encoder", limits)
    assert again.get(key) is None
    again.put(key, embedding())
    assert EmbeddingCache("encoder", limits).get(key) is not None


def test_the_disk_stays_within_its_budget(tmp_path: Path) -> None:
    photo, folder = picture(tmp_path / "a.jpg", 100), tmp_path / "store"
    cache = EmbeddingCache("encoder", EmbeddingLimits(disk_bytes=10_000, folder=folder))
    for number in range(12):
        cache.put(cache.key(photo, np.full((32, 32, 3), number, np.uint8)), embedding())
    kept = list(folder.iterdir())
    assert 2 <= len(kept) <= 4
    assert sum(file.stat().st_size for file in kept) <= 12_000


def test_smaller_budgets_count_at_once(tmp_path: Path, open_tiny: Open) -> None:
    folder = tmp_path / "store"
    large = EmbeddingLimits(memory_bytes=64 << 20, disk_bytes=64 << 20, folder=folder)
    model = open_tiny(large)
    for number in range(8):
        photo = picture(tmp_path / f"{number}.jpg", 20 * number)
        model.embedding(pixels(photo), str(photo))
    one, stored = model.used_bytes // 8, sorted(folder.iterdir())
    assert len(stored) == 8
    model.set_embedding_limits(
        EmbeddingLimits(memory_bytes=3 * one, disk_bytes=2 * stored[0].stat().st_size, folder=folder)
    )
    assert model.used_bytes == 3 * one
    assert 1 <= len(list(folder.iterdir())) <= 2
    model.set_embedding_limits(EmbeddingLimits(memory_bytes=3 * one, disk_bytes=0, folder=folder))
    assert list(folder.iterdir()) == []


def test_the_settings_for_the_budgets_count_at_once(tmp_path: Path, home_dir: Path) -> None:
    values = {"performance.embedding_memory_mb": 64, "performance.embedding_disk_mb": 8}
    services = build_services(lambda: Config(values))
    encoder, _ = tiny.save_pair(tmp_path)
    model = services.prompts.load(encoder)
    photo = picture(tmp_path / "a.jpg", 90)
    model.embedding(pixels(photo), str(photo))
    stored = Path(os.environ["XDG_CACHE_HOME"]) / "anylabeling" / "embeddings"
    assert len(list(stored.iterdir())) == 1
    values["performance.embedding_disk_mb"] = 0
    services.apply()
    assert list(stored.iterdir()) == []
    services.prompts.unload()
    services.close()


def test_nothing_is_stored_where_nothing_can_be_written(tmp_path: Path) -> None:
    photo, blocked = picture(tmp_path / "a.jpg", 100), tmp_path / "file"
    blocked.write_bytes(b"")
    cache = EmbeddingCache("encoder", EmbeddingLimits(folder=blocked / "store"))
    key = cache.key(photo, pixels(photo))
    cache.put(key, embedding())
    assert cache.get(key) is not None


def test_large_numbers_keep_their_precision() -> None:
    small, large = np.array([1.5, -2.0], np.float32), np.array([1e6, 1.0], np.float32)
    assert halved(small).dtype == np.float16
    assert np.array_equal(halved(large), large)
    assert halved(np.array([np.nan], np.float32)).dtype == np.float32


def test_a_model_computes_it_once(tmp_path: Path, open_tiny: Open) -> None:
    photo, limits = picture(tmp_path / "a.jpg", 100), EmbeddingLimits(folder=tmp_path / "store")
    model, image = open_tiny(limits), pixels(photo)
    first = model.embedding(image, str(photo))
    assert model.embedding(image, str(photo)) is first
    assert model.is_prepared(image, str(photo))
    from_disk = open_tiny(limits).embedding(image, str(photo))
    assert from_disk is not first
    assert np.array_equal(from_disk.tensors["image_embeddings"], first.tensors["image_embeddings"])


# Ahead of time


def test_the_next_pictures_are_made_ready(tmp_path: Path, open_tiny: Open) -> None:
    photos = [str(picture(tmp_path / f"{number}.jpg", 20 * number)) for number in range(6)]
    model, done, prepared = open_tiny(EmbeddingLimits()), threading.Event(), []
    preloader = EmbeddingPreloader(decode)
    preloader.prepared.connect(prepared.append)
    preloader.focus_done.connect(done.set)
    preloader.focus(model, photos, 1, 3)
    assert done.wait(20)
    preloader.stop()
    assert prepared == photos[2:5]
    ready = [model.is_prepared(decode(path).pixels, path) for path in photos]
    assert ready == [False, False, True, True, True, False]


def test_what_is_no_longer_near_is_given_up(tmp_path: Path, open_tiny: Open) -> None:
    photos = [str(picture(tmp_path / f"{number}.jpg", 20 * number)) for number in range(6)]
    model, begun, done = open_tiny(EmbeddingLimits(), slow_steps=400), threading.Event(), threading.Event()
    prepared: list[str] = []

    def load(path: str) -> object:
        begun.set()
        return decode(path)

    preloader = EmbeddingPreloader(load)  # type: ignore[arg-type]
    preloader.prepared.connect(prepared.append)
    preloader.focus(model, photos, 0, 2)
    assert begun.wait(60)
    preloader.focus_done.connect(done.set)
    preloader.focus(model, photos, 4, 1)
    assert done.wait(60)
    preloader.stop()
    assert prepared[-1] == photos[5]
    assert photos[2] not in prepared


def test_a_picture_that_somebody_waits_for_goes_first(tmp_path: Path, open_tiny: Open) -> None:
    photos = [picture(tmp_path / f"{number}.jpg", 40 * number) for number in range(2)]
    model = open_tiny(EmbeddingLimits(), slow_steps=400)
    started, outcome = threading.Event(), []

    def in_background() -> None:
        started.set()
        try:
            model.embedding(pixels(photos[0]), str(photos[0]), background=True)
            outcome.append("done")
        except Cancelled:
            outcome.append("gave way")

    thread = threading.Thread(target=in_background)
    thread.start()
    assert started.wait(60)
    while not model.is_encoding:
        threading.Event().wait(0.001)
    model.embedding(pixels(photos[1]), str(photos[1]))
    thread.join(30)
    assert outcome == ["gave way"]


def test_waiting_can_be_cancelled(tmp_path: Path, open_tiny: Open) -> None:
    photo = picture(tmp_path / "a.jpg", 100)
    model, token = open_tiny(EmbeddingLimits(), slow_steps=500), CancelToken()
    thread = threading.Thread(target=lambda: model.embedding(pixels(photo), str(photo)))
    thread.start()
    threading.Timer(0.1, token.cancel).start()
    with pytest.raises(Cancelled):
        model.embedding(pixels(photo), str(photo), cancel=token)
    thread.join(60)
    assert not thread.is_alive()


def test_what_is_kept_is_told_without_opening_a_picture(tmp_path: Path) -> None:
    photos = [str(picture(tmp_path / f"{number}.jpg", 90 + number)) for number in range(4)]
    limits = EmbeddingLimits(folder=tmp_path / "store")
    cache = EmbeddingCache("encoder", limits)
    assert cache.kept(photos) == set()
    for photo in photos[:3]:
        cache.put(cache.key(photo, pixels(Path(photo))), embedding())
    assert cache.kept([*photos, str(tmp_path / "none.jpg")]) == set(photos[:3])
    assert EmbeddingCache("encoder", limits).kept(photos) == set(photos[:3])
    assert EmbeddingCache("another encoder", limits).kept(photos) == set()
    picture(Path(photos[0]), 200)
    Path(photos[1]).unlink()
    assert cache.kept(photos) == {photos[2]}
    in_memory = EmbeddingCache("encoder", EmbeddingLimits(memory_bytes=1 << 20))
    in_memory.put(in_memory.key(photos[3], pixels(Path(photos[3]))), embedding())
    assert in_memory.kept(photos) == {photos[3]}
