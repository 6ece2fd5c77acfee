"""Pascal VOC's XML: a box for each object, one file for each picture.

``Annotations/name.xml``, ``JPEGImages/name.jpg``, and the names of each part in ``ImageSets/Main/<split>.txt``. The
numbers of a box are taken as they stand, as labelImg, CVAT and X-AnyLabeling do; the first files of the challenge
counted from 1. Polygons and rotated boxes in the files of some programs are read, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.areas import boxes_of
from anylabeling.document.formats.base import (
    DatasetReader,
    DatasetWriter,
    Entry,
    OutputFile,
    Record,
    WriteOptions,
    joined,
    stem_of,
    visible,
)
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.reading import (
    FolderIndex,
    broken,
    files_below,
    number,
    picture_inside,
    read_bytes,
    read_text,
    safe_name,
    whole,
)
from anylabeling.document.formats.xml_tree import Element, XmlError, element_text, parse_xml
from anylabeling.document.geometry import rotated_rectangle_corners
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points
from anylabeling.errors import LabelFileError
from anylabeling.translation import tr

_FLAGS = ("truncated", "occluded")
_POSE = "pose"
_USUAL_POSE = "Unspecified"


class VocWriter(DatasetWriter):
    """Boxes in whole pixels."""

    holds = frozenset({"difficult", "flags", "attributes"})

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._names: dict[str, list[str]] = {}

    def image_places(self, record: Record) -> list[str]:
        """Return where the picture goes."""
        return [joined("JPEGImages", record.name)]

    def encode(self, record: Record, notes: Notes) -> bytes:
        """Return the XML of an image."""
        found = boxes_of(visible(record.annotation.shapes), (record.width, record.height), notes)
        note_lost_fields(record.annotation, tuple(shape for shape, _ in found), self.holds, notes)
        objects = [_object(shape, box, record, notes) for shape, box in found]
        size = [element_text(name, value, 2) for name, value in
                (("width", record.width), ("height", record.height), ("depth", 3))]  # fmt: skip
        head = [
            element_text("folder", "JPEGImages"),
            element_text("filename", record.name),
            element_text("source", [element_text("database", "AnyLabeling", 2)]),
            element_text("size", size),
            element_text("segmented", 0),
        ]
        return element_text("annotation", head + objects, 0).encode("utf-8", "replace")

    def add(self, record: Record, part: bytes) -> list[OutputFile]:
        """Return the file of an image."""
        self._names.setdefault(record.split, []).append(record.stem)
        return [OutputFile(joined("Annotations", f"{record.stem}.xml"), part)]

    def finish(self) -> list[OutputFile]:
        """Return the lists of names."""
        return name_lists(self.target, "Main", self._names)


class VocReader(DatasetReader):
    """Reads boxes, and the polygons and rotated boxes that some programs add."""

    def entries(self) -> Sequence[Entry]:
        """Return an image for each XML file."""
        if self.source.is_file():
            files = [self.source]
        else:
            folder = self.root / "Annotations"
            place = folder if folder.is_dir() else self.root
            files = [place / name for name in files_below(place, (".xml",))]
        splits = split_names(self.root, "Main")
        index = FolderIndex()
        found = [self._entry(path, splits, index) for path in files]
        if not found:
            raise broken(self.root.name, tr("there are no label files of Pascal VOC in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        path: Path = entry.data
        root = _root(path)
        shapes = []
        for count, element in enumerate(root.all("object"), 1):
            try:
                shapes.append(_shape(element))
            except ValueError as error:
                raise broken(path.name, tr("object {number}: {error}", number=count, error=error)) from error
            notes.said("parts", sum(1 for _ in element.all("part")))
        return Annotation(shapes=tuple(shapes))

    def _entry(self, path: Path, splits: dict[str, str], index: FolderIndex) -> Entry:
        folder = self.root / "Annotations"
        relative = path.relative_to(folder if path.is_relative_to(folder) else self.root).as_posix()
        stem = stem_of(relative)
        name, size = stem, None
        try:
            root = _root(path)
            name = safe_name(root.value("filename")) or stem
            size = _size(root)
        except LabelFileError:
            pass  # reading its labels says what is wrong
        sub = stem.rpartition("/")[0]
        own = name if "/" in name or not sub else f"{sub}/{name}"
        places = [picture_inside(self.root, f"{start}/{own}") for start in ("JPEGImages", "images", ".")]
        places += [index.find(self.root / start, stem) for start in ("JPEGImages", "images")]
        places.append(index.find(path.parent, stem.rpartition("/")[2]))
        suffix = Path(name).suffix
        found = [place for place in places if place is not None]
        fallback = suffix or (found[-1].suffix if found else "")
        return Entry(f"{stem}{fallback}", tuple(found), size, splits.get(stem, ""), path)


def name_lists(target: Path, room: str, names: dict[str, list[str]]) -> list[OutputFile]:
    """Return the lists of names below ImageSets; those that are in one already stay in it."""
    files = []
    for split, stems in names.items():
        place = joined("ImageSets", room, f"{split or 'trainval'}.txt")
        path = target / place
        there = read_text(path).split("\n") if path.is_file() else []
        kept = dict.fromkeys([*(line.strip() for line in there if line.strip()), *stems])
        files.append(OutputFile(place, "".join(f"{stem}\n" for stem in kept).encode("utf-8", "surrogateescape")))
    return files


def split_names(root: Path, room: str) -> dict[str, str]:
    """Return the split of each name that a list below ImageSets has."""
    found: dict[str, str] = {}
    for split in ("train", "val", "test"):
        path = root / "ImageSets" / room / f"{split}.txt"
        if path.is_file():
            # Lists for one class have a number behind the name.
            found.update(dict.fromkeys((line.split("\t")[0].strip() for line in read_text(path).split("\n")), split))
    return found


def _object(shape: Shape, box: tuple[float, float, float, float], record: Record, notes: Notes) -> str:
    rounded = [round(value) for value in box]
    if any(whole_number != value for whole_number, value in zip(rounded, box, strict=True)):
        notes.said("rounded")
    # A box of no width is one that some readers refuse.
    left, top = min(rounded[0], record.width - 1), min(rounded[1], record.height - 1)
    right, bottom = max(rounded[2], left + 1), max(rounded[3], top + 1)
    pose = shape.attributes.get(_POSE)
    notes.lost("flags", int(any(value for name, value in shape.flags.items() if name not in _FLAGS)))
    notes.lost("attributes", int(any(name != _POSE for name in shape.attributes)))
    lines = [
        element_text("name", shape.label, 2),
        element_text("pose", pose if isinstance(pose, str) else _USUAL_POSE, 2),
        *(element_text(flag, int(bool(shape.flags.get(flag))), 2) for flag in _FLAGS),
        element_text("difficult", int(shape.difficult), 2),
    ]
    sides = zip(("xmin", "ymin", "xmax", "ymax"), (left, top, right, bottom), strict=True)
    return element_text("object", [*lines, element_text("bndbox", [element_text(*side, 3) for side in sides], 2)])


def _root(path: Path) -> Element:
    try:
        root = parse_xml(read_bytes(path))
    except XmlError as error:
        raise broken(path.name, error) from error
    if root.name != "annotation":
        raise broken(path.name, tr("it is no annotation of Pascal VOC"))
    return root


def _size(root: Element) -> tuple[int, int] | None:
    size = root.find("size")
    try:
        width, height = (whole(size.value(side)) for side in ("width", "height")) if size is not None else (0, 0)
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None


def _shape(element: Element) -> Shape:
    label = element.value("name")
    kind, points = _outline(element)
    pose = element.value(_POSE)
    return Shape(
        kind,
        points,
        label=label,
        difficult=_is_set(element.value("difficult")),
        flags={flag: True for flag in _FLAGS if _is_set(element.value(flag))},
        attributes={_POSE: pose} if pose not in ("", _USUAL_POSE) else {},
    )


def _outline(element: Element) -> tuple[ShapeKind, Points]:
    rotated, polygon, box = element.find("robndbox"), element.find("polygon"), element.find("bndbox")
    if rotated is not None:
        values = [number(rotated.value(name)) for name in ("cx", "cy", "w", "h", "angle")]
        return ShapeKind.ROTATED_RECTANGLE, as_points(np.round(rotated_rectangle_corners(*values), 3))
    if polygon is not None and len(points := _polygon(polygon)) >= 3:
        return ShapeKind.POLYGON, as_points(points)
    if box is None:
        raise ValueError("it has no box")
    left, top, right, bottom = (number(box.value(name)) for name in ("xmin", "ymin", "xmax", "ymax"))
    return ShapeKind.RECTANGLE, as_points([[min(left, right), min(top, bottom)], [max(left, right), max(top, bottom)]])


def _polygon(element: Element) -> list[list[float]]:
    """Return the vertices of a polygon, written as x1, y1, x2, y2 ... or as pt elements."""
    points = [[number(point.value("x")), number(point.value("y"))] for point in element.all("pt")]
    count = 1
    while not points or count > 1:
        x, y = element.find(f"x{count}"), element.find(f"y{count}")
        if x is None or y is None:
            break
        points.append([number(x.text), number(y.text)])
        count += 1
    return points


def _is_set(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "yes")
