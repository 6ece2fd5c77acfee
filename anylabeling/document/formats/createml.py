"""CreateML's JSON: boxes by centre and size in pixels, one file beside the pictures of each split.

A list of ``{"image", "annotations": [{"label", "coordinates": {"x", "y", "width", "height"}}]}``. See
https://developer.apple.com/documentation/createml/building-an-object-detector-data-source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson

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
    visible,
)
from anylabeling.document.formats.coco_reader import split_of
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.reading import broken, number, picture_inside, read_json, safe_name
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.translation import tr

FILE_NAME = "_annotations.createml.json"


class CreateMlWriter(DatasetWriter):
    """Boxes."""

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._rows: dict[str, list[bytes]] = {split: [] for split in options.splits or ("",)}

    def image_places(self, record: Record) -> list[str]:
        """Return where the picture goes: beside the file."""
        return [joined(record.split, record.name)]

    def encode(self, record: Record, notes: Notes) -> bytes:
        """Return the row of an image."""
        found = boxes_of(visible(record.annotation.shapes), (record.width, record.height), notes)
        note_lost_fields(record.annotation, tuple(shape for shape, _ in found), self.holds, notes)
        rows = [{"label": shape.label, "coordinates": _coordinates(box)} for shape, box in found]
        return orjson.dumps({"image": record.name, "annotations": rows})

    def add(self, record: Record, part: bytes) -> list[OutputFile]:
        """Keep a row until the end."""
        self._rows.setdefault(record.split, []).append(part)
        return []

    def finish(self) -> list[OutputFile]:
        """Return a file for each split."""
        return [
            OutputFile(joined(split, FILE_NAME), b"[\n" + b",\n".join(rows) + b"\n]\n")
            for split, rows in self._rows.items()
        ]


class CreateMlReader(DatasetReader):
    """Reads one file, or all files of a folder that are CreateML's."""

    def entries(self) -> Sequence[Entry]:
        """Return the images of all files."""
        files = [self.source] if self.source.is_file() else createml_files(self.root)
        found: list[Entry] = []
        for path in files:
            content = read_json(path)
            if not is_createml(content):
                raise broken(path.name, tr("it is no file of CreateML"))
            found += self._images(path, content, split_of(path) if len(files) > 1 else "")
        if not found:
            raise broken(self.source.name, tr("there is no file of CreateML in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        shapes = []
        for row in entry.data:
            try:
                shapes.append(_shape(row))
            except (ValueError, TypeError, KeyError):  # noqa: PERF203 - the others are wanted
                notes.said("bad entries")
        return Annotation(shapes=tuple(shapes))

    def _images(self, path: Path, content: Sequence[Any], split: str) -> list[Entry]:
        found = []
        for row in content:
            image = (row.get("image") or row.get("imagefilename")) if isinstance(row, dict) else None
            rows = (row.get("annotations") or row.get("annotation") or []) if isinstance(row, dict) else None
            name = safe_name(image)
            if not name or not isinstance(rows, list):
                self.notes.said("bad entries")
                continue
            places = (picture_inside(self.root, place) for place in self._starts(path, name))
            found.append(Entry(name, tuple(place for place in places if place), None, split, rows))
        return found

    def _starts(self, path: Path, name: str) -> list[str]:
        folder = path.parent.relative_to(self.root).as_posix()
        return list(dict.fromkeys([f"{folder}/{name}", f"{folder}/images/{name}", name, f"images/{name}"]))


def createml_files(folder: Path) -> list[Path]:
    """Return the files of CreateML in a folder and in its parts."""
    found = []
    for place in (folder, *(folder / name for name in ("train", "valid", "val", "test")), folder / "annotations"):
        if place.is_dir():
            found += [path for path in sorted(place.glob("*.json")) if path.is_file() and _begins_like_one(path)]
    return found


def is_createml(content: object) -> bool:
    """Say whether a JSON value is CreateML's: a list of images."""
    return isinstance(content, list) and any(
        isinstance(row, dict) and ("image" in row or "imagefilename" in row) for row in content[:100]
    )


def _begins_like_one(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError:
        return False
    return head.startswith(b"[") and b'"image' in head


def _coordinates(box: tuple[float, float, float, float]) -> dict[str, float]:
    left, top, right, bottom = box
    values = ((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
    return {name: round(value, 4) for name, value in zip(("x", "y", "width", "height"), values, strict=True)}


def _shape(row: Mapping[str, Any]) -> Shape:
    place = row["coordinates"]
    x, y, width, height = (number(place[name]) for name in ("x", "y", "width", "height"))
    if width < 0 or height < 0 or not isinstance(row["label"], str):
        raise ValueError("a box has a negative size or no label")
    corners = [[x - width / 2, y - height / 2], [x + width / 2, y + height / 2]]
    return Shape(ShapeKind.RECTANGLE, as_points(np.round(corners, 4)), label=row["label"])
