"""Put new shapes beside those that an image has: which are new objects, and which group numbers are free."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.geometry import bounds
from anylabeling.document.links import with_links_among
from anylabeling.document.shape import Shape

_group_of: Callable[[Shape], int | None] = operator.attrgetter("group_id")


def without_known(existing: Sequence[Shape], new_shapes: Sequence[Shape], iou: float) -> list[Shape]:
    """Return the new shapes whose object is not labelled yet, so that running a model twice doubles nothing.

    Shapes with one group id are one object, which its first shape stands for.

    Args:
        existing: The shapes that are there.
        new_shapes: The shapes that were found.
        iou: Bounding boxes of one label that overlap by more than this are one object.
    """
    known: dict[str, list[tuple[float, float, float, float]]] = {}
    for shape in existing:
        known.setdefault(shape.label, []).append(bounds(shape))
    boxes = {label: np.array(rows, np.float32) for label, rows in known.items()}
    kept = []
    groups: dict[int, bool] = {}
    for shape in new_shapes:
        is_new = None if shape.group_id is None else groups.get(shape.group_id)
        if is_new is None:
            rivals = boxes.get(shape.label)
            is_new = rivals is None or _greatest_iou(shape, rivals) <= iou
        if shape.group_id is not None:
            groups[shape.group_id] = is_new
        if is_new:
            kept.append(shape)
    return kept


def with_free_groups(existing: Sequence[Shape], new_shapes: Sequence[Shape]) -> list[Shape]:
    """Return the new shapes with group numbers above those of the shapes that are there.

    Links from key to value name groups: those among the new shapes follow them, others would mean shapes that happen to
    have these numbers, and go.

    Args:
        existing: The shapes that are there and stay.
        new_shapes: Shapes whose group numbers count from 1 and mean nothing outside of this list.
    """
    if all(number is None for number in map(_group_of, new_shapes)):
        return with_links_among(new_shapes, {})
    start = max((number for number in map(_group_of, existing) if number is not None), default=0)
    numbers: dict[int, int] = {}
    result = []
    for shape in new_shapes:
        if shape.group_id is None:
            result.append(shape)
        else:
            number = numbers.setdefault(shape.group_id, max(start, 0) + len(numbers) + 1)
            result.append(shape if number == shape.group_id else shape.with_changes(group_id=number))
    return with_links_among(result, numbers)


def with_model_flags(
    present: Mapping[str, bool], found: Mapping[str, bool], class_names: Collection[str], *, replace: bool
) -> dict[str, bool]:
    """Return an image's flags after a classifier has looked at it.

    Args:
        present: The flags that are there.
        found: The classes that were found, each True.
        class_names: All classes of the model.
        replace: Whether other classes of the model are taken back; flags that it does not know stay in any case.
    """
    known = set(class_names) if replace else set()
    return {name: value and name not in known for name, value in present.items()} | dict(found)


def _greatest_iou(shape: Shape, boxes: NDArray[np.float32]) -> float:
    from anylabeling import accel

    return float(accel.iou_matrix(np.array([bounds(shape)], np.float32), boxes).max())
