"""The status bar: where am I, what is saved, what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QLabel, QStatusBar, QWidget

from anylabeling.translation import tr
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.progress_strip import ProgressStrip
from anylabeling.views.widgets.text import count_text

if TYPE_CHECKING:
    from anylabeling.messages.progress import Progress


class StatusBar(QStatusBar):
    """One line; each part keeps its place while its numbers change.

    Signals:
        work_cancel_requested: The work that runs is to stop.
    """

    work_cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setFixedHeight(26)
        self.name = ElidedLabel("", mode=Qt.TextElideMode.ElideMiddle, least_px=80)
        self.name.setProperty("strong", True)
        self.name.setContentsMargins(6, 0, 6, 0)
        self.place = self._label("", "")
        self.size_text = self._label("", "9999×9999")
        self.zoom = self._label("", "100%")
        self.cursor_text = self._label("", "x 9999 y 9999")
        # What it says most of the time; the parts beside it stay where they are when it changes.
        self.saved = self._label("", max(tr("saved {time}", time="12:03"), tr("not saved yet"), key=len))
        self.cache = self._label("", tr("cache {share:.0%}", share=1))
        self.work = ProgressStrip(self, bar_px=72)
        self.work.setFixedWidth(448)
        self.work.cancel_requested.connect(self.work_cancel_requested)
        self.work.hide()
        for part in (self.name, self.place, self.size_text, self.zoom, self.cursor_text, self.saved, self.cache):
            self.addWidget(part)
        self.addPermanentWidget(self.work)

    def set_image(self, name: str | None, index: int, total: int, narrowed_from: int | None) -> None:
        """Say which image is shown.

        Args:
            name: File name, or None when there is no image.
            index: Its place, counted from 0, or -1 when it is not in the list.
            total: Images in the list.
            narrowed_from: Images in the folder when the list is narrowed, else None.
        """
        self.name.setText(name or "")
        self.place.setText(place_text(index, total, narrowed_from))
        if name is None:
            self.size_text.clear()
            self.zoom.clear()
            self.cursor_text.clear()
            self.set_saved("", "")

    def set_size(self, width: int, height: int) -> None:
        """Show the size of the image in pixels; 0 for none, which has no zoom either."""
        self.size_text.setText(f"{width}×{height}" if width else "")
        if not width:
            self.zoom.setText("")
            self.set_cursor(None)

    def set_zoom(self, factor: float) -> None:
        """Show the zoom; 1.0 is one image pixel per screen pixel."""
        percent = factor * 100
        self.zoom.setText(f"{percent:.0f}%" if percent >= 10 else f"{percent:.1f}%")

    def set_cursor(self, x: float | None, y: float | None = None) -> None:
        """Show the place under the cursor in image pixels, or nothing."""
        self.cursor_text.setText(f"x {x:.0f} y {y:.0f}" if x is not None and y is not None else "")

    def set_saved(self, text: str, kind: str = "") -> None:
        """Say whether the labels are saved; ``kind`` may be "error" or "warning"."""
        self.saved.setText(text)
        if self.saved.property("kind") != kind:
            self.saved.setProperty("kind", kind)
            style = self.saved.style()
            if style is not None:
                style.polish(self.saved)

    def set_cache(self, text: str) -> None:
        """Show how full the image cache is."""
        self.cache.setText(text)

    def set_work(self, progress: Progress | None, text: str) -> None:
        """Show work that runs; an empty text takes it away."""
        self.work.setVisible(bool(text))
        if text:
            self.work.set_progress(progress, text)

    def _label(self, text: str, widest: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setContentsMargins(6, 0, 6, 0)
        if widest:
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest) + 12)
        return label


def place_text(index: int, total: int, narrowed_from: int | None) -> str:
    """Return the place in the list, such as "1 / 412 (filtered from 9,871)"."""
    if not total and narrowed_from is None:
        return ""
    number = count_text(index + 1) if index >= 0 else "–"
    filtered = (
        tr(" (filtered from {narrowed_from:,})", narrowed_from=narrowed_from) if narrowed_from is not None else ""
    )
    return f"{number} / {total:,}{filtered}"
