"""An action: objects get the names of their colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from anylabeling.plugins import ActionRequest, ActionResult, PluginError, read_image
from anylabeling_colours.boxes_csv import box_of

NAMES = {
    "black": (0, 0, 0), "white": (255, 255, 255), "grey": (128, 128, 128), "red": (210, 40, 40), "green": (50, 150, 60),
    "blue": (40, 70, 200), "yellow": (240, 220, 60), "orange": (240, 140, 40), "brown": (120, 80, 50),
    "violet": (140, 60, 170), "pink": (245, 160, 190),
}  # fmt: skip


def name_by_colour(request: ActionRequest) -> ActionResult:
    """Name the selected objects, or all that have no label."""
    if request.image is None:
        raise PluginError("No picture is open")
    wanted = request.selected or {shape.key for shape in request.shapes if not shape.label}
    if not wanted:
        return ActionResult("Every object has a label. Select those that are to be named by their colour.")
    pixels = read_image(request.image.path)
    names, colours = list(NAMES), np.array(list(NAMES.values()), np.float64)
    shapes = []
    for shape in request.shapes:
        if shape.key in wanted:
            left, top, right, bottom = (max(0, round(side)) for side in box_of(shape))
            part = pixels[top : max(bottom, top + 1), left : max(right, left + 1)].reshape(-1, 3)
            if len(part):
                nearest = np.abs(colours - np.median(part, axis=0)).sum(axis=1).argmin()
                shape = replace(shape, label=names[int(nearest)])
        shapes.append(shape)
    return ActionResult(f"{len(wanted)} objects are named by their colour.", shapes)
