"""Areas joined, cut and split, bitmaps traced and filled, kinds turned into each other: what has to hold for all."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from anylabeling.document import area_edits, booleans
from anylabeling.document.annotation import Annotation
from anylabeling.document.conversion import SOURCES, converted
from anylabeling.document.geometry import CLOSED_KINDS, bounds, moved, turned
from anylabeling.document.label_file import encode_annotation, parse_annotation
from anylabeling.document.masks import Bitmap, bitmap_of, combined, mask_bitmap, mask_shape, outlines_of, stroke
from anylabeling.document.raster import fill, trace
from anylabeling.document.rings import simplified, vertices, with_vertex, with_vertices, without_vertices
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points
from anylabeling.errors import AppError

SIZE = 200


@st.composite
def polygons(draw: st.DrawFn) -> Shape:
    """Star-shaped polygons without crossings, of 3 to 9 vertices."""
    count = draw(st.integers(3, 9))
    cx, cy = draw(st.floats(60, 140)), draw(st.floats(60, 140))
    offsets = draw(st.lists(st.floats(0, 0.8), min_size=count, max_size=count))
    radii = draw(st.lists(st.floats(8, 55), min_size=count, max_size=count))
    angles = [(number + offset) * 2 * math.pi / count for number, offset in enumerate(offsets)]
    points = [(cx + r * math.cos(a), cy + r * math.sin(a)) for a, r in zip(angles, radii, strict=True)]
    return Shape(ShapeKind.POLYGON, as_points(np.round(points, 2)), label="a")


@st.composite
def any_areas(draw: st.DrawFn) -> Shape:
    """A shape of any kind that has an area."""
    polygon = draw(polygons())
    kind = draw(st.sampled_from(sorted(CLOSED_KINDS)))
    found = converted(polygon, kind)
    return found[0] if found else polygon


bitmaps = arrays.arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 12)))


def area(*shapes: Shape) -> float:
    return float(sum(booleans.area_of(shape).area for shape in shapes))


def outcome(successors: area_edits.Successors) -> list[Shape]:
    return [shape for found in successors.values() for shape in found]


@settings(max_examples=60)
@given(any_areas(), any_areas())
def test_a_union_covers_at_least_the_larger_and_at_most_both(first: Shape, second: Shape) -> None:
    try:
        result = outcome(area_edits.merged([first, second]))
    except AppError:
        assert booleans.intersection([booleans.area_of(first), booleans.area_of(second)]).area < 0.1
        return
    if {first.kind, second.kind} == {ShapeKind.RECTANGLE}:
        assert area(*result) >= max(area(first), area(second)) - 0.1
    else:
        loss = 4.0 * (len(vertices(first)) + len(vertices(second))) if first.kind is ShapeKind.MASK else 0.1
        assert max(area(first), area(second)) - loss <= area(*result) <= area(first) + area(second) + loss


@settings(max_examples=60)
@given(polygons(), polygons())
def test_what_is_cut_away_and_what_is_kept_are_the_whole(first: Shape, second: Shape) -> None:
    rest = outcome(area_edits.subtracted([first, second])) or [first]
    common = outcome(area_edits.intersected([first, second]))
    if booleans.difference(booleans.area_of(first), [booleans.area_of(second)]).area < 1e-3:
        return  # all of it is covered: nothing is left to keep
    assert area(*rest) + area(*common) == pytest.approx(area(first), abs=0.05)


@settings(max_examples=60)
@given(any_areas(), any_areas())
def test_an_exclusion_keeps_what_only_one_covers(first: Shape, second: Shape) -> None:
    rest = outcome(area_edits.excluded([first, second]))
    if first.kind is ShapeKind.MASK:
        ours, theirs = bitmap_of(first), bitmap_of(second)
        pixels = combined(combined(ours, theirs, "union"), combined(ours, theirs, "intersection"), "difference").pixels
        assert sum(int(bitmap_of(shape).pixels.sum()) for shape in rest) == int(pixels.sum())
        return
    areas = [booleans.area_of(shape) for shape in (first, second)]
    common = booleans.intersection(areas).area
    if common > 0.01 and booleans.exclusion(areas).area > 0.01:
        assert area(*rest) == pytest.approx(area(first) + area(second) - 2 * common, abs=0.5)


@settings(max_examples=60)
@given(any_areas(), st.floats(0, math.pi), st.floats(-30, 30))
def test_the_parts_of_a_split_are_the_whole_and_do_not_overlap(shape: Shape, angle: float, away: float) -> None:
    left, top, right, bottom = bounds(shape)
    cx, cy = (left + right) / 2 + away * math.sin(angle), (top + bottom) / 2 - away * math.cos(angle)
    along = np.array([math.cos(angle), math.sin(angle)]) * 400
    line = as_points([(cx, cy) - along, (cx, cy) + along])
    parts = outcome(area_edits.split([shape], line))
    if not parts:
        return
    assert len(parts) >= 2
    assert parts[0].uid == shape.uid
    assert len({part.uid for part in parts}) == len(parts)
    assert area(*parts) == pytest.approx(area(shape), abs=0.1)
    assert booleans.union([booleans.area_of(part) for part in parts]).area == pytest.approx(area(shape), abs=0.1)


def test_a_line_that_ends_inside_splits_nothing() -> None:
    square = Shape(ShapeKind.RECTANGLE, [[0, 0], [100, 100]])
    assert not area_edits.split([square], as_points([(-10, 50), (60, 50)]))
    assert len(outcome(area_edits.split([square], as_points([(-10, 50), (110, 50)])))) == 2


def test_lines_split_where_they_are_crossed() -> None:
    strip = Shape(ShapeKind.LINESTRIP, [[0, 0], [100, 0], [100, 100]], label="road")
    parts = outcome(area_edits.split([strip], as_points([(50, -10), (50, 10)])))
    assert [part.points.tolist() for part in parts] == [[[0, 0], [50, 0]], [[50, 0], [100, 0], [100, 100]]]
    assert [part.kind for part in parts] == [ShapeKind.LINE, ShapeKind.LINESTRIP]
    assert {part.label for part in parts} == {"road"}


@settings(max_examples=40)
@given(polygons(), st.floats(0.1, 0.5))
def test_holes_come_back_from_the_file_and_count(shape: Shape, share: float) -> None:
    centre = shape.points.mean(axis=0)
    hole = as_points(np.round(centre + (shape.points - centre) * share, 3))
    outer = shape.with_changes(holes=(hole,))
    data = encode_annotation(Annotation(shapes=(outer,)), image_name="a.jpg", image_size=(SIZE, SIZE))
    (again,) = parse_annotation(data, "a.json").shapes
    assert again.content() == outer.content()
    assert area(moved(again, 5, 7)) == pytest.approx(area(outer), rel=1e-6)


def test_a_cut_inside_makes_a_hole_and_across_makes_two() -> None:
    square = Shape(ShapeKind.RECTANGLE, [[0, 0], [100, 100]], label="a", score=0.5)
    (ring,) = outcome(area_edits.cut_out([square], as_points([(20, 20), (40, 20), (40, 40), (20, 40)])))
    assert (ring.kind, len(ring.holes), ring.uid, ring.label) == (ShapeKind.POLYGON, 1, square.uid, "a")
    assert area(ring) == pytest.approx(9600)
    assert len(outcome(area_edits.cut_out([square], as_points([(40, -5), (60, -5), (60, 105), (40, 105)])))) == 2


def test_a_foreign_key_named_holes_is_kept_as_it_is() -> None:
    text = b'{"shapes": [{"label": "a", "points": [[0, 0], [9, 0], [9, 9]], "shape_type": "polygon", "holes": "two"}]}'
    (shape,) = parse_annotation(text, "a.json").shapes
    assert shape.holes == ()
    assert shape.extra["holes"] == "two"


@given(bitmaps)
def test_a_traced_bitmap_filled_again_is_the_same(pixels: np.ndarray) -> None:
    parts = trace(pixels)
    height, width = pixels.shape
    assert (fill([ring for part in parts for ring in (part.outer, *part.holes)], width, height) == pixels).all()
    for part in parts:
        for ring in (part.outer, *part.holes):
            assert len({tuple(point) for point in ring.tolist()}) == len(ring)


@settings(max_examples=60)
@given(bitmaps, st.integers(0, 50), st.integers(0, 50))
def test_a_mask_becomes_polygons_and_the_same_mask_again(pixels: np.ndarray, left: int, top: int) -> None:
    mask = mask_shape(Bitmap(pixels, left, top))
    if mask is None:
        assert not pixels.any()
        return
    own = mask_bitmap(mask.parameters)
    assert own is not None
    assert int(own.pixels.sum()) == int(pixels.sum())
    parts = [bitmap_of(Shape(ShapeKind.POLYGON, part.outer, holes=part.holes)) for part in outlines_of(bitmap_of(mask))]
    again = parts[0]
    for part in parts[1:]:
        again = combined(again, part, "union")
    exact = mask_shape(again)
    assert exact is not None
    assert exact.parameters["bbox"] == mask.parameters["bbox"]
    assert (bitmap_of(exact).pixels == own.pixels).all()


@settings(max_examples=60)
@given(any_areas(), st.sampled_from(sorted(SOURCES)))
def test_each_kind_becomes_each_other_or_says_no(shape: Shape, kind: ShapeKind) -> None:
    found = converted(shape.with_changes(label="cat", group_id=3), kind)
    assert all(new.kind is kind and new.label == "cat" and new.group_id == 3 for new in found)
    if found:
        assert found[0].uid == shape.uid
        data = encode_annotation(Annotation(shapes=tuple(found)), image_name="a.jpg", image_size=None)
        assert [new.content() for new in parse_annotation(data, "a.json").shapes] == [new.content() for new in found]
    if kind in (ShapeKind.POLYGON, ShapeKind.RECTANGLE, ShapeKind.LINESTRIP):
        assert found


def test_a_circle_is_a_circle_again() -> None:
    circle = Shape(ShapeKind.CIRCLE, [[50, 60], [80, 60]])
    (polygon,) = converted(circle, ShapeKind.POLYGON)
    (again,) = converted(polygon, ShapeKind.CIRCLE)
    assert np.abs(again.points - circle.points).max() < 0.1
    (mask,) = converted(circle, ShapeKind.MASK)
    assert int(bitmap_of(mask).pixels.sum()) == pytest.approx(math.pi * 900, rel=0.01)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(-20, 220), st.floats(-20, 220)), min_size=1, max_size=6),
    st.floats(0.5, 30),
)
def test_a_stroke_covers_what_is_near_its_path_and_stays_inside(path: list[tuple[float, float]], radius: float) -> None:
    painted = stroke(path, radius, (SIZE, SIZE))
    left, top, right, bottom = painted.box
    assert 0 <= left <= right <= SIZE
    assert 0 <= top <= bottom <= SIZE
    rows, columns = np.nonzero(painted.pixels)
    for x, y in path:
        inside = 1 <= x < SIZE - 1 and 1 <= y < SIZE - 1
        if inside and radius >= 1:
            assert painted.pixels[int(y) - top, int(x) - left]
    if len(rows):
        near = np.full(len(rows), np.inf)
        start = np.array(path[0])
        for end in [*path[1:], path[-1]]:
            near = np.minimum(near, _distance(np.stack([columns + left + 0.5, rows + top + 0.5], 1), start, end))
            start = np.array(end)
        assert near.max() <= radius + 1.5


def _distance(points: Points, start: Points, end: tuple[float, float]) -> Points:
    along = np.array(end) - start
    length = float(along @ along)
    share = ((points - start) @ along / length).clip(0, 1) if length else np.zeros(len(points))
    return np.asarray(np.hypot(*(points - start - share[:, None] * along).T))


def test_a_brush_adds_to_an_outline_and_takes_away() -> None:
    from anylabeling.document.brush_stroke import BrushStroke

    square = Shape(ShapeKind.RECTANGLE, [[50, 50], [100, 100]])
    path = as_points([(100, 75), (120, 75)])
    (grown,) = outcome(area_edits.brushed(square, BrushStroke(square.uid, path, 10, False, (SIZE, SIZE))))
    (cut,) = outcome(area_edits.brushed(square, BrushStroke(square.uid, path, 10, True, (SIZE, SIZE))))
    assert area(grown) > 2500 + 300
    assert area(cut) < 2500 - 100
    assert grown.uid == cut.uid == square.uid


def test_self_crossing_outlines_count_as_they_are_drawn() -> None:
    bow = Shape(ShapeKind.POLYGON, [[0, 0], [100, 100], [100, 0], [0, 100]])
    assert area(bow) == pytest.approx(5000)
    over = Shape(ShapeKind.RECTANGLE, [[0, 0], [100, 50]])
    assert area(*outcome(area_edits.intersected([bow, over]))) == pytest.approx(2500, abs=1)


def test_lines_have_no_area_to_combine() -> None:
    line = Shape(ShapeKind.LINE, [[0, 0], [10, 10]])
    with pytest.raises(AppError):
        area_edits.merged([line, Shape(ShapeKind.RECTANGLE, [[0, 0], [5, 5]])])


def test_shapes_apart_are_not_merged_and_rectangles_become_the_one_around() -> None:
    triangle = Shape(ShapeKind.POLYGON, [[0, 0], [10, 0], [0, 10]])
    with pytest.raises(AppError, match="touch"):
        area_edits.merged([triangle, moved(triangle, 50, 0).duplicate()])
    one, two = (Shape(ShapeKind.RECTANGLE, [[x, 0], [x + 10, 10]]) for x in (0, 30))
    (around,) = outcome(area_edits.merged([one, two]))
    assert (around.kind, around.points.tolist()) == (ShapeKind.RECTANGLE, [[0, 0], [40, 10]])


RING = Shape(
    ShapeKind.POLYGON,
    [[0, 0], [90, 0], [90, 90], [0, 90]],
    holes=(as_points([[10, 10], [20, 10], [20, 20], [10, 20]]),),
)


def test_vertices_count_through_holes() -> None:
    assert len(vertices(RING)) == 8
    grown = with_vertex(RING, 7, 10, 15)
    assert grown.holes[0].tolist()[-1] == [10, 15]
    assert with_vertices(RING, vertices(RING) + 1).holes[0][0].tolist() == [11, 11]
    fewer = without_vertices(RING, [5])
    assert fewer is not None
    assert len(fewer.holes[0]) == 3
    gone = without_vertices(RING, [4, 5])
    assert gone is not None
    assert gone.holes == ()
    assert without_vertices(RING, [0, 1]) is None


@settings(max_examples=40)
@given(polygons(), st.floats(0, 3))
def test_simplifying_moves_the_outline_by_no_more_than_the_tolerance(shape: Shape, tolerance: float) -> None:
    fewer = simplified(shape, tolerance)
    assert 3 <= len(fewer.points) <= len(shape.points)
    apart = booleans.area_of(shape).hausdorff_distance(booleans.area_of(fewer))
    assert apart <= tolerance + 1e-6 or len(fewer.points) == 3


@settings(max_examples=40)
@given(any_areas(), st.floats(-math.pi, math.pi))
def test_turning_there_and_back_is_nothing(shape: Shape, angle: float) -> None:
    there = turned(shape, angle, (100, 100))
    back = turned(there, -angle, (100, 100))
    assert area(back) == pytest.approx(area(shape), abs=0.2)
    assert np.abs(np.array(bounds(back)) - bounds(shape)).max() < 0.05


@pytest.mark.parametrize("count", [1, 2])
def test_too_few_points_become_no_polygon(count: int) -> None:
    for kind in (ShapeKind.POINTS, ShapeKind.LINESTRIP):
        if count > 1 or kind is ShapeKind.POINTS:
            assert converted(Shape(kind, [[0, 0], [5, 5]][:count]), ShapeKind.POLYGON) == []


def test_others_see_the_silhouette_of_a_cuboid_and_we_its_corners() -> None:
    box = converted(Shape(ShapeKind.RECTANGLE, [[10, 20], [50, 60]], label="a"), ShapeKind.CUBOID)[0]
    data = encode_annotation(Annotation(shapes=(box,)), image_name="a.jpg", image_size=(99, 99))
    record = json.loads(data)["shapes"][0]
    assert (record["shape_type"], len(record["points"])) == ("polygon", 6)
    (back,) = parse_annotation(data, "a.json").shapes
    assert (back.kind, back.points.tolist()) == (ShapeKind.CUBOID, box.points.tolist())
    # Another program has moved the outline: it counts.
    record["points"][0] = [0, 0]
    (moved_by_other,) = parse_annotation(json.dumps({**json.loads(data), "shapes": [record]}).encode(), "a").shapes
    assert moved_by_other.kind is ShapeKind.POLYGON
