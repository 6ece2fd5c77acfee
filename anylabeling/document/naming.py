"""The words of the Edit menu: what a step did, and to what."""

from __future__ import annotations

from collections.abc import Sequence

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.translation import tr, trn


def kind_name(kind: ShapeKind) -> str:
    """Return what a person calls a shape of this kind."""
    return tr("shape") if kind is ShapeKind.OTHER else tr(kind.value.replace("_", " "))


def counted(verb: str, shapes: Sequence[Shape]) -> str:
    """Return the verb with what it did something to: the label or kind of one shape, or how many there are."""
    if len(shapes) == 1:
        return f"{verb} {shapes[0].label or kind_name(shapes[0].kind)}"
    return f"{verb} " + trn("%n shape", "%n shapes", len(shapes))
