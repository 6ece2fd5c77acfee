"""The edits: frozen differences between two states of a document.

Each is made from the document as it is, applied once, and then only reverted and applied in turn. An edit holds the
shapes that it concerns and nothing else.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anylabeling.document.document import Change, Document, Edit
from anylabeling.document.shape import Shape
from anylabeling.translation import tr

_uid_of: Callable[[Shape], int] = operator.attrgetter("uid")


@dataclass(frozen=True, slots=True, eq=False)
class AddShapes:
    """Put new shapes on top, or at given positions."""

    placed: tuple[tuple[int, Shape], ...]
    name: str = tr("Add shapes")

    @classmethod
    def on_top(cls, document: Document, shapes: Iterable[Shape], name: str = tr("Add shapes")) -> AddShapes:
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
    name: str = tr("Delete shapes")

    @classmethod
    def of(cls, document: Document, uids: Iterable[int], name: str = tr("Delete shapes")) -> RemoveShapes:
        """Make the edit that removes the shapes with these uids."""
        places = sorted(map(document.position, set(uids)))
        shapes = document.shapes
        return cls(tuple([(place, shapes[place]) for place in places]), name)

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
    name: str = tr("Edit shapes")
    series: str = ""
    """Edits of one series that follow each other on the same shapes are one step, such as moves by arrow keys."""

    @classmethod
    def to(
        cls, document: Document, after: Iterable[Shape], name: str = tr("Edit shapes"), *, series: str = ""
    ) -> ChangeShapes:
        """Make the edit from the present versions to the given ones."""
        versions = tuple(after)
        return cls(tuple(document.present(_uids_of(versions))), versions, name, series)

    def followed_by(self, later: Edit) -> ChangeShapes | None:
        """Return this edit and a later one as one, or None when they are not of one series."""
        if not self.series or not isinstance(later, ChangeShapes) or later.series != self.series:
            return None
        if [shape.uid for shape in self.after] != [shape.uid for shape in later.after]:
            return None
        return ChangeShapes(self.before, later.after, later.name, self.series)

    def apply(self, document: Document) -> Change:
        """Put the new versions in place."""
        document.put(self.after)
        return Change(changed=tuple(_uids_of(self.after)))

    def revert(self, document: Document) -> Change:
        """Put the old versions back."""
        document.put(self.before)
        return Change(changed=tuple(_uids_of(self.before)))


@dataclass(frozen=True, slots=True, eq=False)
class ReplaceShapes:
    """Put other shapes in the place of some: merged, split, of another kind. Both may share identities."""

    removed: tuple[tuple[int, Shape], ...]
    added: tuple[tuple[int, Shape], ...]
    name: str = tr("Replace shapes")

    @classmethod
    def by(
        cls, document: Document, successors: Mapping[int, Sequence[Shape]], name: str = tr("Replace shapes")
    ) -> ReplaceShapes:
        """Make the edit that puts the successors of each shape, by its uid, where it is; none just removes it."""
        removed, added, place = [], [], 0
        for position, shape in enumerate(document.shapes):
            if shape.uid not in successors:
                place += 1
                continue
            removed.append((position, shape))
            for successor in successors[shape.uid]:
                added.append((place, successor))
                place += 1
        return cls(tuple(removed), tuple(added), name)

    def apply(self, document: Document) -> Change:
        """Take the old shapes out and put the new ones in."""
        return _exchange(document, self.removed, self.added)

    def revert(self, document: Document) -> Change:
        """Put the old shapes back where they were."""
        return _exchange(document, self.added, self.removed)


@dataclass(frozen=True, slots=True, eq=False)
class ReorderShapes:
    """Change the drawing order."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    name: str = tr("Change order")

    @classmethod
    def to(cls, document: Document, order: Sequence[int], name: str = tr("Change order")) -> ReorderShapes:
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
class HideShapes:
    """Hide shapes or show them again; nothing that a label file holds."""

    uids: tuple[int, ...]
    hides: bool
    before: frozenset[int]
    name: str = tr("Hide shapes")

    @classmethod
    def of(cls, document: Document, uids: Iterable[int], name: str = tr("Hide shapes"), *, hides: bool) -> HideShapes:
        """Make the edit that hides shapes, or shows them."""
        return cls(tuple(uids), hides, document.hidden, name)

    def apply(self, document: Document) -> Change:
        """Hide them, or show them."""
        document.hidden = self.before.union(self.uids) if self.hides else self.before.difference(self.uids)
        return self._change(hides=self.hides)

    def revert(self, document: Document) -> Change:
        """Show what was hidden, or hide what was shown."""
        document.hidden = self.before
        return self._change(hides=not self.hides)

    def _change(self, *, hides: bool) -> Change:
        return Change(visibility=True, hidden=self.uids) if hides else Change(visibility=True, shown=self.uids)


@dataclass(frozen=True, slots=True, eq=False)
class SetImageFields:
    """Change the image's own fields: flags, text, description, tags, checked."""

    before: tuple[tuple[str, Any], ...]
    after: tuple[tuple[str, Any], ...]
    name: str = tr("Edit image")
    series: str = ""
    """Edits of one series that follow each other on the same fields are one step, such as a text that is typed."""

    @classmethod
    def to(cls, document: Document, name: str = tr("Edit image"), **fields: Any) -> SetImageFields:
        """Make the edit that sets the named fields of Annotation."""
        present = document.annotation
        return cls(tuple((key, getattr(present, key)) for key in fields), tuple(fields.items()), name)

    def followed_by(self, later: Edit) -> SetImageFields | None:
        """Return this edit and a later one as one, or None when they are not of one series."""
        if not self.series or not isinstance(later, SetImageFields) or later.series != self.series:
            return None
        if [key for key, _value in self.after] != [key for key, _value in later.after]:
            return None
        return SetImageFields(self.before, later.after, later.name, self.series)

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


def _exchange(document: Document, old: tuple[tuple[int, Shape], ...], new: tuple[tuple[int, Shape], ...]) -> Change:
    document.take(_uids(old))
    document.insert(new)
    before, after = set(_uids(old)), set(_uids(new))
    return Change(
        added=tuple(uid for uid in _uids(new) if uid not in before),
        removed=tuple(uid for uid in _uids(old) if uid not in after),
        changed=tuple(uid for uid in _uids(new) if uid in before),
        reordered=any(uid in before for uid in after),
    )


def _uids(placed: Iterable[tuple[int, Shape]]) -> tuple[int, ...]:
    return tuple([shape.uid for _, shape in placed])


def _uids_of(shapes: Iterable[Shape]) -> Iterable[int]:
    return map(_uid_of, shapes)


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
