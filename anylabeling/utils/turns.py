"""Let the window go first: threads that compute in Python step aside while it deals with what they handed over.

Threads take turns with the interpreter, so each one that computes makes the work of the window take as long again: what
takes 20 ms by itself took 80 beside three. Here they wait, between two steps of theirs, until the window has shown
what came before.

They also let go of the interpreter for a moment now and then. A thread that asks for it does so at the end of a
millisecond in which it was never free; it never gets it from one that frees it for an instant more often than that, as
many small calls into numpy do. That stopped a window for two seconds.

Without a window nobody waits.
"""

from __future__ import annotations

import threading
import time
from typing import Any

_LONGEST_S = 0.06
_RUN_S = 0.002
_PAUSE_S = 0.00005
_FREED_AT_ONCE = 1000
_condition = threading.Condition()
_has_window = False
_window_thread = 0
_on_their_way = 0
_since: float | None = None
_last = threading.local()


def begin() -> None:
    """Say that there is a window from now on, and that this is its thread."""
    global _has_window, _window_thread
    _has_window, _window_thread = True, threading.get_ident()


def hand_over() -> None:
    """Say that something is on its way to the window. Any thread may call it."""
    global _on_their_way, _since
    with _condition:
        _on_their_way += 1
        if _since is None:
            _since = time.monotonic()


def take() -> None:
    """Say that the window takes what was handed over once; it may still have to be painted."""
    global _on_their_way
    with _condition:
        _on_their_way = max(0, _on_their_way - 1)


def rest() -> None:
    """Say that the window has done and painted what it took."""
    global _since
    with _condition:
        if not _on_their_way:
            _since = None
            _condition.notify_all()


def give_way() -> None:
    """Let the window go first; for threads that compute, between two short steps.

    While it deals with something, this waits, a twentieth of a second at most; else for an instant every 2 ms. On the
    window's own thread it does nothing.
    """
    if not _has_window or threading.get_ident() == _window_thread:
        return
    now = time.monotonic()
    since = _since
    if since is not None and since + _LONGEST_S > now:
        with _condition:
            while _since == since and (left_s := since + _LONGEST_S - time.monotonic()) > 0:
                _condition.wait(left_s)
        _last.pause = time.monotonic()
    elif now - getattr(_last, "pause", 0.0) > _RUN_S:
        time.sleep(_PAUSE_S)
        _last.pause = time.monotonic()


def let_go(items: list[Any]) -> None:
    """Empty a list piece by piece; freeing 10,000 objects at once stops all threads for 10 ms. Not for the window."""
    while items:
        give_way()
        del items[-_FREED_AT_ONCE:]
