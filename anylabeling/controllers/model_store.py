"""Download models without blocking the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.translation import tr

if TYPE_CHECKING:  # it imports an HTTP client, which no start needs
    from anylabeling.services.auto_labeling.model_store import ModelStore

_LANE = "download"


class ModelStoreController(QObject):
    """The window's way to the models that can be downloaded.

    Signals:
        models_changed: List of StoredModel, how all models stand now.
        progressed: Name of a model and its DownloadProgress.
        downloaded: Name of a model and the file to load.
        size_known: Name of a model and the bytes of its download.
        ended: Name of a model whose download is over, whatever came of it.
        notified: A Notice for the person.
    """

    models_changed = Signal(object)
    progressed = Signal(str, object)
    downloaded = Signal(str, str)
    size_known = Signal(str, object)
    ended = Signal(str)
    notified = Signal(object)

    def __init__(self, runner: TaskRunner, make_store: Callable[[], ModelStore], parent: QObject | None = None) -> None:
        """Make the controller; ``make_store`` is called when the models are first asked for."""
        super().__init__(parent)
        self._runner = runner
        self._make_store = make_store
        self._store: ModelStore | None = None
        self._running: dict[str, Task] = {}

    def refresh(self) -> None:
        """Look at the disk again; ``models_changed`` follows."""
        self._runner.submit(
            f"{_LANE} list",
            lambda _task: self._models().models(),
            on_done=self.models_changed.emit,
            on_error=self._on_error,
        )

    def download(self, name: str) -> None:
        """Start downloading a model; nothing happens while it is being downloaded."""
        if name in self._running:
            return

        def work(task: Task) -> Path:
            return self._models().download(
                name, cancel=task.token, on_progress=lambda progress: task.report((name, progress))
            )

        self._running[name] = self._runner.submit(
            _LANE,
            work,
            on_progress=lambda pair: self.progressed.emit(*pair),
            on_done=lambda path: self.downloaded.emit(name, str(path)),
            on_error=self._on_error,
            on_finished=lambda: self._on_finished(name),
        )

    def ask_sizes(self, names: Sequence[str]) -> None:
        """Ask the servers how large models are; ``size_known`` follows for each of which they say so."""

        def work(task: Task) -> None:
            for pair in self._models().sizes(names, task.token):
                task.stream(pair)

        self._runner.submit(
            f"{_LANE} size",
            work,
            on_items=self._on_sizes,
            on_error=lambda _error: None,  # the size is a courtesy; the download itself says what is wrong
            newest_wins=True,
        )

    def cancel(self, name: str) -> None:
        """Stop a download; what has come is kept for the next try."""
        task = self._running.get(name)
        if task is not None:
            task.cancel()

    def remove(self, name: str) -> None:
        """Delete a downloaded model."""
        self._runner.submit(
            _LANE, lambda _task: self._models().remove(name), on_error=self._on_error, on_finished=self.refresh
        )

    def _models(self) -> ModelStore:
        if self._store is None:
            self._store = self._make_store()
        return self._store

    def _on_sizes(self, pairs: list[tuple[str, int]]) -> None:
        for name, size_bytes in pairs:
            self.size_known.emit(name, size_bytes)

    def _on_finished(self, name: str) -> None:
        self._running.pop(name, None)
        self.ended.emit(name)
        self.refresh()

    def _on_error(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The download failed."), details=repr(error))
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))
