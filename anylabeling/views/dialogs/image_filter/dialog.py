"""Asks which images are wanted, and shows how the search for them goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from qtpy.QtCore import QSize, Signal
from qtpy.QtWidgets import QDialog, QVBoxLayout, QWidget

from anylabeling.messages.filtering import FilterDistribution, FilterMatch, FilterQuery, FilterSource, FilterSummary
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.qt.throttle import Debounce
from anylabeling.translation import tr
from anylabeling.views.dialogs.image_filter.footer import Footer
from anylabeling.views.dialogs.image_filter.form import ConditionsForm
from anylabeling.views.dialogs.image_filter.pieces import GAP_PX, rule
from anylabeling.views.dialogs.image_filter.question import QuestionError, is_known_without_model, removed_text
from anylabeling.views.dialogs.image_filter.results import ResultsPanel
from anylabeling.views.widgets.scroll_where_small import ScrollWhereSmall
from anylabeling.views.widgets.text import duration_text, plural
from anylabeling.views.widgets.within_screen import room_on_screen

_LIVE_PAUSE_MS, _LIVE_LIMIT_MS = 40, 160
_MARGIN_PX = 16
_WIDE_PX, _NARROW_PX = 920, 700
"""What the conditions take in the language with the longest words: three beside each other, two."""


class ImageFilterDialog(QDialog):
    """The image filter. It is not modal, and opening it runs nothing.

    Enter applies the filter from every control but the thumbnails, where it opens the picture. Esc closes the window; a
    run goes on without it and can be cancelled in the status bar.

    Attributes:
        form: The conditions.
        results: Matches and histograms.
        footer: The caches and the buttons.

    Signals:
        apply_requested: The FilterQuery to run.
        preview_requested: A FilterQuery that can be answered from what is known.
        pause_requested: The run is to rest, or to go on.
        cancel_requested: The run is to stop.
        clear_requested: The file list is to show all images again.
    """

    apply_requested = Signal(object)
    preview_requested = Signal(object)
    pause_requested = Signal(bool)
    cancel_requested = Signal()
    clear_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Image Filter"))
        self._images = 0
        self._running = False
        self._paused = False
        self._gathering = self._narrowed = False
        self._is_stale = False
        self._progress: tuple[Progress | None, int] = (None, 0)
        self._asked: FilterQuery | None = None
        self._summary: FilterSummary | None = None
        self.form = ConditionsForm()
        self.form.more.set_folded(True)
        self.form.more.header.setAutoDefault(False)
        self.results = ResultsPanel()
        self.footer = Footer()
        self._live = Debounce(self._preview, pause_ms=_LIVE_PAUSE_MS, limit_ms=_LIVE_LIMIT_MS, parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        layout.setSpacing(GAP_PX)
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP_PX)
        body.addWidget(self.form)
        body.addWidget(rule())
        body.addWidget(self.results, 1)
        self._body = ScrollWhereSmall(page)
        layout.addWidget(self._body, 1)
        layout.addWidget(self.footer)
        self._fit_to_screen()
        self._connect()
        self._refresh()

    def sizeHint(self) -> QSize:
        """Return a size that shows two rows of thumbnails."""
        return QSize(968, 664).boundedTo(room_on_screen(self))

    def query(self) -> FilterQuery:
        """Return the question as it stands.

        Raises:
            QuestionError: When it makes no sense yet.
        """
        return self.form.query()

    def settings(self) -> dict[str, object]:
        """Return the values of the settings in the section "image_filter.", by their names there."""
        buttons = self.footer.buttons
        return {
            **self.form.kept_values(),
            "csv_class_counts": buttons.class_counts.isChecked(),
            "gather_labels": buttons.with_labels.isChecked(),
            "recognise_moved": self.footer.cache.moved.isChecked(),
            "last_export_dir": buttons.folder or None,
        }

    def set_settings(self, settings: Mapping[str, object]) -> None:
        """Take the values of the settings in the section "image_filter.", by their names there."""
        self.form.set_values(settings)
        buttons = self.footer.buttons
        buttons.set_options(
            class_counts=bool(settings["csv_class_counts"]), with_labels=bool(settings["gather_labels"])
        )
        self.footer.cache.set_moved(bool(settings["recognise_moved"]))
        buttons.folder = str(settings["last_export_dir"] or "")
        self._refresh()

    def set_model(self, model: ModelInfo | None) -> None:
        """Offer the classes of another model."""
        self.form.set_model(model)
        self._refresh()

    def set_images(self, total: int) -> None:
        """Say how many images there are to look through."""
        self._images = total
        self._refresh()

    def set_label_classes(self, classes: Sequence[tuple[str, int]]) -> None:
        """Take the labels that occur in the folder, and how often."""
        self.form.set_label_classes(classes)
        self._refresh()

    def set_distribution(self, found: FilterDistribution | None) -> None:
        """Show how scores, counts and classes are distributed."""
        self.results.set_distribution(found)
        if found is not None and not self.form.reads_labels and found.images:
            self.form.classes.set_counts(found.classes)
        self._show_handles()

    def set_running(self, running: bool) -> None:
        """Say whether a run goes on."""
        if running and not self._running:
            self._begin()
        self._running = running
        self.results.set_running(running)
        self._refresh()

    def set_paused(self, paused: bool) -> None:
        """Say whether the run rests."""
        self._paused = paused
        self.footer.buttons.set_paused(paused)
        if self._running:
            self._show_progress()
        self._refresh()

    def set_progress(self, progress: Progress, matches: int) -> None:
        """Show how far the run is and how many images match so far."""
        self._progress = progress, matches
        self.footer.cache.set_origin(progress.from_cache, progress.done)
        self._show_progress()

    def set_gathering(self, progress: Progress | None) -> None:
        """Show how far copying or linking is; None when it is over."""
        self._gathering = progress is not None
        if not self._running:
            self.results.set_running(progress is not None)
            if progress is not None:
                self.results.progress.set_progress(progress, tr("Copying"))
        self._refresh()

    def add_matches(self, matches: Sequence[FilterMatch]) -> None:
        """Show matches as they are found."""
        self.results.set_match_count(self.results.match_count + len(matches))
        self.results.add_matches(matches)

    def set_narrowed(self, narrowed: bool) -> None:
        """Say whether the file list shows some of the images only."""
        self._narrowed = narrowed
        self._refresh()

    def set_summary(self, summary: FilterSummary | None) -> None:
        """Show what came of a run or of a preview; None after the filter was cleared."""
        self._summary = summary
        if summary is None:
            self.footer.cache.clear_origin()
        else:
            self.footer.cache.set_origin(summary.from_cache, summary.total)
        self.results.set_match_count(None if summary is None else len(summary.matches))
        self.results.set_matches(() if summary is None else summary.matches)
        self.results.set_message("" if summary is None else _summary_text(summary))
        if summary is not None:
            self._asked = summary.query
            self._live.request()  # the controls may have been moved on meanwhile
        self._refresh()

    def show_message(self, text: str, kind: str = "") -> None:
        """Say what went wrong, or what was done."""
        self.results.set_message(text, "error" if kind == "error" else "")

    def _fit_to_screen(self) -> None:
        """Place the conditions in more rows where the screen has no room for them beside each other."""
        room = room_on_screen(self).width() - 2 * _MARGIN_PX
        self.form.set_narrow(room < _WIDE_PX, room < _NARROW_PX)
        self.footer.buttons.set_narrow(room)

    def _connect(self) -> None:
        buttons, results = self.footer.buttons, self.results
        self.form.changed.connect(self._on_form_changed)
        results.confidence_moved.connect(self.form.counts.set_confidence)
        results.count_moved.connect(self.form.counts.set_count)
        buttons.apply_button.clicked.connect(self._on_apply_clicked)
        buttons.pause_button.clicked.connect(lambda: self.pause_requested.emit(not self._paused))
        buttons.cancel_button.clicked.connect(lambda: self.cancel_requested.emit())
        buttons.clear_button.clicked.connect(self._on_clear_clicked)
        buttons.reset_button.clicked.connect(self.form.reset)

    def _on_form_changed(self) -> None:
        self._show_handles()
        self._live.request()
        self._refresh()

    def _on_apply_clicked(self) -> None:
        self._live.cancel()
        try:
            query = self.query()
        except QuestionError as error:
            self.show_message(str(error), "error")
            return
        self._asked = query
        self._begin()
        self._body.ensureWidgetVisible(self.results)
        self.apply_requested.emit(query)

    def _begin(self) -> None:
        """Show that nothing is found yet; a run that is replaced by another one leaves nothing behind."""
        self._summary = None
        self._progress = None, 0
        self.results.set_matches(())
        self._show_progress()
        self.results.set_message("")
        self.footer.cache.clear_origin()

    def _on_clear_clicked(self) -> None:
        self._live.cancel()
        self.set_summary(None)
        self.clear_requested.emit()

    def _preview(self) -> None:
        """Answer the changed question at once where nothing has to be run for it; say so where it has to."""
        summary, query = self._summary, self._question()
        if query is None or summary is None or self._running:
            return
        if query == summary.query:
            if self._is_stale:
                self.results.set_message(_summary_text(summary))
            self._is_stale = False
        elif is_known_without_model(summary.query, query):
            self.preview_requested.emit(query)
        else:
            self._is_stale = True
            self.results.set_message(tr("The conditions have changed: Apply Filter looks again."))

    def _question(self) -> FilterQuery | None:
        try:
            return self.query()
        except QuestionError as error:
            if self._summary is not None:
                self.show_message(str(error), "error")
            return None

    def _show_handles(self) -> None:
        try:
            self.results.set_query(self.query())
        except QuestionError:
            return

    def _refresh(self) -> None:
        buttons, running = self.footer.buttons, self._running
        matches = len(self._summary.matches) if self._summary is not None else 0
        source = FilterSource(str(self.form.source.values()["source"]))
        ready = bool(self._images) and (source is FilterSource.LABELS or self.form.source.model is not None)
        buttons.apply_button.setEnabled(ready and not (running and self._is_asked()))
        buttons.pause_button.setEnabled(running)
        buttons.cancel_button.setEnabled(running or self._gathering)
        buttons.clear_button.setEnabled(not running and (self._narrowed or self._summary is not None))
        buttons.export_button.setEnabled(bool(matches) and not running and not self._gathering)
        buttons.import_button.setEnabled(not running and not self._gathering)
        self.footer.cache.clear_button.setEnabled(not running)
        self.results.set_note(self._note(source))

    def _show_progress(self) -> None:
        progress, matches = self._progress
        if self._paused and progress is not None:
            progress = replace(progress, rate_per_s=0.0, remaining_s=None)
        self.results.set_progress(progress, matches, tr("paused") if self._paused else "")

    def _is_asked(self) -> bool:
        try:
            return self.query() == self._asked
        except QuestionError:
            return True

    def _note(self, source: FilterSource) -> str:
        """Return what stands in the place of the thumbnails."""
        if not self._images:
            return tr("Open a folder of images first.")
        if source is not FilterSource.LABELS and self.form.source.model is None:
            return tr("No model is loaded: choose one above, or find by labels.")
        if self._running:
            return tr("No match yet.")
        summary = self._summary
        if summary is None:
            return tr("Apply Filter looks through {images}. Nothing runs before.", images=plural(self._images, "image"))
        if summary.cancelled:
            return tr("No match before it was stopped.")
        return removed_text(summary.removed, summary.total)


def _summary_text(summary: FilterSummary) -> str:
    parts = []
    if summary.cancelled:
        parts.append(tr("stopped after {images}", images=plural(summary.total, "image")))
    else:
        parts.append(
            tr("in {images}, {seconds}", images=plural(summary.total, "image"), seconds=_seconds_text(summary.seconds))
        )
    if summary.failed:
        names = ", ".join(Path(path).name for path, _reason in summary.failed[:3])
        parts.append(
            tr(
                "{number:,} could not be read ({names}{value})",
                number=len(summary.failed),
                names=names,
                value="…" if len(summary.failed) > 3 else "",
            )
        )
    return " · ".join(parts)


def _seconds_text(seconds: float) -> str:
    """Return a time so that short ones, answered from what is known, can be told apart."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s" if seconds < 10 else duration_text(seconds)
