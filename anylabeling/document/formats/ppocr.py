"""PaddleOCR's lists: text regions of pictures (det), and cut-out lines with what they say (rec).

det: a line for each picture in ``Label.txt``: its name, a tab, and a JSON list of ``{"transcription", "points",
"difficult"}``; ``key_cls`` names the kind of a field. rec: in ``rec_gt.txt`` a picture of a line, a tab, its text.
See https://paddlepaddle.github.io/PaddleOCR.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from anylabeling.codecs import PixelFormat, decode, encode_jpeg
from anylabeling.document import label_json
from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.areas import areas_only, corners_of, has_area, outlines
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
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.reading import MAX_JSON_BYTES, broken, number, picture_inside, read_text, safe_name
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points
from anylabeling.errors import ImageError, LabelFileError
from anylabeling.translation import tr

_USUAL_LABEL = "text"
_UNREADABLE = "###"
_DET_FILES = ("Label.txt", "det_gt.txt", "det_gt_train.txt", "train.txt", "label.txt")
_REC_FILES = ("rec_gt.txt", "rec_gt_train.txt", "rec_gt_test.txt")


class PpOcrDetWriter(DatasetWriter):
    """Text regions: four corners, or an outline where the shape is one."""

    holds = frozenset({"text", "difficult"})

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._lines: dict[str, list[str]] = {split: [] for split in options.splits or ("",)}

    def encode(self, record: Record, notes: Notes) -> str:
        """Return the regions of an image, as they stand in its line."""
        shapes = areas_only(visible(record.annotation.shapes), notes)
        note_lost_fields(record.annotation, tuple(shapes), self.holds, notes)
        rows = []
        for shape in shapes:
            points = _region(shape, notes)
            row: dict[str, Any] = {"transcription": shape.text or _UNREADABLE, "points": np.round(points, 2).tolist()}
            row["difficult"] = shape.difficult
            if shape.label not in ("", _USUAL_LABEL):
                row["key_cls"] = shape.label
            rows.append(row)
        return json.dumps(rows, ensure_ascii=False)

    def add(self, record: Record, part: str) -> list[OutputFile]:
        """Keep a line until the end."""
        name = joined("images", record.split, record.name)
        # A name with a tab or a line break would end in the middle.
        self._lines.setdefault(record.split, []).append(f"{' '.join(name.split())}\t{part}\n")
        return []

    def finish(self) -> list[OutputFile]:
        """Return a list for each split."""
        return [
            OutputFile(f"Label_{split}.txt" if split else "Label.txt", "".join(lines).encode("utf-8", "replace"))
            for split, lines in self._lines.items()
        ]


class _Line(NamedTuple):
    text: str
    content: bytes


class PpOcrRecWriter(DatasetWriter):
    """Pictures of single lines, cut out and made straight, with their texts."""

    holds = frozenset({"text"})
    has_small_parts = False
    takes_pixels = True

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._lines: dict[str, list[str]] = {split: [] for split in options.splits or ("",)}

    def image_places(self, record: Record) -> list[str]:
        """Return nothing: the lines are cut out of the pictures, which are not needed themselves."""
        del record
        return []

    def encode(self, record: Record, notes: Notes) -> list[_Line]:
        """Return the lines of an image that have a text."""
        shapes = areas_only(visible(record.annotation.shapes), notes)
        with_text = [shape for shape in shapes if shape.text]
        for shape in shapes:
            if not shape.text:
                notes.left_out(shape.kind, "no text")
        note_lost_fields(record.annotation, tuple(with_text), self.holds, notes)
        if not with_text:
            return []
        try:
            pixels = decode(record.path, pixel_format=PixelFormat.RGB).pixels
        except ImageError as error:
            raise LabelFileError(error.user_text, hint=error.hint, details=error.details) from error
        scale = pixels.shape[1] / record.width, pixels.shape[0] / record.height
        lines = []
        for shape in with_text:
            cut = straightened(pixels, corners_of(shape, Notes()) * scale)
            lines.append(_Line(" ".join(shape.text.split()), encode_jpeg(cut, quality=95)))
        return lines

    def add(self, record: Record, part: list[_Line]) -> list[OutputFile]:
        """Return the pictures of the lines."""
        rows = self._lines.setdefault(record.split, [])
        start = joined("crop_img", record.split, record.stem)
        places = [" ".join(f"{start}_crop_{count}.jpg".split()) for count in range(len(part))]
        rows += [f"{place}\t{line.text}\n" for place, line in zip(places, part, strict=True)]
        return [OutputFile(place, line.content) for place, line in zip(places, part, strict=True)]

    def finish(self) -> list[OutputFile]:
        """Return a list for each split."""
        return [
            OutputFile(f"rec_gt_{split}.txt" if split else "rec_gt.txt", "".join(lines).encode("utf-8", "replace"))
            for split, lines in self._lines.items()
        ]


class PpOcrReader(DatasetReader):
    """Reads lists of regions and lists of lines; which one it is shows in what stands behind the tab."""

    def entries(self) -> Sequence[Entry]:
        """Return the images of all lists."""
        files = [self.source] if self.source.is_file() else list_files(self.root)
        found: list[Entry] = []
        for path in files:
            split = next((one for one in ("train", "val", "test") if path.stem.endswith(f"_{one}")), "")
            for line in read_text(path, MAX_JSON_BYTES).split("\n"):
                name, tab, content = line.strip("\r").partition("\t")
                if not line.strip():
                    continue
                own = safe_name(name)
                if not tab or not own:
                    self.notes.said("bad entries")
                    continue
                found.append(Entry(_short_name(own, split), self._places(path, own), None, split, (path.name, content)))
        if not found:
            raise broken(self.source.name, tr("there is no list of PaddleOCR in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image; for a cut-out line its text as that of the image."""
        file, content = entry.data
        if not content.lstrip().startswith("["):
            return Annotation(text=content)
        try:
            rows = label_json.loads(content.encode("utf-8"))
        except label_json.JsonError as error:
            raise broken(file, f"{entry.name}: {error}") from error
        shapes = []
        for row in rows if isinstance(rows, list) else []:
            try:
                shapes.append(_shape(row))
            except (ValueError, TypeError, KeyError, AttributeError):  # noqa: PERF203 - the others are wanted
                notes.said("bad entries")
        return Annotation(shapes=tuple(shapes))

    def _places(self, path: Path, name: str) -> tuple[Path, ...]:
        # PPOCRLabel writes the folder's own name before the picture's.
        _, _, below = name.partition("/")
        starts = [name, f"images/{name}", *([below, f"images/{below}"] if below else [])]
        places = (picture_inside(path.parent, start) for start in starts)
        return tuple(place for place in places if place is not None)


def list_files(folder: Path) -> list[Path]:
    """Return the lists of PaddleOCR in a folder."""
    named = [folder / name for name in (*_DET_FILES, *_REC_FILES) if (folder / name).is_file()]
    named += [folder / f"{head}_{split}.txt" for head in ("Label", "rec_gt") for split in ("train", "val", "test")]
    seen: dict[str, Path] = {}
    for path in named:
        # On some systems Label.txt and label.txt are one file.
        if path.is_file() and _has_tabs(path):
            seen.setdefault(path.name.casefold(), path)
    return list(seen.values())


def straightened(pixels: Any, corners: Points) -> Any:
    """Return the picture inside of four corners, uint8 (height, width, 3), the first edge at the top."""
    from anylabeling.opencv import cv2

    across = max(np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[2] - corners[3])))
    down = max(np.hypot(*(corners[3] - corners[0])), np.hypot(*(corners[2] - corners[1])))
    width, height = min(max(round(float(across)), 1), 8192), min(max(round(float(down)), 1), 8192)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    # Corners are edges of pixels here, and cv2's are their centres.
    matrix = cv2.getPerspectiveTransform((corners - 0.5).astype(np.float32), target - np.float32(0.5))
    return cv2.warpPerspective(
        np.ascontiguousarray(pixels), matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def _region(shape: Shape, notes: Notes) -> Points:
    if shape.kind is ShapeKind.POLYGON and not shape.holes:
        return shape.points
    areas = outlines(shape) if has_area(shape) else []
    if shape.kind in (ShapeKind.MASK, ShapeKind.CIRCLE) and len(areas) == 1 and not areas[0].holes:
        notes.written_as(shape.kind, "polygon")
        return areas[0].outer
    return corners_of(shape, notes)


def _shape(row: dict[str, Any]) -> Shape:
    points = as_points([[number(x), number(y)] for x, y in row["points"]])
    text = row.get("transcription")
    label = row.get("key_cls")
    if len(points) < 3:
        raise ValueError("it has too few points")
    return Shape(
        _kind(points),
        points if not _is_upright(points) else as_points([points.min(axis=0), points.max(axis=0)]),
        label=label if isinstance(label, str) and label not in ("", "None") else _USUAL_LABEL,
        text=text if isinstance(text, str) and text != _UNREADABLE else "",
        difficult=row.get("difficult") is True,
    )


def _kind(points: Points) -> ShapeKind:
    if len(points) != 4:
        return ShapeKind.POLYGON
    return ShapeKind.RECTANGLE if _is_upright(points) else ShapeKind.QUADRILATERAL


def _is_upright(points: Points) -> bool:
    """Say whether four corners go around an upright box from its upper left one."""
    if len(points) != 4:
        return False
    (left, top), (right, bottom) = points[0], points[2]
    return bool(
        right > left
        and bottom > top
        and np.array_equal(points[1], (right, top))
        and np.array_equal(points[3], (left, bottom))
    )


def _short_name(name: str, split: str) -> str:
    for start in (f"images/{split}/" if split else "", "images/"):
        if start and name.startswith(start):
            return name[len(start) :]
    return name


def _has_tabs(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return b"\t" in stream.readline(1 << 20)
    except OSError:
        return False
