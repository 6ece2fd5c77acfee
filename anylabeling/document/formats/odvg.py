"""Object detection and visual grounding (ODVG), a line of JSON for each image: what Grounding DINO is trained with.

``odvg[_split].jsonl`` with lines ``{"filename", "height", "width", "detection": {"instances": [{"bbox": [x1, y1, x2,
y2], "label": number, "category": name}]}}``, ``label_map.json`` with the names by number from "0" on, and ``images/``.
Lines of grounding have ``{"grounding": {"caption", "regions": [{"bbox", "phrase"}]}}`` instead. See
https://github.com/longzw1997/Open-GroundingDino/blob/main/data_format.md and the guide of MM-Grounding-DINO.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import orjson

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
from anylabeling.document.formats.coco_reader import split_of
from anylabeling.document.formats.json_lines import first_row, line_files, picture_places, rows_of
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.reading import broken, number, read_json, safe_name, whole
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.errors import LabelFileError
from anylabeling.translation import tr

LABEL_MAP = "label_map.json"


class OdvgWriter(DatasetWriter):
    """Boxes with the numbers and names of their classes."""

    holds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        known = {name: number for number, name in read_label_map(target).items()}
        self.numbers = ClassNumbers(known or options.known_classes)
        self._lines: dict[str, list[bytes]] = {split: [] for split in options.splits or ("",)}

    def encode(self, record: Record, notes: Notes) -> list[tuple[str, Box]]:
        """Return label and box of each object."""
        found = boxes_of(visible(record.annotation.shapes), (record.width, record.height), notes)
        named = [(shape, box) for shape, box in found if shape.label]
        for shape, _ in found:
            if not shape.label:
                notes.left_out(shape.kind, "no label")
        note_lost_fields(record.annotation, tuple(shape for shape, _ in named), self.holds, notes)
        return [(shape.label, box) for shape, box in named]

    def add(self, record: Record, part: list[tuple[str, Box]]) -> list[OutputFile]:
        """Keep a line until the end."""
        instances = [
            {"bbox": [round(value, 2) for value in box], "label": self.numbers.number(label), "category": label}
            for label, box in part
        ]
        row = {
            "filename": joined(record.split, record.name),
            "height": record.height,
            "width": record.width,
            "detection": {"instances": instances},
        }
        self._lines.setdefault(record.split, []).append(orjson.dumps(row) + b"\n")
        return []

    def finish(self) -> list[OutputFile]:
        """Return a file for each split, and the names of the numbers."""
        names = {str(number): name for name, number in self.numbers.numbers().items()}
        files = [
            OutputFile(f"odvg_{split}.jsonl" if split else "odvg.jsonl", b"".join(lines))
            for split, lines in self._lines.items()
        ]
        return [*files, OutputFile(LABEL_MAP, orjson.dumps(names, option=orjson.OPT_INDENT_2) + b"\n")]


class OdvgReader(DatasetReader):
    """Reads one file, or all files of a folder that are such lines."""

    def __init__(self, source: Path) -> None:
        super().__init__(source)
        self.names = read_label_map(self.root)

    def entries(self) -> Sequence[Entry]:
        """Return the images of all files."""
        files = [self.source] if self.source.is_file() else [path for path in line_files(self.root) if is_odvg(path)]
        found: list[Entry] = []
        for path in files:
            split = split_of(path) if len(files) > 1 else ""
            for row in rows_of(path, self.notes):
                name = safe_name(row.get("filename"))
                if not name:
                    self.notes.said("bad entries")
                    continue
                short = name.removeprefix(f"{split}/") if split else name
                found.append(Entry(short, picture_places(path, name), _size_of(row), split, row))
        if not found:
            raise broken(self.source.name, tr("there is no line of ODVG in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the boxes of an image; the phrases of grounding are labels, its caption is the text of the image."""
        shapes: list[Shape] = []
        caption = ""
        for row in (entry.data.get("detection"), entry.data.get("grounding")):
            if not isinstance(row, dict):
                continue
            caption = row["caption"] if isinstance(row.get("caption"), str) else caption
            rows = row.get("instances") or row.get("regions") or []
            for each in rows if isinstance(rows, list) else []:
                try:
                    shapes += self._shapes(each)
                except (ValueError, TypeError, KeyError, IndexError, AttributeError):  # noqa: PERF203 - the others are wanted
                    notes.said("bad entries")
        return Annotation(shapes=tuple(shapes), text=caption)

    def _shapes(self, row: Mapping[str, Any]) -> list[Shape]:
        """Return the boxes of an instance, or of a phrase that is said of several."""
        label = row.get("category", row.get("phrase"))
        if not isinstance(label, str):
            found = whole(row["label"])
            label = self.names.get(found, str(found))
        boxes = row["bbox"] if isinstance(row["bbox"][0], list) else [row["bbox"]]
        score = number(row["score"]) if "score" in row else None
        made = []
        for left, top, right, bottom in boxes:
            corners = as_points(np.array([[number(left), number(top)], [number(right), number(bottom)]]))
            if not (corners[1] >= corners[0]).all():
                raise ValueError("a box has a negative size")
            made.append(Shape(ShapeKind.RECTANGLE, corners, label=label, score=score))
        return made


def is_odvg(path: Path) -> bool:
    """Say whether the first line of a file is ODVG's."""
    row = first_row(path)
    return "filename" in row and ("detection" in row or "grounding" in row)


def read_label_map(folder: Path) -> dict[int, str]:
    """Return the names of the numbers; empty when there is no such file.

    Raises:
        LabelFileError: When there is one that makes no sense.
    """
    path = next((place for place in (folder / LABEL_MAP, folder / "annotations" / LABEL_MAP) if place.is_file()), None)
    if path is None:
        return {}
    content = read_json(path)
    try:
        names = {whole(key): name for key, name in content.items() if isinstance(name, str)}
    except (ValueError, AttributeError) as error:
        raise broken(path.name, tr("it is no list of labels by number")) from error
    if len(set(names.values())) != len(names):
        raise LabelFileError(tr("{name} gives one label two numbers.", name=path.name))
    return names


def _size_of(row: Mapping[str, Any]) -> tuple[int, int] | None:
    try:
        width, height = whole(row["width"]), whole(row["height"])
    except (KeyError, ValueError):
        return None
    return (width, height) if width > 0 and height > 0 else None
