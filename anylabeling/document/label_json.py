"""JSON of label files: fast where the input is plain, exact where it is not.

orjson reads and writes nearly every file. It has no NaN or Infinity, turns integers beyond 64 bits into floats and
refuses byte order marks; files of other programs hold such things, so the json module of Python takes over there.
"""

from __future__ import annotations

import io
import itertools
import json
import math
from collections.abc import Iterator
from typing import Any

import orjson

from anylabeling.document.label_pieces import load_in_pieces
from anylabeling.utils.turns import give_way

_PIECE_VALUES = 2000
"""Points that are written at once: about a millisecond in which no other thread gets the interpreter's lock."""
_SHAPE_COSTS = 20
"""What a shape costs besides its points, in points."""

_BEFORE_SHAPES, _AFTER_SHAPES = b'{\n  "shapes": [', b"\n  ]\n}"
_INDENTED = orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY

_MOST_DIGITS = 4300

MAX_NESTING = 100
"""Values of unknown keys may be nested this deep; more could be read but not written back."""


class JsonError(ValueError):
    """The text is not JSON; the message says where."""


def loads(data: bytes, *, exact: bool = False) -> Any:
    """Parse JSON text in UTF-8, or in UTF-16 or UTF-32 as some editors on Windows save it.

    Args:
        data: The whole file.
        exact: Keep integers beyond 64 bits, which takes longer.

    Raises:
        JsonError: When it is not JSON or is nested too deeply.
    """
    if not exact:
        try:
            found = load_in_pieces(data)
            return orjson.loads(data) if found is None else found
        except orjson.JSONDecodeError:
            pass
    return _loads_slowly(data)


def has_duplicate_keys(data: bytes) -> str | None:
    """Return a key that stands twice in one object, or None. Parses the whole text slowly."""
    twice: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [key for key, _ in pairs]
            twice.extend(key for key in found if names.count(key) > 1)
        return found

    _loads_slowly(data, object_pairs_hook=look)
    return twice[0] if twice else None


def key_count(value: Any, *, leaves: tuple[str, ...]) -> int:
    """Return how many keys all objects in a value have together.

    Args:
        value: What was parsed.
        leaves: Keys under which nothing is looked for, since there are thousands of numbers.
    """
    count = 0
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            count += len(item)
            waiting += [child for key, child in item.items() if isinstance(child, dict | list) and key not in leaves]
        else:
            waiting += [child for child in item if isinstance(child, dict | list)]
    return count


def check_nesting(value: Any) -> None:
    """Check that a value which is only kept can be written again.

    Raises:
        JsonError: When it is nested deeper than MAX_NESTING.
    """
    if any(depth > MAX_NESTING for _, depth in _walk(value)):
        raise JsonError("is nested too deeply")


def may_be_rounded(value: Any) -> bool:
    """Return whether orjson may have made a float of a larger integer; then the text has to be read with ``exact``."""
    return any(type(item) is float and abs(item) >= 2**63 and item.is_integer() for item, _ in _walk(value))


def dumps(value: Any, *, plain: bool) -> bytes:
    """Return JSON in UTF-8 with two spaces of indentation. Arrays of numpy are lists of numbers.

    Args:
        value: What to write.
        plain: The value is known to hold no NaN and no infinity, which orjson would silently write as null.

    Raises:
        TypeError: When it holds something that JSON has no form for.
        ValueError: When it is nested too deeply or refers to itself.
    """
    if plain:
        try:
            return _dumps_plain(value)
        except orjson.JSONEncodeError:
            pass  # integers beyond 64 bits, half surrogates, keys that are numbers
    try:
        try:
            return json.dumps(value, indent=2, ensure_ascii=False, default=_listed).encode("utf-8")
        except UnicodeEncodeError:
            return json.dumps(value, indent=2, ensure_ascii=True, default=_listed).encode("ascii")
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _dumps_plain(value: Any) -> bytes:
    """Return what orjson makes of a value; the shapes of a label file are written a few at a time."""
    shapes = value.get("shapes") if type(value) is dict else None
    if type(shapes) is not list or len(ends := _ends_of_pieces(shapes)) <= 1:
        return orjson.dumps(value, option=_INDENTED)
    # No JSON holds this byte: in a text it is written as an escape.
    head, tail = orjson.dumps(value | {"shapes": orjson.Fragment(b"\0")}, option=_INDENTED).split(b"\0")
    # Piece by piece, and without a copy at the end: of all of it at once that would take long, too.
    written = io.BytesIO()
    written.write(head)
    before = b"["
    for first, end in itertools.pairwise([0, *ends]):
        piece = orjson.dumps({"shapes": shapes[first:end]}, option=_INDENTED)
        written.write(before)
        give_way()
        written.write(memoryview(piece)[len(_BEFORE_SHAPES) : -len(_AFTER_SHAPES)])
        before = b","
    written.write(b"\n  ]")
    written.write(tail)
    return written.getvalue()


def _ends_of_pieces(shapes: list[Any]) -> list[int]:
    """Return where each piece of some shapes ends."""
    ends, values = [], 0
    for number, shape in enumerate(shapes, 1):
        values += _SHAPE_COSTS + len(shape.get("points", ()) if type(shape) is dict else ())
        if values >= _PIECE_VALUES or number == len(shapes):
            ends.append(number)
            values = 0
    return ends


def is_plain(value: Any) -> bool:
    """Return whether a value holds no NaN and no infinity."""
    return not any(isinstance(item, float) and not math.isfinite(item) for item, _ in _walk(value))


def _walk(value: Any) -> Iterator[tuple[Any, int]]:
    # Iterative, since the depth is what a stranger's file says; it stops where check_nesting has seen enough.
    waiting = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        yield item, depth
        if depth > MAX_NESTING:
            continue
        if isinstance(item, dict):
            waiting.extend((child, depth + 1) for child in item.values())
        elif isinstance(item, list | tuple):
            waiting.extend((child, depth + 1) for child in item)


def _loads_slowly(data: bytes, **options: Any) -> Any:
    try:
        text = data.decode(json.detect_encoding(data), "strict")
    except UnicodeDecodeError as error:
        raise JsonError(f"it is not text in UTF-8 (byte {error.start})") from error
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_int=_whole_number, **options)
    except json.JSONDecodeError as error:
        raise JsonError(f"it is not valid JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise JsonError("it is nested too deeply") from error
    except ValueError as error:  # an integer of too many digits
        raise JsonError(f"it is not valid JSON: {error}") from error


def _whole_number(digits: str) -> int:
    # Early versions of Python 3.10 convert any number of them, in a time that grows with its square.
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a whole number has {len(digits):,} digits")
    return int(digits)


def _listed(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")
