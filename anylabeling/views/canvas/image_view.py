"""A widget that shows a picture at any zoom."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from qtpy.QtGui import QImage, QPainter, QResizeEvent
from qtpy.QtWidgets import QWidget

from anylabeling.translation import tr
from anylabeling.views.canvas.background import Background
from anylabeling.views.canvas.grid import paint_grid
from anylabeling.views.canvas.style import Style
from anylabeling.views.canvas.tone import Tone
from anylabeling.views.canvas.viewport import Viewport, ViewState, clamp
from anylabeling.views.canvas.waiting import WaitingPlate

ZOOM_STEP = 1.25
_REFINE_AFTER_MS = 50
_PATIENCE = 40
_EMPTY_TEXT = tr("No picture to show")


class ImageView(QWidget):
    """Shows a picture. Coordinates are pixels of the full-size image, whatever the size of the picture.

    Attributes:
        viewport: The map between image and widget.
        background: The picture, without shapes.
        canvas_style: Pens, brushes and colours.
        waiting: Says what is awaited.

    Signals:
        zoom_changed: The zoom factor after each change; 1.0 shows an image pixel as a widget pixel.
    """

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport()
        self.canvas_style = Style(self.font())
        self.background = Background()
        self._image_id = 0
        self._full_size = (0, 0)
        self._patience = 0
        self._grid_px = 0
        self._refinement = QTimer(self)
        self._refinement.setSingleShot(True)
        self._refinement.setInterval(_REFINE_AFTER_MS)
        self._refinement.timeout.connect(self.on_refinement_timeout)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(120, 120)
        self.waiting = WaitingPlate(self)

    def sizeHint(self) -> QSize:
        """Ask for a comfortable size."""
        return QSize(960, 640)

    def set_image(self, image: QImage | None, *, image_id: int, full_size: tuple[int, int] | None = None) -> None:
        """Show another picture, or nothing.

        Args:
            image: The picture; Format_RGB32 is shown without conversion. It may be smaller than the image.
            image_id: A number that is not 0 and differs from the one before; ``image_id()`` returns it.
            full_size: Width and height of the image in full-size pixels; by default the picture's own.
        """
        if image is None or image.isNull():
            image, self._image_id, self._full_size = None, 0, (0, 0)
        else:
            self._image_id = image_id
            self._full_size = full_size or (image.width(), image.height())
        self._refinement.stop()
        self._patience = 0
        self.background.set_image(image, self._full_size)
        self.viewport.set_image_size(*self._full_size)
        self.after_view_change()

    def expect_levels(self) -> None:
        """Await that ``set_levels`` follows for the picture on the screen, for two seconds."""
        self._patience = _PATIENCE

    def set_levels(self, levels: Sequence[QImage], *, image_id: int) -> None:
        """Take halved versions of the picture ``image_id``, largest first; what belongs to another one is dropped."""
        if image_id == self._image_id:
            self._patience = 0
            self.background.set_levels(levels)
            if self.background.is_draft:
                self.on_refinement_timeout()

    def set_tone(self, tone: Tone) -> None:
        """Show pictures in another brightness, contrast and gamma."""
        self.background.set_tone(tone)
        self.update()

    def set_grid(self, size_px: int) -> None:
        """Draw lines over the picture, so many of its pixels apart; 0 for none."""
        self._grid_px = size_px
        self.update()

    def image_id(self) -> int:
        """Return the number of the picture on the screen; 0 when there is none."""
        return self._image_id

    @property
    def has_image(self) -> bool:
        """Whether a picture is shown."""
        return self._image_id != 0

    def image_size(self) -> tuple[int, int]:
        """Return width and height of the image in full-size pixels; 0, 0 when there is none."""
        return self._full_size

    def to_widget(self, point: QPointF) -> QPointF:
        """Map an image position to the widget."""
        return self.viewport.to_widget(point)

    def to_image(self, point: QPointF) -> QPointF:
        """Map a widget position to the image; it may lie outside of it."""
        return self.viewport.to_image(point)

    def clipped(self, point: QPointF) -> tuple[float, float]:
        """Return an image position, moved to the image's edge when it is outside."""
        width, height = self._full_size
        return clamp(point.x(), 0.0, width), clamp(point.y(), 0.0, height)

    def zoom(self) -> float:
        """Return the zoom factor: widget pixels per image pixel."""
        return self.viewport.scale

    def set_zoom(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom between 1 % and 6,400 %; the image point under the anchor (widget pixels) stays where it is."""
        self.viewport.set_zoom(factor, anchor)
        self.after_view_change()

    def zoom_in(self) -> None:
        """Enlarge by one step about the middle."""
        self.set_zoom(self.zoom() * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Reduce by one step about the middle."""
        self.set_zoom(self.zoom() / ZOOM_STEP)

    def zoom_original(self) -> None:
        """Show an image pixel as a widget pixel."""
        self.set_zoom(1.0)

    def fit_window(self) -> None:
        """Show the whole picture until the person zooms."""
        self.viewport.fit_window()
        self.after_view_change()

    def fit_width(self) -> None:
        """Show the whole width until the person zooms."""
        self.viewport.fit_width()
        self.after_view_change()

    def zoom_to_rect(self, rect: QRectF) -> None:
        """Show an area of the image (image pixels) with a margin."""
        self.viewport.zoom_to_rect(rect)
        self.after_view_change()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by widget pixels."""
        self.viewport.pan(dx, dy)
        self.after_view_change()

    def view_state(self) -> ViewState:
        """Return zoom, position and fit mode, for ``restore_view_state``."""
        return self.viewport.state()

    def restore_view_state(self, state: ViewState) -> None:
        """Show what a view state describes, on this picture or another one."""
        self.viewport.restore(state)
        self.after_view_change()

    def after_view_change(self) -> None:
        """Repaint everything and announce the zoom."""
        self.update()
        self.zoom_changed.emit(self.viewport.scale)

    def set_theme(self, dark: bool) -> None:
        """Use the dark or the light colours around the picture."""
        self.canvas_style.set_dark(dark)
        self.update()

    def paint_background(self, painter: QPainter) -> None:
        """Draw the picture, or say that there is none."""
        theme = self.canvas_style.theme
        self.background.paint(painter, self.viewport, self.devicePixelRatioF(), theme.background)
        if self.background.is_draft and not self._refinement.isActive():
            self._refinement.start()
        if self._grid_px and self.has_image:
            paint_grid(painter, self.viewport, self._grid_px)
        if not self.has_image and self.waiting.isHidden():
            font = self.font()
            font.setPixelSize(16)
            painter.setFont(font)
            painter.setPen(theme.faint_text)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _EMPTY_TEXT)

    def is_settled(self) -> bool:
        """Whether everything is drawn as well as it can be; large pictures and many shapes take some frames."""
        return self.background.is_drawn and not self._refinement.isActive()

    def on_refinement_timeout(self) -> None:
        """Draw a large picture with care, now that it stays; its halved versions are awaited, but not for ever."""
        if not self.background.levels_are_there and self._patience > 0:
            self._patience -= 1
            self._refinement.start()
            return
        self._refinement.stop()
        self.background.refine()
        self.update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fit again, or keep the middle."""
        assert event is not None
        before = self.viewport.scale
        self.viewport.set_widget_size(self.width(), self.height(), self.devicePixelRatioF())
        self.update()
        if self.viewport.scale != before:
            self.zoom_changed.emit(self.viewport.scale)
