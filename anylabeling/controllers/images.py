"""Bring the chosen image and its labels onto the screen without blocking."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QObject, QTimer, Signal
from qtpy.QtGui import QImage

from anylabeling.codecs import DecodedImage, RegionReader, decode_bytes, region_reader
from anylabeling.codecs.buffers import PIXEL_BUFFERS
from anylabeling.codecs.halving import halvings
from anylabeling.document.many import find_boxes
from anylabeling.errors import AppError, ImageError
from anylabeling.qt.image_convert import qimage_from_bgra
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.dataset.label_store import FileStamp, LabelStore, LoadedLabels, decode_image_data
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.services.imaging.preloader import Preloader
from anylabeling.translation import tr
from anylabeling.utils import collector
from anylabeling.utils.cancellation import CancelToken

_LOAD = "load"
_MOMENT_MS = 500
_LEVELS = "levels"
_LARGE_FROM_PIXELS = 4_000_000
_SMALLEST_LEVEL_PX = 1024
_log = logging.getLogger(__name__)
_serials = itertools.count(1)


@dataclass(frozen=True, slots=True, eq=False)
class OpenedImage:
    """A picture ready to be shown, with its labels.

    Attributes:
        path: The image file.
        pixels: uint8 (h, w, 4) BGRA, read-only, EXIF-rotated; smaller than ``size`` for a very large picture.
        size: Full width and height in pixels.
        labels: What its label file holds, or None when the document in memory is newer.
        note: A remark for the person, such as that a 16-bit picture was scaled; may be empty.
        image: The pixels as Qt shows them.
        reader: Reads parts at full resolution of a picture that is shown reduced; None where that is not possible.
        picture: State of the image file before it was read; None when it cannot be told.
        serial: Another number for each picture that is opened.
    """

    path: str
    pixels: NDArray[np.uint8]
    size: tuple[int, int]
    labels: LoadedLabels | None
    note: str
    image: QImage
    reader: RegionReader | None = None
    picture: FileStamp | None = None
    serial: int = field(default_factory=lambda: next(_serials))

    @property
    def is_large(self) -> bool:
        """Whether halved versions are made of it in the background."""
        return self.pixels.shape[0] * self.pixels.shape[1] > _LARGE_FROM_PIXELS


class ImageController(QObject):
    """Loads images on a lane of their own; the newest wish wins.

    Attributes:
        preloader: Fills the cache around the current picture.

    Signals:
        opened: An OpenedImage.
        levels_made: Serial of an OpenedImage that is large, and halved versions of it (list of QImage), largest first.
        failed: Path and the error.
        waiting: Path of an image that takes longer to load than a moment.
    """

    opened = Signal(object)
    levels_made = Signal(int, object)
    failed = Signal(str, object)
    waiting = Signal(str)

    def __init__(
        self,
        runner: TaskRunner,
        cache: ImageCache,
        preloader: Preloader,
        stamp_in_memory: Callable[[str], tuple[bool, FileStamp | None]],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller.

        Args:
            runner: Runs the loading.
            cache: Decoded pictures.
            preloader: Fills the cache around the current picture.
            stamp_in_memory: Tells whether a document of that path is in memory and which file state it stands for.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._runner = runner
        self._cache = cache
        self.preloader = preloader
        self._stamp_in_memory = stamp_in_memory
        self._wanted: str | None = None
        self._is_loading = False
        self._around: tuple[Sequence[str], int, int] = ((), -1, 0)
        self._shown: OpenedImage | None = None
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(_MOMENT_MS)
        self._moment.timeout.connect(self._on_moment_passed)

    def show(self, path: str | None, store: LabelStore) -> None:
        """Load an image and announce it; anything asked for before is dropped."""
        self._wanted, self._is_loading = path, path is not None
        if path is None:
            self._moment.stop()
            self._runner.cancel_lane(_LOAD)
            return
        self._moment.start()
        known = self._stamp_in_memory(path)
        self._runner.submit(
            _LOAD,
            lambda task: self._load(task, path, store, *known),
            on_done=lambda opened: self._on_loaded(opened, known),
            on_error=lambda error: self._on_error(path, error),
            newest_wins=True,
        )

    def preload_around(self, paths: Sequence[str], index: int, count: int) -> None:
        """Decode the neighbours of the picture at ``index`` in the background; a count of 0 stops it.

        A picture that somebody waits for has the processors to itself, from its file to the screen: the neighbours
        come after it.
        """
        self._around = (paths, index, count)
        if self._is_loading:
            self.preloader.cancel()
        else:
            self._preload()

    def stop(self) -> None:
        """Load nothing any more; the program ends."""
        self._wanted, self._is_loading = None, False
        self._around, self._shown = ((), -1, 0), None
        self._runner.cancel_lane(_LOAD)
        self._runner.cancel_lane(_LEVELS)
        self.preloader.stop()

    def _load(self, task: Task, path: str, store: LabelStore, in_memory: bool, stamp: FileStamp | None) -> OpenedImage:
        started = time.perf_counter()
        with collector.paused():
            labels = None if in_memory and store.stamp(path) == stamp else store.load(path)
            if labels is not None:
                find_boxes(labels.annotation.shapes)  # which the canvas would look for otherwise
        task.token.raise_if_cancelled()
        picture = _stamp(path)
        decoded, is_file = self._decode(path, labels, task.token)
        reader, note = None, decoded.note
        if not decoded.is_full_size:
            reader, note = _detail(path if is_file else None, note)
        _log.debug("loaded %s in %.1f ms", path, 1000 * (time.perf_counter() - started))
        return OpenedImage(
            path,
            decoded.pixels,
            (decoded.full_width, decoded.full_height),
            labels,
            note,
            qimage_from_bgra(decoded.pixels),
            reader,
            picture,
        )

    def _decode(self, path: str, labels: LoadedLabels | None, cancel: CancelToken) -> tuple[DecodedImage, bool]:
        """Return the picture, and whether it comes from its own file."""
        try:
            return self._cache.load(path, cancel=cancel), True
        except ImageError:
            data = decode_image_data(labels.annotation) if labels is not None else None
            if data is None:
                raise
            return decode_bytes(data, Path(path).name), False

    def _on_moment_passed(self) -> None:
        if self._is_loading and self._wanted is not None:
            self.waiting.emit(self._wanted)

    def _on_loaded(self, opened: OpenedImage, known: tuple[bool, FileStamp | None]) -> None:
        if opened.path != self._wanted:
            return
        now = self._stamp_in_memory(opened.path)
        if opened.labels is not None and now[0] and now != known:
            # Saved meanwhile: what was read is what memory holds, with its history, or older.
            opened = replace(opened, labels=None)
        self._runner.cancel_lane(_LEVELS)
        self._is_loading, self._shown = False, opened
        self.opened.emit(opened)
        QTimer.singleShot(0, self._go_on)  # the picture is painted first, and has the processors for it

    def _go_on(self) -> None:
        """Make what is wanted beside the picture on the screen: halved versions of it, and its neighbours."""
        opened, self._shown = self._shown, None
        if opened is not None and opened.path == self._wanted and opened.is_large:
            # Made here, not while painting, which would block the window: 12 ms for 12 megapixels, and more for more.
            self._runner.submit(
                _LEVELS,
                lambda task: _make_levels(opened, task),
                on_done=lambda levels: self.levels_made.emit(opened.serial, levels),
                newest_wins=True,
            )
            # The next one may come before anything has taken memory for it.
            self._runner.submit(_LEVELS, lambda _task: PIXEL_BUFFERS.prepare(opened.pixels.nbytes))
        self._preload()

    def _on_error(self, path: str, error: Exception) -> None:
        if path != self._wanted:
            return
        if not isinstance(error, AppError):
            _log.error("loading %s failed", path, exc_info=error)
            error = ImageError(tr("{name} could not be opened.", name=Path(path).name), details=repr(error))
        self._is_loading = False
        self.failed.emit(path, error)
        QTimer.singleShot(0, self._preload)

    def _preload(self) -> None:
        if self._is_loading:
            return
        paths, index, count = self._around
        if count > 0 and index >= 0:
            self.preloader.focus(paths, index, count)
        else:
            self.preloader.cancel()


def _stamp(path: str) -> FileStamp | None:
    try:
        return FileStamp.of(Path(path))
    except OSError:
        return None


def _detail(path: str | None, note: str) -> tuple[RegionReader | None, str]:
    """Return what reads parts of a reduced picture, and its note with what zooming in will show."""
    try:
        reader = region_reader(path) if path is not None else None
    except ImageError:
        reader = None
    if reader is None:
        return None, f"{note} {tr('It cannot be read in parts: zooming in shows no more detail.')}"
    return reader, f"{note} {tr('Zoom in for its full resolution.')}"


def _make_levels(opened: OpenedImage, task: Task) -> list[QImage]:
    levels = halvings(opened.pixels, _SMALLEST_LEVEL_PX, task.token.raise_if_cancelled)
    return [qimage_from_bgra(pixels) for pixels in levels]
