"""Which folder the label files of the open images are in, and which images have one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.errors import AppError, StorageError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.qt.trash import move_to_trash
from anylabeling.services.dataset.label_store import LabelStore, SaveListener
from anylabeling.translation import tr

_LANE = "label states"


class LabelFileController(QObject):
    """Holds the label store of the open folder and knows which images are labelled.

    Signals:
        states_changed: Mapping of path to whether it has a label file.
        deleted: Path of an image whose label file was put into the bin.
        store_changed: Labels are read from and written to another folder now.
        notified: A Notice for the person.
    """

    states_changed = Signal(object)
    deleted = Signal(str)
    store_changed = Signal()
    notified = Signal(object)

    def __init__(
        self, runner: TaskRunner, parent: QObject | None = None, *, on_saved: SaveListener | None = None
    ) -> None:
        """Make the controller; ``on_saved`` is told about each label file that is written, on the writing thread."""
        super().__init__(parent)
        self._runner = runner
        self._on_saved = on_saved
        self._root: Path | None = None
        self._output_dir: Path | None = None
        self._store = LabelStore(on_saved=on_saved)
        self._labelled: set[str] = set()
        self._paths: list[str] = []

    @property
    def store(self) -> LabelStore:
        """The label store in use."""
        return self._store

    @property
    def output_dir(self) -> str | None:
        """The folder for label files, or None for beside the images."""
        return str(self._output_dir) if self._output_dir is not None else None

    def is_labelled(self, path: str) -> bool:
        """Whether an image has a label file, as far as is known."""
        return path in self._labelled

    def set_output_dir(self, folder: str | None) -> None:
        """Keep label files in another folder, or beside the images with None."""
        self._output_dir = Path(folder).expanduser().absolute() if folder else None
        self._renew()
        self.look_at(self._paths)
        self.store_changed.emit()

    def set_images(self, paths: Sequence[str], root: str) -> None:
        """Look after another folder of images."""
        if Path(root) != self._root:
            self._root = Path(root)
            self._renew()
        self._paths = list(paths)
        self.look_at(self._paths)

    def add_images(self, paths: Sequence[str]) -> None:
        """Look after more images of the same folder."""
        self._paths += paths
        self.look_at(paths)

    def look_at(self, paths: Sequence[str]) -> None:
        """Find out which of the images have label files, in the background."""
        store, looked_at = self._store, tuple(paths)
        if looked_at:
            self._runner.submit(
                _LANE, lambda _task: store.labelled(looked_at), on_done=lambda found: self._on_found(looked_at, found)
            )

    def mark(self, paths: Sequence[str]) -> None:
        """Take note that label files were written."""
        self._labelled.update(paths)
        self.states_changed.emit(dict.fromkeys(paths, True))

    def delete(self, path: str) -> None:
        """Put the label file of an image into the system's bin."""
        store = self._store
        self._runner.submit(
            "save",
            lambda _task: _delete(store, path),
            on_done=lambda name: self._on_deleted(path, name),
            on_error=self._on_failed,
        )

    def _renew(self) -> None:
        self._store = LabelStore(root=self._root, output_dir=self._output_dir, on_saved=self._on_saved)
        self._labelled = set()

    def _on_found(self, looked_at: tuple[str, ...], found: set[str]) -> None:
        gone, fresh = self._labelled.intersection(looked_at) - found, found - self._labelled
        self._labelled -= gone
        self._labelled |= fresh
        if gone or fresh:
            self.states_changed.emit({**dict.fromkeys(gone, False), **dict.fromkeys(fresh, True)})

    def _on_deleted(self, path: str, name: str) -> None:
        self._labelled.discard(path)
        self.states_changed.emit({path: False})
        self.deleted.emit(path)
        self.notified.emit(Notice(tr("{name} was put into the bin.", name=name), level="info"))

    def _on_failed(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The label file was kept."), details=repr(error))
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))


def _delete(store: LabelStore, image_path: str) -> str:
    path = store.label_path(image_path)
    if not path.is_file():
        raise StorageError(tr("{name} has no label file.", name=Path(image_path).name))
    move_to_trash(path)
    return path.name
