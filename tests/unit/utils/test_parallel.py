"""Many items on threads: order, failures in place, progress, cancel, bounded memory, nothing left running."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import numpy as np
import pytest

from anylabeling.codecs import PixelFormat, decode, encode_png
from anylabeling.errors import ImageError
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.metrics import METRICS
from anylabeling.utils.parallel import (
    BatchProcessor,
    ItemError,
    Outcome,
    ParallelImageLoader,
    Stage,
    WorkerPool,
    default_worker_count,
    iter_stages,
    run_stages,
)

DEADLINE_S = 60


def running_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith("anylabeling-")}


@pytest.fixture(autouse=True)
def threads_before() -> Iterator[set[threading.Thread]]:
    """Fail a test that leaves a thread of its own; those that other tests left are told apart by identity."""
    before = running_threads()
    yield before
    assert running_threads() <= before


def test_default_worker_count() -> None:
    assert 1 <= default_worker_count() <= 8


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_results_keep_the_order(workers: int) -> None:
    with BatchProcessor(lambda number: number * number, workers) as processor:
        assert processor.process_items(range(1000)) == [number * number for number in range(1000)]
        assert list(processor.iter_items(iter(range(1000)))) == [number * number for number in range(1000)]
        assert processor.process_items([]) == []


def test_order_holds_when_the_first_is_the_slowest() -> None:
    others_done = threading.Semaphore(0)

    def work(number: int) -> int:
        if number == 0:
            for _ in range(3):
                assert others_done.acquire(timeout=DEADLINE_S)
        else:
            others_done.release()
        return number

    with BatchProcessor(work, 4) as processor:
        assert list(processor.iter_items(range(20))) == list(range(20))


def test_items_run_at_the_same_time() -> None:
    barrier = threading.Barrier(4)
    with BatchProcessor(lambda _item: barrier.wait(DEADLINE_S), 4) as processor:
        results = processor.process_items(range(4))
    assert sorted(results) == [0, 1, 2, 3]


def test_failures_stand_in_their_place() -> None:
    with BatchProcessor(lambda number: 10 // number, 3) as processor:
        results = processor.process_items([5, 0, 2])
    assert results[0] == 2
    assert results[2] == 5
    assert isinstance(results[1], ItemError)
    assert results[1].item == 0
    assert isinstance(results[1].error, ZeroDivisionError)


def test_very_many_items_stay_a_window() -> None:
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        for number in range(200_000):
            taken = number + 1
            yield number

    widest = 0
    with BatchProcessor(lambda number: number, 2) as processor:
        for seen, number in enumerate(processor.iter_items(numbers())):
            assert number == seen
            widest = max(widest, taken - seen)
    assert taken == 200_000
    assert widest <= 200


def test_source_without_end_can_be_left() -> None:
    def forever() -> Iterator[int]:
        number = 0
        while True:
            yield number
            number += 1

    with BatchProcessor(lambda number: number, 2) as processor:
        for number in processor.iter_items(forever()):
            if number == 500:
                break


def test_progress_comes_from_one_thread_and_not_too_often() -> None:
    calls: list[tuple[float, int, int | None, int]] = []

    def note(done: int, total: int | None) -> None:
        calls.append((time.monotonic(), done, total, threading.get_ident()))

    start = time.monotonic()
    with BatchProcessor(lambda number: number, 4) as processor:
        processor.process_items(range(100_000), note)
    elapsed = time.monotonic() - start
    assert {call[3] for call in calls} == {threading.get_ident()}
    assert len(calls) <= elapsed / 0.1 + 2
    assert calls[-1][1:3] == (100_000, 100_000)
    assert [call[1] for call in calls] == sorted(call[1] for call in calls)
    unknown: list[tuple[int, int | None]] = []
    with BatchProcessor(lambda number: number, 2) as processor:
        processor.process_items(iter(range(3)), lambda done, total: unknown.append((done, total)))
    assert unknown[-1] == (3, None)


def test_progress_that_raises_ends_the_work() -> None:
    def broken(_done: int, _total: int | None) -> None:
        raise RuntimeError("the window is gone")

    with BatchProcessor(lambda number: number, 4) as processor, pytest.raises(RuntimeError, match="window is gone"):
        processor.process_items(range(200_000), broken)


def test_cancel_ends_waiting_work() -> None:
    token, started, ended_by_itself = CancelToken(), threading.Event(), []

    def work(number: int) -> int:
        started.set()
        if not token.wait(DEADLINE_S):
            ended_by_itself.append(number)
        return number

    def cancel_when_started() -> None:
        assert started.wait(DEADLINE_S)
        token.cancel()

    helper = threading.Thread(target=cancel_when_started)
    helper.start()
    with BatchProcessor(work, 4) as processor, pytest.raises(Cancelled):
        processor.process_items(range(1000), cancel=token)
    helper.join()
    with BatchProcessor(work, 4) as processor, pytest.raises(Cancelled):
        processor.process_items(range(3), cancel=token)
    assert ended_by_itself == []


def test_close_from_another_thread_ends_the_work() -> None:
    processor = BatchProcessor(lambda number: number, 2)
    results = processor.iter_items(iter(int, 1))
    for _ in range(100):
        next(results)
    closer = threading.Thread(target=processor.close)
    closer.start()
    closer.join()
    with pytest.raises(Cancelled):
        next(results)
    with pytest.raises(Cancelled):
        processor.process_items([1])


def test_pictures_are_rgb_in_order_with_failures(tmp_path: Path) -> None:
    paths = []
    for number in range(12):
        path = tmp_path / f"{number}.png"
        path.write_bytes(encode_png(np.full((5, 7, 3), (number, 2, 3), np.uint8)))
        paths.append(path)
    paths[4].write_bytes(b"not a picture")
    with ParallelImageLoader(max_workers=3) as loader:
        images = loader.load_images(paths)
        assert len(list(loader.iter_images(map(str, paths)))) == 12
    failed = images.pop(4)
    assert isinstance(failed, ItemError)
    assert isinstance(failed.error, ImageError)
    assert failed.item == paths[4]
    assert [int(image[0, 0, 0]) for image in images if isinstance(image, np.ndarray)] == [0, 1, 2, 3, *range(5, 12)]
    assert images[0].shape == (5, 7, 3)


def test_pictures_smaller_and_in_other_order(data_dir: Path) -> None:
    path = data_dir / "photos" / "bus.jpg"
    with ParallelImageLoader(2, pixel_format=PixelFormat.BGR, min_side_px=400) as loader:
        (image,) = loader.load_images([path])
    assert isinstance(image, np.ndarray)
    assert np.array_equal(image, decode(path, pixel_format=PixelFormat.BGR, min_side_px=400).pixels)
    assert image.shape == (540, 405, 3)


def test_stages_pass_values_on_and_errors_by() -> None:
    def halve(number: int) -> float:
        if number % 3 == 0:
            raise ValueError(f"{number} is odd in its way")
        return number / 2

    stages = [
        Stage("halve", halve, workers=3),
        Stage("batch", lambda numbers: [number + 1 for number in numbers], batch_size=4),
        Stage("text", str, workers=2),
    ]
    outcomes = list(iter_stages(range(50), stages, queue_size=3))
    assert [outcome.index for outcome in outcomes] == list(range(50))
    for outcome in outcomes:
        assert outcome.item == outcome.index
        if outcome.item % 3 == 0:
            assert outcome.stage == "halve"
            assert isinstance(outcome.error, ValueError)
            assert outcome.value is None
        else:
            assert outcome == Outcome(outcome.index, outcome.item, str(outcome.item / 2 + 1))


def test_batches_fill_while_the_lane_is_busy_and_report_single_failures() -> None:
    sizes: list[int] = []
    queue_full = threading.Event()

    def infer(numbers: list[int]) -> list[int | Exception]:
        assert queue_full.wait(DEADLINE_S)
        sizes.append(len(numbers))
        return [ValueError("seven") if number == 7 else number for number in numbers]

    def source() -> Iterator[int]:
        for number in range(30):
            if number == 20:
                queue_full.set()
            yield number

    stages = [Stage("decode", lambda number: number, workers=2), Stage("infer", infer, batch_size=4)]
    outcomes = list(iter_stages(source(), stages, queue_size=16))
    assert [outcome.item for outcome in outcomes if outcome.error is not None] == [7]
    assert sum(sizes) == 30
    assert max(sizes) == 4


def test_a_batch_that_raises_or_miscounts_fails_its_items_only() -> None:
    def infer(numbers: list[int]) -> list[int]:
        if 5 in numbers:
            raise MemoryError("too much")
        return numbers if 9 not in numbers else []

    stages = [Stage("infer", infer, batch_size=2)]
    errors = {outcome.item: outcome.error for outcome in iter_stages(range(20), stages) if outcome.error}
    assert isinstance(errors[5], MemoryError)
    assert isinstance(errors[9], ValueError)
    assert len(errors) <= 4


def test_unordered_stages_deliver_what_is_done() -> None:
    release = threading.Event()

    def work(number: int) -> int:
        if number == 0:
            assert release.wait(DEADLINE_S)
        return number

    seen: list[int] = []

    def sink(outcome: Outcome[int]) -> None:
        seen.append(outcome.value)
        if len(seen) == 9:
            release.set()

    assert run_stages(range(10), [Stage("work", work, workers=2, ordered=False)], sink) == 10
    assert seen[-1] == 0
    assert sorted(seen) == list(range(10))


def test_slow_sink_holds_the_source_back() -> None:
    taken = 0

    def source() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield number

    stages = [Stage("a", lambda number: number, workers=2), Stage("b", lambda number: number, workers=2)]
    outcomes = iter_stages(source(), stages, queue_size=4)
    for _ in range(10):
        next(outcomes)
    assert taken < 10 + 64 + 2 * (4 + 2 * 16)
    outcomes.close()


def test_source_that_raises_is_heard_after_its_items() -> None:
    def source() -> Iterator[int]:
        yield from range(20)
        raise OSError("the disk is gone")

    seen: list[int] = []
    with pytest.raises(OSError, match="disk is gone"):
        run_stages(source(), [Stage("work", lambda number: number, workers=3)], lambda out: seen.append(out.value))
    assert seen == list(range(20))


def test_sink_that_raises_stops_everything() -> None:
    def sink(outcome: Outcome[int]) -> None:
        if outcome.index == 50:
            raise RuntimeError("full")

    with pytest.raises(RuntimeError, match="full"):
        run_stages(iter(int, 1), [Stage("work", lambda number: number, workers=3)], sink)


def test_thread_that_dies_is_not_waited_for() -> None:
    def work(number: int) -> int:
        if number == 30:
            raise SystemExit(3)
        return number

    with pytest.raises(SystemExit):
        list(iter_stages(range(100), [Stage("work", work, workers=2), Stage("next", str)]))


def test_cancel_of_stages_with_full_queues() -> None:
    token = CancelToken()
    stages = [Stage("a", lambda n: n, workers=3), Stage("b", lambda n: n, batch_size=3), Stage("c", str, workers=2)]
    outcomes = iter_stages(iter(int, 1), stages, queue_size=2, cancel=token)
    for _ in range(20):
        next(outcomes)
    token.cancel()
    with pytest.raises(Cancelled):
        next(outcomes)


def test_no_stages_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="stage"):
        list(iter_stages([1], []))


def test_queue_lengths_are_shown() -> None:
    list(iter_stages(range(10), [Stage("shown", str)]))
    assert METRICS.snapshot().gauges["queue.shown"] == 0


def test_pool_runs_reports_and_closes(threads_before: set[threading.Thread]) -> None:
    pool = WorkerPool(2, "test")
    barrier = threading.Barrier(2)
    futures = [pool.submit(barrier.wait, DEADLINE_S) for _ in range(2)]
    assert sorted(future.result(DEADLINE_S) for future in futures) == [0, 1]
    assert all(thread.name.startswith("anylabeling-test-") for thread in running_threads() - threads_before)
    with pytest.raises(ZeroDivisionError):
        pool.submit(lambda: 1 // 0).result(DEADLINE_S)
    begun, release = threading.Event(), threading.Event()

    def wait_for_release() -> str:
        begun.set()
        assert release.wait(DEADLINE_S)
        return "done"

    running = [pool.submit(wait_for_release) for _ in range(2)]
    assert begun.wait(DEADLINE_S)
    waiting = pool.submit(str, 1)
    closer = threading.Thread(target=pool.close)
    closer.start()
    with pytest.raises(CancelledError):
        waiting.result(DEADLINE_S)
    release.set()
    closer.join(DEADLINE_S)
    assert running[0].result(0) == "done"
    with pytest.raises(Cancelled):
        pool.submit(str, 1)
    pool.close()


def test_a_pool_lets_threads_go_that_have_nothing_to_do_and_starts_new_ones() -> None:
    pool = WorkerPool(2, "resting", idle_s=0.01)
    try:
        for number in range(20):
            assert pool.submit(pow, number, 2).result(60) == number * number
            deadline = time.monotonic() + 60
            while any("resting" in thread.name for thread in threading.enumerate()):
                assert time.monotonic() < deadline
                threading.Event().wait(0.002)
        futures = [pool.submit(pow, number, 2) for number in range(200)]
        assert [future.result(60) for future in futures] == [number * number for number in range(200)]
    finally:
        pool.close()
