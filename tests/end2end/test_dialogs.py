"""Every dialog of the real program fits on a small screen, in each language, and no two parts share a letter."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenarios_dialogs import OPENING

import anylabeling
from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import write_label_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.actions import ACTION_ROWS, plain_text

SAMPLES = Path(anylabeling.__file__).parent / "resources" / "samples" / "images"
SMALL = (853, 533)
"""A display of 1280x800 at a scale of 1.5."""


def screen_size() -> tuple[int, int]:
    """Return the pixels of the screen, which only a program with windows can ask for."""
    code = (
        "from qtpy.QtGui import QGuiApplication; app = QGuiApplication([]); screen = app.primaryScreen();"
        "print(screen.size().width(), screen.size().height())"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    return int(answer[0]), int(answer[1])


@pytest.mark.parametrize(("language", "smaller"), [("en_US", 1.0), ("vi_VN", 1.0), ("zh_CN", 1.33)])
def test_every_dialog_has_room_on_a_small_screen_and_every_command_is_found(
    language: str,
    smaller: float,
    run_scenario: Callable[..., dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "kittens"
    folder.mkdir()
    first = f"{'a_very_long_name_' * 12}.jpg"
    shutil.copy(sorted(SAMPLES.glob("*.jpg"))[0], folder / first)
    flags = dict.fromkeys((f"flag {number}" for number in range(9)), True)
    box = Shape(ShapeKind.RECTANGLE, np.array([[20.0, 20.0], [80.0, 90.0]]), label="kitten " * 30, flags=flags)
    write_label_file(
        folder / f"{Path(first).stem}.json", Annotation(shapes=(box,)), image_name=first, image_size=(1280, 960)
    )
    width, height = screen_size()
    scale = max(width / SMALL[0], height / SMALL[1]) * smaller
    monkeypatch.setenv("QT_SCALE_FACTOR", f"{scale:.3f}")
    monkeypatch.setenv("ANYLABELING_LANGUAGE", language)
    english = {row.id: plain_text(row) for row in ACTION_ROWS}
    found = run_scenario("open_every_dialog", [str(folder)], first=first, english=english)
    assert found["seen"] == list(OPENING)
    assert found["room"][0] <= SMALL[0]
    assert found["room"][1] <= SMALL[1]
    assert found["menus"] > 20
    assert "\n".join(found["wrong"]) == ""
