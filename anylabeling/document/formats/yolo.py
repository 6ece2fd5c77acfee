"""YOLO text files as Ultralytics reads them: boxes, outlines, oriented boxes.

``images/[split/]name.jpg`` with ``labels/[split/]name.txt``; a line for each object: the class number, then numbers
relative to the picture's sides. Boxes: centre and size; outlines: vertices; oriented boxes: four corners. See
https://docs.ultralytics.com/datasets/. An image without objects gets an empty file, which says that it was looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.codecs import IMAGE_SUFFIXES
from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.areas import (
    areas_only,
    boxes_of,
    clipped_ring,
    corners_of,
    is_rectangular,
    joined_ring,
    object_outlines,
    objects,
    ungrouped,
)
from anylabeling.document.formats.base import (
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
from anylabeling.document.formats.reading import FolderIndex, broken, files_below, number, read_text
from anylabeling.document.formats.yolo_files import (
    CLASS_NAMES,
    DataFile,
    class_list_text,
    class_numbers,
    data_file_text,
    find_data_file,
    images_folders,
    read_class_list,
    read_data_file,
)
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points
from anylabeling.translation import tr

Line = tuple[str, str]
"""Label of an object, and what stands behind its number."""

_MOST_OBJECTS = 1_000_000
_NO_LABELS = frozenset({"classes.txt", "train.txt", "val.txt", "valid.txt", "test.txt", "readme.txt", "notes.txt"})


class YoloWriter(DatasetWriter):
    """Common part of the writers."""

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self.numbers = class_numbers(target, options.known_classes)

    def add(self, record: Record, part: Any) -> list[OutputFile]:
        """Return the text file of an image; ``part`` is a list of Line."""
        lines = "".join(f"{self.numbers.number(label)}{rest}\n" for label, rest in part)
        return [OutputFile(label_place(record), lines.encode("ascii"))]

    def finish(self) -> list[OutputFile]:
        """Return data.yaml and classes.txt."""
        name, data = data_file_text(self.target, self.numbers, self.options.splits)
        return [OutputFile(name, data), OutputFile("classes.txt", class_list_text(self.numbers))]


class YoloDetectWriter(YoloWriter):
    """Boxes."""

    def encode(self, record: Record, notes: Notes) -> list[Line]:
        """Return a box for each area."""
        shapes = visible(record.annotation.shapes)
        found = boxes_of(shapes, (record.width, record.height), notes)
        note_lost_fields(record.annotation, tuple(shape for shape, _ in found), self.holds, notes)
        width, height = record.width, record.height
        lines = []
        for shape, (left, top, right, bottom) in found:
            centre = (left + right) / 2 / width, (top + bottom) / 2 / height
            lines.append((shape.label, _numbers((*centre, (right - left) / width, (bottom - top) / height))))
        return lines


class YoloSegmentWriter(YoloWriter):
    """Outlines."""

    def encode(self, record: Record, notes: Notes) -> list[Line]:
        """Return an outline for each object; the parts of one and its holes are joined by cuts."""
        size = (record.width, record.height)
        lines, written = [], []
        for parts in objects(visible(record.annotation.shapes), notes):
            areas = object_outlines(parts, size, notes)
            if not areas:
                continue
            if len(areas) > 1 or areas[0].holes:
                notes.written_as(parts.first.kind, "joined outline")
            elif parts.first.kind is not ShapeKind.POLYGON:
                notes.written_as(parts.first.kind, "polygon")
            written.append(ungrouped(parts.first) if parts.others else parts.first)
            lines.append((parts.first.label, relative(joined_ring(areas), size)))
        note_lost_fields(record.annotation, tuple(written), self.holds, notes)
        return lines


class YoloOrientedWriter(YoloWriter):
    """Oriented boxes by their four corners."""

    def encode(self, record: Record, notes: Notes) -> list[Line]:
        """Return four corners for each area."""
        size = (record.width, record.height)
        lines, written = [], []
        for shape in areas_only(visible(record.annotation.shapes), notes):
            corners = corners_of(shape, notes)
            if clipped_ring(corners, size) is None:
                notes.left_out(shape.kind, "outside")
                continue
            inside = np.clip(corners, 0, size)
            if not np.array_equal(inside, corners):
                notes.said("clipped")
            written.append(shape)
            lines.append((shape.label, relative(inside, size)))
        note_lost_fields(record.annotation, tuple(written), self.holds, notes)
        return lines


class YoloReader(DatasetReader):
    """Reads boxes, outlines and oriented boxes; what a line is follows from how many numbers it has.

    Attributes:
        oriented: Four corners are an oriented box rather than an outline of four vertices.
    """

    oriented = False

    def __init__(self, source: Path) -> None:
        super().__init__(source)
        data = source if source.suffix.lower() in (".yaml", ".yml") else find_data_file(self.root)
        self.data = read_data_file(data) if data is not None else DataFile(None, {})
        self.names = self.data.names or read_class_list(self.root)

    def entries(self) -> Sequence[Entry]:
        """Return an image for each text file, and the pictures that have none."""
        index = FolderIndex()
        found = [self._entry(split, images, labels, name, index) for split, images, labels, name in self._label_files()]
        if not found:
            raise broken(self.root.name, tr("there are no label files of YOLO in it"))
        return [*found, *self._pictures_only({place for entry in found for place in entry.places})]

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        if entry.data is None:
            return Annotation()
        path: Path = entry.data
        shapes: list[Shape] = []
        groups = 0
        for count, line in enumerate(read_text(path).splitlines(), 1):
            words = line.split()
            if not words:
                continue
            if count > _MOST_OBJECTS:
                raise broken(path.name, tr("it has too many lines"))
            try:
                made = self._shapes(words, size, groups + 1)
            except ValueError as error:
                raise broken(path.name, tr("line {number}: {error}", number=count, error=error)) from error
            groups += any(shape.group_id is not None for shape in made)
            shapes += made
        return Annotation(shapes=tuple(shapes))

    def label(self, word: str) -> str:
        """Return the label of a class number."""
        class_id = int(word) if word.isdecimal() else int(number(word))
        if not 0 <= class_id < 1_000_000:
            raise ValueError(f"{word} is no class number")
        return self.names.get(class_id) or f"class_{class_id}"

    def _shapes(self, words: list[str], size: tuple[int, int], group: int) -> list[Shape]:
        del group
        label = self.label(words[0])
        values = [number(word) for word in words[1:]]
        if len(values) in (4, 5):
            score = float(values[4]) if len(values) == 5 else None
            return [Shape(ShapeKind.RECTANGLE, box_points(values[:4], size), label=label, score=score)]
        if len(values) < 6:
            raise ValueError(f"{len(words)} numbers are no object")
        score = values.pop() if len(values) % 2 else None
        points = as_points(np.round(np.array(values).reshape(-1, 2) * size, 4))
        return [Shape(self._kind(points), points, label=label, score=score)]

    def _kind(self, points: Points) -> ShapeKind:
        if not self.oriented or len(points) != 4:
            return ShapeKind.POLYGON
        return ShapeKind.ROTATED_RECTANGLE if is_rectangular(points) else ShapeKind.QUADRILATERAL

    def _label_files(self) -> Iterable[tuple[str, Path, Path, str]]:
        """Yield split, folder of pictures, folder of labels, and name of each text file of labels."""
        folders = images_folders(self.root, self.data)
        pairs = [(split, images, labels_folder(images)) for split, listed in folders.items() for images in listed]
        pairs += [("", self.root / "images", self.root / "labels"), ("", self.root, self.root)]
        seen: set[Path] = set()
        for split, images, labels in pairs:
            if not labels.is_dir() or (labels == self.root and seen):
                continue
            for name in files_below(labels, (".txt",)):
                path = labels / name
                if path in seen or name.rpartition("/")[2].lower() in _NO_LABELS or name in CLASS_NAMES:
                    continue
                seen.add(path)
                yield split or _split_of(name), images, labels, name

    def _entry(self, split: str, images: Path, labels: Path, name: str, index: FolderIndex) -> Entry:
        stem = name[: -len(".txt")]
        places = [found for folder in (images, labels, self.root) if (found := index.find(folder, stem)) is not None]
        if not split and (split := _split_of(name)):
            stem = stem.partition("/")[2]
        return Entry(f"{stem}{places[0].suffix if places else ''}", tuple(places), None, split, labels / name)

    def _pictures_only(self, taken: set[Path]) -> list[Entry]:
        """Return the pictures without a text file: they show nothing that is looked for."""
        folders = images_folders(self.root, self.data) or {"": [self.root / "images"]}
        found = []
        for split, listed in folders.items():
            for folder in listed:
                if labels_folder(folder) == folder:
                    continue
                for name in files_below(folder, tuple(IMAGE_SUFFIXES)):
                    if folder / name not in taken:
                        own = split or _split_of(name)
                        place = name.partition("/")[2] if own and not split else name
                        found.append(Entry(place, (folder / name,), None, own, None, labelled=False))
        return found


class YoloOrientedReader(YoloReader):
    """Reads four corners as oriented boxes."""

    oriented = True


def label_place(record: Record) -> str:
    """Return where the text file of an image goes."""
    return joined("labels", record.split, f"{record.stem}.txt")


def relative(points: Points, size: tuple[int, int]) -> str:
    """Return points as numbers from 0 to 1, each behind a space."""
    return _numbers((points / size).ravel().tolist())


def box_points(values: Sequence[float], size: tuple[int, int]) -> Points:
    """Return the two corners of centre and size relative to the picture."""
    x, y, w, h = values
    if w < 0 or h < 0:
        raise ValueError("a box has a negative size")
    corners = np.array([[x - w / 2, y - h / 2], [x + w / 2, y + h / 2]]) * size
    return as_points(np.round(corners, 3))


def labels_folder(images: Path) -> Path:
    """Return the folder of labels of a folder of pictures: its last "images" replaced, as Ultralytics does."""
    parts = list(images.parts)
    for place in range(len(parts) - 1, -1, -1):
        if parts[place] == "images":
            return Path(*parts[:place], "labels", *parts[place + 1 :])
    return images


def guess_layout(root: Path) -> str:
    """Return "detect", "segment", "obb" or "pose" by data.yaml and the first lines of some files."""
    data = find_data_file(root)
    if data is not None and read_data_file(data).key_points:
        return "pose"
    counts: set[int] = set()
    for name in itertools.islice(files_below(root, (".txt",)), 200):
        if name.rpartition("/")[2].lower() in _NO_LABELS:
            continue
        try:
            counts.update(len(line.split()) for line in read_text(root / name).splitlines()[:50] if line.strip())
        except Exception:  # noqa: BLE001, S112, PERF203 - it is a guess; reading says what is wrong
            continue
    if counts == {9}:
        return "obb"
    return "segment" if any(count > 6 for count in counts) else "detect"


def _numbers(values: Iterable[float]) -> str:
    # Eight digits are a thousandth of a pixel in the largest picture.
    return "".join(map(" %.8g".__mod__, values))


def _split_of(name: str) -> str:
    first = name.partition("/")[0]
    return {"train": "train", "val": "val", "valid": "val", "test": "test"}.get(first, "") if "/" in name else ""
