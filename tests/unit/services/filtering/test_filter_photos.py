"""The image filter over real photos with a real detector: equal to a plain loop, and never computed twice."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from anylabeling.codecs import PixelFormat, decode
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.filtering import CountMode, FilterQuery, FilterSummary, SortKey
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.filtering.detection_store import DetectionStore
from anylabeling.services.filtering.engine import FilterEngine, FilterStores
from anylabeling.services.filtering.identities import ModelIdentities
from anylabeling.services.filtering.result_cache import ResultCache
from anylabeling.utils.metrics import METRICS

pytestmark = [pytest.mark.data, pytest.mark.timeout(300)]

Ask = Callable[[FilterQuery], FilterSummary]


@pytest.fixture(scope="module")
def model(data_dir: Path) -> Iterator[DetectionModel]:
    manager = ModelManager()
    yield manager.load(data_dir / "models" / "yolo11n.onnx", preferred_backend="onnx-cpu")
    manager.unload()


@pytest.fixture(scope="module")
def photos(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("voc40")
    for photo in sorted((data_dir / "photos" / "voc40").glob("*.jpg")):
        shutil.copy(photo, folder)
    return sorted(map(str, folder.glob("*.jpg")))


@pytest.fixture(scope="module")
def plain(model: DetectionModel, photos: list[str]) -> dict[str, Candidates]:
    """Everything that the model finds, one photo after the other, with none of the filter's code."""
    found = {}
    for path in photos:
        image = decode(path, pixel_format=PixelFormat.RGB, min_side_px=model.min_side_px)
        found[path] = model.candidates(image.pixels, full_size=(image.full_width, image.full_height))
    return found


def stores(folder: Path) -> FilterStores:
    return FilterStores(
        DetectionStore(folder / "detections.sqlite"),
        LabelIndex(folder / "labels.sqlite"),
        ResultCache(folder / "filter_cache"),
        ModelIdentities(),
    )


@pytest.fixture(scope="module")
def filled(
    model: DetectionModel, photos: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FilterStores]:
    """Stores that have seen all photos, without kept answers."""
    made = replace(stores(tmp_path_factory.mktemp("stores")), results=None)
    summary = FilterEngine(stores=made).run(FilterQuery(), photos, model)
    assert (summary.inferred, summary.from_cache) == (40, 0)
    yield made
    made.detections.close()
    made.labels.close()


def counts_in(candidates: Candidates, names: tuple[str, ...], confidence: float, iou: float) -> Counter[str]:
    detections = candidates.select(DetectOptions(confidence=confidence, iou=iou), names)
    return Counter(names[class_id] for class_id in detections.class_ids.tolist())


def inferences() -> int:
    return METRICS.snapshot().counters.get("pipeline.images_inferred", 0)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (FilterQuery(frozenset({"person"})), lambda counts: counts["person"] >= 1),
        (FilterQuery(frozenset({"person"}), CountMode.AT_LEAST, 3), lambda counts: counts["person"] >= 3),
        (FilterQuery(frozenset({"person"}), CountMode.EXACTLY, 1), lambda counts: counts["person"] == 1),
        (FilterQuery(frozenset({"person", "dog"})), lambda counts: counts["person"] + counts["dog"] >= 1),
        (FilterQuery(all_of=frozenset({"person", "chair"})), lambda counts: counts["person"] and counts["chair"]),
        (FilterQuery(none_of=frozenset({"person"})), lambda counts: not counts["person"]),
        (FilterQuery(count_mode=CountMode.AT_MOST, count_value=2), lambda counts: counts.total() <= 2),
    ],
)
def test_matches_equal_those_of_a_plain_loop(
    model: DetectionModel,
    photos: list[str],
    plain: dict[str, Candidates],
    filled: FilterStores,
    query: FilterQuery,
    wanted: Callable[[Counter[str]], bool],
) -> None:
    names = model.class_names
    expected = [path for path in photos if wanted(counts_in(plain[path], names, 0.25, 0.45))]
    assert 0 < len(expected) < 40
    fresh = FilterEngine().run(query, photos, model)
    assert [match.path for match in fresh.matches] == expected
    before = inferences()
    stored = FilterEngine(stores=filled).run(query, photos, model)
    assert stored.matches == fresh.matches
    assert (inferences(), stored.from_cache, stored.inferred) == (before, 40, 0)


def test_every_threshold_and_overlap_decides_as_the_model_would(
    model: DetectionModel, photos: list[str], plain: dict[str, Candidates], filled: FilterStores
) -> None:
    names = model.class_names
    before = inferences()
    engine = FilterEngine(stores=filled)
    for iou in (0.45, 0.3, 0.6, 0.7, 0.45):
        for step in range(10, 200, 3):
            confidence = step / 200
            query = FilterQuery(count_mode=CountMode.AT_MOST, count_value=100, confidence=confidence, iou=iou)
            found = {match.path: dict(match.counts) for match in engine.run(query, photos, model).matches}
            expected = {path: dict(counts_in(plain[path], names, confidence, iou)) for path in photos}
            assert found == expected, (iou, confidence)
    # At the overlap that the model ran with, any threshold does.
    for confidence in np.random.default_rng(3).uniform(0.05, 0.95, 40):
        query = FilterQuery(count_mode=CountMode.AT_MOST, count_value=100, confidence=float(confidence))
        found = {match.path: match.count for match in engine.run(query, photos, model).matches}
        expected_totals = {path: counts_in(plain[path], names, float(confidence), 0.45).total() for path in photos}
        assert found == expected_totals
    assert inferences() == before


def test_below_the_stored_scores_the_model_runs_again(
    model: DetectionModel, photos: list[str], plain: dict[str, Candidates], filled: FilterStores
) -> None:
    summary = FilterEngine(stores=filled).run(FilterQuery(confidence=0.03), photos[:5], model)
    assert summary.inferred == 5
    assert FilterEngine(stores=filled).run(FilterQuery(confidence=0.05), photos[:5], model).inferred == 0


def test_boxes_come_back_as_the_model_gave_them(
    model: DetectionModel, photos: list[str], plain: dict[str, Candidates], filled: FilterStores
) -> None:
    for match in FilterEngine(stores=filled).run(FilterQuery(), photos, model).matches:
        detections = plain[match.path].select(DetectOptions(), model.class_names)
        assert np.array_equal(match.objects.boxes, detections.boxes)
        assert np.array_equal(match.objects.scores, detections.scores)


def test_a_repeat_and_a_changed_file(model: DetectionModel, photos: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    copies = [shutil.copy(path, folder) for path in photos[:12]]
    with_files = stores(tmp_path)
    query = FilterQuery(frozenset({"person"}))

    def ask(asked: FilterQuery = query) -> FilterSummary:
        return FilterEngine(stores=with_files).run(asked, copies, model)

    first = ask()
    assert (first.inferred, first.from_cache) == (12, 0)
    before = inferences()
    again = ask()
    assert again.matches == first.matches
    assert (inferences(), again.from_cache) == (before, 12)
    assert with_files.results is not None
    assert with_files.results.stats().hits == 1
    shutil.copy(photos[20], copies[3])
    changed = ask()
    assert (inferences() - before, changed.inferred, changed.from_cache) == (1, 1, 11)
    os.utime(copies[5], ns=(1, 1))
    assert ask().inferred == 1
    # Another program starts: files are all that is left.
    with_files.detections.close()
    with_files = stores(tmp_path)
    before = inferences()
    assert ask().from_cache == 12
    assert ask(replace(query, confidence=0.5)).from_cache == 12
    assert inferences() == before
    with_files.detections.close()


def test_a_moved_folder_is_recognised_when_asked(model: DetectionModel, photos: list[str], tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    paths = [shutil.copy(path, old) for path in photos[:6]]
    with_files = stores(tmp_path)
    first = FilterEngine(stores=with_files).run(FilterQuery(), paths, model)
    old.rename(new)
    moved = [path.replace(str(old), str(new)) for path in paths]
    os.utime(moved[0])
    summary = FilterEngine(stores=with_files, recognise_moved=True).run(FilterQuery(), moved, model)
    assert (summary.inferred, summary.from_cache) == (0, 6)
    assert [replace(match, path="") for match in summary.matches] == [
        replace(match, path="") for match in first.matches
    ]
    assert with_files.detections.stats().entries == 6
    with_files.detections.close()


def test_sorting_by_count_and_confidence(model: DetectionModel, photos: list[str], filled: FilterStores) -> None:
    engine = FilterEngine(stores=filled)
    streamed: list[str] = []
    by_count = engine.run(
        FilterQuery(sort=SortKey.COUNT), photos, model, on_match=lambda match: streamed.append(match.path)
    )
    counts = [match.count for match in by_count.matches]
    assert counts == sorted(counts, reverse=True)
    assert streamed == sorted(match.path for match in by_count.matches)
    unsure_first = engine.run(FilterQuery(sort=SortKey.CONFIDENCE, reverse=True), photos, model)
    scores = [match.best_score for match in unsure_first.matches]
    assert scores == sorted(scores)


def test_without_a_match_the_summary_says_why(model: DetectionModel, photos: list[str], filled: FilterStores) -> None:
    engine = FilterEngine(stores=filled)
    assert engine.run(FilterQuery(name="*.png"), photos, model).removed[0] == ("file name", 40)
    assert engine.run(FilterQuery(frozenset({"toaster"}), confidence=0.9), photos, model).removed[0][0] == "classes"
    sure = engine.run(FilterQuery(frozenset({"person"}), confidence=0.99), photos, model)
    assert (sure.matches, sum(count for _, count in sure.removed)) == ((), 40)
    many = engine.run(FilterQuery(count_mode=CountMode.AT_LEAST, count_value=100), photos, model)
    assert many.removed[0][0] == "count"
    assert engine.run(FilterQuery(box_size_px=(5000, 6000)), photos, model).removed[0][0] == "box size"
    assert engine.run(FilterQuery(has_labels=True), photos, model).removed == (("label file", 40),)
    assert engine.run(FilterQuery(image_width=(4000, 9000)), photos, model).removed[0] == ("image size", 40)
