"""Drawings of balls and cups."""

from __future__ import annotations

import math

import numpy as np

from scripts.samples.canvas import Color, Point, Rng, Sprite, arc, darker, hex_color, lighter, pick

_BRIGHT = ("#e5413a", "#2f7fd1", "#f5c033", "#3fae68", "#f08a35", "#8a55b8", "#ee7fa8", "#27b2b8")
_GLAZE = ("#e9e4da", "#d2553f", "#2f6c9c", "#f0bf4c", "#4f8f74", "#2f343b", "#c58fa8", "#f5f5f2", "#87a9b8", "#b5764d")
_WHITE = hex_color("#fbfaf6")


def draw_ball(rng: Rng, height_px: float) -> Sprite:
    """Draw a ball: a beach ball, a football, a basketball, a tennis ball or a striped one."""
    sprite = Sprite(height_px, 1.0)
    kind = int(rng.integers(5))
    turn = float(rng.uniform(0, 360))
    if kind == 0:
        _draw_beach_ball(sprite, rng, turn)
    elif kind == 1:
        _draw_football(sprite, turn)
    elif kind == 2:
        _draw_seams(sprite, pick(rng, ("#d9762c", "#c9652a")), hex_color("#2a1c14"), turn, crossed=True)
    elif kind == 3:
        _draw_seams(sprite, pick(rng, ("#cfe04a", "#d9e65a")), _WHITE, turn, crossed=False)
    else:
        paint = pick(rng, _BRIGHT)
        sprite.ellipse((0.5, 0.5), (0.5, 0.5), paint)
        stripe = pick(rng, _BRIGHT) if rng.random() < 0.5 else _WHITE
        angle = math.radians(turn)
        along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        band = [(0.5 + along[0] * a + across[0] * b, 0.5 + along[1] * a + across[1] * b)
                for a, b in ((-0.6, -0.13), (0.6, -0.13), (0.6, 0.13), (-0.6, 0.13))]  # fmt: skip
        sprite.polygon(band, stripe, inside=True)
    _round(sprite, rng)
    return sprite


def _draw_beach_ball(sprite: Sprite, rng: Rng, turn: float) -> None:
    sprite.ellipse((0.5, 0.5), (0.5, 0.5), _WHITE)
    pole = (0.5 + 0.16 * math.cos(math.radians(turn)), 0.5 + 0.16 * math.sin(math.radians(turn)))
    first = int(rng.integers(len(_BRIGHT)))
    for index in range(6):
        color = _WHITE if index % 2 else hex_color(_BRIGHT[(first + index) % len(_BRIGHT)])
        rim = arc((0.5, 0.5), (0.56, 0.56), turn + index * 60, turn + index * 60 + 60)
        sprite.polygon([pole, *rim], color, inside=True)
    sprite.ellipse(pole, (0.07, 0.07), _WHITE)


def _draw_football(sprite: Sprite, turn: float) -> None:
    ink = hex_color("#22242a")
    sprite.ellipse((0.5, 0.5), (0.5, 0.5), _WHITE)

    def pentagon(center: Point, radius: float, start: float) -> list[Point]:
        angles = [math.radians(start + 72 * index) for index in range(5)]
        return [(center[0] + radius * math.cos(a), center[1] + radius * math.sin(a)) for a in angles]

    corners = pentagon((0.5, 0.5), 0.17, turn)
    for index, corner in enumerate(corners):
        angle = math.radians(turn + 72 * index)
        outer = (0.5 + 0.46 * math.cos(angle), 0.5 + 0.46 * math.sin(angle))
        sprite.line([corner, outer], 0.022, ink, inside=True)
        sprite.polygon(pentagon(outer, 0.14, turn + 72 * index + 180), ink, inside=True)
    sprite.polygon(corners, ink, inside=True)


def _draw_seams(sprite: Sprite, paint: Color, seam: Color, turn: float, *, crossed: bool) -> None:
    sprite.ellipse((0.5, 0.5), (0.5, 0.5), paint)
    angle = math.radians(turn)
    for side in (-1, 1):
        center = (0.5 + side * 0.62 * math.cos(angle), 0.5 + side * 0.62 * math.sin(angle))
        sprite.line(arc(center, (0.42, 0.42)), 0.035, seam, inside=True)
    if crossed:
        for offset in (0.0, math.pi / 2):
            x, y = 0.6 * math.cos(angle + offset), 0.6 * math.sin(angle + offset)
            sprite.line([(0.5 - x, 0.5 - y), (0.5 + x, 0.5 + y)], 0.03, seam, inside=True)


def _round(sprite: Sprite, rng: Rng) -> None:
    """Shade the surface as a sphere lit from above, with a highlight."""
    x, y = sprite.grid()
    side = float(rng.uniform(-0.16, 0.16))
    distance = np.sqrt((x - 0.5 - side) ** 2 + (y - 0.32) ** 2)
    shade = np.clip(1.16 - 0.85 * distance**1.7, 0.4, 1.2).astype(np.float32)
    sprite.multiply(shade)
    sprite.ellipse((0.5 + side, 0.2), (0.12, 0.07), _WHITE, inside=True, alpha=0.5, angle=side * 90)


def draw_cup(rng: Rng, height_px: float) -> Sprite:
    """Draw a mug, a tea cup on a saucer, or a paper cup with a lid."""
    kind = int(rng.integers(4))
    if kind == 3:
        return _draw_paper_cup(rng, height_px)
    return _draw_teacup(rng, height_px) if kind == 2 else _draw_mug(rng, height_px)


def _drink(rng: Rng) -> Color:
    return pick(rng, ("#4a2c1a", "#6f4526", "#b0703a", "#8a4b22", "#c9975f"), 6)


def _body(
    sprite: Sprite, color: Color, left: float, right: float, top: float, taper: float, foot: float, bulge: float
) -> None:
    outline = [(left, top)]
    width = right - left
    for part in np.linspace(0, 1, 9):
        inset = width * taper * part ** (1 + bulge)
        outline.append((left + inset, top + (foot - top) * float(part)))
    outline += arc(((left + right) / 2, foot), (width * (0.5 - taper), 0.05), 180, 0)
    for part in np.linspace(1, 0, 9):
        inset = width * taper * part ** (1 + bulge)
        outline.append((right - inset, top + (foot - top) * float(part)))
    sprite.polygon(outline, lighter(color, 0.1), to=darker(color, 0.1))
    x, _ = sprite.grid()
    across = np.clip((x - left) / width, 0, 1)
    shade = 0.72 + 0.42 * np.exp(-(((across - 0.34) / 0.26) ** 2)) - 0.16 * across**3
    sprite.multiply(np.broadcast_to(shade, sprite.coverage.shape).astype(np.float32))


def _rim(sprite: Sprite, rng: Rng, color: Color, left: float, right: float, top: float, depth: float) -> None:
    middle, half = (left + right) / 2, (right - left) / 2
    sprite.ellipse((middle, top), (half, depth), lighter(color, 0.4))
    sprite.ellipse((middle, top + 0.004), (half * 0.92, depth * 0.82), darker(color, 0.35))
    if rng.random() < 0.75:
        drink = _drink(rng)
        sprite.ellipse((middle, top + depth * 0.25), (half * 0.86, depth * 0.56), drink, to=lighter(drink, 0.15))
        sprite.ellipse(
            (middle - half * 0.3, top + depth * 0.2), (half * 0.28, depth * 0.16), _WHITE, inside=True, alpha=0.25
        )


def _draw_mug(rng: Rng, height_px: float) -> Sprite:
    color = pick(rng, _GLAZE)
    width = float(rng.uniform(0.68, 0.85))
    sprite = Sprite(height_px, width + 0.26)
    depth = float(rng.uniform(0.07, 0.12))
    sprite.line(arc((width - 0.02, 0.5), (0.2, 0.24), -80, 80), 0.085, darker(color, 0.12))
    sprite.line(arc((width - 0.02, 0.48), (0.2, 0.24), -70, 40), 0.02, lighter(color, 0.4), inside=True)
    _body(sprite, color, 0.0, width, depth, float(rng.uniform(0, 0.06)), 0.95, 1.0)
    accent = pick(rng, _GLAZE)
    style = rng.random()
    if style < 0.3:
        for row in (0.42, 0.56, 0.7):
            _band(sprite, accent, width, row, 0.05)
    elif style < 0.5:
        _band(sprite, accent, width, 0.62, 0.4)
    elif style < 0.75:
        for index in range(9):
            center = (width * (0.17 + 0.33 * (index % 3)), 0.38 + 0.19 * (index // 3))
            sprite.ellipse(center, (0.045, 0.05), accent, alpha=0.85)
    _rim(sprite, rng, color, 0.0, width, depth, depth)
    return sprite


def _band(sprite: Sprite, color: Color, width: float, row: float, height: float) -> None:
    upper = arc((width / 2, row - height / 2), (width / 2, 0.05), 180, 0)
    lower = arc((width / 2, row + height / 2), (width / 2, 0.05), 0, 180)
    sprite.polygon([*upper, *lower], color, inside=True, alpha=0.8)


def _draw_teacup(rng: Rng, height_px: float) -> Sprite:
    color = pick(rng, _GLAZE)
    sprite = Sprite(height_px, 1.7)
    sprite.ellipse((0.85, 0.85), (0.85, 0.15), darker(color, 0.25))
    sprite.ellipse((0.85, 0.83), (0.85, 0.145), lighter(color, 0.2), to=darker(color, 0.08))
    sprite.ellipse((0.85, 0.84), (0.5, 0.08), darker(color, 0.22))
    sprite.line(arc((1.38, 0.38), (0.17, 0.17), -100, 95), 0.07, darker(color, 0.1))
    cup = Sprite(height_px, 1.7)
    _body(cup, color, 0.3, 1.4, 0.14, 0.3, 0.84, 1.6)
    accent = pick(rng, _GLAZE)
    cup.polygon([*arc((0.85, 0.26), (0.53, 0.1), 180, 0), *arc((0.85, 0.33), (0.51, 0.1), 0, 180)], accent, inside=True)
    _rim(cup, rng, color, 0.3, 1.4, 0.14, 0.13)
    covered = cup.coverage > 0
    sprite.color[covered] = cup.color[covered]
    sprite.coverage[covered] = 255
    return sprite


def _draw_paper_cup(rng: Rng, height_px: float) -> Sprite:
    color = pick(rng, ("#f4f1ea", "#ede5d4", "#c99a6b", "#3d7a5c", "#d2553f"))
    sprite = Sprite(height_px, 0.68)
    _body(sprite, color, 0.03, 0.65, 0.12, 0.11, 0.965, 0.0)
    sleeve = pick(rng, ("#a8713f", "#7b4b2a", "#2f343b", "#4f8f74", "#d9a441"))
    sprite.polygon(
        [*arc((0.34, 0.38), (0.34, 0.03), 180, 0), *arc((0.34, 0.72), (0.34, 0.03), 0, 180)],
        sleeve,
        inside=True,
        alpha=0.85,
    )
    sprite.ellipse((0.34, 0.55), (0.1, 0.1), lighter(sleeve, 0.7), inside=True)
    lid = pick(rng, ("#f7f6f2", "#2a2a2c", "#e8e4da"), 4)
    sprite.rectangle((0.0, 0.09, 0.68, 0.17), lighter(lid, 0.1), to=darker(lid, 0.12), radius=0.03)
    sprite.rectangle((0.05, 0.01, 0.63, 0.1), lighter(lid, 0.15), to=darker(lid, 0.08), radius=0.035)
    return sprite
