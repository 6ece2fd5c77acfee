"""Keep the program alive when a slot raises.

PyQt5 aborts the process on an exception in a slot unless ``sys.excepthook`` is replaced.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from qtpy.QtCore import QObject, Signal

from anylabeling.qt.signals import connect_queued

_log = logging.getLogger(__name__)


class ExceptionReporter(QObject):
    """Logs exceptions that nobody caught and hands them to the window.

    Signals:
        raised: The exception's one-line text and the formatted traceback. Delivered on the GUI thread.
    """

    raised = Signal(str, str)

    def install(self) -> None:
        """Take over sys.excepthook."""
        sys.excepthook = self._hook

    def connect_queued(self, slot: Callable[[str, str], object]) -> None:
        """Connect a slot that runs from the event loop, whatever thread raised."""
        connect_queued(self.raised, slot)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("unexpected error", exc_info=(kind, error, trace))
        self.raised.emit(f"{kind.__name__}: {error}", "".join(traceback.format_exception(kind, error, trace)))
