"""What dialogs that change the label files of a folder have in common: one change at a time, report, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from anylabeling.messages.progress import Progress
from anylabeling.translation import tr
from anylabeling.views.icons import icon
from anylabeling.views.widgets.progress_strip import ProgressStrip

_READING = tr("Reading the label files…")


class FolderDialog(QDialog):
    """The frame of such a dialog.

    Signals:
        undo_requested: The last change of the folder is to be taken back.
        cancel_requested: The change that runs is to stop.

    Attributes:
        report: What came of the last change.
        work: How far the change that runs is.
        message: Stands in the place of an empty list.
    """

    undo_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, empty: str, parent: QWidget | None = None) -> None:
        """Make the frame; ``empty`` is said where there is nothing to list."""
        super().__init__(parent)
        self._empty = empty
        self._running = False
        self._undoable: str | None = None
        self.message = QLabel(empty)
        self.message.setProperty("muted", True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.report = QLabel("")
        self.report.setWordWrap(True)
        self.report.setTextFormat(Qt.TextFormat.PlainText)
        self.report.hide()
        self.work = ProgressStrip(self)
        self.work.cancel_requested.connect(self.cancel_requested)
        self.work.hide()
        self.undo_button = quiet_button(tr("Undo"), self.undo_requested.emit, "undo")
        self.close_button = quiet_button(tr("Close"), self.close)

    def set_reading(self, reading: bool) -> None:
        """Say that the label files are being looked at, so that an empty list is no answer yet."""
        self.message.setText(_READING if reading else self._empty)

    def set_running(self, running: bool) -> None:
        """Say whether a change runs; until it is over there is no other."""
        self._running = running
        self.work.setVisible(running)
        if running:
            self.report.hide()
            self.work.set_progress(None, tr("Changing label files"))
        self._refresh()

    def set_progress(self, progress: Progress) -> None:
        """Show how far the change is."""
        self.work.set_progress(progress, tr("Changing label files"))

    def set_undoable(self, name: str | None) -> None:
        """Say which change could be taken back."""
        self._undoable = name
        self._refresh()

    def show_report(self, text: str, *, warning: bool = False) -> None:
        """Say what came of a change."""
        self.report.setText(text)
        self.report.setProperty("kind", "warning" if warning else "")
        style = self.report.style()
        if style is not None:
            style.polish(self.report)
        self.report.show()

    def _refresh(self) -> None:
        """Say what can be done now; a dialog adds its own."""
        self.undo_button.setEnabled(self._undoable is not None and not self._running)
        self.undo_button.setToolTip(tr("Undo: {undoable}", undoable=self._undoable) if self._undoable else "")

    def _outer_layout(self) -> QVBoxLayout:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        return layout


def quiet_button(text: str, slot: Callable[[], object], icon_name: str = "") -> QPushButton:
    """Return a button that Enter does not press from elsewhere."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    if icon_name:
        button.setIcon(icon(icon_name))
    clicked: Any = button.clicked  # the stubs want a slot that returns nothing
    clicked.connect(lambda: slot())
    return button
