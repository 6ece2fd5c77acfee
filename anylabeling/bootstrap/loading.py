"""Connects what is said while an image takes long to load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program


def connect_loading(program: Program) -> None:
    """Connect all of it."""
    canvas, images = program.window.canvas, program.images
    images.waiting.connect(lambda path: canvas.waiting.say(tr("Loading {name}", name=Path(path).name)))
    images.opened.connect(lambda _opened: canvas.waiting.say(""))
    images.failed.connect(lambda _path, _error: canvas.waiting.say(""))
    program.navigation.current_changed.connect(lambda _path: canvas.waiting.say(""))
