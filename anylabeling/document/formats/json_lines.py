"""Files of one JSON value a line, and the images that such a line names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from anylabeling.document import label_json
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.reading import MAX_JSON_BYTES, picture_inside, read_bytes, read_json

SUFFIXES = (".jsonl", ".ndjson")
_HEAD_BYTES = 1 << 20


def rows_of(path: Path, notes: Notes) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a file of lines, or of a JSON file that is a list; what is no object is noted.

    Raises:
        LabelFileError: When it cannot be read, or is a JSON file that makes no sense as a whole.
    """
    for value in _values(path):
        if isinstance(value, dict):
            yield value
        else:
            notes.said("bad entries")


def line_files(folder: Path) -> list[Path]:
    """Return the files of lines in a folder and in its ``annotations``, by name."""
    places = (folder, folder / "annotations")
    return [path for place in places for path in sorted(place.glob("*")) if path.suffix.lower() in SUFFIXES]


def first_row(path: Path) -> Mapping[str, Any]:
    """Return the first object of a file, as far as its beginning says; empty when there is none."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError:
        return {}
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].strip().removeprefix(b"[").removesuffix(b",")
    try:
        value = label_json.loads(line)
    except label_json.JsonError:
        return {}
    return value if isinstance(value, dict) else {}


def picture_places(file: Path, name: str) -> tuple[Path, ...]:
    """Return where a picture may be that a file names: beside it, beside its folder, or among ``images`` there."""
    roots = (file.parent.parent, file.parent) if file.parent.name == "annotations" else (file.parent,)
    places = (picture_inside(root, start) for root in roots for start in (f"images/{name}", name))
    return tuple(place for place in places if place is not None)


def _values(path: Path) -> Iterator[Any]:
    if path.suffix.lower() == ".json":
        content = read_json(path)
        yield from content if isinstance(content, list) else [content]
        return
    for line in read_bytes(path, MAX_JSON_BYTES).removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if not line.strip():
            continue
        try:
            yield label_json.loads(line)
        except label_json.JsonError:
            yield None
