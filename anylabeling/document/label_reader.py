"""From the bytes of a label file to an Annotation.

What the files of AnyLabeling, labelme 5 to 7 and X-AnyLabeling really hold is accepted: missing keys, null for empty,
back-slashes in the picture's name, rectangles of four points, kinds and keys that we do not know. Two things are left
out because nothing is lost with them: shapes without any point, and the prompts that AnyLabeling keeps among the shapes
while a model is being asked. All other trouble makes the whole file unreadable, with a message that names the place:
to skip one shape would be to delete it at the next save.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np

from anylabeling.document import label_json
from anylabeling.document.annotation import Annotation
from anylabeling.document.foreign_shapes import fits, interpret
from anylabeling.document.label_pieces import count_in
from anylabeling.document.label_writer import (
    HELPER_LABELS,
    HOLES_KEY,
    SHAPE_KEYS,
    TOP_KEYS,
    kept_values,
    written_type,
)
from anylabeling.document.shape import MAX_COORDINATE, Points, Shape, ShapeKind, as_points
from anylabeling.errors import LabelFileError
from anylabeling.translation import tr
from anylabeling.utils.turns import give_way

_HINT = "The file is left as it is. Mend it in a text editor, or move it away to start anew."
_GROUP_ID_LIMIT = 2**63


class _Fault(Exception):  # noqa: N818 - becomes a LabelFileError with the name of the file
    """What is wrong with a value, without the place."""


def parse_annotation(data: bytes, name: str) -> Annotation:
    """Return the annotation in a label file's bytes.

    Args:
        data: The whole file.
        name: The file's name, for messages.

    Raises:
        LabelFileError: When it is no label file or a value in it makes no sense; says which shape and which key.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise LabelFileError(tr("{name} cannot be read: the file is empty.", name=name), hint=_HINT)
    try:
        annotation = _Reader(label_json.loads(data)).annotation(data)
        if any(map(label_json.may_be_rounded, kept_values(annotation))):
            return _Reader(label_json.loads(data, exact=True)).annotation(data)
        return annotation
    except (label_json.JsonError, _Fault) as error:
        raise LabelFileError(
            tr("{name} cannot be read: {error}.", name=name, error=error), hint=_HINT, details=repr(error)
        ) from error


class _Reader:
    """Reads one file; knows which shape it is at."""

    def __init__(self, root: Any) -> None:
        if not isinstance(root, dict):
            raise _Fault("it is not a label file (no object at the top)")
        if not isinstance(root.get("shapes"), list):
            if _is_of_isat(root):
                raise _Fault(tr("it is a file of ISAT, whose objects File > Import takes over"))
            raise _Fault('it is not a label file (no list of "shapes")')
        self._root: dict[str, Any] = root

    def annotation(self, data: bytes) -> Annotation:
        root = self._root
        counts = self._key_counts()
        shapes = list(_taken(root["shapes"]))
        _check_duplicates(data, *counts)
        annotation = Annotation(
            shapes=tuple(shapes),
            flags=_flags(root),
            text=_text(root, "image_text"),
            description=_text(root, "description"),
            tags=_tags(root),
            checked=not isinstance(root.get("checked"), str) and _truth(root, "checked"),
            image_path=_text(root, "imagePath").replace("\\", "/"),
            image_size=_size(root),
            image_data=_text(root, "imageData") or None,
            version=root["version"] if isinstance(root.get("version"), str) else "",
            extra=_extra(root, TOP_KEYS),
        )
        kept = {}
        if root.get("text") not in (None, ""):
            # AnyLabeling always writes this key and never fills it; what somebody else put there is kept.
            label_json.check_nesting(root["text"])
            kept["text"] = root["text"]
        if isinstance(root.get("checked"), str):
            # X-AnyLabeling has a third state, "failed". It stays until a person marks the image as checked.
            kept["checked"] = root["checked"]
        if "tags" in root and not annotation.tags:
            # An empty list is written back. Anything else is none of ours and stays until a person gives tags.
            _check_nesting("tags", root["tags"])
            kept["tags"] = root["tags"]
        return annotation.with_changes(extra={**annotation.extra, **kept}) if kept else annotation

    def _key_counts(self) -> tuple[dict[bytes, int], int]:
        """Return how often the keys that matter most stand in the file, and how many keys there are."""
        shapes = self._root["shapes"]
        records = [shape for shape in shapes if isinstance(shape, dict)]
        points = sum(("points" in shape) + ("points" in _x_shape(shape)) for shape in records)
        expected = {b'"shapes"': 1, b'"points"': points, b'"label"': len(shapes)}
        return expected, label_json.key_count(self._root, leaves=("points", HOLES_KEY))


def _is_of_isat(root: Mapping[str, Any]) -> bool:
    info = root.get("info")
    return isinstance(info, dict) and info.get("description") == "ISAT" and isinstance(root.get("objects"), list)


def _taken(records: list[Any]) -> Iterator[Shape]:
    """Yield the shapes of records, which are dropped one by one: to free millions of numbers at once takes long."""
    for place, record in enumerate(records):
        records[place] = None
        give_way()
        shape = read_shape(place + 1, record)
        if shape is not None:
            yield shape


def _check_duplicates(data: bytes, expected: Mapping[bytes, int], keys: int) -> None:
    """Refuse a file in which one key stands twice in an object: parsers keep the last and drop the rest silently.

    Looking for it takes longer than reading, so the keys are counted in the text first: those that matter most by
    name, all of them by the colon after the quote. Another count need not mean anything: a text may hold such, too.
    """
    if all(count_in(data, key) == count for key, count in expected.items()) and count_in(data, b'":') == keys:
        return
    key = label_json.has_duplicate_keys(data)
    if key is not None:
        raise _Fault(f'the key "{key}" stands twice in one object')


def read_shape(number: int, record: Any) -> Shape | None:
    """Return an entry of the list of shapes of a file that ``parse_annotation`` understands.

    Args:
        number: Its place, counted from 1.
        record: The entry as parsed.

    Returns:
        None for one without points, and for a helper of AnyLabeling.
    """
    if not isinstance(record, dict):
        raise _Fault(f"shape {number} is not an object")
    try:
        return _shape(record)
    except (_Fault, label_json.JsonError) as error:
        label = record.get("label")
        who = f' ("{label[:40]}")' if isinstance(label, str) and label else ""
        raise _Fault(f"shape {number}{who}: {error}") from error


def _shape(record: dict[str, Any]) -> Shape | None:
    label = record.get("label")
    if not isinstance(label, str):
        raise _Fault('"label" is missing or is not a text')
    raw_points = record.get("points")
    if raw_points == [] or label in HELPER_LABELS:
        return None
    points = _points(raw_points)
    shape_type = _text(record, "shape_type") or "polygon"
    restored = _restored(record, shape_type, points)
    if restored is not None:
        kind, points, parameters = restored
        ours: tuple[str, ...] = ("x_shape",)
    else:
        kind, points, parameters, ours = interpret(shape_type, points, record)
        label_json.check_nesting(parameters)
        if not _is_from_elsewhere(record, raw_points):
            ours = (*ours, "x_shape")
    if record.get("mask") is None:
        ours = (*ours, "mask")
    holes = _holes(record) if kind is ShapeKind.POLYGON else None
    if holes is not None:
        ours = (*ours, HOLES_KEY)
    return Shape(
        kind=kind,
        points=points,
        label=label,
        score=_score(record),
        text=_text(record, "text"),
        description=_text(record, "description"),
        group_id=_group_id(record),
        flags=_flags(record),
        difficult=_truth(record, "difficult"),
        attributes=_attributes(record),
        locked=_truth(record, "locked"),
        parameters=parameters,
        extra=_extra(record, SHAPE_KEYS.union(ours)),
        holes=holes or (),
    )


def _holes(record: Mapping[str, Any]) -> tuple[Points, ...] | None:
    """Return a polygon's holes; None for what is none of ours, which is kept as an unknown key."""
    value = record.get(HOLES_KEY)
    if not isinstance(value, list) or not all(isinstance(ring, list) and len(ring) >= 3 for ring in value):
        return None
    try:
        return tuple(_points(ring) for ring in value)
    except _Fault:
        return None


def _restored(
    record: dict[str, Any], shape_type: str, points: Points
) -> tuple[ShapeKind, Points, dict[str, Any]] | None:
    """Return kind, points and parameters as this program wrote them, if nobody has moved the outline or its type."""
    note = _x_shape(record)
    parameters = note.get("parameters")
    if note.get("points") != record["points"] or not isinstance(parameters, dict):
        return None
    try:
        kind = ShapeKind(note.get("kind"))
    except ValueError:
        return None
    if shape_type != written_type(kind, len(points)):
        return None
    if "vertices" in note:
        try:
            points = _points(note["vertices"])
        except _Fault:
            return None
    if not fits(kind, len(points)):
        return None
    label_json.check_nesting(parameters)
    return kind, points, parameters


def _is_from_elsewhere(record: dict[str, Any], points: Any) -> bool:
    """Return whether an ``x_shape`` is of a later version or of somebody else, so that it has to be kept."""
    note = record.get("x_shape")
    return not isinstance(note, dict) or "points" not in note or note["points"] == points


def _x_shape(record: dict[str, Any]) -> Mapping[str, Any]:
    note = record.get("x_shape")
    return note if isinstance(note, dict) else {}


def _points(value: Any) -> Points:
    if not isinstance(value, list):
        raise _Fault('"points" is missing or is not a list')
    try:
        # Types are compared because numpy would take true for 1; fromiter takes half as long as array.
        if set(map(len, value)) == {2} and set(map(type, chain.from_iterable(value))) <= {int, float}:
            return as_points(np.fromiter(chain.from_iterable(value), np.float64).reshape(-1, 2))
    except (TypeError, ValueError, OverflowError):
        pass
    for number, point in enumerate(value, 1):
        if not (isinstance(point, list) and len(point) == 2 and all(type(item) in (int, float) for item in point)):
            raise _Fault(f'"points": point {number} is not a pair of numbers')
        if not all(abs(item) <= MAX_COORDINATE for item in point):
            raise _Fault(f'"points": point {number} is not finite or is far outside any picture')
    raise _Fault('"points" is not a list of pairs of numbers')


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Fault(f'"{key}" is not a text')
    return value


def _truth(record: dict[str, Any], key: str) -> bool:
    value = record.get(key)
    if value is not None and not _is_truth(value):
        raise _Fault(f'"{key}" is neither true nor false')
    return bool(value)


def _is_truth(value: Any) -> bool:
    """Return whether a value says yes or no; converters write 0 and 1, as the XML of VOC does."""
    return isinstance(value, bool) or (isinstance(value, int) and value in (0, 1))


def _flags(record: dict[str, Any]) -> dict[str, bool]:
    flags = record.get("flags")
    if flags is None:
        return {}
    if not isinstance(flags, dict):
        raise _Fault('"flags" is not an object')
    for name, value in flags.items():
        if not _is_truth(value):
            raise _Fault(f'"flags": "{name}" is neither true nor false')
    return {name: bool(value) for name, value in flags.items()}


def _tags(root: dict[str, Any]) -> tuple[str, ...]:
    """Return the image's tags; none for what is no list of texts."""
    value = root.get("tags")
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        return ()
    return tuple(value)


def _group_id(record: dict[str, Any]) -> int | None:
    value = record.get("group_id")
    if value is None:
        return None
    # Tables of other tools turn the numbers into floats when a row has none.
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not -_GROUP_ID_LIMIT <= value < _GROUP_ID_LIMIT:
        raise _Fault('"group_id" is not a whole number')
    return value


def _score(record: dict[str, Any]) -> float | None:
    value = record.get("score")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_COORDINATE:
        raise _Fault('"score" is not a number')
    return float(value)


def _attributes(record: dict[str, Any]) -> dict[str, Any]:
    value = record.get("attributes")
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _Fault('"attributes" is not an object')
    _check_nesting("attributes", value)
    return value


def _size(root: dict[str, Any]) -> tuple[int, int] | None:
    """Return width and height. They are taken from the picture at each save, so a wrong one loses nothing."""
    width, height = _side(root.get("imageWidth")), _side(root.get("imageHeight"))
    return (width, height) if width and height else None


def _side(value: Any) -> int:
    """Return a length in pixels, 0 when it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= MAX_COORDINATE:
        return 0
    return int(value)


def _extra(record: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    extra = {key: value for key, value in record.items() if key not in known}
    for key, value in extra.items():
        _check_nesting(key, value)
    return extra


def _check_nesting(key: str, value: Any) -> None:
    try:
        label_json.check_nesting(value)
    except label_json.JsonError as error:
        raise _Fault(f'"{key}" {error}') from error
