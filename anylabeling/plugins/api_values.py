"""The frozen values that plug-ins are given and give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
