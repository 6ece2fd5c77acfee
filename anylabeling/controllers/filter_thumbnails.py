"""Small pictures of matches, decoded off the GUI thread."""

from __future__ import annotations

from collections import OrderedDict

from qtpy.QtCore import QObject, Signal
from qtpy.QtGui import QImage

from anylabeling.qt.image_convert import qimage_from_bgra
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.imaging.thumbnails import load_thumbnail
from anylabeling.utils import turns

_LANE = "filter thumbnails"
_THREADS = 2
_MOST_KEPT = 128


class FilterThumbnails(QObject):
    """Loads small pictures on request and keeps the latest ones.

    Signals:
        loaded: Path, QImage and the full picture's size as (width, height) in pixels.
        failed: Path and one sentence.
    """

    loaded = Signal(str, object, object)
    failed = Signal(str, str)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._kept: OrderedDict[tuple[str, int], tuple[QImage, tuple[int, int]]] = OrderedDict()
        runner.set_width(_LANE, _THREADS)

    def request(self, path: str, max_side_px: int) -> None:
        """Load a picture of which the long side has at most this many pixels; a signal follows from the event loop."""
        kept = self._kept.get((path, max_side_px))
        self._runner.submit(
            _LANE,
            lambda task: kept or _load(task, path, max_side_px),
            on_done=lambda found: self._on_loaded(path, max_side_px, found),
            on_error=lambda error: self.failed.emit(path, str(error)),
        )

    def cancel(self) -> None:
        """Drop what was requested and is not loaded yet."""
        self._runner.cancel_lane(_LANE)

    def forget(self) -> None:
        """Drop all pictures: the files may have changed."""
        self.cancel()
        self._kept.clear()

    def _on_loaded(self, path: str, max_side_px: int, found: tuple[QImage, tuple[int, int]]) -> None:
        self._kept[path, max_side_px] = found
        self._kept.move_to_end((path, max_side_px))
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self.loaded.emit(path, *found)


def _load(task: Task, path: str, max_side_px: int) -> tuple[QImage, tuple[int, int]]:
    turns.give_way()
    task.token.raise_if_cancelled()
    image = load_thumbnail(path, max_side_px)
    # Copied on this thread: rows of the small picture need not be contiguous, and then Qt owns its pixels.
    return qimage_from_bgra(image.pixels.copy()).copy(), (image.full_width, image.full_height)
