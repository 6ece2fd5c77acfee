"""Where the picture lies in the widget: zoom, position, fit modes. Arithmetic only, no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from qtpy.QtCore import QPointF, QRectF
from qtpy.QtGui import QTransform

MIN_ZOOM = 0.01
MAX_ZOOM = 64.0
FIT_MARGIN_PX = 8.0
"""Left free around a fitted picture, so that handles on its edge are seen whole."""


class FitMode(str, Enum):
    """What the zoom follows when the widget is resized."""

    FREE = "free"
    WINDOW = "window"
    WIDTH = "width"


@dataclass(frozen=True, slots=True)
class ViewState:
    """A zoom and position that can be kept and restored, for the same picture or another one.

    Attributes:
        scale: Widget pixels per image pixel.
        centre: The image point in the middle of the widget, as fractions of the image's width and height.
        fit: The fit mode; with one, scale and centre follow from the widget.
    """

    scale: float
    centre: tuple[float, float]
    fit: FitMode


class Viewport:
    """The map between image pixels and widget pixels.

    Attributes:
        scale: Widget pixels per image pixel.
        offset: Widget position of the image's top left corner, on whole device pixels.
        fit: What happens on resize.
    """

    def __init__(self) -> None:
        self.scale = 1.0
        self.offset = QPointF(0.0, 0.0)
        self.fit = FitMode.WINDOW
        self._image = (1.0, 1.0)
        self._widget = (1.0, 1.0)
        self._device_pixel_ratio = 1.0

    @property
    def image_rect(self) -> QRectF:
        """The image in image pixels."""
        return QRectF(0.0, 0.0, *self._image)

    @property
    def widget_rect(self) -> QRectF:
        """The widget in widget pixels."""
        return QRectF(0.0, 0.0, *self._widget)

    @property
    def transform(self) -> QTransform:
        """The map from image to widget pixels."""
        return QTransform(self.scale, 0.0, 0.0, self.scale, self.offset.x(), self.offset.y())

    def key(self) -> tuple[float, float, float]:
        """Return what identifies the map; equal keys paint equal pixels."""
        return self.scale, self.offset.x(), self.offset.y()

    def set_image_size(self, width: float, height: float) -> None:
        """Set the size of the image in full-size pixels, keeping the fit mode."""
        self._image = (max(width, 1.0), max(height, 1.0))
        self.refit()

    def set_widget_size(self, width: float, height: float, device_pixel_ratio: float = 1.0) -> None:
        """Follow a resize: a fitted view fits again, a free one keeps its middle."""
        centre = self.to_image(self.widget_rect.center())
        self._widget = (max(width, 1.0), max(height, 1.0))
        self._device_pixel_ratio = device_pixel_ratio
        if self.fit is FitMode.FREE:
            self.centre_on(centre)
        else:
            self.refit()

    def to_widget(self, point: QPointF) -> QPointF:
        """Map an image point to the widget."""
        return QPointF(point.x() * self.scale + self.offset.x(), point.y() * self.scale + self.offset.y())

    def to_image(self, point: QPointF) -> QPointF:
        """Map a widget point to the image; it may lie outside of it."""
        return QPointF((point.x() - self.offset.x()) / self.scale, (point.y() - self.offset.y()) / self.scale)

    def visible_rect(self) -> QRectF:
        """Return the widget's area in image pixels; it may reach beyond the image."""
        return QRectF(self.to_image(QPointF(0.0, 0.0)), self.to_image(QPointF(*self._widget)))

    def set_zoom(self, scale: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the image point under ``anchor`` (widget pixels, default the middle) stays where it is."""
        anchor = self.widget_rect.center() if anchor is None else anchor
        fixed = self.to_image(anchor)
        self.scale = clamp(scale, MIN_ZOOM, MAX_ZOOM)
        self.fit = FitMode.FREE
        self._place(anchor.x() - fixed.x() * self.scale, anchor.y() - fixed.y() * self.scale)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by widget pixels; the widget's middle stays on it."""
        self.fit = FitMode.FREE
        self._place(self.offset.x() + dx, self.offset.y() + dy)

    def centre_on(self, point: QPointF) -> None:
        """Bring an image point to the middle of the widget."""
        middle = self.widget_rect.center()
        self._place(middle.x() - point.x() * self.scale, middle.y() - point.y() * self.scale)

    def fit_window(self) -> None:
        """Show the whole picture, now and after each resize."""
        self.fit = FitMode.WINDOW
        self.refit()

    def fit_width(self) -> None:
        """Show the whole width, now and after each resize; a picture that is higher shows its top."""
        self.fit = FitMode.WIDTH
        self.refit()

    def zoom_to_rect(self, rect: QRectF, *, margin: float = 0.15) -> None:
        """Show an area of the image with a margin on each side, as a fraction of its size."""
        width = max(rect.width(), 1.0) * (1 + 2 * margin)
        height = max(rect.height(), 1.0) * (1 + 2 * margin)
        self.scale = clamp(min(self._widget[0] / width, self._widget[1] / height), MIN_ZOOM, MAX_ZOOM)
        self.fit = FitMode.FREE
        self.centre_on(rect.center())

    def refit(self) -> None:
        """Apply the fit mode, if there is one."""
        if self.fit is FitMode.FREE:
            self._place(self.offset.x(), self.offset.y())
            return
        margin = 2 * FIT_MARGIN_PX
        across = max(self._widget[0] - margin, 1.0) / self._image[0]
        down = max(self._widget[1] - margin, 1.0) / self._image[1]
        self.scale = clamp(across if self.fit is FitMode.WIDTH else min(across, down), MIN_ZOOM, MAX_ZOOM)
        self.centre_on(self.image_rect.center())
        if self._image[1] * self.scale > self._widget[1] - margin:
            self._place(self.offset.x(), FIT_MARGIN_PX)

    def state(self) -> ViewState:
        """Return what ``restore`` needs."""
        middle = self.to_image(self.widget_rect.center())
        return ViewState(self.scale, (middle.x() / self._image[0], middle.y() / self._image[1]), self.fit)

    def restore(self, state: ViewState) -> None:
        """Show what ``state`` describes; its centre is relative, so it fits a picture of another size too."""
        self.fit = state.fit
        if state.fit is not FitMode.FREE:
            self.refit()
            return
        self.scale = clamp(state.scale, MIN_ZOOM, MAX_ZOOM)
        self.centre_on(QPointF(state.centre[0] * self._image[0], state.centre[1] * self._image[1]))

    def _place(self, x: float, y: float) -> None:
        """Set the offset: the widget's middle stays on the picture, which cannot be lost; whole device pixels."""
        (width, height), (middle_x, middle_y) = self._image, (self._widget[0] / 2, self._widget[1] / 2)
        x = clamp(x, middle_x - width * self.scale, middle_x)
        y = clamp(y, middle_y - height * self.scale, middle_y)
        ratio = self._device_pixel_ratio
        self.offset = QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)


def clamp(value: float, low: float, high: float) -> float:
    """Return the nearest value between two bounds."""
    return min(max(value, low), high)
