"""Remember which model files the person trusts to run code, by their content."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from anylabeling.errors import ModelError
from anylabeling.translation import tr
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.paths import data_dir

_BLOCK_BYTES = 1 << 20


class TrustStore:
    """The list of trusted files: SHA-256 by content, so that a moved file stays trusted and a changed one does not."""

    def __init__(self, path: Path | None = None) -> None:
        """Use a list; nothing is read yet.

        Args:
            path: The list's file; ``trusted_models.json`` in the data folder by default.
        """
        self._path = path or data_dir() / "trusted_models.json"

    def is_trusted(self, model: Path) -> bool:
        """Return whether the person has said that they trust a file with this content.

        Raises:
            ModelError: When the model cannot be read.
        """
        return sha256_of(model) in self._entries()

    @contextlib.contextmanager
    def copy_if_trusted(self, model: Path) -> Iterator[Path | None]:
        """Give a copy of a trusted file that nobody else can change, for as long as the block lasts; None otherwise.

        What is loaded has to be what was judged: the file itself may be replaced in between.

        Raises:
            ModelError: When the model cannot be read or copied.
        """
        with tempfile.TemporaryDirectory(prefix="anylabeling-") as folder:
            copy = Path(folder) / model.name
            yield copy if _copied(model, copy) in self._entries() else None

    def trust(self, model: Path) -> None:
        """Remember that the person trusts a file.

        Raises:
            ModelError: When the model cannot be read.
            StorageError: When the list cannot be written.
        """
        digest = sha256_of(model)
        entries = self._entries()
        if digest in entries:
            return
        entries[digest] = {"name": model.name, "since": time.strftime("%Y-%m-%d")}
        with contextlib.suppress(OSError):  # writing says what is wrong
            self._path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes_atomic(self._path, orjson.dumps({"sha256": entries}, option=orjson.OPT_INDENT_2))

    def _entries(self) -> dict[str, Any]:
        # A list that cannot be read trusts nothing: the person is asked again.
        try:
            content = orjson.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        entries = content.get("sha256") if isinstance(content, dict) else None
        return dict(entries) if isinstance(entries, dict) else {}


def _copied(source: Path, target: Path) -> str:
    """Copy a file and return the SHA-256 of the bytes that were copied."""
    digest = hashlib.sha256()
    try:
        with source.open("rb", buffering=0) as file, target.open("xb") as copy:
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
                copy.write(block)
    except OSError as error:
        raise ModelError(
            tr("{name} cannot be read: {reason}.", name=source.name, reason=error.strerror or error),
            details=repr(error),
        ) from error
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's content as hexadecimal digits.

    Raises:
        ModelError: When it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb", buffering=0) as file:
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
    except OSError as error:
        raise ModelError(
            tr("{name} cannot be read: {reason}.", name=path.name, reason=error.strerror or error), details=repr(error)
        ) from error
    return digest.hexdigest()
