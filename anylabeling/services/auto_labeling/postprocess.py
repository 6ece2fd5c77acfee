"""Read boxes out of the raw outputs of detection networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.services.auto_labeling.detections import MAX_CANDIDATES, Candidates
from anylabeling.services.auto_labeling.object_details import ObjectDetails
from anylabeling.services.auto_labeling.preprocess import Letterbox

FloatArray = NDArray[np.float32]

YOLOV8 = "yolov8"
BEST_CLASS = "best-class"
"""The layout of YOLOv8 with only the best score and its class for each box, chosen inside of the graph."""
BEST_CLASS_ROWS = 6
"""Values for each box there, besides the extras: the box, the score and the class."""
END_TO_END = "end2end"
"""The layout of networks that have suppressed overlapping boxes themselves."""
RTDETR = "rtdetr"
"""The layout of RT-DETR: centre x, y, width, height as shares of the picture, and one score per class."""
RTDETR_BEST = "rtdetr-best"
"""The same with the best score and its class alone, as Ultralytics writes it since 8.4."""
NO_OVERLAPS = frozenset({END_TO_END, RTDETR, RTDETR_BEST})
"""Layouts in which each object has one box already."""
OF_WHOLE_PICTURE = frozenset({RTDETR, RTDETR_BEST})
"""Layouts of networks that see the picture stretched to their input, and give boxes as shares of it."""


class Rows(NamedTuple):
    """Objects as a network gives them, in input pixels.

    Attributes:
        boxes: float32 (n, 4): centre x, y, width, height; left, top, right, bottom in the end-to-end layout.
        scores: float32 (n,).
        class_ids: int32 (n,).
        extra: float32 (n, extras): what the task has for each box after the classes.
    """

    boxes: FloatArray
    scores: FloatArray
    class_ids: NDArray[np.int32]
    extra: FloatArray


def decode_yolov8(output: FloatArray, floor: float, extras: int = 0) -> Rows:
    """Read an output (4 + classes + extras, anchors), as YOLOv8 and YOLO11 give it, without transposing it."""
    end = len(output) - extras
    class_scores = output[4:end]
    hits = np.flatnonzero(class_scores.max(axis=0) > floor)
    # The rest is done on the few hits only: argmax over all anchors costs ten times the maximum.
    hit_scores = class_scores[:, hits]
    class_ids = hit_scores.argmax(axis=0).astype(np.int32)
    return Rows(output[:4, hits].T, hit_scores[class_ids, np.arange(len(hits))], class_ids, output[end:, hits].T)


def decode_best_class(output: FloatArray, floor: float, extras: int = 0) -> Rows:
    """Read an output (4 + 2 + extras, anchors): YOLOv8's with the best score and its class in place of all scores."""
    del extras
    hits = output[:, np.flatnonzero(output[4] > floor)]
    return Rows(hits[:4].T, hits[4], hits[5].astype(np.int32), hits[BEST_CLASS_ROWS:].T)


def decode_yolov5(output: FloatArray, floor: float, extras: int = 0) -> Rows:
    """Read an output (anchors, 5 + classes + extras), whose scores are objectness times class score."""
    end = output.shape[1] - extras
    # A class score is at most 1, so the objectness alone already rules most rows out.
    rows = output[np.flatnonzero(output[:, 4] > floor)]
    class_ids = rows[:, 5:end].argmax(axis=1).astype(np.int32)
    scores = rows[np.arange(len(rows)), class_ids + 5] * rows[:, 4]
    hits = np.flatnonzero(scores > floor)
    return Rows(rows[hits, :4], scores[hits], class_ids[hits], rows[hits, end:])


def decode_end_to_end(output: FloatArray, floor: float, extras: int = 0) -> Rows:
    """Read an output (objects, 6 + extras): a box, a score and a class each; unused rows are zero."""
    del extras
    rows = output[(output[:, 4] > floor) & (output[:, 5] >= 0) & (output[:, 5] < 2**31 - 128)]
    return Rows(rows[:, :4], rows[:, 4], np.rint(rows[:, 5]).astype(np.int32), rows[:, 6:])


def decode_rtdetr(output: FloatArray, floor: float, extras: int = 0) -> Rows:
    """Read an output (objects, 4 + classes + extras): a box and a score per class each."""
    end = output.shape[1] - extras
    hits = output[np.flatnonzero(output[:, 4:end].max(axis=1) > floor)]
    class_ids = hits[:, 4:end].argmax(axis=1).astype(np.int32)
    return Rows(hits[:, :4], hits[np.arange(len(hits)), class_ids + 4], class_ids, hits[:, end:])


DECODERS: Mapping[str, Callable[[FloatArray, float, int], Rows]] = {
    "yolov5": decode_yolov5,
    YOLOV8: decode_yolov8,
    BEST_CLASS: decode_best_class,
    END_TO_END: decode_end_to_end,
    RTDETR: decode_rtdetr,
    RTDETR_BEST: decode_end_to_end,
}
"""By the layout that a ModelSpec names."""


def read_rows(output: NDArray[np.generic], layout: str, floor: float, extras: int = 0) -> Rows:
    """Return the objects of one picture's output with a score above ``floor``, best first.

    Args:
        output: One picture's output, without the batch axis; float16 and float32 are understood.
        layout: A key of DECODERS.
        floor: Objects with a lower score are dropped.
        extras: How many values each box has after the classes.

    Returns:
        At most MAX_CANDIDATES objects; those with numbers that are not finite are left out.
    """
    rows = DECODERS[layout](np.asarray(output, np.float32), floor, extras)
    order = np.argsort(-rows.scores, kind="stable")[:MAX_CANDIDATES]
    order = order[np.isfinite(rows.boxes[order]).all(axis=1) & np.isfinite(rows.extra[order]).all(axis=1)]
    return Rows(np.ascontiguousarray(rows.boxes[order]), rows.scores[order], rows.class_ids[order], rows.extra[order])


def corners_of(rows: Rows, layout: str) -> FloatArray:
    """Return left, top, right, bottom of each object in input pixels, float32 (n, 4)."""
    if layout == END_TO_END:
        return rows.boxes
    half = rows.boxes[:, 2:] / 2
    return np.concatenate([rows.boxes[:, :2] - half, rows.boxes[:, :2] + half], axis=1)


def candidates_of(
    rows: Rows, corners: FloatArray, layout: str, box: Letterbox, floor: float, details: ObjectDetails | None = None
) -> Candidates:
    """Return the candidates for rows and their corners in input pixels; the boxes are in picture pixels."""
    return Candidates(
        boxes=np.ascontiguousarray(box.to_image(corners)),
        scores=rows.scores,
        class_ids=rows.class_ids,
        image_width=box.image_width,
        image_height=box.image_height,
        floor=floor,
        is_suppressed=layout in NO_OVERLAPS,
        details=details,
    )


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
    rows = read_rows(output, layout, floor)
    return candidates_of(rows, corners_of(rows, layout), layout, box, floor)
