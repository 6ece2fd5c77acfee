"""What the training process and the program say to each other.

The job is a file in the folder of the run. The process answers with lines of JSON on its standard output, each with the
key "event". A file named "stop" in that folder asks it to end after the images it is at.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, TextIO

JOB_FILE, STOP_FILE, LOG_FILE = "job.json", "stop", "log.txt"
RESUME_FILE = "resume.pt"
"""The state after the last whole epoch, complete at any time."""
TRAIN_FOLDER, DATA_FOLDER = "train", "dataset"
BEST_FILE = f"{TRAIN_FOLDER}/weights/best.pt"

LONGEST_LINE = 1 << 22

STARTED, BATCH, EPOCH, EXPORTING, DONE, FAILED = "started", "batch", "epoch", "exporting", "done", "failed"
"""The events."""
MEMORY, DISK, MISSING, DATA, OTHER = "memory", "disk", "missing", "data", "other"
"""Reasons of a failure."""


class Reporter:
    """Writes events; used by the process.

    Args:
        stream: Where to; one that nobody reads any more ends the process.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def say(self, event: str, **values: Any) -> None:
        """Write one event.

        Raises:
            BrokenPipeError: When the program is gone.
        """
        self._stream.write(json.dumps({"event": event, **values}, allow_nan=False, default=float) + "\n")
        self._stream.flush()


def take_standard_output() -> Reporter:
    """Return a reporter on standard output, which from now on is the log for everything else that prints."""
    import os

    own = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return Reporter(os.fdopen(own, "w", encoding="utf-8", errors="backslashreplace"))


def read_event(line: str) -> dict[str, Any]:
    """Return an event; an empty one for a line that is none."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) and isinstance(event.get("event"), str) else {}


def read_job(folder: Path) -> dict[str, Any]:
    """Return the job of a run."""
    job: dict[str, Any] = json.loads((folder / JOB_FILE).read_text(encoding="utf-8"))
    return job
