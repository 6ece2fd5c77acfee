"""DOTA's text files: four corners of an oriented box in pixels, its class, and whether it is difficult.

``labelTxt/[split/]name.txt`` with ``images/[split/]name.png``. See https://captain-whu.github.io/DOTA/dataset.html.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.areas import areas_only, clipped_ring, corners_of, is_rectangular
from anylabeling.document.formats.base import (
    DatasetReader,
    DatasetWriter,
    Entry,
    OutputFile,
    Record,
    joined,
    visible,
)
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.reading import FolderIndex, broken, files_below, number, read_text
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.translation import tr

FOLDERS = ("labelTxt", "labels", "labelTxt-v1.0", "labelTxt-v1.5", "annfiles")


class DotaWriter(DatasetWriter):
    """Oriented boxes. They may reach outside of the picture, as those of DOTA do."""

    holds = frozenset({"difficult"})

    def encode(self, record: Record, notes: Notes) -> list[str]:
        """Return a line for each area."""
        size = (record.width, record.height)
        lines, written = [], []
        for shape in areas_only(visible(record.annotation.shapes), notes):
            if not shape.label.strip():
                notes.left_out(shape.kind, "no label")
                continue
            corners = corners_of(shape, notes)
            if clipped_ring(corners, size) is None:
                notes.left_out(shape.kind, "outside")
                continue
            label = "_".join(shape.label.split())
            notes.said("name changed", int(label != shape.label))
            written.append(shape)
            numbers = " ".join(f"{value:.10g}" for value in np.round(corners, 2).ravel().tolist())
            lines.append(f"{numbers} {label} {int(shape.difficult)}\n")
        note_lost_fields(record.annotation, tuple(written), self.holds, notes)
        return lines

    def add(self, record: Record, part: list[str]) -> list[OutputFile]:
        """Return the text file of an image."""
        return [
            OutputFile(joined("labelTxt", record.split, f"{record.stem}.txt"), "".join(part).encode("utf-8", "replace"))
        ]


class DotaReader(DatasetReader):
    """Reads oriented boxes."""

    def entries(self) -> Sequence[Entry]:
        """Return an image for each text file."""
        index = FolderIndex()
        labels = next((self.root / name for name in FOLDERS if (self.root / name).is_dir()), self.root)
        found = []
        for name in files_below(labels, (".txt",)):
            stem = name[: -len(".txt")]
            first, _, rest = stem.partition("/")
            split = first if first in ("train", "val", "test") and rest else ""
            folders = (self.root / "images", labels, self.root)
            places = tuple(place for folder in folders if (place := index.find(folder, stem)) is not None)
            own = rest if split else stem
            found.append(Entry(f"{own}{places[0].suffix if places else ''}", places, None, split, labels / name))
        for split in ("train", "val", "test") if not found else ():
            found += self._split(split, index)
        if not found:
            raise broken(self.root.name, tr("there are no label files of DOTA in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        path: Path = entry.data
        shapes = []
        for count, line in enumerate(read_text(path).splitlines(), 1):
            words = line.split()
            # The head of the first versions: where the picture is from, and how large a pixel is on the ground.
            if not words or words[0].startswith(("imagesource:", "gsd:")):
                continue
            try:
                shapes.append(_shape(words))
            except ValueError as error:
                raise broken(path.name, tr("line {number}: {error}", number=count, error=error)) from error
        return Annotation(shapes=tuple(shapes))

    def _split(self, split: str, index: FolderIndex) -> list[Entry]:
        """Return the images of a split that has a folder of its own."""
        base = self.root / split
        labels = next((base / name for name in FOLDERS if (base / name).is_dir()), None)
        found = []
        for name in files_below(labels, (".txt",)) if labels is not None else ():
            stem = name[: -len(".txt")]
            place = index.find(base / "images", stem)
            places = (place,) if place is not None else ()
            data = labels / name if labels is not None else None
            found.append(Entry(f"{stem}{places[0].suffix if places else ''}", places, None, split, data))
        return found


def _shape(words: list[str]) -> Shape:
    if len(words) < 9:
        raise ValueError(f"{len(words)} words are no object")
    points = as_points(np.array([number(word) for word in words[:8]]).reshape(4, 2))
    rest = words[8:]
    difficult = False
    if len(rest) > 1 and rest[-1] in ("0", "1", "2"):
        difficult = rest.pop() != "0"
    kind = ShapeKind.ROTATED_RECTANGLE if is_rectangular(points) else ShapeKind.QUADRILATERAL
    return Shape(kind, points, label=" ".join(rest), difficult=difficult)
