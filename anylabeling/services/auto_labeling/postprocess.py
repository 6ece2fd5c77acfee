"""Read boxes out of the raw outputs of detection networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from anylabeling.services.auto_labeling.detections import MAX_CANDIDATES, Candidates
from anylabeling.services.auto_labeling.preprocess import Letterbox

Rows = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int32]]
"""Boxes (n, 4) as centre x, y, width, height in input pixels; scores (n,); class ids (n,)."""


def decode_yolov8(output: NDArray[np.float32], floor: float) -> Rows:
    """Read an output (4 + classes, anchors), as YOLOv8 and YOLO11 give it, without transposing it."""
    class_scores = output[4:]
    hits = np.flatnonzero(class_scores.max(axis=0) > floor)
    # The rest is done on the few hits only: argmax over all anchors costs ten times the maximum.
    hit_scores = class_scores[:, hits]
    class_ids = hit_scores.argmax(axis=0).astype(np.int32)
    return output[:4, hits].T, hit_scores[class_ids, np.arange(len(hits))], class_ids


def decode_yolov5(output: NDArray[np.float32], floor: float) -> Rows:
    """Read an output (anchors, 5 + classes), whose scores are objectness times class score."""
    # A class score is at most 1, so the objectness alone already rules most rows out.
    rows = output[np.flatnonzero(output[:, 4] > floor)]
    class_ids = rows[:, 5:].argmax(axis=1).astype(np.int32)
    scores = rows[np.arange(len(rows)), class_ids + 5] * rows[:, 4]
    hits = np.flatnonzero(scores > floor)
    return rows[hits, :4], scores[hits], class_ids[hits]


DECODERS: Mapping[str, Callable[[NDArray[np.float32], float], Rows]] = {
    "yolov5": decode_yolov5,
    "yolov8": decode_yolov8,
}
"""By the layout that a ModelSpec names."""


def candidates_from(output: NDArray[np.generic], layout: str, box: Letterbox, floor: float) -> Candidates:
    """Return every box of one picture's output with a score above ``floor``.

    Args:
        output: One picture's output, without the batch axis; float16 and float32 are understood.
        layout: A key of DECODERS.
        box: How the picture was put into the input.
        floor: Boxes with a lower score are dropped.

    Returns:
        Boxes in picture pixels, best first; boxes with numbers that are not finite are left out.
    """
    centred, scores, class_ids = DECODERS[layout](np.asarray(output, np.float32), floor)
    half = centred[:, 2:] / 2
    boxes = np.concatenate([centred[:, :2] - half, centred[:, :2] + half], axis=1)
    order = np.argsort(-scores, kind="stable")[:MAX_CANDIDATES]
    order = order[np.isfinite(boxes[order]).all(axis=1)]
    return Candidates(
        boxes=np.ascontiguousarray(box.to_image(boxes[order])),
        scores=np.ascontiguousarray(scores[order]),
        class_ids=np.ascontiguousarray(class_ids[order]),
        image_width=box.image_width,
        image_height=box.image_height,
        floor=floor,
    )
