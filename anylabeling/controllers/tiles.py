"""Bring full-resolution tiles of a picture that is shown reduced to the canvas."""

from __future__ import annotations

import logging
from pathlib import Path

from qtpy.QtCore import QObject, Signal
from qtpy.QtGui import QImage

from anylabeling.codecs import RegionReader
from anylabeling.controllers.images import OpenedImage
from anylabeling.errors import AppError, ImageError
from anylabeling.messages.tiles import TileKey
from anylabeling.qt.image_convert import qimage_from_bgra
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.imaging.tile_cache import TileCache
from anylabeling.translation import tr

_LANE = "tiles"
_log = logging.getLogger(__name__)


class TileController(QObject):
    """Reads tiles on a lane of their own, in the order asked for; the newest wish wins.

    Signals:
        made: Serial of the OpenedImage, and a list of (TileKey, QImage); several times for each wish.
        failed: An AppError; nothing more is read of this picture.
    """

    made = Signal(int, object)
    failed = Signal(object)

    def __init__(self, runner: TaskRunner, cache: TileCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._cache = cache
        self._reader: RegionReader | None = None
        self._serial = 0

    def set_image(self, opened: OpenedImage | None) -> None:
        """Read tiles of another picture, or of none."""
        self._runner.cancel_lane(_LANE)
        if self._reader is not None:
            self._reader.stop()
        self._reader = opened.reader if opened is not None else None
        self._serial = opened.serial if opened is not None else 0

    def request(self, serial: int, keys: tuple[TileKey, ...]) -> None:
        """Read tiles in this order; what was asked for before and is not there yet is dropped."""
        reader = self._reader
        if reader is None or serial != self._serial:
            return
        self._runner.submit(
            _LANE,
            lambda task: self._read(task, reader, keys),
            on_items=lambda items: self._on_read(serial, items),
            on_error=lambda error: self._on_error(serial, error),
            newest_wins=True,
        )

    def stop(self) -> None:
        """Read nothing any more; the program ends."""
        self.set_image(None)

    def _read(self, task: Task, reader: RegionReader, keys: tuple[TileKey, ...]) -> None:
        for key in keys:
            task.token.raise_if_cancelled()
            task.stream((key, qimage_from_bgra(self._cache.load(reader, key))))

    def _on_read(self, serial: int, items: list[tuple[TileKey, QImage]]) -> None:
        # What was read before another picture came, or the end, may be delivered after it.
        if serial == self._serial:
            self.made.emit(serial, items)

    def _on_error(self, serial: int, error: Exception) -> None:
        if serial != self._serial or self._reader is None:
            return
        name = Path(self._reader.path).name
        self._reader = None
        if not isinstance(error, AppError):
            _log.error("reading tiles of %s failed", name, exc_info=error)
        self.failed.emit(
            ImageError(
                tr("{name} cannot be shown at full resolution; it stays reduced.", name=name),
                hint=error.user_text if isinstance(error, AppError) else "",
                details=getattr(error, "details", "") or repr(error),
            )
        )
