"""What an encoder made of a picture, kept in memory and on disk so that it is computed once."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import UInt8Array
from anylabeling.errors import StorageError
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.cache_folder import prepare_cache_folder
from anylabeling.utils.file_stamp import FileStamp
from anylabeling.utils.hashing import hash_bytes, hash_parts
from anylabeling.utils.lru import ByteBudgetLru

_logger = logging.getLogger(__name__)

_SAMPLE_STEP = 16
_LARGEST_HALF = 65504.0
_NAME_DIGITS = 16
_SIZES = "sizes"
_PREFIX = "tensor_"
_SUFFIX = ".npz"


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """What an encoder made of a picture.

    Attributes:
        tensors: The encoder's outputs by name, in half precision where their values allow it.
        image_size: Width and height of the image in full-size pixels.
        input_size: Width and height that the picture took in the encoder's input.
    """

    tensors: Mapping[str, NDArray[Any]]
    image_size: tuple[int, int]
    input_size: tuple[int, int]

    @property
    def size_bytes(self) -> int:
        """Memory that it takes."""
        return sum(tensor.nbytes for tensor in self.tensors.values())


@dataclass(frozen=True, slots=True)
class EmbeddingLimits:
    """How much is kept.

    Attributes:
        memory_bytes: In memory.
        disk_bytes: On disk; 0 keeps nothing there.
        folder: Where on disk, or None for nowhere.
    """

    memory_bytes: int = 256 << 20
    disk_bytes: int = 2 << 30
    folder: Path | None = None


class EmbeddingCache:
    """Keep the embeddings of one encoder. Any thread may call it.

    An embedding counts for one file in one state and for the pixels that were read from it: a picture that another
    program has replaced since gets a new one.
    """

    def __init__(self, encoder_hash: str, limits: EmbeddingLimits) -> None:
        """Start with an empty memory and what is on disk.

        Args:
            encoder_hash: Another one for each encoder.
            limits: How much is kept, and where.
        """
        self._encoder_hash = encoder_hash
        self._limits = limits
        self._memory: ByteBudgetLru[str, Embedding] = ByteBudgetLru(limits.memory_bytes)

    @property
    def used_bytes(self) -> int:
        """Memory that embeddings take."""
        return self._memory.used_bytes

    def set_limits(self, limits: EmbeddingLimits) -> None:
        """Keep more or less from now on; what is over the new limits goes at once."""
        before, self._limits = self._limits, limits
        self._memory.resize(limits.memory_bytes)
        if limits.folder is not None and limits.disk_bytes < before.disk_bytes and limits.folder.is_dir():
            prepare_cache_folder(limits.folder, limits.disk_bytes)

    def key(self, path: str | os.PathLike[str] | None, image: UInt8Array) -> str | None:
        """Return the key of a picture, or None for one that is not from a file: its embedding is not kept."""
        if path is None:
            return None
        try:
            stamp = FileStamp.of(Path(path))
        except OSError:
            stamp = None
        if stamp is None:
            return None
        sample = np.ascontiguousarray(image[::_SAMPLE_STEP, ::_SAMPLE_STEP])
        content = hash_parts(str(Path(path).absolute()), f"{image.shape}", hash_bytes(sample.tobytes()))
        # File and state by themselves, so that ``kept`` finds them among the names of files without any pixels.
        return f"{self._file_name(os.fspath(path))}-{_state_name(stamp)}-{content}"

    def kept(self, paths: Iterable[str]) -> set[str]:
        """Return those pictures whose embedding is in memory or on disk, made for many: no picture is opened."""
        known: defaultdict[str, set[str]] = defaultdict(set)
        for key in (*self._memory.keys_by_age(), *self._stored_keys()):
            file, _, rest = key.partition("-")
            known[file].add(rest.partition("-")[0])
        found: set[str] = set()
        for path in paths if known else ():
            states = known.get(self._file_name(path))
            if states:
                with contextlib.suppress(OSError):
                    stamp = FileStamp.of(Path(path))
                    if stamp is not None and _state_name(stamp) in states:
                        found.add(path)
        return found

    def get(self, key: str | None) -> Embedding | None:
        """Return an embedding from memory, else from disk; None when there is none or its file is damaged."""
        if key is None:
            return None
        found = self._memory.get(key)
        if found is None and (found := self._read(key)) is not None:
            self._memory.put(key, found, found.size_bytes)
        return found

    def in_memory(self, key: str | None) -> bool:
        """Whether ``get`` would answer at once."""
        return key is not None and key in self._memory

    def put(self, key: str | None, embedding: Embedding) -> None:
        """Keep an embedding, in memory and on disk."""
        if key is None:
            return
        self._memory.put(key, embedding, embedding.size_bytes)
        self._write(key, embedding)

    def clear_memory(self) -> None:
        """Forget what is in memory."""
        self._memory.clear()

    def _file_name(self, path: str) -> str:
        return hash_parts(self._encoder_hash, path)[:_NAME_DIGITS]

    def _stored_keys(self) -> list[str]:
        folder = self._limits.folder
        if folder is None or self._limits.disk_bytes <= 0:
            return []
        try:
            return [name.removesuffix(_SUFFIX) for name in os.listdir(folder)]  # noqa: PTH208 - names, not paths
        except OSError:
            return []

    def _path(self, key: str) -> Path | None:
        folder = self._limits.folder
        return None if folder is None or self._limits.disk_bytes <= 0 else folder / f"{key}{_SUFFIX}"

    def _read(self, key: str) -> Embedding | None:
        path = self._path(key)
        if path is None:
            return None
        try:
            # The archive's check sums find a file that was cut short or changed.
            with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
                sizes = [int(number) for number in archive[_SIZES]]
                names = [name for name in archive.files if name.startswith(_PREFIX)]
                tensors = {name.removeprefix(_PREFIX): archive[name] for name in names}
        except FileNotFoundError:
            return None
        except (
            OSError,
            ValueError,
            KeyError,
            EOFError,
            TypeError,
            MemoryError,
            zipfile.BadZipFile,
            zlib.error,
        ) as error:
            _logger.info("The stored embedding %s is damaged and is made again: %r", path.name, error)
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        if len(sizes) != 4 or not tensors:
            return None
        return Embedding(tensors, (sizes[0], sizes[1]), (sizes[2], sizes[3]))

    def _write(self, key: str, embedding: Embedding) -> None:
        path, limits = self._path(key), self._limits
        if path is None or embedding.size_bytes > limits.disk_bytes:
            return
        if prepare_cache_folder(path.parent, limits.disk_bytes - embedding.size_bytes) is None:
            return
        stream = io.BytesIO()
        arrays: dict[str, Any] = {_PREFIX + name: tensor for name, tensor in embedding.tensors.items()}
        arrays[_SIZES] = np.array([*embedding.image_size, *embedding.input_size])
        np.savez(stream, **arrays)
        try:
            write_bytes_atomic(path, stream.getvalue(), fsync=False)
        except StorageError as error:
            _logger.info("An embedding was not stored: %s", error)


def _state_name(stamp: FileStamp) -> str:
    return hash_parts(f"{stamp.mtime_ns} {stamp.size_bytes} {stamp.inode}")[:_NAME_DIGITS]


def halved(tensor: NDArray[Any]) -> NDArray[Any]:
    """Return a tensor in half precision, or as it is where that would overflow."""
    # NaN compares false, so a tensor with NaN stays as it is too.
    fits = tensor.dtype == np.float32 and bool((np.abs(tensor) < _LARGEST_HALF).all())
    return tensor.astype(np.float16) if fits else tensor
