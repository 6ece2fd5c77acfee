"""How often Python looks for cyclic garbage."""

from __future__ import annotations

import gc

_THRESHOLDS = (20_000, 20, 50)


def calm_collector() -> None:
    """Look less often, for programs with a window.

    By default every 700 new objects start a look, and some of these go through all that the program holds. With
    thousands of shapes that took half of the time of adding them.
    """
    gc.set_threshold(*_THRESHOLDS)


def spare_what_is_there() -> None:
    """Leave out what exists now, such as modules and widgets, from all later looks."""
    gc.freeze()
