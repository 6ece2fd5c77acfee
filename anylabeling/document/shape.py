"""One labelled object: a kind, points and what is known about it.

Shapes are immutable values. An edit replaces a shape by another with the same ``uid``, so a snapshot for another
thread is a tuple of references, and undo keeps only what differs.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

MAX_COORDINATE = 1e9
"""No picture is larger; beyond it the arithmetic of drawing overflows."""

_uids = itertools.count(1)


class ShapeKind(str, Enum):
    """What the points of a shape mean. All coordinates are pixels in the EXIF-rotated frame, origin top left."""

    POLYGON = "polygon"
    """Three or more vertices, the first not repeated at the end."""
    RECTANGLE = "rectangle"
    """Two opposite corners."""
    ROTATED_RECTANGLE = "rotated_rectangle"
    """Four corners in order around a rectangle at any angle."""
    QUADRILATERAL = "quadrilateral"
    """Four vertices in order."""
    CIRCLE = "circle"
    """Centre and a point on the rim."""
    LINE = "line"
    """Two ends."""
    LINESTRIP = "linestrip"
    """Two or more vertices, not closed."""
    POINT = "point"
    """One position."""
    POINTS = "points"
    """Several positions that are one object; nothing joins them."""
    MASK = "mask"
    """The outline of a bitmap that is kept in ``parameters`` as ``bbox`` and base64 ``png``."""
    CUBOID = "cuboid"
    """A box in perspective: four corners of its front in order, then those of its back that they are joined with."""
    OTHER = "other"
    """A kind of another program; its name and keys are in ``parameters`` and its points are shown as an outline."""


POINT_COUNTS: Mapping[ShapeKind, tuple[int, int | None]] = {
    ShapeKind.POLYGON: (3, None),
    ShapeKind.RECTANGLE: (2, 2),
    ShapeKind.ROTATED_RECTANGLE: (4, 4),
    ShapeKind.QUADRILATERAL: (4, 4),
    ShapeKind.CIRCLE: (2, 2),
    ShapeKind.LINE: (2, 2),
    ShapeKind.LINESTRIP: (2, None),
    ShapeKind.POINT: (1, 1),
    ShapeKind.POINTS: (1, None),
    ShapeKind.MASK: (3, None),
    ShapeKind.CUBOID: (8, 8),
    ShapeKind.OTHER: (1, None),
}
"""The least and the greatest number of points of each kind; None is no limit."""


def new_uid() -> int:
    """Return an identity that no shape of this process has."""
    return next(_uids)


def as_points(points: ArrayLike) -> Points:
    """Return points as a read-only float64 array of shape (n, 2).

    Raises:
        ValueError: When they have another shape, or hold NaN, infinity or a number beyond MAX_COORDINATE.
    """
    array = np.array(points, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != 2:
        raise ValueError(f"points must be a list of [x, y] pairs, got an array of shape {array.shape}")
    # A comparison with NaN is false, so this one finds NaN, infinity and absurd numbers at once.
    if not (np.abs(array) <= MAX_COORDINATE).all():
        raise ValueError("points must be finite numbers")
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """An immutable labelled object.

    Attributes:
        kind: What the points mean.
        points: float64 (n, 2), read-only, pixels in the EXIF-rotated frame. Any array-like is accepted.
        label: The class name; may be empty while a person decides.
        score: The detector's confidence 0-1, or None for a shape that a person drew.
        text: Text that the object shows (OCR).
        description: A remark.
        group_id: Shapes with the same number belong together.
        flags: Named yes/no marks.
        difficult: Marked as hard to recognise.
        attributes: Values of the label's attribute schema.
        locked: Protected against edits.
        parameters: What the kind needs beyond its points (a mask's bitmap, a rotation's direction).
        holes: Outlines that are cut out of a polygon, each like ``points`` and of three vertices or more.
        extra: Keys of the label file that this program does not know, kept verbatim.
        uid: Identity within this process; ``with_changes`` keeps it, ``duplicate`` does not.
    """

    kind: ShapeKind
    points: Points
    label: str = ""
    score: float | None = None
    text: str = ""
    description: str = ""
    group_id: int | None = None
    flags: Mapping[str, bool] = field(default_factory=dict)
    difficult: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)
    locked: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    uid: int = field(default_factory=new_uid)
    holes: tuple[Points, ...] = ()
    known_box: Box | None = field(default=None, init=False, repr=False)
    """Left, top, right and bottom once somebody has asked ``geometry.bounds`` for them. Versions with the same points
    share it, so that a window that shows thousands of other versions adds up no points."""

    def __post_init__(self) -> None:
        if self.holes:
            self._check_holes()
        points = _read_only(self.points)
        object.__setattr__(self, "points", points)
        least, greatest = POINT_COUNTS[self.kind]
        if len(points) < least or (greatest is not None and len(points) > greatest):
            raise ValueError(f"a {self.kind.value} cannot have {len(points)} points")

    def _check_holes(self) -> None:
        if self.kind is not ShapeKind.POLYGON:
            raise ValueError(f"a {self.kind.value} cannot have holes")
        holes = tuple(_read_only(hole) for hole in self.holes)
        if any(len(hole) < 3 for hole in holes):
            raise ValueError("a hole needs three points or more")
        object.__setattr__(self, "holes", holes)

    def with_changes(self, **changes: Any) -> Shape:
        """Return this shape with some fields replaced and the same uid."""
        values = list(_values_of(self))
        try:
            for name, value in changes.items():
                values[_PLACES[name]] = value
        except KeyError as error:
            raise TypeError(f"a shape has no field {error}") from None
        if not _CHECKED.isdisjoint(changes):
            return Shape(*values)
        # Thousands of shapes that get another label must not take long: what is to be checked is as it was.
        same = _made(values)
        if self.known_box is not None:
            remember_box(same, self.known_box)
        return same

    def with_valid_points(self, points: Points, *, uid: int | None = None) -> Shape:
        """Return this shape with other points that are known to be right, for edits of very many shapes.

        Args:
            points: As many as there are, as ``as_points`` makes them; they are not looked at.
            uid: Another identity, or None to keep it.
        """
        values = list(_values_of(self))
        values[_PLACES["points"]] = points
        if uid is not None:
            values[_PLACES["uid"]] = uid
        return _made(values)

    def with_points(self, points: ArrayLike) -> Shape:
        """Return this shape with other points.

        Holes stay where they are. A mask whose outline moves becomes a polygon; the ``direction`` that a rotated
        rectangle may have been read with turns with its first edge.
        """
        new = as_points(points)
        if self.kind is ShapeKind.MASK:
            return self.with_changes(kind=ShapeKind.POLYGON, points=new, parameters={})
        if self.kind is ShapeKind.ROTATED_RECTANGLE and "direction" in self.parameters:
            turn = _edge_angle(new) - _edge_angle(self.points)
            if abs(turn) > 1e-9:
                direction = (float(self.parameters["direction"]) + turn) % (2 * math.pi)
                return self.with_changes(points=new, parameters={**self.parameters, "direction": direction})
        return self.with_changes(points=new)

    def duplicate(self) -> Shape:
        """Return an equal shape that is another object."""
        return self.with_changes(uid=new_uid())

    def content(self) -> tuple[object, ...]:
        """Return everything but the identity, comparable with ``==``."""
        return (
            self.kind,
            tuple(map(tuple, self.points.tolist())),
            self.label,
            self.score,
            self.text,
            self.description,
            self.group_id,
            dict(self.flags),
            self.difficult,
            dict(self.attributes),
            self.locked,
            dict(self.parameters),
            dict(self.extra),
            tuple(tuple(map(tuple, hole.tolist())) for hole in self.holes),
        )


_FIELDS = tuple(one.name for one in fields(Shape) if one.init)
_PLACES = {name: place for place, name in enumerate(_FIELDS)}
_CHECKED = frozenset({"kind", "points", "holes"})
_values_of = operator.attrgetter(*_FIELDS)
_setters = tuple(Shape.__dict__[name].__set__ for name in _FIELDS)
remember_box: Callable[[Shape, Box | None], None] = Shape.__dict__["known_box"].__set__
"""Note the box of a shape. Whoever computes it twice, on two threads, gets the same."""


def _made(values: Iterable[Any]) -> Shape:
    """Return a shape of the values of its fields, in order, without a look at them."""
    shape: Shape = object.__new__(Shape)
    for set_value, value in zip(_setters, values):  # noqa: B905 - a fifth faster
        set_value(shape, value)
    remember_box(shape, None)
    return shape


def _read_only(points: Points) -> Points:
    """Return points as they are when they are what ``as_points`` makes, else made so."""
    if isinstance(points, np.ndarray) and points.dtype == np.float64 and not points.flags.writeable:
        return points
    return as_points(points)


def _edge_angle(points: Points) -> float:
    (x1, y1), (x2, y2) = points[:2]
    return math.atan2(y2 - y1, x2 - x1)
