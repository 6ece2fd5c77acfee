"""Processes of our own beside the threads, for the work that holds the interpreter's lock.

Threads do most of what is heavy here, since decoding, networks and files release the lock. What is left of each picture
still adds up where thousands of them go through in a second.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from typing import Any

from anylabeling.utils.fork_server import ForkServer, SharedForkServer

_logger = logging.getLogger(__name__)


class WorkerDiedError(Exception):
    """A process ended before it answered."""


def processes_available() -> bool:
    """Return whether processes can be started here: on Linux, not out of a frozen program, and nobody forbids it."""
    is_forbidden = os.environ.get("ANYLABELING_PROCESSES") == "0"
    return hasattr(os, "memfd_create") and not getattr(sys, "frozen", False) and not is_forbidden


class ProcessPool:
    """Processes that all answer the same kind of message; any thread may call it.

    They are started by ``start``, or one by one as they are first asked for. Until they serve, and when one has died,
    the caller does the work itself.

    Attributes:
        answered: How many messages have been answered.
        died: How many processes have ended in the middle of a message.
        died_ids: Which ones.
    """

    def __init__(self, preload: str, target: str, setup: object, count: int, *, files: Sequence[int] = ()) -> None:
        """Start no worker yet.

        Args:
            preload: "module:function"; imports what the workers need, see ForkServer. Who holds a SharedForkServer of
                it has workers at once.
            target: "module:function"; called in each process with ``setup``, returns the function that answers.
            setup: Anything that can be pickled.
            count: The most processes.
            files: File descriptors that the processes get under the same numbers.

        Raises:
            OSError: When no process can be started.
        """
        self._shared = SharedForkServer(preload)
        self._target = target
        self._setup = setup
        self._count = count
        self._files = tuple(files)
        self._lock = threading.Lock()
        self._workers: list[_Worker] = []
        self._idle: list[_Worker] = []
        self._closed = False
        self.answered = 0
        self.died = 0
        self.died_ids: set[int] = set()

    def ask(self, message: object) -> Any:
        """Return an answer, or None when no process is ready or the one that was asked has died."""
        worker = self._borrow()
        if worker is None:
            return None
        try:
            answer = worker.ask(message)
        except WorkerDiedError:
            with self._lock:
                self.died += 1
                self.died_ids.add(worker.process_id)
            if not self._closed:
                _logger.warning("A worker process has died; its work is done without it.")
            return None
        with self._lock:
            self.answered += 1
            self._idle.append(worker)
        return answer

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The processes that serve."""
        with self._lock:
            return tuple(worker.process_id for worker in self._workers if worker.is_ready())

    def wait_ready(self, timeout_s: float = 30.0) -> bool:
        """Start all processes and wait until they serve; return whether they do."""
        self.start()
        with self._lock:
            workers = list(self._workers)
        until = time.monotonic() + timeout_s
        return all(worker.wait_ready(until - time.monotonic()) for worker in workers)

    def start(self) -> None:
        """Start all processes, and do not wait for them."""
        with self._lock:
            while len(self._workers) < self._count:
                self._start()

    def kill(self) -> None:
        """End all processes at once, whatever they do."""
        with self._lock:
            self._closed = True
            numbers = [worker.number for worker in self._workers]
        self._shared.server.kill(numbers)

    def close(self) -> None:
        """End the processes; nobody may be asking them any more."""
        with self._lock:
            self._closed = True
            workers, self._workers, self._idle = self._workers, [], []
        # None of them is in the middle of anything, and a dozen interpreters that shut down take their time.
        self._shared.server.end([worker.number for worker in workers])
        for worker in workers:
            worker.close()
        self._shared.release()

    def _borrow(self) -> _Worker | None:
        with self._lock:
            if self._closed:
                return None
            # The one that was busy last has its memory in the cache.
            for place in range(len(self._idle) - 1, -1, -1):
                if self._idle[place].is_ready():
                    return self._idle.pop(place)
            if len(self._workers) < self._count:
                self._start()
            return None

    def _start(self) -> None:
        try:
            worker = _Worker(self._shared.server, self._target, self._setup, self._files)
        except OSError as error:
            _logger.warning("No worker process could be started: %s", error)
            self._count = 0
            return
        self._workers.append(worker)
        self._idle.append(worker)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, server: ForkServer, target: str, setup: object, files: tuple[int, ...]) -> None:
        from multiprocessing import Pipe  # here: it is slow to import, and few runs use processes

        self._connection, theirs = Pipe()
        self.process_id = 0
        with theirs:
            self.number = server.fork(theirs.fileno(), files)
        self._connection.send((target, setup))

    def wait_ready(self, timeout_s: float) -> bool:
        return self.is_ready() or (self._connection.poll(max(0.0, timeout_s)) and self.is_ready())

    def is_ready(self) -> bool:
        try:
            if not self.process_id and self._connection.poll():
                self.process_id = self._connection.recv()
        except (EOFError, OSError):
            return False
        return bool(self.process_id)

    def ask(self, message: object) -> Any:
        try:
            self._connection.send(message)
            return self._connection.recv()
        except (EOFError, OSError) as error:
            raise WorkerDiedError from error

    def close(self) -> None:
        self._connection.close()
