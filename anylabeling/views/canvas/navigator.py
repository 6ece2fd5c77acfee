"""The whole picture, small, in a corner of the canvas, with a frame around what is shown."""

from __future__ import annotations

from qtpy.QtCore import QPointF, QRectF, QSize, Qt
from qtpy.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion
from qtpy.QtWidgets import QWidget

from anylabeling.translation import tr
from anylabeling.views.canvas.image_view import ImageView

_MOST_PX = 180
_MARGIN_PX = 12


class Navigator(QWidget):
    """Shows where in the picture one is, and goes where one presses. It is there only while the picture is cut off."""

    def __init__(self, view: ImageView) -> None:
        super().__init__(view)
        self._view = view
        self._image = QImage()
        self._image_id = 0
        self._wanted = False
        self.setAccessibleName(tr("Navigator"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        view.zoom_changed.connect(lambda _zoom: self.follow())

    def set_wanted(self, wanted: bool) -> None:
        """Show the navigator where it is of use, or never."""
        self._wanted = wanted
        self.follow()

    def follow(self) -> None:
        """Show the present picture and place."""
        view = self._view
        width, height = view.image_size()
        cut_off = view.has_image and not view.viewport.visible_rect().contains(view.viewport.image_rect)
        self.setVisible(self._wanted and cut_off)
        if not self.isVisible():
            return
        if self._image_id != view.image_id():
            self._image_id = view.image_id()
            ratio = self.devicePixelRatioF()
            longest = round(_MOST_PX * ratio)
            self._image = view.background.small_image(longest)
            self._image.setDevicePixelRatio(ratio)
            scale = _MOST_PX / max(width, height)
            self.resize(QSize(max(1, round(width * scale)), max(1, round(height * scale))))
        self.move(_MARGIN_PX, view.height() - self.height() - _MARGIN_PX)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the picture, darker where it is not shown."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(whole, self._image)
        shown = self._frame()
        painter.setClipRegion(self._region(whole) - self._region(shown))
        painter.fillRect(whole, QColor(0, 0, 0, 120))
        painter.setClipping(False)
        painter.setPen(QPen(QColor("white"), 1))
        painter.drawRect(shown.adjusted(0, 0, -1, -1))
        painter.setPen(QPen(QColor(0, 0, 0, 160), 1))
        painter.drawRect(whole.adjusted(0, 0, -1, -1))

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Go there."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go_to(QPointF(event.pos()))

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Go along with the mouse."""
        if event is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(QPointF(event.pos()))

    def _go_to(self, at: QPointF) -> None:
        width, height = self._view.image_size()
        wanted = QPointF(at.x() / self.width() * width, at.y() / self.height() * height)
        away = QPointF(self._view.rect().center()) - self._view.to_widget(wanted)
        self._view.pan(away.x(), away.y())

    def _frame(self) -> QRectF:
        shown = self._view.viewport.visible_rect() & self._view.viewport.image_rect
        width, height = self._view.image_size()
        across, down = self.width() / max(width, 1), self.height() / max(height, 1)
        return QRectF(shown.x() * across, shown.y() * down, shown.width() * across, shown.height() * down)

    @staticmethod
    def _region(rect: QRectF) -> QRegion:
        return QRegion(rect.toAlignedRect())
