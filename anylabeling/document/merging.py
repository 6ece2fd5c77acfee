"""Tell which new shapes are objects that are labelled already."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from anylabeling.document.geometry import bounds
from anylabeling.document.shape import Shape


def without_known(existing: Sequence[Shape], new_shapes: Sequence[Shape], iou: float) -> list[Shape]:
    """Return the new shapes whose object is not labelled yet, so that running a model twice doubles nothing.

    Args:
        existing: The shapes that are there.
        new_shapes: The shapes that were found.
        iou: Bounding boxes of one label that overlap by more than this are one object.
    """
    from anylabeling import accel

    known: dict[str, list[tuple[float, float, float, float]]] = {}
    for shape in existing:
        known.setdefault(shape.label, []).append(bounds(shape))
    boxes = {label: np.array(rows, np.float32) for label, rows in known.items()}
    kept = []
    for shape in new_shapes:
        rivals = boxes.get(shape.label)
        if rivals is None or accel.iou_matrix(np.array([bounds(shape)], np.float32), rivals).max() <= iou:
            kept.append(shape)
    return kept
