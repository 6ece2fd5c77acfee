"""A training on its way, and the model that came of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QStandardItem, QStandardItemModel
from qtpy.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.progress import Progress
from anylabeling.messages.training import RunState, TrainRun, TrainTask
from anylabeling.translation import tr
from anylabeling.views.dialogs.folder_dialog import quiet_button
from anylabeling.views.dialogs.training_form import TASK_NAMES, name_columns
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.empty_state import EmptyState
from anylabeling.views.widgets.progress_strip import ProgressStrip
from anylabeling.views.widgets.sparkline import Figure, Sparkline
from anylabeling.views.widgets.text import count_text, duration_text

STATE_NAMES = {
    RunState.PREPARING: tr("Writing the data set"),
    RunState.TRAINING: tr("Training"),
    RunState.EXPORTING: tr("Exporting the model"),
    RunState.DONE: tr("Done"),
    RunState.STOPPED: tr("Stopped"),
    RunState.FAILED: tr("Failed"),
    RunState.INTERRUPTED: tr("Interrupted"),
}
_LOSS_NAMES = {
    "box_loss": tr("Box loss"),
    "cls_loss": tr("Class loss"),
    "dfl_loss": tr("Edge loss"),
    "seg_loss": tr("Outline loss"),
    "pose_loss": tr("Point loss"),
    "kobj_loss": tr("Visibility loss"),
    "angle_loss": tr("Angle loss"),
    "loss": tr("Loss"),
}
_MOST_POINTS = 120
_STEPS = 100
_PLOT_PX = 72
_COLUMNS_OF_PLOTS = 4
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class TrainingProgress(QWidget):
    """Figures and plots of a run, its log, and what can be done with it.

    Attributes:
        buttons: What can be done; the dialog places them.

    Signals:
        stop_requested: The training is to end.
        load_requested: The model to load.
        resume_requested: The folder of the run that is to go on.
        folder_requested: The folder to show.
    """

    stop_requested = Signal()
    load_requested = Signal(str)
    resume_requested = Signal(str)
    folder_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: TrainRun | None = None
        self._busy = False
        self._stopping = False
        self.title = ElidedLabel("")
        self.title.setProperty("title", True)
        self.subtitle = ElidedLabel("")
        self.subtitle.setProperty("muted", True)
        self.work = ProgressStrip(self, cancellable=False)
        self.figures: dict[str, Figure] = {}
        self.buttons = QWidget()
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self.problem = _label("error")
        self.notes = _label("")
        self.notes.setProperty("muted", True)
        self.model = QStandardItemModel(0, 5, self)
        self.classes = _class_table(self.model)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setAccessibleName(tr("Log"))
        self.log.setTabChangesFocus(True)
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log_button = QPushButton(tr("L&og"))
        self.log_button.setCheckable(True)
        self.log_button.setAutoDefault(False)
        self.log_button.toggled.connect(self._show_log)
        self.load_button = quiet_button(tr("&Load This Model"), self._load)
        self.load_button.setProperty("primary", True)
        self.resume_button = quiet_button(tr("&Go On"), self._resume)
        self.folder_button = quiet_button(tr("Show &Folder"), self._show_folder)
        self.stop_button = quiet_button(tr("&Stop"), self._stop)
        self.stop_button.setToolTip(tr("Ends after the images it is at and keeps the best weights"))
        self._build()
        self.set_run(None)

    def set_run(self, run: TrainRun | None) -> None:
        """Show a run, or that there is none."""
        if run is None or self._run is None or run.folder != self._run.folder:
            self._stopping = False
            self.log.clear()
            if run is not None and run.details:
                self.log.setPlainText(run.details)
        self._run = run
        self._stack.setCurrentIndex(0 if run is None else 1)
        self.log_button.setVisible(run is not None)
        self._refresh()
        if run is None:
            return
        self.title.setText(f"{run.request.name}: {STATE_NAMES[run.state]}")
        self.subtitle.setText(" · ".join(facts_of(run)))
        self._show_work(run)
        self._show_plots(run)
        self.problem.setText(f"{run.problem} {run.hint}".strip())
        self.problem.setVisible(bool(run.problem))
        notes = [*run.notes, *([run.result.note] if run.result is not None and run.result.note else [])]
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self._show_classes(run)
        self._refresh()

    def run(self) -> TrainRun | None:
        """Return the run that is shown."""
        return self._run

    def set_busy(self, busy: bool) -> None:
        """Say whether a training is on its way; until it is over there is no other."""
        self._busy = busy
        self._refresh()

    def set_progress(self, progress: Progress) -> None:
        """Show how far the data set is."""
        self.work.set_progress(progress, STATE_NAMES[RunState.PREPARING])

    def set_log(self, text: str) -> None:
        """Show the last lines of the log."""
        bar = self.log.verticalScrollBar()
        at_end = bar is None or bar.value() >= bar.maximum() - 4
        self.log.setPlainText(text)
        if at_end and bar is not None:
            bar.setValue(bar.maximum())

    def _show_work(self, run: TrainRun) -> None:
        self.work.setVisible(run.state.runs)
        if run.state is not RunState.TRAINING or not run.device:
            self.work.set_progress(None, tr("Starting") if run.state is RunState.TRAINING else STATE_NAMES[run.state])
            return
        done, most = run.figures[-1].epoch if run.figures else 0, run.request.epochs
        self.work.bar.setRange(0, most * _STEPS)
        self.work.bar.setValue(round((min(done, most) + run.share) * _STEPS))
        parts = [tr("Epoch {number:,} of {most:,}", number=min(done + 1, most), most=most)]
        if run.left_s is not None:
            parts.append(tr("{duration} left", duration=duration_text(run.left_s)))
        if self._stopping:
            parts.append(tr("stopping"))
        self.work.label.setText(" · ".join(parts))

    def _show_plots(self, run: TrainRun) -> None:
        losses: dict[str, list[float]] = {}
        for one in run.figures:
            for name, value in one.losses:
                losses.setdefault(name, []).append(value)
        score = score_name(run)
        series = {score: [one.score for one in run.figures], **losses} if run.figures else {}
        if set(series) != set(self.figures):
            self._make_plots(list(series), score, run)
        for name, values in series.items():
            figure = self.figures[name]
            best = max(values) if name == score else min(values)
            figure.plot.set_values(thinned(values, _MOST_POINTS, run.request.epochs))
            figure.set_text(f"{values[-1]:.3f}", tr("best {value:.3f}", value=best))

    def _make_plots(self, names: Sequence[str], score: str, run: TrainRun) -> None:
        for figure in self.figures.values():
            figure.hide()
            figure.deleteLater()
        self.figures = {}
        length = max(len(thinned([0.0] * run.request.epochs, _MOST_POINTS)), 2)
        for place, name in enumerate(names):
            is_score = name == score
            plot = Sparkline(
                length,
                largest=1.0 if is_score else None,
                is_whole=True,
                from_least=not is_score,
                height_px=_PLOT_PX,
            )
            figure = Figure(name if is_score else _LOSS_NAMES.get(name, name), plot)
            self.figures[name] = figure
            self._grid.addWidget(figure, place // _COLUMNS_OF_PLOTS, place % _COLUMNS_OF_PLOTS)

    def _show_classes(self, run: TrainRun) -> None:
        classes = run.result.classes if run.result is not None else ()
        self.classes.setVisible(bool(classes))
        self._room.setVisible(not classes and not self.log_button.isChecked())
        self.model.setRowCount(0)
        for one in classes:
            texts = (count_text(one.objects), *(f"{value:.3f}" for value in (one.precision, one.recall, one.score)))
            items = [QStandardItem(one.label or tr("(no label)")), *map(QStandardItem, texts)]
            for item in items:
                item.setEditable(False)
            for item in items[1:]:
                item.setData(_RIGHT, Qt.ItemDataRole.TextAlignmentRole)
            self.model.appendRow(items)
        name_columns(self.model, (tr("Class"), tr("Objects"), tr("Precision"), tr("Recall"), score_name(run)))

    def _refresh(self) -> None:
        run = self._run
        on_its_way = run is not None and run.state.runs and self._busy
        self.stop_button.setVisible(on_its_way)
        self.stop_button.setText(tr("&Stop at Once") if self._stopping else tr("&Stop"))
        self.load_button.setVisible(run is not None and run.result is not None and not on_its_way)
        self.resume_button.setVisible(run is not None and run.can_resume and not self._busy)
        self.folder_button.setVisible(run is not None)

    def _show_log(self, shown: bool) -> None:
        self.log.setVisible(shown)
        if self._run is not None:
            self._show_classes(self._run)

    def _stop(self) -> None:
        self._stopping = True
        self.stop_requested.emit()
        if self._run is not None:
            self._show_work(self._run)
        self._refresh()

    def _load(self) -> None:
        if self._run is not None and self._run.result is not None:
            self.load_requested.emit(self._run.result.model)

    def _resume(self) -> None:
        if self._run is not None:
            self._stopping = False
            self.resume_requested.emit(self._run.folder)

    def _show_folder(self) -> None:
        if self._run is not None:
            self.folder_requested.emit(self._run.folder)

    def _build(self) -> None:
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.title, self.subtitle, self.work):
            column.addWidget(widget)
        column.addLayout(self._grid)
        column.addWidget(self.problem)
        column.addWidget(self.notes)
        column.addWidget(self.classes, 1)
        column.addWidget(self.log, 1)
        self._room = QWidget()
        column.addWidget(self._room, 1)
        self.log.hide()
        buttons = QHBoxLayout(self.buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.log_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        for button in (self.stop_button, self.resume_button, self.load_button):
            buttons.addWidget(button)
        empty = EmptyState(tr("Nothing is being trained."), tr("Begin a training, or choose one of the runs."))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(shown)


def facts_of(run: TrainRun) -> list[str]:
    """Return in short what a run is about."""
    request = run.request
    learn, check = run.images
    facts = [TASK_NAMES[request.task], Path(request.weights).name]
    if learn:
        facts.append(tr("{learn:,} + {check:,} images", learn=learn, check=check))
    facts.append(tr("{side} px", side=request.image_size))
    if run.batch:
        facts.append(tr("{batch} at once", batch=run.batch))
    if run.device:
        facts.append(run.device)
    if run.result is not None:
        facts.append(f"{score_name(run)} {run.result.score:.3f}")
    return facts


def score_name(run: TrainRun) -> str:
    """Return what the score of a run is called."""
    return tr("Accuracy") if run.request.task is TrainTask.CLASSIFY else "mAP50"


def thinned(values: Sequence[float], most: int, of: int = 0) -> list[float]:
    """Return fewer values: the means of neighbours, the last one as it is.

    Args:
        values: Those that there are by now.
        most: How many there may be once they are all there.
        of: How many values there will be; no more than there are when 0.
    """
    step = math.ceil(max(len(values), of) / most)
    if step < 2:
        return list(values)
    groups = [values[start : start + step] for start in range(0, len(values), step)]
    return [*(sum(group) / len(group) for group in groups[:-1]), values[-1]]


def _label(kind: str) -> QLabel:
    label = QLabel("")
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _class_table(model: QStandardItemModel) -> QTreeView:
    view = QTreeView()
    view.setAccessibleName(tr("Figures of each class"))
    view.setModel(model)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setProperty("framed", True)
    header = view.header()
    if header is not None:
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return view
