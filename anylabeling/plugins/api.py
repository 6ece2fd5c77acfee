"""What plug-ins are made of and what they are given: frozen values, none of them the program's own.

Positions are pixels of the whole picture as it is shown, with the origin at the upper left corner. Pictures are uint8
arrays (height, width, 3) in RGB, upright. Nothing here knows Qt, so plug-ins work without a window, too.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

API_VERSION = 1
"""Version of this interface. It goes up when a plug-in of before would not work any more."""

Picture = NDArray[np.uint8]
Point = tuple[float, float]


class PluginError(Exception):
    """Something that went wrong for a reason that the person can understand, such as a file that is not there.

    The text is shown to the person. A plug-in that raises anything else is switched off.
    """


@dataclass(frozen=True, slots=True)
class ShapeData:
    """An object in a picture.

    Attributes:
        kind: "polygon" (3 points or more), "rectangle" (2 corners), "rotated_rectangle" or "quadrilateral" (4 corners),
            "circle" (centre and rim), "line" (2), "linestrip" (2 or more), "point" (1), "points" (1 or more), "mask"
            (its outline) or "cuboid" (8 corners). Masks cannot be made, only kept.
        points: The points.
        label: Its class.
        score: Confidence of a model, 0-1; None for a shape that a person drew.
        text: What is written on it.
        description: A remark.
        group_id: Shapes with the same number belong together.
        flags: Named yes/no marks.
        attributes: Named values.
        difficult: Marked as hard to recognise.
        holes: Outlines that are cut out of a polygon.
        key: Tells a shape of the program from the others, as long as the picture is open; 0 for a new one. A changed
            copy (``dataclasses.replace``) keeps it.
    """

    kind: str
    points: tuple[Point, ...]
    label: str = ""
    score: float | None = None
    text: str = ""
    description: str = ""
    group_id: int | None = None
    flags: Mapping[str, bool] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    difficult: bool = False
    holes: tuple[tuple[Point, ...], ...] = ()
    key: int = 0


@dataclass(frozen=True, slots=True)
class ImageData:
    """A picture.

    Attributes:
        path: Its file.
        width: In pixels.
        height: In pixels.
    """

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class FolderData:
    """A folder that was opened.

    Attributes:
        path: The folder.
        images: All images in it, in the order of the list.
    """

    path: str
    images: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgramData:
    """The program that a plug-in runs in.

    Attributes:
        version: Of the program.
        has_window: False for commands without one.
        language: Such as "en_US".
    """

    version: str
    has_window: bool
    language: str = "en_US"


@dataclass(frozen=True, slots=True)
class SavedData:
    """The labels of a picture that are about to be written.

    Attributes:
        image: The picture.
        shapes: Its objects.
        flags: Its marks.
    """

    image: ImageData
    shapes: tuple[ShapeData, ...]
    flags: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunData:
    """What came of labelling many pictures.

    Attributes:
        labelled: Pictures that were labelled.
        skipped: Pictures that were left alone.
        failed: Pairs of picture and reason.
        objects: Objects that were found.
        per_class: Pairs of class and number, most first.
        cancelled: Whether it was stopped before its end.
        seconds: How long it took.
    """

    labelled: int
    skipped: int
    failed: tuple[tuple[str, str], ...]
    objects: int
    per_class: tuple[tuple[str, int], ...]
    cancelled: bool
    seconds: float


# Models


@dataclass(frozen=True, slots=True)
class PredictOptions:
    """What is asked of a model.

    Attributes:
        floor: The least score that is of use. The person's own threshold is applied later, and may change without
            another call, so everything above the floor is wanted.
    """

    floor: float = 0.05


@dataclass(frozen=True, slots=True)
class ModelSource:
    """What a model is to be loaded from.

    Attributes:
        path: The file that the person chose: a config.yaml, or a file of the family.
        config: What a config.yaml says; empty for another file.
    """

    path: Path
    config: Mapping[str, Any] = field(default_factory=dict)


class Model(ABC):
    """A loaded model. Its methods are called on threads of the program, as many at once as ``concurrency`` says.

    Attributes:
        class_names: All classes; empty where they are known only once they are found.
        task: "detect", "segment", "pose", "obb" or "text": what the program calls the model.
        device: Where it runs, for people.
        weights: What tells it from a model that finds something else, such as a digest of its file; empty where nobody
            can tell. Only with it the program remembers what was found.
        batch_size: The most pictures in one call that it gains by.
        concurrency: How many calls may run at once.
        max_side_px: Larger pictures are made smaller for it; 0 for no limit.
        removes_overlaps: Whether objects that overlap are gone from what it returns; else the program removes them, as
            the person wants it.
    """

    class_names: Sequence[str] = ()
    task: str = "detect"
    device: str = "CPU"
    weights: str = ""
    batch_size: int = 1
    concurrency: int = 1
    max_side_px: int = 0
    removes_overlaps: bool = True

    @abstractmethod
    def predict_shapes(self, image: Picture, options: PredictOptions) -> Sequence[ShapeData]:
        """Return the objects in a picture, in pixels of ``image``; those with the same group_id are one object.

        Args:
            image: uint8 (height, width, 3), RGB, not to be written to.
            options: What is asked.

        Raises:
            PluginError: When it fails at this picture, for a reason that the person can understand.
        """

    def predict_shapes_batch(self, images: Sequence[Picture], options: PredictOptions) -> list[Sequence[ShapeData]]:
        """Return the objects in each of some pictures, which may differ in size."""
        return [self.predict_shapes(image, options) for image in images]

    def close(self) -> None:  # noqa: B027 - most have nothing to free
        """Free what it holds; called once, when nobody uses it any more."""


@dataclass(frozen=True, slots=True)
class ModelFamily:
    """A kind of models.

    Attributes:
        name: The ``type`` of a config.yaml that names such a model; small letters, digits and underscores.
        title: For people.
        load: Loads a model; raises PluginError when it cannot be loaded.
        suffixes: Endings of files that are such models by themselves, such as ".myw".
        matches: Looks at a file with one of these endings and says whether it is one; None takes all of them.
    """

    name: str
    title: str
    load: Callable[[ModelSource], Model]
    suffixes: tuple[str, ...] = ()
    matches: Callable[[Path], bool] | None = None


# Formats of data sets


@dataclass(frozen=True, slots=True)
class ExportedImage:
    """A picture on its way into a data set.

    Attributes:
        name: Its place below a folder of pictures, with forward slashes; no other picture has it, also without its
            ending.
        width: In pixels.
        height: In pixels.
        shapes: Its objects, of the kinds that the format holds.
        flags: Its marks.
        split: "train", "val", "test", or empty.
        text: What is written on it.
        description: A remark.
        tags: Its tags.
        checked: Whether somebody has checked it.
    """

    name: str
    width: int
    height: int
    shapes: tuple[ShapeData, ...]
    flags: Mapping[str, bool] = field(default_factory=dict)
    split: str = ""
    text: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    checked: bool = False

    @property
    def stem(self) -> str:
        """The name without its ending."""
        folder, slash, file = self.name.rpartition("/")
        return folder + slash + (file.rpartition(".")[0] or file)


@dataclass(frozen=True, slots=True)
class FileData:
    """A file of a data set.

    Attributes:
        path: Its place in the data set, with forward slashes.
        content: What is in it.
    """

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """What a writer is to write.

    Attributes:
        target: Folder of the data set; there may be one already, whose class numbers are to stay.
        splits: The parts that there will be; empty for one piece.
        known_classes: Labels that get the first numbers, in this order.
        with_images: Whether the pictures are put into the data set, too.
    """

    target: Path
    splits: tuple[str, ...] = ()
    known_classes: tuple[str, ...] = ()
    with_images: bool = True


class FormatWriter(ABC):
    """Writes one data set. Its methods are called on one thread at a time, ``add`` in the order of the pictures."""

    def image_places(self, image: ExportedImage) -> Sequence[str]:
        """Return where the picture goes in the data set, with forward slashes."""
        return ["/".join(part for part in ("images", image.split, image.name) if part)]

    @abstractmethod
    def add(self, image: ExportedImage) -> Sequence[FileData]:
        """Take a picture and return the files that are complete now.

        Raises:
            PluginError: When this picture cannot be written; the others are.
        """

    def finish(self) -> Sequence[FileData]:
        """Return the files of the data set as a whole."""
        return ()


@dataclass(frozen=True, slots=True)
class ImportedImage:
    """A picture as a data set names it.

    Attributes:
        name: Its place below a folder of pictures, with forward slashes.
        places: Files that may be the picture, the likeliest first.
        size: Width and height as the data set states them, or None.
        split: "train", "val", "test", or empty.
        data: What the reader needs to read its labels.
    """

    name: str
    places: tuple[Path, ...] = ()
    size: tuple[int, int] | None = None
    split: str = ""
    data: Any = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a picture.

    Attributes:
        shapes: Its objects.
        flags: Its marks.
        text: What is written on it.
        description: A remark.
        tags: Its tags.
    """

    shapes: tuple[ShapeData, ...] = ()
    flags: Mapping[str, bool] = field(default_factory=dict)
    text: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()


class FormatReader(ABC):
    """Reads one data set. ``read`` may be called on several threads at once."""

    @abstractmethod
    def entries(self) -> Sequence[ImportedImage]:
        """Return the pictures that it has labels for.

        Raises:
            PluginError: When it is no such data set.
        """

    @abstractmethod
    def read(self, image: ImportedImage, size: tuple[int, int]) -> Labels:
        """Return the labels of a picture.

        Args:
            image: One of ``entries``.
            size: Its real width and height in pixels.

        Raises:
            PluginError: When they cannot be understood.
        """


@dataclass(frozen=True, slots=True)
class DatasetFormat:
    """A format of data sets.

    Attributes:
        id: Its name on the command line; small letters, digits and hyphens.
        title: For people.
        holds: What it is for, in a few words.
        writer: Makes a writer; None for a format that is only read.
        reader: Makes a reader of a folder, or of a file in it; None for one that is only written.
        detect: Says whether a folder or file looks like this format; None where nobody can tell.
        kinds: Kinds of shapes that it holds; None for all. Others are left out, and the report says so.
        fields: What it holds besides label and points: any of "score", "text", "description", "group", "flags",
            "difficult", "attributes", "image flags", "image text", "image description", "image tags", "checked". The
            report names what is lost.
        needs_images: Whether the data set is nothing without pictures.
    """

    id: str
    title: str
    holds: str = ""
    writer: Callable[[WriteRequest], FormatWriter] | None = None
    reader: Callable[[Path], FormatReader] | None = None
    detect: Callable[[Path], bool] | None = None
    kinds: frozenset[str] | None = None
    fields: frozenset[str] = frozenset()
    needs_images: bool = False


# Actions


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


def read_image(path: str | Path, *, min_side_px: int | None = None) -> Picture:
    """Read a picture of any format that the program knows, upright.

    Args:
        path: The file.
        min_side_px: Allows a smaller version whose long side has at least so many pixels.

    Returns:
        uint8 (height, width, 3), RGB, read-only.

    Raises:
        PluginError: When it cannot be read.
    """
    from anylabeling.codecs import PixelFormat, decode
    from anylabeling.errors import ImageError

    try:
        return decode(path, pixel_format=PixelFormat.RGB, min_side_px=min_side_px).pixels
    except ImageError as error:
        raise PluginError(error.user_text) from error
