"""Copies of shapes: through the system clipboard, beside themselves, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qtpy.QtCore import QObject, Signal
from qtpy.QtGui import QGuiApplication

from anylabeling.controllers.documents import DocumentController
from anylabeling.document.geometry import bounds, moved
from anylabeling.document.merging import with_free_groups
from anylabeling.document.naming import counted
from anylabeling.document.shape import Shape
from anylabeling.document.shape_text import shapes_from_text, shapes_to_text
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr

_OFFSET_PX = 10.0
_MOST_OFFSETS = 20
"""A copy that would lie exactly on another one goes aside at most so often."""


class ShapeClipboard(QObject):
    """Copies, cuts, pastes and duplicates shapes of the current image.

    Signals:
        notified: A Notice for the person.
    """

    notified = Signal(object)

    def __init__(self, documents: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents

    def copy(self, uids: Iterable[int]) -> bool:
        """Put shapes on the system clipboard as JSON text; return whether there were any."""
        shapes, entry = self._documents.shapes(uids), self._documents.current
        clipboard = QGuiApplication.clipboard()
        if not shapes or entry is None or clipboard is None:
            return False
        try:
            clipboard.setText(shapes_to_text(shapes, entry.image_size))
        except AppError as error:
            self._refuse(error)
            return False
        return True

    def cut(self, uids: Iterable[int]) -> None:
        """Put shapes on the clipboard and delete them; locked ones stay."""
        wanted = [shape.uid for shape in self._documents.shapes(uids, unlocked_only=True)]
        if self.copy(wanted):
            self._documents.delete(wanted, tr("Cut"))

    def paste(self) -> None:
        """Add the shapes that the system clipboard holds: in the same place on another image.

        On the image that they came from they go a little lower right, and shapes that would lie outside of a smaller
        image are moved into it.
        """
        entry, clipboard = self._documents.current, QGuiApplication.clipboard()
        if entry is None or clipboard is None:
            return
        try:
            shapes = shapes_from_text(clipboard.text())
        except AppError as error:
            self._refuse(error)
            return
        if not shapes:
            self.notified.emit(
                Notice(tr("There are no shapes on the clipboard."), tr("Copy shapes first."), level="info")
            )
            return
        there = {_place(shape) for shape in entry.document.shapes}
        for _ in range(_MOST_OFFSETS):
            if any(_place(shape) not in there for shape in shapes):
                break
            dx, dy = self._step(shapes)
            shapes = tuple(moved(shape, dx, dy) for shape in shapes)
        dx, dy = _into_image(shapes, entry.image_size)
        self._add([moved(shape, dx, dy) if dx or dy else shape for shape in shapes], tr("Paste"))

    def duplicate(self, uids: Iterable[int]) -> None:
        """Add copies of shapes a little lower right of them, or upper left where the image ends."""
        shapes = self._documents.shapes(uids)
        if shapes:
            dx, dy = self._step(shapes)
            self._add([moved(shape, dx, dy) for shape in shapes], tr("Duplicate"))

    def add_copies(self, shapes: Iterable[Shape]) -> None:
        """Add shapes that were dragged away from the ones that they are copies of."""
        self._add(list(shapes), tr("Copy"))

    def _add(self, shapes: Sequence[Shape], verb: str) -> None:
        entry = self._documents.current
        if entry is None:
            return
        # A copy of a group is a group of its own.
        copies = with_free_groups(entry.document.shapes, [shape.duplicate() for shape in shapes])
        self._documents.add(copies, counted(verb, copies))

    def _step(self, shapes: Sequence[Shape]) -> tuple[float, float]:
        entry = self._documents.current
        assert entry is not None
        width, height = entry.image_size
        boxes = [bounds(shape) for shape in shapes]
        return (
            _OFFSET_PX if max(box[2] for box in boxes) + _OFFSET_PX <= width else -_OFFSET_PX,
            _OFFSET_PX if max(box[3] for box in boxes) + _OFFSET_PX <= height else -_OFFSET_PX,
        )

    def _refuse(self, error: AppError) -> None:
        self.notified.emit(Notice(error.user_text, error.hint, error.details, "warning"))


def _place(shape: Shape) -> tuple[object, ...]:
    return shape.kind, shape.label, tuple(bounds(shape)), len(shape.points)


def _into_image(shapes: Sequence[Shape], size: tuple[int, int]) -> tuple[float, float]:
    """Return the move that brings shapes into an image which has none of them, taken as a whole, inside."""
    boxes = [bounds(shape) for shape in shapes]
    low = [min(box[axis] for box in boxes) for axis in (0, 1)]
    high = [max(box[axis + 2] for box in boxes) for axis in (0, 1)]
    steps = [0.0, 0.0]
    for axis in (0, 1):
        if low[axis] >= size[axis]:
            steps[axis] = max(size[axis] - high[axis], -low[axis])
        elif high[axis] <= 0:
            steps[axis] = -low[axis]
    return steps[0], steps[1]
