"""Which label a new or chosen shape gets, and which labels there are."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qtpy.QtCore import QObject, Signal

from anylabeling.config import Config
from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.document.edits import ChangeShapes
from anylabeling.document.labels import is_allowed
from anylabeling.document.merging import with_free_groups
from anylabeling.document.shape import Shape
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr

_MOST_RECENT = 50
_label_of: Callable[[Shape], str] = operator.attrgetter("label")


@dataclass(frozen=True, slots=True, eq=False)
class LabelQuestion:
    """The window is to ask for a label.

    Attributes:
        entry: The document that they belong to; another image may be on the screen when the answer comes.
        shapes: A new shape or the parts of a new object, or the shapes whose label is to change.
        new: Whether they were just drawn and are not in the document yet.
        label: What to propose.
        known: Labels to complete from, the ones used last first.
    """

    entry: OpenDocument
    shapes: tuple[Shape, ...]
    new: bool
    label: str
    known: tuple[str, ...]


class LabelController(QObject):
    """Asks for labels and remembers them.

    Signals:
        notified: A Notice for the person.
        question: A LabelQuestion for the window.
        drawing_settled: The drawn shape was added or dropped; the canvas may forget its preview.
        drawn_added: It was added.
        drawn: The OpenDocument and the list of shapes that the person has drawn and that were added to it.
        labels_changed: List of (name, count in this image) in the order in which they are to be shown.
    """

    notified = Signal(object)
    question = Signal(object)
    drawing_settled = Signal()
    drawn_added = Signal()
    drawn = Signal(object, object)
    labels_changed = Signal(object)

    def __init__(self, documents: DocumentController, config: Config, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._recent: list[str] = []
        self._seen: set[str] = set()
        self._preferred = ""
        self._armed = ""
        self._last_group: int | None = None
        self.apply(config)
        documents.current_changed.connect(lambda _entry: self.refresh())
        documents.shapes_changed.connect(lambda _change: self.refresh())
        documents.grouped.connect(self._use_group)

    def apply(self, config: Config) -> None:
        """Follow the settings."""
        self._configured: list[str] = [str(label) for label in config["labels"] or []]
        self._sort = bool(config["sort_labels"])
        self._popup = bool(config["display_label_popup"])
        self._use_last = bool(config["auto_use_last_label"])
        self._use_last_group = bool(config["auto_use_last_gid"])
        self._validation = config["validate_label"]
        self.refresh()

    def set_use_last(self, on: bool) -> None:
        """Give new shapes the last label without asking, or ask again."""
        self._use_last = on

    def set_use_last_group(self, on: bool) -> None:
        """Give new shapes the group number that was given last, or none."""
        self._use_last_group = on

    @property
    def armed(self) -> str:
        """The label that new shapes get without a question; empty for none."""
        return self._armed

    @property
    def recent(self) -> tuple[str, ...]:
        """The labels used last, the last one first."""
        return tuple(self._recent)

    def remember(self, labels: Iterable[str]) -> None:
        """Take over the labels that were used last in an earlier session."""
        self._recent = list(dict.fromkeys((*self._recent, *labels)))[:_MOST_RECENT]

    def allows(self, label: str) -> bool:
        """Return whether the settings allow a label; say so when they do not."""
        if is_allowed(label, self._configured, self._validation):
            return True
        text = tr("The label {label} is not in the list that the settings allow.", label=label)
        self.notified.emit(Notice(text, tr("Add it under labels, or take validate_label away."), level="warning"))
        return False

    def arm(self, label: str) -> bool:
        """Give new shapes this label without a question, or ask again with an empty one; return whether it may be."""
        if label and not self.allows(label):
            return False
        self._armed = label
        return True

    def prefer(self, label: str) -> None:
        """Propose this label for what is drawn next."""
        self._preferred = label

    def add_known(self, labels: Iterable[str]) -> None:
        """Offer labels that are not in the image, such as a model's classes."""
        self._seen.update(label for label in labels if label)
        self.refresh()

    def follow(self, renames: Mapping[str, str], deletes: Collection[str]) -> None:
        """Offer labels under the names that a change of the whole folder gives them, and none that it deletes."""

        def after(labels: Iterable[str]) -> dict[str, None]:
            return dict.fromkeys(renames.get(label, label) for label in labels if label not in deletes)

        self._recent, self._seen = list(after(self._recent)), set(after(self._seen))
        self._preferred = next(iter(after([self._preferred])), "")
        self._armed = next(iter(after([self._armed])), "")
        self.refresh()

    def known(self) -> tuple[str, ...]:
        """Return all labels to complete from: used last, then configured, then seen."""
        rest = sorted(self._seen, key=str.casefold)
        return tuple(dict.fromkeys((*self._recent, *self._configured, *rest)))

    def on_canvas_shape_drawn(self, shape: Shape) -> None:
        """Add the drawn shape with the label at hand, or ask for one."""
        if self._use_last_group and self._last_group is not None and shape.group_id is None:
            shape = shape.with_changes(group_id=self._last_group)
        self._take((shape,))

    def on_canvas_parts_drawn(self, shapes: tuple[Shape, ...]) -> None:
        """Add an object in parts as a group of its own, with the label at hand, or ask for one."""
        entry = self._documents.current
        self._take(shapes if entry is None else tuple(with_free_groups(entry.document.shapes, shapes)))

    def _take(self, shapes: tuple[Shape, ...]) -> None:
        entry = self._documents.current
        if entry is None:
            self.drawing_settled.emit()
            return
        if self._armed:
            self._add(entry, shapes, label=self._armed)
            return
        at_hand = self._preferred or (self._recent[0] if self._recent else "")
        if at_hand and (self._use_last or not self._popup):
            self._add(entry, shapes, label=at_hand)
        elif not self._popup:
            self._add(entry, shapes, label="object")
        else:
            self.question.emit(LabelQuestion(entry, shapes, True, at_hand, self.known()))

    def edit(self, uids: Iterable[int]) -> None:
        """Ask for another label for shapes of the current image."""
        entry = self._documents.current
        if entry is None:
            return
        shapes = tuple(entry.document.shape(uid) for uid in uids if uid in entry.document)
        if shapes:
            self.question.emit(LabelQuestion(entry, shapes, False, shapes[0].label, self.known()))

    def answer(self, question: LabelQuestion, fields: dict[str, object] | None) -> None:
        """Take the window's answer: the fields of Shape to set, or None for a dropped question."""
        if fields is None:
            self.drawing_settled.emit()
            return
        given = fields.get("group_id")
        alone = question.shapes[0] if len(question.shapes) == 1 else None
        if alone is not None and (given is not None or alone.group_id is not None):
            self._use_group(given)  # what was taken out of its group ends that, too
        if question.new:
            self._add(question.entry, question.shapes, **fields)
            return
        self._use(str(fields.get("label", "")))
        if len(question.shapes) > 1:  # several shapes share the label, not each other's texts
            fields = {"label": fields["label"]}
        self._documents.change([shape.uid for shape in question.shapes], tr("Edit label"), question.entry, **fields)

    def relabel(self, uids: Iterable[int], label: str) -> None:
        """Give shapes another label without asking, if the settings allow it."""
        if not self.allows(label):
            return
        self._use(label)
        self._documents.change(uids, tr("Label as {label}", label=label), label=label)

    def set_text(self, uid: int, field: str, text: str, series: str) -> None:
        """Set "text" or "description" of a shape of the current image; see ChangeShapes for ``series``."""
        entry = self._documents.current
        fields: dict[str, Any] = {field: text}
        changed = [one.with_changes(**fields) for one in self._documents.shapes([uid]) if getattr(one, field) != text]
        if entry is not None and changed:
            name = tr("Edit {field}", field=field)
            self._documents.push(ChangeShapes.to(entry.document, changed, name, series=series), entry)

    def _add(self, entry: OpenDocument, shapes: tuple[Shape, ...], **fields: Any) -> None:
        # The label file may have been read anew while the question was on the screen.
        entry = self._documents.find(entry.path) or entry
        label = str(fields["label"])
        self._use(label)
        added = [shape.with_changes(**fields) for shape in shapes]
        self._documents.add(added, tr("Add {label}", label=label), entry)
        self.drawing_settled.emit()
        self.drawn_added.emit()
        self.drawn.emit(entry, added)

    def _use(self, label: str) -> None:
        if label:
            self._recent = [label, *(known for known in self._recent if known != label)][:_MOST_RECENT]
            self._preferred = label

    def _use_group(self, group_id: object) -> None:
        self._last_group = group_id if isinstance(group_id, int) else None

    def refresh(self) -> None:
        """Say again which labels there are."""
        entry = self._documents.current
        counts = Counter(map(_label_of, entry.document.shapes)) if entry is not None else Counter()
        self._seen.update(label for label in counts if label)
        names = dict.fromkeys((*self._configured, *counts, *self._recent))
        ordered = sorted(names, key=str.casefold) if self._sort else list(names)
        self.labels_changed.emit([(name, counts.get(name, 0)) for name in ordered if name])
