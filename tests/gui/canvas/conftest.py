"""A canvas on the screen, ready to be worked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from canvas_desk import Desk

from anylabeling.views.canvas.canvas import Canvas


@pytest.fixture
def desk(show: Callable[[Canvas], Canvas]) -> Desk:
    """Return a desk with a canvas of 1000 x 800 pixels that shows an empty picture of 400 x 300 at 200 %."""
    canvas = Canvas()
    canvas.resize(1000, 800)
    desk = Desk(show(canvas))
    canvas.setFocus()
    desk.open()
    return desk
