"""Fixtures for tests with real widgets: one QApplication, waiting on conditions, exceptions in slots fail the test."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol, TypeVar

import pytest
from qtpy import QtCore, QtWidgets

from anylabeling.qt.leaving import leave_objects_to_the_system

WidgetT = TypeVar("WidgetT", bound=QtWidgets.QWidget)


class WaitFor(Protocol):
    """The type of the ``wait_for`` fixture."""

    def __call__(self, condition: Callable[[], object], timeout_s: float = 60.0) -> None: ...


@pytest.fixture(scope="session")
def qapp() -> Iterator[QtWidgets.QApplication]:
    """Yield the one QApplication of the test run."""
    app = QtWidgets.QApplication.instance() or QtWidgets.QApplication(["anylabeling-tests"])
    assert isinstance(app, QtWidgets.QApplication)
    app.setQuitOnLastWindowClosed(False)
    yield app
    leave_objects_to_the_system()


@pytest.fixture(autouse=True)
def window_state_of_its_own(tmp_path: Path) -> None:
    """Keep what windows remember apart from test to test; Qt asks for the folder of the person once in a process."""
    formats = (QtCore.QSettings.Format.NativeFormat, QtCore.QSettings.Format.IniFormat)
    for each in formats:
        QtCore.QSettings.setPath(each, QtCore.QSettings.Scope.UserScope, str(tmp_path / "qt-settings"))


@pytest.fixture(autouse=True)
def slot_exceptions(qapp: QtWidgets.QApplication) -> Iterator[list[str]]:
    """Fail the test on any exception that a slot or an event handler let out, and on a window left open.

    A test that provokes such an exception on purpose clears the list that it gets.
    """
    caught: list[str] = []

    def record(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        caught.append("".join(traceback.format_exception(kind, value, trace)))

    before, sys.excepthook = sys.excepthook, record
    try:
        yield caught
        qapp.processEvents()
    finally:
        sys.excepthook = before
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    qapp.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete)
    if caught:
        pytest.fail("an exception left a slot:\n" + "\n".join(caught), pytrace=False)
    if names:
        pytest.fail("windows were left open: " + ", ".join(names), pytrace=False)


@pytest.fixture
def wait_for(qapp: QtWidgets.QApplication) -> WaitFor:
    """Return ``wait_for(condition, timeout_s=60)``: run the event loop until the condition holds, or fail."""

    def wait(condition: Callable[[], object], timeout_s: float = 60.0) -> None:
        deadline = time.monotonic() + timeout_s
        # Blocks until something happens or the timer fires. With a limit in ms, Qt would not wait at all, and a loop
        # that spins takes a processor and the interpreter from the threads that are waited for.
        wake = QtCore.QTimer()
        wake.start(5)
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"the condition did not hold within {timeout_s} s")
            qapp.processEvents(QtCore.QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            qapp.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete)
        wake.stop()

    return wait


@pytest.fixture
def show(qapp: QtWidgets.QApplication, wait_for: WaitFor) -> Iterator[Callable[[WidgetT], WidgetT]]:
    """Return ``show(widget)``: show a window, wait until it is on the screen, close and delete it after the test."""
    shown: list[QtWidgets.QWidget] = []

    def show_widget(widget: WidgetT) -> WidgetT:
        shown.append(widget)
        widget.show()
        widget.activateWindow()
        handle = widget.windowHandle()
        wait_for(lambda: handle is None or handle.isExposed())
        qapp.processEvents()
        return widget

    yield show_widget
    for widget in shown:
        widget.close()
        widget.deleteLater()
    qapp.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete)
