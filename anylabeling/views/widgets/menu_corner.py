"""The right end of the menu row: the model chip and the Run button."""

from __future__ import annotations

from qtpy.QtCore import QSize, Qt
from qtpy.QtGui import QKeySequence
from qtpy.QtWidgets import QAction, QHBoxLayout, QPushButton, QWidget

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

    def _on_action_changed(self) -> None:
        keys = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.run_button.setText(f"Run  {keys}" if keys else "Run")
        self.run_button.setToolTip(self._action.toolTip())
        self.run_button.setAccessibleName("Run the model on this image")
        self.run_button.setEnabled(self._action.isEnabled())
