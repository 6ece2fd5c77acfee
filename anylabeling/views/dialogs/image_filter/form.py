"""All conditions of the image filter, one under the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qtpy.QtCore import QSignalBlocker, Signal
from qtpy.QtWidgets import QVBoxLayout, QWidget

from anylabeling.messages.filtering import FilterQuery
from anylabeling.messages.models import ModelInfo
from anylabeling.translation import tr
from anylabeling.views.dialogs.image_filter.class_rows import ClassRows
from anylabeling.views.dialogs.image_filter.count_rows import CountRows
from anylabeling.views.dialogs.image_filter.more_conditions import MoreConditions
from anylabeling.views.dialogs.image_filter.pieces import GAP_PX
from anylabeling.views.dialogs.image_filter.question import DEFAULTS, QuestionError, query_from
from anylabeling.views.dialogs.image_filter.source_row import SourceRow


class ConditionsForm(QWidget):
    """The question as controls.

    Signals:
        changed: The person changed a condition.
        label_classes_requested: The labels that occur in the folder are wanted.
    """

    changed = Signal()
    label_classes_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label_classes: Sequence[tuple[str, int]] = ()
        self._subfolder = ""
        self.source = SourceRow()
        self.classes = ClassRows()
        self.counts = CountRows()
        self.more = MoreConditions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        for part in (self.source, self.classes, self.counts, self.more):
            layout.addWidget(part)
            part.changed.connect(self.changed)
        self.source.changed.connect(self._on_source_changed)
        self._offer_classes()

    def query(self) -> FilterQuery:
        """Return the question as it stands.

        Raises:
            QuestionError: When it makes no sense yet; the text says what is to be changed.
        """
        values = self.values()
        if self.classes.needs_choice:
            raise QuestionError(tr("Choose at least one class, or any class."))
        if values["scope"] == "subfolder" and not self._subfolder:
            raise QuestionError(tr("No picture is open, so there is no sub-folder to look in."))
        return query_from(values, self._subfolder)

    def values(self) -> dict[str, object]:
        """Return the values of all controls by setting; classes that are not on offer are left out."""
        parts = (self.source, self.classes, self.counts, self.more)
        return {name: value for part in parts for name, value in part.values().items()}

    def kept_values(self) -> dict[str, object]:
        """Return what is to be remembered."""
        return {**self.values(), **self.classes.kept_values()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values, without a signal."""
        with QSignalBlocker(self):
            for part in (self.source, self.classes, self.counts, self.more):
                part.set_values(values)
            self._offer_classes()

    def reset(self) -> None:
        """Ask for nothing in particular."""
        source = self.source.values()["source"]
        self.classes.search.clear()
        self.set_values({**DEFAULTS, "source": source})
        self.changed.emit()

    def set_narrow(self, narrow: bool, very: bool) -> None:
        """Put what stands beside each other one below the other: some of it, or all."""
        self.counts.set_narrow(narrow)
        self.more.set_columns(1 if very else 2 if narrow else 3)
        self.source.set_narrow(very)
        self.classes.set_narrow(very)

    @property
    def reads_labels(self) -> bool:
        """Whether the classes are those of the label files."""
        return self.source.values()["source"] == "labels"

    def set_model(self, model: ModelInfo | None) -> None:
        """Offer the classes of another model."""
        self.source.set_model(model)
        self._offer_classes()

    def set_label_classes(self, classes: Sequence[tuple[str, int]]) -> None:
        """Take the labels that occur in the folder, and how often."""
        self._label_classes = classes
        if self.reads_labels:
            self._offer_classes()

    def set_subfolder(self, path: str, name: str) -> None:
        """Say in which sub-folder the open image is; empty when there is none."""
        self._subfolder = path
        self.counts.set_subfolder(name, path)

    def _on_source_changed(self) -> None:
        self._offer_classes()
        if self.reads_labels:
            self.label_classes_requested.emit()

    def _offer_classes(self) -> None:
        model = self.source.model
        labels = self.reads_labels
        if labels:
            self.classes.set_names([name for name, _count in self._label_classes], dict(self._label_classes))
        else:
            self.classes.set_names(model.class_names if model is not None else ())
        self.counts.set_with_scores(not labels)
        self.more.set_with_overlap(not labels and (model is None or model.has_iou))
