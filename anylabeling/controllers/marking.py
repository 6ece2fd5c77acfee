"""Set the review mark of any image of the folder, whether it is open or not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.controllers.review import ReviewController
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.dataset.label_store import LabelStore, LoadedLabels
from anylabeling.translation import tr

_LANE = "review marks"


class MarkController(QObject):
    """Ticks images as checked in the file list.

    The label file of an image that is not in memory is read on a lane; then its document is, and the mark is an edit of
    it like any other: it is saved, kept in the journal, and can be undone on that image.

    Signals:
        settled: No mark is on its way to its document any more.
        notified: A Notice for the person.
    """

    settled = Signal()
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        documents: DocumentController,
        review: ReviewController,
        store: Callable[[], LabelStore],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller; ``store`` returns the label store in use."""
        super().__init__(parent)
        self._runner = runner
        self._documents = documents
        self._review = review
        self._store = store
        self._wished: dict[str, bool] = {}

    def busy(self) -> bool:
        """Whether a mark is on its way to its document."""
        return bool(self._wished)

    def toggle(self, path: str) -> None:
        """Mark an image as checked, or take the mark away. The list shows it at once."""
        known = self._wished.get(path)
        checked = not (self._review.is_checked(path) if known is None else known)
        self._review.expect(path, checked)
        if known is not None:  # its label file is being read; what was wished last counts
            self._wished[path] = checked
            return
        entry = self._documents.find(path)
        if entry is not None:
            self._set(entry, checked)
            return
        self._wished[path] = checked
        store = self._store()
        self._runner.submit(
            _LANE,
            partial(_read, store, path),
            on_done=partial(self._on_read, path, store),
            on_error=partial(self._on_failed, path),
            on_finished=partial(self._on_finished, path),
        )

    def _on_read(self, path: str, store: LabelStore, found: tuple[LoadedLabels, tuple[int, int]]) -> None:
        checked, (labels, image_size) = self._wished[path], found
        if store is not self._store():
            self._review.expect(path, None)  # another folder of labels was chosen meanwhile
            return
        entry = self._documents.find(path)  # it may have been shown meanwhile
        if entry is None and labels.error is not None:
            self._on_failed(path, labels.error)
            return
        self._set(entry or self._documents.adopt(path, image_size, labels), checked)

    def _on_finished(self, path: str) -> None:
        self._wished.pop(path, None)
        if not self._wished:
            self.settled.emit()

    def _set(self, entry: OpenDocument, checked: bool) -> None:
        if entry.broken is not None and not entry.overwrite:
            self._on_failed(entry.path, entry.broken)
        else:
            self._review.set_checked(checked, entry)

    def _on_failed(self, path: str, error: Exception) -> None:
        self._review.expect(path, None)
        known = error if isinstance(error, AppError) else None
        self.notified.emit(
            Notice(
                tr("{name} was not marked.", name=Path(path).name),
                f"{known.user_text} {known.hint}".strip() if known is not None else "",
                known.details if known is not None else repr(error),
                "warning",
                topic=f"mark:{path}",
            )
        )


def _read(store: LabelStore, path: str, _task: Task) -> tuple[LoadedLabels, tuple[int, int]]:
    from anylabeling.codecs import probe

    labels = store.load(path)
    if labels.annotation.image_size is not None:  # what a label file states of its picture stays as it is
        return labels, labels.annotation.image_size
    header = probe(path)
    return labels, (header.width, header.height)
