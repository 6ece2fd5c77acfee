"""Take a picture of the window at work and end: for a machine without a display."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, QTimer

from anylabeling.controllers.images import OpenedImage

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program

_SETTLE_MS = 400
_LIMIT_MS = 60_000


class Screenshot(QObject):
    """Waits for the first picture and the model, labels the picture, saves what the window shows, and closes."""

    def __init__(self, program: Program, target: str) -> None:
        super().__init__(program)
        self._program = program
        self._target = Path(target)
        program.images.opened.connect(self._on_image_opened)
        program.images.failed.connect(lambda _path, _error: self._later())
        program.auto_labeling.model_changed.connect(lambda _info: program.auto_labeling.run())
        program.auto_labeling.finished.connect(lambda _count: self._later())
        program.auto_labeling.state_changed.connect(self._on_model_state)
        QTimer.singleShot(_LIMIT_MS, self._give_up)

    def _on_image_opened(self, _image: OpenedImage) -> None:
        if not self._program.options.model:
            self._later()

    def _on_model_state(self, _text: str, kind: str) -> None:
        if kind == "failed":
            self._later()

    def _later(self) -> None:
        # One more turn of the event loop, so that lists and canvas have painted.
        QTimer.singleShot(_SETTLE_MS, self._save)

    def _save(self) -> None:
        self._target.parent.mkdir(parents=True, exist_ok=True)
        if not self._program.window.grab().save(str(self._target)):
            self._program.exit_code = 1
        self._program.close()

    def _give_up(self) -> None:
        self._program.exit_code = 1
        self._save()
