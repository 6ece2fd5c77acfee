"""A thin bar with rate, time left and a cancel cross."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import QSize, Signal
from qtpy.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from anylabeling.translation import tr
from anylabeling.views.icons import icon
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.text import progress_text

if TYPE_CHECKING:
    from anylabeling.messages.progress import Progress


class ProgressStrip(QWidget):
    """How far a long piece of work is.

    Signals:
        cancel_requested: The work is to stop.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, bar_px: int = 0, cancellable: bool = True) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        if bar_px:
            self.bar.setFixedWidth(bar_px)
        self.label = ElidedLabel("")
        self.cancel_button = QToolButton()
        self.cancel_button.setIcon(icon("close"))
        self.cancel_button.setIconSize(QSize(14, 14))
        self.cancel_button.setToolTip(tr("Cancel"))
        self.cancel_button.setAccessibleName(tr("Cancel"))
        self.cancel_button.clicked.connect(lambda: self.cancel_requested.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar, 0 if bar_px else 1)
        layout.addWidget(self.label, 1 if bar_px else 0)
        layout.addWidget(self.cancel_button)
        if not cancellable:
            self.cancel_button.hide()

    def set_progress(self, progress: Progress | None, text: str = "", note: str = "") -> None:
        """Show how far it is.

        Args:
            progress: The report, or None before the first one.
            text: What is being done; stands before the numbers.
            note: What else there is to say; stands after them.
        """
        if progress is None or progress.total is None:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, max(progress.total, 1))
            self.bar.setValue(progress.done)
        numbers = progress_text(progress) if progress is not None else ""
        self.label.setText(" · ".join(part for part in (text, numbers, note) if part))
