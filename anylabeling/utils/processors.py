"""The processor cores of this machine."""

from __future__ import annotations

import os


def available_cpus() -> int:
    """Return how many cores this process may use; in a container less than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
