"""Non-maximum suppression of many pictures at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_WIDEST = 512


def grouped_nms(boxes: NDArray[np.float32], groups: NDArray[np.int64], iou_threshold: float) -> NDArray[np.bool_]:
    """Suppress boxes that overlap a better one of the same group; the same result as ``accel.nms`` group by group.

    The greedy loop goes over the ranks, and at each rank over all groups at once: with 10,000 pictures of fifty boxes
    this is several times faster than picture by picture.

    Args:
        boxes: float32 (n, 4), xyxy, best first within each group.
        groups: int64 (n,): boxes of one picture and class share a number.
        iou_threshold: 0 to 1.

    Returns:
        bool (n,): whether each box is kept.
    """
    keep = np.ones(len(boxes), np.bool_)
    if not len(boxes):
        return keep
    by_group = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[by_group], prepend=groups[by_group[0]] - 1))
    sizes = np.diff(starts, append=len(boxes))
    by_size = np.argsort(sizes, kind="stable")
    # Groups of like size together, so that little of the rectangle is padding.
    limit = 2
    position = int(np.searchsorted(sizes[by_size], 2))
    while position < len(by_size):
        end = int(np.searchsorted(sizes[by_size], limit, side="right"))
        step = max(1, _WIDEST * 256 // limit)
        for first in range(position, end, step):
            chosen = by_size[first : min(end, first + step)]
            _suppress(boxes, by_group, starts[chosen], sizes[chosen], iou_threshold, keep)
        position, limit = end, limit * 2
    return keep


def _suppress(
    boxes: NDArray[np.float32],
    by_group: NDArray[np.int64],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
    iou_threshold: float,
    keep: NDArray[np.bool_],
) -> None:
    width = int(sizes.max())
    ranks = np.arange(width)
    filled = ranks < sizes[:, np.newaxis]
    members = by_group[np.where(filled, starts[:, np.newaxis] + ranks, starts[:, np.newaxis])]
    # Planes of one coordinate each: the inner loops then run over memory that lies together.
    x1, y1, x2, y2 = (np.ascontiguousarray(boxes[members, axis], np.float64) for axis in range(4))
    areas = np.maximum(x2 - x1, 0.0) * np.maximum(y2 - y1, 0.0)
    alive = filled.copy()
    for rank in range(width - 1):
        rows = np.flatnonzero(alive[:, rank] & alive[:, rank + 1 :].any(axis=1))
        if not rows.size:
            continue
        here, rest = (rows, slice(rank, rank + 1)), (rows, slice(rank + 1, None))
        side_x = np.maximum(np.minimum(x2[here], x2[rest]) - np.maximum(x1[here], x1[rest]), 0.0)
        side_y = np.maximum(np.minimum(y2[here], y2[rest]) - np.maximum(y1[here], y1[rest]), 0.0)
        inter = side_x * side_y
        union = areas[here] + areas[rest] - inter
        alive[rest] &= ~((inter > iou_threshold * union) & (inter > 0))
    keep[members[filled]] = alive[filled]
