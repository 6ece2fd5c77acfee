"""The files of a YOLO data set as a whole: data.yaml and classes.txt, whose numbers never change.

Labels that are new get numbers behind those that are there, so label files that somebody has trained with stay true.
Comments and keys that are not ours stay in data.yaml.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from anylabeling.document.formats.base import ClassNumbers
from anylabeling.document.formats.reading import broken, inside, read_text, read_yaml, safe_name, whole
from anylabeling.translation import tr

DATA_NAMES = ("data.yaml", "data.yml", "dataset.yaml", "dataset.yml")
CLASS_NAMES = ("classes.txt", "labels/classes.txt", "obj.names", "predefined_classes.txt")
SPLITS = ("train", "val", "test")
_MOST_CLASSES = 100_000
_PLAIN = re.compile(r"[A-Za-z](?:[\w ,/+-]*[\w])?", re.ASCII)
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


class DataFile(NamedTuple):
    """What a data.yaml says.

    Attributes:
        path: The file, or None.
        names: Class number to name.
        key_points: How many key points an object has; 0 where it has none.
        values: Values of each key point, 2 or 3.
        key_point_names: Their names, where it gives them.
        folders: Split to the places of its pictures below the root, as the file says.
    """

    path: Path | None
    names: dict[int, str]
    key_points: int = 0
    values: int = 3
    key_point_names: tuple[str, ...] = ()
    folders: Mapping[str, tuple[str, ...]] = {}


def find_data_file(root: Path) -> Path | None:
    """Return the data.yaml of a folder, or the only YAML file in it that names classes."""
    for name in DATA_NAMES:
        if (root / name).is_file():
            return root / name
    try:
        others = sorted(path for path in root.iterdir() if path.suffix.lower() in (".yaml", ".yml"))
    except OSError:
        return None
    return others[0] if len(others) == 1 and "names:" in _head(others[0]) else None


def read_data_file(path: Path) -> DataFile:
    """Read a data.yaml.

    Raises:
        LabelFileError: When it cannot be understood.
    """
    content = read_yaml(path)
    try:
        names = _names(content.get("names"), content.get("nc"))
        shape = content.get("kpt_shape")
        key_points, values = (
            (whole(shape[0]), whole(shape[1])) if isinstance(shape, list) and len(shape) == 2 else (0, 3)
        )
    except (ValueError, TypeError) as error:
        raise broken(path.name, error) from error
    if not 0 <= key_points <= 10_000 or values not in (2, 3):
        raise broken(path.name, tr("its kpt_shape makes no sense"))
    folders = {split: _places(content.get(split), content.get("path")) for split in (*SPLITS, "valid")}
    return DataFile(path, names, key_points, values, _key_point_names(content.get("kpt_names")), folders)


def class_numbers(root: Path, known: Sequence[str] = ()) -> ClassNumbers:
    """Return the class numbers of a data set as they are; of a new one those of the known labels.

    Raises:
        LabelFileError: When a file cannot be understood, or data.yaml and classes.txt disagree.
    """
    data = find_data_file(root)
    from_data = read_data_file(data).names if data is not None else {}
    listed = read_class_list(root)
    for number, name in listed.items():
        if from_data and name and from_data.get(number, name) != name:
            raise broken(
                "classes.txt",
                tr(
                    "it calls class {number} {name}, and {file} calls it {other}",
                    number=number,
                    name=name,
                    file=data.name if data is not None else "",
                    other=from_data[number],
                ),
            )
    numbers: dict[str, int] = {}
    for number, name in sorted({**listed, **from_data}.items()):
        if name:
            numbers.setdefault(name, number)
    return ClassNumbers(numbers or known)


def read_class_list(root: Path) -> dict[int, str]:
    """Return the classes that a classes.txt lists by line; nothing where there is none."""
    for name in CLASS_NAMES:
        path = root / name
        if path.is_file():
            lines = read_text(path).splitlines()
            while lines and not lines[-1].strip():
                lines.pop()
            return {number: line.strip() for number, line in enumerate(lines[:_MOST_CLASSES])}
    return {}


def class_list_text(numbers: ClassNumbers) -> bytes:
    """Return the content of classes.txt."""
    return "".join(f"{_one_line(name)}\n" for name in numbers.names()).encode("utf-8", "replace")


def data_file_text(
    root: Path, numbers: ClassNumbers, splits: Sequence[str], key_points: Sequence[str] | None = None
) -> tuple[str, bytes]:
    """Return the name and content of data.yaml: what is there with the classes added, or a new one.

    Args:
        root: The folder of the data set.
        numbers: The classes.
        splits: Its parts; empty for one piece.
        key_points: Names of the key points, for poses.
    """
    from ruamel.yaml import YAML

    path = find_data_file(root)
    yaml = YAML()
    yaml.width = 4096
    yaml.preserve_quotes = True
    content: Any = None
    if path is not None:
        content = yaml.load(read_text(path))
    if not isinstance(content, dict):
        content = {}
    for key, place in _folders(splits).items():
        content.setdefault(key, place)
    _set_names(content, numbers)
    if key_points is not None:
        content.setdefault("kpt_shape", [len(key_points), 3])
        content.setdefault("kpt_names", {number: list(key_points) for number in numbers.numbers().values()})
    stream = io.StringIO()
    yaml.dump(content, stream)
    text = stream.getvalue()
    return (path.name if path is not None else DATA_NAMES[0]), text.encode("utf-8", "replace")


def _folders(splits: Sequence[str]) -> dict[str, str]:
    if not splits:
        return {"train": "images", "val": "images"}
    places = {split: f"images/{split}" for split in SPLITS if split in splits}
    # A data set is not opened without these two.
    first = next(iter(places.values()))
    return {"train": first, "val": places.get("test", first), **places}


def _set_names(content: dict[str, Any], numbers: ClassNumbers) -> None:
    present = content.get("names")
    if isinstance(present, list):
        names = numbers.names()
        present.extend(map(_as_text, names[len(present) :]))
    elif isinstance(present, dict):
        there = {whole(key) for key in present}
        for label, number in numbers.numbers().items():
            if number not in there:
                present[number] = _as_text(label)
    else:
        content["names"] = {number: _as_text(label) for label, number in numbers.numbers().items()}
    if "nc" in content:
        content["nc"] = len(content["names"])


def _as_text(name: str) -> str:
    """Return a name that is written with quotes where some reader of YAML would take it for something else.

    The readers that train follow YAML 1.1, in which no, on and 1:30 are no texts.
    """
    from ruamel.yaml.scalarstring import SingleQuotedScalarString

    is_plain = _PLAIN.fullmatch(name) and name.lower() not in _WORDS
    return name if is_plain else SingleQuotedScalarString(name)


def _names(value: Any, count: Any) -> dict[int, str]:
    if isinstance(value, list):
        pairs = list(enumerate(value))
    elif isinstance(value, dict):
        pairs = [(whole(key), name) for key, name in value.items()]
    elif value is None:
        return {number: f"class_{number}" for number in range(whole(count))} if count is not None else {}
    else:
        raise ValueError("names is neither a list nor a mapping")
    if len(pairs) > _MOST_CLASSES or any(not 0 <= number < _MOST_CLASSES for number, _ in pairs):
        raise ValueError("there are too many names")
    # YAML takes 7, no and 1.5 for what they look like.
    return {number: {True: "yes", False: "no"}[name] if isinstance(name, bool) else str(name) for number, name in pairs}


def _key_point_names(value: Any) -> tuple[str, ...]:
    if isinstance(value, dict) and value:
        value = next(iter(value.values()))
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _places(value: Any, base: Any) -> tuple[str, ...]:
    """Return the folders or lists of a split below the root. One that leads out of it is looked for by its end."""
    listed = value if isinstance(value, list) else [value]
    start = safe_name(base) if isinstance(base, str) and not base.startswith(("/", "..")) else ""
    places: list[str] = []
    for place in listed:
        if not isinstance(place, str):
            continue
        # "../train/images" is how some exports say "train/images".
        parts = [part for part in place.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        name = safe_name("/".join(parts))
        if name:
            places += [f"{start}/{name}", name] if start else [name]
    return tuple(places)


def images_folders(root: Path, data: DataFile) -> dict[str, list[Path]]:
    """Return the folders of pictures that exist, by split; "" is that of a data set in one piece."""
    found: dict[str, list[Path]] = {}
    taken: set[Path] = set()
    for split, places in data.folders.items():
        for place in places:
            folder = inside(root, place)
            if folder is not None and folder.is_dir() and folder not in taken:
                taken.add(folder)
                found.setdefault("val" if split == "valid" else split, []).append(folder)
    if len(found) == 1 or (len(taken) == 1 and found):
        # The same pictures for training and validation are one piece.
        found = {"": next(iter(found.values()))}
    return found


def _one_line(name: str) -> str:
    return " ".join(name.split()) if any(mark in name for mark in "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029") else name


def _head(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(65536).decode("utf-8", "replace")
    except OSError:
        return ""
