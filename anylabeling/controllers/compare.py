"""Read the labels that another folder has for the picture on the screen."""

from __future__ import annotations

from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.document.document import Document
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.dataset.label_store import LabelStore, LoadedLabels
from anylabeling.translation import tr, trn

_LANE = "compare"


class CompareController(QObject):
    """Holds the folder of labels that the open one's are compared with. It only reads.

    Signals:
        folder_changed: The folder, or None when nothing is compared.
        loaded: The Document of the other labels of the picture asked for last, and a sentence about them; with
            None there is no label file, or none that can be read.
    """

    folder_changed = Signal(object)
    loaded = Signal(object, str)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._folder: Path | None = None

    @property
    def folder(self) -> str | None:
        """The folder that is compared with, or None."""
        return str(self._folder) if self._folder is not None else None

    def set_folder(self, folder: str | None) -> None:
        """Compare with the label files of a folder, or with none."""
        self._folder = Path(folder).expanduser().absolute() if folder else None
        self.folder_changed.emit(self.folder)

    def show(self, image: str, root: str, size: tuple[int, int]) -> None:
        """Read the other labels of an image; ``loaded`` follows.

        Args:
            image: The image file.
            root: The folder of images that is open; label files of its sub-folders are in the same sub-folders.
            size: The image's width and height in pixels.
        """
        if self._folder is None:
            return
        store = LabelStore(root=Path(root) if root else None, output_dir=self._folder)
        self._runner.submit(
            _LANE,
            lambda _task: store.load(image),
            on_done=lambda labels: self._on_loaded(labels, size),
            newest_wins=True,
        )

    def _on_loaded(self, labels: LoadedLabels, size: tuple[int, int]) -> None:
        if labels.error is not None:
            self.loaded.emit(None, labels.error.user_text)
        elif labels.stamp is None:
            self.loaded.emit(None, tr("{name} is not there.", name=labels.label_path.name))
        else:
            count = len(labels.annotation.shapes)
            note = trn("%n object", "%n objects", count)
            stated = labels.annotation.image_size
            if stated is not None and stated != size:
                width, height = stated
                note = tr("{objects}, made for {width} × {height} pixels", objects=note, width=width, height=height)
            self.loaded.emit(Document(labels.annotation), note)
