"""Masks of YOLO segmentation models: made for the objects that count only, inside their boxes only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.services.auto_labeling.mask_shapes import SECOND_PART_SHARE
from anylabeling.services.auto_labeling.object_details import Indices, ObjectDetails
from anylabeling.services.auto_labeling.preprocess import Letterbox

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.detections import Detections

Outline = NDArray[np.float64]
"""Vertices (n, 2) in picture pixels."""

OUTLINE_TOLERANCE_INPUT_PX = 1.0
"""How far a polygon may stray from the mask's outline (the epsilon of approxPolyDP), in pixels of the network's input.
A quarter of a cell of the mask, it leaves few enough vertices to edit by hand: on photos polygon and mask have an
IoU of 0.98 to 0.99."""

_LEAST_SAMPLES = 65
_MOST_SAMPLES = 1025


@dataclass(frozen=True, slots=True, eq=False)
class MaskDetails(ObjectDetails):
    """Mask coefficients of each box, and the picture's prototypes that they are coefficients of.

    Attributes:
        coefficients: float32 (n, prototypes).
        prototypes: float32 (prototypes, rows, columns) over the whole input, padding included. A mask is where their
            weighted sum is positive.
        box: How the picture lies in the input.
    """

    coefficients: NDArray[np.float32]
    prototypes: NDArray[np.float32]
    box: Letterbox

    def take(self, indices: Indices) -> MaskDetails:
        """Return the details of some of the boxes."""
        return replace(self, coefficients=self.coefficients[indices])

    def to_shapes(self, found: Detections, class_names: Sequence[str]) -> list[Shape]:
        """Return a polygon for each object; one in several parts is a group, the largest first.

        An object whose mask is empty inside its box has no shape.
        """
        shapes: list[Shape] = []
        group = 0
        for index, class_id in enumerate(found.class_ids.tolist()):
            outlines = self.outlines(index, found.boxes[index])
            group_id = None
            if len(outlines) > 1:
                group = group_id = group + 1
            shapes += [
                Shape(
                    ShapeKind.POLYGON,
                    points,
                    label=class_names[class_id],
                    score=round(float(found.scores[index]), 4),
                    group_id=group_id,
                )
                for points in outlines
            ]
        return shapes

    def outlines(self, index: int, image_box: NDArray[np.float32]) -> list[Outline]:
        """Return the outlines of one mask, the largest first; holes are filled.

        Args:
            index: Which of the boxes.
            image_box: Left, top, right, bottom in picture pixels.
        """
        x1, y1, x2, y2 = (float(value) for value in image_box)
        samples = _samples(x2 - x1, y2 - y1)
        mask = self._mask(index, (x1, y1, x2, y2), samples)
        step = np.array([(x2 - x1) / (samples[0] - 1), (y2 - y1) / (samples[1] - 1)])
        scale = max(self.box.image_width / self.box.width, self.box.image_height / self.box.height)
        return _outlines(mask, np.array([x1, y1]), step, OUTLINE_TOLERANCE_INPUT_PX * scale)

    def _mask(
        self, index: int, image_box: tuple[float, float, float, float], samples: tuple[int, int]
    ) -> NDArray[np.uint8]:
        """Return the mask at evenly spaced points from one edge of the box to the other, 1 inside the object."""
        from anylabeling.opencv import cv2

        x1, y1, x2, y2 = image_box
        columns, rows = samples
        box = self.box
        _, cell_rows, cell_columns = self.prototypes.shape
        to_x, at_x = _axis(box.width / box.image_width, box.left, cell_columns / box.input_width)
        to_y, at_y = _axis(box.height / box.image_height, box.top, cell_rows / box.input_height)
        left, right = _cells(x1 * to_x + at_x, x2 * to_x + at_x, cell_columns)
        top, bottom = _cells(y1 * to_y + at_y, y2 * to_y + at_y, cell_rows)
        # Only the cells under the box are summed up, and only they are scaled up.
        cells = np.tensordot(self.coefficients[index], self.prototypes[:, top:bottom, left:right], axes=1)
        place = np.array(
            [
                [(x2 - x1) / (columns - 1) * to_x, 0.0, x1 * to_x + at_x - left],
                [0.0, (y2 - y1) / (rows - 1) * to_y, y1 * to_y + at_y - top],
            ]
        )
        sums = cv2.warpAffine(
            cells.astype(np.float32, copy=False),
            place,
            (columns, rows),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        mask: NDArray[np.uint8] = (sums > 0).astype(np.uint8)
        return mask


def _samples(width: float, height: float) -> tuple[int, int]:
    """Return how many points a box is sampled at: about one a pixel, more in small boxes, fewer in large ones."""
    longest = max(width, height)
    count = min(_MOST_SAMPLES, max(_LEAST_SAMPLES, math.ceil(longest) + 1))
    return max(3, round(width / longest * (count - 1)) + 1), max(3, round(height / longest * (count - 1)) + 1)


def _axis(input_per_image_px: float, offset: int, cells_per_input_px: float) -> tuple[float, float]:
    """Return factor and offset from picture pixels to cells of the prototypes, counted from their centres."""
    return input_per_image_px * cells_per_input_px, offset * cells_per_input_px - 0.5


def _cells(start: float, end: float, count: int) -> tuple[int, int]:
    """Return first and last-plus-one of the cells that a stretch is interpolated from."""
    first = min(max(math.floor(start), 0), count - 1)
    return first, max(first + 1, min(math.floor(end) + 2, count))


def _outlines(mask: NDArray[np.uint8], origin: Outline, step: Outline, tolerance: float) -> list[Outline]:
    from anylabeling.opencv import cv2

    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    sized = sorted(((cv2.contourArea(contour), contour) for contour in contours), key=lambda pair: -pair[0])
    outlines = []
    for area, contour in sized:
        if area <= 0 or area < SECOND_PART_SHARE * sized[0][0]:
            break
        points = origin + contour[:, 0].astype(np.float64) * step
        simple = cv2.approxPolyDP(points.astype(np.float32), tolerance, True)[:, 0]
        if len(simple) < 3:
            # A sliver thinner than the tolerance.
            simple = cv2.boxPoints(cv2.minAreaRect(points.astype(np.float32)))
        outlines.append(simple.astype(np.float64).round(2))
    return outlines
