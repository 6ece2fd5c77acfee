"""What the image filter's window shows besides matches: class names, distributions, and how the caches are doing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.navigation import NavigationController
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr
from anylabeling.utils import collector

if TYPE_CHECKING:
    from anylabeling.messages.filtering import FilterQuery
    from anylabeling.services.auto_labeling.detection_model import DetectionModel
    from anylabeling.services.filtering.engine import FilterStores

_LABELS_LANE = "filter labels"
_FIGURES_LANE = "filter figures"
_CACHES_LANE = "filter caches"


class FilterFactsController(QObject):
    """Asks the filter's stores, off the GUI thread; nothing here runs a model.

    Signals:
        label_classes_known: Pairs of label and number of objects in the label files, most first.
        distribution_known: A FilterDistribution, or None when nothing can be known.
        caches_known: The FilterCaches.
        notified: A Notice for the person.
    """

    label_classes_known = Signal(object)
    distribution_known = Signal(object)
    caches_known = Signal(object)
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        navigation: NavigationController,
        model: Callable[[], DetectionModel | None],
        stores: Callable[[], FilterStores],
        label_store: Callable[[], LabelStore],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller; the functions return what is in use when something is asked."""
        super().__init__(parent)
        self._runner = runner
        self._navigation = navigation
        self._model = model
        self._stores = stores
        self._label_store = label_store

    def ask_label_classes(self) -> None:
        """Find out which labels occur; label files that have changed are read."""
        paths, label_store = tuple(self._navigation.all_paths), self._label_store()

        def ask(task: Task) -> object:
            from anylabeling.services.filtering import overview

            return overview.label_classes(paths, self._stores(), label_store, cancel=task.token)

        self._submit(_LABELS_LANE, ask, self.label_classes_known.emit)

    def ask_distribution(self, query: FilterQuery) -> None:
        """Count scores and objects in what is known."""
        paths, label_store, model = tuple(self._navigation.all_paths), self._label_store(), self._model()

        def count(task: Task) -> object:
            from anylabeling.services.filtering import overview

            with collector.making_many_objects():
                return overview.distribution(query, paths, self._stores(), label_store, model, cancel=task.token)

        self._submit(_FIGURES_LANE, count, self.distribution_known.emit)

    def ask_caches(self) -> None:
        """Look at the caches."""

        def ask(_task: Task) -> object:
            from anylabeling.services.filtering import overview

            return overview.caches(self._stores())

        self._submit(_CACHES_LANE, ask, self.caches_known.emit)

    def clear_caches(self, *, detections: bool) -> None:
        """Forget the answers, and what models have found, too, where ``detections`` says so."""

        def clear(_task: Task) -> object:
            from anylabeling.services.filtering import overview

            stores = self._stores()
            overview.clear_caches(stores, detections=detections)
            return overview.caches(stores)

        self._submit(_CACHES_LANE, clear, self.caches_known.emit)

    def _submit(self, lane: str, work: Callable[[Task], object], on_done: Callable[[object], object]) -> None:
        self._runner.submit(lane, work, on_done=on_done, on_error=self._on_error, newest_wins=True)

    def _on_error(self, error: Exception) -> None:
        known = (
            error if isinstance(error, AppError) else AppError(tr("The filter's figures failed."), details=repr(error))
        )
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "warning"))
