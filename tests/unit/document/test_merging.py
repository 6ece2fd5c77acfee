"""New shapes and those that an image has."""

from __future__ import annotations

from anylabeling.document.merging import without_known
from anylabeling.document.shape import Shape, ShapeKind


def box(label: str, x: float) -> Shape:
    return Shape(ShapeKind.RECTANGLE, [[x, 0], [x + 10, 10]], label=label)


def test_a_model_that_runs_twice_does_not_double_its_objects() -> None:
    found = [box("cat", 1), box("cat", 60), box("dog", 0)]
    assert without_known([box("cat", 0), box("dog", 100)], found, 0.5) == found[1:]
    assert without_known(found, found, 0.5) == []


def test_on_an_image_without_shapes_everything_is_new() -> None:
    found = [box("cat", 1), box("cat", 2)]
    assert without_known([], found, 0.5) == found
