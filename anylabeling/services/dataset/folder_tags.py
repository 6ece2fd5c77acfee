"""Which tags the images of a folder have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from anylabeling.document.label_file import parse_annotation, read_label_bytes
from anylabeling.errors import LabelFileError
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.turns import give_way

_HAS_TAGS = re.compile(rb'"tags"\s*:\s*\[\s*"')
"""What a file with tags holds; X-AnyLabeling writes the key with an empty list into the others."""


def folder_tags(label_files: Iterable[str], *, cancel: CancelToken | None = None) -> tuple[str, ...]:
    """Return the tags in label files, sorted by name; files that cannot be understood are left out.

    Args:
        label_files: Paths of the label files.
        cancel: Looked at between two files.

    Raises:
        Cancelled: When ``cancel`` asks for it.
    """
    token = cancel or CancelToken()
    found: set[str] = set()
    for path in label_files:
        token.raise_if_cancelled()
        found.update(file_tags(path))
    return tuple(sorted((tag for tag in found if tag.strip()), key=str.casefold))


def file_tags(path: str) -> tuple[str, ...]:
    """Return the tags in a label file; none of one that cannot be understood."""
    give_way()
    try:
        data = read_label_bytes(Path(path))
        return parse_annotation(data, path).tags if _HAS_TAGS.search(data) else ()
    except LabelFileError:
        return ()
