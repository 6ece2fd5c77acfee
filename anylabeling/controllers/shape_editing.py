"""What can be done to shapes besides drawing and dragging them: order, kinds, areas, vertices, turns, locks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.bulk_edits import BulkEdit, BulkEdits, Steps
from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.document import area_edits
from anylabeling.document.brush_stroke import BrushStroke
from anylabeling.document.conversion import converted
from anylabeling.document.document import Edit
from anylabeling.document.edits import ChangeShapes, HideShapes, ReorderShapes, ReplaceShapes
from anylabeling.document.geometry import turned
from anylabeling.document.moves import Move
from anylabeling.document.naming import counted, kind_name
from anylabeling.document.rings import simplified
from anylabeling.document.shape import Points, Shape, ShapeKind
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr

ORDERS: Mapping[str, str] = {
    "front": tr("Bring {} to front"),
    "forward": tr("Bring {} forward"),
    "backward": tr("Send {} backward"),
    "back": tr("Send {} to back"),
}
Successors = Mapping[int, Sequence[Shape]]
_NONE: frozenset[int] = frozenset()


class ShapeEditController(QObject):
    """Changes shapes of the current image, each time by one undo step. Locked shapes stay as they are.

    Attributes:
        simplify_px: How far an outline may move when it is simplified, in image pixels.

    Signals:
        notified: A Notice for the person.
    """

    notified = Signal(object)

    def __init__(self, documents: DocumentController, bulk: BulkEdits, parent: QObject | None = None) -> None:
        """Make the controller; ``bulk`` makes edits of very many shapes without blocking the window."""
        super().__init__(parent)
        self._documents = documents
        self._bulk = bulk
        self.simplify_px = 1.0
        self._next_move: tuple[BulkEdit, list[Move]] | None = None

    def order(self, uids: Iterable[int], where: str) -> None:
        """Change the drawing order: bring shapes to the "front", "forward", "backward" or to the "back"."""
        entry = self._documents.current
        chosen = {shape.uid for shape in self._documents.shapes(uids)}
        if entry is None or not chosen:
            return
        before = [shape.uid for shape in entry.document.shapes]
        after = _reordered(before, chosen, where)
        if after != before:
            what = counted("", [entry.document.shape(uid) for uid in sorted(chosen)]).strip()
            self._documents.push(ReorderShapes.to(entry.document, after, ORDERS[where].format(what)))

    def merge(self, uids: Iterable[int]) -> None:
        """Join shapes into what they cover together; upright rectangles into the rectangle around them."""
        self._combine(uids, tr("Merge"), area_edits.merged)

    def subtract(self, uids: Iterable[int]) -> None:
        """Cut the upper shapes out of the lowest of them; the upper ones stay."""
        self._combine(uids, tr("Subtract"), area_edits.subtracted)

    def intersect(self, uids: Iterable[int]) -> None:
        """Keep of some shapes only what all of them cover, as one shape."""
        self._combine(uids, tr("Intersect"), area_edits.intersected)

    def exclude(self, uids: Iterable[int]) -> None:
        """Keep of some shapes what only one of them covers, as one shape."""
        self._combine(uids, tr("Exclude"), area_edits.excluded)

    def cut_out(self, uids: Iterable[int], outline: Points, hidden: frozenset[int] = _NONE) -> None:
        """Cut an outline out of shapes: a hole when it lies inside. Without any, out of those in sight below it."""
        words = tr("The outline cuts nothing out: it has to lie on a shape and leave some of it.")
        nothing = Notice(words, level="info")
        targets = self._under_a_knife(uids, hidden)
        self._replace(tr("Cut hole into"), targets, lambda shapes: area_edits.cut_out(shapes, outline), nothing)

    def split(self, uids: Iterable[int], line: Points, hidden: frozenset[int] = _NONE) -> None:
        """Cut shapes along a line; without any, all in sight that the line goes through."""
        nothing = Notice(
            tr("The line cuts through no shape."), tr("Begin and end it outside of the shape."), level="info"
        )
        targets = self._under_a_knife(uids, hidden)
        self._replace(tr("Split"), targets, lambda shapes: area_edits.split(shapes, line), nothing)

    def brush(self, stroke: BrushStroke, *, select: bool = True) -> None:
        """Add what a brush has painted to a shape, or take away what it has erased, and select what comes of it."""
        targets = self._unlocked([stroke.uid])
        name = tr("Erase from") if stroke.erases else tr("Paint")
        self._replace(name, targets, lambda shapes: area_edits.brushed(shapes[0], stroke), None, select=select)

    def convert(self, uids: Iterable[int], kind: ShapeKind) -> None:
        """Turn shapes into another kind; those that cannot become it stay."""
        targets = tuple(shape for shape in self._unlocked(uids) if shape.kind is not kind)
        name = tr("Convert {{}} to {kind}", kind=kind_name(kind))

        def convert(shapes: Sequence[Shape]) -> Successors:
            return {shape.uid: found for shape in shapes if (found := converted(shape, kind))}

        if targets:
            nothing = Notice(tr("This cannot become a {kind}.", kind=kind_name(kind)), level="info")
            self._replace(name, targets, convert, nothing, each=True)

    def simplify(self, uids: Iterable[int]) -> None:
        """Leave out the vertices that outlines do not need."""
        tolerance = self.simplify_px

        def simplify(shapes: Sequence[Shape]) -> Successors:
            pairs = ((shape, simplified(shape, tolerance)) for shape in shapes)
            return {shape.uid: (new,) for shape, new in pairs if new is not shape}

        nothing = Notice(tr("There is no vertex to leave out."), level="info")
        self._replace(tr("Simplify"), self._unlocked(uids), simplify, nothing, each=True, select=False)

    def rotate(self, uids: Iterable[int], degrees: float) -> None:
        """Turn shapes about their own middles, clockwise for positive degrees; several turns are one step."""
        shapes = [shape for shape in self._unlocked(uids) if shape.kind not in (ShapeKind.MASK, ShapeKind.POINT)]

        def turn(targets: Sequence[Shape]) -> Successors:
            return {shape.uid: (turned(shape, math.radians(degrees)),) for shape in targets}

        self._replace(tr("Rotate"), shapes, turn, None, each=True, select=False, series="rotate")

    def move(self, move: Move) -> None:
        """Move very many shapes; steps of a key that is held add up while those before are being made."""
        entry = self._documents.current
        if entry is None:
            return
        if self._next_move is not None:
            waiting, steps = self._next_move
            both = steps[-1].followed_by(move)
            if both is not None and waiting.entry is entry and self._bulk.is_next(waiting):
                steps.append(both)
                return
        steps = [move]

        def capture() -> tuple[tuple[Shape, ...], Move]:
            return self._documents.shapes(move.uids, entry, unlocked_only=True), steps[-1]

        def apply(moved: list[Shape]) -> None:
            if moved:
                self._documents.push(ChangeShapes.to(entry.document, moved, move.name, series=move.series), entry)

        edit = BulkEdit(
            entry, move.uids, lambda given, _steps: given[1].of(given[0]), apply, self._on_failed, capture=capture
        )
        self._next_move = edit, steps
        self._bulk.run(edit)

    def toggle_locked(self, uids: Iterable[int]) -> None:
        """Lock shapes, or unlock them when all are locked."""
        shapes = self._documents.shapes(uids)
        if shapes:
            lock = not all(shape.locked for shape in shapes)
            changed = [shape for shape in shapes if shape.locked is not lock]
            name = counted(tr("Lock") if lock else tr("Unlock"), changed)
            self._documents.change([shape.uid for shape in changed], name, locked=lock)

    def hide(self, uids: Iterable[int], hides: bool = True) -> None:
        """Hide shapes that are to be seen, or show hidden ones; the label file does not hold this."""
        entry, shapes = self._documents.current, self._documents.shapes(uids)
        if entry is not None and shapes:
            name = counted(tr("Hide") if hides else tr("Show"), shapes)
            edit = HideShapes.of(entry.document, [shape.uid for shape in shapes], name, hides=hides)
            self._documents.push(edit)

    def _under_a_knife(self, uids: Iterable[int], hidden: frozenset[int]) -> tuple[Shape, ...]:
        """Return the shapes that a line or an outline may cut: the chosen ones, else all that are in sight."""
        entry, wanted = self._documents.current, tuple(uids)
        if wanted or entry is None:
            return self._unlocked(wanted)
        return tuple([shape for shape in entry.document.shapes if not shape.locked and shape.uid not in hidden])

    def _unlocked(self, uids: Iterable[int]) -> tuple[Shape, ...]:
        wanted = tuple(uids)
        shapes = self._documents.shapes(wanted, unlocked_only=True)
        if wanted and not shapes and self._documents.shapes(wanted):
            self.notified.emit(Notice(tr("These shapes are locked."), tr("Unlock them to change them."), level="info"))
        return shapes

    def _combine(self, uids: Iterable[int], verb: str, operation: Callable[[Sequence[Shape]], Successors]) -> None:
        entry = self._documents.current
        chosen = {shape.uid for shape in self._unlocked(uids)}
        if entry is None or not chosen:
            return
        shapes = [shape for shape in entry.document.shapes if shape.uid in chosen]
        if len(shapes) < 2:
            self.notified.emit(Notice(tr("Select two shapes or more."), level="info"))
            return
        nothing = Notice(tr("These shapes have no area in common."), level="info")
        self._replace(verb, shapes, operation, nothing, whole=True)

    def _replace(  # noqa: PLR0913 - what differs between edits of areas
        self,
        name: str,
        shapes: Sequence[Shape],
        operation: Callable[[Sequence[Shape]], Successors],
        otherwise: Notice | None,
        *,
        whole: bool = False,
        each: bool = False,
        select: bool = True,
        series: str = "",
    ) -> None:
        """Put what an operation makes of shapes in their place, without blocking the window for many of them.

        Args:
            name: The step's name, with {} for the shapes, or a verb.
            shapes: The shapes.
            operation: Returns the successors of each shape by its uid; it may run on a thread.
            otherwise: Said when there are none.
            whole: The name speaks of all shapes, not only of those with successors.
            each: Of each shape it makes the same whatever the others are.
            select: Select the successors.
            series: See ChangeShapes.
        """
        entry = self._documents.current
        if entry is None or not shapes:
            return
        document = entry.document

        def work(targets: tuple[Shape, ...], steps: Steps) -> Successors:
            if not each:
                return operation(targets)
            found: dict[int, Sequence[Shape]] = {}
            for part in steps.through(targets):
                found.update(operation(part))
            return found

        def apply(successors: Successors) -> None:
            if not successors:
                if otherwise is not None:
                    self.notified.emit(otherwise)
                return
            named = list(shapes) if whole else document.present(successors)
            told = name.format(counted("", named).strip()) if "{}" in name else counted(name, named)
            self._documents.push(_edit(entry, successors, told, series), entry)
            if select and entry is self._documents.current:
                made = tuple(shape.uid for found in successors.values() for shape in found)
                self._documents.selection_requested.emit(made)

        uids = tuple(shape.uid for shape in shapes)
        self._bulk.run(BulkEdit(entry, uids, work, apply, self._on_failed))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.notified.emit(Notice(error.user_text, error.hint, error.details, "warning"))


def _edit(entry: OpenDocument, successors: Successors, name: str, series: str) -> Edit:
    """Return the lightest edit that puts the successors in place."""
    if all(len(found) == 1 and found[0].uid == uid for uid, found in successors.items()):
        return ChangeShapes.to(entry.document, [found[0] for found in successors.values()], name, series=series)
    return ReplaceShapes.by(entry.document, successors, name)


def _reordered(order: Sequence[int], chosen: set[int], where: str) -> list[int]:
    rest = [uid for uid in order if uid not in chosen]
    moving = [uid for uid in order if uid in chosen]
    if where == "front":
        return [*rest, *moving]
    if where == "back":
        return [*moving, *rest]
    result = list(order)
    places = np.flatnonzero([uid in chosen for uid in order]).tolist()
    step = 1 if where == "forward" else -1
    for place in reversed(places) if step > 0 else places:
        other = place + step
        if 0 <= other < len(result) and result[other] not in chosen:
            result[place], result[other] = result[other], result[place]
    return result
