"""What was done last to the labels of a folder, and how it is taken back: to their looks, or to their files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.folder_labels import FolderLabelController


@dataclass(frozen=True, slots=True, eq=False)
class LookStep:
    """A change of how objects of some labels look in all images; no file is touched.

    Attributes:
        name: The words for the menu and the report.
        labels: The labels.
        make: Makes the change.
        take_back: Gives these labels the looks that they had before.
    """

    name: str
    labels: tuple[str, ...]
    make: Callable[[], object]
    take_back: Callable[[], object]


class FolderUndo(QObject):
    """Knows the order of such changes: looks that were changed since the files are taken back first, one by one.

    A new change of the files ends what could be taken back of the looks, since labels may have other names then.

    Signals:
        undoable_changed: Name of the change that ``undo`` would take back, or None.
        looks_changed: A LookStep, and whether it was taken back.
    """

    undoable_changed = Signal(object)
    looks_changed = Signal(object, bool)

    def __init__(self, folder: FolderLabelController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._looks: list[LookStep] = []
        folder.undoable_changed.connect(lambda _name: self._tell())
        folder.running_changed.connect(self._on_running)

    @property
    def undoable(self) -> str | None:
        """The name of the change that ``undo`` would take back."""
        return self._looks[-1].name if self._looks else self._folder.undoable

    def make(self, step: LookStep) -> None:
        """Change looks, and remember how it was."""
        step.make()
        self._looks.append(step)
        self.looks_changed.emit(step, False)
        self._tell()

    def undo(self) -> None:
        """Take the last change back."""
        if not self._looks:
            self._folder.undo()
            return
        step = self._looks.pop()
        step.take_back()
        self.looks_changed.emit(step, True)
        self._tell()

    def _on_running(self, running: bool) -> None:
        if running and self._looks:
            self._looks.clear()
            self._tell()

    def _tell(self) -> None:
        self.undoable_changed.emit(self.undoable)
