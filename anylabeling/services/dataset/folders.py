"""Long lists of images, folder by folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

_FIRST_BLOCK = 8
_LARGEST_BLOCK = 1024


class Folder(NamedTuple):
    """Some images of one folder.

    Attributes:
        path: The folder's absolute path.
        names: File names of the images.
        places: Where they are in the list of all images.
    """

    path: bytes
    names: list[str]
    places: list[int]


def by_folder(image_paths: Sequence[str]) -> list[Folder]:
    """Return the images of a list by absolute folder.

    Images of one folder that follow each other are taken together: path by path, a hundred thousand of them would take
    longer than what is asked about them.
    """
    folders: dict[str, Folder] = {}
    absolute: dict[bytes, Folder] = {}
    first = 0
    while first < len(image_paths):
        path = image_paths[first]
        prefix = path[: path.rfind(os.sep) + 1]
        names = _names_of_run(image_paths, first, prefix)
        folder = folders.get(prefix)
        if folder is None:
            place = os.fsencode(os.path.abspath(prefix or "."))  # noqa: PTH100 - resolve() would follow links
            folder = folders[prefix] = absolute.setdefault(place, Folder(place, [], []))
        folder.names.extend(names)
        folder.places.extend(range(first, first + len(names)))
        first += len(names)
    return list(absolute.values())


def _names_of_run(paths: Sequence[str], first: int, prefix: str) -> list[str]:
    """Return the file names of the images from ``first`` on that lie in one folder, at least of one."""
    names = [paths[first][len(prefix) :]]
    size = _FIRST_BLOCK
    while True:
        start = first + len(names)
        block = paths[start : start + size]
        if not block or not block[0].startswith(prefix):
            return names
        # One split for all of them. Whatever else is between them shows in the number of names or as a separator.
        found = "\0".join(block)[len(prefix) :].split("\0" + prefix)
        if not prefix or len(found) != len(block) or os.sep in "".join(found):
            return names + _one_by_one(block, prefix)
        names += found
        size = min(2 * size, _LARGEST_BLOCK)


def _one_by_one(paths: Sequence[str], prefix: str) -> list[str]:
    names: list[str] = []
    for path in paths:
        if not path.startswith(prefix) or os.sep in path[len(prefix) :]:
            break
        names.append(path[len(prefix) :])
    return names
