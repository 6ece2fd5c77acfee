"""Where the objects come from, and which model finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from qtpy.QtCore import QSignalBlocker, Signal
from qtpy.QtWidgets import QComboBox, QRadioButton, QSizePolicy, QWidget

from anylabeling.messages.models import ModelInfo
from anylabeling.translation import tr
from anylabeling.views.dialogs.image_filter.pieces import (
    LABEL_PX,
    QWIDGETSIZE_MAX,
    group,
    row_label,
    side_by_side,
    stack,
    tight_row,
)

_OPEN_FILE = tr("Choose a file…")
_NONE = tr("No model")
_MODEL_PX = 232
_LEAST_MODEL_PX = 120


class SourceRow(QWidget):
    """Model detections, labels on disk, or both compared; and the model.

    Signals:
        changed: Another source was chosen by the person.
        model_chosen: Path of a model used before.
        model_open_requested: The person wants to choose a model file.
    """

    changed = Signal()
    model_chosen = Signal(str)
    model_open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: ModelInfo | None = None
        self._recent: list[str] = []
        self._state = ""
        self.radios = {
            "detections": QRadioButton(tr("Model &detections")),
            "labels": QRadioButton(tr("&Labels")),
            "both": QRadioButton(tr("&Both")),
        }
        self.radios["detections"].setToolTip(tr("What the model finds in the pictures"))
        self.radios["labels"].setToolTip(tr("What the label files on disk say; no model is needed"))
        self.radios["both"].setToolTip(
            tr("The conditions have to hold for detections and labels; sort by disagreement to find labelling mistakes")
        )
        self.radios["detections"].setChecked(True)
        self._group = group(self, *self.radios.values())
        self._group.buttonClicked.connect(lambda _button: self.changed.emit())
        self.models = QComboBox()
        self.models.setAccessibleName(tr("Model"))
        self.models.setMinimumWidth(_LEAST_MODEL_PX)
        self.models.setMaximumWidth(_MODEL_PX)
        self.models.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.models.activated.connect(self._on_model_activated)
        self.model_label = row_label(tr("&Model"), self.models, 0)
        sources = tight_row(row_label(tr("Find by")), *self.radios.values(), 1)
        self._rows = side_by_side(sources, tight_row(self.model_label, self.models))
        self.setLayout(self._rows)
        self._fill()

    def set_narrow(self, narrow: bool) -> None:
        """Put the model below the choice of the source."""
        stack(self._rows, narrow)
        self.models.setMaximumWidth(QWIDGETSIZE_MAX if narrow else _MODEL_PX)
        self.model_label.setFixedWidth(LABEL_PX if narrow else self.model_label.sizeHint().width())

    def values(self) -> dict[str, object]:
        """Return the values of the controls by setting."""
        return {"source": next(name for name, radio in self.radios.items() if radio.isChecked())}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values, without a signal."""
        self.radios[str(values["source"])].setChecked(True)

    @property
    def model(self) -> ModelInfo | None:
        """The loaded model."""
        return self._model

    def set_model(self, model: ModelInfo | None) -> None:
        """Show the model that is loaded."""
        self._model, self._state = model, ""
        self._fill()

    def set_model_state(self, text: str) -> None:
        """Say what becomes of a model that is being loaded; empty when it is loaded or failed."""
        if text != self._state:
            self._state = text
            self._fill()

    def set_recent_models(self, paths: Sequence[str]) -> None:
        """Offer models used before."""
        self._recent = list(paths)
        self._fill()

    def _fill(self) -> None:
        with QSignalBlocker(self.models):
            self.models.clear()
            current = f"{self._model.name} · {self._model.choice.device}" if self._model is not None else _NONE
            self.models.addItem(self._state or current, "")
            for path in self._recent:
                if self._model is None or path != self._model.path:
                    self.models.addItem(Path(path).stem, path)
            self.models.insertSeparator(self.models.count())
            self.models.addItem(_OPEN_FILE, _OPEN_FILE)
            self.models.setCurrentIndex(0)
        self.models.setToolTip(self._model.path if self._model is not None else "")

    def _on_model_activated(self, row: int) -> None:
        chosen = str(self.models.itemData(row) or "")
        with QSignalBlocker(self.models):
            self.models.setCurrentIndex(0)
        if chosen == _OPEN_FILE:
            self.model_open_requested.emit()
        elif chosen:
            self.model_chosen.emit(chosen)
