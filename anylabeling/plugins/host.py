"""Find the plug-ins that are installed, load them when they are first needed, and switch off what goes wrong."""

from __future__ import annotations

import re
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from anylabeling.messages.plugins import PluginFailure, PluginInfo, PluginState
from anylabeling.plugins.api import API_VERSION, HOOKS, Action, Plugin
from anylabeling.plugins.api_formats import DatasetFormat
from anylabeling.plugins.api_models import ModelFamily
from anylabeling.plugins.api_values import PluginError
from anylabeling.translation import tr
from anylabeling.utils.events import Event

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "anylabeling.plugins"

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
_TAKEN_FAMILIES = ("yolo", "rtdetr", "segment_anything", "remote", "sam")
_MOST_DETAILS = 8000

T = TypeVar("T")


class PluginFailed(Exception):  # noqa: N818 - says that a plug-in was switched off, which has been told already
    """A plug-in failed and is off by now.

    Attributes:
        package: The package that it came with.
    """

    def __init__(self, package: str) -> None:
        super().__init__(package)
        self.package = package


@dataclass(slots=True, eq=False)
class Loaded:
    """A plug-in and how it stands.

    Attributes:
        info: What lists show of it.
        plugin: The object of the package; None until it is imported.
        families: What it brings, as its own functions said when it was loaded.
        formats: The same.
        actions: The same.
    """

    info: PluginInfo
    entry: EntryPoint
    plugin: Plugin | None = None
    families: tuple[ModelFamily, ...] = ()
    formats: tuple[DatasetFormat, ...] = ()
    actions: tuple[Action, ...] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_on(self) -> bool:
        """Whether it may be used."""
        return self.info.state is PluginState.ON and self.plugin is not None


class PluginHost:
    """All plug-ins of one program. Any thread may call it.

    Attributes:
        failed: Emitted with a PluginFailure, once for each plug-in that goes wrong, on the thread where it did.
        changed: Emitted when what the plug-ins give has changed, on any thread.
        withdraw: Offers the families and formats no more; set by whoever offered them.
    """

    def __init__(
        self,
        disabled: Callable[[], Iterable[str]] = tuple,
        entry_points: Callable[[], Iterable[EntryPoint]] | None = None,
    ) -> None:
        """Prepare; nothing is looked for or imported yet.

        Args:
            disabled: Returns the ids of plug-ins that the person has switched off.
            entry_points: Returns what is installed; asks importlib.metadata when None.
        """
        self.failed: Event[[PluginFailure]] = Event()
        self.changed: Event[[]] = Event()
        self.withdraw: Callable[[], object] = lambda: None
        self._disabled = disabled
        self._entry_points = entry_points or _installed
        self._loading = threading.RLock()
        self._plugins: dict[str, Loaded] | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether the plug-ins were looked for."""
        return self._plugins is not None

    def load(self) -> None:
        """Find and import the plug-ins, unless that was done; whoever comes meanwhile waits."""
        with self._loading:
            if self._plugins is not None:
                return
            found: dict[str, Loaded] = {}
            disabled = frozenset(self._disabled())
            doubles: list[Loaded] = []
            for entry in sorted(self._entry_points(), key=lambda entry: entry.name):
                loaded = Loaded(_first_info(entry), entry)
                if entry.name in found:
                    found[f"{entry.name} {len(found)}"] = loaded
                    doubles.append(loaded)
                else:
                    found[entry.name] = loaded
            self._plugins = found
            for loaded in doubles:
                self.switch_off(loaded, "name", ValueError(f"another package has a plug-in named {loaded.info.id}"))
            for loaded in found.values():
                if loaded.info.id not in disabled and loaded not in doubles:
                    self._switch_on(loaded)

    def infos(self) -> tuple[PluginInfo, ...]:
        """Return all plug-ins that are installed and how they stand."""
        return tuple(loaded.info for loaded in self._all())

    def active(self) -> tuple[Loaded, ...]:
        """Return the plug-ins that may be used."""
        return tuple(loaded for loaded in self._all() if loaded.is_on)

    def with_hook(self, hook: str) -> tuple[Loaded, ...]:
        """Return the plug-ins that override a method; none before they were loaded, so that nobody waits for that."""
        if self._plugins is None:
            return ()
        return tuple(loaded for loaded in self.active() if HOOKS[hook] in loaded.info.hooks)

    def follow_settings(self) -> None:
        """Switch plug-ins on and off as the settings say by now. One that failed stays off."""
        with self._loading:
            if self._plugins is None:
                return
            disabled = frozenset(self._disabled())
            before = self.infos()
            for loaded in self._plugins.values():
                if loaded.info.id in disabled and loaded.info.state is PluginState.ON:
                    loaded.info = replace(loaded.info, state=PluginState.OFF)
                elif loaded.info.id not in disabled and loaded.info.state is PluginState.OFF:
                    self._switch_on(loaded)
        if self.infos() != before:
            self.changed.emit()

    def call(self, loaded: Loaded, hook: str, function: Callable[..., T], *arguments: Any) -> T:
        """Call a function of a plug-in.

        Args:
            loaded: Whose it is.
            hook: What it is called in messages.
            function: What is called.
            arguments: Its arguments.

        Raises:
            PluginError: Whatever of this kind it raises.
            PluginFailed: When it raises anything else, or is off by now; that was told through ``failed``.
        """
        if not loaded.is_on:
            raise PluginFailed(loaded.info.package)
        try:
            return function(*arguments)
        except PluginError:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code, which must not end the program
            self.switch_off(loaded, hook, error)
            raise PluginFailed(loaded.info.package) from error

    def switch_off(self, loaded: Loaded, hook: str, error: BaseException) -> None:
        """Switch a plug-in off for the session, and tell why, once."""
        with loaded.lock:
            if loaded.info.state is PluginState.FAILED:
                return
            text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            details = "".join(traceback.format_exception(error))[-_MOST_DETAILS:]
            loaded.info = replace(
                loaded.info,
                state=PluginState.FAILED,
                error=tr("{hook}: {error}", hook=hook, error=text[:500]),
                details=details,
            )
        self.failed.emit(PluginFailure(loaded.info.id, loaded.info.package, hook, text[:500], details))
        self.changed.emit()

    def _all(self) -> Iterator[Loaded]:
        self.load()
        assert self._plugins is not None
        yield from tuple(self._plugins.values())

    def _switch_on(self, loaded: Loaded) -> None:
        """Import a plug-in unless that was done, and ask what it brings."""
        if loaded.plugin is not None:
            loaded.info = replace(loaded.info, state=PluginState.ON)
            return
        stage = "import"
        try:
            made = loaded.entry.load()
            plugin = made() if callable(made) else made
            if not isinstance(plugin, Plugin):
                raise TypeError(f"{loaded.entry.value} is no subclass of anylabeling.plugins.Plugin")  # noqa: TRY301
            if plugin.api_version != API_VERSION:
                self._refuse_version(loaded, plugin)
                return
            stage = "families"
            families = _rows(plugin.families(), ModelFamily, "name", self._names("families"))
            for family in families:
                if family.name.startswith(_TAKEN_FAMILIES):
                    raise ValueError(f"the type {family.name} is one of the program's own")  # noqa: TRY301
            stage = "formats"
            formats = _rows(plugin.formats(), DatasetFormat, "id", {*self._names("formats"), *_own_formats()})
            stage = "actions"
            actions = _rows(plugin.actions(), Action, "id", set())
        except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code
            self.switch_off(loaded, stage, error)
            return
        loaded.plugin, loaded.families, loaded.formats, loaded.actions = plugin, families, formats, actions
        loaded.info = replace(
            loaded.info,
            state=PluginState.ON,
            title=str(plugin.title or loaded.info.title),
            families=tuple(family.title for family in families),
            formats=tuple(one.title for one in formats),
            actions=tuple(action.title for action in actions),
            hooks=tuple(
                text for name, text in HOOKS.items() if getattr(type(plugin), name) is not getattr(Plugin, name)
            ),
        )

    def _refuse_version(self, loaded: Loaded, plugin: Plugin) -> None:
        text = tr(
            "it is made for version {theirs} of the interface, and this program has version {ours}",
            theirs=plugin.api_version,
            ours=API_VERSION,
        )
        loaded.info = replace(loaded.info, state=PluginState.OTHER_VERSION, error=text)
        self.failed.emit(PluginFailure(loaded.info.id, loaded.info.package, "api_version", text))

    def _names(self, kind: str) -> set[str]:
        """Return the names that plug-ins have taken by now."""
        key = "name" if kind == "families" else "id"
        rows = (row for other in (self._plugins or {}).values() for row in getattr(other, kind))
        return {getattr(row, key) for row in rows}


def failure_text(failure: PluginFailure) -> str:
    """Return the sentence that says which plug-in is off and why."""
    return tr(
        "The plug-in of {package} is switched off: {hook}: {error}.",
        package=failure.package,
        hook=failure.hook,
        error=failure.error.rstrip("."),
    )


def _rows(given: Sequence[T], kind: type[T], key: str, taken: set[str]) -> tuple[T, ...]:
    rows = tuple(given)
    seen = set(taken)
    for row in rows:
        if not isinstance(row, kind):
            raise TypeError(f"{row!r} is no {kind.__name__}")
        name = getattr(row, key)
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no {key}: small letters, digits, '_', '-' and '.'")
        if name in seen:
            raise ValueError(f"the {key} {name} is taken")
        seen.add(name)
    return rows


def _own_formats() -> set[str]:
    from anylabeling.document.formats.registry import FORMATS

    return {name for info in FORMATS for name in (info.id, *info.aliases)}


def _installed() -> Iterable[EntryPoint]:
    import importlib
    from importlib.metadata import entry_points

    importlib.invalidate_caches()  # a package may have come since Python looked into its folder
    return entry_points(group=GROUP)


def _first_info(entry: EntryPoint) -> PluginInfo:
    package, version = entry.value.partition(":")[0].partition(".")[0], ""
    if entry.dist is not None:
        package, version = entry.dist.name, entry.dist.version
    return PluginInfo(entry.name, package, version, package, PluginState.OFF)
