"""Leave nothing unsaved behind when the window closes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController
from anylabeling.controllers.saving import SaveController


class CloseController(QObject):
    """Decides whether the window may close.

    Attributes:
        edits_on_their_way: Whether documents are about to be edited; ``go_on`` is to be called after that.

    Signals:
        about_to_look: What is still being typed is to become an edit now.
        ready: Everything is saved: close again.
        question: Names of images whose labels are not saved; the person has to choose.
    """

    about_to_look = Signal()
    ready = Signal()
    question = Signal(object)

    def __init__(self, documents: DocumentController, saving: SaveController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._saving = saving
        self.edits_on_their_way: Callable[[], bool] = lambda: False
        self._waiting = False
        self._put_off = False
        self._asking = False
        self._discard = False
        saving.idle.connect(self._on_idle)

    @property
    def given_up(self) -> bool:
        """Whether the person has given up what is not saved."""
        return self._discard

    def may_close(self) -> bool:
        """Return whether to close now; otherwise a signal follows."""
        self.about_to_look.emit()
        if not self._discard and self.edits_on_their_way():
            self._put_off = True
            return False
        if self._discard or not (self._documents.unsaved() or self._saving.busy()):
            return True
        if self._saving.auto_save or not self._documents.unsaved():
            self.save_and_close()
        else:
            self._ask()
        return False

    def go_on(self) -> None:
        """Close if that was put off: no edits are on their way any more."""
        if self._put_off:
            self._put_off = False
            self.ready.emit()

    def save_and_close(self) -> None:
        """Save everything; ``ready`` or ``question`` follows."""
        self._waiting, self._asking = True, False
        self._saving.save_all()
        if not self._saving.busy():
            self._on_idle()

    def discard_and_close(self) -> None:
        """Give up what is not saved."""
        self._discard, self._asking = True, False
        self.ready.emit()

    def stay(self) -> None:
        """Do not close after all."""
        self._waiting = self._asking = False

    def _on_idle(self) -> None:
        if not self._waiting:
            return
        self._waiting = False
        if self._documents.unsaved():
            self._ask()
        else:
            self.ready.emit()

    def _ask(self) -> None:
        if self._asking:
            return  # the question is on the screen: the system or an impatient person asks for the end twice
        self._asking = True
        self.question.emit([Path(entry.path).name for entry in self._documents.unsaved()])
