"""What has to be the same for a result to be the same: the image file and the model."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anylabeling.messages.auto_labeling import Tiling
from anylabeling.messages.models import UNKNOWN_WEIGHTS, ModelInfo
from anylabeling.services.auto_labeling.weights import weights_digest
from anylabeling.utils import turns
from anylabeling.utils.hashing import hash_bytes, hash_parts
from anylabeling.utils.many_files import stat_many
from anylabeling.utils.parallel import default_worker_count

DETECTION_VERSION = 1
"""Goes up when decoding, preprocess.py or postprocess.py find other boxes: results of other versions do not count."""
TILING_VERSION = 1
"""Goes up when the tiles of a picture, or how their objects are put together, change."""

_IN_A_ROW = 1000


@dataclass(frozen=True, slots=True, eq=False)
class FileSet:
    """Image files with their state on disk.

    Attributes:
        paths: As they were given.
        keys: Their absolute paths as the file system knows them.
        sizes: int64 (n,): bytes, -1 where there is no such file.
        mtimes_ns: int64 (n,).
    """

    paths: Sequence[str]
    keys: list[bytes]
    sizes: NDArray[np.int64]
    mtimes_ns: NDArray[np.int64]

    @classmethod
    def of(cls, paths: Sequence[str]) -> FileSet:
        """Look at the files, without opening any."""
        sizes, mtimes_ns = stat_many(paths, threads=default_worker_count())
        turns.give_way()
        return cls(paths, absolute_keys(paths), sizes, mtimes_ns)

    def __len__(self) -> int:
        return len(self.paths)

    def take(self, chosen: NDArray[np.int64]) -> FileSet:
        """Return some of the files."""
        numbers = chosen.tolist()
        return FileSet(
            [self.paths[number] for number in numbers],
            [self.keys[number] for number in numbers],
            self.sizes[chosen],
            self.mtimes_ns[chosen],
        )

    def is_unchanged(self, index: int) -> bool:
        """Return whether a file is still in the state in which it was seen."""
        try:
            status = os.stat(self.paths[index])  # noqa: PTH116
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (int(self.sizes[index]), int(self.mtimes_ns[index]))

    def fingerprint(self) -> str:
        """Return digits that change with every path, size and time of change."""
        return hash_parts(
            hash_bytes(b"\0".join(self.keys)), hash_bytes(self.sizes.tobytes() + self.mtimes_ns.tobytes())
        )

    def names_digest(self) -> str:
        """Return digits that change with every path only."""
        return hash_bytes(b"\0".join(self.keys))


def absolute_keys(paths: Iterable[str]) -> list[bytes]:
    """Return the absolute paths as bytes, which any file name can be stored as."""
    folders: dict[str, str] = {}
    keys: list[str] = []
    separator = os.sep
    for number, path in enumerate(paths):
        if not number % _IN_A_ROW:
            turns.give_way()
        end = path.rfind(separator) + 1
        folder = path[:end]
        known = folders.get(folder)
        if known is None:
            # Once per folder: a hundred thousand calls of abspath take longer than the rest of a query.
            absolute = os.path.abspath(folder or ".")  # noqa: PTH100 - resolve() would follow links
            known = folders[folder] = absolute if absolute.endswith(separator) else absolute + separator
        keys.append(known + path[end:])
    # One call for all; no path holds a zero.
    turns.give_way()
    return os.fsencode("\0".join(keys)).split(b"\0") if keys else []


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """What makes a model's results its own.

    Attributes:
        weights: Hash of the weights file.
        task: What it does, such as "detect".
        layout: How its output is read.
        input_width: Pixels.
        input_height: Pixels.
        preprocessing: Version of how pictures are put in and boxes are read out.
        is_agnostic: Whether boxes of different classes that overlap are one object.
        tiling: The tiles in which it looks at large pictures, or None.
    """

    weights: str
    task: str
    layout: str
    input_width: int
    input_height: int
    preprocessing: int = DETECTION_VERSION
    is_agnostic: bool = False
    tiling: Tiling | None = None

    @property
    def key(self) -> str:
        """One text for all of it."""
        parts = (self.weights, self.task, self.layout, self.input_width, self.input_height, self.preprocessing)
        key = ":".join(map(str, parts)) + (":agnostic" if self.is_agnostic else "")
        if self.tiling is None:
            return key
        return f"{key}:tiles {TILING_VERSION} {self.tiling.side_px} {self.tiling.overlap:g}"


class ModelIdentities:
    """Tells the identity of models. Any thread may call it."""

    def identify(self, info: ModelInfo) -> ModelIdentity | None:
        """Return the identity of a model, or None when nobody can tell it.

        What counts are the weights that were loaded, whatever lies under their path by now.
        """
        if info.weights == UNKNOWN_WEIGHTS:
            return None
        weights = hash_bytes(info.weights.encode()) if info.weights else weights_digest(Path(info.path))
        if weights is None:
            return None
        return ModelIdentity(
            weights=weights,
            task=info.task,
            layout=info.layout,
            input_width=info.input_width,
            input_height=info.input_height,
            is_agnostic=info.is_agnostic,
            tiling=info.tiling,
        )
