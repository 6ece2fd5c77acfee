"""What commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from anylabeling.cli import EXIT_FAILURES, EXIT_OK, EXIT_STOPPED

if TYPE_CHECKING:
    from anylabeling.messages.model_store import DownloadProgress
    from anylabeling.messages.progress import ItemFailure, Progress

_BAR_WIDTH = 24


def complain(text: str) -> None:
    """Print a line on standard error."""
    print(text, file=sys.stderr, flush=True)


def exit_code(*, failed: bool, cancelled: bool) -> int:
    """Return the exit code of a command that went over images."""
    if cancelled:
        return EXIT_STOPPED
    return EXIT_FAILURES if failed else EXIT_OK


class Console:
    """A progress bar on the last line of a terminal, and lines above it; without a terminal only the lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._shown = False

    def progress(self, progress: Progress) -> None:
        """Draw the bar."""
        if not self._is_terminal or not progress.total:
            return
        share = progress.done / progress.total
        bar = "#" * round(share * _BAR_WIDTH)
        text = f"[{bar:<{_BAR_WIDTH}}] {progress.done}/{progress.total} {share:4.0%} {progress.rate_per_s:.1f} images/s"
        if progress.remaining_s:
            text += f", {_duration(progress.remaining_s)} left"
        if progress.from_cache:
            text += f", {progress.from_cache} known from before"
        if progress.failed:
            text += f", {progress.failed} failed"
        self._stream.write(f"\r\033[K{text}")
        self._stream.flush()
        self._shown = True

    def bytes_so_far(self, progress: DownloadProgress) -> None:
        """Say how far a download is."""
        if self._is_terminal:
            total = f" of {progress.total_bytes / 1e6:.1f}" if progress.total_bytes else ""
            self._stream.write(f"\r\033[K{progress.done_bytes / 1e6:.1f}{total} MB")
            self._stream.flush()
            self._shown = True

    def failed(self, failure: ItemFailure) -> None:
        """Name an image that failed."""
        self.clear()
        self._stream.write(f"failed: {failure.path}: {failure.reason}\n")

    def result(self, text: str) -> None:
        """Print a line on standard output."""
        self.clear()
        print(text, flush=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._stream.write("\r\033[K")
            self._stream.flush()
            self._shown = False


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
