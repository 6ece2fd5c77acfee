"""What a model that answers with finished shapes has found, in the form in which all results are chosen from."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling import accel
from anylabeling.document.geometry import bounds, moved, rotated_rectangle_angle
from anylabeling.document.shape import Points, Shape, ShapeKind
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.detections import MAX_CANDIDATES, Candidates
from anylabeling.services.auto_labeling.object_details import Indices, ObjectDetails
from anylabeling.services.auto_labeling.rotated_boxes import nms_rotated

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.detections import Detections


class NameTable:
    """The classes of a model, by number. Any thread may call it.

    Names that are not known beforehand get the next number and keep it.
    """

    def __init__(self, names: Iterable[str] = (), *, is_open: bool = False) -> None:
        """Begin with the names that are known.

        Args:
            names: In the order of their numbers.
            is_open: Whether others may come.
        """
        self._lock = threading.Lock()
        self._numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        self._names = tuple(self._numbers)
        self.is_open = is_open

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are known by now."""
        return self._names

    def number(self, name: str) -> int | None:
        """Return the number of a name; None for one that is not among them."""
        number = self._numbers.get(name)
        if number is not None or not self.is_open:
            return number
        with self._lock:
            number = self._numbers.setdefault(name, len(self._numbers))
            self._names = tuple(self._numbers)
        return number


class _Object(NamedTuple):
    shapes: tuple[Shape, ...]
    score: float
    class_id: int
    place: int


@dataclass(frozen=True, slots=True, eq=False)
class ShapeDetails(ObjectDetails):
    """The shapes of each object, in the picture's own pixels.

    Attributes:
        objects: One tuple of shapes for each box; several are one object, and get a group of their own.
        places: Where each object stood in the model's own order, which stays that of the shapes.
    """

    objects: tuple[tuple[Shape, ...], ...]
    places: NDArray[np.int64]

    def take(self, indices: Indices) -> ShapeDetails:
        """Return the details of some of the boxes."""
        chosen = tuple(self.objects[index] for index in np.asarray(indices).tolist())
        return replace(self, objects=chosen, places=self.places[indices])

    def suppress(
        self,
        boxes: NDArray[np.float32],
        scores: NDArray[np.float32],
        class_ids: NDArray[np.int32],
        options: DetectOptions,
    ) -> Indices:
        """Return which objects survive; turned boxes overlap as turned boxes do, all others by what is around them."""
        first = [shapes[0] for shapes in self.objects]
        if not first or any(shape.kind is not ShapeKind.ROTATED_RECTANGLE for shape in first):
            return accel.nms(boxes, scores, class_ids, options.iou, options.max_detections)
        turned = np.array([_turned_box(shape.points) for shape in first], np.float64)
        return nms_rotated(turned, scores, class_ids, options.iou, options.max_detections)

    def moved(self, boxes: NDArray[np.float32], left: float, top: float) -> ShapeDetails:
        """Return the shapes in the picture that this one is a part of."""
        del boxes
        return replace(
            self, objects=tuple(tuple(moved(shape, left, top) for shape in shapes) for shapes in self.objects)
        )

    @classmethod
    def joined(cls, parts: Sequence[ObjectDetails], members: Sequence[Indices]) -> ShapeDetails:
        """Return the shapes of objects of several parts; pieces of boxes and outlines become one of them."""
        rows = [shapes for part in parts if isinstance(part, ShapeDetails) for shapes in part.objects]
        objects = tuple(_united([rows[row] for row in each.tolist()]) for each in members)
        return cls(objects, np.arange(len(objects)))

    def to_shapes(self, found: Detections, class_names: Sequence[str]) -> list[Shape]:
        """Return all shapes in the model's order."""
        del found, class_names  # the shapes have their labels
        result: list[Shape] = []
        group = 0
        for index in np.argsort(self.places, kind="stable").tolist():
            shapes = self.objects[index]
            group += len(shapes) > 1
            result += [
                shape.with_changes(uid=shape.duplicate().uid, group_id=group if len(shapes) > 1 else None)
                for shape in shapes
            ]
        return result


def candidates_of(
    shapes: Sequence[Shape],
    table: NameTable,
    size: tuple[int, int],
    *,
    floor: float,
    is_suppressed: bool,
) -> Candidates:
    """Return shapes as candidates: those of one group are one object.

    A shape whose label is no class of a closed table is left out, as are shapes below the floor.

    Args:
        shapes: In the picture's own pixels. One without a score counts as certain.
        table: The classes.
        size: Width and height of the picture in pixels.
        floor: The least score.
        is_suppressed: Whether overlapping objects are gone already.
    """
    objects = [one for one in _objects(shapes, table) if one.score > floor]
    objects.sort(key=lambda one: -one.score)
    del objects[MAX_CANDIDATES:]
    boxes = np.array([_box_around(one.shapes) for one in objects], np.float32).reshape(-1, 4)
    return Candidates(
        boxes=boxes,
        scores=np.array([one.score for one in objects], np.float32),
        class_ids=np.array([one.class_id for one in objects], np.int32),
        image_width=size[0],
        image_height=size[1],
        floor=floor,
        is_suppressed=is_suppressed,
        details=ShapeDetails(tuple(one.shapes for one in objects), np.array([one.place for one in objects], np.int64)),
        names=table.names if table.is_open else None,
    )


def scaled(shape: Shape, across: float, down: float) -> Shape:
    """Return a shape of a smaller or larger version of a picture in the pixels of that picture."""
    scale = np.array([across, down])
    is_mask = shape.kind is ShapeKind.MASK  # whose bitmap is of the other size
    return shape.with_changes(
        kind=ShapeKind.POLYGON if is_mask else shape.kind,
        points=np.round(shape.points * scale, 2),
        holes=tuple(np.round(hole * scale, 2) for hole in shape.holes),
        parameters={} if is_mask else shape.parameters,
    )


def _objects(shapes: Sequence[Shape], table: NameTable) -> list[_Object]:
    groups: dict[object, list[Shape]] = {}
    for place, shape in enumerate(shapes):
        groups.setdefault(("alone", place) if shape.group_id is None else shape.group_id, []).append(shape)
    found: list[_Object] = []
    for members in groups.values():
        # Of a pose, the box says what it is; its points have names of their own.
        first = max(members, key=lambda shape: shape.kind not in (ShapeKind.POINT, ShapeKind.POINTS))
        class_id = table.number(first.label)
        if class_id is None:
            continue
        ordered = (first, *(shape for shape in members if shape is not first))
        score = 1.0 if first.score is None else float(first.score)
        found.append(_Object(ordered, score, class_id, len(found)))
    return found


def _united(pieces: Sequence[tuple[Shape, ...]]) -> tuple[Shape, ...]:
    """Return the shapes of an object from those of its pieces, best first."""
    best = pieces[0]
    if len(pieces) == 1:
        return best
    if all(shapes[0].kind is ShapeKind.RECTANGLE for shapes in pieces):
        corners = np.array([bounds(shapes[0]) for shapes in pieces], np.float64)
        around = np.array([corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)])
        return (best[0].with_points(around), *best[1:])
    flat = [shape for shapes in pieces for shape in shapes]
    if any(shape.kind is not ShapeKind.POLYGON for shape in flat):
        return best
    from anylabeling.document import booleans

    outlines = booleans.outlines(booleans.union([booleans.area_of(shape) for shape in flat]))
    return tuple(best[0].with_changes(points=part.outer, holes=part.holes) for part in outlines) or best


def _box_around(shapes: tuple[Shape, ...]) -> tuple[float, float, float, float]:
    areas = [shape for shape in shapes if shape.kind not in (ShapeKind.POINT, ShapeKind.POINTS)] or shapes
    lefts, tops, rights, bottoms = zip(*map(bounds, areas), strict=True)
    # A point has no area, and a box without one would count as nothing.
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    return left, top, max(right, left + 1.0), max(bottom, top + 1.0)


def _turned_box(points: Points) -> tuple[float, float, float, float, float]:
    centre = points.mean(axis=0)
    across = float(np.hypot(*(points[1] - points[0])))
    down = float(np.hypot(*(points[2] - points[1])))
    return float(centre[0]), float(centre[1]), across, down, rotated_rectangle_angle(points)
