"""What came of the question so far: progress, the first matches, and how objects are distributed."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QSize, Qt, Signal
from qtpy.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from anylabeling.messages.filtering import CountMode, FilterDistribution, FilterMatch, FilterQuery
from anylabeling.messages.progress import Progress
from anylabeling.translation import tr
from anylabeling.views.dialogs.image_filter.pieces import GAP_PX
from anylabeling.views.dialogs.image_filter.thumbnails import MOST_THUMBNAILS, ThumbnailView
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.histogram import Histogram
from anylabeling.views.widgets.progress_strip import ProgressStrip
from anylabeling.views.widgets.text import plural

_SIDE_PX = 248
_ROW_PX = 24
_FEWEST_COUNTS = 10
_MOST_COUNTED = 100
_SIDES = {CountMode.AT_MOST: "below", CountMode.EXACTLY: "at"}


class _Note(QLabel):
    """What stands in the place of the thumbnails."""

    def __init__(self) -> None:
        super().__init__("")
        self.setObjectName("filterNote")
        self.setProperty("muted", True)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def hasHeightForWidth(self) -> bool:
        """Leave the height to the thumbnails: a text that wraps would let the window's layout push rows together."""
        return False

    def sizeHint(self) -> QSize:
        """Return a size that asks for nothing."""
        return QSize(160, 64)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()


class ResultsPanel(QWidget):
    """Matches, messages, thumbnails and histograms.

    Signals:
        confidence_moved: The least confidence, while its handle is moved.
        count_moved: The number of objects, while its handle is moved.
        open_requested: Path of a match that is to be shown in the main window.
        picture_requested: Path of an image of which a small picture is wanted.
    """

    confidence_moved = Signal(float)
    count_moved = Signal(int)
    open_requested = Signal(str)
    picture_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matches = 0
        self._wanted_count = 1
        self._count_bins: tuple[int, ...] = ()
        self.matches_label = QLabel("")
        self.matches_label.setProperty("heading", True)
        self.progress = ProgressStrip(cancellable=False)
        self.progress.hide()
        self.message = ElidedLabel("")
        self.message.setProperty("muted", True)
        self.thumbnails = ThumbnailView()
        self.note = _Note()
        self.place = QStackedWidget()
        self.place.addWidget(self.note)
        self.place.addWidget(self.thumbnails)
        self.path = ElidedLabel("", mode=Qt.TextElideMode.ElideMiddle)
        self.path.setProperty("muted", True)
        self.scores = Histogram(tr("Confidence of the objects"), values=(0.0, 1.0), step=0.01, text_of=_score_text)
        self.counts = Histogram(
            tr("Objects per picture"),
            values=(0.0, float(_FEWEST_COUNTS)),
            step=1.0,
            text_of=lambda value: f"{value:.0f}",
        )
        self._build()
        self._connect()
        self.set_distribution(None)

    def set_query(self, query: FilterQuery) -> None:
        """Bring the handles to where the controls are."""
        self.scores.set_handle(query.confidence)
        self._wanted_count = 1 if query.count_mode is CountMode.ANY else query.count_value
        self._show_counts()
        self.counts.set_counted(_SIDES.get(query.count_mode, "above"))  # type: ignore[arg-type]
        self.counts.setEnabled(bool(self.counts.bins))

    def set_distribution(self, found: FilterDistribution | None) -> None:
        """Show how scores and counts are distributed; None when nothing is known."""
        scores = found.scores if found is not None else ()
        self.scores.set_bins(scores, tr("objects"))
        self.scores.setEnabled(bool(scores))
        self._count_bins = tuple(found.counts) if found is not None and found.images else ()
        self._show_counts()

    def set_progress(self, progress: Progress | None, matches: int, note: str = "") -> None:
        """Show how far the run is."""
        self.progress.set_progress(progress, "" if progress is not None else tr("Starting"), note)
        self.set_match_count(matches)

    def set_running(self, running: bool) -> None:
        """Show the bar while a run goes on, else the message."""
        self.progress.setVisible(running)
        self.message.setVisible(not running)

    @property
    def match_count(self) -> int:
        """The number of matches that is shown."""
        return self._matches

    def set_match_count(self, matches: int | None) -> None:
        """Say how many images match; None before the first answer."""
        self._matches = matches or 0
        self.matches_label.setText("" if matches is None else plural(matches, "match", "matches"))
        self.matches_label.setVisible(matches is not None)

    def set_message(self, text: str, kind: str = "") -> None:
        """Say something beside the number of matches; ``kind`` is "", "error" or "warning"."""
        self.message.setText(text)
        if self.message.property("kind") != kind:
            self.message.setProperty("kind", kind)
            style = self.message.style()
            if style is not None:
                style.polish(self.message)

    def set_note(self, text: str) -> None:
        """Say why there are no thumbnails; it stands in their place."""
        self.note.setText(text)
        self._choose_place()

    def set_matches(self, matches: Sequence[FilterMatch]) -> None:
        """Show the first of these matches."""
        self.thumbnails.thumbnails.set_matches(matches)
        self._choose_place()

    def add_matches(self, matches: Sequence[FilterMatch]) -> None:
        """Show more matches while there is room."""
        self.thumbnails.thumbnails.append(matches)
        self._choose_place()

    def _show_counts(self) -> None:
        """Show the numbers of objects on an axis that reaches to the wanted one, however far that is."""
        if self.counts.isSliderDown():
            # The axis must not move under a handle that is being dragged.
            self.counts.set_handle(self._wanted_count)
            return
        end = max(len(self._count_bins), _FEWEST_COUNTS, self._wanted_count + 1)
        self.counts.set_axis(0.0, float(end))
        bins = self._count_bins
        self.counts.set_bins((*bins, *[0] * (end - len(bins))) if bins else (), tr("pictures"))
        self.counts.set_handle(self._wanted_count)

    def _choose_place(self) -> None:
        some = bool(self.thumbnails.thumbnails.matches)
        self.place.setCurrentWidget(self.thumbnails if some else self.note)
        if not some:
            self.path.setText("")
        elif not self.thumbnails.currentIndex().isValid():
            self.path.setText(self._hint())

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.matches_label)
        head.addWidget(self.progress, 1)
        head.addWidget(self.message, 1)
        holder = QWidget()
        holder.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        # Bar and text change places; what lies below must not move.
        holder.setFixedHeight(_ROW_PX)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.place, 1)
        left.addWidget(self.path)
        self.path.setMinimumHeight(self.path.sizeHint().height())
        side = QVBoxLayout()
        side.setSpacing(GAP_PX)
        for histogram in (self.scores, self.counts):
            histogram.setFixedWidth(_SIDE_PX)
            side.addWidget(histogram, 1)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left, 1)
        body.addLayout(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        layout.addWidget(holder)
        layout.addLayout(body, 1)

    def _connect(self) -> None:
        self.scores.handle_moved.connect(self.confidence_moved)
        self.counts.handle_moved.connect(lambda value: self.count_moved.emit(min(max(round(value), 1), _MOST_COUNTED)))
        self.thumbnails.open_requested.connect(self.open_requested)
        self.thumbnails.picture_requested.connect(self.picture_requested)
        self.thumbnails.current_path_changed.connect(self._on_current_path_changed)

    def _on_current_path_changed(self, path: str) -> None:
        self.path.setText(path or self._hint())

    def _hint(self) -> str:
        first = (
            tr("The first {most_thumbnails}. ", most_thumbnails=MOST_THUMBNAILS)
            if self._matches > MOST_THUMBNAILS
            else ""
        )
        return tr("{first}Enter or a double click opens a picture.", first=first)


def _score_text(value: float) -> str:
    return f"{value:.2f}"
