"""What the window and the command line tell about plug-ins."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class PluginState(str, Enum):
    """How a plug-in stands."""

    ON = "on"
    OFF = "off"
    """The person has switched it off; nothing of it was imported."""
    FAILED = "failed"
    """It could not be imported, or raised something, and is off until the program is started again."""
    OTHER_VERSION = "other version"
    """It was made for another version of the interface."""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """An installed plug-in.

    Attributes:
        id: Name of its entry point, by which it is switched off.
        package: The package that it came with.
        version: Version of the package.
        title: For people.
        state: How it stands.
        families: Kinds of models that it brings.
        formats: Formats of data sets.
        actions: Titles of its actions.
        hooks: What it is told of.
        error: Why it is off; empty where it is not, or where the person wants it so.
        details: Technical text about that.
    """

    id: str
    package: str
    version: str
    title: str
    state: PluginState
    families: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    error: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class PluginFailure:
    """A plug-in that was switched off because of what it did.

    Attributes:
        id: Name of its entry point.
        package: The package that it came with.
        hook: What was asked of it.
        error: Kind and text of what went wrong.
        details: The traceback.
    """

    id: str
    package: str
    hook: str
    error: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class PluginAction:
    """An action of a plug-in, as the menu shows it.

    Attributes:
        id: Unique among all actions.
        plugin: Id of its plug-in.
        title: What the menu says.
        tooltip: More words; may be empty.
        needs: "image", "folder", or empty.
        shortcut: Keys that it would like to have; may be empty.
    """

    id: str
    plugin: str
    title: str
    tooltip: str = ""
    needs: str = ""
    shortcut: str = ""
