"""Qt's undo stack over the document's edits."""

from __future__ import annotations

from qtpy.QtWidgets import QUndoCommand, QUndoStack

from anylabeling.document.document import Document, Edit, Origin
from anylabeling.document.edits import ChangeShapes, SetImageFields

_SERIES = 1


class EditCommand(QUndoCommand):
    """One edit on a document as Qt's undo stack wants it."""

    def __init__(self, document: Document, edit: Edit, *, applied: bool = False) -> None:
        super().__init__(edit.name)
        self._document = document
        self._edit = edit
        self._origin = Origin.EDIT
        self._applied = applied

    @property
    def edit(self) -> Edit:
        """The edit inside."""
        return self._edit

    def id(self) -> int:
        """Return a number that commands share which may become one; Qt asks ``mergeWith`` then."""
        return _SERIES if isinstance(self._edit, ChangeShapes | SetImageFields) and self._edit.series else -1

    def mergeWith(self, other: QUndoCommand | None) -> bool:
        """Take the next command in, if both are of one series of edits."""
        if not isinstance(other, EditCommand) or not isinstance(self._edit, ChangeShapes | SetImageFields):
            return False
        both = self._edit.followed_by(other.edit)
        if both is None:
            return False
        self._edit = both
        self.setText(both.name)
        return True

    def redo(self) -> None:
        """Apply the edit. QUndoStack.push calls this once at first."""
        if self._applied:
            self._applied = False
        else:
            self._document.apply(self._edit, self._origin)
        self._origin = Origin.REDO

    def undo(self) -> None:
        """Take the edit back."""
        self._document.revert(self._edit)


def push_edit(stack: QUndoStack, document: Document, edit: Edit) -> None:
    """Apply an edit as a new step."""
    stack.push(EditCommand(document, edit))


def push_applied(stack: QUndoStack, document: Document, edit: Edit) -> None:
    """Add a step for an edit whose result the document holds already."""
    stack.push(EditCommand(document, edit, applied=True))
