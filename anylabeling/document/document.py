"""The annotation of the image on the screen, changed only by edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from anylabeling.document.annotation import Annotation
from anylabeling.document.shape import Shape
from anylabeling.utils.events import Event

_FEW = 16


class Origin(Enum):
    """Who asked for a change."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    LOAD = "load"


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did, so that views repaint only that.

    Attributes:
        added: Uids of shapes that are there now and were not before.
        removed: Uids of shapes that are gone.
        changed: Uids of shapes that were replaced by another version.
        reordered: Whether the drawing order of shapes that stayed has changed.
        image: Whether image flags, text, description, tags or the review mark have changed.
        origin: Who asked for it.
        visibility: Whether, and nothing else, some shapes were hidden or shown.
        hidden: Uids of shapes that are not to be seen any more.
        shown: Uids of shapes that are to be seen again.
    """

    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    reordered: bool = False
    image: bool = False
    origin: Origin = Origin.EDIT
    visibility: bool = False
    hidden: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()


class Edit(Protocol):
    """A difference that can be applied and reverted; a small frozen object."""

    @property
    def name(self) -> str:
        """The words for the Edit menu, such as "Add polygon"."""

    def apply(self, document: Document) -> Change:
        """Make the change."""

    def revert(self, document: Document) -> Change:
        """Take the change back."""


class Document:
    """The mutable state behind the canvas. It lives on one thread; other threads get ``snapshot()``.

    Attributes:
        changed: Emitted with the Change after each edit, undo and redo.
        revision: Grows by one with each change of what a label file holds; equal revisions mean equal content.
        hidden: Uids of shapes that a person has hidden one by one; those that are gone may be among them, since they
            can come back.
    """

    def __init__(self, annotation: Annotation | None = None) -> None:
        self.changed: Event[Change] = Event()
        self.revision = 0
        self.hidden: frozenset[int] = frozenset()
        self._annotation = annotation or Annotation()
        self._shapes: list[Shape] = list(self._annotation.shapes)
        self._frozen: tuple[Shape, ...] | None = self._annotation.shapes
        self._positions: dict[int, int] | None = None

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes now, bottom first. The tuple is made once per change."""
        if self._frozen is None:
            self._frozen = tuple(self._shapes)
        return self._frozen

    @property
    def annotation(self) -> Annotation:
        """The image's own fields; its ``shapes`` are stale, ``snapshot()`` has the present ones."""
        return self._annotation

    def snapshot(self) -> Annotation:
        """Return the present content as a frozen value for another thread."""
        return self._annotation.with_changes(shapes=self.shapes)

    def __contains__(self, uid: int) -> bool:
        return uid in self._index()

    def shape(self, uid: int) -> Shape:
        """Return the present version of a shape.

        Raises:
            KeyError: When the document has no such shape.
        """
        return self._shapes[self._index()[uid]]

    def present(self, uids: Iterable[int]) -> list[Shape]:
        """Return the present versions of those shapes that are there, in the order of the uids."""
        index, shapes = self._index(), self._shapes
        places = map(index.get, uids)
        return [shapes[place] for place in places if place is not None]

    def position(self, uid: int) -> int:
        """Return a shape's place in the drawing order, 0 at the bottom."""
        return self._index()[uid]

    def apply(self, edit: Edit, origin: Origin = Origin.EDIT) -> Change:
        """Apply an edit and tell the listeners."""
        return self._announce(edit.apply(self), origin)

    def revert(self, edit: Edit) -> Change:
        """Take an edit back and tell the listeners. The document must be as the edit left it."""
        return self._announce(edit.revert(self), Origin.UNDO)

    # What follows is for edits only: it changes the state without telling anybody.

    def insert(self, placed: Iterable[tuple[int, Shape]]) -> None:
        """Put shapes at their positions, given in ascending order of position in the result."""
        new = list(placed)
        if new and new[0][0] == len(self._shapes):
            self._shapes.extend(shape for _position, shape in new)
        elif len(new) < _FEW:
            for position, shape in new:
                self._shapes.insert(position, shape)
        else:
            self._shapes = _merged(self._shapes, new)
        self._touched()

    def take(self, uids: Iterable[int]) -> None:
        """Remove shapes."""
        gone = set(uids)
        self._shapes = [shape for shape in self._shapes if shape.uid not in gone]
        self._touched()

    def put(self, shapes: Iterable[Shape]) -> None:
        """Replace shapes by other versions with the same uid."""
        index, own = self._index(), self._shapes
        for shape in shapes:
            own[index[shape.uid]] = shape
        self._frozen = None

    def order(self, uids: Sequence[int]) -> None:
        """Bring all shapes into the given order."""
        index = self._index()
        self._shapes = [self._shapes[index[uid]] for uid in uids]
        self._touched()

    def set_fields(self, fields: Mapping[str, object]) -> None:
        """Replace fields of the image (flags, text, description, tags, checked)."""
        self._annotation = self._annotation.with_changes(**fields)

    def _touched(self) -> None:
        self._frozen = None
        self._positions = None

    def _index(self) -> dict[int, int]:
        if self._positions is None:
            self._positions = {shape.uid: position for position, shape in enumerate(self._shapes)}
        return self._positions

    def _announce(self, change: Change, origin: Origin) -> Change:
        told = replace(change, origin=origin)
        if not told.visibility:
            self.revision += 1
        self.changed.emit(told)
        return told


def _merged(shapes: Sequence[Shape], placed: Sequence[tuple[int, Shape]]) -> list[Shape]:
    """Return shapes with others at their positions in the result, in one pass over both."""
    merged: list[Shape] = []
    start = 0
    for position, shape in placed:
        end = start + position - len(merged)
        merged += shapes[start:end]
        merged.append(shape)
        start = end
    merged += shapes[start:]
    return merged
