"""Train a model: what and how, the training on its way, the runs so far."""

from __future__ import annotations

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import (
    QApplication,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.progress import Progress
from anylabeling.messages.training import Needs, TrainPlan, TrainRun
from anylabeling.translation import tr
from anylabeling.views.dialogs.folder_dialog import quiet_button
from anylabeling.views.dialogs.training_form import TrainingForm
from anylabeling.views.dialogs.training_progress import TrainingProgress
from anylabeling.views.dialogs.training_runs import TrainingRuns
from anylabeling.views.widgets.progress_strip import ProgressStrip
from anylabeling.views.widgets.scroll_where_small import ScrollWhereSmall
from anylabeling.views.widgets.within_screen import resize_within_screen

NEW, PROGRESS, RUNS = range(3)


class TrainingDialog(QDialog):
    """It may be closed while a training goes on; opened again it shows how far that is.

    Signals:
        begin_requested: A training with what the form says is wanted.
        data_requested: The data set alone is wanted.
    """

    begin_requested = Signal()
    data_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Train a Model"))
        resize_within_screen(self, 940, 640, least=(880, 560))
        self._busy = False
        self._needs = Needs()
        self.form = TrainingForm()
        self.progress = TrainingProgress()
        self.runs = TrainingRuns()
        self.pages = QStackedWidget()
        self._actions = QStackedWidget()
        self._tabs = QButtonGroup(self)
        self.missing = QLabel("")
        self.missing.setProperty("kind", "warning")
        self.missing.setWordWrap(True)
        self.command = QLineEdit()
        self.command.setReadOnly(True)
        self.command.setAccessibleName(tr("Command that installs what is missing"))
        self.copy_button = quiet_button(tr("Cop&y"), self._copy)
        self.work = ProgressStrip(self, cancellable=False)
        self.message = QLabel("")
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.begin_button = QPushButton(tr("Start &Training"))
        self.begin_button.setDefault(True)
        self.begin_button.setProperty("primary", True)
        self.begin_button.clicked.connect(lambda: self.begin_requested.emit())
        self.data_button = quiet_button(tr("&Write the Data Set Only…"), self.data_requested.emit)
        self.close_button = quiet_button(tr("Close"), self.close)
        self._build()
        self.form.changed.connect(self.refresh)
        self.set_needs(self._needs)
        self.show_page(NEW)

    def show_page(self, page: int) -> None:
        """Show one of the three pages."""
        self.pages.setCurrentIndex(page)
        self._actions.setCurrentIndex(page)
        button, before = self._tabs.button(page), self._tabs.button(self._tabs.checkedId())
        if button is not None:
            if before is not None and before.hasFocus():
                button.setFocus()
            button.setChecked(True)
        self.refresh()

    def page(self) -> int:
        """Return the page that is shown."""
        return self.pages.currentIndex()

    def set_needs(self, needs: Needs) -> None:
        """Say what is missing here."""
        self._needs = needs
        self.form.set_needs(needs)
        self.missing.setText(
            tr(
                "Training needs packages that are not installed: {packages}. Install them and start the program again, "
                "or write the data set and train elsewhere.",
                packages=", ".join(needs.missing),
            )
        )
        self.command.setText(needs.command)
        self.command.setCursorPosition(0)
        self._lacking.setVisible(bool(needs.missing))
        self.refresh()

    def set_surveying(self, surveying: bool) -> None:
        """Say whether the labels are being looked at."""
        self.work.setVisible(surveying)
        if surveying:
            self.work.set_progress(None, tr("Reading label files"))

    def set_survey_progress(self, progress: Progress) -> None:
        """Show how far that is."""
        self.work.set_progress(progress, tr("Reading label files"))

    def set_plan(self, plan: TrainPlan) -> None:
        """Show what would be trained with."""
        self.form.set_plan(plan)
        self.refresh()

    def set_busy(self, busy: bool) -> None:
        """Say whether a training is on its way; until it is over there is no other."""
        self._busy = busy
        self.progress.set_busy(busy)
        self.runs.set_busy(busy)
        self.refresh()

    def set_run(self, run: TrainRun) -> None:
        """Show the run that is on its way, or over."""
        self.progress.set_run(run)

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say what came of what was asked for."""
        self.message.setText(text)
        self.message.setProperty("kind", "error" if warning else "")
        style = self.message.style()
        if style is not None:
            style.polish(self.message)
        self.message.setVisible(bool(text))

    def refresh(self) -> None:
        """Let the buttons be of use when there is enough to begin."""
        complete = self.form.is_complete() and not self._busy
        self.begin_button.setEnabled(complete and not self._needs.missing)
        self.data_button.setEnabled(complete)

    def _copy(self) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.command.text())

    def _build(self) -> None:
        tabs = QHBoxLayout()
        tabs.setSpacing(8)
        for page, text in ((NEW, tr("&New Training")), (PROGRESS, tr("&Progress")), (RUNS, tr("&Runs"))):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("segment", True)
            button.clicked.connect(lambda _checked=False, chosen=page: self.show_page(chosen))
            self._tabs.addButton(button, page)
            tabs.addWidget(button)
        tabs.addStretch(1)
        for widget in (self.form, self.progress, self.runs):
            self.pages.addWidget(widget)
        self._lacking = QWidget()
        lacking = QVBoxLayout(self._lacking)
        lacking.setContentsMargins(0, 0, 0, 0)
        lacking.setSpacing(8)
        lacking.addWidget(self.missing)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.command, 1)
        row.addWidget(self.copy_button)
        lacking.addLayout(row)
        own = QWidget()
        row = QHBoxLayout(own)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.data_button)
        row.addStretch(1)
        row.addWidget(self.begin_button)
        for widget in (own, self.progress.buttons, self.runs.buttons):
            self._actions.addWidget(widget)
        self._actions.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._actions, 1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(tabs)
        layout.addWidget(self._lacking)
        layout.addWidget(ScrollWhereSmall(self.pages), 1)
        layout.addWidget(self.message)
        layout.addWidget(self.work)
        layout.addLayout(buttons)
        self.message.hide()
        self.work.hide()
