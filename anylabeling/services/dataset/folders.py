"""Long lists of images, folder by folder."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anylabeling import accel


class Folder:
    """Some images of one folder.

    Attributes:
        path: The folder's absolute path.
    """

    __slots__ = ("_names", "_ranges", "_runs", "path")

    def __init__(self, path: bytes) -> None:
        self.path = path
        self._runs: list[bytes] = []
        self._ranges: list[range] = []
        self._names: list[str] | None = None

    def __len__(self) -> int:
        """Return the number of images."""
        return sum(map(len, self._ranges))

    @property
    def names(self) -> list[str]:
        """File names of the images."""
        if self._names is None:
            self._names = os.fsdecode(self.joined_names).split("\0")
        return self._names

    @property
    def joined_names(self) -> bytes:
        """The file names with zeros between them: to compare them, nothing has to be taken apart."""
        return b"\0".join(self._runs)

    @property
    def places(self) -> NDArray[np.int64]:
        """Where the images are in the list of all images, int64 (n,)."""
        return np.concatenate([np.arange(run.start, run.stop) for run in self._ranges])

    def add(self, names: bytes, places: range) -> None:
        """Add images that follow each other; their names have zeros between them."""
        self._runs.append(names)
        self._ranges.append(places)
        self._names = None


def by_folder(image_paths: Sequence[str]) -> list[Folder]:
    """Return the images of a list by absolute folder.

    Images of one folder that follow each other are taken together: path by path, a hundred thousand of them would take
    longer than what is asked about them.
    """
    folders: dict[str, Folder] = {}
    absolute: dict[bytes, Folder] = {}
    paths, first = tuple(image_paths), 0
    while first < len(paths):
        path = paths[first]
        prefix = path[: path.rfind(os.sep) + 1]
        names, end = accel.names_of_run(paths, first, prefix)
        folder = folders.get(prefix)
        if folder is None:
            place = os.fsencode(os.path.abspath(prefix or "."))  # noqa: PTH100 - resolve() would follow links
            folder = folders[prefix] = absolute.setdefault(place, Folder(place))
        folder.add(names, range(first, end))
        first = end
    return list(absolute.values())
