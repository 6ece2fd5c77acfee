"""Connect training: the dialog, the work, what it asks, and the question before the program ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from qtpy.QtCore import QObject, QTimer, QUrl
from qtpy.QtGui import QDesktopServices
from qtpy.QtWidgets import QFileDialog

from anylabeling.messages.notices import Notice
from anylabeling.translation import tr
from anylabeling.utils.paths import data_dir

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.controllers.training import TrainingController
    from anylabeling.messages.datasets import ExchangeReport
    from anylabeling.messages.training import TrainRequest, TrainRun
    from anylabeling.views.dialogs.training import TrainingDialog

_TOLD_KEY = "training/interrupted"
_WAIT_MS = 150


class Training(QObject):
    """The dialog and its work, both made when they are first wanted.

    Attributes:
        controller: Does the work, once there is any.
        dialog: The dialog, once it has been opened.
        command: The process that trains, in place of the usual one.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self.controller: TrainingController | None = None
        self.dialog: TrainingDialog | None = None
        self._may_leave = False
        self.command: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._plan)

    def show(self) -> None:
        """Show the dialog: a training that is on its way, else the form with the labels as they are now."""
        dialog, controller = self._made()
        if not controller.running:
            self._survey()
        controller.look_around()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def may_close(self) -> bool:
        """Return whether the program may end; otherwise it has asked."""
        controller = self.controller
        if controller is None or not controller.running or self._may_leave:
            return True
        self._program.dialogs.ask(
            tr("A model is being trained."),
            tr("It ends with the program. What was learned by the last whole epoch is kept, and it can go on later."),
            ((tr("Stop It and Quit"), self._leave),),
        )
        return False

    def look_for_interrupted(self) -> None:
        """Tell once about a training that ended in the middle."""
        if (data_dir() / "training" / "runs.json").is_file():
            self._controller().refresh_runs()

    def _leave(self) -> None:
        self._may_leave = True
        self._program.close()

    def _controller(self) -> TrainingController:
        if self.controller is None:
            from anylabeling.controllers.training import TrainingController

            program = self._program
            self.controller = controller = TrainingController(
                program.runner, program.documents, self, command=self.command
            )
            controller.notified.connect(program.notify)
            controller.runs_changed.connect(self._on_runs)
            controller.run_changed.connect(self._on_run)
            controller.ended.connect(self._on_ended)
            controller.running_changed.connect(self._on_running)
        return self.controller

    def _on_running(self, running: bool) -> None:
        if running:
            return
        self._program.window.status.set_work(None, "")
        run = self.dialog.progress.run() if self.dialog is not None else None
        if self.dialog is not None and run is not None and run.state.runs:  # stopped before it began to train
            self.dialog.progress.set_run(None)

    def _made(self) -> tuple[TrainingDialog, TrainingController]:
        controller = self._controller()
        if self.dialog is None:
            from anylabeling.views.dialogs.training import TrainingDialog

            self.dialog = dialog = TrainingDialog(self._program.window)
            self._connect(dialog, controller)
        return self.dialog, controller

    def _connect(self, dialog: TrainingDialog, controller: TrainingController) -> None:
        program = self._program
        form, progress, runs = dialog.form, dialog.progress, dialog.runs
        for signal, slot in (
            (controller.surveying_changed, dialog.set_surveying),
            (controller.survey_progressed, dialog.set_survey_progress),
            (controller.plan_changed, dialog.set_plan),
            (controller.running_changed, dialog.set_busy),
            (controller.progressed, self._on_progress),
            (controller.run_changed, dialog.set_run),
            (controller.log_changed, progress.set_log),
            (controller.runs_changed, runs.set_runs),
            (controller.needs_known, dialog.set_needs),
            (controller.starts_known, form.set_starts),
            (controller.failed, self._on_failed),
            (controller.trust_wanted, self._ask_trust),
            (controller.data_written, self._on_data),
            (form.changed, self._timer.start),
            (form.scope_changed, lambda _listed: self._survey()),
            (dialog.begin_requested, self._begin),
            (dialog.data_requested, self._choose_data_folder),
            (progress.stop_requested, controller.stop),
            (progress.load_requested, program.choose_model),
            (progress.resume_requested, self._go_on),
            (progress.folder_requested, lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path))),
            (runs.show_requested, self._show_run),
            (runs.load_requested, program.choose_model),
            (runs.resume_requested, self._go_on),
            (runs.remove_requested, self._ask_remove),
        ):
            bound: Any = signal
            bound.connect(slot)
        dialog.set_busy(controller.running)

    def _survey(self) -> None:
        dialog, controller = self._made()
        program = self._program
        navigation = program.navigation
        dialog.form.set_images(len(navigation.all_paths), len(navigation.paths))
        paths = navigation.paths if dialog.form.only_listed() else navigation.all_paths
        controller.survey(navigation.root, paths, program.label_files.store)
        self._plan()

    def _request(self) -> TrainRequest:
        from dataclasses import replace

        dialog, _ = self._made()
        labels = self._program.settings.config["labels"] or ()
        return replace(dialog.form.request(), known_classes=tuple(labels))

    def _plan(self) -> None:
        if self.controller is not None and self.dialog is not None:
            self.controller.plan(self._request())

    def _begin(self, request: TrainRequest | None = None, *, trust: bool = False) -> None:
        dialog, controller = self._made()
        dialog.say("")
        controller.begin(request or self._request(), trust=trust)

    def _go_on(self, folder: str) -> None:
        dialog, controller = self._made()
        dialog.say("")
        controller.go_on(folder)

    def _on_run(self, run: TrainRun) -> None:
        """Show a run that begins, and how far it is, also beside a closed dialog."""
        from anylabeling.messages.progress import Progress
        from anylabeling.messages.training import RunState
        from anylabeling.views.dialogs.training import NEW, PROGRESS

        shown = self.dialog.progress.run() if self.dialog is not None else None
        if self.dialog is not None and self.dialog.page() == NEW and (shown is None or shown.state.runs):
            self.dialog.show_page(PROGRESS)
        if run.state is RunState.TRAINING:
            done = run.figures[-1].epoch if run.figures else 0
            progress = Progress(done, run.request.epochs, remaining_s=run.left_s)
            self._program.window.status.set_work(progress, tr("Training"))

    def _on_progress(self, progress: Any) -> None:
        dialog, _ = self._made()
        dialog.progress.set_progress(progress)

    def _on_ended(self, run: TrainRun) -> None:
        """Say in the window what came of it."""
        from anylabeling.views.dialogs.training_progress import score_name

        name = run.request.name
        actions: list[tuple[str, Any]] = []
        if run.result is not None:
            actions.append((tr("Load This Model"), partial(self._program.choose_model, run.result.model)))
        actions.append((tr("Show"), lambda: self._show_run(run)))
        if run.result is not None:
            figure = f"{score_name(run)} {run.result.score:.3f}"
            text = tr("{name} has been trained: {figure}.", name=name, figure=figure)
            self._program.notify(Notice(text, level="info", actions=tuple(actions), topic="training"))
        else:
            text = run.problem or tr("The training failed.")
            self._program.notify(Notice(text, run.hint, run.details, "warning", tuple(actions), "training"))

    def _show_run(self, run: TrainRun) -> None:
        from anylabeling.views.dialogs.training import PROGRESS

        dialog, controller = self._made()
        shown = dialog.progress.run()
        if not controller.running or (shown is not None and shown.folder == run.folder):
            dialog.progress.set_run(run)
        dialog.show_page(PROGRESS)
        dialog.show()
        dialog.raise_()

    def _on_failed(self, text: str, hint: str) -> None:
        from anylabeling.views.dialogs.training import NEW

        dialog, controller = self._made()
        dialog.set_surveying(False)
        run = dialog.progress.run()
        if run is not None and run.state.runs:  # it never began
            dialog.progress.set_run(None)
            dialog.show_page(NEW)
        dialog.say(f"{text} {hint}".strip(), warning=True)

    def _on_runs(self, runs: list[TrainRun]) -> None:
        from anylabeling.messages.training import RunState

        state = self._program.window.window_state
        known = state.load_texts(_TOLD_KEY)
        lost = [run for run in runs if run.state is RunState.INTERRUPTED and run.can_resume]
        news = [run for run in lost if run.folder not in known]
        if news and self.dialog is None:
            run = news[0]
            text = tr("The training {name} was interrupted.", name=run.request.name)
            actions = ((tr("Go On"), lambda: self._resume_shown(run)), (tr("Show"), lambda: self._show_run(run)))
            self._program.notify(Notice(text, run.hint, level="info", actions=actions, topic="training"))
        if [run.folder for run in lost] != known:
            state.save(_TOLD_KEY, [run.folder for run in lost])

    def _resume_shown(self, run: TrainRun) -> None:
        self._show_run(run)
        self._go_on(run.folder)

    def _ask_trust(self, text: str, hint: str, request: TrainRequest) -> None:
        self._program.dialogs.ask(text, hint, ((tr("Trust and Train"), lambda: self._begin(request, trust=True)),))

    def _ask_remove(self, run: TrainRun) -> None:
        _, controller = self._made()
        self._program.dialogs.ask(
            tr("Delete the training {name}?", name=run.request.name),
            tr("Its folder goes with the model in it: {folder}", folder=run.folder),
            ((tr("Delete"), lambda: controller.remove(run)),),
        )

    def _choose_data_folder(self) -> None:
        dialog, controller = self._made()
        request = self._request()
        chooser = QFileDialog(dialog, tr("An empty folder for the data set"), self._program.navigation.root)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chosen: Any = chooser.fileSelected
        chosen.connect(lambda folder: controller.write_data(request, folder))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def _on_data(self, report: ExchangeReport, command: str) -> None:
        dialog, _ = self._made()
        dialog.say(
            tr(
                "{number:,} images are in {folder}. Train with them where Ultralytics is installed:\n{command}",
                number=report.images,
                folder=report.place,
                command=command,
            )
        )


def connect_training(program: Program) -> None:
    """Connect the action, and ask before a training ends with the program."""
    training = Training(program)
    program.training = training
    program.window.actions["train_model"].triggered.connect(lambda _checked=False: training.show())
    program.window.set_close_guard(lambda: training.may_close() and program.closing.may_close())
    program.after_first_image(training.look_for_interrupted)
