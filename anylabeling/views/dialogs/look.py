"""How the picture and its shapes are shown: brightness, contrast, gamma, saturation, how much fills hide, the grid."""

from __future__ import annotations

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from anylabeling.translation import tr
from anylabeling.views.actions import without_key
from anylabeling.views.canvas.tone import Tone
from anylabeling.views.widgets.enter_key import stays_open

_SLIDER_PX = 220


class LookDialog(QDialog):
    """A small window beside the picture; everything follows while a slider is dragged.

    Signals:
        tone_changed: The Tone of the picture.
        opacity_changed: How much of the picture the fills of shapes hide, 0-1.
        grid_changed: Whether lines are drawn over the picture, and how many of its pixels apart.
    """

    tone_changed = Signal(object)
    opacity_changed = Signal(float)
    grid_changed = Signal(bool, int)

    def __init__(self, parent: QWidget | None, tone: Tone, opacity: float, grid: bool, grid_px: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Look of the Picture"))
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(8)
        self.brightness = self._slider(tr("&Brightness"), -100, 100)
        self.contrast = self._slider(tr("&Contrast"), -100, 100)
        self.gamma = self._slider(tr("Ga&mma"), -100, 100)
        self.saturation = self._slider(tr("&Saturation"), -100, 100)
        self.opacity = self._slider(tr("&Fill of shapes"), 0, 100)
        self.grid = QCheckBox(tr("&Grid, every"))
        self.grid.setChecked(grid)
        self.grid_px = QSpinBox()
        self.grid_px.setRange(2, 10_000)
        self.grid_px.setValue(grid_px)
        self.grid_px.setSuffix(" px")
        self.grid_px.setAccessibleName(tr("Distance of the grid's lines in pixels of the image"))
        row = self._rows.rowCount()
        self._rows.addWidget(self.grid, row, 0)
        self._rows.addWidget(self.grid_px, row, 1, Qt.AlignmentFlag.AlignLeft)
        note = QLabel(tr("Only what you see changes. Models see the picture as it is in its file."))
        note.setProperty("muted", True)
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.reset_button = buttons.addButton(tr("Reset"), QDialogButtonBox.ButtonRole.ResetRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(self._rows)
        layout.addWidget(note)
        layout.addWidget(buttons)
        self.show_tone(tone)
        self.opacity.setValue(round(100 * opacity))
        for slider in (self.brightness, self.contrast, self.gamma, self.saturation):
            slider.valueChanged.connect(lambda _value: self.tone_changed.emit(self.tone()))
        self.opacity.valueChanged.connect(lambda value: self.opacity_changed.emit(value / 100))
        self.grid.toggled.connect(lambda _on: self._tell_grid())
        self.grid_px.valueChanged.connect(lambda _size: self._tell_grid())
        if self.reset_button is not None:
            self.reset_button.setAutoDefault(False)
            self.reset_button.clicked.connect(self.reset)
        self.brightness.setFocus()

    def tone(self) -> Tone:
        """Return what the sliders say; gamma goes from a fifth to five."""
        return Tone(
            self.brightness.value() / 100,
            self.contrast.value() / 100,
            round(5 ** (self.gamma.value() / 100), 3),
            self.saturation.value() / 100,
        )

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Let Enter end what is typed, as changes count at once, and not close the window."""
        if event is not None and not stays_open(self, event):
            super().keyPressEvent(event)

    def show_tone(self, tone: Tone) -> None:
        """Move the sliders without a signal."""
        import math

        for slider, value in (
            (self.brightness, tone.brightness),
            (self.contrast, tone.contrast),
            (self.gamma, math.log(tone.gamma, 5)),
            (self.saturation, tone.saturation),
        ):
            slider.blockSignals(True)
            slider.setValue(round(100 * value))
            slider.blockSignals(False)
            self._show_value(slider)

    def reset(self) -> None:
        """Show the picture as it is."""
        self.show_tone(Tone())
        self.tone_changed.emit(Tone())

    def _slider(self, title: str, least: int, most: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(least, most)
        slider.setPageStep(10)
        slider.setMinimumWidth(_SLIDER_PX)
        slider.setAccessibleName(without_key(title))
        label, value = QLabel(title), QLabel()
        label.setBuddy(slider)
        value.setMinimumWidth(40)
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        value.setObjectName("value")
        slider.valueChanged.connect(lambda _value: self._show_value(slider))
        row = self._rows.rowCount()
        self._rows.addWidget(label, row, 0)
        self._rows.addWidget(slider, row, 1)
        self._rows.addWidget(value, row, 2, Qt.AlignmentFlag.AlignVCenter)
        slider.setProperty("row", row)
        return slider

    def _show_value(self, slider: QSlider) -> None:
        item = self._rows.itemAtPosition(int(slider.property("row")), 2)
        label = item.widget() if item is not None else None
        if isinstance(label, QLabel):
            value = slider.value()
            label.setText(f"{value} %" if slider.minimum() == 0 else f"{value:+d}" if value else "0")

    def _tell_grid(self) -> None:
        self.grid_changed.emit(self.grid.isChecked(), self.grid_px.value())
