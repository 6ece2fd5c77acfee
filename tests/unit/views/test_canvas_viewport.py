"""The arithmetic of zoom and position."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qtpy.QtCore import QPointF, QRectF

from anylabeling.views.canvas.viewport import MAX_ZOOM, MIN_ZOOM, FitMode, Viewport

sizes = st.tuples(st.integers(1, 30000), st.integers(1, 30000))
widgets = st.tuples(st.integers(120, 4000), st.integers(120, 3000))
zooms = st.floats(MIN_ZOOM, MAX_ZOOM)


def viewport(image: tuple[int, int], widget: tuple[int, int], ratio: float = 1.0) -> Viewport:
    view = Viewport()
    view.set_widget_size(*widget, ratio)
    view.set_image_size(*image)
    return view


@given(sizes, widgets)
def test_a_fitted_picture_is_seen_whole_and_fills_one_direction(
    image: tuple[int, int], widget: tuple[int, int]
) -> None:
    view = viewport(image, widget)
    shown = view.transform.mapRect(view.image_rect)
    if view.scale > MIN_ZOOM:
        assert view.widget_rect.adjusted(-1, -1, 1, 1).contains(shown)
    if MIN_ZOOM < view.scale < MAX_ZOOM:
        free = min(widget[0] - shown.width(), widget[1] - shown.height())
        assert free == pytest.approx(16, abs=0.01)


@given(sizes, widgets, zooms, st.floats(0, 1), st.floats(0, 1))
def test_image_and_widget_positions_are_inverse(
    image: tuple[int, int], widget: tuple[int, int], zoom: float, across: float, down: float
) -> None:
    view = viewport(image, widget)
    view.set_zoom(zoom)
    point = QPointF(image[0] * across, image[1] * down)
    back = view.to_image(view.to_widget(point))
    assert (back.x(), back.y()) == (pytest.approx(point.x(), abs=1e-6), pytest.approx(point.y(), abs=1e-6))


@given(zooms, zooms, st.floats(0.3, 0.7), st.floats(0.3, 0.7))
def test_zooming_in_keeps_the_anchor(first: float, second: float, across: float, down: float) -> None:
    view = viewport((2000, 1500), (1000, 800))
    low, high = sorted((first, second))
    view.set_zoom(low)
    anchor = view.to_widget(QPointF(2000 * across, 1500 * down))
    before = view.to_image(anchor)
    view.set_zoom(high, anchor)
    after = view.to_widget(before)
    # The offset lies on whole pixels.
    assert abs(after.x() - anchor.x()) <= 0.5 + 1e-6
    assert abs(after.y() - anchor.y()) <= 0.5 + 1e-6


@given(zooms, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_the_middle_of_the_widget_stays_on_the_picture(zoom: float, dx: float, dy: float) -> None:
    view = viewport((400, 300), (1000, 800))
    view.set_zoom(zoom)
    view.pan(dx, dy)
    slack = 1 / zoom
    middle = view.to_image(view.widget_rect.center())
    assert view.image_rect.adjusted(-slack, -slack, slack, slack).contains(middle)


@given(zooms, st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_the_offset_lies_on_whole_device_pixels(zoom: float, ratio: float) -> None:
    view = viewport((400, 300), (1001, 799), ratio)
    view.set_zoom(zoom, QPointF(123.4, 567.8))
    for value in (view.offset.x() * ratio, view.offset.y() * ratio):
        assert value == pytest.approx(round(value), abs=1e-6)


@given(zooms, st.floats(-500, 500))
def test_a_state_is_restored(zoom: float, pan: float) -> None:
    view = viewport((4000, 3000), (1000, 800))
    view.set_zoom(zoom)
    view.pan(pan, -pan)
    state, before = view.state(), view.visible_rect().center()
    view.fit_window()
    view.restore(state)
    after = view.visible_rect().center()
    assert view.fit is FitMode.FREE
    assert view.scale == zoom
    assert abs(after.x() - before.x()) * zoom <= 1.0
    assert abs(after.y() - before.y()) * zoom <= 1.0


def test_a_fit_mode_is_restored_as_such() -> None:
    view = viewport((400, 300), (1000, 800))
    state = view.state()
    other = viewport((300, 400), (500, 400))
    other.set_zoom(3.0)
    other.restore(state)
    assert other.fit is FitMode.WINDOW
    assert other.scale == pytest.approx((400 - 16) / 400)


def test_zoom_to_a_rectangle_shows_all_of_it_in_the_middle() -> None:
    view = viewport((4000, 3000), (1000, 800))
    view.zoom_to_rect(QRectF(1000, 1000, 200, 50))
    assert view.visible_rect().contains(QRectF(1000, 1000, 200, 50))
    assert view.scale == pytest.approx(1000 / (200 * 1.3))


def test_fit_width_shows_the_top_of_a_high_picture() -> None:
    view = viewport((100, 5000), (1000, 800))
    view.fit_width()
    assert view.to_widget(QPointF(0, 0)) == QPointF(8, 8)
    assert view.to_widget(QPointF(100, 0)).x() == pytest.approx(992)
