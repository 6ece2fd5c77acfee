"""Search in the file list for more than names: patterns, and what the label files say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.navigation import NavigationController
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.messages.progress import Progress
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.qt.throttle import Debounce
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.services.dataset.label_index import LabelIndex

_LANE = "file search"
_PAUSE_MS, _LIMIT_MS = 250, 1000


class FileSearchController(QObject):
    """Looks for images in the background; the newest wish wins.

    Signals:
        found: The images that fit (list of str).
        refused: Why what was typed makes no sense; empty when it does.
        progressed: A Progress while label files are read, None when that is over.
        notified: A Notice for the person.
    """

    found = Signal(object)
    refused = Signal(str)
    progressed = Signal(object)
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        navigation: NavigationController,
        store: Callable[[], LabelStore],
        index: Callable[[], LabelIndex],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller.

        Args:
            runner: Runs the search.
            navigation: Has the images of the folder.
            store: Returns the label store in use.
            index: Returns the label index; called on a thread.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._runner = runner
        self._navigation = navigation
        self._store = store
        self._index = index
        self._text = ""
        self._soon = Debounce(self.ask, pause_ms=_PAUSE_MS, limit_ms=_LIMIT_MS, parent=self)

    def search(self, text: str) -> None:
        """Look for images once nothing more is typed for a moment; an empty text ends the search."""
        self._text = text
        if text:
            self._soon.request()
            return
        self._soon.cancel()
        self._runner.cancel_lane(_LANE)
        self.refused.emit("")

    def search_again(self) -> None:
        """Look again, if something is searched for: there are other images, or other labels."""
        if self._text:
            self._soon.request()

    def ask(self) -> None:
        """Look for images now."""
        from anylabeling.services.dataset.file_query import SearchError, parse_query  # not before the first picture

        if not self._text:
            return
        self._soon.cancel()
        try:
            query = parse_query(self._text)
        except SearchError as error:
            self._runner.cancel_lane(_LANE)
            self.refused.emit(error.user_text)
            return
        self.refused.emit("")
        paths, root, store = tuple(self._navigation.all_paths), self._navigation.root, self._store()

        def work(task: Task) -> list[str]:
            from anylabeling.services.dataset.file_search import find_images

            def tell(done: int, total: int) -> None:
                task.report(Progress(done, total))

            return find_images(query, paths, root, self._index, store, cancel=task.token, on_progress=tell)

        self._runner.submit(
            _LANE,
            work,
            on_done=self.found.emit,
            on_error=self._on_error,
            on_progress=self.progressed.emit,
            on_finished=self._on_finished,
            newest_wins=True,
        )

    def _on_finished(self) -> None:
        if not self._runner.busy(_LANE):
            self.progressed.emit(None)

    def _on_error(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The search failed."))
        self.notified.emit(Notice(known.user_text, known.hint, known.details or repr(error), "warning"))
