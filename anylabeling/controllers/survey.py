"""Know what the label files of the whole folder say, without ever waiting for it on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QObject, Signal

from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.messages.progress import Progress
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.qt.throttle import Debounce
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.services.dataset.label_index import LabelColumns, LabelIndex

_LANE = "survey"
_PAUSE_MS = 700
_LIMIT_MS = 5000
_MARKS = ("labelled", "empty", "checked", "failed")


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What the label files of some images say.

    Attributes:
        paths: The images.
        columns: What is known about each.
        marks: "labelled", "empty", "checked" or "failed" for those images that have a label file.
        tags: The tags that there are.
        flags: The flags that are set somewhere.
    """

    paths: tuple[str, ...]
    columns: LabelColumns
    marks: dict[str, str] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()


class SurveyController(QObject):
    """Brings the label index up to date in the background and hands out what it says.

    Signals:
        surveyed: A Survey of all images of the folder.
        progressed: A Progress while label files are read, None when that is over.
        notified: A Notice for the person.
    """

    surveyed = Signal(object)
    progressed = Signal(object)
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        images: Callable[[], Sequence[str]],
        store: Callable[[], LabelStore],
        index: Callable[[], LabelIndex],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller.

        Args:
            runner: Runs it.
            images: Returns the images of the folder.
            store: Returns the label store in use.
            index: Returns the label index; called on a thread.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._runner = runner
        self._images = images
        self._store = store
        self._index = index
        self._last: Survey | None = None
        self._debounce = Debounce(self.ask, pause_ms=_PAUSE_MS, limit_ms=_LIMIT_MS, parent=self)

    @property
    def last(self) -> Survey | None:
        """What was found the last time."""
        return self._last

    def ask_soon(self) -> None:
        """Look at the label files once nothing has happened for a moment."""
        self._debounce.request()

    def ask(self) -> None:
        """Look at the label files now; only those that have changed are read."""
        self._debounce.cancel()
        paths, store = tuple(self._images()), self._store()

        def work(task: Task) -> Survey:
            index = self._index()

            def tell(done: int, total: int) -> None:
                task.report(Progress(done, total))

            columns = index.look(paths, store, cancel=task.token, on_progress=tell)
            tags, flags = frozenset().union(*set(columns.tags)), frozenset().union(*set(columns.flags))
            return Survey(paths, columns, marks_of(paths, columns), tags, flags)

        self._runner.submit(
            _LANE,
            work,
            on_done=self._on_done,
            on_error=self._on_error,
            on_progress=self.progressed.emit,
            on_finished=self._on_finished,
            newest_wins=True,
        )
        self.progressed.emit(Progress(0))

    def stop(self) -> None:
        """Look at nothing any more; the program ends."""
        self._debounce.cancel()
        self._runner.cancel_lane(_LANE)

    def _on_finished(self) -> None:
        if not self._runner.busy(_LANE):
            self.progressed.emit(None)

    def _on_done(self, survey: Survey) -> None:
        self._last = survey
        self.surveyed.emit(survey)

    def _on_error(self, error: Exception) -> None:
        known = (
            error if isinstance(error, AppError) else AppError(tr("The labels of the folder could not be looked at."))
        )
        self.notified.emit(Notice(known.user_text, known.hint, known.details or repr(error), "warning"))


def marks_of(paths: Sequence[str], columns: LabelColumns) -> dict[str, str]:
    """Return the mark of each image that has a label file; see Survey."""
    nothing = ~columns.labelled
    codes = np.where(columns.broken, 3, np.where(columns.checked, 2, np.where(nothing, 1, 0)))
    there = np.flatnonzero(columns.has_file)
    return {paths[number]: _MARKS[code] for number, code in zip(there.tolist(), codes[there].tolist(), strict=True)}
