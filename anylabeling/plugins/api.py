"""What plug-ins are made of and what they are given: frozen values, none of them the program's own.

Positions are pixels of the whole picture as it is shown, with the origin at the upper left corner. Pictures are uint8
arrays (height, width, 3) in RGB, upright. Nothing here knows Qt, so plug-ins work without a window, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from anylabeling.plugins.api_formats import DatasetFormat
from anylabeling.plugins.api_models import ModelFamily
from anylabeling.plugins.api_values import FolderData, ImageData, ProgramData, RunData, SavedData, ShapeData

API_VERSION = 1
"""Version of this interface. It goes up when a plug-in of before would not work any more."""


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """What an action is run on.

    Attributes:
        image: The picture on the screen, or None.
        shapes: Its objects, the lowest first.
        selected: Keys of those that are selected.
        flags: Marks of the picture.
        folder: The folder that is open, or empty.
        images: The pictures in the list, in its order.
    """

    image: ImageData | None = None
    shapes: tuple[ShapeData, ...] = ()
    selected: frozenset[int] = frozenset()
    flags: Mapping[str, bool] = field(default_factory=dict)
    folder: str = ""
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What is to be done after an action.

    Attributes:
        message: A sentence for the person; empty for none.
        shapes: All objects that the picture is to have, as one step that can be undone; None changes nothing.
    """

    message: str = ""
    shapes: Sequence[ShapeData] | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the person can choose from Tools > Plug-ins.

    Attributes:
        id: Its name within the plug-in; small letters, digits and underscores.
        title: What the menu says.
        run: Does it, on a thread of the program; raises PluginError when it cannot be done.
        needs: "image" or "folder": what must be open; empty for nothing.
        shortcut: Keys such as "Ctrl+Alt+K", which it gets where nothing else has them; the person may choose others.
        tooltip: More words; may be empty.
    """

    id: str
    title: str
    run: Callable[[ActionRequest], ActionResult | None]
    needs: str = ""
    shortcut: str = ""
    tooltip: str = ""


class Plugin:
    """What a package adds to the program. A subclass says what it brings, and overrides what it wants to know of.

    It is made once, without arguments. All methods are called on threads of the program, those of one plug-in one after
    the other, except ``change_model_shapes``, which may be called by several threads at once. A method that raises
    anything but PluginError switches the plug-in off for the session.

    Attributes:
        api_version: The version of this interface that it was made for.
        title: For people; the name of its package when empty.
    """

    api_version: ClassVar[int] = 0
    title: ClassVar[str] = ""

    def families(self) -> Sequence[ModelFamily]:
        """Return kinds of models."""
        return ()

    def formats(self) -> Sequence[DatasetFormat]:
        """Return formats of data sets."""
        return ()

    def actions(self) -> Sequence[Action]:
        """Return actions."""
        return ()

    def on_started(self, program: ProgramData) -> None:
        """Know that the program runs."""

    def on_folder_opened(self, folder: FolderData) -> None:
        """Know which folder was opened."""

    def on_image_shown(self, image: ImageData) -> None:
        """Know which picture is on the screen."""

    def change_model_shapes(self, image: ImageData, shapes: tuple[ShapeData, ...]) -> Sequence[ShapeData]:
        """Return what is to be added of what a model has found: the same shapes, changed ones, fewer or more.

        It is waited for, once for each picture, and again when the person moves a threshold.
        """
        return shapes

    def on_shape_finished(self, image: ImageData, shape: ShapeData) -> None:
        """Know of a shape that the person has drawn."""

    def on_saving(self, saved: SavedData) -> None:
        """Know of labels that are about to be written. Nobody waits for this, and nothing can be changed."""

    def on_run_finished(self, run: RunData) -> None:
        """Know what came of labelling many pictures."""

    def on_closing(self) -> None:
        """Know that the program ends; it waits two seconds at most."""


HOOKS: Mapping[str, str] = {
    "on_started": "started",
    "on_folder_opened": "folder opened",
    "on_image_shown": "image shown",
    "change_model_shapes": "shapes of a model",
    "on_shape_finished": "shape finished",
    "on_saving": "saving",
    "on_run_finished": "run finished",
    "on_closing": "closing",
}
"""Methods that a plug-in may override, and what lists call them."""
