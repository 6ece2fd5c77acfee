"""YOLO classifiers: the classes of a whole picture become its flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import UInt8Array
from anylabeling.document.shape import Shape
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.object_details import Indices, ObjectDetails
from anylabeling.services.auto_labeling.preprocess import Letterbox

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.detections import Detections

MAX_CLASSES = 5
"""The most classes that a picture is given."""


@dataclass(frozen=True, slots=True, eq=False)
class ClassDetails(ObjectDetails):
    """Says that what was found are classes of the picture, not objects in it."""

    gives_flags: ClassVar[bool] = True

    def take(self, indices: Indices) -> ClassDetails:
        """Return itself."""
        del indices
        return self

    def to_shapes(self, found: Detections, class_names: Sequence[str]) -> list[Shape]:
        """Return nothing: a class of the whole picture has no place in it."""
        del found, class_names
        return []

    def flags(self, found: Detections, class_names: Sequence[str]) -> dict[str, bool]:
        """Return a mark for each class, the most likely first."""
        return {class_names[class_id]: True for class_id in found.class_ids.tolist()}


def centre_crop(
    image: UInt8Array, full_size: tuple[int, int], input_size: tuple[int, int]
) -> tuple[UInt8Array, Letterbox]:
    """Scale a picture so that it covers the input, and cut the rest off evenly, as classifiers are trained.

    Args:
        image: uint8 (height, width, channels).
        full_size: Width and height of the whole picture, which ``image`` may be a scaled-down decode of.
        input_size: Width and height of the network's input.

    Returns:
        uint8 (input height, input width, channels), and where it lies: everywhere.
    """
    from anylabeling.opencv import cv2

    width, height = input_size
    rows, columns = image.shape[:2]
    scale = min(columns / width, rows / height)
    crop_w, crop_h = max(1, round(width * scale)), max(1, round(height * scale))
    left, top = (columns - crop_w) // 2, (rows - crop_h) // 2
    crop = image[top : top + crop_h, left : left + crop_w]
    if crop.shape[:2] != (height, width):
        # Training shrinks with a filter over all pixels; picking single ones costs accuracy.
        method = cv2.INTER_AREA if crop_w > width else cv2.INTER_LINEAR
        crop = np.asarray(cv2.resize(crop, input_size, interpolation=method), np.uint8)
    box = replace(Letterbox.fit(width, height, width, height), image_width=full_size[0], image_height=full_size[1])
    return crop, box


def classes_from(output: NDArray[np.generic], box: Letterbox, floor: float) -> Candidates:
    """Return the most likely classes of a picture, each with a box around all of it.

    Args:
        output: (classes,), float16 or float32: probabilities, or logits of which they are computed.
        box: Knows the picture's size.
        floor: The least score.
    """
    scores = np.asarray(output, np.float32).reshape(-1)
    if not np.isfinite(scores).all():
        scores = np.zeros(0, np.float32)
    elif scores.min(initial=0) < 0 or scores.max(initial=0) > 1.001:
        powers = np.exp(scores - scores.max())
        scores = powers / powers.sum()
    best = np.argsort(-scores, kind="stable")[:MAX_CLASSES]
    best = best[scores[best] > floor]
    whole = np.array([0, 0, box.image_width, box.image_height], np.float32)
    return Candidates(
        boxes=np.repeat(whole[np.newaxis], len(best), axis=0),
        scores=scores[best],
        class_ids=best.astype(np.int32),
        image_width=box.image_width,
        image_height=box.image_height,
        floor=floor,
        is_suppressed=True,
        details=ClassDetails(),
    )
