"""Regions of one colour for the magic wand, found off the GUI thread; the newest wish is always answered."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.codecs import PixelFormat
from anylabeling.controllers.images import OpenedImage
from anylabeling.document.shape import Shape
from anylabeling.messages.prompting import ColorSeed
from anylabeling.qt.task_runner import TaskRunner

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.color_regions import ColorRegions

COLOR_LANE = "colours"
_log = logging.getLogger(__name__)

Seeds = tuple[ColorSeed, ...]


class ColorRegionController(QObject):
    """The window's way to regions of one colour.

    Signals:
        region_found: The seeds, and the Shape that they select or None.
    """

    region_found = Signal(object, object)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._image: OpenedImage | None = None
        self._busy = False
        self._next: Seeds | None = None
        self._finder = _Finder()

    def set_image(self, image: OpenedImage | None) -> None:
        """Tell which picture it is about."""
        self._image, self._next = image, None

    def find(self, seeds: Seeds) -> None:
        """Look for what seeds select; while something is looked for, only the newest wish is kept."""
        image = self._image
        if image is None:
            self.region_found.emit(seeds, None)
            return
        if self._busy:
            self._next = seeds
            return
        self._busy = True
        self._runner.submit(
            COLOR_LANE,
            lambda _task: self._finder.find(image, seeds),
            on_done=lambda shape: self._on_found(image, seeds, shape),
            on_error=lambda error: self._on_failed(seeds, error),
            on_finished=self._on_finished,
        )

    def _on_found(self, image: OpenedImage, seeds: Seeds, shape: Shape | None) -> None:
        if image is self._image:
            self.region_found.emit(seeds, shape)

    def _on_failed(self, seeds: Seeds, error: Exception) -> None:
        _log.warning("no region was found: %r", error)
        self.region_found.emit(seeds, None)

    def _on_finished(self) -> None:
        self._busy = False
        wish, self._next = self._next, None
        if wish is not None:
            self.find(wish)


class _Finder:
    """The regions of the picture that was asked about last; lives on one thread."""

    def __init__(self) -> None:
        self._image: OpenedImage | None = None
        self._regions: ColorRegions | None = None

    def find(self, image: OpenedImage, seeds: Seeds) -> Shape | None:
        if self._regions is None or self._image is not image:
            from anylabeling.services.auto_labeling.color_regions import ColorRegions

            self._regions = ColorRegions(image.pixels, pixel_format=PixelFormat.BGRA, full_size=image.size)
            self._image = image
        return self._regions.shape(seeds)
