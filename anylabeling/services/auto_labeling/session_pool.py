"""Sessions of one model on a GPU, of which each takes one call at a time."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from anylabeling.errors import BackendError

_logger = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Seat:
    """A session and the shape of its last call, which it has planned its kernels for."""

    session: Any
    shape: tuple[int, ...] | None = None


class SessionPool:
    """Lends sessions, and opens another one when all are busy; any thread may call it.

    The first call of a shape takes a session a second and more, and those of several sessions wait for each other in
    the driver. So no session is opened while another one is in such a call: the first works while the next one plans,
    instead of all of them planning before any of them works.
    """

    def __init__(self, first: Any, most: int, open_session: Callable[[], Any]) -> None:
        """Begin with one session.

        Args:
            first: The session.
            most: The most of them.
            open_session: Opens another one, or raises BackendError when there is no room.
        """
        self._turn = threading.Condition()
        self._idle = [_Seat(first)]
        self._sessions = 1
        self._most = most
        self._open = open_session
        self._planning = 0
        self._closed = False

    @contextlib.contextmanager
    def lend(self, shape: tuple[int, ...]) -> Iterator[Any]:
        """Lend a session for one call with an input of this shape; None when the pool is closed."""
        seat = self._take(shape)
        if seat is None:
            yield None
            return
        plans = seat.shape != shape
        try:
            yield seat.session
        finally:
            with self._turn:
                seat.shape = shape
                self._planning -= plans
                if not self._closed:
                    self._idle.append(seat)
                self._turn.notify_all()

    def close(self) -> None:
        """Let go of the sessions; one that is lent goes when its call ends."""
        with self._turn:
            self._closed = True
            self._idle.clear()
            self._turn.notify_all()

    def _take(self, shape: tuple[int, ...]) -> _Seat | None:
        while True:
            with self._turn:
                if self._closed:
                    return None
                if self._idle:
                    seat = next((one for one in self._idle if one.shape == shape), self._idle[-1])
                    self._idle.remove(seat)
                    self._planning += seat.shape != shape
                    return seat
                if self._sessions >= self._most or self._planning:
                    self._turn.wait()
                    continue
                self._sessions += 1
                self._planning += 1
            # The other calls go on meanwhile.
            try:
                return _Seat(self._open())
            except BackendError as error:
                _logger.info("%d calls at once are all there is room for: %s", self._sessions - 1, error.details)
                with self._turn:
                    self._sessions -= 1
                    self._most = self._sessions
                    self._planning -= 1
                    self._turn.notify_all()
