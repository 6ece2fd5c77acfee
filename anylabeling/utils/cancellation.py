"""A token that asks running work to stop."""

from __future__ import annotations

import threading


class Cancelled(Exception):  # noqa: N818 - an outcome that somebody wished for, not an error
    """Raised inside work that was asked to stop."""


class CancelToken:
    """Ask work to stop from any thread; the work looks at it between its steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop. Calling it again does nothing."""
        self._event.set()

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
