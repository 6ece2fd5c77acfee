"""The process behind ``utils.fork_server``, and its copies, the workers, which answer messages.

Started as ``python -m anylabeling.utils.worker_process FD MODULE:FUNCTION``. It ends when the socket FD is closed at
the other end, a worker when its pipe is.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

_LONGEST_MESSAGE = 4096
_MOST_FILES = 16


def main() -> int:
    """Copy this process, or end copies, until nobody asks any more."""
    # Ctrl+C goes to every process of a terminal; who started this one decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    _function(sys.argv[2])()
    # What is there by now stays as long as the workers: looking through it would copy its memory into each of them.
    gc.freeze()
    workers: dict[str, int] = {}
    while True:
        message, files, _flags, _address = socket.recv_fds(control, _LONGEST_MESSAGE, _MOST_FILES)
        if not message:
            return 0
        verb, *numbers = message.decode().split()
        if verb == "fork":
            worker = os.fork()
            if not worker:
                control.close()
                _be_worker(files, [int(number) for number in numbers[1:]])
            workers[numbers[0]] = worker
            for file in files:
                os.close(file)
            continue
        # None of them is waited for before its number is forgotten: no other process can have got its place.
        for number in numbers:
            if number in workers:
                os.kill(workers[number], signal.SIGKILL)
        if verb == "end":
            for number in numbers:
                if number in workers:
                    os.waitpid(workers.pop(number), 0)
            with contextlib.suppress(OSError):
                control.send(b".")


def _be_worker(files: Sequence[int], wanted: Sequence[int]) -> None:
    """Serve, and end this process."""
    try:
        # Out of the way first: one may have come under the number that is wanted for another.
        connection, *kept = (fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, max(wanted, default=0) + 1) for file in files)
        for file in files:
            os.close(file)
        for file, number in zip(kept, wanted, strict=True):
            os.dup2(file, number)
            os.close(file)
        _serve(Connection(connection))
    except BaseException:  # noqa: BLE001 - nothing may run on into what the process does that was copied
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _serve(connection: Connection[Any, Any]) -> None:
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        target, setup = connection.recv()
        answer = _function(target)(setup)
        connection.send(os.getpid())
        while True:
            connection.send(answer(connection.recv()))


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


if __name__ == "__main__":
    sys.exit(main())
