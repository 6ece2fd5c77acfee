"""Run the image filter and narrow the file list to what it finds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, QTimer, Signal

from anylabeling.controllers.navigation import NavigationController
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.translation import tr, trn
from anylabeling.utils import collector, turns
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.narrowing import Narrowing

if TYPE_CHECKING:
    from anylabeling.messages.filtering import FilterMatch, FilterQuery, FilterSummary
    from anylabeling.messages.progress import Progress
    from anylabeling.services.auto_labeling.detection_model import DetectionModel
    from anylabeling.services.filtering.engine import FilterEngine

FILTER_LANE = "filter"
PREVIEW_LANE = "filter preview"
LIST_LANE = "filter list"
_LEFT_LANE = "filter leftovers"
_NARROW_EVERY_S = 0.5


class FilterController(QObject):
    """The window's way to the filter engine.

    Signals:
        running_changed: Whether a filter runs.
        paused_changed: Whether the filter that runs rests.
        progressed: A Progress and the number of matches so far.
        matched: New FilterMatch values, in folder order; the first list of a run follows ``running_changed``.
        finished: The FilterSummary, also after a cancel.
        previewed: The FilterSummary of a question that was answered from what is known.
        cleared: The file list shows all images again.
        failed: One sentence: why the filter could not run.
        notified: A Notice for the person.
    """

    running_changed = Signal(bool)
    paused_changed = Signal(bool)
    progressed = Signal(object, int)
    matched = Signal(object)
    finished = Signal(object)
    previewed = Signal(object)
    cleared = Signal()
    failed = Signal(str)
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        navigation: NavigationController,
        model: Callable[[], DetectionModel | None],
        engine: Callable[[], FilterEngine],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller; ``model`` and ``engine`` return what is in use when a filter starts."""
        super().__init__(parent)
        self._runner = runner
        self._navigation = navigation
        self._model = model
        self._engine = engine
        self._cancel: CancelToken | None = None
        self._matches: list[FilterMatch] = []
        self._summary: FilterSummary | None = None
        self._query: FilterQuery | None = None
        self._narrowed_at = 0.0
        self._move = self._moves = False
        # The file list follows an answer in a turn of its own: both in one would keep the window too long.
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(0)
        self._follow.timeout.connect(self._narrow)

    @property
    def summary(self) -> FilterSummary | None:
        """What the last filter found."""
        return self._summary

    @property
    def query(self) -> FilterQuery | None:
        """The question of the run that goes on, or of the last answer."""
        return self._query

    @property
    def running(self) -> bool:
        """Whether a filter runs or rests."""
        return self._cancel is not None

    def run(self, query: FilterQuery) -> None:
        """Look through all images of the folder; the file list follows."""
        model, paths = self._model(), tuple(self._navigation.all_paths)
        if not paths:
            self.failed.emit(tr("Open a folder with images first."))
            return
        if model is None and query.needs_model:
            self.failed.emit(tr("Load a model first: the filter looks at what it detects."))
            return
        self.cancel()
        self._runner.cancel_lane(PREVIEW_LANE)
        # A token of our own: cancelling the task would drop what was found until then.
        self._cancel = cancel = CancelToken()
        self._let_go()
        self._narrowed_at = time.monotonic()
        self._query = query
        collector.spare()
        engine = self._engine()
        self.running_changed.emit(True)
        self.paused_changed.emit(False)
        self._runner.submit(
            FILTER_LANE,
            lambda task: engine.run(query, paths, model, cancel=cancel, on_match=task.stream, on_progress=task.report),
            on_items=lambda matches: self._on_matches(cancel, matches),
            on_progress=lambda progress: self._on_progress(cancel, progress),
            on_done=lambda summary: self._on_done(cancel, summary),
            on_error=lambda error: self._on_error(cancel, error),
            on_finished=lambda: self.running_changed.emit(self._runner.busy(FILTER_LANE)),
        )

    def preview(self, query: FilterQuery) -> None:
        """Answer a question from what is known, after a run; the newest one wins. No model runs."""
        model, paths = self._model(), tuple(self._navigation.all_paths)
        if self.running or self._summary is None or not paths or (model is None and query.needs_model):
            return
        engine = self._engine()

        def preview(task: Task) -> FilterSummary:
            with collector.making_many_objects():
                return engine.run(query, paths, model, cancel=task.token, preview=True)

        self._runner.submit(
            PREVIEW_LANE,
            preview,
            on_done=self._on_previewed,
            on_error=lambda error: self.failed.emit(_sentence(error)),
            newest_wins=True,
        )

    def pause(self) -> None:
        """Let the filter that runs rest; what is on its way is finished first."""
        if self._cancel is not None and not self._cancel.paused:
            self._cancel.pause()
            self.paused_changed.emit(self._cancel.paused)

    def resume(self) -> None:
        """Let the filter go on."""
        if self._cancel is not None and self._cancel.paused:
            self._cancel.resume()
            self.paused_changed.emit(False)

    def cancel(self) -> None:
        """Stop the filter that runs; what it found so far stays."""
        if self._cancel is not None:
            self._cancel.cancel()

    def clear(self) -> None:
        """Show all images again."""
        self.drop()
        self._navigation.narrow(None)

    def drop(self) -> None:
        """Forget what was found: the images are others now."""
        self.cancel()
        self._let_go()
        self._cancel = self._query = None
        self._runner.cancel_lane(PREVIEW_LANE)
        self.cleared.emit()

    def _on_progress(self, run: CancelToken, progress: Progress) -> None:
        if run is self._cancel:
            self.progressed.emit(progress, len(self._matches))

    def _on_matches(self, run: CancelToken, matches: list[FilterMatch]) -> None:
        if run is not self._cancel:
            return  # a run that was replaced or cleared
        self._matches.extend(matches)
        self.matched.emit(matches)
        # The list follows while the filter runs, but not so often that it cannot be read.
        if time.monotonic() - self._narrowed_at > _NARROW_EVERY_S:
            self._narrow()

    def _on_done(self, run: CancelToken, summary: FilterSummary) -> None:
        if run is not self._cancel:
            return
        self._summary, self._cancel = summary, None
        self._matches = list(summary.matches)
        self._move = True
        self._follow.start()
        self.finished.emit(summary)
        for notice in summary.notices:
            self.notified.emit(Notice(notice, level="warning"))
        if summary.failed:
            self.notified.emit(
                Notice(
                    tr("{images} could not be read.", images=_images(len(summary.failed))),
                    details="\n".join(f"{path}: {reason}" for path, reason in summary.failed[:200]),
                    level="warning",
                )
            )

    def _on_previewed(self, summary: FilterSummary) -> None:
        before = self._summary
        if before is None or self.running or summary.cancelled:
            return
        # It is about the same images as the run before.
        summary = replace(summary, total=before.total, failed=before.failed)
        self._let_go()
        self._summary, self._query = summary, summary.query
        self._matches = list(summary.matches)
        self._follow.start()
        self.previewed.emit(summary)

    def _on_error(self, run: CancelToken, error: Exception) -> None:
        if run is self._cancel:
            self._cancel = None
        self.failed.emit(_sentence(error))

    def _let_go(self) -> None:
        """Forget what was found, and let a thread free it."""
        self._follow.stop()
        self._runner.cancel_lane(LIST_LANE)
        self._move = self._moves = False
        left, self._matches, self._summary = self._matches, [], None
        if left:
            self._runner.submit(_LEFT_LANE, lambda _task: turns.let_go(left))

    def _narrow(self) -> None:
        """Have the list of files follow; what it takes for very many is made on a lane."""
        move, self._move = self._move, False
        self._moves = self._moves or move
        self._narrowed_at = time.monotonic()
        matches, among = list(self._matches), self._navigation.all_paths
        self._runner.submit(
            LIST_LANE,
            lambda _task: Narrowing([match.path for match in matches], among),
            on_done=self._on_narrowed,
            on_error=lambda error: self.failed.emit(_sentence(error)),
            newest_wins=True,
        )

    def _on_narrowed(self, narrowing: Narrowing) -> None:
        move, self._moves = self._moves, False
        self._navigation.narrow(narrowing, move=move)


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, AppError) else tr("The filter failed: {error!r}", error=error)


def _images(number: int) -> str:
    return trn("%n image", "%n images", number)
