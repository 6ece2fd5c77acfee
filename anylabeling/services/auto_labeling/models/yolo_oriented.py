"""Boxes at any angle, as YOLO's oriented-box models give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.object_details import Indices, ObjectDetails
from anylabeling.services.auto_labeling.preprocess import Letterbox
from anylabeling.services.auto_labeling.rotated_boxes import corners_of_rotated, nms_rotated

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.detections import Detections


@dataclass(frozen=True, slots=True, eq=False)
class OrientedDetails(ObjectDetails):
    """The rotated box of each upright one.

    Attributes:
        boxes: float64 (n, 5): centre x, centre y, width, height in picture pixels, and the angle in radians, clockwise
            on the screen.
    """

    boxes: NDArray[np.float64]

    def take(self, indices: Indices) -> OrientedDetails:
        """Return the details of some of the boxes."""
        return replace(self, boxes=self.boxes[indices])

    def suppress(
        self,
        boxes: NDArray[np.float32],
        scores: NDArray[np.float32],
        class_ids: NDArray[np.int32],
        options: DetectOptions,
    ) -> Indices:
        """Return which objects survive, by the overlap of the rotated boxes."""
        del boxes
        return nms_rotated(self.boxes, scores, class_ids, options.iou, options.max_detections)

    def moved(self, boxes: NDArray[np.float32], left: float, top: float) -> OrientedDetails:
        """Return the boxes in the picture that this one is a part of."""
        del boxes
        return replace(self, boxes=self.boxes + np.array([left, top, 0.0, 0.0, 0.0]))

    @classmethod
    def joined(cls, parts: Sequence[ObjectDetails], members: Sequence[Indices]) -> OrientedDetails:
        """Return the boxes of objects of several parts; around pieces, the box at the angle of the largest one."""
        boxes = np.concatenate([part.boxes for part in parts if isinstance(part, OrientedDetails)])
        found = boxes[[rows[0] for rows in members]]
        for number, rows in enumerate(members):
            if len(rows) > 1:
                found[number] = _around(boxes[rows])
        return OrientedDetails(found)

    def to_shapes(self, found: Detections, class_names: Sequence[str]) -> list[Shape]:
        """Return rotated rectangles; they may reach over the edge of the picture."""
        corners = corners_of_rotated(self.boxes).round(2)
        return [
            Shape(ShapeKind.ROTATED_RECTANGLE, points, label=class_names[class_id], score=round(score, 4))
            for points, class_id, score in zip(corners, found.class_ids.tolist(), found.scores.tolist(), strict=True)
        ]


def _around(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the smallest box around some at the angle of the largest of them, float64 (5,)."""
    angle = boxes[(boxes[:, 2] * boxes[:, 3]).argmax(), 4]
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned = corners_of_rotated(boxes).reshape(-1, 2) @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    centre = (low + high) / 2 @ axes
    return np.array([*centre, *(high - low), angle])


def oriented_from(
    boxes: NDArray[np.float32], angles: NDArray[np.float32], box: Letterbox
) -> tuple[OrientedDetails, NDArray[np.float32]]:
    """Bring rotated boxes into the picture.

    Args:
        boxes: float32 (n, 4): centre x, y, width, height in input pixels.
        angles: float32 (n,), radians, clockwise on the screen.
        box: How the picture lies in the input.

    Returns:
        The details, and the upright boxes around them in input pixels, float32 (n, 4).
    """
    x_scale, y_scale = box.image_width / box.width, box.image_height / box.height
    in_input = np.concatenate([boxes, angles[:, np.newaxis]], axis=1).astype(np.float64)
    corners = corners_of_rotated(in_input)
    upright = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1).astype(np.float32)
    centre_x, centre_y, width, height, angle = in_input.T
    cos, sin = np.cos(angle), np.sin(angle)
    # The two scales differ by a rounding of the letterbox: each side is scaled in its own direction, and the rectangle
    # stays one.
    placed = np.stack(
        [
            (centre_x - box.left) * x_scale,
            (centre_y - box.top) * y_scale,
            width * np.hypot(cos * x_scale, sin * y_scale),
            height * np.hypot(sin * x_scale, cos * y_scale),
            np.arctan2(sin * y_scale, cos * x_scale),
        ],
        axis=1,
    )
    return OrientedDetails(placed), upright
