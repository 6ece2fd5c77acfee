"""Run work on threads and bring what comes of it back to the GUI thread.

Work runs on named lanes. A lane has a fixed number of threads (one unless told otherwise) and keeps the order of what
was submitted. A task's callbacks always run on the GUI thread, from the event loop, never inside ``submit``.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from qtpy.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from anylabeling.qt.signals import connect_queued
from anylabeling.utils import turns
from anylabeling.utils.cancellation import Cancelled, CancelToken

_log = logging.getLogger(__name__)
_SHOWN = QEvent.Type(QEvent.registerEventType())
# Windows paint at Qt's low priority, so at this one all is painted.
_AFTER_PAINTING = int(Qt.EventPriority.LowEventPriority) - 1


@dataclass(eq=False)
class Task:
    """One piece of submitted work.

    The work calls ``report`` and ``stream`` on its thread; everything else belongs to the GUI thread.

    Attributes:
        token: Cancelling it asks the work to stop; no callback but ``on_finished`` runs after that.
    """

    work: Callable[[Task], Any]
    on_done: Callable[[Any], object] | None
    on_error: Callable[[Exception], object] | None
    on_progress: Callable[[Any], object] | None
    on_items: Callable[[list[Any]], object] | None
    on_finished: Callable[[], object] | None
    runner: TaskRunner
    token: CancelToken = field(default_factory=CancelToken)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _progress: Any = None
    _items: list[Any] = field(default_factory=list)
    _delivery_pending: bool = False

    def cancel(self) -> None:
        """Ask the work to stop and drop its result."""
        self.token.cancel()

    def report(self, progress: Any) -> None:
        """Hand over the state of the work; when the GUI is slower, it sees only the newest."""
        with self._lock:
            self._progress = progress
            pending, self._delivery_pending = self._delivery_pending, True
        if not pending:
            turns.hand_over()
            self.runner.delivered.emit(self)

    def stream(self, item: Any) -> None:
        """Hand over one result among many; none is lost, they arrive in lists."""
        with self._lock:
            self._items.append(item)
            pending, self._delivery_pending = self._delivery_pending, True
        if not pending:
            turns.hand_over()
            self.runner.delivered.emit(self)

    def deliver(self) -> None:
        """Call back with what was reported and streamed since the last time. GUI thread only."""
        with self._lock:
            self._delivery_pending = False
            progress, self._progress = self._progress, None
            items, self._items = self._items, []
        if self.token.cancelled:
            return
        if items and self.on_items is not None:
            self.on_items(items)
        if progress is not None and self.on_progress is not None:
            self.on_progress(progress)


class TaskRunner(QObject):
    """Owns the lanes. Make one on the GUI thread and shut it down before the application ends.

    Signals:
        delivered: A task has progress or items (internal).
        ended: A task is over, with its result or its exception (internal).
    """

    delivered = Signal(object)
    ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, _Lane] = {}
        self._widths: dict[str, int] = {}
        self._will_rest = self._took_more = self._put_off = False
        turns.begin()
        connect_queued(self.delivered, self._on_delivered)
        connect_queued(self.ended, self._on_ended)

    def set_width(self, lane: str, threads: int) -> None:
        """Set how many threads a lane has. It counts from the lane's next start."""
        self._widths[lane] = threads

    def submit(  # noqa: PLR0913 - one keyword per callback reads better than a bag of them
        self,
        lane: str,
        work: Callable[[Task], Any],
        *,
        on_done: Callable[[Any], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
        on_progress: Callable[[Any], object] | None = None,
        on_items: Callable[[list[Any]], object] | None = None,
        on_finished: Callable[[], object] | None = None,
        newest_wins: bool = False,
    ) -> Task:
        """Queue work on a lane.

        Args:
            lane: The lane's name; it comes into being with its first task.
            work: Called on the lane's thread with the task. It looks at ``task.token`` between its steps.
            on_done: Called with what the work returns, unless the task was cancelled.
            on_error: Called with the exception that the work raised, unless the task was cancelled.
            on_progress: Called with what the work reports; steps may be left out.
            on_items: Called with lists of what the work streams; nothing is left out.
            on_finished: Called at the very end in any case, after the other callbacks.
            newest_wins: Cancel everything that is waiting or running on the lane first.

        Returns:
            The task, to cancel it.
        """
        task = Task(work, on_done, on_error, on_progress, on_items, on_finished, self)
        # Whatever is done and painted besides in this turn of the window comes first.
        turns.hand_over()
        self._take()
        self._lane(lane).put(task, newest_wins=newest_wins)
        return task

    def cancel_lane(self, lane: str) -> None:
        """Cancel everything that is waiting or running on a lane."""
        if lane in self._lanes:
            self._lanes[lane].cancel()

    def busy(self, lane: str) -> bool:
        """Whether a lane has work that waits or runs."""
        return lane in self._lanes and self._lanes[lane].busy()

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Cancel all work and wait for the threads; returns whether all of them ended in time."""
        for lane in self._lanes.values():
            lane.close()
        deadline = time.monotonic() + timeout_s
        joined = [lane.join(deadline) for lane in self._lanes.values()]
        return all(joined)

    def _lane(self, name: str) -> _Lane:
        if name not in self._lanes:
            self._lanes[name] = _Lane(name, self._widths.get(name, 1), self)
        return self._lanes[name]

    def customEvent(self, event: QEvent | None) -> None:
        """Let threads go on: what they handed over is shown."""
        if event is None or event.type() != _SHOWN:
            return
        if self._took_more and not self._put_off:
            # Painting that was asked for meanwhile comes behind this event: what Qt deals with in one go it sorts once.
            # It is put off a single time, or somebody who hands over without end would keep all others waiting.
            self._put_off = True
            QCoreApplication.postEvent(self, QEvent(_SHOWN), _AFTER_PAINTING)
            return
        self._will_rest = self._took_more = self._put_off = False
        turns.rest()

    def _take(self) -> None:
        """Begin to deal with what a thread handed over."""
        turns.take()
        self._took_more = self._took_more or self._will_rest
        if not self._will_rest:
            self._will_rest = True
            QCoreApplication.postEvent(self, QEvent(_SHOWN), _AFTER_PAINTING)

    @Slot(object)
    def _on_delivered(self, task: Task) -> None:
        self._take()
        task.deliver()

    @Slot(object, object, object)
    def _on_ended(self, task: Task, result: Any, error: Exception | None) -> None:
        self._take()
        task.deliver()
        try:
            if task.token.cancelled or isinstance(error, Cancelled):
                return
            if error is None:
                if task.on_done is not None:
                    task.on_done(result)
            elif task.on_error is not None:
                task.on_error(error)
            else:
                _log.error("background work failed", exc_info=error)
        finally:
            if task.on_finished is not None:
                task.on_finished()


class _Lane:
    """Threads that take tasks from one queue in order."""

    def __init__(self, name: str, width: int, runner: TaskRunner) -> None:
        self._runner = runner
        self._condition = threading.Condition()
        self._waiting: deque[Task] = deque()
        self._running: set[Task] = set()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"anylabeling-{name}-{number}", daemon=True)
            for number in range(width)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, task: Task, *, newest_wins: bool) -> None:
        with self._condition:
            if self._closed:
                task.cancel()
                return
            if newest_wins:
                self._cancel_all()
            self._waiting.append(task)
            self._condition.notify()

    def cancel(self) -> None:
        with self._condition:
            self._cancel_all()

    def busy(self) -> bool:
        with self._condition:
            return bool(self._waiting or self._running)

    def close(self) -> None:
        with self._condition:
            self._closed = True
            self._cancel_all()
            self._condition.notify_all()

    def join(self, deadline: float) -> bool:
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _cancel_all(self) -> None:
        # Waiting tasks stay queued: the lane takes each off at once and ends it, so that on_finished runs for all.
        for task in (*self._waiting, *self._running):
            task.cancel()

    def _serve(self) -> None:
        while True:
            with self._condition:
                while not self._waiting and not self._closed:
                    self._condition.wait()
                if not self._waiting:
                    return
                task = self._waiting.popleft()
                self._running.add(task)
            result: Any = None
            error: Exception | None = None
            try:
                task.token.raise_if_cancelled()
                result = task.work(task)
            except Exception as raised:  # noqa: BLE001 - the thread's edge: it travels to on_error
                error = raised
            # In one step: who finds the lane idle also finds the answer among the events that wait.
            with self._condition:
                self._running.discard(task)
                turns.hand_over()
                try:
                    self._runner.ended.emit(task, result, error)
                except RuntimeError:  # the QObject is gone: the application has ended
                    return
            del task, result, error
