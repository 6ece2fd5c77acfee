"""Run the image filter and narrow the file list to what it finds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.navigation import NavigationController
from anylabeling.errors import AppError
from anylabeling.messages.filtering import FilterMatch, FilterQuery, FilterSummary
from anylabeling.messages.notices import Notice
from anylabeling.messages.progress import Progress
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.filtering.engine import FilterEngine
from anylabeling.services.filtering.export import export_results, to_text
from anylabeling.utils.cancellation import CancelToken

FILTER_LANE = "filter"
_NARROW_EVERY_S = 0.5


class FilterController(QObject):
    """The window's way to the filter engine.

    Signals:
        running_changed: Whether a filter runs.
        progressed: A Progress and the number of matches so far.
        matched: New FilterMatch values, in folder order.
        finished: The FilterSummary, also after a cancel.
        failed: One sentence: why the filter could not run.
        notified: A Notice for the person.
    """

    running_changed = Signal(bool)
    progressed = Signal(object, int)
    matched = Signal(object)
    finished = Signal(object)
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
        self._narrowed_at = 0.0

    @property
    def summary(self) -> FilterSummary | None:
        """What the last filter found."""
        return self._summary

    def run(self, query: FilterQuery) -> None:
        """Look through all images of the folder; the file list follows."""
        model, paths = self._model(), tuple(self._navigation.all_paths)
        if model is None and query.needs_model:
            self.failed.emit("Load a model first: the filter looks at what it detects.")
            return
        if not paths:
            self.failed.emit("Open a folder with images first.")
            return
        self.cancel()
        # A token of our own: cancelling the task would drop what was found until then.
        self._cancel = cancel = CancelToken()
        self._matches, self._summary, self._narrowed_at = [], None, time.monotonic()
        engine = self._engine()
        self.running_changed.emit(True)
        self._runner.submit(
            FILTER_LANE,
            lambda task: engine.run(query, paths, model, cancel=cancel, on_match=task.stream, on_progress=task.report),
            on_items=lambda matches: self._on_matches(cancel, matches),
            on_progress=lambda progress: self._on_progress(cancel, progress),
            on_done=lambda summary: self._on_done(cancel, summary),
            on_error=self._on_error,
            on_finished=lambda: self.running_changed.emit(self._runner.busy(FILTER_LANE)),
        )

    def cancel(self) -> None:
        """Stop the filter that runs; what it found so far stays."""
        if self._cancel is not None:
            self._cancel.cancel()

    def clear(self) -> None:
        """Show all images again."""
        self.cancel()
        self._cancel = None
        self._navigation.narrow(None)

    def export(self, path: str) -> None:
        """Write the last result to a file; its ending says the format (.json, .txt, .csv)."""
        summary = self._summary
        if summary is None:
            self.notified.emit(Notice("There is no filter result to export.", "Apply a filter first.", level="info"))
            return
        self._runner.submit(
            "export",
            lambda _task: export_results(path, summary),
            on_done=lambda _none: self.notified.emit(
                Notice(f"{len(summary.matches):,} images were written to {Path(path).name}.", level="info")
            ),
            on_error=self._on_export_failed,
        )

    def as_text(self) -> str:
        """Return the paths that match, one a line, for the clipboard."""
        return to_text(self._summary) if self._summary is not None else ""

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
            self._narrow(move=False)

    def _on_done(self, run: CancelToken, summary: FilterSummary) -> None:
        if run is not self._cancel:
            return
        self._summary, self._cancel = summary, None
        self._matches = list(summary.matches)
        self._narrow(move=True)
        self.finished.emit(summary)
        for notice in summary.notices:
            self.notified.emit(Notice(notice, level="warning"))
        if summary.failed:
            self.notified.emit(
                Notice(
                    f"{len(summary.failed):,} images could not be read and were left out.",
                    details="\n".join(f"{path}: {reason}" for path, reason in summary.failed[:200]),
                    level="warning",
                )
            )

    def _on_error(self, error: Exception) -> None:
        self.failed.emit(str(error) if isinstance(error, AppError) else f"The filter failed: {error!r}")

    def _on_export_failed(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError("The export failed.", details=repr(error))
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))

    def _narrow(self, *, move: bool) -> None:
        self._narrowed_at = time.monotonic()
        self._navigation.narrow([match.path for match in self._matches], move=move)
