"""Write the images that a filter found to a file."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

import orjson

from anylabeling.errors import StorageError, UsageError
from anylabeling.messages.filtering import FilterMatch, FilterQuery, FilterSummary
from anylabeling.services.filtering.result_cache import query_as_json
from anylabeling.translation import tr
from anylabeling.utils import turns
from anylabeling.utils.atomic_io import write_parts_atomic
from anylabeling.utils.cancellation import CancelToken

_PIECE = 500


def export_results(path: Path | str, summary: FilterSummary, *, class_counts: bool = False) -> list[str]:
    """Write a filter's result in the format that the file name's ending names.

    ``.json`` holds an object with ``total_images``, ``filtered_images``, ``filter_settings`` and ``results``; ``.txt``
    one path per line; ``.csv`` the same with the header ``image_path``. The file appears complete or not at all.

    Args:
        path: The file to write.
        summary: What was found.
        class_counts: Give a ``.csv`` a further column for each class with the number of its objects.

    Returns:
        The images that are not in the file, since a list with a path a line cannot name them; see no_line_for.

    Raises:
        UsageError: When the ending is another one.
        StorageError: When the file cannot be written.
    """
    target = Path(path)
    write = _writer(target)
    write_parts_atomic(target, write(summary, class_counts))
    return no_line_for(summary) if write is _text_parts else []


def import_paths(path: Path | str) -> list[str]:
    """Return the images that an exported file lists, each once, in its order.

    Args:
        path: A ``.json``, ``.txt`` or ``.csv`` file. Relative paths in it are seen from its folder.

    Raises:
        UsageError: When the file cannot be read or is no such list.
    """
    source = Path(path)
    _writer(source)
    read, newline = _READERS[source.suffix.lower()]
    try:
        with source.open(encoding="utf-8-sig", errors="surrogateescape", newline=newline) as stream:
            listed = read(stream)
    except OSError as error:
        said = tr("{name} cannot be read: {reason}.", name=source.name, reason=error.strerror or error)
        raise UsageError(said, details=repr(error)) from error
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise UsageError(
            tr("{name} is no list of images.", name=source.name),
            hint=tr("Lists are .txt files with a path a line, .csv files with a column image_path, or exported .json."),
            details=repr(error),
        ) from error
    folder = os.fspath(source.absolute().parent)
    # An absolute path stays as it is when it is joined.
    return list(dict.fromkeys(os.path.join(folder, name) for name in listed if name))  # noqa: PTH118


def gather_matches(
    folder: Path | str,
    paths: Iterable[str],
    *,
    link: bool = False,
    cancel: CancelToken | None = None,
    on_done: Callable[[int], object] | None = None,
) -> list[Path]:
    """Copy or link images into a folder; files that are there stay, and a name that is taken gets a number.

    Args:
        folder: It is made when it does not exist.
        paths: The images.
        link: Make links instead of copies: hard ones, or symbolic ones where the disk is another.
        cancel: Stops between two files.
        on_done: Called with the number of files so far.

    Returns:
        The files that were made, in order.

    Raises:
        StorageError: When one cannot be made; it leaves no half file, and those before it stay.
        Cancelled: When ``cancel`` was used.
    """
    target = Path(folder)
    made: list[Path] = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for path in paths:
            if cancel is not None:
                cancel.raise_if_cancelled()
            made.append(_place(target, Path(path), link=link))
            if on_done is not None:
                on_done(len(made))
    except OSError as error:
        raise StorageError(
            tr("The images could not be put into {target}: {reason}.", target=target, reason=error.strerror or error),
            hint=tr("{number:,} were put there. Check that the folder is writable and has space.", number=len(made)),
            details=repr(error),
        ) from error
    return made


def check_export_path(path: Path | str) -> None:
    """Raise UsageError unless the file name has an ending that can be exported to and its folder exists."""
    target = Path(path)
    _writer(target)
    if not target.absolute().parent.is_dir():
        raise UsageError(tr("The folder {folder} does not exist.", folder=target.absolute().parent))
    if target.is_dir():
        raise UsageError(tr("{name} is a folder.", name=target), hint=tr("Give the name of a file."))


def to_text(summary: FilterSummary) -> str:
    """Return one path per line, without those that no line can hold."""
    return _lines(summary.matches)


def no_line_for(summary: FilterSummary) -> list[str]:
    """Return the paths that would be read back as others from a list with a path a line, for a line break in them."""
    return [match.path for match in summary.matches if not _fits_line(match.path)]


def _lines(matches: Sequence[FilterMatch]) -> str:
    text = "".join([f"{match.path}\n" for match in matches])
    if "\r" not in text and text.count("\n") == len(matches):
        return text
    return "".join([f"{match.path}\n" for match in matches if _fits_line(match.path)])


def _fits_line(path: str) -> bool:
    return "\n" not in path and not path.endswith("\r")


def _pieces(summary: FilterSummary) -> Iterator[Sequence[FilterMatch]]:
    """Yield some matches at a time: very many at once would keep all other threads waiting."""
    for first in range(0, len(summary.matches), _PIECE):
        turns.give_way()
        yield summary.matches[first : first + _PIECE]


def _text_parts(summary: FilterSummary, _class_counts: bool) -> Iterator[bytes]:
    for matches in _pieces(summary):
        yield _encoded(_lines(matches))


def _csv_parts(summary: FilterSummary, class_counts: bool) -> Iterator[bytes]:
    """Yield the paths under the header ``image_path``, quoted where they have to be.

    With ``class_counts``, there is a column for each class that occurs, by name, with the number of its objects.
    """
    names = sorted({name for match in summary.matches for name, _ in match.counts}) if class_counts else []
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    # By itself it quotes what has its own end of line in it, and readers end a line at either.
    quoting = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(["image_path", *names])
    for matches in _pieces(summary):
        for match in matches:
            counts = dict(match.counts)
            chosen = quoting if "\r" in match.path else writer
            chosen.writerow([match.path, *(counts.get(name, 0) for name in names)])
        yield _encoded(stream.getvalue())
        stream.seek(0)
        stream.truncate()
    yield _encoded(stream.getvalue())


def _json_parts(summary: FilterSummary, _class_counts: bool) -> Iterator[bytes]:
    head = {
        "total_images": summary.total,
        "filtered_images": len(summary.matches),
        "filter_settings": _settings(summary.query),
    }
    yield _json(head)[:-2] + b',\n  "results": ['
    before = b"\n    "
    for matches in _pieces(summary):
        texts = [_json(_result(match)).replace(b"\n", b"\n    ") for match in matches]
        yield before + b",\n    ".join(texts)
        before = b",\n    "
    yield b"\n  ]\n}\n" if summary.matches else b"]\n}\n"


def _json(value: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2)
    except TypeError:
        # A path that is no valid text would make the file invalid JSON; escaped it stays readable and distinct.
        return json.dumps(value, indent=2).encode("ascii")


def _encoded(text: str) -> bytes:
    # Names that are no valid text on this system go back to the very bytes that they have on the disk.
    return text.encode("utf-8", errors="surrogateescape")


_Writer = Callable[[FilterSummary, bool], Iterator[bytes]]
_WRITERS: dict[str, _Writer] = {".json": _json_parts, ".txt": _text_parts, ".csv": _csv_parts}

EXPORT_SUFFIXES = tuple(_WRITERS)
"""The file name endings that can be exported to."""


def _writer(path: Path) -> _Writer:
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(
            tr("{name} has the ending {suffix}.", name=path.name, suffix=path.suffix)
            if path.suffix
            else tr("{name} has no ending.", name=path.name),
            hint=tr("Results are written to .json, .txt or .csv files."),
        )
    return writer


def _settings(query: FilterQuery) -> dict[str, Any]:
    values, usual = query_as_json(query), query_as_json(FilterQuery())
    settings = {"selected_classes": values.pop("classes")}
    settings |= {name: values.pop(name) for name in ("count_mode", "count_value", "confidence", "iou")}
    # The rest only where it was asked for: a plain question stays short.
    return settings | {name: value for name, value in values.items() if value != usual[name]}


def _result(match: FilterMatch) -> dict[str, Any]:
    result: dict[str, Any] = {
        "image_path": match.path,
        "count": match.count,
        "classes": dict(match.counts),
        "best_score": match.best_score,
        "detections": [
            {"label": label, "score": round(score, 4), "box": [round(side, 2) for side in box]}
            for label, score, box in match.objects
        ],
    }
    if match.disagreement is not None:
        result |= {"disagreement": match.disagreement, "reasons": list(match.reasons)}
    return result


def _place(folder: Path, source: Path, *, link: bool) -> Path:
    numbered = (f"{source.stem}-{number}{source.suffix}" for number in itertools.count(2))
    target = next(
        folder / name for name in itertools.chain([source.name], numbered) if not os.path.lexists(folder / name)
    )
    if link:
        try:
            target.hardlink_to(source)
        except FileNotFoundError:
            raise
        except OSError:
            target.symlink_to(source.absolute())
        return target
    half = target.with_name(f".{target.name}.part")
    try:
        shutil.copy2(source, half)
        half.replace(target)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return target


_RESULTS = re.compile(r'"results"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_READ = 1 << 18


def _read_json(stream: TextIO) -> list[str]:
    """Read result by result, and the text bit by bit: all at once would keep all other threads waiting."""
    text = ""
    while (found := _RESULTS.search(text)) is None:
        more = stream.read(_READ)
        if not more:
            raise ValueError("no results")
        text += more
    decoder = json.JSONDecoder()
    paths: list[str] = []
    place = found.end()
    while True:
        between = _BETWEEN.match(text, place)
        place = between.end() if between is not None else place
        if text[place : place + 1] == "]":
            return paths
        try:
            result, place = decoder.raw_decode(text, place)
        except ValueError:
            # Perhaps it only goes on further down. What is read doubles, so that a long one is not begun too often.
            text, place = text[place:], 0
            more = stream.read(max(_READ, len(text)))
            if not more:
                raise
            text += more
            turns.give_way()
            continue
        paths.append(str(result["image_path"]))


def _read_text(stream: TextIO) -> list[str]:
    # Lines end at a line feed only: a file name may hold other characters that are taken for ends of lines.
    paths = []
    for line in stream:
        if "\0" in line:
            raise ValueError("not a text")
        ended = line.removesuffix("\n")
        paths.append(ended.removesuffix("\r") if ended != line else line)
    return paths


def _read_csv(stream: TextIO) -> list[str]:
    rows = csv.DictReader(stream)
    if "image_path" not in (rows.fieldnames or ()):
        raise ValueError("no column image_path")
    return [str(row["image_path"] or "") for row in rows]


_READERS: dict[str, tuple[Callable[[TextIO], Sequence[str]], str]] = {
    ".json": (_read_json, ""),
    ".txt": (_read_text, "\n"),
    ".csv": (_read_csv, ""),
}
"""How each is read, and what its file is opened with as the end of a line."""
