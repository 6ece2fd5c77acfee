"""What goes into the stores comes out: packed boxes, kept answers, and what is thrown away when space is short."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from anylabeling import accel
from anylabeling.messages.filtering import FilterMatch, FilterQuery, MatchedObjects
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.models.yolo_oriented import OrientedDetails
from anylabeling.services.filtering import packing
from anylabeling.services.filtering.detection_store import DetectionStore, suppress
from anylabeling.services.filtering.grouped_nms import grouped_nms
from anylabeling.services.filtering.identities import FileSet, ModelIdentity
from anylabeling.services.filtering.result_cache import ResultCache, key_of

MODEL = ModelIdentity("weights", "detect", "yolov8", 640, 640)
NAMES = ("ape", "bee", "cat")


@st.composite
def candidates(draw: st.DrawFn, max_size: int = 40) -> Candidates:
    count = draw(st.integers(0, max_size))
    width, height = draw(st.tuples(st.integers(1, 6000), st.integers(1, 6000)))
    shares = draw(hnp.arrays(np.float64, (count, 4), elements=st.floats(-0.25, 1.25, width=32)))
    shares[:, 2:] = np.maximum(shares[:, :2], shares[:, 2:])
    scores = draw(hnp.arrays(np.float32, count, elements=st.floats(0.05078125, 1.0, width=32)))
    return Candidates(
        (shares * [width, height, width, height]).astype(np.float32),
        np.sort(scores)[::-1].copy(),
        draw(hnp.arrays(np.int32, count, elements=st.integers(0, 2))),
        width,
        height,
    )


@given(candidates())
def test_candidates_move_little_and_decide_every_usual_threshold_alike(given_: Candidates) -> None:
    packed = packing.pack_candidates(given_)
    records = np.frombuffer(packed.data, packing.CANDIDATE_DTYPE)
    sizes = np.array([[given_.image_width, given_.image_height]])
    boxes, scores, class_ids = packing.unpack_candidates(records, np.zeros(len(records), np.int64), sizes)
    sides = np.tile(sizes[0], 2)
    assert (np.abs(boxes - given_.boxes) <= sides * (1.01 / 65535) + 1e-3).all()
    assert np.array_equal(class_ids, given_.class_ids)
    for step in range(10, 201):
        threshold = np.float32(step / 200)
        assert np.array_equal(scores >= threshold, given_.scores >= threshold)


def test_of_too_many_candidates_the_rest_still_answers_what_it_can() -> None:
    count = 500
    scores = np.linspace(0.9, 0.06, count).astype(np.float32)
    boxes = np.tile(np.array([[0, 0, 10, 10]], np.float32), (count, 1))
    packed = packing.pack_candidates(Candidates(boxes, scores, np.zeros(count, np.int32), 100, 100))
    assert len(packed.data) == packing.MAX_STORED_CANDIDATES * packing.CANDIDATE_DTYPE.itemsize
    dropped = scores[packing.MAX_STORED_CANDIDATES]
    assert dropped < packed.complete_from < dropped + 0.01


@given(st.lists(candidates(), min_size=1, max_size=6), st.sampled_from([0.0, 0.3, 0.45, 0.7, 1.0]))
def test_suppressing_many_pictures_at_once_changes_nothing(pictures: list[Candidates], iou: float) -> None:
    boxes = np.concatenate([one.boxes for one in pictures])
    groups = np.concatenate([one.class_ids + 100 * number for number, one in enumerate(pictures)]).astype(np.int64)
    keep = grouped_nms(boxes, groups, iou)
    start = 0
    for one in pictures:
        kept = accel.nms(one.boxes, one.scores, one.class_ids, iou, 10_000)
        assert np.flatnonzero(keep[start : start + len(one)]).tolist() == sorted(kept.tolist())
        start += len(one)


@given(st.lists(candidates(), min_size=1, max_size=5), st.sampled_from([0.45, 0.6]))
@settings(max_examples=30, deadline=None)
def test_the_store_gives_back_what_survived(pictures: list[Candidates], iou: float) -> None:
    store = DetectionStore(None)
    files = files_of(len(pictures))
    for number, one in enumerate(pictures):
        store.put(MODEL, files, number, one, iou=iou)
    store.flush()
    found = store.lookup(MODEL, files, iou=iou, floor=0.05, class_names=NAMES)
    assert found.known.all()
    for number, one in enumerate(pictures):
        kept = suppress(one, iou)
        part = slice(found.table.offsets[number], found.table.offsets[number + 1])
        assert np.array_equal(found.table.boxes[part], kept.boxes)
        assert np.array_equal(found.table.scores[part], kept.scores)
        assert np.array_equal(found.table.class_ids[part], kept.class_ids)
    store.close()


def files_of(count: int, size: int = 10) -> FileSet:
    paths = [f"/photos/{number}.jpg" for number in range(count)]
    return FileSet(paths, [path.encode() for path in paths], np.full(count, size), np.full(count, 5))


def some(count: int) -> Candidates:
    rng = np.random.default_rng(count)
    corners = rng.uniform(0, 300, (count, 2))
    boxes = np.concatenate([corners, corners + 50], axis=1).astype(np.float32)
    scores = np.sort(rng.uniform(0.1, 0.9, count))[::-1].astype(np.float32)
    return Candidates(boxes, scores, np.zeros(count, np.int32), 400, 400)


def test_another_state_of_a_file_or_another_model_is_not_known() -> None:
    store = DetectionStore(None)
    store.put(MODEL, files_of(3), 1, some(5), iou=0.45)
    store.flush()

    def known(model: ModelIdentity, files: FileSet) -> list[bool]:
        return list(store.lookup(model, files, iou=0.45, floor=0.25, class_names=NAMES).known)

    assert known(MODEL, files_of(3)) == [False, True, False]
    assert known(MODEL, files_of(3, size=11)) == [False] * 3
    assert known(ModelIdentity("weights", "detect", "yolov8", 320, 320), files_of(3)) == [False] * 3
    store.close()


def test_when_space_is_short_the_longest_unused_goes_first(tmp_path: Path) -> None:
    now = [0.0]
    store = DetectionStore(tmp_path / "d.sqlite", max_bytes=550_000, clock=lambda: now[0])
    old = FileSet([f"/a/{n}" for n in range(100)], [b"/a/%d" % n for n in range(100)], np.zeros(100), np.zeros(100))
    for number in range(100):
        store.put(MODEL, old, number, some(60), iou=0.45)
    store.flush()
    # Half of them are used again much later, and then comes more than there is space for.
    now[0] = 10_000.0
    store.lookup(MODEL, old.take(np.arange(50)), iou=0.45, floor=0.25, class_names=NAMES)
    store.flush()
    new = files_of(256)
    for number in range(160):
        now[0] += 1
        store.put(MODEL, new, number, some(60), iou=0.45)
    store.flush()
    assert store.stats().size_bytes <= 560_000
    known = store.lookup(MODEL, old, iou=0.45, floor=0.25, class_names=NAMES).known
    assert known[:50].sum() > known[50:].sum() == 0
    store.close()


def test_a_crowded_picture_is_known_for_both_overlaps_that_were_asked_for(tmp_path: Path) -> None:
    store, files = DetectionStore(tmp_path / "d.sqlite"), files_of(2)
    crowd = some(900)  # more candidates than are kept

    def known(iou: float, floor: float = 0.25) -> list[bool]:
        return list(store.lookup(MODEL, files, iou=iou, floor=floor, class_names=NAMES).known)

    store.put(MODEL, files, 0, crowd, iou=0.45)
    store.flush()
    assert (known(0.45), known(0.6)) == ([True, False], [False, False])
    first = store.lookup(MODEL, files, iou=0.45, floor=0.25, class_names=NAMES).table
    store.put(MODEL, files, 0, crowd, iou=0.6)
    store.flush()
    assert (known(0.45), known(0.6), known(0.45, 0.05)) == ([True, False],) * 3
    again = store.lookup(MODEL, files, iou=0.45, floor=0.25, class_names=NAMES).table
    assert np.array_equal(first.boxes, again.boxes)
    # Another state of the file is another file.
    store.put(MODEL, files_of(2, size=11), 0, crowd, iou=0.7)
    store.flush()
    assert known(0.6) == [False, False]
    store.close()


def test_a_smaller_limit_is_kept_from_the_next_result_on(tmp_path: Path) -> None:
    store = DetectionStore(tmp_path / "d.sqlite")
    files = files_of(300)
    for number in range(200):
        store.put(MODEL, files, number, some(60), iou=0.45)
    store.flush()
    full = store.stats()
    store.resize(full.size_bytes // 2)
    store.put(MODEL, files, 200, some(60), iou=0.45)
    store.flush()
    assert store.stats().size_bytes <= full.size_bytes // 2
    assert store.lookup(MODEL, files, iou=0.45, floor=0.25, class_names=NAMES).known[200]
    store.close()


def answer(paths: list[str]) -> list[FilterMatch]:
    objects = MatchedObjects(
        np.array([[1, 2, 3, 4], [5, 6, 7, 8]], np.float32), np.array([0.9, 0.5], np.float32), np.array([2, 0]), NAMES
    )
    return [
        FilterMatch(paths[2], 2, (("cat", 1), ("ape", 1)), 0.9, 1.5, ("cat: seen, but not labelled",), objects),
        FilterMatch(paths[0], 0),
    ]


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_kept_answer_comes_back_until_something_changes(tmp_path: Path, on_disk: bool) -> None:
    folder = tmp_path / "cache" if on_disk else None
    paths = ["/a.jpg", "/b.jpg", "/\udcff.jpg"]
    cache = ResultCache(folder)
    key = key_of(FilterQuery(), "model", "paths")
    assert cache.get(key, "state", paths) is None
    cache.put(key, "state", FilterQuery(), paths, answer(paths), [("count", 1)])
    # What is kept ready is the same as what is read.
    for reader in (cache, ResultCache(folder) if on_disk else cache):
        found = reader.get(key, "state", paths)
        assert found is not None
        assert found.matches == answer(paths)
        assert found.removed == (("count", 1),)
        assert list(found.matches[0].objects) == list(answer(paths)[0].objects)
    assert cache.stats().entries == 1
    assert cache.stats().persistent is on_disk
    assert cache.get(key, "another state", paths) is None
    assert (cache.stats().entries, cache.stats().misses) == (0, 2)


def test_every_part_of_the_question_makes_another_key() -> None:
    queries = [FilterQuery(), FilterQuery(confidence=0.3), FilterQuery(name="a*"), FilterQuery(all_of=frozenset("a"))]
    keys = {key_of(query, model, paths) for query in queries for model in "mn" for paths in "pq"}
    assert len(keys) == 16


def test_at_most_so_many_answers_are_kept_the_longest_unused_goes(tmp_path: Path) -> None:
    cache = ResultCache(tmp_path, max_entries=3)
    paths = ["/a.jpg"]
    for name in "abc":
        cache.put(name, "state", FilterQuery(), paths, [], [])
    assert cache.get("a", "state", paths) is not None
    cache.put("d", "state", FilterQuery(), paths, [], [])
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["a", "c", "d"]
    cache.clear()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"format":1,"fingerprint":"state"}', b"\xff\xfe"])
def test_a_broken_answer_is_no_answer(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key.json").write_bytes(content)
    assert ResultCache(tmp_path).get("key", "state", []) is None
    assert list(tmp_path.iterdir()) == []


def test_boxes_at_an_angle_are_never_suppressed_anew_as_if_they_were_upright() -> None:
    # Two long boxes that cross: upright ones around them are nearly the same, the boxes themselves hardly overlap.
    rotated = np.array([[200, 200, 300, 20, 0.785], [200, 200, 300, 20, -0.785]], np.float32)
    upright = np.array([[87, 87, 313, 313], [87, 87, 313, 313]], np.float32)
    scores, ids = np.array([0.9, 0.8], np.float32), np.zeros(2, np.int32)
    crossing = Candidates(upright, scores, ids, 400, 400, details=OrientedDetails(rotated))
    store, files = DetectionStore(None), files_of(1)
    model = ModelIdentity("weights", "obb", "yolov8", 640, 640)
    store.put(model, files, 0, crossing, iou=0.45)
    found = store.lookup(model, files, iou=0.45, floor=0.25, class_names=NAMES)
    assert (found.known.tolist(), len(found.table.boxes)) == ([True], 2)
    assert not store.lookup(model, files, iou=0.6, floor=0.25, class_names=NAMES).known.any()
    store.put(model, files, 0, crossing, iou=0.6)
    for iou in (0.45, 0.6):
        found = store.lookup(model, files, iou=iou, floor=0.25, class_names=NAMES)
        assert (found.known.tolist(), len(found.table.boxes)) == ([True], 2)
    store.close()
