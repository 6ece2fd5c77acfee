"""Short, stable names for contents."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_DIGEST_BYTES = 16
_BLOCK_BYTES = 1 << 20


def hash_bytes(data: bytes) -> str:
    """Return 32 hexadecimal digits (BLAKE2b) for some bytes; the same on every machine."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def hash_file(path: str | os.PathLike[str]) -> str:
    """Return the same digits as hash_bytes for the content of a file, reading it in blocks.

    Raises:
        OSError: When it cannot be read.
    """
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    with Path(path).open("rb", buffering=0) as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def hash_parts(*parts: str) -> str:
    """Return 32 digits for a sequence of texts; ("ab", "c") and ("a", "bc") differ."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()
