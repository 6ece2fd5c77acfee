"""Bring new shapes together with those that an image has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from anylabeling.document.annotation import Annotation
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import Shape
from anylabeling.messages.auto_labeling import ExistingPolicy


def merge_shapes(
    annotation: Annotation, new_shapes: Iterable[Shape], policy: ExistingPolicy, *, iou: float = 1.0
) -> Annotation:
    """Return the annotation with new shapes: beside the old ones, in their place, or only where there were none.

    Args:
        annotation: What the image has.
        new_shapes: What a model has found.
        policy: What happens to the old ones.
        iou: With KEEP, a new shape that overlaps an old one of its label by more than this is the same object and is
            left out, so that running a model twice does not double everything.
    """
    if policy is ExistingPolicy.SKIP and annotation.shapes:
        return annotation
    if policy is ExistingPolicy.KEEP:
        added = without_known(annotation.shapes, list(new_shapes), iou)
        return annotation.with_changes(shapes=(*annotation.shapes, *added))
    return annotation.with_changes(shapes=tuple(new_shapes))


def without_known(existing: Sequence[Shape], new_shapes: list[Shape], iou: float) -> list[Shape]:
    """Return the new shapes whose object is not labelled yet.

    Args:
        existing: The shapes that are there.
        new_shapes: The shapes that were found.
        iou: Bounding boxes of one label that overlap by more than this are one object.
    """
    from anylabeling import accel

    known: dict[str, list[tuple[float, float, float, float]]] = {}
    for shape in existing:
        known.setdefault(shape.label, []).append(bounds(shape))
    if not known:
        return new_shapes
    boxes = {label: np.array(rows, np.float32) for label, rows in known.items()}
    kept = []
    for shape in new_shapes:
        rivals = boxes.get(shape.label)
        if rivals is None or accel.iou_matrix(np.array([bounds(shape)], np.float32), rivals).max() <= iou:
            kept.append(shape)
    return kept
