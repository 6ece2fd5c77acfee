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

from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates
from anylabeling.services.filtering.objects import IntArray

MAX_STORED_CANDIDATES = 300
"""The best ones; a threshold below the last of them needs the model again."""

KEPT_DTYPE = np.dtype([("box", "<f4", 4), ("score", "<f4"), ("class_id", "<u2")])
CANDIDATE_DTYPE = np.dtype([("box", "<u2", 4), ("score", "u1"), ("class_id", "<u2")])

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
