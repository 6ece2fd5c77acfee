"""Whether large images are looked at in tiles, how large those are, and how far they overlap."""

from __future__ import annotations

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from anylabeling.config import Config
from anylabeling.messages.auto_labeling import MAX_TILE_OVERLAP, MAX_TILE_PX, MIN_TILE_PX, Tiling
from anylabeling.translation import tr

_STEP_PX = 64
_AUTOMATIC_PX = MIN_TILE_PX - 1
"""The least number of the box, which is shown as a word."""
_STEP_PERCENT = 5


class TileRow(QWidget):
    """A switch, and below it, once it is on, side and overlap of the tiles.

    Signals:
        changed: The tiles that are wished for are others.
    """

    changed = Signal()

    def __init__(self, config: Config, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(tr("Large images in tiles"))
        self.box.setToolTip(tr("Look at images that are larger than a tile in parts as well: finds small objects"))
        self.side = QSpinBox()
        self.side.setAccessibleName(tr("Side of a tile"))
        self.side.setToolTip(tr("Side of a tile in pixels of the image; automatic takes what the model sees at once"))
        self.side.setRange(_AUTOMATIC_PX, MAX_TILE_PX)
        self.side.setSingleStep(_STEP_PX)
        self.side.setSpecialValueText(tr("Automatic"))
        self.side.setSuffix(tr(" px"))
        self.overlap = QSpinBox()
        self.overlap.setAccessibleName(tr("Overlap of tiles"))
        self.overlap.setToolTip(tr("How much of a tile the next one shows, too: at least as much as a small object"))
        self.overlap.setRange(0, round(100 * MAX_TILE_OVERLAP))
        self.overlap.setSingleStep(_STEP_PERCENT)
        self.overlap.setSuffix(" %")
        self.sizes = QWidget()
        row = QHBoxLayout(self.sizes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.side, 3)
        row.addWidget(QLabel(tr("overlap")))
        row.addWidget(self.overlap, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addWidget(self.sizes)
        self.box.toggled.connect(self._on_toggled)
        for spin in (self.side, self.overlap):
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(lambda _value: self.changed.emit())
        self.apply(config)
        self.sizes.setVisible(self.box.isChecked())

    def tiling(self) -> Tiling | None:
        """Return the tiles that are wished for, or None."""
        if not self.box.isChecked():
            return None
        side = self.side.value()
        return Tiling(0 if side < MIN_TILE_PX else side, self.overlap.value() / 100)

    def set_tiling(self, tiling: Tiling | None) -> None:
        """Show which tiles are in use, without a signal."""
        self.blockSignals(True)
        self.box.setChecked(tiling is not None)
        if tiling is not None:
            self.side.setValue(tiling.side_px)
            self.overlap.setValue(round(100 * tiling.overlap))
        self.blockSignals(False)

    def apply(self, config: Config) -> None:
        """Show what the settings say, with a signal where that is something else."""
        before = self.tiling()
        self.blockSignals(True)
        self.side.setValue(int(config["auto_labeling.tile_px"]))
        self.overlap.setValue(round(100 * float(config["auto_labeling.tile_overlap"])))
        self.box.setChecked(bool(config["auto_labeling.tiles"]))
        self.blockSignals(False)
        if self.tiling() != before:
            self.changed.emit()

    def _on_toggled(self, on: bool) -> None:
        self.sizes.setVisible(on)
        self.changed.emit()
