"""What the window shows of optional parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ModuleState:
    """An optional part: a backend or a compiled module.

    Attributes:
        name: For people.
        state: Whether it is there and works.
        text: What it does here, or the plain reason why it does not.
        command: What installs it; may be empty.
    """

    name: str
    state: Literal["present", "missing", "broken"]
    text: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class LiveFigures:
    """How the program is doing right now.

    Attributes:
        cache_used_bytes: Memory of the pictures that are kept.
        cache_capacity_bytes: The most they may take; 0 means off.
        cache_pictures: How many are kept.
        cache_hits: Pictures that were there when they were wanted.
        cache_misses: Pictures that were not.
        decode_ms: How long the latest decodes took, oldest first.
        waiting: Pictures that wait in queues, by the name of the queue.
    """

    cache_used_bytes: int
    cache_capacity_bytes: int
    cache_pictures: int
    cache_hits: int
    cache_misses: int
    decode_ms: tuple[float, ...]
    waiting: Mapping[str, int]

    @property
    def cache_share(self) -> float:
        """How full the cache is, 0-1."""
        return self.cache_used_bytes / self.cache_capacity_bytes if self.cache_capacity_bytes else 0.0

    @property
    def hit_rate(self) -> float:
        """Hits per request, 0-1; 0 before the first."""
        requests = self.cache_hits + self.cache_misses
        return self.cache_hits / requests if requests else 0.0
