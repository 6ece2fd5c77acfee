"""Draws shapes and their label plates; knows nothing of widgets or caches."""

from __future__ import annotations

from dataclasses import dataclass

from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QPainter, QPen

from anylabeling.document.geometry import circle_radius
from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.style import HOVER_LINE_PX, LabelStyle, Style
from anylabeling.views.canvas.viewport import Viewport

POINT_RADIUS_PX = 4.0
_PLATE_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class PlateOptions:
    """What the label plates say."""

    labels: bool = True
    scores: bool = True
    groups: bool = True
    texts: bool = True


class Renderer:
    """Draws items with a painter whose world transform is set by ``begin``.

    Attributes:
        style: Pens, brushes and plates.
        plates: What the plates say.
    """

    def __init__(self, style: Style) -> None:
        self.style = style
        self.plates = PlateOptions()

    def draw_item(
        self, painter: QPainter, item: ShapeItem, scale: float, *, selected: bool = False, hovered: bool = False
    ) -> None:
        """Draw one shape; the painter maps image pixels to the widget with the given scale.

        A hovered shape gets its thick line only: it is drawn over its plain self.
        """
        style = self.style.of(item.shape.label)
        painter.setPen(style.hover_line if hovered else style.line)
        if hovered or not item.closed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setBrush(style.selected_fill if selected else style.fill)
        kind = item.shape.kind
        if kind is ShapeKind.RECTANGLE:
            painter.drawRect(item.rect)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if kind is ShapeKind.CIRCLE:
            radius = circle_radius(item.shape)
            painter.drawEllipse(QPointF(*item.shape.points[0]), radius, radius)
        elif len(item.outline) == 1:
            self._draw_point(painter, item, style, (POINT_RADIUS_PX + (2 if hovered or selected else 0)) / scale)
        elif item.closed:
            painter.drawPolygon(item.polygon(scale))
        else:
            painter.drawPolyline(item.polygon(scale))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_point(self, painter: QPainter, item: ShapeItem, style: LabelStyle, radius: float) -> None:
        outline = QPen(Qt.GlobalColor.white, 1.5)
        outline.setCosmetic(True)
        painter.setPen(outline)
        painter.setBrush(style.dot)
        painter.drawEllipse(QPointF(*item.outline[0]), radius, radius)

    def plate_text(self, item: ShapeItem) -> str:
        """Return what the plate of a shape says, by the options; empty for no plate."""
        shape, options = item.shape, self.plates
        parts = []
        if options.labels and shape.label:
            parts.append(shape.label)
        if options.scores and shape.score is not None:
            parts.append(f"{shape.score:.2f}")
        if options.groups and shape.group_id is not None:
            parts.append(f"#{shape.group_id}")
        if options.texts and shape.text:
            parts.append(shape.text)
        return " ".join(parts)

    def plate_rect(self, item: ShapeItem, view: Viewport, text: str) -> QRectF:
        """Return where the plate of a shape lies, in widget pixels: above its box, inside at the image's upper edge."""
        width, height = self.style.plate_size(text)
        left, top, _, _ = item.box
        at = view.to_widget(QPointF(left, top))
        inside = top * view.scale < height
        x, y = round(at.x()) - 1, round(at.y()) + (1 if inside else -1)
        return QRectF(x, y if inside else y - height, width, height)

    def plate_fits(self, item: ShapeItem, scale: float, text: str) -> bool:
        """Whether a plate is at most a quarter of its shape; kinds without an area need its width as their size."""
        width, height = self.style.plate_size(text)
        left, top, right, bottom = item.box
        if len(item.outline) == 1:
            return True
        if not item.closed:
            return max(right - left, bottom - top) * scale >= width
        return (right - left) * (bottom - top) * scale**2 * _PLATE_SHARE >= width * height

    def draw_plate(
        self, painter: QPainter, item: ShapeItem, view: Viewport, device_pixel_ratio: float, *, always: bool = False
    ) -> None:
        """Draw the label plate of a shape where it fits; the painter works in widget pixels."""
        text = self.plate_text(item)
        if not text or not (always or self.plate_fits(item, view.scale, text)):
            return
        plate = self.style.plate(text, item.shape.label, device_pixel_ratio)
        painter.drawPixmap(self.plate_rect(item, view, text).topLeft(), plate)

    def drawn_rect(self, item: ShapeItem, view: Viewport) -> QRectF:
        """Return the area of the widget that a shape and its plate may cover."""
        rect = QRectF(view.transform.mapRect(item.rect))
        reach = max(HOVER_LINE_PX, POINT_RADIUS_PX + 2) + 2
        rect.adjust(-reach, -reach, reach, reach)
        if text := self.plate_text(item):
            rect = rect.united(self.plate_rect(item, view, text).adjusted(-1, -1, 2, 2))
        return rect
