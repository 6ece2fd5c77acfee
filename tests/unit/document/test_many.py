"""What is done to many shapes at once is what is done to each of them."""

from __future__ import annotations

import numpy as np
import pytest

from anylabeling.document.geometry import bounds, moved
from anylabeling.document.many import bounds_of_all, moved_all
from anylabeling.document.masks import mask_shape, stroke
from anylabeling.document.shape import Shape, ShapeKind


def mixed(count: int) -> list[Shape]:
    ring = np.array([[0, 0], [30, 0], [30, 30], [0, 30]], float)
    mask = mask_shape(stroke([(10.0, 12.0), (40.0, 30.0)], 8.0, (60, 60)))
    assert mask is not None
    kinds = [
        Shape(ShapeKind.RECTANGLE, [[1, 2], [30, 40.5]], label="car", group_id=3),
        Shape(ShapeKind.CIRCLE, [[50, 50], [60, 50]]),
        Shape(ShapeKind.POLYGON, ring, holes=(ring[:3] / 3 + 5,)),
        Shape(ShapeKind.POINT, [[7.25, 9]]),
        Shape(ShapeKind.ROTATED_RECTANGLE, ring, parameters={"direction": 0.0}),
        mask,
    ]
    return [kinds[number % len(kinds)].duplicate() for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 5, 40])
def test_boxes_of_all(count: int) -> None:
    shapes = mixed(count)
    assert bounds_of_all(shapes).tolist() == [list(bounds(shape)) for shape in shapes]


@pytest.mark.parametrize("count", [3, 40])
@pytest.mark.parametrize("copies", [False, True])
def test_moves_of_all(count: int, copies: bool) -> None:
    shapes = mixed(count)
    found = moved_all(shapes, 3.5, -2.25, copies=copies)
    assert [shape.content() for shape in found] == [moved(shape, 3.5, -2.25).content() for shape in shapes]
    assert all(not shape.points.flags.writeable for shape in found)
    uids = [shape.uid for shape in found]
    assert len(set(uids)) == count
    assert (set(uids).isdisjoint(shape.uid for shape in shapes)) is copies


def test_a_move_beyond_all_pictures_is_refused_as_for_one() -> None:
    with pytest.raises(ValueError, match="finite"):
        moved_all(mixed(40), 2e9, 0)
