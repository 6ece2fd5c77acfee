"""Memory that was freed, and that the C library keeps for later."""

from __future__ import annotations

import ctypes
import sys


def give_back_freed_memory() -> bool:
    """Give what the C library has kept of freed memory back to the system; return whether there was any.

    glibc keeps freed blocks that lie below one in use. What a network had for its weights and layers stays with the
    process for that reason: after sixty changes of the model 126 MB did. Does nothing with other C libraries. May be
    called from any thread.
    """
    if not sys.platform.startswith("linux"):
        return False
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return bool(trim(0)) if trim is not None else False
