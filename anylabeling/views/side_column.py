"""The column at the right: every panel of the window, one above the other."""

from __future__ import annotations

from anylabeling.config import Config
from anylabeling.views.docks.auto_labeling_panel import AutoLabelingPanel
from anylabeling.views.docks.file_dock import FileDock
from anylabeling.views.docks.image_dock import ImageDock
from anylabeling.views.docks.label_dock import LabelDock
from anylabeling.views.docks.shape_dock import ShapeDock
from anylabeling.views.docks.text_dock import TextDock
from anylabeling.views.widgets.section import SectionColumn

COLUMN_PX = 296
_LEAST_PX = 220
_WEIGHTS = {"auto_labeling": 300, "objects": 260, "text": 200, "labels": 150, "image": 60, "files": 300}
_HIDDEN_AT_FIRST = ("auto_labeling", "text")


class SideColumn(SectionColumn):
    """Makes the panels and says which of them are shown at first.

    Attributes:
        auto_labeling: The model's panel.
        shape_dock: The objects.
        text_dock: Texts of object and image.
        label_dock: The labels.
        image_dock: Review mark and flags of the image.
        file_dock: The images.
    """

    def __init__(self, config: Config) -> None:
        self.auto_labeling = AutoLabelingPanel(config)
        self.shape_dock = ShapeDock()
        self.text_dock = TextDock()
        self.label_dock = LabelDock()
        self.image_dock = ImageDock()
        self.file_dock = FileDock()
        docks = (
            self.auto_labeling,
            self.shape_dock,
            self.text_dock,
            self.label_dock,
            self.image_dock,
            self.file_dock,
        )
        sections = dict(zip(_WEIGHTS, docks, strict=True))
        for name in _HIDDEN_AT_FIRST:
            # Before they are in the column: what is hidden is not styled. And not by set_shown, which would show the
            # column as a window of its own.
            sections[name].hide()
        super().__init__(sections, _WEIGHTS)
        self.setMinimumWidth(_LEAST_PX)

    @staticmethod
    def names() -> tuple[str, ...]:
        """Return the names of the panels from above."""
        return tuple(_WEIGHTS)

    def show_first(self) -> None:
        """Show what is shown at the first start, at its first height."""
        for name in _WEIGHTS:
            self.set_shown(name, name not in _HIDDEN_AT_FIRST)
        self.reset()
