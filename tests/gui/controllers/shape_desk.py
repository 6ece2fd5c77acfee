"""Controllers that edit shapes, over a real document with a real undo history, without a window."""

from __future__ import annotations

from anylabeling.controllers.bulk_edits import BulkEdits
from anylabeling.controllers.documents import DocumentController
from anylabeling.controllers.shape_clipboard import ShapeClipboard
from anylabeling.controllers.shape_editing import ShapeEditController
from anylabeling.document.document import Document
from anylabeling.document.shape import Shape
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import TaskRunner

SIZE = (400, 300)


class ShapeDesk:
    """One open image and the controllers."""

    def __init__(self) -> None:
        self.documents = DocumentController()
        self.runner = TaskRunner()
        self.bulk = BulkEdits(self.runner, self.documents)
        self.editing = ShapeEditController(self.documents, self.bulk)
        self.clipboard = ShapeClipboard(self.documents, self.bulk)
        self.notices: list[Notice] = []
        self.selected: tuple[int, ...] = ()
        self.editing.notified.connect(self.notices.append)
        self.clipboard.notified.connect(self.notices.append)
        self.documents.selection_requested.connect(self._select)
        self.open("/pictures/a.png")

    def open(self, path: str, size: tuple[int, int] = SIZE) -> None:
        """Show an image."""
        self.entry = self.documents.show(path, size, None)

    def put(self, *shapes: Shape) -> tuple[int, ...]:
        """Add shapes and return their uids."""
        self.documents.add(shapes, "Add")
        return tuple(shape.uid for shape in shapes)

    @property
    def document(self) -> Document:
        """The document on the desk."""
        return self.entry.document

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Its shapes, bottom first."""
        return self.document.shapes

    def content(self) -> tuple[object, ...]:
        """What the label file would hold."""
        return self.document.snapshot().content()

    def _select(self, uids: tuple[int, ...]) -> None:
        self.selected = uids
