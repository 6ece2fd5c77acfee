"""A slider and a spin box for one number."""

from __future__ import annotations

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QWidget


class SliderBox(QWidget):
    """A number between 0 and 1 in steps of 0.01, to drag or to type.

    Signals:
        value_changed: The number, each time it changes.
    """

    value_changed = Signal(float)

    def __init__(
        self, title: str, value: float, *, tool_tip: str = "", label_px: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(title)
        self.spin = QDoubleSpinBox()
        self.spin.setRange(0.0, 1.0)
        self.spin.setDecimals(2)
        self.spin.setSingleStep(0.05)
        self.spin.setKeyboardTracking(False)
        self.spin.setAccessibleName(title)
        self.spin.setFixedWidth(72)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        if title and label_px:
            label = QLabel(title)
            label.setFixedWidth(label_px)
            label.setBuddy(self.slider)
            layout.addWidget(label)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.spin)
        self.setToolTip(tool_tip)
        self.set_value(value)
        self.slider.valueChanged.connect(self._on_slider_changed)
        self.spin.valueChanged.connect(self._on_spin_changed)

    def value(self) -> float:
        """Return the number."""
        return float(self.spin.value())

    def set_value(self, value: float) -> None:
        """Set the number without a signal."""
        for control in (self.slider, self.spin):
            control.blockSignals(True)
        self.spin.setValue(value)
        self.slider.setValue(round(value * 100))
        for control in (self.slider, self.spin):
            control.blockSignals(False)

    def _on_slider_changed(self, hundredths: int) -> None:
        self.set_value(hundredths / 100)
        self.value_changed.emit(self.value())

    def _on_spin_changed(self, value: float) -> None:
        self.set_value(value)
        self.value_changed.emit(self.value())
