"""Who may use a loaded model, and when it is freed."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from anylabeling.errors import ModelError
from anylabeling.translation import tr
from anylabeling.utils.heap import give_back_freed_memory


class ModelLane:
    """Let as many calls through at once as the backend takes, and free the model only when nobody holds it.

    Any thread may call it. Closing does not wait: the model is freed at once when nobody holds it, else by the one who
    lets go last, so a run over many images ends with the model that it began with.
    """

    def __init__(self, concurrency: int, free: Callable[[], None], name: str) -> None:
        """Make a lane.

        Args:
            concurrency: How many calls may run at once.
            free: Called once, when the lane is closed and nobody holds the model.
            name: The model's name for messages.
        """
        self._permits = threading.BoundedSemaphore(concurrency)
        self._lock = threading.Lock()
        self._holders = 0
        self._closing = False
        self._freed = False
        self._free = free
        self._name = name

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """Keep the model loaded during the block; holding it again inside is fine.

        Raises:
            ModelError: When the model has been freed.
        """
        with self._lock:
            if self._freed:
                raise ModelError(
                    tr("The model {name} has been unloaded.", name=self._name), hint=tr("Load a model again.")
                )
            self._holders += 1
        try:
            yield
        finally:
            with self._lock:
                self._holders -= 1
            self._free_when_idle()

    @contextlib.contextmanager
    def call(self) -> Iterator[None]:
        """Hold the model and wait for a turn to run it."""
        with self.hold(), self._permits:
            yield

    def close(self) -> None:
        """Free the model as soon as nobody holds it."""
        with self._lock:
            self._closing = True
        self._free_when_idle()

    @property
    def freed(self) -> bool:
        """Whether the model is gone."""
        return self._freed

    def _free_when_idle(self) -> None:
        with self._lock:
            if not self._closing or self._holders or self._freed:
                return
            self._freed = True
        self._free()
        give_back_freed_memory()
