"""Find out what this installation has and how the program is doing, without blocking the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, QTimer, Signal

from anylabeling.qt.task_runner import Task, TaskRunner

if TYPE_CHECKING:
    from anylabeling.composition import Services
    from anylabeling.messages.diagnostics import ModuleState

_LANE = "diagnostics"
_INTERVAL_MS = 500
_RESULT_CACHE_EVERY = 6


class DiagnosticsController(QObject):
    """Asks each backend and compiled module once, and measures the program while somebody looks.

    Signals:
        modules_known: List of ModuleState.
        figures_changed: LiveFigures, twice a second while they are watched.
        result_cache_changed: CacheStats of the image filter's answers, every few seconds while they are watched.
    """

    modules_known = Signal(object)
    figures_changed = Signal(object)
    result_cache_changed = Signal(object)

    def __init__(self, runner: TaskRunner, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._services = services
        self._asked = False
        self._beats = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self.on_timer_timeout)

    def ask(self) -> None:
        """Find out; ``modules_known`` follows. Asking again does nothing."""
        if not self._asked:
            self._asked = True
            self._runner.submit(_LANE, _module_states, on_done=self.modules_known.emit)

    def watch(self, watched: bool) -> None:
        """Announce figures from now on, the first at once, or stop it."""
        if not watched:
            self._timer.stop()
        elif not self._timer.isActive():
            self._beats = 0
            self._timer.start()
            self.on_timer_timeout()

    def on_timer_timeout(self) -> None:
        """Announce the figures of now; counting the files of the result cache happens elsewhere."""
        self.figures_changed.emit(self._services.live_figures())
        if self._beats % _RESULT_CACHE_EVERY == 0:
            self._runner.submit(
                _LANE, lambda _task: self._services.result_cache_stats(), on_done=self.result_cache_changed.emit
            )
        self._beats += 1


def _module_states(_task: Task) -> list[ModuleState]:
    from anylabeling.services.diagnostics import module_states  # it imports much that only this page needs

    return module_states()
