"""Read files of data sets that may come from anywhere: sizes bounded, numbers finite, no path out of the folder."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from anylabeling.codecs import IMAGE_SUFFIXES
from anylabeling.document import label_json
from anylabeling.document.shape import MAX_COORDINATE
from anylabeling.errors import LabelFileError
from anylabeling.translation import tr

MAX_TEXT_BYTES = 64 << 20
"""No list of lines, XML or YAML file is larger."""
MAX_JSON_BYTES = 2 << 30
"""The largest file of COCO has half a gigabyte."""
MAX_YAML_BYTES = 4 << 20
MAX_FILES = 5_000_000

_DRIVE = re.compile(r"^[A-Za-z]:")


def broken(name: str, reason: object, details: str = "") -> LabelFileError:
    """Return the error for a file that cannot be understood."""
    return LabelFileError(
        tr("{name} cannot be read: {reason}.", name=name, reason=reason),
        hint=tr("The file is left as it is."),
        details=details,
    )


def read_bytes(path: Path, most: int = MAX_TEXT_BYTES) -> bytes:
    """Return the content of a file of a sane size.

    Raises:
        LabelFileError: When it cannot be opened or is larger.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would keep us waiting for ever
            raise broken(path.name, tr("it is not a file"))
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise broken(path.name, error.strerror or error, repr(error)) from error
    if len(data) > most:
        raise broken(path.name, tr("it is larger than {size:,} MB", size=most >> 20))
    return data


def read_text(path: Path, most: int = MAX_TEXT_BYTES) -> str:
    """Return the content of a text file in UTF-8, or in UTF-16 with a mark.

    Raises:
        LabelFileError: When it cannot be read or is no text.
    """
    data = read_bytes(path, most)
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken(path.name, tr("it is not text in UTF-8"), repr(error)) from error


def read_json(path: Path, most: int = MAX_JSON_BYTES) -> Any:
    """Return what a JSON file says.

    Raises:
        LabelFileError: When it cannot be read or is no JSON.
    """
    try:
        return label_json.loads(read_bytes(path, most))
    except label_json.JsonError as error:
        raise broken(path.name, error) from error


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the keys of a YAML file.

    Raises:
        LabelFileError: When it cannot be read or is no mapping.
    """
    text = read_text(path, MAX_YAML_BYTES)
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        content = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        raise broken(path.name, tr("it is not valid YAML"), str(error)[:2000]) from error
    if not isinstance(content, dict):
        raise broken(path.name, tr("it has no keys"))
    return {str(key): value for key, value in content.items()}


def number(value: object) -> float:
    """Return a finite number that some place in a picture may have.

    Raises:
        ValueError: When it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{str(value)[:40]!r} is not a number")  # noqa: TRY004 - it comes from a file
    try:
        found = float(value)
    except OverflowError as error:
        raise ValueError("a number is far too large") from error
    if not math.isfinite(found) or abs(found) > MAX_COORDINATE:
        raise ValueError(f"{str(value)[:40]} is not finite or is far outside of any picture")
    return found


def whole(value: object) -> int:
    """Return a whole number, also one that is written as 3.0.

    Raises:
        ValueError: When it is none.
    """
    found = number(value)
    if not found.is_integer():
        raise ValueError(f"{value} is not a whole number")
    return int(found)


def safe_name(name: object) -> str:
    """Return a path out of a file as one below a folder, with forward slashes; empty when there is none.

    A path that is absolute or climbs says where the files once were; what is left of it is its last part.
    """
    if not isinstance(name, str):
        return ""
    text = name.strip().replace("\\", "/")
    if not text or "\0" in text:
        return ""
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if not parts or parts[-1] == "..":
        return ""
    if text.startswith("/") or _DRIVE.match(text) or ".." in parts:
        return parts[-1] if not _DRIVE.match(parts[-1]) else ""
    return "/".join(parts)


def inside(root: Path, name: str) -> Path | None:
    """Return a path below a folder; None where it would lead out of it, also over a link."""
    path = root / name
    try:
        real, home = os.path.realpath(path), os.path.realpath(root)
    except (OSError, ValueError):
        return None
    return path if real == home or real.startswith(home.rstrip(os.sep) + os.sep) else None


def picture_inside(root: Path, name: str) -> Path | None:
    """Return the path of a picture in a folder below another one; it may be a link itself, as exports make them."""
    folder, own = os.path.split(name)  # noqa: PTH206 - a Path would drop a final dot
    return None if own in ("", ".", "..") or inside(root, folder or ".") is None else root / name


def files_below(folder: Path, suffixes: tuple[str, ...]) -> Iterator[str]:
    """Yield the files below a folder with one of these endings, by name, as names with forward slashes.

    Names that begin with a dot are left out, and links to folders are not followed.
    """
    count = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        prefix = os.path.relpath(place, folder).replace(os.sep, "/")
        for file in sorted(files):
            if file.lower().endswith(suffixes) and not file.startswith("."):
                count += 1
                if count > MAX_FILES:
                    return
                yield file if prefix == "." else f"{prefix}/{file}"


class FolderIndex:
    """The pictures of a folder by their names without ending; each folder is listed once."""

    def __init__(self) -> None:
        self._folders: dict[Path, dict[str, str]] = {}

    def find(self, folder: Path, stem: str) -> Path | None:
        """Return the picture with this stem; ``stem`` may hold folders."""
        sub, _, name = stem.rpartition("/")
        place = folder / sub if sub else folder
        found = self._listed(place).get(name)
        return place / found if found is not None else None

    def names(self, folder: Path) -> list[str]:
        """Return the names of the pictures right in a folder, in order."""
        return sorted(self._listed(folder).values())

    def _listed(self, folder: Path) -> dict[str, str]:
        listed = self._folders.get(folder)
        if listed is None:
            listed = self._folders[folder] = _pictures(folder)
        return listed


def _pictures(folder: Path) -> dict[str, str]:
    try:
        names = sorted(os.listdir(folder), reverse=True)  # noqa: PTH208 - many names
    except OSError:
        return {}
    pairs = (name.rpartition(".") for name in names)
    return {stem: f"{stem}.{ending}" for stem, _, ending in pairs if f".{ending.lower()}" in IMAGE_SUFFIXES}
