"""Drawings of cars, buses and boats."""

from __future__ import annotations

from scripts.samples.canvas import (
    Color,
    Point,
    Rng,
    Sprite,
    arc,
    darker,
    hex_color,
    lighter,
    mix,
    pick,
    smooth,
    vary,
)

_CAR_PAINT = (
    "#c8322b", "#2b5fc8", "#e9e9ec", "#2d3138", "#e8b53a", "#2f8f6b", "#8d99a6", "#7a2f4f", "#e07b39", "#3aa6b9",
    "#5b6b3a", "#b9a27c", "#4a3f78",
)  # fmt: skip
_BUS_PAINT = ("#d8352f", "#f0b429", "#2f78c4", "#3c9a5f", "#f2f2ef", "#7c4fa3", "#e8743b", "#22919c")
_HULL_PAINT = ("#b5322e", "#25508f", "#f1efe8", "#2e7d6b", "#23324a", "#d9a441", "#7b4a2d")
_GLASS_TOP = hex_color("#bfe0f2")
_GLASS_FOOT = hex_color("#3f5b73")
_RUBBER = hex_color("#1d1e21")
_WHITE = hex_color("#f7f6f0")

# Outlines run from the nose (left) over the roof to the tail, in fractions of the length and of the height.
_CAR_BODIES: dict[str, tuple[tuple[Point, ...], tuple[tuple[Point, ...], ...], tuple[float, float]]] = {
    "sedan": (
        ((0.0, 0.8), (0.0, 0.56), (0.05, 0.46), (0.24, 0.41), (0.36, 0.1), (0.43, 0.05), (0.62, 0.05), (0.7, 0.11),
         (0.83, 0.41), (0.95, 0.44), (1.0, 0.54), (1.0, 0.8)),
        (((0.29, 0.41), (0.39, 0.14), (0.5, 0.12), (0.5, 0.41)),
         ((0.53, 0.41), (0.53, 0.12), (0.65, 0.14), (0.77, 0.41))),
        (2.25, 2.6),
    ),
    "hatchback": (
        ((0.0, 0.8), (0.0, 0.56), (0.05, 0.45), (0.21, 0.4), (0.36, 0.08), (0.44, 0.03), (0.84, 0.05), (0.91, 0.12),
         (0.99, 0.42), (1.0, 0.52), (1.0, 0.8)),
        (((0.27, 0.4), (0.39, 0.13), (0.54, 0.11), (0.54, 0.41)),
         ((0.58, 0.41), (0.58, 0.11), (0.83, 0.13), (0.91, 0.41))),
        (1.8, 2.1),
    ),
    "van": (
        ((0.0, 0.8), (0.0, 0.54), (0.04, 0.45), (0.13, 0.38), (0.25, 0.06), (0.31, 0.01), (0.94, 0.01), (0.99, 0.07),
         (1.0, 0.4), (1.0, 0.8)),
        (((0.18, 0.4), (0.28, 0.1), (0.4, 0.1), (0.4, 0.4)), ((0.44, 0.4), (0.44, 0.1), (0.66, 0.1), (0.66, 0.4)),
         ((0.7, 0.4), (0.7, 0.1), (0.92, 0.1), (0.95, 0.4))),
        (1.7, 2.0),
    ),
    "pickup": (
        ((0.0, 0.8), (0.0, 0.52), (0.04, 0.44), (0.22, 0.4), (0.32, 0.08), (0.38, 0.04), (0.55, 0.05), (0.59, 0.4),
         (0.98, 0.4), (1.0, 0.44), (1.0, 0.8)),
        (((0.27, 0.4), (0.35, 0.13), (0.42, 0.12), (0.42, 0.4)),
         ((0.45, 0.4), (0.45, 0.12), (0.53, 0.12), (0.56, 0.4))),
        (2.3, 2.6),
    ),
}  # fmt: skip


def draw_car(rng: Rng, height_px: float) -> Sprite:
    """Draw a car from its side: a sedan, a hatchback, a van or a pickup."""
    kind = str(rng.choice(list(_CAR_BODIES)))
    outline, windows, lengths = _CAR_BODIES[kind]
    length = float(rng.uniform(*lengths))
    paint = pick(rng, _CAR_PAINT)
    sprite = Sprite(height_px, length)

    def stretch(points: tuple[Point, ...]) -> list[Point]:
        return [(x * length, y) for x, y in points]

    sprite.polygon(smooth(stretch(outline)), lighter(paint, 0.22), to=darker(paint, 0.18))
    if rng.random() < 0.25:
        sprite.rectangle((0, 0, length, 0.11), darker(paint, 0.55), inside=True)
    sprite.rectangle((0, 0.56, length, 0.62), darker(paint, 0.16), inside=True)
    sprite.rectangle((0, 0.45, length, 0.475), lighter(paint, 0.5), inside=True, alpha=0.6)
    sprite.rectangle((0, 0.74, length, 0.84), hex_color("#26282b"), inside=True)
    tint = float(rng.uniform(0, 0.35))
    for window in windows:
        glass = smooth(stretch(window), 1)
        sprite.polygon(glass, darker(_GLASS_TOP, tint), to=darker(_GLASS_FOOT, tint))
        middle = sum(x for x, _ in glass) / len(glass)
        shine = [(middle - 0.02, 0.13), (middle + 0.07, 0.13), (middle - 0.03, 0.4), (middle - 0.12, 0.4)]
        sprite.polygon(shine, _WHITE, inside=True, alpha=0.22)
    seam = darker(paint, 0.4)
    for x in (0.515, 0.28) if kind != "van" else (0.42, 0.68):
        sprite.line([(x * length, 0.43), (x * length, 0.74)], 0.012, seam, inside=True)
    sprite.line([(0.545 * length, 0.5), (0.545 * length + 0.09, 0.5)], 0.025, seam, inside=True)
    _draw_lamps(sprite, length)
    wheel = float(rng.uniform(0.165, 0.195))
    spokes = int(rng.integers(4, 8))
    for x in (0.2, 0.8):
        sprite.ellipse((x * length, 1 - wheel), (wheel * 1.22, wheel * 1.22), hex_color("#15161a"), inside=True)
        _draw_wheel(sprite, (x * length, 1 - wheel), wheel, spokes)
    return sprite


def _draw_lamps(sprite: Sprite, length: float) -> None:
    sprite.ellipse((0.05, 0.54), (0.08, 0.045), hex_color("#fff3c4"), inside=True, angle=-12)
    sprite.ellipse((length - 0.03, 0.53), (0.05, 0.06), hex_color("#d3201f"), inside=True)
    sprite.rectangle((0, 0.66, 0.16, 0.7), hex_color("#33363b"), inside=True)


def _draw_wheel(sprite: Sprite, center: Point, radius: float, spokes: int) -> None:
    sprite.ellipse(center, (radius, radius), _RUBBER)
    sprite.ellipse(center, (radius * 0.66, radius * 0.66), hex_color("#c9cdd2"), to=hex_color("#8a9097"))
    rim = arc(center, (radius * 0.42, radius * 0.42))
    for index in range(spokes):
        x, y = rim[index * (len(rim) - 1) // spokes]
        sprite.ellipse((x, y), (radius * 0.11, radius * 0.11), hex_color("#3d4147"))
    sprite.ellipse(center, (radius * 0.16, radius * 0.16), hex_color("#5c626a"))


def draw_bus(rng: Rng, height_px: float) -> Sprite:
    """Draw a bus from its side, with one deck or two."""
    double = rng.random() < 0.3
    length = float(rng.uniform(1.75, 2.05) if double else rng.uniform(2.6, 3.3))
    paint = pick(rng, _BUS_PAINT)
    trim = pick(rng, ("#f5f3ea", "#20242b", "#ffd34d", "#d8e4ee"))
    sprite = Sprite(height_px, length)
    body = (0.0, 0.0, length, 0.88)
    sprite.rectangle(body, lighter(paint, 0.2), to=darker(paint, 0.2), radius=0.09)
    sprite.rectangle((0, 0, length, 0.035), lighter(paint, 0.4), inside=True, alpha=0.7)
    stripe = 0.53 if double else 0.6
    sprite.rectangle((0, stripe, length, stripe + 0.05), trim, inside=True)
    sprite.rectangle((0, 0.8, length, 0.9), darker(paint, 0.55), inside=True)
    decks = ((0.1, 0.31), (0.4 + 0.18, 0.4 + 0.36)) if double else ((0.14, 0.5),)
    for deck in decks:
        _draw_bus_windows(sprite, length, deck)
    door = (0.24, 0.34, 0.46, 0.8) if not double else (0.2, 0.56, 0.36, 0.82)
    sprite.rectangle(door, hex_color("#2b3138"), radius=0.02)
    middle = (door[0] + door[2]) / 2
    for left, right in ((door[0] + 0.015, middle - 0.008), (middle + 0.008, door[2] - 0.015)):
        sprite.rectangle((left, door[1] + 0.02, right, door[3] - 0.03), _GLASS_TOP, to=_GLASS_FOOT)
    top = 0.03 if not double else 0.34
    sprite.rectangle((0.05, top, 0.5, top + 0.08), hex_color("#1b1b1d"), radius=0.02)
    sprite.rectangle((0.09, top + 0.025, 0.42, top + 0.055), hex_color("#ffb52e"))
    sprite.ellipse((0.04, 0.72), (0.045, 0.035), hex_color("#fff3c4"), inside=True)
    sprite.rectangle((length - 0.035, 0.64, length, 0.74), hex_color("#d3201f"), inside=True)
    wheel = 0.105 if double else 0.13
    for x in (0.22 if not double else 0.28, 0.78):
        center = (max(x * length, 0.62), 1 - wheel)
        sprite.ellipse(center, (wheel * 1.25, wheel * 1.25), hex_color("#15161a"), inside=True)
        _draw_wheel(sprite, center, wheel, 6)
    return sprite


def _draw_bus_windows(sprite: Sprite, length: float, deck: tuple[float, float]) -> None:
    top, foot = deck
    sprite.rectangle((0.02, top, length - 0.03, foot), hex_color("#20262d"), radius=0.04)
    count = max(3, round(length / 0.36))
    step = (length - 0.09) / count
    for index in range(count):
        left = 0.045 + index * step
        glass = (left, top + 0.02, left + step - 0.025, foot - 0.02)
        sprite.rectangle(glass, _GLASS_TOP, to=_GLASS_FOOT, radius=0.02)
        shine = [
            (left + step * 0.55, glass[1]),
            (left + step * 0.75, glass[1]),
            (left + step * 0.45, glass[3]),
            (left + step * 0.2, glass[3]),
        ]
        sprite.polygon(shine, _WHITE, inside=True, alpha=0.2)


def draw_boat(rng: Rng, height_px: float, *, kind: str = "") -> Sprite:
    """Draw a boat from its side; ``kind`` is ``sail``, ``motor``, ``fishing`` or empty for any."""
    kind = kind or str(rng.choice(("sail", "sail", "motor", "fishing")))
    paint = pick(rng, _HULL_PAINT)
    if kind == "sail":
        return _draw_sailboat(rng, height_px, paint)
    return _draw_motorboat(rng, height_px, paint) if kind == "motor" else _draw_trawler(rng, height_px, paint)


def _draw_hull(sprite: Sprite, top: float, length: float, paint: Color, rise: float) -> None:
    hull = [
        (0.0, top - rise), (0.3 * length, top), (length, top), (0.94 * length, 0.97), (0.86 * length, 1.0),
        (0.24 * length, 1.0), (0.1 * length, 0.94),
    ]  # fmt: skip
    sprite.polygon(smooth(hull, 1), lighter(paint, 0.16), to=darker(paint, 0.25))
    depth = 1 - top
    stripe = _WHITE if sum(paint) < 520 else hex_color("#25508f")
    sprite.rectangle((0, top + depth * 0.16, length, top + depth * 0.28), stripe, inside=True)
    sprite.rectangle((0, 1 - depth * 0.2, length, 1), darker(paint, 0.5), inside=True)


def _draw_sailboat(rng: Rng, height_px: float, paint: Color) -> Sprite:
    length = float(rng.uniform(0.68, 0.95))
    sprite = Sprite(height_px, length)
    cloth = pick(rng, ("#fbfaf3", "#fbfaf3", "#f6e7c8", "#e8543f", "#3f7fc1", "#f3c13a"), 6)
    jib = cloth if rng.random() < 0.6 else pick(rng, ("#fbfaf3", "#e8543f", "#2f6fb0", "#f3c13a"), 6)
    mast = 0.46 * length
    wind = float(rng.uniform(0.02, 0.08))
    sprite.line([(mast, 0.0), (mast, 0.86)], 0.018, hex_color("#5d4a36"))
    main = [(mast + 0.015, 0.03), (mast + 0.2 * length + wind, 0.42), (0.93 * length, 0.74), (mast + 0.015, 0.76)]
    sprite.polygon(main, lighter(cloth, 0.2), to=darker(cloth, 0.12))
    for part in (0.28, 0.5):
        sprite.line([(mast + 0.01, part), (length, part + 0.08)], 0.006, darker(cloth, 0.25), inside=True, alpha=0.6)
    sprite.polygon(
        [(mast - 0.02, 0.08), (0.16 * length - wind * 0.4, 0.5), (0.05 * length, 0.76), (mast - 0.02, 0.72)],
        lighter(jib, 0.15),
        to=darker(jib, 0.16),
    )
    sprite.line([(mast, 0.775), (0.95 * length, 0.765)], 0.014, hex_color("#5d4a36"))
    _draw_hull(sprite, 0.82, length, paint, 0.03)
    if rng.random() < 0.6:
        sprite.polygon([(mast, 0.0), (mast + 0.09, 0.02), (mast, 0.045)], vary(hex_color("#e03c31"), rng))
    return sprite


def _draw_motorboat(rng: Rng, height_px: float, paint: Color) -> Sprite:
    length = float(rng.uniform(2.0, 2.7))
    sprite = Sprite(height_px, length)
    cabin = [(0.3 * length, 0.56), (0.42 * length, 0.14), (0.72 * length, 0.1), (0.76 * length, 0.56)]
    sprite.polygon(smooth(cabin, 1), _WHITE, to=hex_color("#cfd5da"))
    glass = [(0.36 * length, 0.44), (0.435 * length, 0.2), (0.69 * length, 0.17), (0.71 * length, 0.44)]
    sprite.polygon(glass, _GLASS_TOP, to=_GLASS_FOOT)
    for x in (0.5, 0.6):
        sprite.line([(x * length, 0.15), (x * length, 0.5)], 0.03, _WHITE, inside=True)
    sprite.line([(0.66 * length, 0.1), (0.68 * length, 0.0)], 0.03, hex_color("#7c858d"))
    sprite.line([(0.1 * length, 0.36), (0.3 * length, 0.38)], 0.02, hex_color("#aab2b9"))
    sprite.line([(0.1 * length, 0.36), (0.1 * length, 0.52)], 0.02, hex_color("#aab2b9"))
    _draw_hull(sprite, 0.54, length, paint, 0.1)
    return sprite


def _draw_trawler(rng: Rng, height_px: float, paint: Color) -> Sprite:
    length = float(rng.uniform(1.25, 1.6))
    sprite = Sprite(height_px, length)
    wood = hex_color("#6a4d33")
    sprite.line([(0.36 * length, 0.0), (0.36 * length, 0.7)], 0.025, wood)
    sprite.line([(0.36 * length, 0.05), (0.06 * length, 0.62)], 0.01, mix(wood, _WHITE, 0.3))
    sprite.line([(0.36 * length, 0.12), (0.68 * length, 0.34)], 0.016, wood)
    wall = pick(rng, ("#f3efe2", "#d7e3ea", "#f0d9a8"))
    sprite.rectangle((0.52 * length, 0.3, 0.84 * length, 0.72), lighter(wall, 0.2), to=darker(wall, 0.12), radius=0.02)
    sprite.rectangle(
        (0.49 * length, 0.25, 0.87 * length, 0.32), pick(rng, ("#b5322e", "#25508f", "#3b434c")), radius=0.02
    )
    for left in (0.56, 0.66, 0.75):
        sprite.rectangle((left * length, 0.37, (left + 0.07) * length, 0.49), _GLASS_TOP, to=_GLASS_FOOT, radius=0.015)
    _draw_hull(sprite, 0.66, length, paint, 0.12)
    for x in (0.3, 0.5, 0.7):
        sprite.ellipse((x * length, 0.8), (0.035, 0.045), _RUBBER)
    return sprite
