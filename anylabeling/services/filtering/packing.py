"""How detections lie in the store: a few bytes per box, checked when they are read.

**After suppression** a box keeps its float32 coordinates and score: every threshold decides as it would right after the
model has run.

**Candidates** take 11 bytes. Each coordinate is a 16-bit fraction of the picture's side, from -0.5 to 1.5: in a picture
of 4,000 pixels a box moves by at most 0.06 pixels. (A half-precision float of the same size moves it by a whole pixel
there, which changed 10 boxes in 440 suppressions over 40 photos; the fractions changed none.) The score is the number
of the step of 0.005 that it has reached, counted with the very comparison that a threshold makes, so every threshold
that is a multiple of 0.005 decides as it would with the score itself; one in between counts as the next multiple.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates, Detections
from anylabeling.services.auto_labeling.object_details import ObjectDetails
from anylabeling.services.filtering.objects import IntArray

MAX_STORED_CANDIDATES = 300
"""The best ones; a threshold below the last of them needs the model again."""

KEPT_DTYPE = np.dtype([("box", "<f4", 4), ("score", "<f4"), ("class_id", "<u2")])
CANDIDATE_DTYPE = np.dtype([("box", "<u2", 4), ("score", "u1"), ("class_id", "<u2")])

NO_IOU = -1.0
"""Stands for the overlap of boxes that the model has suppressed by itself: they answer for every overlap."""
NEVER = 2.0
"""A least score that no object reaches."""

_STEPS = 200
_EDGES = (np.arange(_STEPS + 1) / _STEPS).astype(np.float32)
_FRACTIONS = 65535
_SPAN = 2.0
_MARGIN = 0.5


class PackedCandidates(NamedTuple):
    """Candidates of one picture as bytes.

    Attributes:
        data: Records of CANDIDATE_DTYPE, best first.
        complete_from: The least threshold that these boxes can answer.
    """

    data: bytes
    complete_from: float


def pack_candidates(candidates: Candidates) -> PackedCandidates:
    """Return the candidates from CANDIDATE_FLOOR up, at most MAX_STORED_CANDIDATES."""
    wanted = int(np.count_nonzero(candidates.scores >= np.float32(CANDIDATE_FLOOR)))
    count = min(wanted, MAX_STORED_CANDIDATES)
    records = np.zeros(count, CANDIDATE_DTYPE)
    sides = np.array([candidates.image_width, candidates.image_height] * 2, np.float64)
    fractions = candidates.boxes[:count].astype(np.float64) / sides + _MARGIN
    records["box"] = np.clip(np.rint(fractions * (_FRACTIONS / _SPAN)), 0, _FRACTIONS)
    records["score"] = np.searchsorted(_EDGES, candidates.scores[:count], side="right") - 1
    records["class_id"] = candidates.class_ids[:count]
    floor = max(CANDIDATE_FLOOR, candidates.floor)
    if wanted > count:
        # The step of the last one may have lost members; the one above it is whole.
        floor = float(_EDGES[min(_STEPS, int(records["score"][-1]) + 1)])
    return PackedCandidates(records.tobytes(), floor)


def unpack_candidates(
    records: NDArray[np.void], owners: IntArray, sizes: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int32]]:
    """Return boxes (n, 4) in picture pixels, scores (n,) and class ids (n,) of many pictures' candidates.

    Args:
        records: CANDIDATE_DTYPE (n,).
        owners: int64 (n,): the picture of each record.
        sizes: (pictures, 2): width and height.
    """
    sides = np.tile(sizes, 2)[owners]
    boxes = (records["box"] * (_SPAN / _FRACTIONS) - _MARGIN) * sides
    return (
        boxes.astype(np.float32),
        _EDGES[np.minimum(records["score"], _STEPS)],
        records["class_id"].astype(np.int32),
    )


def pack_kept(
    boxes: NDArray[np.float32], scores: NDArray[np.float32], class_ids: NDArray[np.integer]
) -> NDArray[np.void]:
    """Return boxes, scores and classes as records of KEPT_DTYPE."""
    records = np.zeros(len(boxes), KEPT_DTYPE)
    records["box"], records["score"], records["class_id"] = boxes, scores, class_ids
    return records


class PackedResult(NamedTuple):
    """What the store keeps of one image, in the form in which it lies there; made where the model's answer is read.

    Attributes:
        image_width: In pixels.
        image_height: In pixels.
        iou: The overlap of the suppression, or NO_IOU.
        kept: The objects after it, from 0.05 up, as bytes.
        complete_from: The least score that the candidates answer for.
        candidates: The best of them, as bytes.
    """

    image_width: int
    image_height: int
    iou: float
    kept: bytes
    complete_from: float
    candidates: bytes

    @classmethod
    def of(cls, candidates: Candidates, kept: Detections, iou: float) -> PackedResult:
        """Pack candidates, and what has survived of them."""
        above = kept.scores >= np.float32(CANDIDATE_FLOOR)
        packed = pack_candidates(candidates)
        return cls(
            candidates.image_width,
            candidates.image_height,
            NO_IOU if candidates.is_suppressed else iou,
            pack_kept(kept.boxes[above], kept.scores[above], kept.class_ids[above]).tobytes(),
            packed.complete_from if _is_plain(candidates) else NEVER,
            packed.data,
        )


def _is_plain(candidates: Candidates) -> bool:
    """Return whether boxes and classes alone decide which survive, as they do where stored ones are asked again."""
    details = candidates.details
    return not candidates.is_agnostic and (details is None or type(details).suppress is ObjectDetails.suppress)
