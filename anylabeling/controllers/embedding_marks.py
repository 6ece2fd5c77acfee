"""Know for which pictures of the folder the AI tool answers at once: their embeddings are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.qt.signals import connect_queued
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.qt.throttle import Debounce

if TYPE_CHECKING:
    from anylabeling.controllers.prompting import PromptingController
    from anylabeling.services.auto_labeling.prompt_manager import PromptModels

_LANE = "embedding marks"
_PAUSE_MS = 200
_LIMIT_MS = 2000


class EmbeddingMarkController(QObject):
    """Asks the cache of the loaded model, off the GUI thread: about all pictures first, then about those that change.

    Signals:
        changed: Frozen set of the pictures whose embedding is kept; empty without a model.
    """

    changed = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        prompting: PromptingController,
        models: PromptModels,
        images: Callable[[], Sequence[str]],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller.

        Args:
            runner: Runs the asking.
            prompting: Tells of models and of embeddings that are made.
            models: Holds the loaded model.
            images: Returns the images of the folder.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._runner = runner
        self._models = models
        self._images = images
        self._kept: frozenset[str] = frozenset()
        self._new: set[str] = set()
        self._all = Debounce(self.ask, pause_ms=_PAUSE_MS, limit_ms=_LIMIT_MS, parent=self)
        self._some = Debounce(self._ask_some, pause_ms=_PAUSE_MS, limit_ms=_LIMIT_MS, parent=self)
        prompting.model_changed.connect(lambda _info: self.ask())
        connect_queued(prompting.embedded, self.look_at)

    def ask_soon(self) -> None:
        """Ask about all pictures once nothing has happened for a moment: there are others, or other limits."""
        self._all.request()

    def look_at(self, path: str) -> None:
        """Ask about a picture whose embedding was made, and about those that may have gone for it."""
        self._new.add(path)
        self._some.request()

    def ask(self) -> None:
        """Ask about all pictures now."""
        self._all.cancel()
        self._some.cancel()
        self._new.clear()
        self._submit(tuple(self._images()))

    def _ask_some(self) -> None:
        asked, self._new = self._kept | self._new, set()
        if not self._runner.busy(_LANE):
            self._submit(tuple(asked))
        else:  # about all pictures: what is known of them counts first
            self._new = set(asked)
            self._some.request()

    def _submit(self, paths: tuple[str, ...]) -> None:
        model = self._models.current
        if model is None:
            self._runner.cancel_lane(_LANE)
            self._tell(set())
            return
        self._runner.submit(_LANE, lambda _task: model.kept(paths), on_done=self._tell, newest_wins=True)

    def _tell(self, kept: set[str]) -> None:
        if self._kept != kept:
            self._kept = frozenset(kept)
            self.changed.emit(self._kept)
