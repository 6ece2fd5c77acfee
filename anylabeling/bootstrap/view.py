"""Connect what is only about looking: tone, grid, crosshair, navigator, the command palette."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject
from qtpy.QtGui import QColor

from anylabeling.config import Config
from anylabeling.controllers.images import OpenedImage
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr
from anylabeling.views.actions import ACTION_ROWS
from anylabeling.views.canvas.navigator import Navigator
from anylabeling.views.canvas.tone import Tone
from anylabeling.views.theme import apply_font

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.views.dialogs.look import LookDialog

_RECENT = "palette/recent"
_MOST_RECENT = 12
_MOST_TONES = 2000


class View(QObject):
    """How things are shown, from the settings, and the dialog that changes it."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._canvas = program.window.canvas
        self._navigator = Navigator(self._canvas)
        self._tone = Tone()
        self._tones: OrderedDict[str, Tone] = OrderedDict()
        self._shown = ""
        self._dialog: LookDialog | None = None

    def apply(self, config: Config) -> None:
        """Follow the settings."""
        self._canvas.set_grid(int(config["canvas.grid_size"]) if config["canvas.grid"] else 0)
        self._canvas.set_fill_opacity(float(config["canvas.fill_opacity"]))
        color = config["canvas.crosshair_color"]
        self._canvas.marks.set_crosshair(
            QColor(*color) if color else None,
            int(config["canvas.crosshair_width"]),
            float(config["canvas.crosshair_opacity"]),
            config["canvas.crosshair_tools"],
        )
        self._canvas.double_click_closes = config["canvas.double_click"] == "close"
        self._navigator.set_wanted(bool(config["canvas.navigator"]))

    def use_font(self, config: Config) -> None:
        """Write everything in the font that is chosen; say so when it is not installed."""
        family = config["font_family"]
        if not apply_font(self._program.application(), family):
            text = tr("There is no font {family} here.", family=family)
            hint = tr("The system's is used; choose another one in the settings.")
            self._program.notify(Notice(text, hint, level="warning", topic="font"))

    def on_image_opened(self, image: OpenedImage) -> None:
        """Show another picture as it was left, or as it is, but for what goes on from picture to picture."""
        if image.path != self._shown:
            config = self._program.settings.config
            kept, own = self._tone, self._tones.get(image.path, Tone())
            light = kept if config["keep_prev_brightness"] else own
            contrast = kept.contrast if config["keep_prev_contrast"] else own.contrast
            self._set_tone(Tone(light.brightness, contrast, light.gamma, light.saturation))
            if self._dialog is not None:
                self._dialog.show_tone(self._tone)
        self._shown = image.path
        self._navigator.follow()

    def show_dialog(self) -> None:
        """Open the dialog."""
        from anylabeling.views.dialogs.look import LookDialog

        if self._dialog is None:
            config, settings = self._program.settings.config, self._program.settings
            self._dialog = LookDialog(
                self._program.window,
                self._tone,
                float(config["canvas.fill_opacity"]),
                bool(config["canvas.grid"]),
                int(config["canvas.grid_size"]),
            )
            self._dialog.tone_changed.connect(self._on_tone_chosen)
            self._dialog.opacity_changed.connect(lambda value: settings.set("canvas.fill_opacity", value))
            self._dialog.grid_changed.connect(
                lambda on, size: settings.update({"canvas.grid": on, "canvas.grid_size": size})
            )
        self._dialog.show()
        self._dialog.raise_()

    def _on_tone_chosen(self, tone: Tone) -> None:
        """Remember it for the picture while the program runs."""
        self._tones.pop(self._shown, None)
        if tone != Tone():
            self._tones[self._shown] = tone
            if len(self._tones) > _MOST_TONES:
                self._tones.popitem(last=False)
        self._set_tone(tone)

    def _set_tone(self, tone: Tone) -> None:
        if tone != self._tone:
            self._tone = tone
            self._canvas.set_tone(tone)


def connect_view(program: Program) -> None:
    """Connect all of it."""
    view, settings, actions = View(program), program.settings, program.window.actions
    view.apply(settings.config)
    view.use_font(settings.config)
    settings.changed.connect(lambda config, _keys: view.apply(config))
    settings.changed.connect(lambda config, keys: view.use_font(config) if "font_family" in keys else None)
    program.images.opened.connect(view.on_image_opened)
    actions["look"].triggered.connect(lambda _checked=False: view.show_dialog())
    actions["command_palette"].triggered.connect(lambda _checked=False: _show_palette(program))
    program.window.column.focus_lost.connect(lambda: program.window.canvas.setFocus())
    for name, key in (("show_grid", "canvas.grid"), ("show_navigator", "canvas.navigator")):
        actions[name].toggled.connect(lambda on, key=key: settings.set(key, on))
    settings.changed.connect(
        lambda config, keys: actions["show_grid"].setChecked(config["canvas.grid"]) if "canvas.grid" in keys else None
    )


def _show_palette(program: Program) -> None:
    from anylabeling.views.dialogs.command_palette import CommandPalette

    window, state = program.window, program.window.window_state
    rows = (*ACTION_ROWS, *program.plugin_work.menu.rows)
    palette = CommandPalette(window, window.actions, state.load_texts(_RECENT), rows)
    palette.recent_changed.connect(lambda ids: state.save(_RECENT, ids[:_MOST_RECENT]))
    palette.open_over(window)
