"""What a change of kinds and groups over many images makes of the shapes of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from anylabeling.document.conversion import converted
from anylabeling.document.links import has_links, relinked
from anylabeling.document.shape import Shape, ShapeKind


def changed_shapes(
    shapes: Sequence[Shape | None],
    *,
    kinds: Mapping[str, str],
    groups: Mapping[int, int | None],
    only: Collection[str] | None = None,
) -> dict[int, Sequence[Shape]]:
    """Return what becomes of those shapes of an image that do not stay as they are, by their places.

    Links from key to value name groups, and follow them.

    Args:
        shapes: All shapes of the image; None for what cannot be understood and stays.
        kinds: See ``changed_shape``.
        groups: The same.
        only: The same.
    """
    found: dict[int, Sequence[Shape]] = {}
    for place, shape in enumerate(shapes):
        new = None if shape is None else changed_shape(shape, kinds=kinds, groups=groups, only=only)
        if new is not None:
            found[place] = new
    there = [(place, shape) for place, shape in enumerate(shapes) if shape is not None]
    if not (groups and found and has_links(shape for _place, shape in there)):
        return found
    numbers: dict[int, int | None] = {}
    for place, shape in there:
        if shape.group_id is not None:
            numbers.setdefault(shape.group_id, found.get(place, (shape,))[0].group_id)
    for place, shape in there:
        before = found.get(place, (shape,))
        after = [relinked(one, numbers) for one in before]
        if any(one is not other for one, other in zip(before, after, strict=True)):
            found[place] = after
    return found


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
