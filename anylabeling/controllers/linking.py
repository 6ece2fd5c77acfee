"""Link shapes from key to value, in the order in which they were selected."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController
from anylabeling.document.edits import ChangeShapes
from anylabeling.document.links import linked, unlinked
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr


class LinkController(QObject):
    """Knows the order of the selection, and makes and removes links.

    Signals:
        notified: A Notice for the person.
    """

    notified = Signal(object)

    def __init__(self, documents: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._order: list[int] = []

    def set_selection(self, uids: Sequence[int]) -> None:
        """Follow the selection; what was selected first stays first."""
        chosen = set(uids)
        self._order = [uid for uid in self._order if uid in chosen]
        before = set(self._order)
        self._order += [uid for uid in uids if uid not in before]

    def link(self) -> None:
        """Link the two selected shapes: the one that was selected first is the key."""
        entry = self._documents.current
        if entry is None:
            return
        uids = [uid for uid in self._order if uid in entry.document]
        if len(uids) != 2:
            self.notified.emit(
                Notice(
                    tr("Select two objects to link them."), tr("First the key, then with Ctrl the value."), level="info"
                )
            )
            return
        shapes = entry.document.shapes
        ends = linked(shapes, entry.document.shape(uids[0]), entry.document.shape(uids[1]))
        self._documents.push(ChangeShapes.to(entry.document, ends, tr("Link objects")))

    def unlink(self) -> None:
        """Remove the links among the selected shapes, or all of one."""
        entry = self._documents.current
        if entry is None:
            return
        changed = unlinked(entry.document.shapes, self._order)
        if changed:
            self._documents.push(ChangeShapes.to(entry.document, changed, tr("Unlink objects")))
