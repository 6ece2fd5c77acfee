"""Train models in the background: what the labels allow, the run on its way, the runs so far."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController
from anylabeling.errors import AppError, UntrustedModelError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.translation import tr

if TYPE_CHECKING:  # what trains is imported when somebody wants to train
    from anylabeling.messages.training import TrainRequest, TrainRun
    from anylabeling.services.dataset.label_store import LabelStore
    from anylabeling.services.training.run_store import RunStore
    from anylabeling.services.training.session import TrainSession
    from anylabeling.services.training.survey import ImageFacts

_LANE = "training"
_SURVEY_LANE = "training survey"
_PLAN_LANE = "training plan"
_RUNS_LANE = "training runs"
_LOG_EVERY_S = 0.5


class TrainingController(QObject):
    """Owns the training that runs; there is one at a time.

    Signals:
        surveying_changed: Whether labels are being looked at.
        survey_progressed: A Progress of that.
        plan_changed: The TrainPlan for what was asked last.
        running_changed: Whether a training, or the writing of a data set, is on its way.
        progressed: A Progress of the data set that is being written.
        run_changed: The TrainRun that is on its way, as it stands.
        log_changed: The last lines of its log.
        ended: The TrainRun that is over, whatever came of it.
        runs_changed: All runs so far, a list of TrainRun.
        needs_known: What is missing here, a Needs.
        starts_known: Files to go on from, a list of paths.
        failed: Sentence and hint of what kept a training from beginning.
        trust_wanted: Sentence, hint and the TrainRequest whose start weights are not trusted.
        data_written: An ExchangeReport and the command that trains with it elsewhere.
        notified: A Notice for the person.
    """

    surveying_changed = Signal(bool)
    survey_progressed = Signal(object)
    plan_changed = Signal(object)
    running_changed = Signal(bool)
    progressed = Signal(object)
    run_changed = Signal(object)
    log_changed = Signal(str)
    ended = Signal(object)
    runs_changed = Signal(object)
    needs_known = Signal(object)
    starts_known = Signal(object)
    failed = Signal(str, str)
    trust_wanted = Signal(str, str, object)
    data_written = Signal(object, str)
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        documents: DocumentController,
        parent: QObject | None = None,
        *,
        command: Sequence[str] = (),
    ) -> None:
        """Make the controller; ``command`` takes the place of the process that trains."""
        super().__init__(parent)
        self._runner = runner
        self._documents = documents
        self._command = tuple(command)
        self._facts: list[ImageFacts] = []
        self._wanted: TrainRequest | None = None
        self._session: TrainSession | None = None
        self._busy = False

    @property
    def running(self) -> bool:
        """Whether a training, or the writing of a data set, is on its way."""
        return self._busy

    def survey(self, root: str, paths: Sequence[str], store: LabelStore) -> None:
        """Look at the labels of images, as they are on the screen where they are open; ``plan_changed`` follows."""
        unsaved = {entry.path: entry.document.snapshot() for entry in self._documents.unsaved()}
        listed = tuple(paths)

        def work(task: Task) -> list[ImageFacts]:
            from anylabeling.messages.progress import Progress
            from anylabeling.services.dataset.exchange_sources import LabelSource
            from anylabeling.services.training.survey import survey

            source = LabelSource(root, listed, store, unsaved)
            return survey(source, cancel=task.token, on_progress=lambda done, total: task.report(Progress(done, total)))

        self._facts = []
        self.surveying_changed.emit(True)
        self._runner.submit(
            _SURVEY_LANE,
            work,
            on_progress=self.survey_progressed.emit,
            on_done=self._on_surveyed,
            on_error=self._on_error,
            newest_wins=True,
        )

    def plan(self, request: TrainRequest) -> None:
        """Say what would be trained with; ``plan_changed`` follows."""
        self._wanted = request
        facts = self._facts

        def work(_task: Task) -> Any:
            from anylabeling.services.training.needs import classes_of
            from anylabeling.services.training.planning import divide

            return divide(facts, request, classes_of(request.weights)).plan

        self._runner.submit(_PLAN_LANE, work, on_done=self.plan_changed.emit, on_error=self._on_error, newest_wins=True)

    def look_around(self) -> None:
        """Look what is installed, which weights there are and which runs; three signals follow."""

        def work(_task: Task) -> Any:
            from anylabeling.services.training.needs import needs, start_files

            store = _store()
            return needs(), start_files(store.runs()), store.runs()

        def done(found: Any) -> None:
            self.needs_known.emit(found[0])
            self.starts_known.emit(found[1])
            self.runs_changed.emit(found[2])

        self._runner.submit(_RUNS_LANE, work, on_done=done, on_error=self._on_error)

    def refresh_runs(self) -> None:
        """Look which runs there are; ``runs_changed`` follows."""
        self._runner.submit(
            _RUNS_LANE, lambda _task: _store().runs(), on_done=self.runs_changed.emit, on_error=self._on_error
        )

    def begin(self, request: TrainRequest, *, trust: bool = False) -> None:
        """Train with the images that were looked at."""
        facts = self._facts
        self._start(
            lambda session: session.begin(request, facts, trust=trust),
            on_untrusted=lambda error: self.trust_wanted.emit(error.user_text, error.hint, request),
        )

    def go_on(self, folder: str) -> None:
        """Go on with a run that was interrupted, stopped or failed."""
        self._start(lambda session: session.go_on(folder))

    def stop(self) -> None:
        """End the training after the images it is at; asked again, at once."""
        if self._session is not None:
            self._session.stop()

    def write_data(self, request: TrainRequest, folder: str) -> None:
        """Write the data set alone, to train with it elsewhere."""
        facts = self._facts

        def work(task: Task) -> Any:
            from anylabeling.services.training.session import write_for_elsewhere

            return write_for_elsewhere(request, facts, Path(folder), cancel=task.token, on_progress=task.report)

        self._set_busy(True)
        self._runner.submit(
            _LANE,
            work,
            on_progress=self.progressed.emit,
            on_done=lambda pair: self.data_written.emit(*pair),
            on_error=self._on_error,
            on_finished=lambda: self._set_busy(False),
        )

    def remove(self, run: TrainRun) -> None:
        """Delete a run with all its files."""
        self._runner.submit(
            _RUNS_LANE, lambda _task: _store().remove(run), on_error=self._on_error, on_finished=self.look_around
        )

    def _start(self, work: Any, on_untrusted: Any = None) -> None:
        if self._busy:
            self.failed.emit(tr("Another training is on its way."), tr("Wait until it is done, or stop it."))
            return
        self._set_busy(True)
        told = [0.0]

        def run(task: Task) -> TrainRun:
            from anylabeling.services.training.process import WORKER, log_tail
            from anylabeling.services.training.session import TrainSession

            def changed(state: TrainRun) -> None:
                now = time.monotonic()
                lines = ""
                if now - told[0] >= _LOG_EVERY_S or not state.state.runs:
                    told[0], lines = now, log_tail(Path(state.folder), 400)
                task.report((state, lines))

            session = TrainSession(
                _store(),
                on_change=changed,
                on_progress=lambda progress: task.report((progress, "")),
                command=self._command or WORKER,
            )
            self._session = session
            withdraw = task.token.on_cancel(session.abandon)  # at the program's end
            try:
                ended: TrainRun = work(session)
            finally:
                withdraw()
            return ended

        self._runner.submit(
            _LANE,
            run,
            on_progress=self._on_changed,
            on_done=self._on_ended,
            on_error=lambda error: self._on_failed(error, on_untrusted),
            on_finished=self._on_finished,
        )

    def _on_changed(self, report: tuple[Any, str]) -> None:
        state, log = report
        if hasattr(state, "folder"):
            self.run_changed.emit(state)
        else:
            self.progressed.emit(state)
        if log:
            self.log_changed.emit(log)

    def _on_ended(self, run: TrainRun) -> None:
        self.run_changed.emit(run)
        self.ended.emit(run)

    def _on_failed(self, error: Exception, on_untrusted: Any) -> None:
        if on_untrusted is not None and isinstance(error, UntrustedModelError):
            on_untrusted(error)
        else:
            self._on_error(error)

    def _on_finished(self) -> None:
        self._session = None
        self._set_busy(False)
        self.look_around()

    def _on_surveyed(self, facts: list[ImageFacts]) -> None:
        self._facts = facts
        self.surveying_changed.emit(False)
        if self._wanted is not None:
            self.plan(self._wanted)

    def _on_error(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The training failed."), details=repr(error))
        self.failed.emit(known.user_text, known.hint)
        if known.details and not isinstance(error, AppError):
            self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.running_changed.emit(busy)


def _store() -> RunStore:
    from anylabeling.services.training.run_store import RunStore

    return RunStore()
