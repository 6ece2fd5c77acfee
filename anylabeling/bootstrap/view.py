"""Connect what is only about looking: the command palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program

_RECENT = "palette/recent"
_MOST_RECENT = 12


def connect_view(program: Program) -> None:
    """Connect the command palette."""
    program.window.actions["command_palette"].triggered.connect(lambda _checked=False: _show_palette(program))


def _show_palette(program: Program) -> None:
    from anylabeling.views.dialogs.command_palette import CommandPalette

    window, state = program.window, program.window.window_state
    recent = state.load_texts(_RECENT)
    palette = CommandPalette(window, window.actions, recent)
    palette.destroyed.connect(lambda: state.save(_RECENT, recent[:_MOST_RECENT]))
    palette.open_over(window)
