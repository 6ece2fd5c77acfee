"""A token that asks running work to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Cancelled(Exception):  # noqa: N818 - an outcome that somebody wished for, not an error
    """Raised inside work that was asked to stop."""


class CancelToken:
    """Ask work to stop from any thread; the work looks at it between its steps."""

    def __init__(self) -> None:
        self._event = threading.Event()
        # Reentrant: a signal handler may cancel on the very thread that is adding a callback.
        self._lock = threading.RLock()
        self._callbacks: list[Callable[[], object]] = []

    def cancel(self) -> None:
        """Ask the work to stop. Calling it again does nothing."""
        self._event.set()
        with self._lock:
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    @property
    def cancelled(self) -> bool:
        """Whether stopping was asked for."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raise Cancelled when stopping was asked for."""
        if self._event.is_set():
            raise Cancelled

    def wait(self, timeout_s: float | None = None) -> bool:
        """Block until stopping is asked for; returns whether it was."""
        return self._event.wait(timeout_s)

    def on_cancel(self, callback: Callable[[], object]) -> Callable[[], None]:
        """Call a function when stopping is asked for, for work that cannot look at the token.

        Args:
            callback: Quick and safe to call from any thread; called once, at once where stopping was already asked for.

        Returns:
            A function that withdraws the callback.
        """
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return lambda: self._withdraw(callback)
        callback()
        return lambda: None

    def _withdraw(self, callback: Callable[[], object]) -> None:
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)
