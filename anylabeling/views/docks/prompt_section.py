"""What the model's panel says about the AI tool: which model answers it, and what an outlined object becomes."""

from __future__ import annotations

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from anylabeling.messages.models import ModelInfo
from anylabeling.messages.prompting import OutputKind
from anylabeling.translation import tr
from anylabeling.views.widgets.elided_label import ElidedLabel

_TEXTS = {
    OutputKind.POLYGON: tr("Polygon"),
    OutputKind.RECTANGLE: tr("Rectangle"),
    OutputKind.ROTATED_RECTANGLE: tr("Rotated rectangle"),
}
_NO_MODEL = tr("AI tool: outlines by colour, no model")


class PromptSection(QWidget):
    """A line about the model and a choice of what comes out.

    Signals:
        output_changed: The OutputKind.
        everything_requested: All objects of the picture are to be outlined.
        alike_requested: All objects like the selected or marked one are to be found.
    """

    output_changed = Signal(object)
    everything_requested = Signal()
    alike_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ElidedLabel(_NO_MODEL)
        self.model.setProperty("muted", True)
        self.output = QComboBox()
        self.output.setAccessibleName(tr("What the AI tool makes"))
        self.output.setToolTip(tr("What an outlined object becomes"))
        for kind, text in _TEXTS.items():
            self.output.addItem(text, kind)
        self.output.currentIndexChanged.connect(lambda _row: self.output_changed.emit(self.kind()))
        self.everything = QPushButton(tr("Outline Everything"))
        self.everything.setToolTip(tr("Outline all objects on this image that have no shape yet"))
        self.everything.clicked.connect(lambda: self.everything_requested.emit())
        self.alike = QPushButton(tr("Find All Alike"))
        self.alike.clicked.connect(lambda: self.alike_requested.emit())
        self._has_model = self._runs = False
        self._alike_reason = ""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(tr("AI tool makes")))
        row.addWidget(self.output, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.model)
        column.addLayout(row)
        column.addWidget(self.everything)
        column.addWidget(self.alike)
        self.set_alike("")

    def kind(self) -> OutputKind:
        """Return what an outlined object becomes."""
        return OutputKind(self.output.currentData())

    def set_model(self, model: ModelInfo | None) -> None:
        """Show which model answers the tool, or that there is none."""
        self.model.setText(
            _NO_MODEL
            if model is None
            else tr("AI tool: {name} · {device}", name=model.name, device=model.choice.device)
        )
        self._has_model = model is not None
        self._enable()

    def set_running(self, running: bool) -> None:
        """Show whether something is being looked for now."""
        self._runs = running
        self._enable()

    def set_alike(self, reason: str) -> None:
        """Say why nothing alike can be found; empty where it can."""
        self._alike_reason = reason
        self.alike.setToolTip(reason or tr("Find all objects on this image that are like the selected or marked one"))
        self._enable()

    def _enable(self) -> None:
        self.everything.setEnabled(self._has_model and not self._runs)
        self.alike.setEnabled(not self._alike_reason and not self._runs)
