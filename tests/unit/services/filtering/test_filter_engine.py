"""Which images match a question, and running it over files."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tiny_models as tiny

from anylabeling.codecs import encode_png
from anylabeling.errors import UsageError
from anylabeling.messages.filtering import CountMode, FilterMatch, FilterQuery
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Detections
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.filtering.detection_store import DetectionStore
from anylabeling.services.filtering.engine import FilterEngine, FilterStores, matches
from anylabeling.services.filtering.identities import ModelIdentities
from anylabeling.utils.cancellation import CancelToken

NAMES = ("ape", "bee", "cat")


def detections(*class_ids: int) -> Detections:
    count = len(class_ids)
    scores = np.linspace(0.9, 0.3, count).astype(np.float32)
    return Detections(np.zeros((count, 4), np.float32), scores, np.array(class_ids, np.int32))


@pytest.mark.parametrize(
    ("mode", "value", "wanted"),
    [
        (CountMode.ANY, 1, {1, 2, 3, 4}),
        (CountMode.AT_LEAST, 1, {1, 2, 3, 4}),
        (CountMode.AT_LEAST, 3, {3, 4}),
        (CountMode.EXACTLY, 2, {2}),
        (CountMode.AT_MOST, 2, {0, 1, 2}),
    ],
)
def test_counts_are_compared_as_asked(mode: CountMode, value: int, wanted: set[int]) -> None:
    query = FilterQuery(count_mode=mode, count_value=value)
    found = {count for count in range(5) if matches(query, "a.jpg", detections(*[0] * count), NAMES)}
    assert found == wanted


def test_a_match_tells_what_was_found() -> None:
    match = matches(FilterQuery(), "a.jpg", detections(2, 0, 2), NAMES)
    assert match == FilterMatch("a.jpg", 3, (("cat", 2), ("ape", 1)), 0.9)


@pytest.fixture
def model(tmp_path: Path) -> Iterator[DetectionModel]:
    manager = ModelManager()
    yield manager.load(tiny.save(tiny.redness_detector(), tmp_path / "m.onnx"))
    manager.unload()


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    paths = []
    for index, (red, green) in enumerate([(200, 10), (30, 20), (10, 220), (90, 10)]):
        path = tmp_path / f"{index}.png"
        path.write_bytes(encode_png(np.full((64, 64, 3), (red, green, 0), np.uint8)))
        paths.append(str(path))
    return paths


def test_the_engine_streams_matches_in_order(model: DetectionModel, pictures: list[str]) -> None:
    seen: list[FilterMatch] = []
    summary = FilterEngine().run(FilterQuery(), pictures, model, on_match=seen.append)
    assert [match.path for match in summary.matches] == [pictures[0], pictures[2], pictures[3]]
    assert tuple(seen) == summary.matches
    assert (summary.total, summary.failed, summary.cancelled) == (4, (), False)


def test_classes_confidence_and_none_at_all_count(model: DetectionModel, pictures: list[str]) -> None:
    def found(**question: object) -> list[int]:
        query = FilterQuery(**question)  # type: ignore[arg-type]
        return [pictures.index(match.path) for match in FilterEngine().run(query, pictures, model).matches]

    assert found(classes=frozenset({"green"})) == [2]
    assert found(classes=frozenset({"red"}), confidence=0.5) == [0]
    assert found(confidence=0.02) == [0, 1, 2, 3]
    assert found(count_mode=CountMode.AT_MOST, count_value=1, classes=frozenset({"red"})) == [0, 1, 2, 3]
    assert found(count_mode=CountMode.AT_LEAST, count_value=2) == []


def test_an_unknown_class_is_an_error_that_names_its_likeness(model: DetectionModel, pictures: list[str]) -> None:
    with pytest.raises(UsageError, match=r"no class grren \(did you mean green\?\)"):
        FilterEngine().run(FilterQuery(classes=frozenset({"red", "grren"})), pictures, model)


def test_bad_pictures_are_named_and_cancelling_keeps_what_was_found(model: DetectionModel, pictures: list[str]) -> None:
    Path(pictures[1]).write_bytes(b"broken")
    summary = FilterEngine().run(FilterQuery(), pictures, model)
    assert [path for path, _ in summary.failed] == [pictures[1]]
    cancel = CancelToken()
    summary = FilterEngine().run(FilterQuery(), pictures, model, cancel=cancel, on_match=lambda _: cancel.cancel())
    assert summary.cancelled
    assert [match.path for match in summary.matches] == [pictures[0]]


def test_a_paused_run_rests_and_then_finds_the_same(model: DetectionModel, pictures: list[str]) -> None:
    cancel, paths = CancelToken(), [path for _ in range(50) for path in pictures]
    wanted = FilterEngine().run(FilterQuery(), paths, model).matches
    seen: list[FilterMatch] = []
    resumed = threading.Event()

    def on_match(match: FilterMatch) -> None:
        seen.append(match)
        if len(seen) == 3:
            cancel.pause()
            timer = threading.Thread(target=lambda: (resumed.wait(0.3), cancel.resume()))
            timer.start()

    summary = FilterEngine().run(FilterQuery(), paths, model, cancel=cancel, on_match=on_match)
    assert summary.matches == tuple(seen) == wanted
    assert summary.inferred == len(paths)
    assert cancel.paused_s > 0
    assert not summary.cancelled


def test_a_store_that_nobody_closed_leaves_no_thread_behind(
    model: DetectionModel, pictures: list[str], tmp_path: Path
) -> None:
    def writers() -> set[threading.Thread]:
        return {thread for thread in threading.enumerate() if "detection-store" in thread.name}

    before = writers()
    FilterEngine().run(FilterQuery(), pictures, model)
    assert writers() <= before  # in memory there is nothing to wait for
    store = DetectionStore(tmp_path / "d.sqlite")
    stores = FilterStores(store, LabelIndex(None), None, ModelIdentities())
    assert FilterEngine(stores=stores).run(FilterQuery(), pictures, model).inferred == len(pictures)
    begun = writers() - before
    assert len(begun) == 1
    del store, stores
    gc.collect()
    for thread in begun:
        thread.join(60)
        assert not thread.is_alive()


def test_another_file_under_the_same_path_is_another_model(model: DetectionModel, pictures: list[str]) -> None:
    stores = FilterStores.in_memory()
    engine = FilterEngine(stores=stores)
    wanted = engine.run(FilterQuery(), pictures, model)
    path = Path(model.info.path)
    status = path.stat()
    other = tiny.redness_detector(nodes_before=1)
    tiny.save(other, path)
    # What is loaded is what counts, not what lies under its path by now.
    assert engine.run(FilterQuery(confidence=0.5), pictures, model).inferred == 0
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    manager = ModelManager()
    second = engine.run(FilterQuery(), pictures, manager.load(path))
    assert second.inferred == wanted.inferred == len(pictures)
    manager.unload()
