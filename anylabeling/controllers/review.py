"""Which images are labelled, empty or checked, and the way to the next one that is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController
from anylabeling.controllers.navigation import NavigationController
from anylabeling.controllers.survey import Survey
from anylabeling.document.annotation import Annotation
from anylabeling.document.document import Change
from anylabeling.messages.notices import Notice


class ReviewController(QObject):
    """Holds what is known about the images of the folder. The label index says it; saving keeps it up to date.

    Signals:
        marks_changed: Mapping of path to its mark: "none", "labelled", "checked" or "failed".
        image_changed: The Annotation on the screen when its flags, texts or review mark have changed, or None.
        notified: A Notice for the person.
    """

    marks_changed = Signal(object)
    image_changed = Signal(object)
    notified = Signal(object)

    def __init__(
        self, documents: DocumentController, navigation: NavigationController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._navigation = navigation
        self._labelled: set[str] = set()
        self._checked: set[str] = set()
        self._empty: set[str] = set()
        self._broken: set[str] = set()
        documents.current_changed.connect(lambda _entry: self._announce())
        documents.shapes_changed.connect(self._on_shapes_changed)

    def mark(self, path: str) -> str:
        """Return the mark of an image."""
        if path in self._broken:
            return "failed"
        if path in self._checked:
            return "checked"
        return "labelled" if path in self._labelled else "none"

    def is_checked(self, path: str) -> bool:
        """Whether a person has reviewed an image, as far as is known."""
        entry = self._documents.find(path)
        return entry.document.annotation.checked if entry is not None else path in self._checked

    def is_unlabelled(self, path: str) -> bool:
        """Whether an image has neither objects nor flags nor a review mark, as far as is known."""
        entry = self._documents.find(path)
        if entry is not None and entry.broken is None:
            return _says_nothing(entry.document.snapshot())
        return path not in self._labelled or path in self._empty

    def set_labelled(self, states: dict[str, bool]) -> None:
        """Take note which images have a label file."""
        for path, labelled in states.items():
            if labelled:
                self._labelled.add(path)
            else:
                for known in (self._labelled, self._checked, self._empty, self._broken):
                    known.discard(path)
        self.marks_changed.emit({path: self.mark(path) for path in states})

    def set_survey(self, survey: Survey) -> None:
        """Take over what the label files of the folder say."""
        columns, before = survey.columns, (self._labelled, self._checked, self._empty, self._broken)
        flagged = np.fromiter(map(bool, columns.flags), np.bool_, len(columns.flags))
        nothing = (np.diff(columns.offsets) == 0) & ~flagged & ~columns.checked & ~columns.broken
        self._labelled = _chosen(survey.paths, columns.has_file)
        self._checked = _chosen(survey.paths, columns.checked)
        self._empty = _chosen(survey.paths, columns.has_file & nothing)
        self._broken = _chosen(survey.paths, columns.broken)
        for entry in self._documents.unsaved():
            self._learn(entry.path, entry.document.snapshot())
        after = (self._labelled, self._checked, self._empty, self._broken)
        changed = set().union(*(old ^ new for old, new in zip(before, after, strict=True)))
        if changed:
            self.marks_changed.emit({path: self.mark(path) for path in changed})

    def on_saved(self, path: str) -> None:
        """Take note of a label file that was just written."""
        entry = self._documents.find(path)
        if entry is not None:
            self._labelled.add(path)
            self._broken.discard(path)
            self._learn(path, entry.document.snapshot())
            self.marks_changed.emit({path: self.mark(path)})

    def toggle_checked(self) -> None:
        """Mark the image on the screen as reviewed, or take the mark away."""
        entry = self._documents.current
        if entry is not None:
            self.set_checked(not entry.document.annotation.checked)

    def set_checked(self, checked: bool) -> None:
        """Set the review mark of the image on the screen."""
        entry = self._documents.current
        if entry is not None and entry.document.annotation.checked != checked:
            name = "Mark image as checked" if checked else "Mark image as not checked"
            self._documents.set_image_fields(name, checked=checked)

    def set_flag(self, flag: str, on: bool) -> None:
        """Set a flag of the image on the screen."""
        entry = self._documents.current
        if entry is None or bool(entry.document.annotation.flags.get(flag)) == on:
            return
        name = f"Set flag {flag}" if on else f"Clear flag {flag}"
        self._documents.set_image_fields(name, flags={**entry.document.annotation.flags, flag: on})

    def set_image_text(self, field: str, text: str) -> None:
        """Set "text" or "description" of the image on the screen."""
        entry = self._documents.current
        if entry is not None and getattr(entry.document.annotation, field) != text:
            self._documents.set_image_fields(f"Edit {field} of the image", **{field: text})

    def go_to_unchecked(self, *, backwards: bool = False) -> None:
        """Show the next image that nobody has reviewed."""
        if not self._navigation.go_to_next(lambda path: not self.is_checked(path), backwards=backwards):
            self.notified.emit(Notice("All images in the list are checked.", level="info"))

    def go_to_unlabelled(self, *, backwards: bool = False) -> None:
        """Show the next image without labels."""
        if not self._navigation.go_to_next(self.is_unlabelled, backwards=backwards):
            self.notified.emit(Notice("All other images in the list are labelled.", level="info"))

    def _learn(self, path: str, annotation: Annotation) -> None:
        for known, belongs in ((self._checked, annotation.checked), (self._empty, _says_nothing(annotation))):
            (known.add if belongs else known.discard)(path)

    def _on_shapes_changed(self, change: Change) -> None:
        if change.image:
            self._announce()

    def _announce(self) -> None:
        entry = self._documents.current
        self.image_changed.emit(entry.document.annotation if entry is not None else None)


def _says_nothing(annotation: Annotation) -> bool:
    return not (annotation.shapes or any(annotation.flags.values()) or annotation.checked)


def _chosen(paths: Sequence[str], wanted: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> set[str]:
    return {paths[number] for number in np.flatnonzero(wanted).tolist()}
