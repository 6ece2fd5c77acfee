"""Light or dark is asked of the desktop's portal, and followed, on a bus of this test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest
from qtpy.QtWidgets import QApplication

from anylabeling.qt.color_scheme import ColorScheme
from anylabeling.views import theme

PROGRAM = """
import sys
from qtpy.QtCore import QCoreApplication, QTimer, QObject, Slot, Signal
from qtpy import QtDBus
from PyQt5.QtCore import Q_CLASSINFO
from anylabeling.qt.color_scheme import ColorScheme

SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"

class Settings(QtDBus.QDBusAbstractAdaptor):
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

    @Slot(str, str, result=QtDBus.QDBusVariant)
    def Read(self, namespace, key):
        return QtDBus.QDBusVariant(1)

app, portal = QCoreApplication([]), QObject()
Settings(portal)
bus = QtDBus.QDBusConnection.connectToBus(QtDBus.QDBusConnection.BusType.SessionBus, "portal")
assert bus.registerService(SERVICE) and bus.registerObject(PATH, portal)
scheme, seen = ColorScheme(), []

def note(dark):
    seen.append(dark)
    if len(seen) == 1:
        told = QtDBus.QDBusMessage.createSignal(PATH, "org.freedesktop.portal.Settings", "SettingChanged")
        told.setArguments(["org.freedesktop.appearance", "color-scheme", QtDBus.QDBusVariant(2)])
        bus.send(told)
    else:
        app.quit()

scheme.changed.connect(note)
assert scheme.watch()
QTimer.singleShot(60_000, app.quit)
app.exec_()
print(seen)
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no program that makes a bus")
def test_the_portal_is_asked_and_listened_to() -> None:
    command = ["dbus-run-session", "--", sys.executable, "-c", PROGRAM]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ})
    assert ended.stdout.strip() == "[True, False]", ended.stderr


def test_without_a_bus_nobody_is_asked(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert not ColorScheme().watch()


@pytest.mark.parametrize(("dark", "name"), [(True, "dark"), (False, "light")])
def test_the_desktops_word_counts_for_the_theme_system_only(
    qapp: QApplication, dark: bool, name: str, request: pytest.FixtureRequest
) -> None:
    restore: Callable[[], None] = lambda: theme.set_system_dark(None)  # noqa: E731
    request.addfinalizer(restore)
    theme.set_system_dark(dark)
    assert theme.resolve_theme("system").name == name
    assert [theme.resolve_theme(other).name for other in ("light", "dark")] == ["light", "dark"]
