"""The performance settings: the dialog, the figures it shows, and what follows a change besides the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anylabeling.config import Config
from anylabeling.messages.models import ModelInfo

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.views.dialogs.performance_settings import PerformanceSettingsDialog

_BACKEND_KEYS = frozenset({"performance.preferred_backend", "performance.tensorrt_enabled"})


def make_performance_dialog(program: Program) -> PerformanceSettingsDialog:
    """Build the dialog and connect it."""
    from anylabeling.views.dialogs.performance_settings import PerformanceSettingsDialog

    settings, diagnostics = program.settings, program.diagnostics
    dialog = PerformanceSettingsDialog(settings.config, program.window)
    dialog.setting_changed.connect(settings.set)
    dialog.reset_requested.connect(lambda: settings.reset(dialog.keys()))
    dialog.shown_changed.connect(diagnostics.watch)
    settings.changed.connect(lambda config, _keys: dialog.set_values(config))
    diagnostics.modules_known.connect(
        lambda states: dialog.set_module_status([(row.name, row.state, row.text, row.command) for row in states])
    )
    diagnostics.figures_changed.connect(dialog.live.show_figures)
    diagnostics.result_cache_changed.connect(dialog.set_result_cache)
    diagnostics.ask()
    return dialog


def connect_performance(program: Program) -> None:
    """Let the loaded model follow the settings that say what runs it, and end pre-loading with the model."""

    def follow(_config: Config, keys: frozenset[str]) -> None:
        info = program.services.models.info
        tensorrt = info is not None and info.choice.backend == "tensorrt"
        matters = bool(keys & _BACKEND_KEYS) or (tensorrt and any("tensorrt" in key for key in keys))
        if info is not None and matters:
            program.auto_labeling.load(info.path)

    def end_preloading(info: ModelInfo | None) -> None:
        if info is None:
            program.images.preload_around((), -1, 0)

    program.settings.changed.connect(follow)
    program.auto_labeling.model_changed.connect(end_preloading)
