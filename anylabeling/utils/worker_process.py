"""A process of our own that answers messages: ``python -m anylabeling.utils.worker_process FD``.

It is started by ``utils.processes`` and ends when the pipe to the program that started it is closed.
"""

from __future__ import annotations

import importlib
import signal
import sys
from multiprocessing.connection import Connection


def main() -> int:
    """Answer messages until there are no more."""
    # Ctrl+C goes to every process of a terminal; who started this one decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Connection(int(sys.argv[1])) as connection:
        try:
            target, setup = connection.recv()
            module, _, name = target.partition(":")
            answer = getattr(importlib.import_module(module), name)(setup)
            connection.send(None)
            while True:
                connection.send(answer(connection.recv()))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return 0


if __name__ == "__main__":
    sys.exit(main())
