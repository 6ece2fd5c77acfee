"""Work that rests while its token is paused, and neither loses an item nor does one twice."""

from __future__ import annotations

import threading
import time
from collections import Counter

from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.parallel import BatchProcessor

DEADLINE_S = 60


def wait_until_still(count: list[int]) -> int:
    """Return the length of a list once it has not grown for a while."""
    length, since = -1, time.monotonic()
    deadline = since + DEADLINE_S
    while time.monotonic() - since < 0.3:
        assert time.monotonic() < deadline
        if len(count) != length:
            length, since = len(count), time.monotonic()
        threading.Event().wait(0.01)
    return length


def test_paused_work_rests_and_goes_on_where_it_was() -> None:
    cancel, reached = CancelToken(), threading.Event()
    done: list[int] = []

    def work(item: int) -> int:
        done.append(item)
        if len(done) >= 50:
            reached.set()
        threading.Event().wait(0.001)
        return item

    results: list[object] = []
    with BatchProcessor(work, 4) as processor:
        runner = threading.Thread(target=lambda: results.extend(processor.process_items(range(2000), cancel=cancel)))
        runner.start()
        assert reached.wait(DEADLINE_S)
        cancel.pause()
        assert wait_until_still(done) < 2000
        assert runner.is_alive()
        assert cancel.paused
        cancel.resume()
        runner.join(DEADLINE_S)
    assert results == list(range(2000))
    assert Counter(done) == Counter(range(2000))
    assert cancel.paused_s > 0


def test_cancelling_ends_work_that_rests() -> None:
    cancel, begun = CancelToken(), threading.Event()
    errors: list[Cancelled] = []

    def run() -> None:
        def work(_item: int) -> None:
            begun.set()
            threading.Event().wait(0.001)

        with BatchProcessor(work, 2) as processor:
            try:
                processor.process_items(range(100_000), cancel=cancel)
            except Cancelled as error:
                errors.append(error)

    runner = threading.Thread(target=run)
    runner.start()
    assert begun.wait(DEADLINE_S)
    cancel.pause()
    cancel.cancel()
    runner.join(DEADLINE_S)
    assert not runner.is_alive()
    assert len(errors) == 1
    cancel.pause()
    assert not cancel.paused
