"""Put an image and its label file into the system's bin."""

from __future__ import annotations

import os
from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController
from anylabeling.controllers.navigation import NavigationController
from anylabeling.controllers.saving import SAVE_LANE, SaveController
from anylabeling.errors import AppError, StorageError
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
        saving: SaveController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._navigation = navigation
        self._documents = documents
        self._saving = saving
        self._wanted: list[str] = []
        saving.idle.connect(self._go_on)

    def delete(self, path: str) -> None:
        """Put an image into the bin with its label file, and show the next one.

        What is about to be saved is saved first, so that the label file in the bin has it.
        """
        if path not in self._wanted:
            self._wanted.append(path)
            self._go_on()

    def _go_on(self) -> None:
        for path in list(self._wanted):
            entry = self._documents.find(path)
            if entry is not None and entry.dirty and not self._saving.is_waiting(entry):
                self._saving.save(entry)
                if self._saving.busy():
                    continue  # it is called again after that
            self._wanted.remove(path)
            self._put_away(path)

    def _put_away(self, path: str) -> None:
        store = self._saving.store_of(path)
        # Nothing may be saved for it once it is gone. Its document stays until then: the image may have to be kept.
        self._saving.hold([path])
        self._runner.submit(
            SAVE_LANE,  # behind a label file of this image that is just being written
            lambda _task: _delete(store, path),
            on_done=lambda outcome: self._on_deleted(path, *outcome),
            on_error=lambda error: self._on_failed(path, error),
            on_finished=lambda: self._saving.release([path]),
        )

    def _on_deleted(self, path: str, with_labels: bool, kept: AppError | None) -> None:
        self._documents.reload(path)
        self._navigation.remove([path])
        self.deleted.emit(path)
        text = tr("{name} and its labels were put into the bin.") if with_labels else tr("{name} was put into the bin.")
        self.notified.emit(Notice(text.format(name=Path(path).name), level="info", topic=_topic(path)))
        if kept is not None:
            self.notified.emit(Notice(kept.user_text, kept.hint, kept.details, "error"))

    def _on_failed(self, path: str, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The image was kept."), details=repr(error))
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error", topic=_topic(path)))


def _topic(path: str) -> str:
    return f"delete:{path}"


def _delete(store: LabelStore, image: str) -> tuple[bool, AppError | None]:
    """Return whether there were labels that are in the bin, too, and why those that are not were kept."""
    labels = store.label_path(image) if store.has_labels(image) else None
    path = Path(image)
    if not path.parent.is_dir():  # a drive that is away; nothing is deleted there
        raise StorageError(tr("{name} is not there any more.", name=path.name), details=image)
    if os.path.lexists(path):  # otherwise somebody else was faster
        move_to_trash(path)
    if labels is None:
        return False, None
    try:
        move_to_trash(labels)
    except AppError as error:
        return False, error  # the image is gone all the same
    return True, None
