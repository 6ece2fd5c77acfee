"""Line icons drawn from our own SVG files, in the colours of the theme, crisp at every scale.

An icon is drawn when it is first painted and kept by size and colour, so an icon that is never seen costs nothing, and
all icons follow a change of theme by themselves.
"""

from __future__ import annotations

import functools

from qtpy.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from qtpy.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap

from anylabeling.views.theme import ICONS_DIR, colors

_CACHE_LIMIT = 512
_pixmaps: dict[tuple[str, int, int, str], QPixmap] = {}


@functools.cache
def icon(name: str) -> QIcon:
    """Return the icon of a name, which is the name of a file in resources/icons.

    Raises:
        FileNotFoundError: When there is no such icon.
    """
    if not (ICONS_DIR / f"{name}.svg").is_file():
        raise FileNotFoundError(f"there is no icon {name}.svg in {ICONS_DIR}")
    return QIcon(_SvgEngine(name))


def icon_pixmap(name: str, size_px: int, color_name: str, *, ratio: float = 1.0) -> QPixmap:
    """Return an icon in one of the theme's colours.

    Args:
        name: The name of a file in resources/icons.
        size_px: Edge length in device-independent pixels.
        color_name: A field of ``theme.Colors``.
        ratio: Device pixels per device-independent pixel of where it is shown.
    """
    edge = round(size_px * ratio)
    pixmap = QPixmap(_render(name, edge, edge, getattr(colors(), color_name)))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def app_icon() -> QIcon:
    """Return the icon of the program."""
    result = QIcon()
    for edge in (16, 32, 64, 128):
        result.addPixmap(_render("app", edge, edge, ""))
    return result


class _SvgEngine(QIconEngine):
    """Draws one SVG file, with ``currentColor`` replaced by what the state asks for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter | None, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon centred in a rectangle."""
        if painter is None:
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else _screen_ratio()
        pixmap = self.pixmap(rect.size() * ratio, mode, state)
        pixmap.setDevicePixelRatio(ratio)
        painter.drawPixmap(rect.topLeft(), pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon at a size in device pixels."""
        return QPixmap(_render(self._name, size.width(), size.height(), _color_for(mode, state)))

    def clone(self) -> QIconEngine:
        """Return an engine for a copy of the icon."""
        return _SvgEngine(self._name)


def _color_for(mode: QIcon.Mode, state: QIcon.State) -> str:
    c = colors()
    if mode == QIcon.Mode.Disabled:
        return c.disabled
    if mode == QIcon.Mode.Selected:
        return c.text  # a selected row is tinted, its text stays as it is
    if state == QIcon.State.On:
        return c.accent_text
    return c.text if mode == QIcon.Mode.Active else c.muted


def _screen_ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen is not None else 1.0


@functools.cache
def _source(name: str) -> str:
    return (ICONS_DIR / f"{name}.svg").read_text(encoding="utf-8")


def _render(name: str, width: int, height: int, color: str) -> QPixmap:
    key = (name, width, height, color)
    found = _pixmaps.get(key)
    if found is not None:
        return found
    from qtpy.QtSvg import QSvgRenderer

    pixmap = QPixmap(max(width, 1), max(height, 1))
    pixmap.fill(Qt.GlobalColor.transparent)
    edge = min(width, height)
    corner = QPoint((width - edge) // 2, (height - edge) // 2)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color or "#000000").encode()))
    renderer.render(painter, QRectF(corner.x(), corner.y(), edge, edge))
    painter.end()
    if len(_pixmaps) >= _CACHE_LIMIT:
        _pixmaps.clear()
    _pixmaps[key] = pixmap
    return pixmap
