"""Let the theme "system" follow the desktop, while the program runs, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anylabeling.qt.color_scheme import ColorScheme
from anylabeling.views.theme import set_system_dark
from anylabeling.views.window_state import WindowState

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program

_DARK = "system/dark"


def use_last_scheme() -> None:
    """Begin as the desktop was the last time; it answers once the window is there, which is to keep its colours."""
    dark = WindowState().load(_DARK)
    set_system_dark(dark if isinstance(dark, bool) else None)


def connect_color_scheme(program: Program) -> None:
    """Ask the desktop once the first picture is there, and follow it."""
    window, scheme = program.window, ColorScheme(program)

    def follow(dark: bool | None) -> None:
        window.window_state.save(_DARK, dark)
        set_system_dark(dark)
        if program.settings.config["theme"] == "system":
            window.set_theme("system")

    scheme.changed.connect(follow)
    program.after_first_image(scheme.watch)
