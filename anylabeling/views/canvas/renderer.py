"""Draws shapes and their label plates; knows nothing of widgets or caches."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPen, QRegion

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.canvas.huge import HugeOutline, is_huge
from anylabeling.views.canvas.polygons import polygon_of
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.strokes import DENSE_FROM, Band, areas_of, bands_of
from anylabeling.views.canvas.style import HOVER_LINE_PX, LINE_PX, Style
from anylabeling.views.canvas.viewport import Viewport

POINT_RADIUS_PX = 4.0
_PLATE_SHARE = 0.25
_MADE = -1
"""What is to be drawn of a huge shape is there, and nothing of it is drawn."""
_MASK_OPACITY = 1.6
"""How much more of the picture a mask hides than the inside of an outline, whose line says where it ends."""


@dataclass(frozen=True, slots=True)
class PlateOptions:
    """What the label plates say."""

    labels: bool = True
    scores: bool = True
    groups: bool = True
    texts: bool = True
    attributes: bool = False
    degrees: bool = False


class Renderer:
    """Draws items with painters that work in widget pixels.

    Attributes:
        style: Pens, brushes and plates.
        plates: What the plates say.
    """

    def __init__(self, style: Style) -> None:
        self.style = style
        self.plates = PlateOptions()

    def draw_items(
        self,
        painter: QPainter,
        items: Sequence[ShapeItem],
        view: Viewport,
        selected: Container[int] = (),
        *,
        smooth: bool = True,
    ) -> None:
        """Draw shapes one over the other; the painter works in widget pixels.

        Args:
            painter: Draws.
            items: The shapes, bottom first.
            view: Where they are seen.
            selected: Uids of those that are selected.
            smooth: Draw dense outlines in full width and without steps, which takes four times as long.
        """
        # Drawn roughly, an outline of a few vertices takes a fifth of the time, too.
        least = DENSE_FROM if smooth else 3
        dense = [item for item in items if item.plain and item.closed and len(item.outline) >= least]
        dense = [item for item in dense if item.shape.kind is not ShapeKind.RECTANGLE]
        dense = [item for item in dense if not (_is_round(item) or is_huge(item))]
        uids = [item.uid for item in dense]
        bands = dict(zip(uids, bands_of(dense, view, LINE_PX), strict=True)) if dense and smooth else {}
        areas = dict(zip(uids, areas_of(dense, view), strict=True)) if dense and not smooth else {}
        for item in items:
            if is_huge(item):
                self._draw_huge_at_once(painter, item, view, selected=item.uid in selected)
            elif (band := bands.get(item.uid)) is not None:
                self._draw_band(painter, item, band, selected=item.uid in selected)
            elif (area := areas.get(item.uid)) is not None:
                style, is_selected = self.style.of(item.shape.label), item.uid in selected
                painter.setPen(style.rough_line)
                painter.setBrush(style.selected_fill if is_selected else style.fill)
                painter.drawPolygon(area)
            else:
                self.draw_item(painter, item, view, selected=item.uid in selected)

    def draw_item(
        self,
        painter: QPainter,
        item: ShapeItem,
        view: Viewport,
        *,
        selected: bool = False,
        hovered: bool = False,
        drawn: bool = False,
    ) -> None:
        """Draw one shape. A hovered one gets its thick line only: it is drawn over its plain self."""
        if is_huge(item):
            self._draw_huge_at_once(painter, item, view, selected=selected, hovered=hovered)
            return
        style = self.style.of(item.shape.label)
        painter.setPen(style.hover_line if hovered else style.selected_line if selected else style.line)
        if hovered or not item.closed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        elif drawn:
            painter.setBrush(style.drawn_fill)
        else:
            painter.setBrush(style.selected_fill if selected else style.fill)
        if item.shape.kind is ShapeKind.RECTANGLE:
            # On whole pixels and without antialiasing the lines are crisp.
            painter.drawRect(QRectF(view.transform.mapRect(item.rect)))
            return
        if not item.plain and not hovered and item.shape.kind is ShapeKind.MASK:
            fill = QColor((style.selected_fill if selected else style.fill).color())
            fill.setAlphaF(min(1.0, _MASK_OPACITY * fill.alphaF()))
            painter.drawImage(view.transform.mapRect(item.mask.area), item.mask.image(fill))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if not item.plain:
            painter.drawPath(view.transform.map(item.path))
            if item.shape.kind is ShapeKind.CUBOID and not hovered:
                # The front is filled twice, so that one sees which side it is.
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawPolygon(view.transform.map(polygon_of(item.shape.points[:4])))
        elif len(item.outline) == 1 or item.shape.kind is ShapeKind.POINTS:
            self._draw_points(painter, item, view, POINT_RADIUS_PX + (2 if hovered or selected or drawn else 0))
        elif _is_round(item):
            painter.drawEllipse(view.transform.mapRect(item.rect))
        elif item.closed:
            painter.drawPolygon(view.transform.map(item.polygon))
        else:
            painter.drawPolyline(view.transform.map(item.polygon))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def draw_huge(
        self,
        painter: QPainter,
        item: ShapeItem,
        view: Viewport,
        piece: int | None,
        deadline: float,
        *,
        selected: bool,
    ) -> int | None:
        """Draw one huge shape until the time has come.

        Args:
            painter: Works in widget pixels.
            item: A shape that ``is_huge``.
            view: Where it is seen.
            piece: What the call before has returned; None at first.
            deadline: When to stop, by ``time.perf_counter``.
            selected: Whether it is selected.

        Returns:
            Where to go on, None when it is drawn.
        """
        style = self.style.of(item.shape.label)
        if piece is None and not _is_seen(item, view):
            _huge_outline(item, view)
            return _MADE
        outline = _huge_outline(item, view)
        if piece is None or piece == _MADE:
            # The line hides the rough edge of the fill.
            outline.fill(painter, style.selected_fill if selected else style.fill)
            piece = 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        following = outline.draw_lines(painter, style.selected_line if selected else style.line, piece, deadline)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return following

    def _draw_huge_at_once(
        self, painter: QPainter, item: ShapeItem, view: Viewport, *, selected: bool = False, hovered: bool = False
    ) -> None:
        """Draw a huge shape with a line that is thin and rough, since it is drawn anew with each move of the mouse."""
        style, outline = self.style.of(item.shape.label), _huge_outline(item, view)
        if not hovered:
            outline.fill(painter, style.selected_fill if selected else style.fill)
        line = style.hover_line if hovered else style.selected_line if selected else style.line
        outline.draw_lines(painter, QPen(line.color(), 1))

    def _draw_band(self, painter: QPainter, item: ShapeItem, band: Band, *, selected: bool) -> None:
        style = self.style.of(item.shape.label)
        painter.setPen(Qt.PenStyle.NoPen)
        # The line hides the rough edge of the fill.
        painter.setBrush(style.selected_fill if selected else style.fill)
        painter.drawPolygon(band.area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setBrush(style.selected_line.color() if selected else style.solid)
        painter.drawPolygon(band.line, Qt.FillRule.WindingFill)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_points(self, painter: QPainter, item: ShapeItem, view: Viewport, radius: float) -> None:
        painter.setPen(QPen(Qt.GlobalColor.white, 1.5))
        painter.setBrush(self.style.of(item.shape.label).solid)
        for place in item.outline.tolist():
            painter.drawEllipse(view.to_widget(QPointF(*place)), radius, radius)

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
        if options.degrees and shape.kind is ShapeKind.ROTATED_RECTANGLE:
            parts.append(f"{degrees_of(shape):.0f}°")
        if options.attributes and (more := _attributes_text(shape)):
            parts.append(more)
        text = " ".join(parts)
        return text if text.isprintable() else " ".join(text.split())  # a plate has one line

    def plate_rect(self, item: ShapeItem, view: Viewport, text: str) -> QRectF:
        """Return where the plate of a shape lies, in widget pixels: above its box, inside at the image's upper edge."""
        width, height = self.style.plate_size(text)
        left, top, _, _ = item.box
        at = view.to_widget(QPointF(left, top))
        inside = top * view.scale < height
        away = POINT_RADIUS_PX + 2 if len(item.outline) == 1 else 1.0
        x, y = round(at.x()) - 1, round(at.y()) + (away if inside else -away)
        return QRectF(x, y if inside else y - height, width, height)

    def plate_fits(self, item: ShapeItem, scale: float, text: str) -> bool:
        """Whether a plate is at most a quarter of its shape; kinds without an area need its width as their size."""
        width, height = self.style.plate_size(text)
        left, top, right, bottom = item.box
        if len(item.outline) == 1:
            # The key points of a pose lie too close together for a plate each.
            return item.shape.group_id is None
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

    def plate_touches(self, item: ShapeItem, view: Viewport, region: QRegion) -> bool:
        """Whether the plate of a shape reaches into a region of the widget."""
        text = self.plate_text(item)
        return bool(text) and region.intersects(self.plate_rect(item, view, text).toAlignedRect())

    def drawn_rect(self, item: ShapeItem, view: Viewport) -> QRectF:
        """Return the area of the widget that a shape and its plate may cover."""
        rect = QRectF(view.transform.mapRect(item.rect))
        reach = max(HOVER_LINE_PX, POINT_RADIUS_PX + 2) + 2
        rect.adjust(-reach, -reach, reach, reach)
        if text := self.plate_text(item):
            rect = rect.united(self.plate_rect(item, view, text).adjusted(-1, -1, 2, 2))
        return rect

    def drawn_region(self, items: Iterable[ShapeItem], view: Viewport) -> QRegion:
        """Return the part of the widget that shapes and their plates may cover."""
        region, widget = QRegion(), view.widget_rect.toRect()
        for item in items:
            region += self.drawn_rect(item, view).toAlignedRect() & widget
        return region


def degrees_of(shape: Shape) -> float:
    """Return by how much a rotated rectangle is turned clockwise, 0 to 360."""
    direction = shape.parameters.get("direction")
    if not isinstance(direction, int | float):
        (x1, y1), (x2, y2) = shape.points[:2].tolist()
        direction = math.atan2(y2 - y1, x2 - x1)
    return math.degrees(direction) % 360


def _attributes_text(shape: Shape) -> str:
    values = [f"{name}: {value}" for name, value in shape.attributes.items() if not isinstance(value, bool)]
    marks = [name for name, value in (*shape.attributes.items(), *shape.flags.items()) if value is True]
    return ", ".join([*values, *marks])


def _is_seen(item: ShapeItem, view: Viewport) -> bool:
    return isinstance(item.seen, HugeOutline) and item.seen.key == view.key()


def _huge_outline(item: ShapeItem, view: Viewport) -> HugeOutline:
    if not _is_seen(item, view):
        item.seen = HugeOutline(item, view)
    assert isinstance(item.seen, HugeOutline)
    return item.seen


def _is_round(item: ShapeItem) -> bool:
    return item.shape.kind is ShapeKind.CIRCLE
