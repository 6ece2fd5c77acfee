"""The file list shows for which pictures the AI tool answers at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from label_desk import Desk
from qtpy.QtCore import Qt

from anylabeling.views.widgets.row_delegate import BADGE_ROLE

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))

import tiny_prompt_models as tiny  # noqa: E402

Open = Callable[..., Desk]


def marked(desk: Desk) -> list[int]:
    model = desk.window.file_dock.model
    return [row for row in range(model.rowCount()) if model.index(row).data(BADGE_ROLE)]


def test_pictures_that_the_ai_tool_is_ready_for_are_marked(open_desk: Open, folder: Path, tmp_path: Path) -> None:
    encoder, _ = tiny.save_pair(tmp_path)
    settings = {"performance.preload_count": 2, "performance.preload_enabled": True}
    desk = open_desk(**settings)
    desk.program.load_model(str(encoder))
    desk.wait_for(lambda: desk.program.prompting.info is not None, 30.0)
    assert marked(desk) == []
    desk.window.actions["tool_ai"].trigger()
    desk.wait_for(lambda: marked(desk) == [0, 1, 2], 30.0)
    row = desk.window.file_dock.model.index(1)
    tip = row.data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == [
        str(desk.image(1)),
        "Ready for the AI tool: what its model makes of the picture is kept.",
    ]
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).startswith("01.jpg, no labels. Ready for the AI tool")
    desk.program.navigation.go_to(str(desk.image(8)))
    desk.wait_for(lambda: marked(desk) == [0, 1, 2, 8, 9, 10], 30.0)
    # A picture that another program has replaced is another one.
    stamp = (folder / "01.jpg").stat()
    os.utime(folder / "01.jpg", ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 10**9))
    desk.window.actions["rescan_folder"].trigger()
    desk.program.navigation.go_to(str(desk.image(11)))
    desk.wait_for(lambda: marked(desk) == [0, 2, 8, 9, 10, 11], 30.0)
    desk.program.prompting.unload()
    desk.wait_for(lambda: marked(desk) == [])
    # The disk has them; nothing is encoded again.
    desk.window.actions["tool_select"].trigger()
    desk.program.load_model(str(encoder))
    desk.wait_for(lambda: marked(desk) == [0, 2, 8, 9, 10, 11], 30.0)
