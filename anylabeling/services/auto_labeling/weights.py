"""What tells the weights of one model from those of another: their content."""

from __future__ import annotations

import uuid
from pathlib import Path

from anylabeling.utils.file_stamp import FileStamp
from anylabeling.utils.hashing import hash_file, hash_parts


def weights_stamp(path: Path) -> FileStamp | None:
    """Return the state of a weights file, or None where it cannot be told."""
    try:
        return FileStamp.of(path)
    except OSError:
        return None


def weights_digest(path: Path) -> str | None:
    """Return digits for the content of a weights file, or None where it cannot be read.

    Tensors that are too large for the file lie beside it in files whose names begin with its own; they count with their
    size and time.
    """
    try:
        return hash_parts(hash_file(path), *(_described(file) for file in _companions(path)))
    except OSError:
        return None


def one_of_a_kind() -> str:
    """Return digits for weights of which nobody can tell any more what they are: equal to none, ever."""
    return uuid.uuid4().hex


def _companions(path: Path) -> list[Path]:
    return sorted(file for file in path.parent.glob(f"{_escaped(path.name)}?data*") if file.is_file())


def _escaped(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


def _described(file: Path) -> str:
    status = file.stat()
    return f"{file.name}:{status.st_size}:{status.st_mtime_ns}"
