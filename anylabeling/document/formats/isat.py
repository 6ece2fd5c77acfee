"""ISAT's JSON: polygons with a group and a layer, one file beside each picture, and ``isat.yaml`` with the categories.

Holes are polygons of the category ``__background__`` in the same group on a layer above, as ISAT paints them. See
https://github.com/yatengLG/ISAT_with_segment_anything for the format.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.areas import object_outlines, objects
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
from anylabeling.document.formats.reading import (
    FolderIndex,
    broken,
    files_below,
    number,
    read_json,
    read_yaml,
    whole,
)
from anylabeling.document.raster import Outline
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.translation import tr

BACKGROUND = "__background__"
_CROWD_FLAG = "iscrowd"


class IsatWriter(DatasetWriter):
    """Polygons, beside the pictures."""

    holds = frozenset({"description", "image description"})

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._categories = _categories(target / "isat.yaml")
        known = [row["name"] for row in self._categories if row["name"] != BACKGROUND]
        self._numbers = ClassNumbers(known or options.known_classes)

    def image_places(self, record: Record) -> list[str]:
        """Return where the picture goes: beside its file."""
        return [joined(record.split, record.name)]

    def encode(self, record: Record, notes: Notes) -> tuple[list[str], bytes]:
        """Return the labels and the file of an image."""
        size = (record.width, record.height)
        rows: list[dict[str, Any]] = []
        written = []
        groups = {shape.group_id for shape in record.annotation.shapes if shape.group_id is not None}
        free = max((*groups, 0)) + 1
        for parts in objects(visible(record.annotation.shapes), notes):
            areas = object_outlines(parts, size, notes)
            if not areas:
                continue
            if parts.first.kind is not ShapeKind.POLYGON:
                notes.written_as(parts.first.kind, "polygon")
            group = parts.first.group_id
            if group is None:
                group, free = free, free + 1
            written.append(parts.first.with_changes(group_id=None))
            for area in areas:
                rows += _rows(parts.first, area, group, len(rows) + 1)
        note_lost_fields(record.annotation, tuple(written), self.holds, notes)
        name = record.name.rpartition("/")[2]
        info = {"description": "ISAT", "folder": "", "name": name, "width": record.width, "height": record.height,
                "depth": 3, "note": record.annotation.description}  # fmt: skip
        data = orjson.dumps({"info": info, "objects": rows}, option=orjson.OPT_INDENT_2)
        return [shape.label for shape in written], data

    def add(self, record: Record, part: tuple[list[str], bytes]) -> list[OutputFile]:
        """Return the file of an image."""
        for label in part[0]:
            self._numbers.number(label)
        return [OutputFile(joined(record.split, f"{record.stem}.json"), part[1])]

    def finish(self) -> list[OutputFile]:
        """Return the categories; those that are there stay first, with their colours."""
        there = {row["name"]: row for row in self._categories}
        there.setdefault(BACKGROUND, {"name": BACKGROUND, "color": "#000000"})
        for label in self._numbers.numbers():
            there.setdefault(label, {"name": label, "color": _color(len(there))})
        lines = [f"- color: {_quoted(row['color'])}\n  name: {_quoted(row['name'])}\n" for row in there.values()]
        # Each split is opened as a folder of its own.
        places = ["", *self.options.splits]
        data = ("label:\n" + "".join(lines)).encode("utf-8", "replace")
        return [OutputFile(joined(place, "isat.yaml"), data) for place in places]


class IsatReader(DatasetReader):
    """Reads polygons."""

    def entries(self) -> Sequence[Entry]:
        """Return an image for each file of ISAT."""
        files = [self.source.name] if self.source.is_file() else list(files_below(self.root, (".json",)))
        index = FolderIndex()
        found = []
        for name in files:
            path = self.root / name
            if not looks_like_isat(path):
                continue
            stem = name[: -len(".json")]
            first, _, rest = stem.partition("/")
            split = first if first in ("train", "val", "test") and rest else ""
            folders = [path.parent, self.root / "images", path.parent.parent / "images"]
            places = [
                index.find(folder, stem.rpartition("/")[2]) for folder in folders if folder.is_relative_to(self.root)
            ]
            known = tuple(place for place in places if place is not None)
            own = rest if split else stem
            found.append(Entry(f"{own}{known[0].suffix if known else ''}", known, None, split, path))
        if not found:
            raise broken(self.source.name, tr("there are no label files of ISAT in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        path: Path = entry.data
        content = read_json(path)
        rows = content.get("objects") if is_isat(content) else None
        if not isinstance(rows, list):
            raise broken(path.name, tr("it is no label file of ISAT"))
        note = content["info"].get("note")
        layered = sorted((row for row in rows if isinstance(row, dict)), key=_layer)
        shapes: list[Shape] = []
        for row in layered:
            try:
                _take(row, shapes)
            except (ValueError, TypeError, KeyError):  # noqa: PERF203 - the others are wanted
                notes.said("bad entries")
        notes.said("bad entries", len(rows) - len(layered))
        alone = {group for group, count in _group_counts(shapes).items() if count == 1}
        shapes = [shape.with_changes(group_id=None) if shape.group_id in alone else shape for shape in shapes]
        return Annotation(shapes=tuple(shapes), description=note if isinstance(note, str) else "")


def is_isat(content: object) -> bool:
    """Say whether a JSON value is ISAT's."""
    info = content.get("info") if isinstance(content, dict) else None
    return isinstance(info, dict) and info.get("description") == "ISAT"


def looks_like_isat(path: Path) -> bool:
    """Say whether a file begins like one of ISAT."""
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError:
        return False
    return b'"info"' in head and b'"ISAT"' in head


def _rows(shape: Shape, area: Outline, group: int, layer: int) -> list[dict[str, Any]]:
    rows = []
    for place, ring in enumerate((area.outer, *area.holes)):
        corners = [*ring.min(axis=0).tolist(), *ring.max(axis=0).tolist()]
        x, y = ring[:, 0], ring[:, 1]
        rows.append(
            {
                "category": BACKGROUND if place else shape.label,
                "group": group,
                "segmentation": np.round(ring, 3).tolist(),
                "area": round(abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2, 3),
                "layer": float(layer + place),
                "bbox": [round(corner, 3) for corner in corners],
                "iscrowd": bool(shape.flags.get(_CROWD_FLAG)),
                "note": "" if place else shape.description,
            }
        )
    return rows


def _take(row: Mapping[str, Any], shapes: list[Shape]) -> None:
    """Add what a row says to the shapes below it."""
    ring = as_points([[number(x), number(y)] for x, y in row["segmentation"]])
    group = whole(row["group"]) if row.get("group") not in (None, "") else None
    if not isinstance(row["category"], str) or len(ring) < 3:
        raise ValueError("it is no polygon with a category")
    if row["category"] == BACKGROUND:
        # A hole of the topmost area of its group, or of what lies right below it.
        below = [place for place, shape in enumerate(shapes) if shape.group_id == group] or range(len(shapes))
        target = next((place for place in reversed(below) if _covers(shapes[place], ring)), None)
        if target is not None:
            shapes[target] = shapes[target].with_changes(holes=(*shapes[target].holes, ring))
            return
    note = row.get("note")
    shapes.append(
        Shape(
            ShapeKind.POLYGON,
            ring,
            label=row["category"],
            group_id=group,
            description=note if isinstance(note, str) else "",
            flags={_CROWD_FLAG: True} if row.get("iscrowd") in (True, 1) else {},
        )
    )


def _covers(shape: Shape, ring: Any) -> bool:
    low, high = shape.points.min(axis=0), shape.points.max(axis=0)
    return bool((ring.min(axis=0) >= low - 1).all() and (ring.max(axis=0) <= high + 1).all())


def _group_counts(shapes: Sequence[Shape]) -> dict[int | None, int]:
    counts: dict[int | None, int] = {}
    for shape in shapes:
        counts[shape.group_id] = counts.get(shape.group_id, 0) + 1
    return counts


def _layer(row: Mapping[str, Any]) -> float:
    try:
        return number(row.get("layer"))
    except ValueError:
        return 0.0


def _categories(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    rows = read_yaml(path).get("label")
    return [
        {"name": str(row["name"]), "color": str(row.get("color") or _color(place))}
        for place, row in enumerate(rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and row.get("name") is not None
    ]


def _color(place: int) -> str:
    red, green, blue = colorsys.hsv_to_rgb(place * 0.618 % 1, 0.65, 0.95)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def _quoted(text: str) -> str:
    # A JSON text is a YAML text, whatever is in it.
    return orjson.dumps(text.encode("utf-8", "replace").decode("utf-8")).decode("utf-8")
