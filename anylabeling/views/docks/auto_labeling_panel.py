"""The model's panel: which model, what counts as a detection, and running it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from anylabeling.config import Config
from anylabeling.messages.auto_labeling import DetectOptions, ExistingPolicy, SuggestedOptions, Tiling
from anylabeling.messages.models import BUILT_IN_MODELS, ModelInfo, short_name
from anylabeling.translation import tr, trn
from anylabeling.views.docks.prompt_section import PromptSection
from anylabeling.views.docks.text_row import TextRow
from anylabeling.views.docks.tile_row import TileRow
from anylabeling.views.widgets.class_list import ClassList
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.model_chip import ModelChip
from anylabeling.views.widgets.progress_strip import ProgressStrip
from anylabeling.views.widgets.section import FoldableSection
from anylabeling.views.widgets.slider_box import SliderBox

if TYPE_CHECKING:
    from anylabeling.messages.progress import Progress

_LABEL_PX = 84
_OPEN_FILE = tr("Choose a file…")
_OPEN_SERVER = tr("Choose on a server…")
_SERVER = "//"
"""In place of a path, for the entry that leads to the servers."""
_EXISTING_TEXTS = {
    ExistingPolicy.KEEP: tr("Keep existing objects"),
    ExistingPolicy.REPLACE: tr("Replace existing objects"),
    ExistingPolicy.SKIP: tr("Skip images with objects"),
}


class AutoLabelingPanel(FoldableSection):
    """Model, thresholds, classes, and what happens to objects that are there.

    Signals:
        model_open_requested: The person wants to choose a model file.
        server_requested: The person wants to choose a model on a server.
        model_chosen: Path or address of a model used before.
        options_changed: The DetectOptions, while a slider moves too.
        existing_changed: The ExistingPolicy.
        tiling_changed: The Tiling in which large images are looked at, or None.
        text_changed: The names that a model is to look for which finds what is typed.
        run_requested: Label this image.
        run_all_requested: Label all images of the list.
        cancel_requested: The run is to stop.
    """

    model_open_requested = Signal()
    server_requested = Signal()
    model_chosen = Signal(str)
    options_changed = Signal(object)
    existing_changed = Signal(object)
    tiling_changed = Signal(object)
    text_changed = Signal(tuple)
    run_requested = Signal()
    run_all_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, config: Config, parent: QWidget | None = None) -> None:
        super().__init__(tr("Model"), parent)
        self._model: ModelInfo | None = None
        self._busy = False
        self._suggested, self._has_new_suggestions = SuggestedOptions(), False
        self._max_detections = int(config["auto_labeling.max_detections"])
        self.chip = ModelChip()
        self.models = QComboBox()
        self.models.setAccessibleName(tr("Model"))
        self.models.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.models.setMinimumContentsLength(12)
        self.models.activated.connect(self._on_model_activated)
        self.info = ElidedLabel("")
        self.info.setProperty("muted", True)
        self.state = QLabel("")
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.confidence = SliderBox(
            tr("Confidence"), float(config["auto_labeling.confidence"]), label_px=_LABEL_PX,
            tool_tip=tr("Least score of a detection that counts"),
        )  # fmt: skip
        self.iou = SliderBox(
            tr("Overlap"), float(config["auto_labeling.iou"]), label_px=_LABEL_PX,
            tool_tip=tr("IoU: boxes of one class that overlap more than this are one object"),
        )  # fmt: skip
        self.only_some = QCheckBox(tr("Only some classes"))
        self.classes = ClassList(rows=5)
        self.tiles = TileRow(config)
        self.text = TextRow(config, label_px=_LABEL_PX)
        self._wanted_classes = config["auto_labeling.selected_classes"]
        self.existing_box = QComboBox()
        self.existing_box.setAccessibleName(tr("Objects that are there already"))
        for policy, text in _EXISTING_TEXTS.items():
            self.existing_box.addItem(text, policy)
        self.set_existing(ExistingPolicy(config["auto_labeling.existing"]))
        self.run_button = QPushButton(tr("Run"))
        self.run_button.setProperty("primary", True)
        self.run_button.setToolTip(tr("Label this image with the model"))
        self.run_all_button = QPushButton(tr("Run on All…"))
        self.run_all_button.setToolTip(tr("Label all images of the file list with the model"))
        self.progress = ProgressStrip()
        self.progress.hide()
        self.prompts = PromptSection()
        self._build()
        self._connect()
        self.set_recent_models([])
        self.set_model(None)

    def options(self) -> DetectOptions:
        """Return which detections count."""
        classes = self.classes.checked() if self.only_some.isChecked() and self._model is not None else None
        most = self._suggested.max_detections or self._max_detections
        return DetectOptions(self.confidence.value(), self.iou.value(), classes, most)

    def tiling(self) -> Tiling | None:
        """Return the tiles in which large images are looked at, or None."""
        return self.tiles.tiling()

    def set_suggested(self, suggested: SuggestedOptions) -> None:
        """Take over what the model that is shown next suggests, without a signal.

        Its thresholds stay in the sliders; its classes and its greatest number are gone with it.
        """
        self._keep_classes(self._model)
        self._suggested, self._has_new_suggestions = suggested, True
        if suggested.confidence is not None:
            self.confidence.set_value(suggested.confidence)
        if suggested.iou is not None:
            self.iou.set_value(suggested.iou)
        if suggested.tiling is not None:
            self.tiles.set_tiling(suggested.tiling)

    def existing(self) -> ExistingPolicy:
        """Return what happens to objects that are there already."""
        return ExistingPolicy(self.existing_box.currentData())

    def set_existing(self, policy: ExistingPolicy) -> None:
        """Set what happens to objects that are there already, without a signal."""
        self.existing_box.blockSignals(True)
        self.existing_box.setCurrentIndex(list(_EXISTING_TEXTS).index(policy))
        self.existing_box.blockSignals(False)

    def set_model(self, model: ModelInfo | None) -> None:
        """Show the model that is loaded, or that there is none."""
        before, self._model = self._model, model
        self.chip.set_model(model)
        is_other = model is None or before is None or model.class_names != before.class_names
        if is_other or self._has_new_suggestions:
            self._keep_classes(before)
            self.classes.set_classes(model.class_names if model is not None else ())
            self._has_new_suggestions = False
            self._apply_wanted_classes()
        if model is None:
            self.info.setText(tr("Choose an .onnx file to label with."))
            self.set_count("")
        else:
            size = tr("any size") if not model.input_width else f"{model.input_width}×{model.input_height}"
            count = len(model.class_names)
            parts = (model.layout, trn("%n class", "%n classes", count), size)
            self.info.setText(" · ".join(part for part in parts if part))
            self.set_count(model.choice.device)
            self.header.setToolTip(tr("Run by {backend}", backend=model.choice.backend))
            self._select_model(model.path)
        self.set_state(model.choice.notice if model is not None else "", "ready")

    def set_state(self, text: str, kind: str) -> None:
        """Say what the model is doing.

        Args:
            text: Such as "loading", "running 12 of 400" or why it failed.
            kind: "loading", "ready", "running" or "failed".
        """
        self._busy = kind in ("loading", "running")
        self.chip.set_state(text, kind)
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self.state.setProperty("kind", "error" if kind == "failed" else "")
        style = self.state.style()
        if style is not None:
            style.polish(self.state)
        self._enable()

    def set_recent_models(self, paths: Sequence[str]) -> None:
        """Offer models that were used before, the last one first."""
        self.models.clear()
        if not paths:
            self.models.addItem(tr("No model"), "")
        for path in paths:
            self.models.addItem(short_name(path), path)
            self.models.setItemData(self.models.count() - 1, path, Qt.ItemDataRole.ToolTipRole)
        self.models.insertSeparator(self.models.count())
        for name, title in BUILT_IN_MODELS.items():
            self.models.addItem(title, name)
        self.models.addItem(_OPEN_SERVER, _SERVER)
        self.models.addItem(_OPEN_FILE, None)
        if self._model is not None:
            self._select_model(self._model.path)

    def set_progress(self, progress: Progress | None) -> None:
        """Show how far a run over many images is, or that none runs."""
        self.progress.setVisible(progress is not None)
        if progress is not None:
            self.progress.set_progress(progress)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.run_button, 1)
        buttons.addWidget(self.run_all_button, 1)
        column = QVBoxLayout()
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(8)
        for widget in (
            self.models, self.info, self.state, self.text, self.confidence, self.iou, self.only_some, self.classes,
            self.tiles, self.existing_box,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self.progress)
        column.addWidget(self.prompts)
        self.body_layout.addLayout(column)
        self.body_layout.addStretch(1)
        self.classes.hide()
        self.fit_to_content()

    def _connect(self) -> None:
        self.confidence.value_changed.connect(self._on_option_changed)
        self.iou.value_changed.connect(self._on_option_changed)
        self.classes.checked_changed.connect(self._on_option_changed)
        self.only_some.toggled.connect(self._on_only_some_toggled)
        self.text.changed.connect(lambda: self.text_changed.emit(self.text.names()))
        self.text.run_requested.connect(lambda: self.run_requested.emit())
        self.tiles.changed.connect(lambda: self.tiling_changed.emit(self.tiling()))
        self.existing_box.currentIndexChanged.connect(lambda _row: self.existing_changed.emit(self.existing()))
        self.run_button.clicked.connect(lambda: self.run_requested.emit())
        self.run_all_button.clicked.connect(lambda: self.run_all_requested.emit())
        self.progress.cancel_requested.connect(self.cancel_requested)

    def _on_option_changed(self, *_: object) -> None:
        self._enable()
        self.options_changed.emit(self.options())

    def _on_only_some_toggled(self, on: bool) -> None:
        if on and not self.classes.checked():
            self.classes.set_checked(self.classes.classes())
        self.classes.setVisible(on)
        self._on_option_changed()

    def _on_model_activated(self, row: int) -> None:
        path = self.models.itemData(row)
        if path is None or path == _SERVER:
            self._select_model(self._model.path if self._model is not None else "")
            (self.model_open_requested if path is None else self.server_requested).emit()
        elif path and (self._model is None or path != self._model.path):
            self.model_chosen.emit(path)

    def _select_model(self, path: str) -> None:
        row = self.models.findData(path)
        if row < 0 and path:
            self.models.insertItem(0, short_name(path), path)
            blank = self.models.findData("")
            if blank >= 0:
                self.models.removeItem(blank)
            row = 0
        self.models.setCurrentIndex(max(row, 0))

    def _keep_classes(self, shown: ModelInfo | None) -> None:
        """Remember the person's choice among the classes of the model that was shown; what it suggested is none."""
        if shown is None or self._has_new_suggestions or self._suggested.classes is not None:
            return
        if self.only_some.isChecked():
            self._wanted_classes = self.classes.checked()
        elif frozenset(self._wanted_classes or ()) & set(shown.class_names):
            self._wanted_classes = None

    def _apply_wanted_classes(self) -> None:
        asked = self._wanted_classes if self._suggested.classes is None else self._suggested.classes
        wanted = frozenset(asked or ()) & set(self.classes.classes())
        some = bool(wanted) and len(wanted) < len(self.classes.classes())
        self.only_some.blockSignals(True)
        self.only_some.setChecked(some)
        self.only_some.blockSignals(False)
        self.classes.setVisible(some)
        self.classes.set_checked(wanted if some else self.classes.classes())

    def _enable(self) -> None:
        loaded = self._model is not None
        some_chosen = not self.only_some.isChecked() or bool(self.classes.checked())
        self.only_some.setEnabled(loaded)
        self.iou.setEnabled(self._model is None or self._model.has_iou)
        self.tiles.setEnabled(self._model is None or self._model.can_tile)
        takes_text = self._model is not None and self._model.takes_text
        self.text.setVisible(takes_text)
        asks = not takes_text or bool(self._model is not None and self._model.class_names)
        for button in (self.run_button, self.run_all_button):
            button.setEnabled(loaded and some_chosen and asks and not self._busy)
