"""What the label index keeps of label files, read as fast as Python can: many files at once, no object per shape."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from anylabeling import accel
from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import MAX_FILE_BYTES, read_label_file
from anylabeling.document.label_writer import HELPER_LABELS, written_type
from anylabeling.document.shape import MAX_COORDINATE, Shape, ShapeKind
from anylabeling.errors import LabelFileError

_FIRST_READ_BYTES = 1 << 15
_NUMBERS = frozenset({int, float})

KINDS = ("polygon", "rectangle", "circle", "line", "linestrip", "point", "rotation")
"""Kinds of shapes, as label files call them, that are kept as a bit each."""
OTHER_KIND, DIFFICULT = accel.LABELS_OTHER_KIND, accel.LABELS_DIFFICULT
_BITS = {kind: 1 << number for number, kind in enumerate(KINDS)}


class Details(NamedTuple):
    """What few label files say.

    Attributes:
        kinds: Kinds of objects that are not among KINDS, each once.
        groups: Numbers of groups, each once.
        remarks: Descriptions of objects and image, one a line.
    """

    kinds: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    remarks: str = ""


NO_DETAILS = Details()


@dataclass(slots=True)
class FileFacts:
    """What one label file says, without its boxes.

    Attributes:
        labels: Name of each object.
        flags: Flags of the image that are set.
        tags: Tags of the image in their order.
        checked: Whether a person has reviewed the image.
        text: All texts and descriptions of the image and its objects, one a line.
        is_broken: The file cannot be understood.
        kinds: A bit for each of KINDS that is there, OTHER_KIND, and DIFFICULT.
        details: What few files say.
    """

    labels: list[str]
    flags: tuple[str, ...] = ()
    checked: bool = False
    text: str = ""
    is_broken: bool = False
    kinds: int = 0
    details: Details = NO_DETAILS
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class LabelFacts:
    """What some label files say.

    Attributes:
        files: One for each file, in order.
        boxes: float32 (objects, 4) of all files, one after the other: left, top, right, bottom in picture pixels.
        scores: float32 (objects,): 1 where the shape has none.
    """

    files: list[FileFacts]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]

    @classmethod
    def join(cls, parts: Sequence[LabelFacts]) -> LabelFacts:
        """Return several as one."""
        return cls(
            [file for part in parts for file in part.files],
            np.concatenate([part.boxes for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )


def read_label_facts(paths: Sequence[str]) -> LabelFacts:
    """Read label files. One that cannot be understood counts as broken, one that is gone as empty."""
    try:
        return _read_plain(paths)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        if len(paths) == 1:
            return _read_odd(paths[0])
    # One odd file among many: the halves without it are still read fast.
    middle = len(paths) // 2
    return LabelFacts.join([read_label_facts(paths[:middle]), read_label_facts(paths[middle:])])


def read_odd_facts(paths: Sequence[str]) -> LabelFacts:
    """Like read_label_facts, with the careful reader for each."""
    return LabelFacts.join([_read_odd(path) for path in paths])


def facts_of(annotation: Annotation) -> LabelFacts:
    """Return the same for an annotation that is at hand."""
    shapes = [shape for shape in annotation.shapes if shape.label not in HELPER_LABELS]
    boxes = np.zeros((len(shapes), 4), np.float32)
    for number, shape in enumerate(shapes):
        if shape.kind is ShapeKind.CIRCLE:
            boxes[number] = _around(*shape.points.reshape(-1).tolist())
        else:
            boxes[number, :2], boxes[number, 2:] = shape.points.min(axis=0), shape.points.max(axis=0)
    scores = [1.0 if shape.score is None else shape.score for shape in shapes]
    texts = [text for shape in shapes for text in (shape.text, shape.description)]
    texts += [annotation.text, annotation.description]
    types = [_type_of(shape) for shape in shapes]
    facts = FileFacts(
        [shape.label for shape in shapes],
        tuple(sorted(name for name, is_set in annotation.flags.items() if is_set)),
        annotation.checked,
        _joined(texts),
        kinds=_kinds(types) | (DIFFICULT if any(shape.difficult for shape in shapes) else 0),
        details=Details(
            _other_kinds(types),
            tuple(dict.fromkeys(shape.group_id for shape in shapes if shape.group_id is not None)),
            _joined([*(shape.description for shape in shapes), annotation.description]),
        ),
        tags=annotation.tags,
    )
    return LabelFacts([facts], boxes, np.array(scores, np.float32))


def _read_plain(paths: Sequence[str]) -> LabelFacts:
    files: list[FileFacts] = []
    # Flat at once: hundreds of thousands of small lists that live on keep the garbage collector busy for longer than
    # everything else takes.
    flat: list[float] = []
    lengths: list[int] = []
    scores: list[float] = []
    circles: list[int] = []
    for path in paths:
        data = _bytes(path)
        root = orjson.loads(data)
        # A key that stands twice in one object: the parser keeps one of them and says nothing.
        if data.count(b'"shapes"') != 1 or data.count(b'"label"') != len(root["shapes"]):
            raise ValueError("perhaps a key stands twice")
        labels: list[str] = []
        texts: list[str] = []
        told = _Told()
        first = len(flat)
        for shape in root["shapes"]:
            label, points = shape["label"], shape["points"]
            if not points or label in HELPER_LABELS:
                continue
            kind = shape.get("shape_type") or "polygon"
            if kind == "circle":
                circles.append(len(lengths))
            labels.append(label)
            lengths.append(len(points))
            flat += chain.from_iterable(points)
            score = shape.get("score")
            scores.append(1.0 if score is None else score + 0.0)
            if text := shape.get("text"):
                texts.append(text)
            told.add(kind, shape)
            if text := shape.get("description"):
                texts.append(text)
        # numpy would take true for 1.
        if (b"true" in data or b"false" in data) and not _NUMBERS.issuperset(map(type, flat[first:])):
            raise TypeError("a coordinate is no number")
        files.append(_file_facts(root, labels, texts, told))
    return LabelFacts(files, _boxes(flat, lengths, circles), np.array(scores, np.float32))


class _Told:
    """Collects what the shapes of a file say besides their labels and points."""

    __slots__ = ("groups", "kinds", "remarks", "types")

    def __init__(self) -> None:
        self.kinds = 0
        self.types: list[str] = []
        self.groups: list[int] = []
        self.remarks: list[str] = []

    def add(self, kind: Any, shape: Mapping[str, Any]) -> None:
        """Take a shape of a kind."""
        self.types.append(kind)
        group = shape.get("group_id")
        if type(group) is int:  # true is no number here
            self.groups.append(group)
        if shape.get("difficult") is True:
            self.kinds |= DIFFICULT
        if remark := shape.get("description"):
            self.remarks.append(remark)

    def details(self, remark: str | None) -> tuple[int, Details]:
        """Return the bits of the kinds, and the rest; ``remark`` is the description of the image."""
        if remark:
            self.remarks.append(remark)
        other = _other_kinds(self.types)
        self.kinds |= _kinds(self.types)
        if not (other or self.groups or self.remarks):
            return self.kinds, NO_DETAILS
        return self.kinds, Details(other, tuple(dict.fromkeys(self.groups)), _joined(self.remarks))


def _kinds(types: Iterable[str]) -> int:
    bits = 0
    for kind in set(types):
        bits |= _BITS.get(kind, OTHER_KIND)
    return bits


def _other_kinds(types: Iterable[str]) -> tuple[str, ...]:
    return tuple(kind for kind in dict.fromkeys(types) if kind not in _BITS)


def _type_of(shape: Shape) -> str:
    if shape.kind is ShapeKind.OTHER:
        return str(shape.parameters.get("shape_type") or "polygon")
    return written_type(shape.kind, len(shape.points))


def _file_facts(root: dict[str, Any], labels: list[str], texts: list[str], told: _Told) -> FileFacts:
    # Raises where a value is of a wrong type: the careful reader then says what is wrong.
    "".join(labels)
    flags = root.get("flags")
    if flags and not {bool}.issuperset(map(type, flags.values())):
        raise TypeError("a flag is neither true nor false")
    tags = root.get("tags")
    if tags and not (isinstance(tags, list) and {str}.issuperset(map(type, tags))):
        raise TypeError("tags are no texts")
    texts += [text for key in ("image_text", "description") if (text := root.get(key))]
    kinds, details = told.details(root.get("description"))
    return FileFacts(
        labels,
        tuple(sorted(name for name, is_set in flags.items() if is_set)) if flags else (),
        root.get("checked") in (True, 1),  # X-AnyLabeling has "failed", too
        _joined(texts) if texts else "",
        kinds=kinds,
        details=details,
        tags=tuple(tags) if tags else (),
    )


def _boxes(flat: list[float], counts: list[int], circles: list[int]) -> NDArray[np.float32]:
    if not counts:
        return np.zeros((0, 4), np.float32)
    lengths = np.array(counts, np.int64)
    points = np.fromiter(flat, np.float64, len(flat)).reshape(-1, 2)
    # A comparison with NaN is false, so this finds NaN, infinity and absurd numbers at once.
    if len(points) != int(lengths.sum()) or not (np.abs(points) <= MAX_COORDINATE).all():
        raise ValueError("points are no pairs of numbers")
    starts = np.cumsum(lengths) - lengths
    boxes: NDArray[np.float64] = np.concatenate(
        [np.minimum.reduceat(points, starts, axis=0), np.maximum.reduceat(points, starts, axis=0)], axis=1
    )
    for number in circles:
        if lengths[number] == 2:
            boxes[number] = _around(*points[starts[number] : starts[number] + 2].reshape(-1).tolist())
    return boxes.astype(np.float32)


def _read_odd(path: str) -> LabelFacts:
    """Read a file with the careful reader, which knows all that other programs write."""
    try:
        facts = facts_of(read_label_file(Path(path)))
        _take_types(facts.files[0], path)
        return facts
    except LabelFileError:
        nothing = np.zeros((0, 4), np.float32), np.zeros(0, np.float32)
        return LabelFacts([FileFacts([], is_broken=True)], *nothing)


def _take_types(facts: FileFacts, path: str) -> None:
    """Take the kinds of shapes from the file: the document has its own for those of other programs."""
    try:
        shapes = orjson.loads(_bytes(path))["shapes"]
        wanted = [shape for shape in shapes if isinstance(shape, dict) and shape.get("label") not in HELPER_LABELS]
        types = [str(shape.get("shape_type") or "polygon") for shape in wanted]
    except (OSError, ValueError, TypeError, KeyError):
        return
    facts.kinds = _kinds(types) | (facts.kinds & DIFFICULT)
    facts.details = facts.details._replace(kinds=_other_kinds(types))


def _around(x: float, y: float, rim_x: float, rim_y: float) -> tuple[float, float, float, float]:
    radius = math.hypot(rim_x - x, rim_y - y)
    return x - radius, y - radius, x + radius, y + radius


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _bytes(path: str) -> bytes:
    # Path.read_bytes takes three times as long as these calls, and half of the whole.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(handle, _FIRST_READ_BYTES)
        if len(data) < _FIRST_READ_BYTES:
            return data
        size = os.fstat(handle).st_size
        if size > MAX_FILE_BYTES:
            raise ValueError("too large for a label file")
        parts = [data]
        while data := os.read(handle, max(size - _FIRST_READ_BYTES, 1 << 16)):
            parts.append(data)
        return b"".join(parts)
    finally:
        os.close(handle)
