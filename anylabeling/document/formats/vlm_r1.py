"""Conversations for vision-language models (VLM-R1 and those that are trained like it), a line of JSON for each image.

``vlm_r1[_split].jsonl`` with lines ``{"id", "image", "conversations": [{"from": "human", "value": question}, {"from":
"gpt", "value": answer}]}``. The answer is a JSON list of ``{"bbox_2d": [x1, y1, x2, y2], "label"}`` in whole pixels, in
a block of code, or ``None`` where there is nothing to find. See https://github.com/om-ai-lab/VLM-R1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import numpy as np
import orjson

from anylabeling.document import label_json
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
from anylabeling.document.formats.json_lines import first_row, line_files, picture_places, rows_of
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.reading import broken, number, safe_name
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.translation import tr

_NOTHING = "None"
_BLOCK = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_ANSWERING = ("gpt", "assistant")


class _Found(NamedTuple):
    """What is to be found in an image: the answer, and its labels."""

    answer: str
    labels: tuple[str, ...]


class _Line(NamedTuple):
    name: str
    found: _Found


class VlmR1Writer(DatasetWriter):
    """A question for all labels of the data set and its answer, for each image."""

    holds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._lines: dict[str, list[_Line]] = {split: [] for split in options.splits or ("",)}
        self._labels = dict.fromkeys(options.known_classes)

    def encode(self, record: Record, notes: Notes) -> _Found:
        """Return the answer for an image."""
        found = boxes_of(visible(record.annotation.shapes), (record.width, record.height), notes)
        rows, labels, written = [], [], []
        for shape, box in found:
            if not shape.label:
                notes.left_out(shape.kind, "no label")
                continue
            whole_box = [round(value) for value in box]
            notes.said("rounded", int(whole_box != list(box)))
            rows.append({"bbox_2d": whole_box, "label": shape.label})
            labels.append(shape.label)
            written.append(shape)
        note_lost_fields(record.annotation, tuple(written), self.holds, notes)
        if not rows:
            return _Found(_NOTHING, ())
        listed = ",\n".join(orjson.dumps(row).decode() for row in rows)
        return _Found(f"```json\n[\n{listed}\n]\n```", tuple(dict.fromkeys(labels)))

    def add(self, record: Record, part: _Found) -> list[OutputFile]:
        """Keep the answer until all labels are known."""
        self._labels.update(dict.fromkeys(part.labels))
        self._lines.setdefault(record.split, []).append(_Line(joined(record.split, record.name), part))
        return []

    def finish(self) -> list[OutputFile]:
        """Return a file for each split."""
        names = ", ".join(self._labels)
        question = (
            f"<image>Find every object of these kinds in the picture: {names}. Answer with a JSON list of objects that "
            f"have bbox_2d (left, top, right, bottom, in pixels) and label, or with {_NOTHING} when there are none."
        )
        files, count = [], 0
        for split, lines in self._lines.items():
            rows = []
            for line in lines:
                count += 1
                talk = [{"from": "human", "value": question}, {"from": "gpt", "value": line.found.answer}]
                rows.append(orjson.dumps({"id": count, "image": line.name, "conversations": talk}) + b"\n")
            files.append(OutputFile(f"vlm_r1_{split}.jsonl" if split else "vlm_r1.jsonl", b"".join(rows)))
        return files


class VlmR1Reader(DatasetReader):
    """Reads one file, or all files of a folder that are such conversations."""

    def entries(self) -> Sequence[Entry]:
        """Return the images of all files."""
        files = [self.source] if self.source.is_file() else [path for path in line_files(self.root) if is_vlm_r1(path)]
        found: list[Entry] = []
        for path in files:
            split = split_of(path) if len(files) > 1 else ""
            for row in rows_of(path, self.notes):
                image = row.get("image")
                name = safe_name(image[0] if isinstance(image, list) and image else image)
                if not name or not isinstance(row.get("conversations"), list):
                    self.notes.said("bad entries")
                    continue
                short = name.removeprefix(f"{split}/") if split else name
                found.append(Entry(short, picture_places(path, name), None, split, row["conversations"]))
        if not found:
            raise broken(self.source.name, tr("there is no conversation about an image in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the boxes that the answers name."""
        shapes = []
        for turn in entry.data:
            if not isinstance(turn, dict) or turn.get("from") not in _ANSWERING:
                continue
            for row in _rows(turn.get("value"), notes):
                try:
                    shapes.append(_shape(row))
                except (ValueError, TypeError, KeyError):  # noqa: PERF203 - the others are wanted
                    notes.said("bad entries")
        return Annotation(shapes=tuple(shapes))


def is_vlm_r1(path: Path) -> bool:
    """Say whether the first line of a file is a conversation about an image."""
    row = first_row(path)
    return "image" in row and isinstance(row.get("conversations"), list)


def _rows(answer: object, notes: Notes) -> list[Any]:
    """Return the list in an answer, which may stand in a block of code or between other words."""
    if not isinstance(answer, str) or answer.strip() == _NOTHING:
        return []
    blocks = _BLOCK.findall(answer) or [answer]
    text = blocks[-1].strip()
    try:
        value = label_json.loads(text.encode("utf-8", "replace"))
    except label_json.JsonError:
        notes.said("bad entries", int("bbox" in text))  # an answer in words is about something else
        return []
    return value if isinstance(value, list) else [value]


def _shape(row: Mapping[str, Any]) -> Shape:
    left, top, right, bottom = (number(value) for value in row["bbox_2d"])
    if right < left or bottom < top or not isinstance(row["label"], str):
        raise ValueError("a box has a negative size or no label")
    return Shape(ShapeKind.RECTANGLE, as_points(np.array([[left, top], [right, bottom]])), label=row["label"])
