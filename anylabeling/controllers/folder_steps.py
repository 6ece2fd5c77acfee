"""The part of a change of the whole folder that concerns one open image, as a step of its undo history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qtpy.QtWidgets import QUndoStack

from anylabeling.document.document import Change, Document, Edit
from anylabeling.document.edits import ChangeShapes, Compound, RemoveShapes, ReplaceShapes
from anylabeling.document.object_changes import changed_shapes
from anylabeling.qt.undo import EditCommand
from anylabeling.utils.file_stamp import FileStamp

if TYPE_CHECKING:
    from anylabeling.messages.labels import LabelChange


@dataclass(frozen=True, slots=True, eq=False)
class FolderStep:
    """An edit that stands for a change of the whole folder; who undoes it here undoes it everywhere.

    Attributes:
        edit: What it is for this image.
        operation_id: The change of the folder.
        name: The words for the Edit menu.
        told: Called with the operation's id and whether the edit was applied, each time that it is or is taken back.
        stamp: State of the label file that the operation left, or None when it did not write it.
    """

    edit: Edit
    operation_id: str
    name: str
    told: Callable[[str, bool], object]
    stamp: FileStamp | None = None

    def apply(self, document: Document) -> Change:
        """Make the change here, and say so."""
        change = self.edit.apply(document)
        self.told(self.operation_id, True)
        return change

    def revert(self, document: Document) -> Change:
        """Take it back here, and say so."""
        change = self.edit.revert(document)
        self.told(self.operation_id, False)
        return change


def label_edit(document: Document, change: LabelChange) -> Edit | None:
    """Return the edit that a change of labels is for one document, or None when nothing in it is concerned."""
    if change.changes_objects:
        return _object_edit(document, change)
    removed = [shape.uid for shape in document.shapes if shape.label in change.deletes]
    renamed = [
        shape.with_changes(label=change.renames[shape.label])
        for shape in document.shapes
        if shape.label not in change.deletes and change.renames.get(shape.label, shape.label) != shape.label
    ]
    edits: list[Edit] = []
    if renamed:
        edits.append(ChangeShapes.to(document, renamed, change.name))
    if removed:
        edits.append(RemoveShapes.of(document, removed, change.name))
    if not edits:
        return None
    return edits[0] if len(edits) == 1 else Compound(tuple(edits), change.name)


def _object_edit(document: Document, change: LabelChange) -> Edit | None:
    shapes = document.shapes
    found = changed_shapes(shapes, kinds=change.kinds, groups=change.groups, only=change.only)
    by_uid = {shapes[place].uid: new for place, new in found.items()}
    return ReplaceShapes.by(document, by_uid, change.name) if by_uid else None


def undo_step(stack: QUndoStack, operation_id: str) -> FolderStep | None:
    """Return the step that undo would take back if it belongs to an operation."""
    return _step(stack, stack.index() - 1, operation_id)


def redo_step(stack: QUndoStack, operation_id: str) -> FolderStep | None:
    """Return the step that redo would make if it belongs to an operation."""
    return _step(stack, stack.index(), operation_id)


def _step(stack: QUndoStack, index: int, operation_id: str) -> FolderStep | None:
    command = stack.command(index) if 0 <= index < stack.count() else None
    edit = command.edit if isinstance(command, EditCommand) else None
    return edit if isinstance(edit, FolderStep) and edit.operation_id == operation_id else None
