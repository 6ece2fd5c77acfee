"""Colours, pens and label plates of the canvas."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

Rgb = tuple[int, int, int]

ROUGH_LINE_PX = 1.0
"""What Qt draws fastest, for a first look at thousands of outlines."""
LINE_PX = 2.0
HOVER_LINE_PX = 4.0
HANDLE_PX = 8.0
DENSE_HANDLE_PX = 4.0
PLATE_LONGEST_TEXT = 56  # a label of 40 characters with its score and group
_PLATES_KEPT = 4096

# Okabe and Ito's colours without black: apart for colour-blind eyes.
_FALLBACK: tuple[Rgb, ...] = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours around the picture."""

    background: QColor
    text: QColor
    faint_text: QColor
    accent: QColor


DARK = Theme(QColor("#1e1e1e"), QColor("#e6e6e6"), QColor("#8c8c8c"), QColor("#4c9ffe"))
LIGHT = Theme(QColor("#f3f3f3"), QColor("#202020"), QColor("#707070"), QColor("#0b6bd3"))


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """Pens and brushes of one label, for painters that work in widget pixels."""

    line: QPen
    rough_line: QPen
    hover_line: QPen
    fill: QBrush
    selected_fill: QBrush
    solid: QBrush
    selected_line: QPen
    drawn_fill: QBrush


@dataclass(frozen=True, slots=True)
class ChosenColors:
    """Colours that a person has fixed for all labels; None where the program's own look counts.

    Attributes:
        line: Lines of shapes without a label.
        drawn_fill: Inside of a shape that is being drawn.
        handle: Handles.
        hot_handle: The handle under the mouse.
        selected_line: Lines of selected shapes.
        selected_fill: Inside of selected shapes.
        handle_px: Size of handles, in widget pixels.
    """

    line: QColor | None = None
    drawn_fill: QColor | None = None
    handle: QColor | None = None
    hot_handle: QColor | None = None
    selected_line: QColor | None = None
    selected_fill: QColor | None = None
    handle_px: float = HANDLE_PX


def fallback_color(label: str) -> Rgb:
    """Return a colour that depends on the label's name only."""
    return _FALLBACK[zlib.crc32(label.encode()) % len(_FALLBACK)]


def text_color_on(rgb: Rgb) -> QColor:
    """Return black or white, whichever stands out more (relative luminance of WCAG 2)."""
    red, green, blue = (_linear(channel / 255) for channel in rgb)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return QColor("black") if (luminance + 0.05) ** 2 > 0.05 * 1.05 else QColor("white")


class Style:
    """Pens, brushes and plates by label, made once.

    Attributes:
        theme: The colours around the picture.
        chosen: What a person has fixed for all labels.
        widest_plate: Width of the widest plate that was asked for since the font is this one, in widget pixels.
    """

    def __init__(self, font: QFont) -> None:
        self.theme = DARK
        self.chosen = ChosenColors()
        self._color_of: Callable[[str], Rgb] = fallback_color
        self._opacity = (0.18, 0.32)
        self._labels: dict[str, LabelStyle] = {}
        self._plates: dict[tuple[str, str, float], QPixmap] = {}
        self._sizes: dict[str, tuple[float, float]] = {}
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Write plates in this font, in a size of their own."""
        self._font = QFont(font)
        self._font.setPixelSize(11)
        self._metrics = QFontMetricsF(self._font)
        self.widest_plate = 0.0
        self._sizes.clear()
        self._plates.clear()

    def set_dark(self, dark: bool) -> None:
        """Choose the colours around the picture."""
        self.theme = DARK if dark else LIGHT
        self._forget()

    def color_of(self, label: str) -> Rgb:
        """Return the colour of a label."""
        return self._color_of(label)

    def set_color_of(self, color_of: Callable[[str], Rgb] | None) -> None:
        """Take colours from a callable from now on; None brings the built-in ones back."""
        self._color_of = color_of or fallback_color
        self._forget()

    def set_chosen(self, chosen: ChosenColors) -> None:
        """Use the colours that a person has fixed."""
        self.chosen = chosen
        self._forget()

    def handle_size(self, size_px: float) -> float:
        """Return how large handles are that have this size by themselves."""
        return size_px * self.chosen.handle_px / HANDLE_PX

    def set_fill_opacity(self, plain: float, selected: float) -> None:
        """Set how much of the picture the fills hide, 0-1."""
        self._opacity = (plain, selected)
        self._forget()

    def of(self, label: str) -> LabelStyle:
        """Return the pens and brushes of a label; a shape without one is shown in the accent colour."""
        style = self._labels.get(label)
        if style is None:
            chosen = self.chosen
            color = QColor(*self._color_of(label)) if label else chosen.line or self.theme.accent
            selected_fill = chosen.selected_fill or _translucent(color, self._opacity[1])
            style = LabelStyle(
                _pen(color, LINE_PX),
                _pen(color, ROUGH_LINE_PX),
                _pen(color, HOVER_LINE_PX),
                QBrush(_translucent(color, self._opacity[0])),
                QBrush(selected_fill),
                QBrush(color),
                _pen(chosen.selected_line or color, LINE_PX),
                QBrush(chosen.drawn_fill or selected_fill),
            )
            self._labels[label] = style
        return style

    def plate_size(self, text: str) -> tuple[float, float]:
        """Return width and height of the plate for a text, in widget pixels."""
        size = self._sizes.get(text)
        if size is None:
            if len(self._sizes) >= _PLATES_KEPT:
                self._sizes.clear()
            size = self._metrics.horizontalAdvance(_shortened(text)) + 8, self._metrics.height() + 2
            self._sizes[text] = size
            self.widest_plate = max(self.widest_plate, size[0])
        return size

    def plate(self, text: str, label: str, device_pixel_ratio: float) -> QPixmap:
        """Return the plate that shows a text in the label's colour."""
        key = (text, label, device_pixel_ratio)
        plate = self._plates.get(key)
        if plate is None:
            if len(self._plates) >= _PLATES_KEPT:
                self._plates.clear()
            plate = self._plates[key] = self._draw_plate(text, self._color_of(label), device_pixel_ratio)
        return plate

    def note(self, text: str, device_pixel_ratio: float) -> QPixmap:
        """Return a dark plate for a text that belongs to no label, such as a size."""
        return self._draw_plate(text, (32, 32, 32), device_pixel_ratio)

    def _draw_plate(self, text: str, rgb: Rgb, device_pixel_ratio: float) -> QPixmap:
        width, height = self.plate_size(text)
        pixmap = QPixmap(max(1, round(width * device_pixel_ratio)), max(1, round(height * device_pixel_ratio)))
        pixmap.setDevicePixelRatio(device_pixel_ratio)
        pixmap.fill(QColor(*rgb))
        painter = QPainter(pixmap)
        painter.setFont(self._font)
        painter.setPen(text_color_on(rgb))
        painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, _shortened(text))
        painter.end()
        return pixmap

    def _forget(self) -> None:
        self._labels.clear()
        self._plates.clear()


def _pen(color: QColor, width_px: float) -> QPen:
    pen = QPen(color, width_px)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _translucent(color: QColor, opacity: float) -> QColor:
    result = QColor(color)
    result.setAlphaF(opacity)
    return result


def _shortened(text: str) -> str:
    return text if len(text) <= PLATE_LONGEST_TEXT else text[: PLATE_LONGEST_TEXT - 1] + "…"


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
