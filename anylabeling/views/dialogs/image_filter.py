"""Asks which images are wanted, and shows how the search for them goes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.filtering import CountMode, FilterQuery, FilterSummary
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.views.widgets.class_list import ClassList
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.progress_strip import ProgressStrip
from anylabeling.views.widgets.slider_box import SliderBox
from anylabeling.views.widgets.text import duration_text, plural

_MODE_TEXTS = {
    CountMode.ANY: "any number",
    CountMode.AT_LEAST: "at least",
    CountMode.EXACTLY: "exactly",
    CountMode.AT_MOST: "at most",
}
_EXPORTS = (("JSON…", "json"), ("Text…", "txt"), ("CSV…", "csv"))
_NO_MODEL = "Filtering looks at what a model detects. Load a model first."


class ImageFilterDialog(QDialog):
    """The question to the image filter. It is not modal, and opening it starts nothing.

    Signals:
        apply_requested: The FilterQuery to run.
        cancel_requested: The run is to stop.
        clear_requested: The file list is to show all images again.
        export_requested: Path of the file to write the matches to; its ending names the format.
        copy_requested: The matches are to go to the clipboard.
        model_open_requested: The person wants to choose a model.
    """

    apply_requested = Signal(object)
    cancel_requested = Signal()
    clear_requested = Signal()
    export_requested = Signal(str)
    copy_requested = Signal()
    model_open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Image Filter")
        self.setMinimumWidth(560)
        self._model: ModelInfo | None = None
        self._running = False
        self._matches = 0
        self._wanted: tuple[str, ...] | None = None
        self._export_dir = ""
        self._build_controls()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._build_form())
        layout.addWidget(_rule())
        layout.addLayout(self._build_report())
        layout.addWidget(_rule())
        layout.addLayout(self._build_buttons())
        self._connect()
        self.set_model(None)

    def query(self) -> FilterQuery:
        """Return the question as it stands.

        Raises:
            ValueError: When classes are to be selected and none is.
        """
        classes = self.classes.checked() if self.selected_radio.isChecked() else None
        return FilterQuery(classes, self._mode(), self.count_spin.value(), self.confidence.value())

    def set_model(self, model: ModelInfo | None) -> None:
        """Offer the classes of another model."""
        if self._model is not None:
            self._remember_classes()
        self._model = model
        self.model_label.setText(f"{model.name} · {model.choice.device}" if model is not None else "No model")
        self.classes.set_classes(model.class_names if model is not None else ())
        self.classes.set_checked(self._wanted or ())
        self.message.setText("" if model is not None else _NO_MODEL)
        self._enable()

    def settings(self) -> dict[str, object]:
        """Return the values of the settings in the section "image_filter.", by their names there."""
        self._remember_classes()
        return {
            "selected_classes": self._wanted if self.selected_radio.isChecked() else None,
            "count_mode": self._mode().value,
            "count_value": self.count_spin.value(),
            "confidence": self.confidence.value(),
            "last_export_dir": self._export_dir or None,
        }

    def set_settings(self, settings: Mapping[str, object]) -> None:
        """Take the values of the settings in the section "image_filter.", by their names there."""
        wanted = settings["selected_classes"]
        self._wanted = tuple(map(str, wanted)) if isinstance(wanted, (tuple, list)) else None
        (self.selected_radio if self._wanted else self.any_radio).setChecked(True)
        self.classes.set_checked(self._wanted or ())
        mode = CountMode(str(settings["count_mode"]))
        self.mode_box.setCurrentIndex(list(_MODE_TEXTS).index(mode))
        self.count_spin.setValue(int(_number(settings["count_value"])))
        self.confidence.set_value(_number(settings["confidence"]))
        self._export_dir = str(settings["last_export_dir"] or "")
        self._enable()

    def set_running(self, running: bool) -> None:
        """Say whether a run goes on."""
        if running and not self._running:
            self._set_matches(0)
            self.message.setText("")
            self._mark_message("")
            self.progress.set_progress(None, "Starting")
        self._running = running
        self.progress.setVisible(running)
        self._enable()

    def set_progress(self, progress: Progress, matches: int) -> None:
        """Show how far the run is and how many images match so far."""
        self.progress.set_progress(progress)
        self._set_matches(matches)

    def set_summary(self, summary: FilterSummary | None) -> None:
        """Show what came of a run; None after the filter was cleared."""
        self._mark_message("")
        if summary is None:
            self._set_matches(0)
            self.message.setText("")
        else:
            self._set_matches(len(summary.matches), done=True)
            self.message.setText(_summary_text(summary))
        self._enable()

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        self.message.setText(text)
        self._mark_message("error")

    def _build_controls(self) -> None:
        self.model_label = ElidedLabel("")
        self.model_label.setProperty("heading", True)
        self.open_model_button = QPushButton("Load Model…")
        self.any_radio = QRadioButton("Any class")
        self.selected_radio = QRadioButton("Selected classes only")
        self._radios = QButtonGroup(self)
        self._radios.addButton(self.any_radio)
        self._radios.addButton(self.selected_radio)
        self.any_radio.setChecked(True)
        self.classes = ClassList(rows=6)
        self.mode_box = QComboBox()
        self.mode_box.setAccessibleName("How the number of objects is compared")
        for mode, text in _MODE_TEXTS.items():
            self.mode_box.addItem(text, mode)
        self.count_spin = QSpinBox()
        self.count_spin.setRange(1, 100)
        self.count_spin.setAccessibleName("Number of objects")
        self.count_spin.setFixedWidth(80)
        self.confidence = SliderBox("Confidence", 0.25, tool_tip="Least score of an object that counts")
        self.matches_label = QLabel("")
        self.matches_label.setProperty("heading", True)
        self.matches_label.hide()
        self.message = QLabel("")
        self.message.setWordWrap(True)
        self.message.setProperty("muted", True)
        self.progress = ProgressStrip(cancellable=False)
        self.progress.hide()
        self.export_button = QPushButton("Export Results")
        self.export_button.setProperty("hasMenu", True)
        self.export_button.setMenu(self._export_menu())
        self.clear_button = QPushButton("Clear Filter")
        self.cancel_button = QPushButton("Cancel")
        self.apply_button = QPushButton("Apply Filter")
        self.apply_button.setDefault(True)
        for button in (self.open_model_button, self.export_button, self.clear_button, self.cancel_button):
            button.setAutoDefault(False)

    def _build_form(self) -> QGridLayout:
        count_row = QHBoxLayout()
        count_row.setSpacing(8)
        count_row.addWidget(self.mode_box)
        count_row.addWidget(self.count_spin)
        count_row.addWidget(QLabel("objects"))
        count_row.addStretch(1)
        model_row = QHBoxLayout()
        model_row.addWidget(self.model_label, 1)
        model_row.addWidget(self.open_model_button)
        radio_row = QHBoxLayout()
        radio_row.setSpacing(16)
        radio_row.addWidget(self.any_radio)
        radio_row.addWidget(self.selected_radio)
        radio_row.addStretch(1)
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setColumnStretch(1, 1)
        form.addWidget(QLabel("Model"), 0, 0)
        form.addLayout(model_row, 0, 1)
        form.addWidget(QLabel("Classes"), 1, 0)
        form.addLayout(radio_row, 1, 1)
        form.addWidget(self.classes, 2, 1)
        form.addWidget(QLabel("Number"), 3, 0)
        form.addLayout(count_row, 3, 1)
        form.addWidget(QLabel("Confidence"), 4, 0)
        form.addWidget(self.confidence, 4, 1)
        return form

    def _build_report(self) -> QVBoxLayout:
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(self.matches_label)
        words.addWidget(self.message, 1)
        report = QVBoxLayout()
        report.setSpacing(8)
        report.addWidget(self.progress)
        report.addLayout(words)
        # Keeps its place, so that nothing jumps when a run starts.
        holder = QVBoxLayout()
        inner = QWidget()
        inner.setLayout(report)
        inner.setMinimumHeight(56)
        report.setContentsMargins(0, 0, 0, 0)
        report.addStretch(1)
        holder.addWidget(inner)
        return holder

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.export_button)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.apply_button)
        return row

    def _connect(self) -> None:
        self.apply_button.clicked.connect(self._on_apply_clicked)
        self.cancel_button.clicked.connect(lambda: self.cancel_requested.emit())
        self.clear_button.clicked.connect(self._on_clear_clicked)
        self.open_model_button.clicked.connect(lambda: self.model_open_requested.emit())
        self._radios.buttonToggled.connect(self._on_changed)
        self.classes.checked_changed.connect(self._on_changed)
        self.mode_box.currentIndexChanged.connect(self._on_changed)
        self.count_spin.valueChanged.connect(self._on_changed)
        self.confidence.value_changed.connect(self._on_changed)

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        for text, suffix in _EXPORTS:
            action = menu.addAction(text)
            if action is not None:
                action.triggered.connect(lambda _checked=False, ending=suffix: self._choose_export(ending))
        menu.addSeparator()
        copy = menu.addAction("Copy Paths")
        if copy is not None:
            copy.triggered.connect(lambda _checked=False: self.copy_requested.emit())
        return menu

    def _choose_export(self, suffix: str) -> None:
        proposed = str(Path(self._export_dir or Path.home()) / f"filter_results.{suffix}")
        dialog = QFileDialog(self, "Export Results", str(Path(proposed).parent), f"{suffix.upper()} (*.{suffix})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(Path(proposed).name)
        dialog.fileSelected.connect(self._on_export_chosen)
        dialog.open()

    def _on_export_chosen(self, path: str) -> None:
        self._export_dir = str(Path(path).parent)
        self.export_requested.emit(path)

    def _on_apply_clicked(self) -> None:
        try:
            query = self.query()
        except ValueError:
            self.show_error("Choose at least one class, or any class.")
            return
        self.apply_requested.emit(query)

    def _on_clear_clicked(self) -> None:
        self.set_summary(None)
        self.clear_requested.emit()

    def _on_changed(self, *_: object) -> None:
        self._enable()

    def _mode(self) -> CountMode:
        return CountMode(self.mode_box.currentData())

    def _remember_classes(self) -> None:
        if self._model is not None:
            offered = set(self.classes.classes())
            # What another model may know is kept, so that changing models back and forth loses nothing.
            others = tuple(name for name in self._wanted or () if name not in offered)
            chosen = tuple(name for name in self.classes.classes() if name in self.classes.checked())
            self._wanted = (*chosen, *others) or None

    def _set_matches(self, matches: int, *, done: bool = False) -> None:
        self._matches = matches
        self.matches_label.setText(plural(matches, "match", "matches") if matches or done else "")
        self.matches_label.setVisible(bool(self.matches_label.text()))
        self.export_button.setEnabled(bool(matches) and not self._running)

    def _mark_message(self, kind: str) -> None:
        if self.message.property("kind") != kind:
            self.message.setProperty("kind", kind)
            style = self.message.style()
            if style is not None:
                style.polish(self.message)

    def _enable(self) -> None:
        loaded = self._model is not None
        self.open_model_button.setVisible(not loaded)
        self.classes.setEnabled(loaded and self.selected_radio.isChecked())
        self.count_spin.setEnabled(self._mode() is not CountMode.ANY)
        self.apply_button.setEnabled(loaded and not self._running)
        self.cancel_button.setEnabled(self._running)
        self.clear_button.setEnabled(not self._running)
        self.export_button.setEnabled(bool(self._matches) and not self._running)


def _summary_text(summary: FilterSummary) -> str:
    parts = []
    if summary.cancelled:
        parts.append(f"stopped after {plural(summary.total, 'image')}")
    else:
        parts.append(f"in {plural(summary.total, 'image')}, {duration_text(summary.seconds)}")
    if summary.failed:
        parts.append(f"{len(summary.failed):,} could not be read")
    if not summary.matches and not summary.cancelled:
        parts.append("lower the confidence or the number, or choose other classes")
    return " · ".join(parts)


def _number(value: object) -> float:
    if isinstance(value, (int, float)):
        return float(value)
    raise TypeError(f"a number was expected, got {value!r}")


def _rule() -> QFrame:
    rule = QFrame()
    rule.setObjectName("line")
    return rule
