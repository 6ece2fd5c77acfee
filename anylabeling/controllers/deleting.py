"""Put an image and its label file into the system's bin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController
from anylabeling.controllers.navigation import NavigationController
from anylabeling.controllers.saving import SAVE_LANE
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.qt.trash import move_to_trash
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr


class ImageDeleteController(QObject):
    """Deletes images so that a person can have them back.

    Signals:
        deleted: Path of an image that is in the bin.
        notified: A Notice for the person.
    """

    deleted = Signal(str)
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        navigation: NavigationController,
        documents: DocumentController,
        store: Callable[[], LabelStore],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller; ``store`` returns the label store in use."""
        super().__init__(parent)
        self._runner = runner
        self._navigation = navigation
        self._documents = documents
        self._store = store

    def delete(self, path: str) -> None:
        """Put an image into the bin with its label file, and show the next one."""
        store = self._store()
        self._documents.reload(path)  # nothing may be saved for it once it is gone
        self._runner.submit(
            SAVE_LANE,  # behind a label file of this image that is just being written
            lambda _task: _delete(store, path),
            on_done=lambda with_labels: self._on_deleted(path, with_labels),
            on_error=self._on_failed,
        )

    def _on_deleted(self, path: str, with_labels: bool) -> None:
        self._navigation.remove([path])
        self.deleted.emit(path)
        text = tr("{name} and its labels were put into the bin.") if with_labels else tr("{name} was put into the bin.")
        self.notified.emit(Notice(text.format(name=Path(path).name), level="info"))

    def _on_failed(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The image was kept."), details=repr(error))
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))


def _delete(store: LabelStore, image: str) -> bool:
    labels = store.label_path(image) if store.has_labels(image) else None
    move_to_trash(Path(image))
    if labels is not None:
        move_to_trash(labels)
    return labels is not None
