"""The trainings so far, with what was asked for and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qtpy.QtCore import QDateTime, QItemSelectionModel, QLocale, Qt, Signal
from qtpy.QtGui import QStandardItem, QStandardItemModel
from qtpy.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.training import TrainRun
from anylabeling.translation import tr
from anylabeling.views.dialogs.folder_dialog import quiet_button
from anylabeling.views.dialogs.training_form import TASK_NAMES
from anylabeling.views.dialogs.training_progress import STATE_NAMES
from anylabeling.views.widgets.empty_state import EmptyState
from anylabeling.views.widgets.text import duration_text

_COLUMNS = (tr("Name"), tr("Learns"), tr("State"), tr("Epochs"), tr("Score"), tr("Began"))
_SELECT_ROW: Any = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class TrainingRuns(QWidget):
    """A table of runs; below it the settings of the one that is selected.

    Attributes:
        buttons: What can be done with it; the dialog places them.

    Signals:
        show_requested: The TrainRun to look at.
        load_requested: The model to load.
        resume_requested: The folder of the run that is to go on.
        remove_requested: The TrainRun to delete.
    """

    show_requested = Signal(object)
    load_requested = Signal(str)
    resume_requested = Signal(str)
    remove_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: list[TrainRun] = []
        self._busy = False
        self.buttons = QWidget()
        self.model = QStandardItemModel(0, len(_COLUMNS), self)
        self.view = QTreeView()
        self.view.setAccessibleName(tr("Runs"))
        self.view.setModel(self.model)
        self.view.setRootIsDecorated(False)
        self.view.setUniformRowHeights(True)
        self.view.setProperty("framed", True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.doubleClicked.connect(lambda _index: self._show())
        selection = self.view.selectionModel()
        if selection is not None:
            selection.selectionChanged.connect(lambda *_: self._refresh())
        self.settings = QLabel("")
        self.settings.setProperty("muted", True)
        self.settings.setWordWrap(True)
        self.settings.setTextFormat(Qt.TextFormat.PlainText)
        self.settings.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_button = quiet_button(tr("S&how"), self._show)
        self.load_button = quiet_button(tr("&Load This Model"), self._load)
        self.resume_button = quiet_button(tr("&Go On"), self._resume)
        self.remove_button = quiet_button(tr("&Delete…"), self._remove)
        self._build()
        self.set_runs([])

    def set_runs(self, runs: Sequence[TrainRun]) -> None:
        """Show other runs."""
        chosen = self.selected()
        self._runs = list(runs)
        self.model.setRowCount(0)
        self.model.setHorizontalHeaderLabels(_COLUMNS)
        for run in runs:
            self.model.appendRow([QStandardItem(text) for text in _texts(run)])
        self._stack.setCurrentIndex(1 if runs else 0)
        folders = [run.folder for run in runs]
        if runs:
            self.select(folders.index(chosen.folder) if chosen is not None and chosen.folder in folders else 0)
        self._refresh()

    def set_busy(self, busy: bool) -> None:
        """Say whether a training is on its way."""
        self._busy = busy
        self._refresh()

    def selected(self) -> TrainRun | None:
        """Return the run that is selected."""
        selection = self.view.selectionModel()
        rows = selection.selectedRows() if selection is not None else []
        return self._runs[rows[0].row()] if rows and rows[0].row() < len(self._runs) else None

    def select(self, row: int) -> None:
        """Select a run."""
        selection = self.view.selectionModel()
        if selection is not None:
            selection.setCurrentIndex(self.model.index(row, 0), _SELECT_ROW)

    def _refresh(self) -> None:
        run = self.selected()
        self.show_button.setEnabled(run is not None)
        self.load_button.setEnabled(run is not None and run.result is not None)
        self.resume_button.setEnabled(run is not None and run.can_resume and not self._busy)
        self.remove_button.setEnabled(run is not None and not run.state.runs and not self._busy)
        self.settings.setText("" if run is None else "\n".join(_settings(run)))

    def _show(self) -> None:
        if (run := self.selected()) is not None:
            self.show_requested.emit(run)

    def _load(self) -> None:
        run = self.selected()
        if run is not None and run.result is not None:
            self.load_requested.emit(run.result.model)

    def _resume(self) -> None:
        if (run := self.selected()) is not None:
            self.resume_requested.emit(run.folder)

    def _remove(self) -> None:
        if (run := self.selected()) is not None:
            self.remove_requested.emit(run)

    def _build(self) -> None:
        header = self.view.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.view, 1)
        column.addWidget(self.settings)
        buttons = QHBoxLayout(self.buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        for button in (self.show_button, self.resume_button, self.load_button):
            buttons.addWidget(button)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(tr("Nothing has been trained yet.")))
        self._stack.addWidget(shown)


def _texts(run: TrainRun) -> tuple[str, ...]:
    done = run.figures[-1].epoch if run.figures else 0
    score = run.result.score if run.result is not None else run.best.score if run.best is not None else None
    began = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(run.started)), QLocale.FormatType.ShortFormat)
    return (
        run.request.name,
        TASK_NAMES[run.request.task],
        STATE_NAMES[run.state],
        f"{done:,} / {run.request.epochs:,}",
        "" if score is None else f"{score:.3f}",
        began,
    )


def _settings(run: TrainRun) -> list[str]:
    request = run.request
    batch = tr("Automatic") if not request.batch else str(request.batch)
    parts = (
        tr("by folders")
        if request.use_parts
        else tr("{share} % by chance, seed {seed}", share=request.validation_percent, seed=request.seed)
    )
    lines = [
        tr(
            "Start {start} · image size {side} px · at once {batch} · ends after {patience} epochs without improvement",
            start=Path(request.weights).name,
            side=request.image_size,
            batch=batch if not run.batch else f"{batch} ({run.batch})",
            patience=request.patience,
        ),
        tr(
            "Images {learn:,} + {check:,} · divided {parts} · trained for {time}",
            learn=run.images[0],
            check=run.images[1],
            parts=parts,
            time=duration_text(run.seconds),
        ),
        run.folder,
    ]
    return [run.problem, *lines] if run.problem else lines
