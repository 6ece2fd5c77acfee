"""Drawings of trees, houses and people."""

from __future__ import annotations

import math

import numpy as np

from scripts.samples.canvas import Color, Point, Rng, Sprite, darker, hex_color, lighter, mix, pick, smooth, vary

_LEAF = ("#3f7d33", "#4f8f3a", "#2f6b3c", "#6a9a3b", "#587c2d")
_AUTUMN = ("#d9822b", "#c4452c", "#e0ad35")
_BLOSSOM = ("#efb6c8", "#f3d3dd")
_BARK = ("#6a4a31", "#7a5a40", "#5a4433")
_WALLS = ("#efe3cd", "#e2b79a", "#c96f54", "#dfe6e9", "#f0d58c", "#b7c9b0", "#a9c1d6", "#f7f1e6", "#b5584a")
_ROOFS = ("#a6412f", "#6d3a2f", "#4b5560", "#8b5a3c", "#37414c", "#b96a3d")
_SKIN = ("#f3cfb3", "#e5b08a", "#c98d63", "#9c6840", "#6f4529", "#f7dcc6")
_HAIR = ("#2b1d15", "#5a3a22", "#8a5a2e", "#c9a15a", "#b5462c", "#8d8d8d", "#17161a")
_SHIRT = (
    "#d8433b", "#2f6fc0", "#f0b93a", "#3d9a63", "#f4f2ec", "#7f4fa5", "#2c3440", "#e97f3c", "#39a9b5", "#e58fb0",
)  # fmt: skip
_TROUSERS = ("#2b3a57", "#3d3f45", "#7a6a52", "#1f2227", "#57708f", "#8a4b3a", "#c8b58f")


def draw_tree(rng: Rng, height_px: float, *, kind: str = "") -> Sprite:
    """Draw a tree; ``kind`` is ``broadleaf``, ``conifer``, ``snowy``, ``palm`` or empty for any but the last two."""
    kind = kind or str(rng.choice(("broadleaf", "broadleaf", "conifer")))
    if kind == "palm":
        return _draw_palm(rng, height_px)
    if kind in ("conifer", "snowy"):
        return _draw_conifer(rng, height_px, snowy=kind == "snowy")
    return _draw_broadleaf(rng, height_px)


def _draw_broadleaf(rng: Rng, height_px: float) -> Sprite:
    width = float(rng.uniform(0.62, 0.95))
    sprite = Sprite(height_px, width)
    season = rng.random()
    leaf = pick(rng, _LEAF if season < 0.75 else _AUTUMN if season < 0.9 else _BLOSSOM)
    bark = pick(rng, _BARK)
    middle = width / 2
    half = float(rng.uniform(0.03, 0.05))
    trunk = [(middle - half * 0.7, 0.5), (middle + half * 0.7, 0.5), (middle + half, 0.93), (middle + half * 1.9, 1.0),
             (middle - half * 1.9, 1.0), (middle - half, 0.93)]  # fmt: skip
    sprite.polygon(trunk, darker(bark, 0.25), to=bark)
    for side in (-1, 1):
        sprite.line([(middle, 0.72), (middle + side * 0.14, 0.52)], half * 0.8, darker(bark, 0.15))
    count = int(rng.integers(9, 14))
    blobs = []
    for index in range(count):
        angle = 2 * math.pi * index / count + rng.uniform(-0.2, 0.2)
        reach = rng.uniform(0.5, 0.62)
        center = (middle + math.cos(angle) * reach * width / 2, 0.36 + math.sin(angle) * reach * 0.36)
        blobs.append((center, float(rng.uniform(0.13, 0.17))))
    blobs.append(((middle, 0.36), 0.24))
    for center, radius in blobs:
        sprite.ellipse(center, (radius, radius), darker(leaf, 0.34))
    for center, radius in blobs:
        sprite.ellipse((center[0] - 0.02, center[1] - 0.03), (radius * 0.8, radius * 0.8), darker(leaf, 0.1))
    for (x, y), radius in blobs:
        sprite.ellipse((x - 0.035, y - 0.055), (radius * 0.5, radius * 0.46), lighter(leaf, 0.12), inside=True)
    _scatter_leaves(sprite, rng, leaf, blobs, int(np.clip(height_px * 0.5, 15, 110)))
    if season >= 0.75 or rng.random() < 0.2:
        for _ in range(int(rng.integers(4, 12))):
            (x, y), radius = blobs[int(rng.integers(len(blobs)))]
            sprite.ellipse(
                (x + rng.normal(0, radius / 3), y + rng.normal(0, radius / 3)), (0.013, 0.013), hex_color("#c22b2b")
            )
    return sprite


def _scatter_leaves(sprite: Sprite, rng: Rng, leaf: Color, blobs: list[tuple[Point, float]], count: int) -> None:
    for _ in range(count):
        (x, y), radius = blobs[int(rng.integers(len(blobs)))]
        angle, reach = rng.uniform(0, 2 * math.pi), radius * math.sqrt(rng.random()) * 1.05
        tone = lighter(leaf, rng.uniform(0.05, 0.3)) if rng.random() < 0.55 else darker(leaf, rng.uniform(0.15, 0.4))
        size = float(rng.uniform(0.012, 0.024))
        center = (x + math.cos(angle) * reach, y + math.sin(angle) * reach)
        sprite.ellipse(center, (size, size * 0.6), tone, angle=float(rng.uniform(0, 180)))


def _draw_conifer(rng: Rng, height_px: float, *, snowy: bool) -> Sprite:
    width = float(rng.uniform(0.42, 0.62))
    sprite = Sprite(height_px, width)
    needle = pick(rng, ("#2c5f3f", "#3a7048", "#27523f", "#47764a"))
    bark = pick(rng, _BARK)
    middle = width / 2
    sprite.rectangle((middle - 0.035, 0.8, middle + 0.035, 1.0), bark, to=darker(bark, 0.3))
    tiers = int(rng.integers(4, 7))
    for tier in reversed(range(tiers)):
        part = (tier + 1) / tiers
        top, foot = 0.84 * tier / tiers * 0.9, 0.06 + 0.82 * part
        half = middle * (0.25 + 0.75 * part)
        teeth = 5 + tier * 2
        rim = []
        for index in range(teeth + 1):
            x = middle + half * (1 - 2 * index / teeth)
            drop = 0.0 if index % 2 == 0 else 0.035
            rim.append((x, foot - drop - 0.04 * (1 - abs(x - middle) / half) * -1))
        sprite.polygon([(middle, top), *rim], lighter(needle, 0.16), to=darker(needle, 0.3))
        if snowy:
            cap = [(middle, top), (middle + half * 0.55, top + (foot - top) * 0.55),
                   (middle + half * 0.2, top + (foot - top) * 0.5), (middle - half * 0.1, top + (foot - top) * 0.62),
                   (middle - half * 0.5, top + (foot - top) * 0.5)]  # fmt: skip
            sprite.polygon(cap, hex_color("#fbfdff"), to=hex_color("#cfdfec"), inside=True)
    return sprite


def _draw_palm(rng: Rng, height_px: float) -> Sprite:
    width = float(rng.uniform(0.75, 0.95))
    sprite = Sprite(height_px, width)
    bark = pick(rng, ("#9a7648", "#86663f", "#a98a5b"))
    leaf = pick(rng, ("#3f8f3a", "#5aa043", "#2f7a45"))
    lean = float(rng.uniform(-0.14, 0.14))
    crown = (width / 2 + lean / 2, 0.27)
    foot = width / 2 - lean
    for index in range(14):
        part = index / 13
        x = crown[0] + (foot - crown[0]) * part**1.6
        tone = darker(bark, 0.18) if index % 2 else bark
        half = 0.02 + 0.016 * part
        y = crown[1] + (0.985 - crown[1]) * part
        sprite.ellipse((x, y), (half, 0.036 if index < 13 else 0.015), tone)
    for index in range(int(rng.integers(8, 11))):
        angle = math.radians(-178 + index * 176 / 8 + rng.uniform(-8, 8))
        reach = float(rng.uniform(0.3, 0.37))
        ribs: list[Point] = []
        for part in np.linspace(0, 1, 7):
            x = crown[0] + math.cos(angle) * reach * 1.12 * part
            y = crown[1] + math.sin(angle) * reach * 0.62 * part + 0.26 * part**2.2
            ribs.append((x, y))
        under = [(x, y + 0.065 * math.sin(math.pi * min(1.0, i / 6 + 0.12))) for i, (x, y) in enumerate(ribs)]
        tone = darker(leaf, float(rng.uniform(0, 0.3)))
        sprite.polygon([*ribs, *reversed(under)], lighter(tone, 0.12), to=darker(tone, 0.25))
        sprite.line(ribs, 0.008, lighter(tone, 0.4), inside=True)
    for side in (-1, 0, 1):
        sprite.ellipse((crown[0] + side * 0.03, crown[1] + 0.03), (0.022, 0.024), hex_color("#5c3d22"))
    return sprite


def draw_house(rng: Rng, height_px: float, *, lit: bool = False, snowy: bool = False) -> Sprite:
    """Draw a house from the front, with its gable or its eaves to the street; ``lit`` lights the windows."""
    wall, roof = pick(rng, _WALLS), pick(rng, _ROOFS)
    gable = rng.random() < 0.5
    floors = int(rng.integers(1, 3)) if not gable else 2
    width = float(rng.uniform(0.82, 1.0) if gable else rng.uniform(1.15, 1.6) / (0.75 + 0.2 * floors))
    sprite = Sprite(height_px, width)
    eaves = 0.4 if gable else 0.36 if floors == 2 else 0.46
    left, right = 0.06, width - 0.06
    if rng.random() < 0.7:
        x = width * float(rng.choice((0.25, 0.72)))
        top = 0.05 if not gable else 0.06
        sprite.rectangle((x - 0.05, top, x + 0.05, eaves), hex_color("#8c4a3a"), to=hex_color("#6b392e"))
        sprite.rectangle((x - 0.062, top - 0.02, x + 0.062, top + 0.03), hex_color("#5b5550"))
    sprite.rectangle((left, eaves - 0.02, right, 1.0), lighter(wall, 0.15), to=darker(wall, 0.14))
    _draw_wall_texture(sprite, rng, wall, (left, eaves, right, 1.0))
    if gable:
        sprite.polygon([(left, eaves), (width / 2, 0.04), (right, eaves)], lighter(wall, 0.2), to=wall)
        eave = [(0, eaves + 0.03), (width / 2, 0.0), (width, eaves + 0.03), (width - 0.02, eaves + 0.08),
                (width / 2, 0.085), (0.02, eaves + 0.08)]  # fmt: skip
        sprite.polygon(eave, lighter(roof, 0.15), to=darker(roof, 0.15))
        sprite.ellipse((width / 2, 0.26), (0.05, 0.05), hex_color("#f4f1e8"))
        sprite.ellipse((width / 2, 0.26), (0.036, 0.036), hex_color("#ffd977" if lit else "#5f88a3"))
    else:
        slope = [(0, eaves + 0.03), (0.13, 0.06), (width - 0.13, 0.06), (width, eaves + 0.03)]
        sprite.polygon(slope, lighter(roof, 0.2), to=darker(roof, 0.12))
        for row in np.arange(0.1, eaves + 0.02, 0.045):
            sprite.line([(0, row), (width, row)], 0.008, darker(roof, 0.3), inside=True, alpha=0.55)
        sprite.rectangle((0, eaves + 0.03, width, eaves + 0.055), darker(roof, 0.5), alpha=0.8, inside=True)
    if snowy:
        cap = [(0, eaves + 0.03), (width / 2 if gable else 0.13, 0.0 if gable else 0.06),
               (width / 2 if gable else width - 0.13, 0.0 if gable else 0.06), (width, eaves + 0.03),
               (width / 2, 0.05 if gable else eaves - 0.05)]  # fmt: skip
        sprite.polygon(cap, hex_color("#fdfeff"), to=hex_color("#d5e3ee"), inside=True)
    _draw_openings(sprite, rng, (left, eaves, right, 1.0), lit=lit, floors=floors)
    return sprite


def _draw_wall_texture(sprite: Sprite, rng: Rng, wall: Color, box: tuple[float, float, float, float]) -> None:
    style = rng.random()
    if style < 0.35:
        for row in np.arange(box[1] + 0.03, box[3], 0.035):
            sprite.line([(box[0], row), (box[2], row)], 0.006, darker(wall, 0.22), inside=True, alpha=0.5)
    elif style < 0.6:
        sprite.rectangle((box[0], 0.9, box[2], 1.0), hex_color("#8c8781"), to=hex_color("#6f6a65"), inside=True)


def _draw_openings(sprite: Sprite, rng: Rng, box: tuple[float, float, float, float], *, lit: bool, floors: int) -> None:
    left, top, right, foot = box
    columns = max(2, round((right - left) / 0.28))
    step = (right - left) / columns
    door_column = int(rng.integers(columns))
    height = (foot - top) / floors
    trim = hex_color("#f7f4ec")
    shutter = pick(rng, ("#3f6b57", "#7b3b33", "#3b5877", "#57473a")) if rng.random() < 0.45 else None
    for floor in range(floors):
        for column in range(columns):
            x = left + step * (column + 0.5)
            y = top + height * (floor + 0.48) + 0.02
            half, rise = min(0.07, step * 0.27), min(0.1, height * 0.26)
            if floor == floors - 1 and column == door_column:
                sprite.rectangle((x - 0.07, foot - 0.3, x + 0.07, foot), trim)
                sprite.rectangle((x - 0.055, foot - 0.285, x + 0.055, foot), pick(rng, _ROOFS), to=hex_color("#3a2a22"))
                sprite.ellipse((x + 0.035, foot - 0.13), (0.009, 0.009), hex_color("#e8c35a"))
                continue
            if shutter is not None:
                sprite.rectangle((x - half * 1.75, y - rise, x + half * 1.75, y + rise), shutter)
            sprite.rectangle((x - half - 0.014, y - rise - 0.014, x + half + 0.014, y + rise + 0.014), trim)
            on = lit and rng.random() < 0.7
            glass = hex_color("#ffdf8a") if on else hex_color("#a9d0e6")
            sprite.rectangle(
                (x - half, y - rise, x + half, y + rise),
                glass,
                to=mix(glass, hex_color("#3c5a70"), 0.15 if on else 0.8),
            )
            sprite.line([(x, y - rise), (x, y + rise)], 0.012, trim)
            sprite.line([(x - half, y), (x + half, y)], 0.012, trim)


def draw_person(rng: Rng, height_px: float) -> Sprite:
    """Draw a standing or walking person, in trousers or a dress, with a hat or a bag now and then."""
    width = 0.5
    sprite = Sprite(height_px, width)
    middle = width / 2
    skin, hair = pick(rng, _SKIN, 8), pick(rng, _HAIR, 8)
    shirt, trousers = pick(rng, _SHIRT), pick(rng, _TROUSERS)
    stride = float(rng.uniform(0.02, 0.12))
    dress = rng.random() < 0.25
    legs = skin if dress or rng.random() < 0.12 else trousers
    for side in (-1, 1):
        knee = (middle + side * (0.04 + stride * 0.5) + 0.012, 0.75)
        foot = (middle + side * (0.04 + stride), 0.95)
        tone = legs if side > 0 else darker(legs, 0.15)
        sprite.line([(middle + side * 0.04, 0.55), knee], 0.082, tone)
        sprite.line([knee, foot], 0.062, tone)
        sprite.ellipse((foot[0] - 0.015, 0.975), (0.05, 0.024), pick(rng, ("#241f1c", "#f1efe9", "#7c4a2b"), 6))
    if rng.random() < 0.2:
        sprite.rectangle(
            (middle + 0.05, 0.22, middle + 0.16, 0.47), pick(rng, _SHIRT), to=hex_color("#2c2a2b"), radius=0.04
        )
    _draw_arm(sprite, rng, (middle + 0.105, 0.24), 1, skin, darker(shirt, 0.15))
    torso = [(middle - 0.115, 0.2), (middle + 0.115, 0.2), (middle + 0.105, 0.38), (middle + 0.085, 0.58),
             (middle - 0.085, 0.58), (middle - 0.105, 0.38)]  # fmt: skip
    sprite.polygon(smooth(torso), lighter(shirt, 0.14), to=darker(shirt, 0.2))
    if dress:
        skirt = [(middle - 0.085, 0.42), (middle + 0.085, 0.42), (middle + 0.165, 0.74), (middle - 0.165, 0.74)]
        sprite.polygon(smooth(skirt, 1), shirt, to=darker(shirt, 0.25))
    elif rng.random() < 0.35:
        stripe = pick(rng, _SHIRT)
        for row in np.arange(0.27, 0.54, 0.07):
            sprite.rectangle((middle - 0.1, row, middle + 0.1, row + 0.028), stripe, inside=True)
    _draw_arm(sprite, rng, (middle - 0.105, 0.24), -1, skin, shirt)
    sprite.line([(middle, 0.14), (middle, 0.205)], 0.06, darker(skin, 0.12))
    _draw_head(sprite, rng, middle, skin, hair)
    return sprite


def _draw_arm(sprite: Sprite, rng: Rng, shoulder: Point, side: int, skin: Color, sleeve: Color) -> None:
    raised = rng.random() < 0.12
    elbow = (shoulder[0] + side * rng.uniform(0.02, 0.07), shoulder[1] + (0.02 if raised else 0.15))
    hand = (elbow[0] + side * rng.uniform(-0.05, 0.03), elbow[1] + (-0.16 if raised else 0.14))
    sprite.line([elbow, hand], 0.045, skin if rng.random() < 0.6 else sleeve)
    sprite.line([shoulder, elbow], 0.062, sleeve)
    sprite.ellipse(hand, (0.026, 0.028), skin)


def _draw_head(sprite: Sprite, rng: Rng, middle: float, skin: Color, hair: Color) -> None:
    long_hair = rng.random() < 0.4
    if long_hair:
        sprite.ellipse((middle, 0.098), (0.074, 0.094), hair, to=darker(hair, 0.3))
    sprite.ellipse((middle, 0.1), (0.06, 0.076), lighter(skin, 0.08), to=darker(skin, 0.08))
    cap = [(middle - 0.065, 0.1), (middle - 0.066, 0.05), (middle - 0.035, 0.012), (middle, 0.002),
           (middle + 0.035, 0.012), (middle + 0.066, 0.05), (middle + 0.065, 0.1),
           (middle + 0.035, 0.062), (middle - 0.03, 0.06)]  # fmt: skip
    style = rng.random()
    sprite.polygon(smooth(cap, 1), hair if style > 0.16 else vary(hex_color("#d9a93f"), rng, 40), to=darker(hair, 0.15))
    if style < 0.16:
        sprite.rectangle((middle - 0.11, 0.05, middle + 0.11, 0.072), vary(hex_color("#b98a35"), rng, 30), radius=0.01)
    for side in (-1, 1):
        sprite.ellipse((middle + side * 0.024, 0.1), (0.008, 0.009), hex_color("#2a211d"))
    sprite.line([(middle - 0.018, 0.138), (middle + 0.018, 0.138)], 0.009, hex_color("#a5504a"))
