"""What a detector found in a picture, before and after a person's choice of confidence, overlap and classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.model_result import ModelResult
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.object_details import ObjectDetails

CANDIDATE_FLOOR = 0.05
"""Boxes with a lower score are not kept, unless a person asks for a lower confidence."""
MAX_CANDIDATES = 30_000
"""The most boxes kept per picture; the best ones stay."""


@dataclass(frozen=True, slots=True, eq=False)
class Detections:
    """Objects in one picture, best first.

    Attributes:
        boxes: float32 (n, 4), left, top, right, bottom in picture pixels, clipped to the picture.
        scores: float32 (n,), 0-1.
        class_ids: int32 (n,).
        details: What the task knows of each object besides its box, or None.
        names: The classes as they were known by then, where a model tells them only with what it finds; else None.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    details: ObjectDetails | None = None
    names: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.boxes)

    def counts(self, class_names: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """Return pairs of class name and number of objects, most first, then by class id."""
        class_names = self.names or class_names
        return tuple(
            (class_names[class_id], count)
            for class_id, count in sorted(
                Counter(self.class_ids.tolist()).items(), key=lambda pair: (-pair[1], pair[0])
            )
        )

    def to_shapes(self, class_names: Sequence[str]) -> list[Shape]:
        """Return shapes with label and score: rectangles, or what the task makes of them.

        Coordinates have a hundredth of a pixel, scores four digits.
        """
        class_names = self.names or class_names
        if self.details is not None:
            return self.details.to_shapes(self, class_names)
        corners = self.boxes.astype(np.float64).round(2).reshape(-1, 2, 2)
        return [
            Shape(ShapeKind.RECTANGLE, points, label=class_names[class_id], score=round(score, 4))
            for points, class_id, score in zip(corners, self.class_ids.tolist(), self.scores.tolist(), strict=True)
        ]

    def flags(self, class_names: Sequence[str]) -> dict[str, bool]:
        """Return the marks that a classifier gives to the image; other tasks give none."""
        return {} if self.details is None else self.details.flags(self, class_names)

    @property
    def takes_long(self) -> bool:
        """Whether ``result`` is too much for a thread that has a window to serve."""
        return self.details is not None and self.details.takes_long

    def result(self, class_names: Sequence[str]) -> ModelResult:
        """Return what was found as it goes into the image."""
        by_flags = self.details is not None and self.details.gives_flags
        shapes = tuple(self.to_shapes(class_names))
        return ModelResult(shapes, self.flags(class_names), tuple(class_names) if by_flags else ())


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
        is_suppressed: Whether the model has removed overlapping boxes by itself, so that no overlap is asked for.
        is_agnostic: Whether boxes of different classes that overlap are one object.
        details: What the task knows of each box besides, or None.
        names: As in Detections.
        views: How many parts the picture was looked at in; each may have as many objects as are allowed.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    image_width: int
    image_height: int
    floor: float = CANDIDATE_FLOOR
    is_suppressed: bool = False
    is_agnostic: bool = False
    details: ObjectDetails | None = None
    names: tuple[str, ...] | None = None
    views: int = 1

    def __len__(self) -> int:
        return len(self.boxes)

    def select(self, options: DetectOptions, class_names: Sequence[str]) -> Detections:
        """Return the objects that count.

        Args:
            options: Confidence, overlap, classes and the greatest number. A confidence below ``floor`` finds nothing
                that the floor has not kept.
            class_names: Index is the class id.

        Returns:
            Boxes that survive non-maximum suppression among their class, or among all, best first.
        """
        keep = self.scores >= np.float32(options.confidence)
        if options.classes is not None:
            known = self.names or class_names
            wanted = [index for index, name in enumerate(known) if name in options.classes]
            keep &= np.isin(self.class_ids, wanted)
        kept = self._survivors(np.flatnonzero(keep), options)
        limits = np.array([self.image_width, self.image_height] * 2, np.float32)
        boxes = np.clip(self.boxes[kept], np.float32(0), limits)
        inside = ((boxes[:, 2:] - boxes[:, :2]) > 0.01).all(axis=1)
        kept = kept[inside]
        details = None if self.details is None else self.details.take(kept)
        return Detections(boxes[inside], self.scores[kept], self.class_ids[kept], details, self.names)

    def _survivors(self, indices: NDArray[np.int64], options: DetectOptions) -> NDArray[np.int64]:
        """Return those of some candidates that survive suppression, best first."""
        from anylabeling import accel

        most = options.max_detections * self.views
        if self.is_suppressed or not len(indices):
            return indices[:most]
        boxes, scores, class_ids = self.boxes[indices], self.scores[indices], self.class_ids[indices]
        if self.is_agnostic:
            class_ids = np.zeros_like(class_ids)
        if self.details is not None:
            allowed = replace(options, max_detections=most)
            return indices[self.details.take(indices).suppress(boxes, scores, class_ids, allowed)]
        return indices[accel.nms(boxes, scores, class_ids, options.iou, most)]


def floor_for(options: DetectOptions) -> float:
    """Return the score above which candidates have to be kept to answer these options, and higher ones later."""
    return min(CANDIDATE_FLOOR, options.confidence)
