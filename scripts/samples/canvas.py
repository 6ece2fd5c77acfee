"""A small drawing surface for one object: supersampled colour and coverage, with shading.

Coordinates are in units of the object's height: y runs from 0 (top) to 1 (bottom), x from 0 to the aspect ratio.
Colours are BGR tuples of floats in 0..255.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.opencv import cv2

Color = tuple[float, float, float]
Point = tuple[float, float]
Image = NDArray[np.uint8]
Rng = np.random.Generator

SUPERSAMPLING = 2
_MARGIN = 0.08
_SHIFT = 4


def as_bytes(picture: Any) -> Image:
    """Return a uint8 picture from OpenCV, whose own annotations leave the type of the numbers open."""
    return np.asarray(picture, np.uint8)


def hex_color(text: str) -> Color:
    """Return the BGR colour of a ``#rrggbb`` text."""
    value = int(text[1:], 16)
    return (float(value & 255), float(value >> 8 & 255), float(value >> 16 & 255))


def mix(first: Color, second: Color, amount: float) -> Color:
    """Blend two colours; ``amount`` 0 gives the first, 1 the second."""
    blue, green, red = (a + (b - a) * amount for a, b in zip(first, second, strict=True))
    return (blue, green, red)


def lighter(color: Color, amount: float) -> Color:
    """Blend a colour towards white."""
    return mix(color, (255.0, 255.0, 255.0), amount)


def darker(color: Color, amount: float) -> Color:
    """Blend a colour towards black."""
    return mix(color, (0.0, 0.0, 0.0), amount)


def vary(color: Color, rng: Rng, amount: float = 12.0) -> Color:
    """Shift each channel of a colour by a random step of at most ``amount``."""
    blue, green, red = (float(np.clip(c + rng.uniform(-amount, amount), 0, 255)) for c in color)
    return (blue, green, red)


def pick(rng: Rng, colors: Sequence[str], amount: float = 12.0) -> Color:
    """Pick one ``#rrggbb`` text of a palette and vary it a little."""
    return vary(hex_color(colors[int(rng.integers(len(colors)))]), rng, amount)


def smooth(points: Sequence[Point], rounds: int = 2) -> list[Point]:
    """Round the corners of a closed outline by corner cutting (Chaikin)."""
    outline = np.asarray(points, dtype=np.float64)
    for _ in range(rounds):
        following = np.roll(outline, -1, axis=0)
        outline = np.stack((0.8 * outline + 0.2 * following, 0.2 * outline + 0.8 * following), axis=1).reshape(-1, 2)
    return [(float(x), float(y)) for x, y in outline]


def rounded_rectangle(x1: float, y1: float, x2: float, y2: float, radius: float) -> list[Point]:
    """Return the outline of a rectangle with round corners."""
    radius = min(radius, (x2 - x1) / 2, (y2 - y1) / 2)
    outline = []
    corners = ((x2 - radius, y1 + radius), (x2 - radius, y2 - radius), (x1 + radius, y2 - radius))
    for start, (cx, cy) in zip((-90, 0, 90, 180), (*corners, (x1 + radius, y1 + radius)), strict=True):
        for degrees in range(start, start + 91, 30):
            angle = math.radians(degrees)
            outline.append((cx + radius * math.cos(angle), cy + radius * math.sin(angle)))
    return outline


def arc(center: Point, radii: Point, start: float = 0.0, stop: float = 360.0, angle: float = 0.0) -> list[Point]:
    """Return points on an ellipse between two angles in degrees, the ellipse turned by ``angle`` degrees."""
    steps = max(6, int(abs(stop - start) / 10))
    turned = math.radians(angle)
    outline = []
    for degrees in np.linspace(start, stop, steps + 1):
        x = radii[0] * math.cos(math.radians(degrees))
        y = radii[1] * math.sin(math.radians(degrees))
        outline.append(
            (
                center[0] + x * math.cos(turned) - y * math.sin(turned),
                center[1] + x * math.sin(turned) + y * math.cos(turned),
            )
        )
    return outline


@dataclass(frozen=True)
class Cutout:
    """A finished object, ready to be laid over a picture.

    Attributes:
        color: BGR uint8 (h, w, 3), premultiplied by the coverage.
        coverage: uint8 (h, w), 255 where the object is.
    """

    color: Image
    coverage: Image


class Sprite:
    """The surface that one object is drawn on.

    Args:
        height_px: height of the object in the final picture, in pixels.
        aspect: width of the object as a multiple of its height.
    """

    def __init__(self, height_px: float, aspect: float) -> None:
        self.aspect = aspect
        self.scale = height_px * SUPERSAMPLING
        height = max(4, math.ceil(self.scale * (1 + 2 * _MARGIN)))
        width = max(4, math.ceil(self.scale * (aspect + 2 * _MARGIN)))
        self.color: Image = np.zeros((height, width, 3), np.uint8)
        self.coverage: Image = np.zeros((height, width), np.uint8)

    def polygon(
        self,
        points: Sequence[Point],
        color: Color,
        *,
        to: Color | None = None,
        inside: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """Fill an outline.

        Args:
            points: corners, in units of the object's height.
            color: fill colour.
            to: colour at the lower end of the outline; between the two a vertical gradient.
            inside: paint only where something was painted before.
            alpha: opacity of the paint.
        """
        outline = self._pixels(points)

        def draw(mask: Image, offset: tuple[int, int]) -> None:
            shifted = np.round((outline - offset) * (1 << _SHIFT)).astype(np.int32)
            cv2.fillPoly(mask, [shifted], 255, cv2.LINE_8, _SHIFT)

        self._paint(outline, 1.0, draw, color, to, inside, alpha)

    def line(
        self, points: Sequence[Point], width: float, color: Color, *, inside: bool = False, alpha: float = 1.0
    ) -> None:
        """Stroke a polyline with round ends; ``width`` is in units of the object's height."""
        track = self._pixels(points)
        thickness = max(1, round(width * self.scale))

        def draw(mask: Image, offset: tuple[int, int]) -> None:
            shifted = np.round((track - offset) * (1 << _SHIFT)).astype(np.int32)
            cv2.polylines(mask, [shifted], False, 255, thickness, cv2.LINE_8, _SHIFT)

        self._paint(track, thickness, draw, color, None, inside, alpha)

    def ellipse(
        self,
        center: Point,
        radii: Point,
        color: Color,
        *,
        to: Color | None = None,
        angle: float = 0.0,
        inside: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """Fill an ellipse turned by ``angle`` degrees; the other arguments are those of `polygon`."""
        self.polygon(arc(center, radii, angle=angle), color, to=to, inside=inside, alpha=alpha)

    def rectangle(
        self,
        box: tuple[float, float, float, float],
        color: Color,
        *,
        radius: float = 0.0,
        to: Color | None = None,
        inside: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """Fill the rectangle ``x1, y1, x2, y2`` with round corners; the other arguments are those of `polygon`."""
        self.polygon(rounded_rectangle(*box, radius), color, to=to, inside=inside, alpha=alpha)

    def multiply(self, factor: NDArray[np.float32]) -> None:
        """Multiply the colours by a factor (h, w) or (h, w, 1) of the surface's own size."""
        if factor.ndim == 2:
            factor = factor[:, :, None]
        self.color = np.clip(self.color * factor, 0, 255).astype(np.uint8)

    def grid(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the x (1, w) and y (h, 1) of the surface's pixels, in units of the object's height."""
        height, width = self.coverage.shape
        x = (np.arange(width, dtype=np.float32)[None, :] + 0.5) / self.scale - _MARGIN
        y = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / self.scale - _MARGIN
        return x, y

    def finish(self, *, flip: bool, angle: float, light: Point, relief: float = 0.5) -> Cutout:
        """Turn, light and shrink the drawing.

        Args:
            flip: mirror it.
            angle: rotation in degrees, counter-clockwise.
            light: direction towards the light, x to the right and y down.
            relief: strength of the shading along the outline, 0 for none.
        """
        color, coverage = self.color, self.coverage
        if flip:
            color, coverage = np.ascontiguousarray(color[:, ::-1]), np.ascontiguousarray(coverage[:, ::-1])
        if angle:
            color, coverage = _rotate(color, coverage, angle)
        color = _light(color, coverage, self.scale, light, relief)
        size = (max(2, coverage.shape[1] // SUPERSAMPLING), max(2, coverage.shape[0] // SUPERSAMPLING))
        return Cutout(
            as_bytes(cv2.resize(color, size, interpolation=cv2.INTER_AREA)),
            as_bytes(cv2.resize(coverage, size, interpolation=cv2.INTER_AREA)),
        )

    def _pixels(self, points: Sequence[Point]) -> NDArray[np.float64]:
        return (np.asarray(points, dtype=np.float64) + _MARGIN) * self.scale

    def _paint(
        self,
        outline: NDArray[np.float64],
        grow: float,
        draw: Callable[[Image, tuple[int, int]], None],
        color: Color,
        to: Color | None,
        inside: bool,
        alpha: float,
    ) -> None:
        height, width = self.coverage.shape
        x1, y1 = (max(0, int(v - grow - 1)) for v in outline.min(axis=0))
        x2, y2 = (int(v + grow + 2) for v in outline.max(axis=0))
        x2, y2 = min(width, x2), min(height, y2)
        if x1 >= x2 or y1 >= y2:
            return
        mask: Image = np.zeros((y2 - y1, x2 - x1), np.uint8)
        draw(mask, (x1, y1))
        coverage = self.coverage[y1:y2, x1:x2]
        if inside:
            cv2.bitwise_and(mask, coverage, dst=mask)
        else:
            cv2.bitwise_or(mask, coverage, dst=coverage)
        area = self.color[y1:y2, x1:x2]
        paint: Any
        if to is None:
            paint = np.broadcast_to(np.asarray(color, np.float32), area.shape)
        else:
            ramp = np.linspace(0, 1, y2 - y1, dtype=np.float32)[:, None, None]
            paint = np.asarray(color, np.float32) * (1 - ramp) + np.asarray(to, np.float32) * ramp
            paint = np.broadcast_to(paint, area.shape)
        if alpha < 1:
            paint = area * (1 - alpha) + paint * alpha
        cv2.copyTo(paint.astype(np.uint8), mask, area)


def _rotate(color: Image, coverage: Image, angle: float) -> tuple[Image, Image]:
    height, width = coverage.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    new_width = math.ceil(height * abs(matrix[0, 1]) + width * abs(matrix[0, 0]))
    new_height = math.ceil(height * abs(matrix[0, 0]) + width * abs(matrix[0, 1]))
    matrix[:, 2] += ((new_width - width) / 2, (new_height - height) / 2)
    size = (new_width, new_height)
    return as_bytes(cv2.warpAffine(color, matrix, size)), as_bytes(cv2.warpAffine(coverage, matrix, size))


def _light(color: Image, coverage: Image, scale: float, light: Point, relief: float) -> Image:
    """Shade along the outline as if the object were a little round, and darken it towards its foot."""
    small = cv2.resize(coverage, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    field = cv2.GaussianBlur(small, (0, 0), max(0.8, scale * 0.022))
    across = cv2.Sobel(field, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(field, cv2.CV_32F, 0, 1)
    slope = -(across * light[0] + down * light[1])
    peak = float(np.abs(slope).max()) or 1.0
    foot = np.linspace(0, 1, small.shape[0], dtype=np.float32)[:, None] ** 3
    shade = (1 + relief * 0.55 * slope / peak) * (1 - 0.22 * foot)
    shade = cv2.resize(shade, coverage.shape[::-1], interpolation=cv2.INTER_LINEAR)
    lit: Image = np.clip(color * shade[:, :, None], 0, 255).astype(np.uint8)
    # Premultiplied colours stay below their coverage.
    return np.minimum(lit, coverage[:, :, None])
