"""The process that trains, as the program sees it: started, read, ended, and its log."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from anylabeling.errors import StorageError
from anylabeling.services.training import protocol
from anylabeling.translation import tr

WORKER = (sys.executable, "-m", "anylabeling.services.training.worker")
"""The command; the folder of the run follows."""
_LOG_LINES = 40
_LOG_BYTES = 16_384
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@contextlib.contextmanager
def training_process(command: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the process for as long as the block lasts, at most.

    Raises:
        StorageError: When it cannot be started.
    """
    paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109 - a string is wanted
    own_group: dict[str, Any] = (
        {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
        if sys.platform == "win32"
        else {"start_new_session": True}
    )
    try:
        with (folder / protocol.LOG_FILE).open("ab") as log:
            process = subprocess.Popen(
                [*command, str(folder)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"},
                **own_group,
            )
    except OSError as error:
        raise StorageError(
            tr("The training process could not be started: {reason}.", reason=error.strerror or error),
            details=repr(error),
        ) from error
    try:
        yield process
    finally:
        if process.poll() is None:
            kill(process)
        if process.stdout is not None:
            process.stdout.close()
        process.wait()


def lines_of(process: subprocess.Popen[str]) -> Iterator[str]:
    """Yield what the process says, a line each, until it ends."""
    assert process.stdout is not None
    while line := process.stdout.readline(protocol.LONGEST_LINE):
        yield line


def kill(process: subprocess.Popen[str]) -> None:
    """End a process with those that it has started to read pictures."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def log_tail(folder: Path, lines: int = _LOG_LINES) -> str:
    """Return the last lines of the log of a run."""
    try:
        with (folder / protocol.LOG_FILE).open("rb") as stream:
            stream.seek(0, os.SEEK_END)
            stream.seek(max(stream.tell() - _LOG_BYTES, 0))
            text = stream.read().decode("utf-8", "replace")
    except OSError:
        return ""
    # What a progress bar wrote over itself counts once.
    shown = [_CONTROL.sub("", line.rstrip().rsplit("\r", 1)[-1]).rstrip() for line in text.split("\n")]
    return "\n".join([line for line in shown if line][-lines:])
