"""Where each picture was looked at, so that one who comes back finds the same part of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from anylabeling.views.canvas.canvas import Canvas
from anylabeling.views.canvas.viewport import FitMode, ViewState

_MOST = 2000


class ViewMemory:
    """Zoom and place of each picture that was zoomed into, while the program runs."""

    def __init__(self, canvas: Canvas, keeps_zoom: Callable[[], bool]) -> None:
        """Make an empty memory.

        Args:
            canvas: Shows the pictures.
            keeps_zoom: Whether zoom and place go on from picture to picture.
        """
        self._canvas = canvas
        self._keeps_zoom = keeps_zoom
        self._kept: OrderedDict[str, ViewState] = OrderedDict()
        self._path = ""
        self._fit = FitMode.WINDOW
        self._wanted: ViewState | None = None

    def leave_for(self, path: str) -> None:
        """Remember the view of the picture on the screen; another one is about to be shown there."""
        now = self._canvas.view_state() if self._canvas.has_image else None
        if now is not None and self._path:
            self._kept.pop(self._path, None)
            if now.fit is FitMode.FREE:
                self._kept[self._path] = now
                if len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
            else:
                self._fit = now.fit
        same = path == self._path  # a picture that is read anew stays as it is
        self._wanted = now if same or self._keeps_zoom() else self._kept.get(path)
        self._path = path

    def arrive(self) -> None:
        """Show the new picture as it was looked at, else fitted as the last one that was."""
        if self._wanted is not None:
            self._canvas.restore_view_state(self._wanted)
        elif self._canvas.viewport.fit is FitMode.FREE:
            (self._canvas.fit_width if self._fit is FitMode.WIDTH else self._canvas.fit_window)()
