"""Sessions of one model on a GPU, of which each takes one call at a time."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from anylabeling.errors import BackendError

_logger = logging.getLogger(__name__)

_SAVES = {1: 0.2, 2: 0.05}
"""What part of the rest of a run another session saves, by how many there are. YOLO11n in batches of 16 on an H200:
1,636 pictures a second with one, 2,050 with two, 2,170 with three."""


@dataclass(slots=True, eq=False)
class _Seat:
    """A session and the shape of its last call, which it has planned its kernels for."""

    session: Any
    shape: tuple[int, ...] | None = None


class SessionPool:
    """Lends sessions, and opens another one when all are busy; any thread may call it.

    The first call of a shape takes a session a second and more, and the driver lets no other session work meanwhile. So
    no session is opened while another one is in such a call, and none that saves less than its first call takes.
    """

    def __init__(
        self,
        first: Any,
        most: int,
        open_session: Callable[[], Any],
        *,
        images: int = 0,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Begin with one session.

        Args:
            first: The session.
            most: The most of them.
            open_session: Opens another one, or raises BackendError when there is no room.
            images: How many pictures there will be in all; 0 when that is not known, then all sessions are opened.
            clock: Returns seconds.
        """
        self._turn = threading.Condition()
        self._idle = [_Seat(first)]
        self._sessions = 1
        self._most = most
        self._open = open_session
        self._planning = 0
        self._closed = False
        self._clock = clock
        self._left = images if images > 0 else None
        self._first_call_s = 0.0
        self._picture_s: float | None = None

    @contextlib.contextmanager
    def lend(self, shape: tuple[int, ...]) -> Iterator[Any]:
        """Lend a session for one call with an input of this shape; None when the pool is closed."""
        seat = self._take(shape)
        if seat is None:
            yield None
            return
        plans = seat.shape != shape
        start = self._clock()
        try:
            yield seat.session
        finally:
            with self._turn:
                seat.shape = shape
                self._planning -= plans
                self._note(shape[0], self._clock() - start, plans=plans)
                if not self._closed:
                    self._idle.append(seat)
                self._turn.notify_all()

    def close(self) -> None:
        """Let go of the sessions; one that is lent goes when its call ends."""
        with self._turn:
            self._closed = True
            self._idle.clear()
            self._turn.notify_all()

    def _note(self, pictures: int, seconds: float, *, plans: bool) -> None:
        if self._left is not None:
            self._left -= pictures
        if plans:
            self._first_call_s = max(self._first_call_s, seconds)
        else:
            self._picture_s = seconds / pictures

    def _pays(self) -> bool:
        """Say whether another session would save more of the rest than its first call takes."""
        if self._left is None:
            return True
        if self._picture_s is None:
            return False
        rest_s = self._left * self._picture_s / self._sessions
        return rest_s * _SAVES.get(self._sessions, 0.0) > self._first_call_s

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
                if self._sessions >= self._most or self._planning or not self._pays():
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
