"""Find out which optional parts this installation has, off the GUI thread."""

from __future__ import annotations

from qtpy.QtCore import QObject, Signal

from anylabeling.messages.diagnostics import ModuleState
from anylabeling.qt.task_runner import Task, TaskRunner


class DiagnosticsController(QObject):
    """Asks each backend and compiled module once, when the window first wants to know.

    Signals:
        modules_known: List of ModuleState.
    """

    modules_known = Signal(object)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._asked = False

    def ask(self) -> None:
        """Find out; ``modules_known`` follows. Asking again does nothing."""
        if not self._asked:
            self._asked = True
            self._runner.submit("diagnostics", _module_states, on_done=self.modules_known.emit)


def _module_states(_task: Task) -> list[ModuleState]:
    from anylabeling.services.diagnostics import module_states  # it imports much that only this page needs

    return module_states()
