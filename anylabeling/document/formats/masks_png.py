"""Pictures of class numbers: grey PNG for semantic segmentation, and the segmentation of Pascal VOC.

Grey: ``masks/[split/]name.png``, whose pixels are class numbers from 1, 0 where there is nothing, and
``class_map.json`` with the names. VOC: ``SegmentationClass`` and ``SegmentationObject`` with its palette, and a
``labelmap.txt``; there each object has a number of its own. Where objects overlap, the upper one counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

import numpy as np
import orjson

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.areas import objects, paint, ungrouped
from anylabeling.document.formats.base import (
    ClassNumbers,
    DatasetReader,
    DatasetWriter,
    Entry,
    OutputFile,
    Record,
    WriteOptions,
    joined,
    visible,
)
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.palette import (
    VOID,
    Numbers,
    grey_png,
    indexed_png,
    label_map_text,
    read_class_map,
    read_numbers,
)
from anylabeling.document.formats.reading import FolderIndex, broken, files_below
from anylabeling.document.formats.voc import name_lists, split_names
from anylabeling.document.masks import MAX_MASK_PIXELS, Bitmap, bitmap_of, mask_shape
from anylabeling.document.raster import Pixels
from anylabeling.document.shape import Shape
from anylabeling.errors import LabelFileError
from anylabeling.translation import tr

_MOST_VOC_NUMBERS = 254


class _Painted(NamedTuple):
    """The objects of an image: their labels, and a picture of their numbers from 1."""

    labels: tuple[str, ...]
    numbers: Numbers


class MaskWriter(DatasetWriter):
    """Grey pictures of class numbers."""

    has_small_parts = False

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        known = {name: number for number, name in read_class_map(target)[0].items()}
        self.numbers = ClassNumbers(known or options.known_classes, first=1)

    def encode(self, record: Record, notes: Notes) -> _Painted:
        """Return the objects of an image, painted one over the other."""
        return painted_objects(record, notes, self.holds)

    def add(self, record: Record, part: _Painted) -> list[OutputFile]:
        """Return the picture of an image; it is encoded when it is written."""
        numbers = [0, *(self.numbers.number(label) for label in part.labels)]
        if max(numbers) > 65535:
            raise LabelFileError(tr("There are more labels than a picture has numbers for."))
        lookup = np.array(numbers, np.uint16)
        place = joined("masks", record.split, f"{record.stem}.png")
        return [OutputFile(place, lambda: grey_png(lookup[part.numbers]))]

    def finish(self) -> list[OutputFile]:
        """Return the names of the numbers."""
        content = {"background": 0, **self.numbers.numbers()}
        return [OutputFile("class_map.json", orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")]


class VocMaskWriter(MaskWriter):
    """The pictures of classes and of objects of Pascal VOC."""

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._names: dict[str, list[str]] = {}

    def image_places(self, record: Record) -> list[str]:
        """Return where the picture goes."""
        return [joined("JPEGImages", record.name)]

    def encode(self, record: Record, notes: Notes) -> _Painted:
        """Return the objects of an image, painted one over the other."""
        part = painted_objects(record, notes, self.holds, own=True)
        if len(part.labels) > _MOST_VOC_NUMBERS:
            raise LabelFileError(
                tr(
                    "{name} has {count:,} objects, and Pascal VOC numbers {most} of them at most.",
                    name=record.name,
                    count=len(part.labels),
                    most=_MOST_VOC_NUMBERS,
                )
            )
        return part

    def add(self, record: Record, part: _Painted) -> list[OutputFile]:
        """Return the two pictures of an image."""
        numbers = [0, *(self.numbers.number(label) for label in part.labels)]
        if max(numbers) > _MOST_VOC_NUMBERS:
            raise LabelFileError(tr("Pascal VOC numbers {most} labels at most.", most=_MOST_VOC_NUMBERS))
        self._names.setdefault(record.split, []).append(record.stem)
        lookup = np.array(numbers, np.uint16)
        file = f"{record.stem}.png"
        return [
            OutputFile(joined("SegmentationClass", file), lambda: indexed_png(lookup[part.numbers])),
            OutputFile(joined("SegmentationObject", file), partial(indexed_png, part.numbers)),
        ]

    def finish(self) -> list[OutputFile]:
        """Return the names of the numbers and the lists of names."""
        names = {number: name for name, number in self.numbers.numbers().items()}
        lists = name_lists(self.target, "Segmentation", self._names)
        return [OutputFile("labelmap.txt", label_map_text(names)), *lists]


class MaskReader(DatasetReader):
    """Reads pictures of class numbers: a mask for each class of a picture."""

    folders: ClassVar[tuple[str, ...]] = ("masks", "SegmentationClass", "labels", "annotations")

    def __init__(self, source: Path) -> None:
        super().__init__(source)
        self.names, self.colors = read_class_map(self.root)

    def entries(self) -> Sequence[Entry]:
        """Return an image for each picture of numbers."""
        masks = next((self.root / name for name in self.folders if (self.root / name).is_dir()), self.root)
        splits = split_names(self.root, "Segmentation")
        index = FolderIndex()
        found = []
        for name in files_below(masks, (".png",)):
            stem = name[: -len(".png")]
            first, _, rest = stem.partition("/")
            own = first if first in ("train", "val", "test") and rest else ""
            folders = [self.root / "images", self.root / "JPEGImages"]
            if masks != self.root:
                folders.append(self.root)
            places = tuple(place for folder in folders if (place := index.find(folder, stem)) is not None)
            title = f"{rest if own else stem}{places[0].suffix if places else ''}"
            found.append(Entry(title, places, None, own or splits.get(stem, ""), (masks / name, stem)))
        if not found:
            raise broken(self.root.name, tr("there are no pictures of class numbers in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        path, _stem = entry.data
        numbers = self._numbers(path, size, notes)
        shapes = [self._mask(numbers == number, number) for number in np.unique(numbers).tolist() if number]
        return Annotation(shapes=tuple(shape for shape in shapes if shape is not None))

    def _numbers(self, path: Path, size: tuple[int, int], notes: Notes) -> Numbers:
        numbers = read_numbers(path, self.colors)
        if numbers.shape != (size[1], size[0]):
            raise broken(path.name, tr("it is of another size than its picture"))
        void = numbers == VOID
        if VOID not in self.names and void.any():
            notes.said("void")
            numbers = np.where(void, np.uint16(0), numbers)
        return numbers

    def _mask(self, pixels: Pixels, number: int) -> Shape | None:
        shape = mask_shape(Bitmap(pixels, 0, 0))
        return None if shape is None else shape.with_changes(label=self.names.get(number) or f"class_{number}")


class VocMaskReader(MaskReader):
    """Reads the pictures of Pascal VOC: a mask for each object."""

    folders = ("SegmentationClass",)

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        path, stem = entry.data
        objects_path = self.root / "SegmentationObject" / f"{stem}.png"
        if not objects_path.is_file():
            return super().read(entry, size, notes)
        classes = self._numbers(path, size, notes)
        parts = self._numbers(objects_path, size, Notes())
        shapes = []
        for number in np.unique(parts).tolist():
            pixels = (parts == number) & (classes > 0)
            if number and pixels.any():
                # The class that most of the object's pixels have.
                label = int(np.bincount(classes[pixels]).argmax())
                shapes.append(self._mask(pixels, label))
        return Annotation(shapes=tuple(shape for shape in shapes if shape is not None))


def painted_objects(record: Record, notes: Notes, holds: frozenset[str], *, own: bool = False) -> _Painted:
    """Return the objects of an image with a picture of their numbers, the upper ones over the lower.

    Args:
        record: The image.
        notes: What is left out is counted here.
        holds: What the format has a place for.
        own: Whether each object stays one by itself.
    """
    if record.width * record.height > MAX_MASK_PIXELS:
        raise LabelFileError(tr("{name} is too large for a picture of class numbers.", name=record.name))
    canvas: Numbers = np.zeros((record.height, record.width), np.uint16)
    found = objects(visible(record.annotation.shapes), notes)
    if len(found) > 65535:
        raise LabelFileError(tr("{name} has too many objects.", name=record.name))
    overlap = False
    areas = []
    for number, parts in enumerate(found, 1):
        area = 0
        for shape in parts.shapes:
            bitmap = bitmap_of(shape)
            before = _under(canvas, bitmap)
            overlap |= bool(((before > 0) & (before != number)).any())
            area += before.size
            paint(canvas, bitmap, number)
        areas.append(area)
    notes.said("overlaps", int(overlap))
    there = np.bincount(canvas.ravel(), minlength=len(found) + 1)[1:].tolist()
    for parts, area, left in zip(found, areas, there, strict=True):
        if not left:
            notes.left_out(parts.first.kind, "hidden" if area else "outside")
    if not own:
        labels = [parts.first.label for parts in found]
        notes.said("instances", len(labels) - len(set(labels)))
    written = tuple(ungrouped(parts.first) if parts.others else parts.first for parts in found)
    note_lost_fields(record.annotation, written, holds, notes)
    return _Painted(tuple(parts.first.label for parts in found), canvas)


def _under(canvas: Numbers, bitmap: Bitmap) -> Numbers:
    """Return the numbers that a bitmap would cover."""
    left, top, right, bottom = bitmap.box
    height, width = canvas.shape
    x1, y1, x2, y2 = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
    if x1 >= x2 or y1 >= y2:
        return canvas[:0, 0]
    return canvas[y1:y2, x1:x2][bitmap.pixels[y1 - top : y2 - top, x1 - left : x2 - left]]
