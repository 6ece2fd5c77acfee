"""Keep Python's garbage collector, and threads that compute, from keeping somebody waiting."""

from __future__ import annotations

import contextlib
import gc
import sys
import threading
from collections.abc import Iterator

# By default every 700 new objects start a look, and some of these go through all that the program holds. With thousands
# of shapes that took half of the time of adding them. The first two numbers multiplied are how many objects the next
# larger look goes through at most, and it stops all threads: 400,000 of them took 70 ms.
_THRESHOLDS = (20_000, 5, 200)
# By default a thread that wants to go on waits 5 ms for one that computes, each time anew. A window asks many times for
# each thing it does.
_SWITCH_S = 0.001
_lock = threading.Lock()
_users = 0
_makers = 0
_usual_switch_s = sys.getswitchinterval()
_starting = False


def hold_off() -> None:
    """Collect nothing until ``settle``: hardly anything of what a start makes is garbage."""
    global _starting
    _starting = True
    gc.disable()


def settle() -> None:
    """Leave what the start made, such as modules and widgets, out of collections, and be calm.

    Calling it again, or without ``hold_off`` before, changes nothing.
    """
    global _starting
    if _starting:
        _starting = False
        calm()
        gc.freeze()
        if not _users:
            gc.enable()


def calm() -> None:
    """Look for garbage less often, and let threads take turns more often, as programs with a window want it."""
    gc.set_threshold(*_THRESHOLDS)
    sys.setswitchinterval(_SWITCH_S)


def spare() -> None:
    """Leave all that lives now out of collections; what nobody refers to any more is freed as before.

    A full collection walks through every object of the program, libraries and models included, which takes 100 ms and
    more. Reference cycles among the objects of now are not found any more.
    """
    gc.freeze()


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """Collect nothing meanwhile; for work that makes very many objects, most of which are gone at its end.

    Lists of lists that a parser makes, for one: looking through 400,000 of them stops all threads for 70 ms. Any thread
    may use it, several at once.
    """
    global _users
    with _lock:
        if not _users:
            gc.disable()
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users and not _starting:
                gc.enable()


@contextlib.contextmanager
def making_many_objects() -> Iterator[None]:
    """Collect nothing meanwhile, and leave what was made out of later collections; for work of a second or two.

    The interpreter also goes from thread to thread more often, so that the window gets its turn. Any thread may use it,
    several at once.
    """
    global _makers, _usual_switch_s
    with paused():
        with _lock:
            if not _makers:
                _usual_switch_s = sys.getswitchinterval()
                sys.setswitchinterval(_SWITCH_S)
            _makers += 1
        try:
            yield
        finally:
            with _lock:
                _makers -= 1
                if not _makers:
                    sys.setswitchinterval(_usual_switch_s)
                    gc.freeze()
