"""The bands that stand for thick lines cover what the lines would cover."""

from __future__ import annotations

import numpy as np
import pytest

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.canvas import hit_test
from anylabeling.views.canvas.scene import ShapeItem, polygon_of
from anylabeling.views.canvas.strokes import bands_of
from anylabeling.views.canvas.viewport import Viewport


def disk(x: float, y: float, radius: float, count: int) -> ShapeItem:
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    points = np.array([x, y]) + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return ShapeItem(Shape(ShapeKind.POLYGON, points))


def view(zoom: float) -> Viewport:
    result = Viewport()
    result.set_widget_size(1000, 800)
    result.set_image_size(400, 300)
    result.set_zoom(zoom)
    return result


def vertices(polygon: object) -> np.ndarray:
    return np.array([(point.x(), point.y()) for point in polygon])  # type: ignore[attr-defined]


def test_a_polygon_is_filled_through_its_buffer() -> None:
    points = np.array([[1.5, 2.5], [3.0, 4.0], [-5.0, 6.25]])
    assert vertices(polygon_of(points)).tolist() == points.tolist()


@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_a_band_runs_along_both_sides_of_the_outline(zoom: float) -> None:
    items = [disk(100, 120, 40, 60), disk(250, 150, 70, 90)]
    around = view(zoom)
    for item, band in zip(items, bands_of(items, around, 2.0), strict=True):
        outline = vertices(band.area)
        line = vertices(band.line)
        distances = [hit_test.nearest_edge(outline, x, y, closed=True)[1] for x, y in line]
        assert np.allclose(distances, 1.0, atol=0.02)
        inside = [hit_test.contains(outline, x, y) for x, y in line]
        assert sum(inside) == len(line) / 2
        expected = item.outline * zoom + (around.offset.x(), around.offset.y())
        assert np.allclose(outline, expected)


def test_vertices_that_coincide_on_the_screen_are_drawn_once() -> None:
    item = disk(200, 150, 50, 2000)
    (band,) = bands_of([item], view(0.5), 2.0)
    outline = vertices(band.area)
    assert 50 < len(outline) < 300
    middle = view(0.5).to_widget(item.rect.center())
    radii = np.hypot(*(outline - (middle.x(), middle.y())).T)
    assert np.allclose(radii, 25, atol=1.0)


def test_repeated_vertices_do_not_break_a_band() -> None:
    points = np.repeat([[50.0, 50.0], [90.0, 50.0], [90.0, 90.0]], 7, axis=0)
    (band,) = bands_of([ShapeItem(Shape(ShapeKind.POLYGON, points))], view(2.0), 2.0)
    assert len(vertices(band.area)) == 3
    assert np.isfinite(vertices(band.line)).all()


def test_an_outline_keeps_its_first_vertex_where_the_one_before_ended() -> None:
    first, second = disk(100, 120, 40, 60), disk(100, 120, 40, 60)
    touching = Shape(ShapeKind.POLYGON, np.roll(second.outline, 1, axis=0))
    bands = bands_of([first, ShapeItem(touching)], view(2.0), 2.0)
    assert [len(vertices(band.area)) for band in bands] == [60, 60]
