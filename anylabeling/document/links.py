"""Links from key to value between shapes, as X-AnyLabeling keeps them: ``kie_linking``, pairs of group numbers.

Both shapes of a link hold the pair. A shape is named by its ``group_id``; one without gets a free number when it is
linked.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from anylabeling.document.shape import Shape

LINK_KEY = "kie_linking"

_extra_of: Callable[[Shape], Mapping[str, Any]] = operator.attrgetter("extra")

Link = tuple[int, int]
"""Group numbers of key and value."""


def links_of(shape: Shape) -> tuple[Link, ...]:
    """Return the links that a shape holds; what makes no sense is left out (and stays in the file)."""
    raw = shape.extra.get(LINK_KEY)
    if not isinstance(raw, list | tuple):
        return ()
    return tuple((int(pair[0]), int(pair[1])) for pair in raw if _is_link(pair))


def all_links(shapes: Iterable[Shape]) -> tuple[Link, ...]:
    """Return every link of an image once, in the order in which they are found."""
    return tuple(dict.fromkeys(link for shape in shapes if LINK_KEY in shape.extra for link in links_of(shape)))


def linked_pairs(shapes: Sequence[Shape]) -> list[tuple[Shape, Shape]]:
    """Return the shapes of each link, key first; where several have a number, the first of them counts."""
    links = all_links(shapes)
    if not links:
        return []
    by_group: dict[int, Shape] = {}
    for shape in shapes:
        if shape.group_id is not None:
            by_group.setdefault(shape.group_id, shape)
    return [(by_group[key], by_group[value]) for key, value in links if key in by_group and value in by_group]


def linked(shapes: Sequence[Shape], key: Shape, value: Shape) -> list[Shape]:
    """Return new versions of two shapes that are linked from key to value.

    Args:
        shapes: All shapes of the image, for numbers that are free.
        key: The first shape.
        value: The second shape; another one than the first.
    """
    taken = {shape.group_id for shape in shapes if shape.group_id is not None}
    ends = []
    for shape in (key, value):
        number = shape.group_id
        is_shared = sum(other.group_id == number for other in shapes) > 1
        if number is None or is_shared:
            # A number that several have would not say which of them is meant.
            number = max(taken, default=0) + 1
            taken.add(number)
        ends.append(shape.with_changes(group_id=number))
    assert ends[0].group_id is not None
    assert ends[1].group_id is not None
    link = (ends[0].group_id, ends[1].group_id)
    return [_with_links(shape, dict.fromkeys((*links_of(shape), link))) for shape in ends]


def unlinked(shapes: Sequence[Shape], uids: Iterable[int]) -> list[Shape]:
    """Return new versions of all shapes that lose a link when these shapes are linked to nothing any more.

    With two or more shapes only the links among them go; with one, all of its links.
    """
    chosen = [shape for shape in shapes if shape.uid in set(uids)]
    groups = {shape.group_id for shape in chosen if shape.group_id is not None}
    among = len(chosen) > 1

    def goes(link: Link) -> bool:
        return all(end in groups for end in link) if among else any(end in groups for end in link)

    changed = []
    for shape in shapes:
        links = links_of(shape)
        kept = [link for link in links if not goes(link)]
        if len(kept) != len(links):
            changed.append(_with_links(shape, kept))
    return changed


def with_links_among(shapes: Sequence[Shape], numbers: Mapping[int, int]) -> list[Shape]:
    """Return shapes whose groups have got other numbers with the links among them; other links go.

    Args:
        shapes: The shapes, with their new numbers.
        numbers: The new number of each old one.
    """
    if not has_links(shapes):
        return list(shapes)
    return [relinked(shape, numbers, only_among=True) for shape in shapes]


def has_links(shapes: Iterable[Shape]) -> bool:
    """Return whether any of the shapes may hold links; quick for very many."""
    return any(LINK_KEY in extra for extra in filter(None, map(_extra_of, shapes)))


def relinked(shape: Shape, numbers: Mapping[int, int | None], *, only_among: bool = False) -> Shape:
    """Return a shape with its links after groups have got other numbers.

    Args:
        shape: The shape.
        numbers: The new number of each old one; None where there is none any more, which ends its links.
        only_among: Drop links to groups that are not in ``numbers``, too.
    """
    links = links_of(shape)
    taken = set(numbers.values())

    def follow(end: int) -> int | None:
        # A number that nobody had stays, unless somebody has it now, who is not meant.
        return numbers.get(end, None if only_among or end in taken else end)

    ends = [(follow(key), follow(value)) for key, value in links]
    kept = [(key, value) for key, value in ends if key is not None and value is not None]
    return shape if tuple(kept) == links else _with_links(shape, kept)


def _with_links(shape: Shape, links: Iterable[Link]) -> Shape:
    extra: dict[str, Any] = {**shape.extra, LINK_KEY: [list(link) for link in links]}
    return shape.with_changes(extra=extra)


def _is_link(pair: object) -> bool:
    return (
        isinstance(pair, list | tuple)
        and len(pair) == 2
        and all(isinstance(end, int) and not isinstance(end, bool) for end in pair)
    )
