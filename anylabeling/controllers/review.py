"""Which images are labelled, empty or checked, and the way to the next one that is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, QTimer, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.controllers.navigation import NavigationController
from anylabeling.document.annotation import Annotation
from anylabeling.document.document import Change
from anylabeling.document.edits import SetImageFields
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.controllers.survey import Survey

_TOLD_AT_ONCE = 5000


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
        self._marks: dict[str, str] = {}
        self._expected: dict[str, bool] = {}
        self._untold: list[list[str]] = []
        self._telling = QTimer(self)
        self._telling.setInterval(0)
        self._telling.timeout.connect(self._tell)
        documents.current_changed.connect(self._on_current_changed)
        documents.edited.connect(self._on_edited)
        documents.shapes_changed.connect(self._on_shapes_changed)

    def mark(self, path: str) -> str:
        """Return the mark of an image."""
        mark = self._marks.get(path, "none")
        expected = self._expected.get(path)
        if expected is not None and expected != (mark == "checked"):
            return "checked" if expected else "labelled"
        return "labelled" if mark == "empty" else mark

    def expect(self, path: str, checked: bool | None) -> None:
        """Show the review mark that an image is about to have, before its label file says so; None ends that."""
        if checked is None:
            self._expected.pop(path, None)
        else:
            self._expected[path] = checked
        self.marks_changed.emit({path: self.mark(path)})

    def tell(self, path: str) -> None:
        """Say the mark of an image again, since something else was shown instead."""
        self.marks_changed.emit({path: self.mark(path)})

    def is_checked(self, path: str) -> bool:
        """Whether a person has reviewed an image, as far as is known."""
        entry = self._documents.find(path)
        return entry.document.annotation.checked if entry is not None else self._marks.get(path) == "checked"

    def is_unlabelled(self, path: str) -> bool:
        """Whether an image has no objects, flags, tags or review mark, as far as is known."""
        entry = self._documents.find(path)
        if entry is not None and entry.broken is None:
            return _mark_of(entry.document.snapshot()) == "empty"
        return self._marks.get(path, "empty") == "empty"

    def set_labelled(self, states: Mapping[str, bool]) -> None:
        """Take note which images have a label file."""
        marks = self._marks
        changed = [path for path, labelled in states.items() if labelled != (path in marks)]
        for path in changed:
            if states[path]:
                marks[path] = "labelled"
            else:
                del marks[path]
        self._tell_soon(changed)

    def set_survey(self, survey: Survey) -> None:
        """Take over what the label files of the folder say."""
        before, self._marks = self._marks, dict(survey.marks)
        for entry in self._documents.unsaved():
            if entry.path in self._marks and entry.broken is None:
                self._marks[entry.path] = _mark_of(entry.document.snapshot())
        changed = [path for path, mark in self._marks.items() if before.get(path) != mark]
        changed += [path for path in before if path not in self._marks]
        self._tell_soon(changed)

    def on_saved(self, path: str) -> None:
        """Take note of a label file that was just written."""
        entry = self._documents.find(path)
        if entry is not None:
            self._expected.pop(path, None)
            self._marks[path] = _mark_of(entry.document.snapshot())
            self.marks_changed.emit({path: self.mark(path)})

    def toggle_checked(self) -> None:
        """Mark the image on the screen as reviewed, or take the mark away."""
        entry = self._documents.current
        if entry is not None:
            self.set_checked(not entry.document.annotation.checked)

    def set_checked(self, checked: bool, entry: OpenDocument | None = None) -> None:
        """Set the review mark of the image on the screen, or of another document in memory."""
        target = entry or self._documents.current
        if target is not None and target.document.annotation.checked != checked:
            name = tr("Mark image as checked") if checked else tr("Mark image as not checked")
            self._documents.set_image_fields(name, target, checked=checked)

    def set_flag(self, flag: str, on: bool) -> None:
        """Set a flag of the image on the screen."""
        entry = self._documents.current
        if entry is None or bool(entry.document.annotation.flags.get(flag)) == on:
            return
        name = tr("Set flag {flag}", flag=flag) if on else tr("Clear flag {flag}", flag=flag)
        self._documents.set_image_fields(name, flags={**entry.document.annotation.flags, flag: on})

    def set_image_text(self, field: str, text: str, series: str = "") -> None:
        """Set "text" or "description" of the image on the screen; see SetImageFields for ``series``."""
        entry = self._documents.current
        if entry is not None and getattr(entry.document.annotation, field) != text:
            name = tr("Edit {field} of the image", field=field)
            edit = SetImageFields.to(entry.document, name, **{field: text})
            self._documents.push(replace(edit, series=series), entry)

    def go_to_unchecked(self, *, backwards: bool = False) -> None:
        """Show the next image that nobody has reviewed."""
        if not self._navigation.go_to_next(lambda path: not self.is_checked(path), backwards=backwards):
            self.notified.emit(Notice(tr("All images in the list are checked."), level="info"))

    def go_to_unlabelled(self, *, backwards: bool = False) -> None:
        """Show the next image without labels."""
        if not self._navigation.go_to_next(self.is_unlabelled, backwards=backwards):
            self.notified.emit(Notice(tr("All other images in the list are labelled."), level="info"))

    def go_to_labelled(self, *, backwards: bool = False) -> None:
        """Show the next image that has labels."""
        if not self._navigation.go_to_next(lambda path: not self.is_unlabelled(path), backwards=backwards):
            self.notified.emit(Notice(tr("No other image in the list is labelled."), level="info"))

    def _tell_soon(self, paths: list[str]) -> None:
        """Tell the marks of many images in parts, so that the window never stands still for all of them."""
        for first in range(0, len(paths), _TOLD_AT_ONCE):
            self._untold.append(paths[first : first + _TOLD_AT_ONCE])
        if self._untold:
            self._telling.start()

    def _tell(self) -> None:
        if self._untold:
            # What has changed since is told as it is now.
            self.marks_changed.emit({path: self.mark(path) for path in self._untold.pop(0)})
        if not self._untold:
            self._telling.stop()

    def _on_current_changed(self, entry: OpenDocument | None) -> None:
        if entry is not None and not entry.dirty and entry.path in self._expected:
            self.expect(entry.path, None)  # what it says is in its label file, or was given up
        self._announce()

    def _on_edited(self, entry: OpenDocument) -> None:
        """Follow an undo of a mark that is not saved yet."""
        checked = entry.document.annotation.checked
        if self._expected.get(entry.path, checked) != checked:
            self.expect(entry.path, checked)

    def _on_shapes_changed(self, change: Change) -> None:
        if change.image:
            self._announce()

    def _announce(self) -> None:
        entry = self._documents.current
        self.image_changed.emit(entry.document.annotation if entry is not None else None)


def _mark_of(annotation: Annotation) -> str:
    if annotation.checked:
        return "checked"
    return "labelled" if annotation.shapes or any(annotation.flags.values()) or annotation.tags else "empty"
