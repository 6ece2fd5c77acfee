"""Remember what a run over many images changed, so that it can be undone image by image."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from anylabeling.document.edits import AddShapes, Compound, Edit, RemoveShapes
from anylabeling.document.shape import Shape
from anylabeling.translation import tr
from anylabeling.utils.file_stamp import FileStamp

_MAX_IMAGES = 200_000
_MAX_SHAPES = 200_000

NAME = tr("Label with model")


@dataclass(frozen=True, slots=True)
class _Step:
    """A label file as the run left it: the shapes on top that it added, and those that it removed."""

    stamp: FileStamp
    added: int
    removed: tuple[Shape, ...]


class AppliedSteps:
    """Steps of a run over files, by image. Worker threads record, the GUI thread takes.

    For shapes that were only added a number is kept, so a run over a large folder costs little; removed shapes are
    kept up to a limit, the oldest are given up first.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._steps: OrderedDict[str, _Step] = OrderedDict()
        self._held_shapes = 0

    def record(self, path: str, added: int, removed: tuple[Shape, ...], stamp: FileStamp) -> None:
        """Remember that a label file was written with some shapes on top that are new, and without some that it had."""
        step = _Step(stamp, added, removed)
        with self._lock:
            self._drop(path)
            self._steps[path] = step
            self._held_shapes += len(step.removed)
            while len(self._steps) > _MAX_IMAGES or self._held_shapes > _MAX_SHAPES:
                self._drop(next(iter(self._steps)))

    def take(self, path: str, shapes: Sequence[Shape], stamp: FileStamp | None) -> Edit | None:
        """Return the step that led to the shapes just loaded, if the label file is still the one that was written."""
        with self._lock:
            step = self._steps.get(path)
            if step is None or step.stamp != stamp or step.added > len(shapes):
                return None
            self._drop(path)
        if not step.added and not step.removed:
            return None
        first = len(shapes) - step.added
        add = AddShapes(tuple(enumerate(shapes[first:], first)), NAME)
        if not step.removed:
            return add
        return Compound((RemoveShapes(tuple(enumerate(step.removed)), NAME), add), NAME)

    def _drop(self, path: str) -> None:
        step = self._steps.pop(path, None)
        if step is not None:
            self._held_shapes -= len(step.removed)
