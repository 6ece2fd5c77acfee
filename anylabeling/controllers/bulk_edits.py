"""Edits of very many shapes: made on a thread, applied as one step, one after the other."""

from __future__ import annotations

import operator
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.document.edits import ChangeShapes
from anylabeling.document.many import find_boxes
from anylabeling.document.shape import Shape
from anylabeling.messages.progress import Progress
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.utils import collector
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.turns import give_way

AT_ONCE = 300
"""So many shapes, or fewer, are edited before the call returns."""
_LANE = "shapes"
_CHUNK = 100
_SHOWN_AFTER_S = 0.3
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Steps:
    """How the work on a thread goes through many shapes.

    Attributes:
        cancel: Ends it between two of them.
        report: Called with how many are done and how many there are.
    """

    cancel: CancelToken = field(default_factory=CancelToken)
    report: Callable[[int, int], object] = lambda _done, _total: None

    def through(self, shapes: tuple[Shape, ...]) -> Iterable[tuple[Shape, ...]]:
        """Yield the shapes in parts.

        Raises:
            Cancelled: When somebody does not want the rest any more.
        """
        for start in range(0, len(shapes), _CHUNK):
            self.cancel.raise_if_cancelled()
            give_way()
            yield shapes[start : start + _CHUNK]
            self.report(min(start + _CHUNK, len(shapes)), len(shapes))


@dataclass(frozen=True, slots=True, eq=False)
class BulkEdit:
    """An edit of shapes of one document.

    Attributes:
        entry: The document; another image may be on the screen by the time it is applied.
        uids: The shapes. If one of them is changed meanwhile, the work is done again with what it is by then.
        work: Makes something of the shapes, on a thread when they are many; it must not touch the document.
        apply: Puts what came of it into the document, on the GUI thread.
        failed: Called with what the work raised.
        size: How much there is to do, in shapes; by itself the number of uids.
        capture: Called on the GUI thread right before; ``work`` then gets what it returns in place of the shapes.
    """

    entry: OpenDocument
    uids: tuple[int, ...]
    work: Callable[[Any, Steps], Any]
    apply: Callable[[Any], object]
    failed: Callable[[Exception], object]
    size: int = -1
    capture: Callable[[], Any] | None = None


class BulkEdits(QObject):
    """Runs edits in the order in which they were asked for; small ones before ``run`` returns.

    Signals:
        progressed: A Progress while an edit takes long, None when that is over.
        idle: Nothing waits any more.
    """

    progressed = Signal(object)
    idle = Signal()

    def __init__(self, runner: TaskRunner, documents: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._documents = documents
        self._waiting: deque[BulkEdit] = deque()
        self._running: Task | None = None
        self._number = 0
        self._tries = 0
        self._started_s = 0.0
        self._shown = False
        documents.change_many = self._change

    def busy(self) -> bool:
        """Whether an edit is on its way to its document."""
        return self._running is not None

    def is_next(self, edit: BulkEdit) -> bool:
        """Whether an edit has not begun and nothing comes behind it: what it is to do may still grow."""
        return bool(self._waiting) and self._waiting[-1] is edit

    def run(self, edit: BulkEdit) -> None:
        """Make an edit, after those that are on their way."""
        size = len(edit.uids) if edit.size < 0 else edit.size
        if size <= AT_ONCE and not self.busy():
            self._make_at_once(edit)
            return
        self._waiting.append(edit)
        if not self.busy():
            self._begin(self._waiting.popleft())

    def cancel(self) -> bool:
        """Give up what is on its way; return whether there was anything."""
        self._waiting.clear()
        if self._running is None or self._running.token.cancelled:
            return False
        self._running.cancel()
        return True

    def _change(
        self,
        entry: OpenDocument,
        uids: tuple[int, ...],
        make: Callable[[Sequence[Shape]], list[Shape]],
        name: str,
    ) -> None:
        def work(shapes: tuple[Shape, ...], steps: Steps) -> list[Shape]:
            return [shape for part in steps.through(shapes) for shape in make(part)]

        def apply(changed: list[Shape]) -> None:
            if changed:
                self._documents.push(ChangeShapes.to(entry.document, changed, name), entry)

        self.run(BulkEdit(entry, uids, work, apply, _raise))

    def _make_at_once(self, edit: BulkEdit) -> None:
        given = edit.capture() if edit.capture is not None else self._documents.shapes(edit.uids, edit.entry)
        if edit.uids and not given:
            return
        try:
            result = edit.work(given, Steps())
        except Exception as error:  # noqa: BLE001 - as on the thread: whoever asked for it is told
            edit.failed(error)
        else:
            edit.apply(result)

    def _begin(self, edit: BulkEdit, *, again: bool = False) -> None:
        if not again:
            self._started_s, self._tries = time.monotonic(), 0
        shapes = self._documents.shapes(edit.uids, edit.entry)

        self._number += 1
        given = shapes if edit.capture is None else edit.capture()

        def work(task: Task) -> Any:
            if edit.uids and not given:
                raise Cancelled  # all of them are gone
            with collector.paused():
                result = edit.work(given, Steps(task.token, lambda done, total: task.report(Progress(done, total))))
                find_boxes(_shapes_in(result))  # which the window would look for otherwise
            return result

        self._running = self._runner.submit(
            _LANE,
            work,
            on_done=lambda result: self._on_made(edit, shapes, result),
            on_error=edit.failed,
            on_progress=self._on_progress,
            on_finished=partial(self._on_finished, self._number),
        )

    def _on_made(self, edit: BulkEdit, shapes: tuple[Shape, ...], result: Any) -> None:
        if self._documents.find(edit.entry.path) is not edit.entry:
            return  # it was read anew, and what was made belongs to nothing any more
        present = self._documents.shapes(edit.uids, edit.entry)
        if len(present) == len(shapes) and all(map(operator.is_, present, shapes)):
            with collector.paused():
                edit.apply(result)
        elif self._tries < _MOST_TRIES:
            self._tries += 1
            self._begin(edit, again=True)  # with what the shapes are now
        else:
            self._make_at_once(edit)

    def _on_progress(self, progress: Progress) -> None:
        if time.monotonic() - self._started_s > _SHOWN_AFTER_S:
            self._shown = True
            self.progressed.emit(progress)

    def _on_finished(self, number: int) -> None:
        if number != self._number:
            return  # it is being made once more
        self._running = None
        if self._waiting:
            self._begin(self._waiting.popleft())
            return
        if self._shown:
            self._shown = False
            self.progressed.emit(None)
        self.idle.emit()


def _shapes_in(result: Any) -> list[Shape]:
    """Return the shapes among what the work of an edit returns: a list of them, or their successors by uid."""
    if isinstance(result, Mapping):
        return [shape for found in result.values() for shape in found]
    return result if isinstance(result, list) else []


def _raise(error: Exception) -> None:
    raise error
