"""Flags of images for classifiers: a folder for each class, as ImageNet has it, or one table.

Folders: ``[split/]class/name.jpg``. Table: ``labels.csv`` with a column for each class, 1 where an image has the flag.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from anylabeling.codecs import IMAGE_SUFFIXES
from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import (
    DatasetReader,
    DatasetWriter,
    Entry,
    OutputFile,
    Record,
    WriteOptions,
    joined,
)
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.reading import (
    MAX_JSON_BYTES,
    broken,
    files_below,
    picture_inside,
    read_text,
    safe_name,
)
from anylabeling.translation import tr

_SPLITS = {"train": "train", "val": "val", "valid": "val", "validation": "val", "test": "test"}
_TABLE = "labels.csv"
_TABLES = (_TABLE, "_classes.csv", "annotations.csv", "classes.csv")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


class FlagWriter(DatasetWriter):
    """Common part: only flags are written."""

    holds = frozenset({"image flags"})

    def encode(self, record: Record, notes: Notes) -> list[str]:
        """Return the flags of an image that are set."""
        for shape in record.annotation.shapes:
            notes.left_out(shape.kind, "only flags")
        note_lost_fields(record.annotation, (), self.holds, notes)
        return flags_of(record.annotation)


class FlagFolderWriter(FlagWriter):
    """A folder for each flag; an image with several is in several."""

    def image_places(self, record: Record) -> list[str]:
        """Return a place for each flag."""
        return [joined(record.split, folder_name(flag), record.name) for flag in flags_of(record.annotation)]

    def encode(self, record: Record, notes: Notes) -> list[str]:
        """Return the flags of an image that are set."""
        flags = super().encode(record, notes)
        notes.said("no flags", int(not flags))
        notes.said("more flags", int(len(flags) > 1))
        return flags

    def add(self, record: Record, part: list[str]) -> list[OutputFile]:
        """Return nothing: the places of the pictures say it all."""
        del record, part
        return []


class FlagTableWriter(FlagWriter):
    """A row for each image."""

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._rows: list[tuple[str, frozenset[str]]] = []
        self._flags: dict[str, None] = dict.fromkeys(options.known_classes)

    def add(self, record: Record, part: list[str]) -> list[OutputFile]:
        """Keep a row until the end."""
        self._rows.append((joined("images", record.split, record.name), frozenset(part)))
        self._flags.update(dict.fromkeys(part))
        return []

    def finish(self) -> list[OutputFile]:
        """Return the table."""
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["image", *self._flags])
        writer.writerows([name, *(int(flag in flags) for flag in self._flags)] for name, flags in self._rows)
        return [OutputFile(_TABLE, stream.getvalue().encode("utf-8", "surrogateescape"))]


class FlagFolderReader(DatasetReader):
    """Reads the names of folders as flags; a picture that is in several folders is read once for each."""

    def entries(self) -> Sequence[Entry]:
        """Return the pictures in folders."""
        found = []
        for name in files_below(self.root, tuple(IMAGE_SUFFIXES)):
            parts = name.split("/")
            split = _SPLITS.get(parts[0].lower(), "") if len(parts) > 2 else ""
            rest = parts[1:] if split else parts
            if len(rest) > 1:
                found.append(Entry("/".join(rest), (self.root / name,), None, split, rest[0]))
        if not found:
            raise broken(self.root.name, tr("there are no pictures in folders in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the flag of an image."""
        del size, notes
        return Annotation(flags={entry.data: True})


class FlagTableReader(DatasetReader):
    """Reads a table: a column for each class, or one column with the class."""

    def entries(self) -> Sequence[Entry]:
        """Return the images of the table."""
        tables = [self.source] if self.source.is_file() else [self.root / name for name in _TABLES]
        path = next((table for table in tables if table.is_file()), None)
        if path is None:
            raise broken(self.root.name, tr("there is no table of flags in it"))
        try:
            rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(read_text(path, MAX_JSON_BYTES)))]
        except csv.Error as error:
            raise broken(path.name, error) from error
        if not rows or len(rows[0]) < 2:
            raise broken(path.name, tr("it has no column of classes"))
        head, *body = rows
        found = []
        for row in body:
            name = safe_name(row[0]) if len(row) == len(head) else ""
            if not name:
                self.notes.said("bad entries", int(any(row)))
                continue
            places = (picture_inside(self.root, start) for start in (name, f"images/{name}"))
            split = next((one for one in ("train", "val", "test") if name.startswith(f"images/{one}/")), "")
            own = name.removeprefix(f"images/{split}/" if split else "images/")
            found.append(Entry(own, tuple(place for place in places if place), None, split, _flags(head, row)))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the flags of an image."""
        del size, notes
        return Annotation(flags=dict.fromkeys(entry.data, True))


def flags_of(annotation: Annotation) -> list[str]:
    """Return the flags that are set."""
    return [flag for flag, value in annotation.flags.items() if value and flag.strip()]


def _flags(head: list[str], row: list[str]) -> list[str]:
    cells = row[1:]
    if len(cells) == 1 and cells[0] not in ("0", "1"):
        return [part for part in re.split(r"[|;]", cells[0]) if part]
    return [flag for flag, cell in zip(head[1:], cells, strict=True) if cell in ("1", "1.0", "true", "True")]


def folder_name(flag: str) -> str:
    """Return a flag as the name of a folder that every system takes."""
    return _UNSAFE.sub("_", flag.encode("utf-8", "replace").decode()).strip(". ") or "_"
