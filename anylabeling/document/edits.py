"""The edits: frozen differences between two states of a document.

Each is made from the document as it is, applied once, and then only reverted and applied in turn. An edit holds the
shapes that it concerns and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from anylabeling.document.document import Change, Document, Edit
from anylabeling.document.shape import Shape


@dataclass(frozen=True, slots=True, eq=False)
class AddShapes:
    """Put new shapes on top, or at given positions."""

    placed: tuple[tuple[int, Shape], ...]
    name: str = "Add shapes"

    @classmethod
    def on_top(cls, document: Document, shapes: Iterable[Shape], name: str = "Add shapes") -> AddShapes:
        """Make the edit that puts shapes above all others."""
        start = len(document.shapes)
        return cls(tuple(enumerate(shapes, start)), name)

    def apply(self, document: Document) -> Change:
        """Insert the shapes."""
        document.insert(self.placed)
        return Change(added=_uids(self.placed))

    def revert(self, document: Document) -> Change:
        """Remove them again."""
        document.take(_uids(self.placed))
        return Change(removed=_uids(self.placed))


@dataclass(frozen=True, slots=True, eq=False)
class RemoveShapes:
    """Remove shapes and remember where they were."""

    placed: tuple[tuple[int, Shape], ...]
    name: str = "Delete shapes"

    @classmethod
    def of(cls, document: Document, uids: Iterable[int], name: str = "Delete shapes") -> RemoveShapes:
        """Make the edit that removes the shapes with these uids."""
        placed = sorted(((document.position(uid), document.shape(uid)) for uid in set(uids)), key=lambda pair: pair[0])
        return cls(tuple(placed), name)

    def apply(self, document: Document) -> Change:
        """Remove the shapes."""
        document.take(_uids(self.placed))
        return Change(removed=_uids(self.placed))

    def revert(self, document: Document) -> Change:
        """Put them back where they were."""
        document.insert(self.placed)
        return Change(added=_uids(self.placed))


@dataclass(frozen=True, slots=True, eq=False)
class ChangeShapes:
    """Replace shapes by other versions of themselves: moved, relabelled, with other vertices."""

    before: tuple[Shape, ...]
    after: tuple[Shape, ...]
    name: str = "Edit shapes"

    @classmethod
    def to(cls, document: Document, after: Iterable[Shape], name: str = "Edit shapes") -> ChangeShapes:
        """Make the edit from the present versions to the given ones."""
        versions = tuple(after)
        return cls(tuple(document.shape(shape.uid) for shape in versions), versions, name)

    def apply(self, document: Document) -> Change:
        """Put the new versions in place."""
        document.put(self.after)
        return Change(changed=tuple(shape.uid for shape in self.after))

    def revert(self, document: Document) -> Change:
        """Put the old versions back."""
        document.put(self.before)
        return Change(changed=tuple(shape.uid for shape in self.before))


@dataclass(frozen=True, slots=True, eq=False)
class ReorderShapes:
    """Change the drawing order."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    name: str = "Change order"

    @classmethod
    def to(cls, document: Document, order: Sequence[int], name: str = "Change order") -> ReorderShapes:
        """Make the edit from the present order of uids to the given one."""
        return cls(tuple(shape.uid for shape in document.shapes), tuple(order), name)

    def apply(self, document: Document) -> Change:
        """Bring the shapes into the new order."""
        document.order(self.after)
        return Change(reordered=True)

    def revert(self, document: Document) -> Change:
        """Bring them into the old order."""
        document.order(self.before)
        return Change(reordered=True)


@dataclass(frozen=True, slots=True, eq=False)
class SetImageFields:
    """Change the image's own fields: flags, text, description, checked."""

    before: tuple[tuple[str, Any], ...]
    after: tuple[tuple[str, Any], ...]
    name: str = "Edit image"

    @classmethod
    def to(cls, document: Document, name: str = "Edit image", **fields: Any) -> SetImageFields:
        """Make the edit that sets the named fields of Annotation."""
        present = document.annotation
        return cls(tuple((key, getattr(present, key)) for key in fields), tuple(fields.items()), name)

    def apply(self, document: Document) -> Change:
        """Set the new values."""
        document.set_fields(dict(self.after))
        return Change(image=True)

    def revert(self, document: Document) -> Change:
        """Set the old values."""
        document.set_fields(dict(self.before))
        return Change(image=True)


@dataclass(frozen=True, slots=True, eq=False)
class Compound:
    """Several edits that a person sees as one step. Each was made for the state that those before it leave."""

    edits: tuple[Edit, ...]
    name: str

    def apply(self, document: Document) -> Change:
        """Apply them in order."""
        return _merged([edit.apply(document) for edit in self.edits])

    def revert(self, document: Document) -> Change:
        """Revert them in reverse order."""
        return _merged([edit.revert(document) for edit in reversed(self.edits)])


def replace_all(document: Document, shapes: Sequence[Shape], name: str) -> Edit:
    """Make one edit that removes every shape and adds the given ones."""
    remove = RemoveShapes.of(document, [shape.uid for shape in document.shapes], name)
    add = AddShapes(tuple(enumerate(shapes)), name)
    return Compound((remove, add), name)


def _uids(placed: Iterable[tuple[int, Shape]]) -> tuple[int, ...]:
    return tuple(shape.uid for _, shape in placed)


def _merged(changes: Sequence[Change]) -> Change:
    added = [uid for change in changes for uid in change.added]
    removed = [uid for change in changes for uid in change.removed]
    changed = [uid for change in changes for uid in change.changed]
    told_otherwise = {*added, *removed}
    return Change(
        added=tuple(dict.fromkeys(added)),
        removed=tuple(dict.fromkeys(removed)),
        changed=tuple(uid for uid in dict.fromkeys(changed) if uid not in told_otherwise),
        reordered=any(change.reordered for change in changes),
        image=any(change.image for change in changes),
    )
