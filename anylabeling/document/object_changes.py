"""What a change of kinds and groups over many images makes of one shape."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from anylabeling.document.conversion import converted
from anylabeling.document.shape import Shape, ShapeKind


def changed_shape(
    shape: Shape,
    *,
    kinds: Mapping[str, str],
    groups: Mapping[int, int | None],
    only: Collection[str] | None = None,
) -> Sequence[Shape] | None:
    """Return what a shape becomes, or None when it stays as it is.

    Locked shapes keep their kind, and so does what cannot become the other one. A mask of several parts becomes several
    polygons.

    Args:
        shape: The shape.
        kinds: Kinds by the kinds that are to become them, as values of ShapeKind.
        groups: New numbers by group number; None dissolves the group.
        only: Labels of the shapes that it concerns; None for all.
    """
    if only is not None and shape.label not in only:
        return None
    results: Sequence[Shape] = (shape,)
    kind = kinds.get(shape.kind.value, shape.kind.value)
    if kind != shape.kind.value and not shape.locked:
        results = converted(shape, ShapeKind(kind)) or results
    if shape.group_id is not None and groups.get(shape.group_id, shape.group_id) != shape.group_id:
        results = [result.with_changes(group_id=groups[shape.group_id]) for result in results]
    return None if len(results) == 1 and results[0] is shape else results
