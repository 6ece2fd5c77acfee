"""What a detector found in a picture, before and after a person's choice of confidence, overlap and classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.auto_labeling import DetectOptions

CANDIDATE_FLOOR = 0.05
"""Boxes with a lower score are not kept, unless a person asks for a lower confidence."""
MAX_CANDIDATES = 30_000
"""The most boxes kept per picture; the best ones stay."""

_NOTHING = np.zeros((0, 4), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Detections:
    """Objects in one picture, best first.

    Attributes:
        boxes: float32 (n, 4), left, top, right, bottom in picture pixels, clipped to the picture.
        scores: float32 (n,), 0-1.
        class_ids: int32 (n,).
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.boxes)

    def counts(self, class_names: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """Return pairs of class name and number of objects, most first, then by class id."""
        return tuple(
            (class_names[class_id], count)
            for class_id, count in sorted(
                Counter(self.class_ids.tolist()).items(), key=lambda pair: (-pair[1], pair[0])
            )
        )

    def to_shapes(self, class_names: Sequence[str]) -> list[Shape]:
        """Return rectangles with label and score; corners to a hundredth of a pixel, scores to four digits."""
        corners = self.boxes.astype(np.float64).round(2).reshape(-1, 2, 2)
        return [
            Shape(ShapeKind.RECTANGLE, points, label=class_names[class_id], score=round(score, 4))
            for points, class_id, score in zip(corners, self.class_ids.tolist(), self.scores.tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Every box above a low score, overlapping ones included: another choice needs no other run of the model.

    Attributes:
        boxes: float32 (n, 4), left, top, right, bottom in picture pixels, not clipped.
        scores: float32 (n,), descending.
        class_ids: int32 (n,).
        image_width: Width of the picture in pixels.
        image_height: Height of the picture in pixels.
        floor: The score above which boxes were kept.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    image_width: int
    image_height: int
    floor: float = CANDIDATE_FLOOR

    def __len__(self) -> int:
        return len(self.boxes)

    def select(self, options: DetectOptions, class_names: Sequence[str]) -> Detections:
        """Return the objects that count.

        Args:
            options: Confidence, overlap, classes and the greatest number. A confidence below ``floor`` finds nothing
                that the floor has not kept.
            class_names: Index is the class id.

        Returns:
            Boxes that survive non-maximum suppression among their class, best first.
        """
        from anylabeling import accel

        keep = self.scores >= np.float32(options.confidence)
        if options.classes is not None:
            wanted = [index for index, name in enumerate(class_names) if name in options.classes]
            keep &= np.isin(self.class_ids, wanted)
        boxes, scores, class_ids = self.boxes[keep], self.scores[keep], self.class_ids[keep]
        if not len(boxes):
            return Detections(_NOTHING, np.zeros(0, np.float32), np.zeros(0, np.int32))
        kept = accel.nms(boxes, scores, class_ids, options.iou, options.max_detections)
        boxes, scores, class_ids = boxes[kept], scores[kept], class_ids[kept]
        limits = np.array([self.image_width, self.image_height] * 2, np.float32)
        boxes = np.clip(boxes, np.float32(0), limits)
        inside = ((boxes[:, 2:] - boxes[:, :2]) > 0.01).all(axis=1)
        return Detections(boxes[inside], scores[inside], class_ids[inside])


def floor_for(options: DetectOptions) -> float:
    """Return the score above which candidates have to be kept to answer these options, and higher ones later."""
    return min(CANDIDATE_FLOOR, options.confidence)
