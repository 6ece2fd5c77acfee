"""Whether the desktop is light or dark, asked of the desktop itself, since Qt 5 knows it of few and follows none."""

from __future__ import annotations

import os
import sys
from typing import Any

from qtpy.QtCore import QObject, QSettings, Signal, Slot

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Settings"
_NAMESPACE, _KEY = "org.freedesktop.appearance", "color-scheme"
_DARK, _LIGHT = 1, 2
_WINDOWS_KEY = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"


class ColorScheme(QObject):
    """Asks once, and goes on listening where the desktop tells of changes (the XDG desktop portal).

    Signals:
        changed: True for dark, False for light, None where the desktop does not say.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher: Any = None
        self._listener: Any = None

    def watch(self) -> bool:
        """Begin; ``changed`` follows from the event loop. Returns whether there is somebody to ask."""
        if sys.platform == "win32":
            light = QSettings(_WINDOWS_KEY, QSettings.Format.NativeFormat).value("AppsUseLightTheme")
            if light is not None:
                self.changed.emit(not int(light))
            return light is not None
        # Without an address, libdbus would start a bus of its own, which takes a second and answers nothing.
        return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) and self._watch_portal()

    def _watch_portal(self) -> bool:
        try:
            from qtpy import QtDBus
        except ImportError:
            return False
        bus = QtDBus.QDBusConnection.sessionBus()
        if not bus.isConnected():
            return False
        self._listener, slot = _listener(self)
        bus.connect(_SERVICE, _PATH, _INTERFACE, "SettingChanged", slot)
        question = QtDBus.QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Read")
        question.setArguments([_NAMESPACE, _KEY])
        self._watcher = QtDBus.QDBusPendingCallWatcher(bus.asyncCall(question), self)
        self._watcher.finished.connect(self._on_answered)
        return True

    def _on_answered(self, watcher: Any) -> None:
        from qtpy import QtDBus

        answer = QtDBus.QDBusPendingReply(watcher).reply()
        if answer.type() == QtDBus.QDBusMessage.MessageType.ReplyMessage and answer.arguments():
            self.changed.emit(_scheme(answer.arguments()[0]))

    def on_setting_changed(self, arguments: list[Any]) -> None:
        """Take what the portal tells: namespace, key, value."""
        if len(arguments) == 3 and arguments[:2] == [_NAMESPACE, _KEY]:
            self.changed.emit(_scheme(arguments[2]))


def _listener(scheme: ColorScheme) -> tuple[Any, Any]:
    """Return an object with a slot that takes messages of the bus, and the slot; QtDBus is loaded by now."""
    from qtpy import QtDBus

    class Listener(QObject):
        @Slot(QtDBus.QDBusMessage)
        def on_message(self, message: Any) -> None:
            scheme.on_setting_changed(message.arguments())

    listener = Listener(scheme)
    return listener, listener.on_message


def _scheme(value: Any) -> bool | None:
    while hasattr(value, "variant"):
        value = value.variant()
    return {_DARK: True, _LIGHT: False}.get(value)
