"""A process that has imported what workers need and is copied whenever one is wanted.

To start an interpreter and to import the decoders takes half a second, for each of a dozen workers; to copy a process
that has done both takes milliseconds. This program itself cannot be copied: its locks would come along without the
threads that hold them.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""A process does one thread's work; libraries that start one for each core as they are loaded hold all of them up, and
a process with threads must not be copied."""


class ForkServer:
    """The process, and what is asked of it; any thread may call it. Workers are told apart by numbers."""

    def __init__(self, preload: str) -> None:
        """Start it, and do not wait until it is ready.

        Args:
            preload: "module:function"; called once before the first copy is made.

        Raises:
            OSError: When no process can be started.
        """
        self._lock = threading.Lock()
        self._count = 0
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109 - a string is wanted
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "anylabeling.utils.worker_process", str(theirs.fileno()), preload],
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)} | _ONE_THREAD,
            )

    def fork(self, connection: int, files: Sequence[int]) -> int:
        """Ask for a worker and return its number; it tells by its connection when it is there.

        Args:
            connection: File descriptor of its end of a pipe, which may be closed afterwards.
            files: File descriptors that it gets under the same numbers.

        Raises:
            OSError: When the process has ended.
        """
        with self._lock:
            self._count += 1
            message = " ".join(map(str, ("fork", self._count, *files)))
            socket.send_fds(self._socket, [message.encode()], [connection, *files])
            return self._count

    def kill(self, numbers: Sequence[int]) -> None:
        """End workers at once, whatever they do, and do not wait for it."""
        with self._lock, contextlib.suppress(OSError):
            self._socket.send(" ".join(map(str, ("kill", *numbers))).encode())

    def end(self, numbers: Sequence[int]) -> None:
        """End workers and wait until they are gone; nobody hears of these numbers again."""
        with self._lock, contextlib.suppress(OSError):
            self._socket.send(" ".join(map(str, ("end", *numbers))).encode())
            self._socket.recv(1)

    def close(self) -> None:
        """End the process. Workers that are left end when their connections are closed."""
        with self._lock:
            self._socket.close()
        self._process.wait()


_shared_lock = threading.Lock()
_shared: dict[str, tuple[ForkServer, int]] = {}


class SharedForkServer:
    """One server for all who hold the same preload at a time; it starts with the first and ends with the last.

    Attributes:
        server: The server.
    """

    def __init__(self, preload: str) -> None:
        """Hold it.

        Raises:
            OSError: When no process can be started.
        """
        self._preload: str | None = preload
        with _shared_lock:
            server, holders = _shared.get(preload) or (ForkServer(preload), 0)
            _shared[preload] = (server, holders + 1)
        self.server = server

    def release(self) -> None:
        """Let go of it; only the first call counts."""
        with _shared_lock:
            preload, self._preload = self._preload, None
            if preload is None:
                return
            server, holders = _shared.pop(preload)
            if holders > 1:
                _shared[preload] = (server, holders - 1)
                return
        server.close()
