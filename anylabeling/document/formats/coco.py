"""COCO's JSON: boxes, polygons of several rings, bitmaps as run lengths, key points.

``annotations/instances_<split>.json`` with the pictures below ``images/<split>``. Areas without holes are polygons, one
ring for each part; holes and masks are run lengths. Key points make the file a valid one for poses as well. See
https://cocodataset.org/#format-data. Numbers of categories that are in a file of that name stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson

from anylabeling.document.formats.areas import (
    Parts,
    box_of,
    clipped_box,
    object_outlines,
    objects,
    painted,
    ungrouped,
)
from anylabeling.document.formats.base import (
    ClassNumbers,
    DatasetWriter,
    OutputFile,
    Record,
    WriteOptions,
    joined,
    visible,
)
from anylabeling.document.formats.coco_reader import CocoReader, category_names
from anylabeling.document.formats.coco_rle import compress, encode_counts
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.poses import Pose, key_point_row, names_for, poses
from anylabeling.document.formats.reading import read_json
from anylabeling.document.shape import Shape, ShapeKind

__all__ = ["CocoReader", "CocoWriter"]

CROWD_FLAG = "iscrowd"


class _Object(NamedTuple):
    """One annotation: what is known of it without numbers, and its key points."""

    label: str
    values: dict[str, Any]
    pose: Pose | None


class _Image(NamedTuple):
    values: dict[str, Any]
    objects: list[tuple[str, bytes | dict[str, Any], Pose | None]]


class CocoWriter(DatasetWriter):
    """Gathers the images of each split and writes one file for each at the end."""

    holds = frozenset({"score", "flags", "attributes", "difficult", "text"})

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._numbers = ClassNumbers(options.known_classes, first=1)
        known = self._known_categories()
        if known:
            self._numbers = ClassNumbers(known, first=1)
        self._images: dict[str, list[_Image]] = {split: [] for split in options.splits or ("",)}
        self._key_points: dict[str, list[str]] = {}

    def encode(self, record: Record, notes: Notes) -> list[_Object]:
        """Return the annotations of an image."""
        size = (record.width, record.height)
        by_shape, shapes = poses(visible(record.annotation.shapes), notes)
        written: list[Shape] = []
        result = []
        for parts in objects(shapes, notes):
            values = self._values(parts, size, notes)
            if values is not None:
                pose = by_shape.get(parts.first.uid)
                written.append(ungrouped(parts.first) if pose or parts.others else parts.first)
                result.append(_Object(parts.first.label, values, pose))
        note_lost_fields(record.annotation, tuple(written), self.holds, notes)
        return result

    def add(self, record: Record, part: list[_Object]) -> list[OutputFile]:
        """Keep an image until the end; what does not change any more is kept as text."""
        kept: list[tuple[str, bytes | dict[str, Any], Pose | None]] = []
        for one in part:
            self._numbers.number(one.label)
            if one.pose is None:
                kept.append((one.label, orjson.dumps(one.values), None))
                continue
            names = self._key_points.setdefault(one.label, [])
            names += [name for name in one.pose.points if name not in names]
            kept.append((one.label, one.values, one.pose))
        values = {"file_name": record.name, "width": record.width, "height": record.height}
        self._images.setdefault(record.split, []).append(_Image(values, kept))
        return []

    def finish(self) -> list[OutputFile]:
        """Return a file for each split."""
        for names in self._key_points.values():
            coco = names_for(17)
            if set(names) <= set(coco):
                names[:] = coco
        return [OutputFile(file_place(split), self._text(split)) for split in self._images]

    def _known_categories(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for split in self.options.splits or ("",):
            path = self.target / file_place(split)
            if path.is_file():
                for number, name in category_names(read_json(path), path.name).items():
                    found.setdefault(name, number)
        return found

    def _values(self, parts: Parts, size: tuple[int, int], notes: Notes) -> dict[str, Any] | None:
        shape = parts.first
        segmentation, area, box = self._area(parts, size, notes)
        if box is None:
            return None
        left, top, right, bottom = box
        values: dict[str, Any] = {
            "bbox": [_short(left), _short(top), _short(right - left), _short(bottom - top)],
            "area": _short(area),
            "iscrowd": int(bool(shape.flags.get(CROWD_FLAG))),
            "segmentation": segmentation,
        }
        if shape.score is not None:
            values["score"] = shape.score
        attributes = {
            **_plain(shape.attributes),
            **{key: value for key, value in shape.flags.items() if key != CROWD_FLAG},
        }
        if shape.difficult:
            attributes["difficult"] = True
        if shape.text:
            attributes["text"] = shape.text
        if attributes:
            values["attributes"] = attributes
        return values

    def _area(self, parts: Parts, size: tuple[int, int], notes: Notes) -> tuple[Any, float, Any]:
        """Return segmentation, area in square pixels, and box; a box is None where nothing is inside of the picture."""
        shape = parts.first
        if shape.kind is ShapeKind.RECTANGLE:
            box = clipped_box(box_of(shape), *size)
            if box is None:
                notes.left_out(shape.kind, "outside")
                return [], 0.0, None
            if box != box_of(shape):
                notes.said("clipped")
            return [], (box[2] - box[0]) * (box[3] - box[1]), box
        if any(one.kind is ShapeKind.MASK or one.holes for one in parts.shapes):
            return self._bitmap(parts, size, notes)
        if shape.kind is not ShapeKind.POLYGON:
            notes.written_as(shape.kind, "polygon")
        areas = object_outlines(parts, size, notes)
        if not areas:
            return [], 0.0, None
        rings = [area.outer for area in areas]
        corners = np.vstack(rings)
        box = (*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())
        return [np.round(ring, 3).ravel().tolist() for ring in rings], sum(map(_ring_area, rings)), box

    def _bitmap(self, parts: Parts, size: tuple[int, int], notes: Notes) -> tuple[Any, float, Any]:
        pixels = painted(parts, size).pixels
        rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
        if not len(rows):
            notes.left_out(parts.first.kind, "outside")
            return [], 0.0, None
        for shape in parts.shapes:
            if shape.kind is not ShapeKind.MASK:
                notes.written_as(shape.kind, "run lengths")
        counts = encode_counts(pixels)
        box = (float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))
        text = compress(counts) if self.options.compressed else counts
        return {"size": [size[1], size[0]], "counts": text}, float(pixels.sum()), box

    def _text(self, split: str) -> bytes:
        """Return the file of a split. Its parts are joined as text, since one value of a million objects is large."""
        images: list[bytes] = []
        annotations: list[bytes] = []
        numbers = self._numbers.numbers()
        for image_id, image in enumerate(self._images[split], 1):
            images.append(orjson.dumps({"id": image_id, **image.values}))
            size = (image.values["width"], image.values["height"])
            for label, values, pose in image.objects:
                head = {"id": len(annotations) + 1, "image_id": image_id, "category_id": numbers[label]}
                body = (
                    values if isinstance(values, bytes) else orjson.dumps(self._with_points(label, values, pose, size))
                )
                annotations.append(orjson.dumps(head)[:-1] + b"," + body[1:])
        categories = [orjson.dumps(self._category(label, number)) for label, number in numbers.items()]
        parts = ((b"images", images), (b"annotations", annotations), (b"categories", categories))
        lists = (b'"' + name + b'":[\n' + b",\n".join(rows) + b"\n]" for name, rows in parts)
        return b'{"info":{"description":"AnyLabeling"},"licenses":[],\n' + b",\n".join(lists) + b"}\n"

    def _with_points(
        self, label: str, values: Mapping[str, Any], pose: Pose | None, size: tuple[int, int]
    ) -> dict[str, Any]:
        if pose is None:
            return dict(values)
        row = key_point_row(pose, self._key_points[label], size, self.notes)
        points = [number for x, y, seen in row for number in (_short(x), _short(y), seen)]
        return {**values, "num_keypoints": sum(seen > 0 for _, _, seen in row), "keypoints": points}

    def _category(self, label: str, number: int) -> dict[str, Any]:
        values: dict[str, Any] = {"id": number, "name": label, "supercategory": ""}
        if label in self._key_points:
            values |= {"keypoints": self._key_points[label], "skeleton": []}
        return values


def file_place(split: str) -> str:
    """Return where the file of a split is."""
    return joined("annotations", f"instances_{split or 'default'}.json")


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if isinstance(value, str | int | float | bool)}


def _ring_area(ring: Any) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def _short(value: float) -> float:
    return round(float(value), 3)
