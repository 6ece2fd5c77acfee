"""Sequences of MOTChallenge: boxes with the number of the object that they follow, frame by frame.

``[split/][sequence/]gt/gt.txt`` with lines ``frame, object, left, top, width, height, counts, class, visible``, the
pictures ``img1/000001.jpg`` from 1 on, ``gt/labels.txt`` with the names of the classes by line, and ``seqinfo.ini``. An
object's number is the group of its boxes here. See https://motchallenge.net/instructions and arXiv:1603.00831.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

import numpy as np

from anylabeling.codecs import IMAGE_SUFFIXES
from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.areas import Box, boxes_of
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
from anylabeling.document.formats.reading import broken, files_below, number, read_text, whole
from anylabeling.document.labels import natural_key
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.translation import tr

_PICTURES = "img1"
_LISTS = ("gt/gt.txt", "det/det.txt")
_NAMES = "labels.txt"
_USUAL_CLASSES = (
    "pedestrian", "person on vehicle", "car", "bicycle", "motorbike", "non motorized vehicle", "static person",
    "distractor", "occluder", "occluder on the ground", "occluder full", "reflection",
)  # fmt: skip
_SPLITS = ("train", "val", "test")


class _Object(NamedTuple):
    """A box on the way into a frame."""

    group: int | None
    box: Box
    label: str
    counts: bool


class _Sequence:
    """The frames of one folder of images, as they are numbered."""

    def __init__(self) -> None:
        self.frames: dict[str, str] = {}
        self.lines: list[tuple[int, _Object]] = []
        self.size = (0, 0)

    def number(self, record: Record) -> int:
        """Return the number of an image's frame; a new one gets the next."""
        if record.name not in self.frames:
            self.frames[record.name] = f"{len(self.frames) + 1:06d}{Path(record.name).suffix.lower()}"
            self.size = (record.width, record.height)
        return int(self.frames[record.name].partition(".")[0])


class MotWriter(DatasetWriter):
    """Boxes of groups. Each folder of images is a sequence, in the order of the images."""

    holds: ClassVar[frozenset[str]] = frozenset({"group", "difficult"})

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        known = next((names for home in _homes(target) if (names := _names_in(home / "gt"))), {})
        numbers = {name: place for place, name in known.items()}
        self.numbers = ClassNumbers(numbers or options.known_classes, first=1)
        self._sequences: dict[str, _Sequence] = defaultdict(_Sequence)

    def image_places(self, record: Record) -> list[str]:
        """Return where the picture goes, by the number of its frame."""
        place, sequence = self._sequence_of(record)
        sequence.number(record)
        return [joined(place, _PICTURES, sequence.frames[record.name])]

    def encode(self, record: Record, notes: Notes) -> list[_Object]:
        """Return the boxes of an image; a second box of one group in one image is an object of its own."""
        found = boxes_of(visible(record.annotation.shapes), (record.width, record.height), notes)
        note_lost_fields(record.annotation, tuple(shape for shape, _ in found if shape.label), self.holds, notes)
        taken: set[int] = set()
        rows = []
        for shape, box in found:
            if not shape.label:
                notes.left_out(shape.kind, "no label")
                continue
            group = shape.group_id if shape.group_id is not None and shape.group_id > 0 else None
            if group in taken:
                notes.lost("group")
                group = None
            elif group is not None:
                taken.add(group)
            rows.append(_Object(group, box, shape.label, not shape.difficult))
        return rows

    def add(self, record: Record, part: list[_Object]) -> list[OutputFile]:
        """Give the image the next number, and keep its boxes until the end."""
        _, sequence = self._sequence_of(record)
        frame = sequence.number(record)
        sequence.lines += [(frame, one) for one in part]
        return []

    def finish(self) -> list[OutputFile]:
        """Return the list, the names and the description of each sequence."""
        for sequence in self._sequences.values():
            for _, one in sequence.lines:
                self.numbers.number(one.label)
        names = "".join(f"{' '.join(name.split())}\n" for name in self.numbers.names()).encode("utf-8", "replace")
        files = []
        for place, sequence in self._sequences.items():
            text = "".join(self._lines(sequence)).encode()
            files += [
                OutputFile(joined(place, "gt/gt.txt"), text),
                OutputFile(joined(place, "gt", _NAMES), names),
                OutputFile(joined(place, "seqinfo.ini"), _description(place, sequence)),
            ]
        return files

    def _lines(self, sequence: _Sequence) -> Iterator[str]:
        """Yield the lines; what has no group gets a number behind all groups."""
        fresh = itertools.count(max((one.group or 0 for _, one in sequence.lines), default=0) + 1)
        for frame, (group, (left, top, right, bottom), label, counts) in sequence.lines:
            own = next(fresh) if group is None else group
            numbers = (round(value, 2) for value in (left, top, right - left, bottom - top))
            place = ",".join(f"{value:.10g}" for value in numbers)
            yield f"{frame},{own},{place},{int(counts)},{self.numbers.number(label)},1\n"

    def _sequence_of(self, record: Record) -> tuple[str, _Sequence]:
        place = joined(record.split, record.name.rpartition("/")[0])
        return place, self._sequences[place]


class MotReader(DatasetReader):
    """Reads the lists of all sequences below a folder, or one list."""

    def __init__(self, source: Path) -> None:
        super().__init__(source)
        if source.is_file() and source.parent.name in ("gt", "det"):
            self.root = source.parent.parent

    def entries(self) -> Sequence[Entry]:
        """Return an image for each frame that is there or that a list names."""
        found: list[Entry] = []
        for path in [self.source] if self.source.is_file() else mot_lists(self.root):
            found += self._frames(path)
        if not found:
            raise broken(self.source.name, tr("there is no list of MOTChallenge in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the boxes of a frame."""
        lines, names = entry.data
        shapes = []
        for line in lines:
            try:
                shapes.append(_shape(line.split(","), names))
            except ValueError:  # noqa: PERF203 - the others are wanted
                notes.said("bad entries")
        return Annotation(shapes=tuple(shapes))

    def _frames(self, path: Path) -> list[Entry]:
        home = path.parent.parent if path.parent.name in ("gt", "det") else path.parent
        names = _names_in(path.parent) or _names_in(home) or dict(enumerate(_USUAL_CLASSES, 1))
        by_frame: dict[int, list[str]] = defaultdict(list)
        for line in read_text(path).splitlines():
            if not line.strip():
                continue
            try:
                by_frame[whole(line.split(",")[0])].append(line)
            except ValueError:
                self.notes.said("bad entries")
        folder = home / _PICTURES if (home / _PICTURES).is_dir() else home
        pictures = sorted((name for name in files_below(folder, tuple(IMAGE_SUFFIXES))), key=natural_key)
        places = {_frame_number(name, place): folder / name for place, name in enumerate(pictures, 1)}
        below = home.relative_to(self.root).as_posix() if home != self.root else ""
        first, _, rest = below.partition("/")
        split, sequence = (first, rest) if first in _SPLITS else ("", below)
        return [
            Entry(
                joined(sequence, places[frame].name if frame in places else f"{frame:06d}.jpg"),
                (places[frame],) if frame in places else (),
                None,
                split,
                (by_frame.get(frame, []), names),
            )
            for frame in sorted({*by_frame, *places})
        ]


def mot_lists(folder: Path) -> list[Path]:
    """Return the list of each sequence in a folder, its folders and theirs: what is true rather than what was found."""
    lists = [next((path for name in _LISTS if (path := home / name).is_file()), None) for home in _homes(folder)]
    alone = folder / "gt.txt"
    return [path for path in lists if path is not None] or [alone][: alone.is_file()]


def _homes(folder: Path) -> list[Path]:
    return [folder, *sorted(folder.glob("*/")), *sorted(folder.glob("*/*/"))]


def _names_in(folder: Path) -> dict[int, str]:
    path = folder / _NAMES
    lines = read_text(path).splitlines() if path.is_file() else []
    return {place: line.strip() for place, line in enumerate(lines, 1) if line.strip()}


def _frame_number(name: str, place: int) -> int:
    """Return the number in the name of a picture, or its place among the others."""
    stem = Path(name).stem
    return int(stem) if stem.isdecimal() and len(stem) < 10 else place


def _shape(words: list[str], names: dict[int, str]) -> Shape:
    left, top, width, height = (number(word) for word in words[2:6])
    if width < 0 or height < 0:
        raise ValueError("a box has a negative size")
    group, counts = whole(words[1]), number(words[6]) if len(words) > 6 else 1.0
    kind = whole(words[7]) if len(words) > 7 else -1
    # In a list of what a detector found, that number is its confidence, and nothing is followed.
    was_found = group < 0
    points = as_points(np.round(np.array([[left, top], [left + width, top + height]]), 4))
    return Shape(
        ShapeKind.RECTANGLE,
        points,
        label=names.get(kind, str(kind) if kind > 0 else names.get(1, "object")),
        group_id=None if was_found else group,
        score=counts if was_found and 0 <= counts <= 1 else None,
        difficult=not was_found and counts == 0,
    )


def _description(place: str, sequence: _Sequence) -> bytes:
    width, height = sequence.size
    ending = next(iter(sequence.frames.values()), ".jpg").rpartition(".")[2]
    return (
        f"[Sequence]\nname={place.rpartition('/')[2] or 'sequence'}\nimDir={_PICTURES}\nframeRate=30\n"
        f"seqLength={len(sequence.frames)}\nimWidth={width}\nimHeight={height}\nimExt=.{ending}\n"
    ).encode("utf-8", "replace")
