"""Lines along edges for the scissors tool, found off the GUI thread; the newest position is always answered."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.codecs import PixelFormat
from anylabeling.controllers.images import OpenedImage
from anylabeling.qt.task_runner import TaskRunner

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.assistants import EdgeFollower

EDGE_LANE = "edges"
_log = logging.getLogger(__name__)

Position = tuple[float, float]


class EdgeController(QObject):
    """The window's way to the edges of the picture.

    Signals:
        path_found: The anchor, the target, and the list of positions between them, the target included.
    """

    path_found = Signal(object, object, object)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._image: OpenedImage | None = None
        self._busy = False
        self._next: tuple[Position, Position] | None = None
        self._finder = _Finder()

    def set_image(self, image: OpenedImage | None) -> None:
        """Tell which picture it is about."""
        self._image, self._next = image, None

    def find(self, anchor: Position, target: Position) -> None:
        """Look for the way from an anchor to a target; while one is looked for, only the newest wish is kept."""
        image = self._image
        if image is None:
            return
        if self._busy:
            self._next = (anchor, target)
            return
        self._busy = True
        self._runner.submit(
            EDGE_LANE,
            lambda _task: self._finder.find(image, anchor, target),
            on_done=lambda path: self._on_found(image, anchor, target, path),
            on_error=lambda error: _log.warning("no edge was followed: %r", error),
            on_finished=self._on_finished,
        )

    def _on_found(self, image: OpenedImage, anchor: Position, target: Position, path: list[Position]) -> None:
        if image is self._image:
            self.path_found.emit(anchor, target, path)

    def _on_finished(self) -> None:
        self._busy = False
        wish, self._next = self._next, None
        if wish is not None:
            self.find(*wish)


class _Finder:
    """The edges of the picture that was asked about last; lives on one thread."""

    def __init__(self) -> None:
        self._image: OpenedImage | None = None
        self._follower: EdgeFollower | None = None
        self._anchor: Position | None = None

    def find(self, image: OpenedImage, anchor: Position, target: Position) -> list[Position]:
        if self._follower is None or self._image is not image:
            from anylabeling.services.auto_labeling.assistants import EdgeFollower

            self._follower = EdgeFollower(image.pixels, pixel_format=PixelFormat.BGRA, full_size=image.size)
            self._image, self._anchor = image, None
        if self._anchor != anchor:
            self._follower.set_anchor(*anchor)
            self._anchor = anchor
        between = self._follower.path_to(*target)[1:-1]
        return [*((round(x, 2), round(y, 2)) for x, y in between.tolist()), target]
