"""Marks and masks on their way between a client and a server: how they are written, and what is believed of them."""

from __future__ import annotations

import base64
import binascii
import math
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from anylabeling.messages.prompting import BoxMark, Mark, Mask, PointMark, StrokeMark
from anylabeling.services.auto_labeling.remote_wire import WireError

_MOST_MARKS = 1000
_MOST_POINTS = 10_000
_LONGEST_SIDE = 4096
_LEVEL = 1


def mark_rows(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """Return marks as rows, in image pixels."""
    rows: list[dict[str, Any]] = []
    for mark in marks:
        if isinstance(mark, PointMark):
            rows.append({"type": "point", "data": [mark.x, mark.y], "label": int(mark.positive)})
        elif isinstance(mark, BoxMark):
            rows.append({"type": "rectangle", "data": [mark.left, mark.top, mark.right, mark.bottom]})
        else:
            rows.append({"type": "stroke", "data": [list(point) for point in mark.points], "label": int(mark.positive)})
    return rows


def read_marks(rows: Any, size: tuple[int, int]) -> tuple[Mark, ...]:
    """Return the marks that a client set on a picture of this width and height.

    Raises:
        WireError: When there are none, or they make no sense.
    """
    if not isinstance(rows, list) or not 0 < len(rows) <= _MOST_MARKS:
        raise WireError("marks are a list of 1 to 1000")
    return tuple(_mark(row, size) for row in rows)


def mask_data(mask: Mask) -> dict[str, Any]:
    """Return a mask in half precision, packed."""
    rows, columns = mask.logits.shape if mask.logits.ndim == 2 else (0, 0)
    half = np.clip(mask.logits, -6e4, 6e4).astype("<f2")
    return {
        "rows": rows,
        "columns": columns,
        "left": mask.left,
        "top": mask.top,
        "step_x": mask.step_x,
        "step_y": mask.step_y,
        "score": mask.score,
        "logits": base64.b64encode(zlib.compress(half.tobytes(), _LEVEL)).decode("ascii"),
    }


def read_mask(data: Mapping[str, Any], size: tuple[int, int]) -> Mask:
    """Return the mask that a server found in a picture of this width and height.

    Raises:
        WireError: When it makes no sense.
    """
    rows, columns = (_whole(data.get(name)) for name in ("rows", "columns"))
    packed = data.get("logits")
    if not isinstance(packed, str):
        raise WireError("it holds no mask")
    expected = 2 * rows * columns
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(packed, validate=True), expected + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise WireError("its mask is damaged") from error
    if len(content) != expected:
        raise WireError("its mask has another size than it says")
    logits = np.frombuffer(content, "<f2").astype(np.float32).reshape(rows, columns)
    width, height = size
    left, top = _number(data, "left", -width, width), _number(data, "top", -height, height)
    step_x, step_y = _number(data, "step_x", 1e-3, width), _number(data, "step_y", 1e-3, height)
    if left + columns * step_x > 2 * width + step_x or top + rows * step_y > 2 * height + step_y:
        raise WireError("its mask lies outside of the picture")
    if not np.isfinite(logits).all():
        raise WireError("its mask holds no numbers")
    logits.flags.writeable = False
    score = _number(data, "score", -1e3, 1e3)
    return Mask(logits, left, top, step_x, step_y, min(1.0, max(0.0, score)), size)


def _mark(row: Any, size: tuple[int, int]) -> Mark:
    if not isinstance(row, Mapping) or not isinstance(row.get("data"), list):
        raise WireError("a mark is no object with data")
    kind, data = row.get("type"), row["data"]
    positive = row.get("label", 1) in (1, True)
    if kind == "point" and len(data) == 2:
        x, y = _places(data, size)
        return PointMark(x, y, positive)
    if kind == "rectangle" and len(data) == 4:
        left, top, right, bottom = _places(data, size)
        return BoxMark(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    if kind == "stroke" and 0 < len(data) <= _MOST_POINTS and all(isinstance(p, list) and len(p) == 2 for p in data):
        points = [_places(point, size) for point in data]
        return StrokeMark(tuple((x, y) for x, y in points), positive)
    raise WireError("a mark is neither point, rectangle nor stroke")


def _places(values: Sequence[Any], size: tuple[int, int]) -> list[float]:
    limit = 2.0 * max(size)
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and abs(v) <= limit for v in values):
        raise WireError("a mark lies outside of the picture")
    return [float(value) for value in values]


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST_SIDE:
        raise WireError("its mask has no size")
    return value


def _number(data: Mapping[str, Any], key: str, least: float, most: float) -> float:
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value) or not least <= value <= most:
        raise WireError(f"{key} of its mask makes no sense")
    return float(value)
