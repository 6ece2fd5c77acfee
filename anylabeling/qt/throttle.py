"""Do something at most once in a while, and the last time for certain."""

from __future__ import annotations

from collections.abc import Callable

from qtpy.QtCore import QObject, QTimer


class Debounce(QObject):
    """Call a function once a pause after the last request, and not later than a limit after the first.

    Attributes:
        pending: Whether a call is outstanding.
    """

    def __init__(
        self,
        callback: Callable[[], object],
        *,
        pause_ms: int,
        limit_ms: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._callback = callback
        self._pause = self._timer(pause_ms)
        self._limit = self._timer(limit_ms) if limit_ms is not None else None

    @property
    def pending(self) -> bool:
        """Whether a call is outstanding."""
        return self._pause.isActive()

    def request(self) -> None:
        """Ask for the call."""
        self._pause.start()
        if self._limit is not None and not self._limit.isActive():
            self._limit.start()

    def flush(self) -> None:
        """Make the outstanding call now; without one, do nothing."""
        if self.pending:
            self._fire()

    def cancel(self) -> None:
        """Forget the outstanding call."""
        self._pause.stop()
        if self._limit is not None:
            self._limit.stop()

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(self._fire)
        return timer

    def _fire(self) -> None:
        self.cancel()
        self._callback()
