"""An example of a plug-in for AnyLabeling: objects by their colour.

Only ``anylabeling.plugins`` is used of the program; nothing slow is imported before it is needed.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from anylabeling.plugins import (
    Action,
    DatasetFormat,
    ImageData,
    ModelFamily,
    Plugin,
    RunData,
    ShapeData,
)
from anylabeling_colours import boxes_csv, naming, outlines


class ColourPlugin(Plugin):
    """What the package adds to the program."""

    api_version = 1
    title = "Colours"

    def families(self) -> Sequence[ModelFamily]:
        """Return the models that outline what has a colour."""
        return [ModelFamily("colour_outline", "Outlines by colour", outlines.load)]

    def formats(self) -> Sequence[DatasetFormat]:
        """Return the table of boxes."""
        return [
            DatasetFormat(
                "boxes-csv",
                "Table of boxes (CSV)",
                "boxes",
                writer=boxes_csv.TableWriter,
                reader=boxes_csv.TableReader,
                detect=boxes_csv.looks_like_one,
                kinds=frozenset({"rectangle", "polygon", "rotated_rectangle", "quadrilateral", "circle"}),
            )
        ]

    def actions(self) -> Sequence[Action]:
        """Return the action that names objects."""
        return [
            Action(
                "name_by_colour",
                "Name by Colour",
                naming.name_by_colour,
                needs="image",
                shortcut="Ctrl+Alt+N",
                tooltip="Give the selected objects, or all without a label, the names of their colours",
            )
        ]

    def change_model_shapes(self, image: ImageData, shapes: tuple[ShapeData, ...]) -> Sequence[ShapeData]:
        """Round the points of what a model has found to whole pixels."""
        return [replace(shape, points=tuple((round(x), round(y)) for x, y in shape.points)) for shape in shapes]

    def on_run_finished(self, run: RunData) -> None:
        """Note what came of a run over many pictures."""
        log = os.environ.get("ANYLABELING_COLOURS_LOG")
        if log:
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(f"{run.labelled} pictures, {run.objects} objects, {len(run.failed)} failed\n")
