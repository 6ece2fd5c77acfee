"""Work on lanes: results, errors, cancelling and order, as the GUI thread sees them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from qtpy.QtGui import QPaintEvent
from qtpy.QtWidgets import QApplication, QWidget

from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.utils import turns

Wait = Callable[..., None]


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    assert made.shutdown(5)


def test_result_arrives_on_the_gui_thread_and_never_inside_submit(runner: TaskRunner, wait_for: Wait) -> None:
    seen: list[tuple[object, bool]] = []
    runner.submit("a", lambda _task: 42, on_done=lambda value: seen.append((value, _on_main_thread())))
    assert seen == []
    wait_for(lambda: seen)
    assert seen == [(42, True)]


def test_error_goes_to_its_callback_and_the_lane_goes_on(runner: TaskRunner, wait_for: Wait) -> None:
    errors: list[Exception] = []
    done: list[int] = []

    def fail(_task: Task) -> None:
        raise ValueError("no good")

    runner.submit("a", fail, on_error=errors.append, on_done=lambda _value: done.append(0))
    runner.submit("a", lambda _task: 1, on_done=done.append)
    wait_for(lambda: done)
    assert done == [1]
    assert [str(error) for error in errors] == ["no good"]


def test_one_lane_keeps_order(runner: TaskRunner, wait_for: Wait) -> None:
    done: list[int] = []
    for number in range(200):
        runner.submit("a", lambda _task, n=number: n, on_done=done.append)
    wait_for(lambda: len(done) == 200)
    assert done == list(range(200))


def test_newest_wins_drops_what_waits_and_what_runs(runner: TaskRunner, wait_for: Wait) -> None:
    started, release = threading.Event(), threading.Event()
    done: list[str] = []
    finished: list[str] = []

    def slow(task: Task) -> str:
        started.set()
        release.wait(60)
        task.token.raise_if_cancelled()
        return "slow"

    runner.submit("a", slow, on_done=done.append, on_finished=lambda: finished.append("slow"))
    assert started.wait(60)
    for name in ("b", "c"):
        runner.submit(
            "a",
            lambda _task, n=name: n,
            on_done=done.append,
            on_finished=lambda n=name: finished.append(n),
            newest_wins=True,
        )
    release.set()
    wait_for(lambda: len(finished) == 3)
    assert done == ["c"]
    assert finished == ["slow", "b", "c"]


def test_stream_loses_nothing_and_comes_before_the_result(runner: TaskRunner, wait_for: Wait) -> None:
    seen: list[object] = []

    def produce(task: Task) -> str:
        for number in range(5000):
            task.stream(number)
            task.report(number)
        return "end"

    progress: list[int] = []
    runner.submit("a", produce, on_items=seen.extend, on_progress=progress.append, on_done=seen.append)
    wait_for(lambda: "end" in seen)
    assert seen == [*range(5000), "end"]
    assert progress == sorted(progress)
    assert progress[-1] == 4999


def test_cancelled_task_delivers_nothing_but_its_end(runner: TaskRunner, wait_for: Wait) -> None:
    started = threading.Event()
    calls: list[str] = []

    def work(task: Task) -> None:
        task.stream(1)
        started.set()
        task.token.wait(60)

    task = runner.submit(
        "a",
        work,
        on_items=lambda _items: calls.append("items"),
        on_done=lambda _value: calls.append("done"),
        on_finished=lambda: calls.append("finished"),
    )
    assert started.wait(60)
    task.cancel()
    wait_for(lambda: "finished" in calls)
    assert calls == ["finished"]


def test_shutdown_ends_all_threads(qapp: QApplication) -> None:
    runner = TaskRunner()
    started = threading.Event()

    def work(task: Task) -> None:
        started.set()
        task.token.wait(60)

    runner.submit("ending", work)
    assert started.wait(60)
    assert runner.shutdown(5)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("anylabeling-ending")]


def _on_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def test_work_steps_aside_until_what_it_handed_over_is_painted(
    runner: TaskRunner, wait_for: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_LONGEST_S", 60.0)
    order: list[str] = []
    went_on, streamed = threading.Event(), threading.Event()

    class Picture(QWidget):
        def paintEvent(self, event: QPaintEvent | None) -> None:
            order.append("painted")

    picture = Picture()
    picture.show()
    wait_for(lambda: order)
    order.clear()

    def work(task: Task) -> None:
        task.stream(1)
        streamed.set()
        turns.give_way()
        order.append("work")
        went_on.set()

    def show(_items: list[object]) -> None:
        order.append("taken")
        went_on.wait(0.1)  # its chance, which it must not take
        picture.update()

    runner.submit("a", work, on_items=show, on_done=lambda _none: order.append("done"))
    assert streamed.wait(60)  # so that all of it is dealt with in one turn of the window
    wait_for(lambda: "done" in order)
    assert order[: order.index("done")] == ["taken", "painted", "work"]
    picture.close()
