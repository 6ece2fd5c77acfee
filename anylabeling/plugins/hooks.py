"""Tell plug-ins what happens: on the thread that tells it, or on another one for those who must not wait."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from anylabeling import __version__
from anylabeling.document.model_result import ModelResult
from anylabeling.document.shape import Shape
from anylabeling.messages.auto_labeling import AutoLabelSummary
from anylabeling.plugins.api import HOOKS, Plugin
from anylabeling.plugins.api_values import ImageData, PluginError, ProgramData, RunData, ShapeData
from anylabeling.plugins.host import Loaded, PluginFailed, PluginHost
from anylabeling.plugins.values import all_data, shape_data, shapes_from

_logger = logging.getLogger(__name__)

Tell = Callable[[Loaded, str, Callable[[Any], object], Any], object]


class PluginHooks:
    """What the plug-ins of a program are told of."""

    def __init__(self, host: PluginHost, tell: Tell | None = None) -> None:
        """Make it.

        Args:
            host: The plug-ins.
            tell: Calls a function of a plug-in with a value, now or later; now when None.
        """
        self._host = host
        self._tell = tell or self._tell_now

    def started(self, *, has_window: bool, language: str = "en_US") -> None:
        """Tell that the program runs."""
        self._all("on_started", lambda: ProgramData(__version__, has_window, language))

    def tell(self, hook: str, value: Callable[[], Any]) -> None:
        """Tell whoever wants to know; the value is made when there is somebody."""
        self._all(hook, value)

    def shape_finished(self, image: Callable[[], ImageData], shape: Shape) -> None:
        """Tell of a shape that the person has drawn."""
        for loaded in self._host.with_hook("on_shape_finished"):
            if loaded.plugin is not None:
                finished = partial(_finished, loaded.plugin, image())
                self._tell(loaded, HOOKS["on_shape_finished"], finished, shape_data(shape))

    def run_finished(self, summary: AutoLabelSummary) -> None:
        """Tell what came of labelling many pictures."""
        self._all("on_run_finished", lambda: run_data(summary))

    def closing(self) -> None:
        """Tell that the program ends."""
        for loaded in self._host.with_hook("on_closing"):
            if loaded.plugin is not None:
                self._tell(loaded, HOOKS["on_closing"], partial(_closing, loaded.plugin), None)

    @property
    def changes_results(self) -> bool:
        """Whether any plug-in wants to see what a model has found before it is added."""
        return bool(self._host.with_hook("change_model_shapes"))

    def change_result(self, path: str, size: tuple[int, int], result: ModelResult) -> ModelResult:
        """Return a model's result as the plug-ins want it; one that fails leaves it as it was.

        Any thread may call it, and waits.
        """
        shapes: Sequence[Shape] = result.shapes
        image = ImageData(path, *size)
        for loaded in self._host.with_hook("change_model_shapes"):
            shapes = self._changed(loaded, image, shapes)
        return result if shapes is result.shapes else replace(result, shapes=tuple(shapes))

    def _changed(self, loaded: Loaded, image: ImageData, shapes: Sequence[Shape]) -> Sequence[Shape]:
        plugin = loaded.plugin
        if plugin is None:
            return shapes

        def change() -> Sequence[Shape]:
            return shapes_from(plugin.change_model_shapes(image, all_data(shapes)), shapes)

        try:
            return self._host.call(loaded, HOOKS["change_model_shapes"], change)
        except PluginError as error:
            _logger.warning("%s left the shapes of %s as they were: %s", loaded.info.package, image.path, error)
        except PluginFailed:
            pass
        return shapes

    def _all(self, hook: str, value: Callable[[], Any]) -> None:
        listeners = self._host.with_hook(hook)
        if not listeners:
            return
        made = value()
        for loaded in listeners:
            self._tell(loaded, HOOKS[hook], getattr(loaded.plugin, hook), made)

    def _tell_now(self, loaded: Loaded, hook: str, function: Callable[[Any], object], value: Any) -> None:
        call_hook(self._host, loaded, hook, function, value)


def _finished(plugin: Plugin, image: ImageData, shape: ShapeData) -> None:
    plugin.on_shape_finished(image, shape)


def _closing(plugin: Plugin, _value: None) -> None:
    plugin.on_closing()


def call_hook(host: PluginHost, loaded: Loaded, hook: str, function: Callable[[Any], object], value: Any) -> None:
    """Call a plug-in that nobody waits for; what it raises for people is logged."""
    with contextlib.suppress(PluginFailed):
        try:
            host.call(loaded, hook, function, value)
        except PluginError as error:
            _logger.warning("%s: %s: %s", loaded.info.package, hook, error)


def run_data(summary: AutoLabelSummary) -> RunData:
    """Return what came of a run for plug-ins."""
    return RunData(
        summary.labelled,
        summary.skipped,
        summary.failed,
        summary.shapes,
        summary.per_class,
        summary.cancelled,
        summary.seconds,
    )
