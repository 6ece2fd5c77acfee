"""Masks of YOLO segmentation models: made for the objects that count only, inside their boxes only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

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

_MOST_HALF = 65_000.0
_LEAST_SAMPLES = 65
_MOST_SAMPLES = 1025


@dataclass(frozen=True, slots=True, eq=False)
class MaskDetails(ObjectDetails):
    """Mask coefficients of each box, and the picture's prototypes that they are coefficients of.

    Attributes:
        coefficients: float32 (n, prototypes); of a network that gives each object a mask, which one, int64 (n,).
        prototypes: float32 (prototypes, rows, columns) over the whole input, padding included. A mask is where their
            weighted sum is positive.
        box: How the picture lies in the input.
        keys: Which of the network's boxes each one is, int64 (n,); by itself their order.
        found: The outlines found so far, by key. All that was taken from one answer of the network shares them, so that
            another threshold costs what is new only.
    """

    takes_long: ClassVar[bool] = True

    coefficients: NDArray[np.float32] | NDArray[np.int64]
    prototypes: NDArray[np.float32]
    box: Letterbox
    keys: NDArray[np.int64] | None = None
    found: dict[int, list[Outline]] = field(default_factory=dict)

    def take(self, indices: Indices) -> MaskDetails:
        """Return the details of some of the boxes."""
        keys = np.arange(len(self.coefficients)) if self.keys is None else self.keys
        return replace(self, coefficients=self.coefficients[indices], keys=keys[indices])

    def to_shapes(self, found: Detections, class_names: Sequence[str]) -> list[Shape]:
        """Return a polygon for each object; one in several parts is a group, the largest first.

        An object whose mask is empty inside its box has no shape.
        """
        outlines = (self.outlines(index, box) for index, box in enumerate(found.boxes))
        return polygons(found, class_names, outlines)

    def moved(self, boxes: NDArray[np.float32], left: float, top: float) -> PatchDetails:
        """Return the masks in the picture that this one is a part of."""
        return PatchDetails(
            tuple(
                (self._patch(index, image_box).moved(left, top),)
                for index, image_box in enumerate(boxes.astype(np.float64))
            )
        )

    def outlines(self, index: int, image_box: NDArray[np.float32]) -> list[Outline]:
        """Return the outlines of one mask, the largest first; holes are filled.

        Args:
            index: Which of the boxes.
            image_box: Left, top, right, bottom in picture pixels.
        """
        key = index if self.keys is None else int(self.keys[index])
        if key not in self.found:
            self.found[key] = self._patch(index, image_box.astype(np.float64)).outlines()
        return self.found[key]

    def _patch(self, index: int, image_box: Outline) -> MaskPatch:
        """Return one mask: the sums of the cells under a box of the picture."""
        x1, y1, x2, y2 = image_box.tolist()
        box = self.box
        _, cell_rows, cell_columns = self.prototypes.shape
        to_x, at_x = _axis(box.width / box.image_width, box.left, cell_columns / box.input_width)
        to_y, at_y = _axis(box.height / box.image_height, box.top, cell_rows / box.input_height)
        left, right = _cells(x1 * to_x + at_x, x2 * to_x + at_x, cell_columns)
        top, bottom = _cells(y1 * to_y + at_y, y2 * to_y + at_y, cell_rows)
        # Only the cells under the box are summed up, and only they are scaled up.
        own, planes = self.coefficients[index], self.prototypes[:, top:bottom, left:right]
        cells = planes[int(own)] if self.coefficients.ndim == 1 else np.tensordot(own, planes, axes=1)
        scale = max(box.image_width / box.width, box.image_height / box.height)
        return MaskPatch(
            cells.astype(np.float32, copy=False),
            (to_x, to_y),
            (at_x - left, at_y - top),
            (x1, y1, x2, y2),
            OUTLINE_TOLERANCE_INPUT_PX * scale,
        )


@dataclass(frozen=True, slots=True, eq=False)
class MaskPatch:
    """The mask of one object by itself.

    Attributes:
        cells: float32 or float16 (rows, columns): positive inside the object; only those under its box.
        scale: Cells a pixel of the picture, along x and y.
        offset: Where the picture's first pixel is among the cells, counted from their centres.
        image_box: Left, top, right, bottom of the object in picture pixels.
        tolerance: How far a polygon may stray from the outline, in picture pixels.
    """

    cells: NDArray[np.floating]
    scale: tuple[float, float]
    offset: tuple[float, float]
    image_box: tuple[float, float, float, float]
    tolerance: float

    def moved(self, left: float, top: float) -> MaskPatch:
        """Return the mask in the picture that this one is a part of, in half the memory."""
        x1, y1, x2, y2 = self.image_box
        (to_x, to_y), (at_x, at_y) = self.scale, self.offset
        return replace(
            self,
            cells=np.clip(self.cells, -_MOST_HALF, _MOST_HALF).astype(np.float16),
            offset=(at_x - left * to_x, at_y - top * to_y),
            image_box=(x1 + left, y1 + top, x2 + left, y2 + top),
        )

    def outlines(self) -> list[Outline]:
        """Return the outlines, the largest first; holes are filled."""
        x1, y1, x2, y2 = self.image_box
        samples = _samples(x2 - x1, y2 - y1)
        step = np.array([(x2 - x1) / (samples[0] - 1), (y2 - y1) / (samples[1] - 1)])
        return _outlines(self._mask(samples), np.array([x1, y1]), step, self.tolerance)

    def _mask(self, samples: tuple[int, int]) -> NDArray[np.uint8]:
        """Return the mask at evenly spaced points from one edge of the box to the other, 1 inside the object."""
        from anylabeling.opencv import cv2

        x1, y1, x2, y2 = self.image_box
        columns, rows = samples
        (to_x, to_y), (at_x, at_y) = self.scale, self.offset
        place = np.array(
            [
                [(x2 - x1) / (columns - 1) * to_x, 0.0, x1 * to_x + at_x],
                [0.0, (y2 - y1) / (rows - 1) * to_y, y1 * to_y + at_y],
            ]
        )
        sums = cv2.warpAffine(
            self.cells.astype(np.float32, copy=False),
            place,
            (columns, rows),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        mask: NDArray[np.uint8] = (sums > 0).astype(np.uint8)
        return mask


@dataclass(frozen=True, slots=True, eq=False)
class PatchDetails(ObjectDetails):
    """The masks of a picture that was looked at in parts, each as large as its object.

    Attributes:
        patches: For each object its mask, or those of its pieces.
        found: The outlines found so far, by object; see MaskDetails.
    """

    takes_long: ClassVar[bool] = True

    patches: tuple[tuple[MaskPatch, ...], ...]
    found: dict[tuple[MaskPatch, ...], list[Outline]] = field(default_factory=dict)

    def take(self, indices: Indices) -> PatchDetails:
        """Return the masks of some of the boxes."""
        return PatchDetails(tuple(self.patches[index] for index in indices.tolist()), self.found)

    def moved(self, boxes: NDArray[np.float32], left: float, top: float) -> PatchDetails:
        """Return the masks in the picture that this one is a part of."""
        del boxes
        return PatchDetails(tuple(tuple(patch.moved(left, top) for patch in each) for each in self.patches))

    @classmethod
    def joined(cls, parts: Sequence[ObjectDetails], members: Sequence[Indices]) -> PatchDetails:
        """Return the masks of objects of several parts; an object in pieces has the masks of all of them."""
        rows = [patches for part in parts if isinstance(part, PatchDetails) for patches in part.patches]
        return PatchDetails(tuple(tuple(patch for row in each.tolist() for patch in rows[row]) for each in members))

    def to_shapes(self, found: Detections, class_names: Sequence[str]) -> list[Shape]:
        """Return a polygon for each object; one in several parts is a group, the largest first."""
        return polygons(found, class_names, map(self._outlines, self.patches))

    def _outlines(self, patches: tuple[MaskPatch, ...]) -> list[Outline]:
        if patches not in self.found:
            self.found[patches] = _united(patches)
        return self.found[patches]


def polygons(found: Detections, class_names: Sequence[str], outlines: Iterable[Sequence[Outline]]) -> list[Shape]:
    """Return the outlines of objects as polygons; those of one object in several parts share a group."""
    shapes: list[Shape] = []
    group = 0
    for class_id, score, parts in zip(found.class_ids.tolist(), found.scores.tolist(), outlines, strict=True):
        group_id = None
        if len(parts) > 1:
            group = group_id = group + 1
        label = class_names[class_id]
        shapes += [
            Shape(ShapeKind.POLYGON, points, label=label, score=round(score, 4), group_id=group_id) for points in parts
        ]
    return shapes


def _united(patches: Sequence[MaskPatch]) -> list[Outline]:
    """Return the outlines of what any of some masks covers, the largest first."""
    if len(patches) == 1:
        return patches[0].outlines()
    from anylabeling.document import booleans
    from anylabeling.document.raster import Outline as Ring

    areas = [booleans.area_of_outlines([Ring(points)]) for patch in patches for points in patch.outlines()]
    return [part.outer for part in booleans.outlines(booleans.union(areas))] if areas else []


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
