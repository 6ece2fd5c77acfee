"""The right end of the menu row: the model chip and the Run button."""

from __future__ import annotations

from qtpy.QtCore import QEvent, QSize, Qt
from qtpy.QtGui import QKeySequence, QResizeEvent
from qtpy.QtWidgets import QAction, QApplication, QHBoxLayout, QMenuBar, QPushButton, QWidget

from anylabeling.translation import tr
from anylabeling.views.icons import icon
from anylabeling.views.widgets.model_chip import ModelChip


class MenuCorner(QWidget):
    """Model chip and Run."""

    def __init__(self, chip: ModelChip, run_action: QAction) -> None:
        super().__init__()
        self._action = run_action
        self.run_button = QPushButton()
        self.run_button.setObjectName("runButton")
        self.run_button.setIcon(icon("run"))
        self.run_button.setIconSize(QSize(16, 16))
        self.run_button.setFixedHeight(26)
        self.run_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.run_button.clicked.connect(run_action.trigger)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(8)
        row.addWidget(chip)
        row.addWidget(self.run_button)
        run_action.changed.connect(self._on_action_changed)
        self._on_action_changed()

    def event(self, event: QEvent | None) -> bool:
        """Ask the menu bar for other room when the chip's text grows or shrinks."""
        handled = bool(super().event(event))
        bar = self.parentWidget()
        if event is not None and event.type() == QEvent.Type.LayoutRequest and isinstance(bar, QMenuBar):
            # A menu bar places its corner only when it is itself resized.
            QApplication.sendEvent(bar, QResizeEvent(bar.size(), bar.size()))
        return handled

    def _on_action_changed(self) -> None:
        keys = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.run_button.setText(tr("Run  {keys}", keys=keys) if keys else tr("Run"))
        self.run_button.setToolTip(self._action.toolTip())
        self.run_button.setAccessibleName(tr("Run the model on this image"))
        self.run_button.setEnabled(self._action.isEnabled())
