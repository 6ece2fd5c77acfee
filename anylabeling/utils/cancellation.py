"""A token that asks running work to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Cancelled(Exception):  # noqa: N818 - an outcome that somebody wished for, not an error
    """Raised inside work that was asked to stop."""


class CancelToken:
    """Ask work to stop, or to wait, from any thread; the work looks at it between its steps.

    Whoever starts work keeps the token it hands over: ``pause()`` lets the work rest as soon as the steps that run now
    are through, with nothing lost and nothing done twice, ``resume()`` lets it go on, and ``cancel()`` ends it, paused
    or not. All loops over many images (``utils.parallel``) look at all three.
    """

    def __init__(self) -> None:
        self._event = threading.Event()
        self._may_run = threading.Event()
        self._may_run.set()
        self._paused_at_s: float | None = None
        self._paused_s = 0.0
        # Reentrant: a signal handler may cancel on the very thread that is adding a callback.
        self._lock = threading.RLock()
        self._callbacks: list[Callable[[], object]] = []

    def cancel(self) -> None:
        """Ask the work to stop. Calling it again does nothing."""
        self._event.set()
        if self._paused_at_s is not None:
            self.resume()
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

    def pause(self) -> None:
        """Ask the work to rest until ``resume``. Does nothing after ``cancel``, or where it rests already."""
        with self._lock:
            if not self._event.is_set() and self._paused_at_s is None:
                self._paused_at_s = time.monotonic()
                self._may_run.clear()

    def resume(self) -> None:
        """Let the work go on. Does nothing where it was not paused."""
        with self._lock:
            if self._paused_at_s is not None:
                self._paused_s += time.monotonic() - self._paused_at_s
                self._paused_at_s = None
                self._may_run.set()

    @property
    def paused(self) -> bool:
        """Whether the work is asked to rest."""
        return self._paused_at_s is not None

    @property
    def paused_s(self) -> float:
        """Seconds for which the work was asked to rest, until now."""
        with self._lock:
            since = self._paused_at_s
            return self._paused_s + (0.0 if since is None else time.monotonic() - since)

    def wait_while_paused(self, timeout_s: float | None = None) -> bool:
        """Block while the work is asked to rest; returns whether it may go on or, after ``cancel``, has to end."""
        return self._may_run.wait(timeout_s)

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
