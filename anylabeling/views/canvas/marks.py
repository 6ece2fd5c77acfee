"""Marks that tools draw over the picture: previews, handles, notes, the crosshair."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QPointF, QRect, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPen

from anylabeling.document.shape import Points
from anylabeling.views.canvas.scene import ShapeItem
from anylabeling.views.canvas.shape_view import ShapeView
from anylabeling.views.canvas.style import HANDLE_PX

_NOTE_OFFSET_PX = QPointF(14, 18)
_HOT_GROWTH_PX = 2


class Marks:
    """Draws marks at image positions with painters that work in widget pixels."""

    def __init__(self, view: ShapeView) -> None:
        self._view = view
        self._crosshair_color: QColor | None = None
        self._crosshair_px = 1
        self._crosshair_opacity = 1.0
        self._crosshair_tools: frozenset[str] | None = None

    @property
    def crosshair_reach_px(self) -> int:
        """How far the crosshair's lines reach to each side of the mouse."""
        return 1 + self._crosshair_px // 2

    def set_crosshair(
        self, color: QColor | None, width_px: int, opacity: float = 1.0, tools: Sequence[str] | None = None
    ) -> None:
        """Say how the crosshair looks.

        Args:
            color: Its colour, or None for black and white.
            width_px: Width of its lines.
            opacity: How much of the picture it hides, 0-1.
            tools: The tools that have one, by their ids; None for all that draw.
        """
        self._crosshair_color, self._crosshair_px, self._crosshair_opacity = color, width_px, opacity
        self._crosshair_tools = None if tools is None else frozenset(tools)

    def has_crosshair(self, tool: str) -> bool:
        """Whether a tool that draws has the crosshair."""
        return self._crosshair_tools is None or tool in self._crosshair_tools

    def preview(self, painter: QPainter, item: ShapeItem) -> None:
        """Draw a shape that is not in the document."""
        self._view.renderer.draw_item(painter, item, self._view.viewport, drawn=True)

    def handles(self, painter: QPainter, points: Points, *, hot: int | None = None, size: float = HANDLE_PX) -> None:
        """Draw white squares with a dark outline at image positions (n, 2); the hot one larger and in the accent."""
        view, style = self._view, self._view.canvas_style
        size = style.handle_size(size)
        plain, marked = style.chosen.handle or QColor("white"), style.chosen.hot_handle or style.theme.accent
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(QColor(30, 30, 30), 1))
        for index, (x, y) in enumerate(points.tolist()):
            centre = view.to_widget(QPointF(x, y))
            half = round(size / 2) + (_HOT_GROWTH_PX if index == hot else 0)
            painter.setBrush(marked if index == hot else plain)
            painter.drawRect(QRect(round(centre.x()) - half, round(centre.y()) - half, 2 * half, 2 * half))
        painter.restore()

    def note(self, painter: QPainter, image_position: QPointF, text: str) -> None:
        """Write a few words beside a position, inside the widget."""
        view = self._view
        width, height = view.canvas_style.plate_size(text)
        at = view.to_widget(image_position) + _NOTE_OFFSET_PX
        at.setX(min(at.x(), view.width() - width - 2))
        at.setY(min(at.y(), view.height() - height - 2))
        painter.drawPixmap(at, view.canvas_style.note(text, view.devicePixelRatioF()))

    def crosshair(self, painter: QPainter, at: QPointF) -> None:
        """Draw lines through a widget position across the image: white with black dashes, seen on any picture."""
        image = QRectF(self._view.viewport.transform.mapRect(self._view.viewport.image_rect))
        x, y = int(at.x()), int(at.y())
        white, black = QColor("white"), QColor("black")
        lines = [(white, Qt.PenStyle.SolidLine), (black, Qt.PenStyle.DashLine)]
        if self._crosshair_color is not None:
            lines = [(self._crosshair_color, Qt.PenStyle.SolidLine)]
        painter.save()
        painter.setOpacity(self._crosshair_opacity)
        for color, style in lines:
            painter.setPen(QPen(color, self._crosshair_px, style))
            if image.top() <= y <= image.bottom():
                painter.drawLine(int(image.left()), y, int(image.right()), y)
            if image.left() <= x <= image.right():
                painter.drawLine(x, int(image.top()), x, int(image.bottom()))
        painter.restore()
