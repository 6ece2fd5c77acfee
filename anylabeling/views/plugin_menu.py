"""The actions of plug-ins: in the menu Tools > Plug-ins, in the command palette, and among the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qtpy.QtCore import QObject, Signal
from qtpy.QtGui import QKeySequence
from qtpy.QtWidgets import QAction, QMenu, QWidget

from anylabeling.messages.plugins import PluginAction
from anylabeling.views.actions import ActionRow, set_keys

KEYS_PREFIX = "plugin:"
"""Before the id of an action, where the keys of others have the name of their setting."""
_PLACE = "tools:4>plugins:1"
_LIKE = {"image": "save", "folder": "export_dataset"}
"""Actions of the window that are enabled when what is needed is there."""


class PluginMenu(QObject):
    """Holds the actions of plug-ins in the window's table of actions.

    Signals:
        triggered: Id of an action that the person has chosen.
    """

    triggered = Signal(str)

    def __init__(self, window: QWidget, actions: dict[str, QAction]) -> None:
        """Make it.

        Args:
            window: Where the keys work.
            actions: The window's actions by their ids; those of plug-ins come in and go.
        """
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._rows: dict[str, ActionRow] = {}
        self._given: tuple[PluginAction, ...] = ()
        self._manage = actions["manage_plugins"]
        for like in _LIKE.values():
            actions[like].changed.connect(self._enable)

    @property
    def rows(self) -> tuple[ActionRow, ...]:
        """What is known of the actions, as for those of the program."""
        return tuple(self._rows.values())

    def set_actions(self, given: Sequence[PluginAction], keys: Mapping[str, Sequence[str]]) -> None:
        """Show the actions of plug-ins in place of those that there were.

        Args:
            given: The actions.
            keys: Keys that the person has chosen, by action.
        """
        menu = self._menu()
        for name in self._rows:
            action = self._actions.pop(name)
            self._window.removeAction(action)
            if menu is not None:
                menu.removeAction(action)
            action.deleteLater()
        if menu is not None:
            for entry in menu.actions():
                if entry.isSeparator():
                    menu.removeAction(entry)
        self._rows, self._given = {}, tuple(given)
        for one in given:
            text = one.title.replace("&", "&&")
            row = ActionRow(one.id, text, _PLACE, "", f"{KEYS_PREFIX}{one.id}", one.tooltip, needs=one.needs)
            action = QAction(text, self._window)
            action.setObjectName(one.id)
            action.triggered.connect(lambda _checked=False, name=one.id: self.triggered.emit(name))
            self._window.addAction(action)
            self._rows[one.id], self._actions[one.id] = row, action
            if menu is not None:
                menu.insertAction(self._manage, action)
        if menu is not None and given:
            menu.insertSeparator(self._manage)
        self.set_keys(keys)
        self._enable()

    def set_keys(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Give the actions their keys: those that the person has chosen, else those they ask for if nobody has them."""
        for name in self._rows:
            self._actions[name].setShortcuts([])
        for one in self._given:
            chosen = keys.get(one.id)
            wanted = [one.shortcut] if chosen is None and one.shortcut else list(chosen or ())
            free = [key for key in wanted if not self._is_taken(QKeySequence(key))]
            set_keys(self._actions[one.id], self._rows[one.id], tuple(free))

    def _is_taken(self, keys: QKeySequence) -> bool:
        return keys.isEmpty() or any(keys in action.shortcuts() for action in self._actions.values())

    def _menu(self) -> QMenu | None:
        return next((widget for widget in self._manage.associatedWidgets() if isinstance(widget, QMenu)), None)

    def _enable(self) -> None:
        for name, row in self._rows.items():
            self._actions[name].setEnabled(not row.needs or self._actions[_LIKE[row.needs]].isEnabled())
