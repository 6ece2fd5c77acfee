"""The CUDA runtime library, as far as it is asked without a package for it."""

from __future__ import annotations

import ctypes
import functools
import os
from typing import Any

_NAMES = ("cudart64_13.dll", "cudart64_12.dll") if os.name == "nt" else ("libcudart.so.13", "libcudart.so.12")
_BLOCKING_SYNC = 4  # cudaDeviceScheduleBlockingSync


@functools.cache
def cuda_runtime() -> Any:
    """Return the CUDA runtime library that the process has or can load, or None.

    A runtime that brings its own copy has to be imported before the first call.
    """
    for name in _NAMES:
        try:
            runtime = ctypes.CDLL(name)
            runtime.cudaHostAlloc.restype = runtime.cudaFreeHost.restype = runtime.cudaMemGetInfo.restype = ctypes.c_int
        except (OSError, AttributeError):
            continue
        return runtime
    return None


def free_gpu_bytes() -> int | None:
    """Return how much memory of the current GPU nobody uses, or None where that cannot be asked."""
    runtime = cuda_runtime()
    if runtime is None:
        return None
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    return None if runtime.cudaMemGetInfo(ctypes.byref(free), ctypes.byref(total)) else free.value


def wait_asleep() -> None:
    """Let threads that wait for the GPU sleep instead of looking again and again, each taking a core meanwhile.

    Counts for the whole process, best before it has used the GPU. A call gets longer by microseconds.
    """
    runtime = cuda_runtime()
    if runtime is not None:
        runtime.cudaSetDeviceFlags(ctypes.c_uint(_BLOCKING_SYNC))
