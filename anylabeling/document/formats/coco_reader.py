"""Reads COCO's JSON; one annotation that makes no sense is left out and counted, and the others are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import DatasetReader, Entry
from anylabeling.document.formats.coco_rle import counts_of, decode_counts
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.poses import names_for, point_shapes
from anylabeling.document.formats.reading import broken, number, picture_inside, read_json, safe_name, whole
from anylabeling.document.masks import Bitmap, mask_shape
from anylabeling.document.shape import MAX_COORDINATE, Points, Shape, ShapeKind, as_points
from anylabeling.translation import tr

_CROWD_FLAG = "iscrowd"
_SPLITS = {"train": "train", "val": "val", "valid": "val", "test": "test", "validation": "val"}
_MOST_POINTS = 10_000_000


class CocoReader(DatasetReader):
    """Reads one file, or all files of a folder that are COCO's."""

    def __init__(self, source: Path) -> None:
        super().__init__(source)
        if source.is_file() and source.parent.name == "annotations":
            self.root = source.parent.parent
        self._files = [source] if source.is_file() else coco_files(source)
        if not self._files:
            raise broken(source.name, tr("there is no file of COCO in it"))
        self._categories: dict[Path, dict[int, str]] = {}
        self._key_points: dict[Path, dict[int, list[str]]] = {}

    def entries(self) -> Sequence[Entry]:
        """Return the images of all files; a file that cannot be read ends it where it is the only one."""
        found: list[Entry] = []
        for path in self._files:
            content = read_json(path)
            if not is_coco(content):
                raise broken(path.name, tr("it is no file of COCO"))
            self._categories[path] = category_names(content, path.name)
            self._key_points[path] = _key_point_names(content)
            found += self._images(path, content, split_of(path) if len(self._files) > 1 else "")
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        path, rows = entry.data
        shapes: list[Shape] = []
        groups = 0
        for row in rows:
            try:
                made = self._shapes(path, row, size, groups + 1)
            except (ValueError, TypeError, KeyError, OverflowError):
                notes.said("bad entries")
                continue
            groups += any(shape.group_id is not None for shape in made)
            shapes += made
        return Annotation(shapes=tuple(shapes))

    def _images(self, path: Path, content: Mapping[str, Any], split: str) -> list[Entry]:
        by_image: dict[Any, list[Any]] = {}
        for row in content["annotations"]:
            if isinstance(row, dict) and isinstance(row.get("image_id"), int | str):
                by_image.setdefault(row["image_id"], []).append(row)
            else:
                self.notes.said("bad entries")
        found = []
        for image in content["images"]:
            name = safe_name(image.get("file_name")) if isinstance(image, dict) else ""
            if not name or not isinstance(image.get("id"), int | str):
                self.notes.said("bad entries")
                continue
            rows = by_image.pop(image["id"], [])
            found.append(Entry(name, self._places(path, name, split), _size(image), split, (path, rows)))
        self.notes.said("no pictures", sum(map(len, by_image.values())))
        return found

    def _places(self, path: Path, name: str, split: str) -> tuple[Path, ...]:
        """Return where the picture of an entry may be: beside the file, and where data sets are used to have it."""
        folder = path.parent.relative_to(self.root).as_posix() if path.parent.is_relative_to(self.root) else "."
        named = path.stem.rpartition("_")[2]
        starts = [f"images/{split or named}", "images", split or named, named, "JPEGImages", ".", folder]
        starts += [f"{folder}/images"]
        places = (picture_inside(self.root, f"{start}/{name}") for start in dict.fromkeys(starts))
        return tuple(place for place in places if place is not None)

    def _shapes(self, path: Path, row: Mapping[str, Any], size: tuple[int, int], group: int) -> list[Shape]:
        category = row["category_id"]
        label = self._categories[path].get(category) or f"class_{whole(category)}"
        areas = self._areas(row, size)
        key_points = row.get("keypoints")
        row_points = _key_point_row(key_points) if key_points else []
        in_group = len(areas) > 1 or any(seen for _, _, seen in row_points)
        fields = _fields(row, label, group if in_group else None)
        shapes = [shape.with_changes(**fields) for shape in areas]
        if row_points:
            names = names_for(len(row_points), self._key_points[path].get(category, ()))
            shapes += point_shapes(row_points, names, group)
        return shapes

    def _areas(self, row: Mapping[str, Any], size: tuple[int, int]) -> list[Shape]:
        segmentation = row.get("segmentation")
        if isinstance(segmentation, dict):
            stated = segmentation["size"]
            height, width = whole(stated[0]), whole(stated[1])
            if (width, height) != size:
                raise ValueError("a mask is for a picture of another size")
            pixels = decode_counts(counts_of(segmentation["counts"]), width, height)
            mask = mask_shape(Bitmap(pixels, 0, 0))
            if mask is None:
                raise ValueError("a mask has no pixel")
            return [mask]
        if isinstance(segmentation, list) and segmentation:
            # A few files have one ring without the list around it.
            rings = segmentation if isinstance(segmentation[0], list) else [segmentation]
            return [Shape(ShapeKind.POLYGON, _ring(ring)) for ring in rings]
        left, top, across, down = (number(value) for value in row["bbox"])
        if across < 0 or down < 0:
            raise ValueError("a box has a negative size")
        return [Shape(ShapeKind.RECTANGLE, as_points(np.round([[left, top], [left + across, top + down]], 4)))]


def is_coco(content: object) -> bool:
    """Say whether a JSON value is COCO's."""
    return isinstance(content, dict) and all(isinstance(content.get(key), list) for key in ("images", "annotations"))


def coco_files(folder: Path) -> list[Path]:
    """Return the files of COCO in a folder, in ``annotations`` below it, or in its parts."""
    places = [folder / "annotations", folder, *(folder / name for name in ("train", "valid", "val", "test"))]
    found: list[Path] = []
    for place in places:
        if place.is_dir():
            found += [path for path in sorted(place.glob("*.json")) if path.is_file() and _looks_like_coco(path)]
    return found


def category_names(content: object, name: str) -> dict[int, str]:
    """Return the names of the categories by number.

    Raises:
        LabelFileError: When the list makes no sense.
    """
    rows = content.get("categories") if isinstance(content, dict) else None
    found: dict[int, str] = {}
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and type(row.get("id")) is int and isinstance(row.get("name"), str):
            found[row["id"]] = row["name"]
        else:
            raise broken(name, tr("a category has no number or no name"))
    return found


def split_of(path: Path) -> str:
    """Return the split that the name of a file, or of its folder, says."""
    for word in (*path.stem.lower().replace("-", "_").split("_")[::-1], path.parent.name.lower()):
        known = _SPLITS.get(word) or _SPLITS.get(word.rstrip("0123456789"))
        if known:
            return known
    return ""


def _looks_like_coco(path: Path) -> bool:
    """Say whether a file has the keys of COCO, by its text and not by all of its values."""
    try:
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
            if b'"shapes"' in head:
                return False
            if b'"images"' in head or b'"annotations"' in head or b'"categories"' in head:
                return True
            # The lists may stand in any order, each a long one.
            stream.seek(0, 2)
            stream.seek(max(0, stream.tell() - (1 << 16)))
            tail = stream.read()
        return b'"categories"' in tail or b'"images"' in tail
    except OSError:
        return False


def _fields(row: Mapping[str, Any], label: str, group: int | None) -> dict[str, Any]:
    fields: dict[str, Any] = {"label": label, "group_id": group}
    flags: dict[str, bool] = {_CROWD_FLAG: True} if row.get("iscrowd") in (1, True) else {}
    score = row.get("score")
    if isinstance(score, int | float) and not isinstance(score, bool) and abs(score) <= MAX_COORDINATE:
        fields["score"] = float(score)
    attributes = row.get("attributes")
    if isinstance(attributes, dict):
        kept = {str(key): value for key, value in attributes.items() if isinstance(value, str | int | float | bool)}
        fields["difficult"] = kept.pop("difficult", False) is True
        text = kept.pop("text", "")
        fields["text"] = text if isinstance(text, str) else str(text)
        flags |= {key: value for key, value in kept.items() if isinstance(value, bool)}
        fields["attributes"] = {key: value for key, value in kept.items() if not isinstance(value, bool)}
    return {**fields, "flags": flags}


def _ring(values: object) -> Points:
    if not isinstance(values, list) or len(values) % 2 or not 6 <= len(values) <= _MOST_POINTS:
        raise ValueError("a ring has too few numbers")
    points: Points = np.array([number(value) for value in values], np.float64).reshape(-1, 2)
    if len(points) > 3 and np.array_equal(points[0], points[-1]):
        points = points[:-1]
    return as_points(points)


def _key_point_row(values: object) -> list[tuple[float, float, int]]:
    if not isinstance(values, list) or len(values) % 3:
        raise ValueError("key points are not threes of numbers")
    found = []
    for start in range(0, len(values), 3):
        seen = whole(values[start + 2])
        found.append((number(values[start]), number(values[start + 1]), min(max(seen, 0), 2)))
    return found


def _key_point_names(content: Mapping[str, Any]) -> dict[int, list[str]]:
    rows = content.get("categories")
    return {
        row["id"]: [str(name) for name in row["keypoints"]]
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and isinstance(row.get("keypoints"), list)
    }


def _size(image: Mapping[str, Any]) -> tuple[int, int] | None:
    try:
        width, height = whole(image["width"]), whole(image["height"])
    except (KeyError, ValueError):
        return None
    return (width, height) if width > 0 and height > 0 else None
