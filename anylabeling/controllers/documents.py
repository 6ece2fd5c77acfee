"""The annotations that are open: edits, undo, groups."""

from __future__ import annotations

import operator
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qtpy.QtCore import QObject, Signal
from qtpy.QtWidgets import QUndoGroup, QUndoStack

from anylabeling.controllers.applied_steps import AppliedSteps
from anylabeling.document.document import Change, Document, Edit
from anylabeling.document.edits import AddShapes, ChangeShapes, RemoveShapes, SetImageFields
from anylabeling.document.naming import counted
from anylabeling.document.shape import Shape
from anylabeling.errors import LabelFileError
from anylabeling.messages.notices import Notice
from anylabeling.qt.undo import push_applied, push_edit
from anylabeling.services.dataset.label_store import FileStamp, LabelStore, LoadedLabels
from anylabeling.translation import tr

KEPT_DOCUMENTS = 200
"""Documents that were only looked at and stay in memory."""
CHANGED_AT_ONCE = 2000
"""Fields of so many shapes, or fewer, are set before the call returns."""
KEPT_HISTORIES = 5000
"""Documents with something to undo that stay in memory: as many as a person edits in a day."""


@dataclass(eq=False)
class OpenDocument:
    """A document in memory and how it stands to its label file.

    Attributes:
        path: The image.
        document: Its annotation.
        stack: Its undo history.
        image_size: Width and height in pixels.
        stamp: State of the label file that was read or written last; None when there is none.
        saved_revision: The document's revision that the label file holds.
        broken: Why the label file could not be read; saving waits for the person's word.
        overwrite: The person said that the file on disk may be replaced.
        store: Where its label file was looked for; None for the store in use. Another folder may be open since.
        picture: State of the image file when it was shown last; None when it was not.
    """

    path: str
    document: Document
    stack: QUndoStack
    image_size: tuple[int, int]
    stamp: FileStamp | None = None
    saved_revision: int = 0
    broken: LabelFileError | None = None
    overwrite: bool = False
    store: LabelStore | None = None
    picture: FileStamp | None = None
    disconnect: Callable[[], None] = field(default=lambda: None)

    @property
    def dirty(self) -> bool:
        """Whether there is something that the label file does not hold."""
        return self.document.revision != self.saved_revision


ChangeMany = Callable[[OpenDocument, tuple[int, ...], Callable[[Sequence[Shape]], list[Shape]], str], object]


class DocumentController(QObject):
    """Owns the open documents; every change of one goes through here.

    Attributes:
        keep_previous: An image without labels starts with the shapes of the image before.
        keep_once: The same for the next image that is shown, and no other.
        change_many: Changes very many shapes without blocking the window; called with the document, uids, what makes
            new versions of shapes, and the step's name. Without one they are changed at once, too.

    Signals:
        current_changed: The OpenDocument on the screen, or None.
        adopted: An OpenDocument that is in memory now without having been shown.
        forgotten: Path of an image whose document is not in memory any more, with all that was unsaved.
        edited: An OpenDocument has changed and wants saving.
        shapes_changed: The current document's shapes have changed: a Change.
        history_changed: What undo and redo would do has changed.
        grouped: The number of a group that was made.
        selection_requested: Uids that the canvas should select.
        about_to_retrace: Undo or redo follows: what is still being typed is to become a step now.
        retraced: Uids of shapes that undo or redo has brought back, changed or shown again.
        notified: A Notice for the person.
        settled: The topic of a notice that no longer holds.
    """

    current_changed = Signal(object)
    adopted = Signal(object)
    forgotten = Signal(str)
    edited = Signal(object)
    shapes_changed = Signal(object)
    history_changed = Signal()
    grouped = Signal(int)
    selection_requested = Signal(tuple)
    about_to_retrace = Signal()
    retraced = Signal(tuple)
    notified = Signal(object)
    settled = Signal(str)

    def __init__(self, steps: AppliedSteps | None = None, parent: QObject | None = None) -> None:
        """Make the controller; ``steps`` are changes that a run made to label files."""
        super().__init__(parent)
        self._steps = steps or AppliedSteps()
        self._open: OrderedDict[str, OpenDocument] = OrderedDict()
        self._current: OpenDocument | None = None
        self.keep_previous = False
        self.keep_once = False
        self.change_many: ChangeMany | None = None
        self._group = QUndoGroup(self)
        self._group.indexChanged.connect(lambda _index: self.history_changed.emit())
        self._group.activeStackChanged.connect(lambda _stack: self.history_changed.emit())

    @property
    def current(self) -> OpenDocument | None:
        """The document on the screen."""
        return self._current

    def find(self, path: str) -> OpenDocument | None:
        """Return the document of an image if it is in memory."""
        return self._open.get(path)

    def unsaved(self) -> list[OpenDocument]:
        """Return the documents that hold something their label files do not."""
        return [entry for entry in self._open.values() if entry.dirty]

    def stamp_in_memory(self, path: str) -> tuple[bool, FileStamp | None]:
        """Tell whether a document is in memory, and the state of the file that it stands for.

        A document with unsaved changes counts as newer than any file: it must not be replaced by what is on disk.
        """
        entry = self._open.get(path)
        if entry is None:
            return False, None
        return True, entry.stamp

    def show(
        self,
        path: str,
        image_size: tuple[int, int],
        labels: LoadedLabels | None,
        picture: FileStamp | None = None,
    ) -> OpenDocument:
        """Make the document of an image the current one.

        Args:
            path: The image.
            image_size: Width and height in pixels.
            labels: What the label file holds, or None to use the document in memory.
            picture: State of the image file.
        """
        before = self._current
        entry = self._open.get(path)
        made_for = entry.image_size if entry is not None else None
        if entry is None or (labels is not None and not entry.dirty):
            labels = labels or LoadedLabels.empty(path)
            made_for = labels.annotation.image_size
            entry = self._add(path, image_size, labels)
        is_another = not _may_be_one(entry.picture, picture)
        entry.image_size, entry.picture = image_size, picture
        self._open.move_to_end(path)
        self._current = entry
        self._group.setActiveStack(entry.stack)
        self.current_changed.emit(entry)
        self._forget_old()
        if made_for is not None and made_for != image_size and entry.document.shapes:
            self._warn_of_size(path, made_for, image_size)
        elif is_another and entry.document.shapes:
            self._warn_of_picture(path)
        elif made_for == image_size:
            self.settled.emit(_picture_topic(path))
        keeps, self.keep_once = self.keep_previous or self.keep_once, False
        if keeps and before is not None and before is not entry and _is_untouched(entry):
            kept = [shape.duplicate() for shape in before.document.shapes]
            if kept:
                self.push(AddShapes.on_top(entry.document, kept, tr("Keep shapes of previous image")))
        return entry

    def adopt(self, path: str, image_size: tuple[int, int], labels: LoadedLabels) -> OpenDocument:
        """Take the document of an image that is not in memory, to edit it without showing it."""
        entry = self._add(path, image_size, labels)
        self.adopted.emit(entry)
        return entry

    def _warn_of_size(self, path: str, made_for: tuple[int, int], present: tuple[int, int]) -> None:
        """Say that the labels were made for a picture of another size: perhaps another one has this name now."""
        name, (width, height), (new_width, new_height) = Path(path).name, made_for, present
        text = tr(
            "The labels of {name} were made for a picture of {width:,} × {height:,} pixels; this one has "
            "{new_width:,} × {new_height:,}.",
            name=name, width=width, height=height, new_width=new_width, new_height=new_height,
        )  # fmt: skip
        hint = tr("Look whether they are about this picture before you go on.")
        self.notified.emit(Notice(text, hint, level="warning", topic=_picture_topic(path)))

    def _warn_of_picture(self, path: str) -> None:
        """Say that the picture's file is another one than the one that these labels were shown on."""
        text = tr("{name} has been changed by another program since its labels were read.", name=Path(path).name)
        hint = tr("Look whether they are about this picture before you go on.")
        self.notified.emit(Notice(text, hint, level="warning", topic=_picture_topic(path)))

    def close_current(self) -> None:
        """Show no document; those in memory stay there."""
        self._current = None
        self._group.setActiveStack(None)
        self.current_changed.emit(None)

    def reload(self, path: str) -> None:
        """Forget the document of an image, with all that is unsaved."""
        entry = self._open.pop(path, None)
        if entry is not None:
            self._release(entry)
            self.forgotten.emit(path)

    def use_other_files(self) -> None:
        """Follow other label files: forget what is saved, and let what is not become a new file among them."""
        for path, entry in list(self._open.items()):
            if entry.dirty:
                # What was read is not there; a file that is gets the question whether it may be replaced.
                entry.stamp, entry.broken, entry.overwrite, entry.store = None, None, False, None
            else:
                self.reload(path)

    def push(self, edit: Edit, entry: OpenDocument | None = None) -> None:
        """Apply an edit to the current or the given document as one undo step."""
        target = entry or self._current
        if target is not None:
            push_edit(target.stack, target.document, edit)

    def undo(self) -> None:
        """Take the last step of the current document back, and say which shapes it concerned."""
        self.about_to_retrace.emit()
        self._retrace(self._group.undo)

    def redo(self) -> None:
        """Make the step that was taken back last again, and say which shapes it concerned."""
        self.about_to_retrace.emit()
        self._retrace(self._group.redo)

    def undo_text(self) -> str | None:
        """Return the name of the step that undo would take back, or None."""
        return self._group.undoText() if self._group.canUndo() else None

    def redo_text(self) -> str | None:
        """Return the name of the step that redo would make, or None."""
        return self._group.redoText() if self._group.canRedo() else None

    def add(self, shapes: Iterable[Shape], name: str, entry: OpenDocument | None = None) -> None:
        """Add shapes on top of the current or the given document and select them."""
        added, target = tuple(shapes), entry or self._current
        if target is None or not added:
            return
        self.push(AddShapes.on_top(target.document, added, name), target)
        if target is self._current:
            self.selection_requested.emit(tuple(shape.uid for shape in added))

    def delete(self, uids: Iterable[int], verb: str = tr("Delete"), entry: OpenDocument | None = None) -> None:
        """Delete shapes of the current or the given document; locked ones stay."""
        target = entry or self._current
        wanted = tuple(uids)
        shapes = self.shapes(wanted, target, unlocked_only=True)
        if not shapes and self.shapes(wanted, target):
            self.notified.emit(Notice(tr("These shapes are locked."), tr("Unlock them to change them."), level="info"))
        if shapes and target is not None:
            edit = RemoveShapes.of(target.document, [shape.uid for shape in shapes], counted(verb, shapes))
            self.push(edit, target)

    def change(self, uids: Iterable[int], name: str, entry: OpenDocument | None = None, **fields: object) -> None:
        """Set fields of shapes of the current or the given document in one step; those that have them are left out."""
        target = entry or self._current
        if target is None:
            return
        present, values = operator.attrgetter(*fields), tuple(fields.values())
        alike = values if len(values) > 1 else values[0]

        def make(shapes: Sequence[Shape]) -> list[Shape]:
            return [shape.with_changes(**fields) for shape in shapes if present(shape) != alike]

        wanted = tuple(uids)
        if len(wanted) > CHANGED_AT_ONCE and self.change_many is not None:
            self.change_many(target, wanted, make, name)
        elif changed := make(self.shapes(wanted, target)):
            self.push(ChangeShapes.to(target.document, changed, name), target)

    def group(self, uids: Iterable[int]) -> None:
        """Give shapes a group number that no other shape of the image has."""
        wanted = tuple(uids)
        if self._current is None or not self.shapes(wanted):
            return
        taken = [shape.group_id for shape in self._current.document.shapes if shape.group_id is not None]
        number = max(taken, default=0) + 1
        self.change(wanted, tr("Group shapes"), group_id=number)
        self.grouped.emit(number)

    def ungroup(self, uids: Iterable[int]) -> None:
        """Take shapes out of their groups."""
        self.change(uids, tr("Ungroup shapes"), group_id=None)

    def set_image_fields(self, name: str, entry: OpenDocument | None = None, **fields: object) -> None:
        """Set flags, texts, tags or the review mark of the current or the given image."""
        target = entry or self._current
        if target is not None:
            self.push(SetImageFields.to(target.document, name, **fields), target)

    def shapes(
        self, uids: Iterable[int], entry: OpenDocument | None = None, *, unlocked_only: bool = False
    ) -> tuple[Shape, ...]:
        """Return the present versions of those shapes of the current or the given document that are there."""
        target = entry or self._current
        if target is None:
            return ()
        shapes = target.document.present(uids)
        return tuple([shape for shape in shapes if not shape.locked] if unlocked_only else shapes)

    def _add(self, path: str, image_size: tuple[int, int], labels: LoadedLabels) -> OpenDocument:
        old = self._open.pop(path, None)
        if old is not None:
            self._release(old)
        document = Document(labels.annotation)
        entry = OpenDocument(
            path, document, QUndoStack(self._group), image_size, labels.stamp, broken=labels.error, store=labels.store
        )
        entry.disconnect = document.changed.connect(lambda change: self._on_document_changed(entry, change))
        self._open[path] = entry
        step = self._steps.take(path, document.shapes, labels.stamp)
        if step is not None:
            push_applied(entry.stack, document, step)
        return entry

    def _retrace(self, step: Callable[[], object]) -> None:
        entry = self._current
        if entry is None:
            return
        told: list[Change] = []
        disconnect = entry.document.changed.connect(told.append)
        step()
        disconnect()
        uids = dict.fromkeys(uid for change in told for uid in (*change.added, *change.changed, *change.shown))
        if uids and entry is self._current:
            self.retraced.emit(tuple(uids))

    def _on_document_changed(self, entry: OpenDocument, change: Change) -> None:
        if entry is self._current:
            self.shapes_changed.emit(change)
        self.edited.emit(entry)

    def _forget_old(self) -> None:
        clean = {path: entry for path, entry in self._open.items() if not entry.dirty and entry is not self._current}
        edited = [path for path, entry in clean.items() if entry.stack.count()]
        looked_at = [path for path, entry in clean.items() if not entry.stack.count()]
        for paths, most in ((looked_at, KEPT_DOCUMENTS), (edited, KEPT_HISTORIES)):
            for path in paths[: max(0, len(paths) - most)]:
                self._release(self._open.pop(path))

    def _release(self, entry: OpenDocument) -> None:
        entry.disconnect()
        self._group.removeStack(entry.stack)
        entry.stack.deleteLater()


def _picture_topic(path: str) -> str:
    return f"size:{path}"


def _may_be_one(before: FileStamp | None, now: FileStamp | None) -> bool:
    """Return whether two states can be of one picture; a copy of it has another number on the disk."""
    return before is None or now is None or before.same_content_as(now)


def _is_untouched(entry: OpenDocument) -> bool:
    return entry.stamp is None and entry.broken is None and not entry.document.revision and not entry.document.shapes
