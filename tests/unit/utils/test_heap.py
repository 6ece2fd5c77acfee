"""Freed memory goes back to the system although something above it is still in use."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import pytest

from anylabeling.utils.heap import give_back_freed_memory

BLOCKS, BLOCK_BYTES = 40_000, 1_000


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc only")
def test_what_lies_below_a_block_in_use_is_given_back() -> None:
    library = ctypes.CDLL(None)
    if getattr(library, "malloc_trim", None) is None:
        assert not give_back_freed_memory()
        return
    library.malloc.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    blocks = [library.malloc(BLOCK_BYTES) for _ in range(BLOCKS)]
    for block in blocks:
        ctypes.memset(block, 1, BLOCK_BYTES)
    keeper = library.malloc(BLOCK_BYTES)
    for block in blocks:
        library.free(block)
    kept = resident_bytes()
    assert give_back_freed_memory()
    assert kept - resident_bytes() > BLOCKS * BLOCK_BYTES // 2
    library.free(keeper)
