"""Key points of YOLO pose models: a box and its points in one group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.services.auto_labeling.object_details import Indices, ObjectDetails
from anylabeling.services.auto_labeling.preprocess import Letterbox

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.detections import Detections

COCO_KEY_POINTS = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
    "right_ankle",
)  # fmt: skip
"""The order in which COCO lists them."""

LEAST_KEY_POINT_SCORE = 0.5
"""A key point that the model holds for hidden rather than visible is left out."""


@dataclass(frozen=True, slots=True, eq=False)
class KeyPointDetails(ObjectDetails):
    """Key points of each box.

    Attributes:
        points: float32 (n, key points, 2) in picture pixels.
        scores: float32 (n, key points), how visible each is, 0-1; 1 where the model does not say.
        names: A name for each key point.
        least: The score that a key point needs.
    """

    points: NDArray[np.float32]
    scores: NDArray[np.float32]
    names: tuple[str, ...]
    least: float = LEAST_KEY_POINT_SCORE

    def take(self, indices: Indices) -> KeyPointDetails:
        """Return the details of some of the boxes."""
        return replace(self, points=self.points[indices], scores=self.scores[indices])

    def moved(self, boxes: NDArray[np.float32], left: float, top: float) -> KeyPointDetails:
        """Return the points in the picture that this one is a part of."""
        del boxes
        return replace(self, points=self.points + np.array([left, top], np.float32))

    @classmethod
    def joined(cls, parts: Sequence[ObjectDetails], members: Sequence[Indices]) -> KeyPointDetails:
        """Return the points of objects of several parts; of pieces, each point where it is seen best."""
        known = [part for part in parts if isinstance(part, KeyPointDetails)]
        points = np.concatenate([part.points for part in known])
        scores = np.concatenate([part.scores for part in known])
        best = np.empty((len(members), scores.shape[1]), np.int64)
        for number, rows in enumerate(members):
            best[number] = rows[scores[rows].argmax(axis=0)] if len(rows) > 1 else rows[0]
        places = np.arange(scores.shape[1])
        return replace(known[0], points=points[best, places], scores=scores[best, places])

    def to_shapes(self, found: Detections, class_names: Sequence[str]) -> list[Shape]:
        """Return a group for each object: its rectangle, then its visible key points with the names of the points."""
        shapes: list[Shape] = []
        corners = found.boxes.astype(np.float64).round(2).reshape(-1, 2, 2)
        for index, class_id in enumerate(found.class_ids.tolist()):
            shapes.append(
                Shape(
                    ShapeKind.RECTANGLE,
                    corners[index],
                    label=class_names[class_id],
                    score=round(float(found.scores[index]), 4),
                    group_id=index + 1,
                )
            )
            shapes += self._points(index, index + 1)
        return shapes

    def _points(self, index: int, group_id: int) -> list[Shape]:
        visible = np.flatnonzero(self.scores[index] >= self.least).tolist()
        return [
            Shape(
                ShapeKind.POINT,
                self.points[index, place : place + 1].astype(np.float64).round(2),
                label=self.names[place],
                score=round(float(self.scores[index, place]), 4),
                group_id=group_id,
            )
            for place in visible
        ]


def key_points_from(
    extra: NDArray[np.float32],
    shape: tuple[int, int],
    names: tuple[str, ...],
    box: Letterbox,
    least: float = LEAST_KEY_POINT_SCORE,
) -> KeyPointDetails:
    """Read key points out of the values after a box's classes.

    Args:
        extra: float32 (n, key points * values).
        shape: How many key points, and values for each: x, y in input pixels and maybe visibility.
        names: A name for each.
        box: How the picture lies in the input.
        least: The score that a key point needs.
    """
    count, values = shape
    grid = extra.reshape(-1, count, values)
    places = box.to_image(np.concatenate([grid[..., :2], grid[..., :2]], axis=-1).reshape(-1, 4))[:, :2]
    limits = np.array([box.image_width, box.image_height], np.float32)
    scores = np.clip(grid[..., 2], 0, 1) if values == 3 else np.ones(grid.shape[:2], np.float32)
    return KeyPointDetails(
        points=np.clip(places, 0, limits).reshape(-1, count, 2),
        scores=np.ascontiguousarray(scores),
        names=names,
        least=least,
    )
