"""Go on where one left: the last image of each folder, and the folder that was open last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject

from anylabeling.controllers.images import OpenedImage
from anylabeling.qt.throttle import Debounce
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program

_PLACES, _LAST = "resume/places", "resume/last"
_MOST_PLACES = 100
_MOST_LETTERS = 32
_PAUSE_MS, _LIMIT_MS = 1000, 5000


class Places(QObject):
    """Remembers which image was shown last in each folder."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._state = program.window.window_state
        kept = self._state.load_mapping(_PLACES)
        self._places = {folder: path for folder, path in kept.items() if isinstance(path, str)}
        self._write = Debounce(self.save, pause_ms=_PAUSE_MS, limit_ms=_LIMIT_MS, parent=self)

    def image_in(self, folder: str) -> str | None:
        """Return the image that was shown last in a folder, if it is still there and wanted."""
        path = self._places.get(folder)
        if path is None or not self._program.settings.config["resume"] or not Path(path).is_file():
            return None
        return path

    def last_folder(self) -> str | None:
        """Return the folder that was open last, if it is still there."""
        folder = self._state.load(_LAST)
        return folder if isinstance(folder, str) and folder and Path(folder).is_dir() else None

    def on_image_opened(self, image: OpenedImage) -> None:
        """Remember the image and its folder."""
        folder = self._program.navigation.root
        if folder and image.path.startswith(folder):
            self._places.pop(folder, None)
            self._places[folder] = image.path
            self._write.request()

    def save(self) -> None:
        """Keep what is remembered for the next start."""
        latest = list(self._places.items())[-_MOST_PLACES:]
        self._state.save(_PLACES, dict(latest))
        if latest:
            self._state.save(_LAST, latest[-1][0])


def connect_resuming(program: Program) -> None:
    """Open folders where they were left, and offer the last one where nothing is open."""
    places, navigation = Places(program), program.navigation
    navigation.image_to_show = places.image_in
    program.images.opened.connect(places.on_image_opened)
    program.ended.connect(places.save)
    action, folder = program.window.actions["open_last"], places.last_folder()
    action.setEnabled(folder is not None)
    if folder is not None:
        name = Path(folder).name or folder
        if len(name) > _MOST_LETTERS:  # which would make the menu and the window as wide
            name = f"{name[: _MOST_LETTERS // 2]}…{name[-_MOST_LETTERS // 2 + 1 :]}"
        action.setText(tr("Go &On in {folder}", folder=name.replace("&", "&&")))
        action.setToolTip(folder)
        action.triggered.connect(lambda _checked=False: navigation.open(folder))
        navigation.folder_opened.connect(lambda _path: action.setEnabled(False))
        if program.settings.config["open_last_folder"] and not program.options.path:
            navigation.open(folder)
