"""Objects cut out of their pictures: a folder for each label, as classifiers are trained with.

``[split/]label/name_1.jpg``. Boxes are cut upright. Rotated rectangles and quadrilaterals are made straight, their
first edge at the top. With ``clear`` what is not the object is transparent, in PNG.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

import numpy as np

from anylabeling.document.formats.areas import Box, Parts, box_of, clipped_box, objects, paint
from anylabeling.document.formats.base import DatasetWriter, OutputFile, Record, joined, visible
from anylabeling.document.formats.image_flags import folder_name
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.pictures import Image, Picture, jpeg_or_png, png
from anylabeling.document.formats.ppocr import straightened
from anylabeling.document.geometry import outline
from anylabeling.document.masks import Bitmap, bitmap_of
from anylabeling.document.shape import Points, ShapeKind

_SLANTED_KINDS = frozenset({ShapeKind.ROTATED_RECTANGLE, ShapeKind.QUADRILATERAL})
_EDGE_PX = 1e-3
"""What rounding may have added to a box does not cost a row of pixels."""


class _Cut(NamedTuple):
    label: str
    ending: str
    content: bytes


class CutoutWriter(DatasetWriter):
    """Each object as a picture of its own."""

    holds = frozenset()
    has_small_parts = False
    takes_pixels = True
    clear: ClassVar[bool] = False

    def image_places(self, record: Record) -> list[str]:
        """Return nothing: the objects are cut out of the pictures, which are not needed themselves."""
        del record
        return []

    def encode(self, record: Record, notes: Notes) -> list[_Cut]:
        """Return the objects of an image."""
        found = objects(visible(record.annotation.shapes), notes)
        shapes = tuple(shape for parts in found for shape in parts.shapes)
        note_lost_fields(record.annotation, shapes, self.holds, notes)
        boxes = [(parts, _box(parts, (record.width, record.height), notes)) for parts in found]
        inside = [(parts, box) for parts, box in boxes if box is not None]
        if not inside:
            return []
        picture = Picture(record.path)
        return [self._cut(picture, parts, box) for parts, box in inside]

    def add(self, record: Record, part: list[_Cut]) -> list[OutputFile]:
        """Return the pictures of the objects."""
        return [
            OutputFile(
                joined(record.split, folder_name(cut.label), f"{record.stem}_{number}.{cut.ending}"), cut.content
            )
            for number, cut in enumerate(part, 1)
        ]

    def _cut(self, picture: Picture, parts: Parts, box: tuple[int, int, int, int]) -> _Cut:
        pixels = picture.part(*box)
        first = parts.first
        if first.kind in _SLANTED_KINDS:
            scale = pixels.shape[1] / (box[2] - box[0]), pixels.shape[0] / (box[3] - box[1])
            pixels = straightened(pixels, (_clockwise(outline(first)) - box[:2]) * scale)
        if not self.clear:
            return _Cut(first.label, *jpeg_or_png(pixels))
        is_whole = first.kind in _SLANTED_KINDS or first.kind is ShapeKind.RECTANGLE
        return _Cut(first.label, "png", png(pixels if is_whole else _cleared(pixels, parts, box)))


class ClearCutoutWriter(CutoutWriter):
    """Each object as a picture of its own, with everything else transparent."""

    clear = True


def _box(parts: Parts, size: tuple[int, int], notes: Notes) -> tuple[int, int, int, int] | None:
    """Return the pixels of the picture that an object touches; None, with a note, where it touches none."""
    boxes = [box_of(shape) for shape in parts.shapes]
    whole: Box = (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
    box = clipped_box(whole, *size)
    if box is None:
        notes.left_out(parts.first.kind, "outside")
        return None
    notes.said("clipped", int(box != whole))
    left, top = math.floor(box[0] + _EDGE_PX), math.floor(box[1] + _EDGE_PX)
    right, bottom = math.ceil(box[2] - _EDGE_PX), math.ceil(box[3] - _EDGE_PX)
    left, top = min(left, size[0] - 1), min(top, size[1] - 1)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _clockwise(corners: Points) -> Points:
    """Return four corners from the same one on, clockwise on the screen: else the picture would be mirrored."""
    (x1, y1), (x2, y2) = corners[2] - corners[0], corners[3] - corners[1]
    return corners if x1 * y2 - y1 * x2 >= 0 else corners[[0, 3, 2, 1]]


def _cleared(pixels: Image, parts: Parts, box: Sequence[int]) -> Image:
    """Return pixels with a fourth channel that is clear where the object is not."""
    from anylabeling.opencv import cv2

    left, top, right, bottom = box
    mask = np.zeros((bottom - top, right - left), np.uint8)
    for shape in parts.shapes:
        own = bitmap_of(shape)
        paint(mask, Bitmap(own.pixels, own.left - left, own.top - top), 1)
    if mask.shape != pixels.shape[:2]:
        mask = np.asarray(cv2.resize(mask, pixels.shape[1::-1], interpolation=cv2.INTER_NEAREST), np.uint8)
    colours = pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)
    opaque = mask.astype(pixels.dtype) * np.iinfo(pixels.dtype).max
    # What cannot be seen is not given away either.
    return np.dstack([colours * mask[..., None].astype(pixels.dtype), opaque])
