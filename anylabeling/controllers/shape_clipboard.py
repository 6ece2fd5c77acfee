"""Copies of shapes: through the system clipboard, beside themselves, in groups."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

from qtpy.QtCore import QByteArray, QMimeData, QObject, Signal
from qtpy.QtGui import QClipboard, QGuiApplication

from anylabeling.controllers.bulk_edits import AT_ONCE, BulkEdit, BulkEdits
from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.document.label_writer import HELPER_LABELS
from anylabeling.document.many import bounds_of_all, moved_all
from anylabeling.document.merging import with_free_groups
from anylabeling.document.naming import counted
from anylabeling.document.shape import Shape
from anylabeling.document.shape_text import shapes_from_text, shapes_to_text
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr
from anylabeling.utils.turns import give_way

_OFFSET_PX = 10.0
_EACH_SHAPE = b'"points"'
"""What stands once in the text of each shape."""
_TEXT = "text/plain"
_MANY_BYTES = 200_000
"""Longer text may take long to read, however many shapes it holds."""
_PIECE_BYTES = 1 << 18
_MOST_OFFSETS = 20
"""A copy that would lie exactly on another one goes aside at most so often."""

_Content = QByteArray | tuple[Shape, ...]


class ShapeClipboard(QObject):
    """Copies, cuts, pastes and duplicates shapes of the current image.

    Signals:
        notified: A Notice for the person.
    """

    notified = Signal(object)

    def __init__(self, documents: DocumentController, bulk: BulkEdits, parent: QObject | None = None) -> None:
        """Make the controller; ``bulk`` makes edits of very many shapes without blocking the window."""
        super().__init__(parent)
        self._documents = documents
        self._bulk = bulk

    def copy(self, uids: Iterable[int]) -> bool:
        """Put shapes on the system clipboard as JSON text, many of them a moment later; say whether there are any."""
        shapes = self._documents.shapes(uids)
        self._copy(shapes, lambda: None)
        return bool(shapes)

    def cut(self, uids: Iterable[int]) -> None:
        """Put shapes on the clipboard and delete them; locked ones stay."""
        entry, shapes = self._documents.current, self._documents.shapes(uids)
        wanted = [shape for shape in shapes if not shape.locked]
        if shapes and not wanted:
            self.notified.emit(Notice(tr("These shapes are locked."), tr("Unlock them to change them."), level="info"))
        self._copy(wanted, lambda: self._documents.delete([shape.uid for shape in wanted], tr("Cut"), entry))

    def paste(self) -> None:
        """Add the shapes that the system clipboard holds: in the same place on another image.

        On the image that they came from they go a little lower right, and shapes that would lie outside of a smaller
        image are moved into it.
        """
        entry, clipboard = self._documents.current, QGuiApplication.clipboard()
        if entry is None or clipboard is None:
            return
        image_size = entry.image_size

        # What a copy that is on its way will put there is not there yet.
        there = None if self._bulk.busy() else _content(clipboard)

        def capture() -> tuple[_Content, tuple[Shape, ...]]:
            return _content(clipboard) if there is None else there, entry.document.shapes

        def apply(made: list[Shape]) -> None:
            if made:
                self._add(entry, made, tr("Paste"))
            else:
                text = tr("There are no shapes on the clipboard.")
                self.notified.emit(Notice(text, tr("Copy shapes first."), level="info"))

        size = AT_ONCE + 1 if there is None else _size_of(there)
        self._bulk.run(
            BulkEdit(
                entry,
                (),
                lambda given, _steps: _pasted(given[0], given[1], image_size),
                apply,
                self._on_failed,
                size=size,
                capture=capture,
            )
        )

    def duplicate(self, uids: Iterable[int]) -> None:
        """Add copies of shapes a little lower right of them, or upper left where the image ends."""
        entry = self._documents.current
        if entry is None:
            return
        image_size = entry.image_size
        self._bulk.run(
            BulkEdit(
                entry,
                tuple(shape.uid for shape in self._documents.shapes(uids)),
                lambda shapes, _steps: moved_all(shapes, *_step(shapes, image_size), copies=True) if shapes else [],
                lambda copies: self._add(entry, copies, tr("Duplicate")),
                self._on_failed,
            )
        )

    def add_copies(self, shapes: Iterable[Shape]) -> None:
        """Add shapes that were dragged away from the ones that they are copies of."""
        entry = self._documents.current
        if entry is not None:
            self._add(entry, [shape.duplicate() for shape in shapes], tr("Copy"))

    def _copy(self, shapes: Sequence[Shape], then: Callable[[], object]) -> None:
        entry, clipboard = self._documents.current, QGuiApplication.clipboard()
        if not shapes or entry is None or clipboard is None:
            return
        image_size = entry.image_size

        def apply(text: QByteArray) -> None:
            clipboard.setMimeData(_Copied(shapes, text))
            then()

        # As they are now, whatever becomes of them until the text is made.
        edit = BulkEdit(
            entry,
            (),
            lambda _none, _steps: _to_qt(shapes_to_text(shapes, image_size)),
            apply,
            self._on_failed,
            size=len(shapes),
        )
        self._bulk.run(edit)

    def _add(self, entry: OpenDocument, copies: Sequence[Shape], verb: str) -> None:
        # A copy of a group is a group of its own.
        free = with_free_groups(entry.document.shapes, copies)
        self._documents.add(free, counted(verb, free), entry)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.notified.emit(Notice(error.user_text, error.hint, error.details, "warning"))


class _Copied(QMimeData):
    """Shapes on the clipboard: text for other programs, and themselves for this one.

    Attributes:
        shapes: What the text says.
    """

    def __init__(self, shapes: Sequence[Shape], text: QByteArray) -> None:
        super().__init__()
        self.shapes = tuple(shape for shape in shapes if shape.label not in HELPER_LABELS)
        self.setData(_TEXT, text)


def _content(clipboard: QClipboard) -> _Content:
    """Return the shapes that this program has put on the clipboard, or the text there."""
    found = clipboard.mimeData()
    if isinstance(found, _Copied):
        return found.shapes
    return found.data(_TEXT) if found is not None and found.hasText() else QByteArray()


def _size_of(content: _Content) -> int:
    """Return about how many shapes there are."""
    if isinstance(content, QByteArray):
        return content.data().count(_EACH_SHAPE) if content.size() < _MANY_BYTES else AT_ONCE + 1
    return len(content)


def _to_qt(text: bytes) -> QByteArray:
    """Return text as Qt takes it: a copy, of which 40 MB at once would take 40 ms."""
    found = QByteArray()
    found.reserve(len(text))
    for start in range(0, len(text), _PIECE_BYTES):
        give_way()
        found.append(text[start : start + _PIECE_BYTES])
    return found


def _from_qt(text: QByteArray) -> bytes:
    """Return text as Python takes it, copied in the same way."""
    written = io.BytesIO()
    with memoryview(text) as view:
        for start in range(0, len(view), _PIECE_BYTES):
            give_way()
            written.write(view[start : start + _PIECE_BYTES])
    return written.getvalue()


def _pasted(content: _Content, there: Sequence[Shape], image_size: tuple[int, int]) -> list[Shape]:
    """Return the shapes of the clipboard where they belong beside those that are there."""
    shapes = list(shapes_from_text(_from_qt(content)) if isinstance(content, QByteArray) else content)
    if not shapes:
        return []
    taken = {_place(shape, box) for shape, box in zip(there, bounds_of_all(there).tolist(), strict=True)}
    for _ in range(_MOST_OFFSETS):
        boxes = bounds_of_all(shapes).tolist()
        if any(_place(shape, box) not in taken for shape, box in zip(shapes, boxes, strict=True)):
            break
        shapes = moved_all(shapes, *_step(shapes, image_size))
    return moved_all(shapes, *_into_image(shapes, image_size), copies=True)


def _step(shapes: Sequence[Shape], image_size: tuple[int, int]) -> tuple[float, float]:
    """Return where a copy goes: lower right, or upper left where the image ends."""
    right, bottom = bounds_of_all(shapes)[:, 2:].max(axis=0)
    return (
        _OFFSET_PX if right + _OFFSET_PX <= image_size[0] else -_OFFSET_PX,
        _OFFSET_PX if bottom + _OFFSET_PX <= image_size[1] else -_OFFSET_PX,
    )


def _place(shape: Shape, box: Sequence[float]) -> tuple[object, ...]:
    return shape.kind, shape.label, tuple(box), len(shape.points)


def _into_image(shapes: Sequence[Shape], size: tuple[int, int]) -> tuple[float, float]:
    """Return the move that brings shapes into an image which has none of them, taken as a whole, inside."""
    boxes = bounds_of_all(shapes)
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    steps = [0.0, 0.0]
    for axis in (0, 1):
        if low[axis] >= size[axis]:
            steps[axis] = float(max(size[axis] - high[axis], -low[axis]))
        elif high[axis] <= 0:
            steps[axis] = float(-low[axis])
    return steps[0], steps[1]
