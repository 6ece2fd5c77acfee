"""Write the images that a filter found to a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anylabeling.errors import UsageError
from anylabeling.messages.filtering import FilterMatch, FilterQuery, FilterSummary
from anylabeling.utils.atomic_io import write_bytes_atomic


def export_results(path: Path | str, summary: FilterSummary) -> None:
    """Write a filter's result in the format that the file name's ending names.

    ``.json`` holds an object with ``total_images``, ``filtered_images``, ``filter_settings`` and ``results``; ``.txt``
    one path per line; ``.csv`` the same with the header ``image_path``. The file appears complete or not at all.

    Args:
        path: The file to write.
        summary: What was found.

    Raises:
        UsageError: When the ending is another one.
        StorageError: When the file cannot be written.
    """
    target = Path(path)
    # Names that are no valid text on this system go back to the very bytes that they have on the disk.
    write_bytes_atomic(target, _writer(target)(summary).encode("utf-8", errors="surrogateescape"))


def check_export_path(path: Path | str) -> None:
    """Raise UsageError unless the file name has an ending that can be exported to and its folder exists."""
    target = Path(path)
    _writer(target)
    if not target.absolute().parent.is_dir():
        raise UsageError(f"The folder {target.absolute().parent} does not exist.")
    if target.is_dir():
        raise UsageError(f"{target} is a folder.", hint="Give the name of a file.")


def to_json(summary: FilterSummary) -> str:
    """Return the result as JSON text."""
    content = {
        "total_images": summary.total,
        "filtered_images": len(summary.matches),
        "filter_settings": _settings(summary.query),
        "results": [_result(match) for match in summary.matches],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    # A path that is no valid text would make the file invalid JSON; escaped it stays readable and distinct.
    return text if _is_valid_text(text) else json.dumps(content, indent=2) + "\n"


def to_text(summary: FilterSummary) -> str:
    """Return one path per line."""
    return "".join(f"{match.path}\n" for match in summary.matches)


def to_csv(summary: FilterSummary) -> str:
    """Return the paths under the header ``image_path``, quoted where they have to be."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["image_path"])
    writer.writerows([match.path] for match in summary.matches)
    return stream.getvalue()


_WRITERS: dict[str, Callable[[FilterSummary], str]] = {".json": to_json, ".txt": to_text, ".csv": to_csv}

EXPORT_SUFFIXES = tuple(_WRITERS)
"""The file name endings that can be exported to."""


def _writer(path: Path) -> Callable[[FilterSummary], str]:
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        ending = f"the ending {path.suffix}" if path.suffix else "no ending"
        raise UsageError(f"{path.name} has {ending}.", hint="Results are written to .json, .txt or .csv files.")
    return writer


def _settings(query: FilterQuery) -> dict[str, Any]:
    return {
        "selected_classes": None if query.classes is None else sorted(query.classes),
        "count_mode": query.count_mode.value,
        "count_value": query.count_value,
        "confidence": query.confidence,
        "iou": query.iou,
    }


def _result(match: FilterMatch) -> dict[str, Any]:
    return {
        "image_path": match.path,
        "count": match.count,
        "classes": dict(match.counts),
        "best_score": match.best_score,
    }


def _is_valid_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
