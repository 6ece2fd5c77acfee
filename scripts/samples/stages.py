"""The places that scenes are set in: what their background looks like and what stands where in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from anylabeling.opencv import cv2
from scripts.samples import backgrounds
from scripts.samples.backgrounds import DAYLIGHTS, Daylight, Picture
from scripts.samples.canvas import Rng, darker, hex_color, vary

DEFAULT_LIGHTS = ("noon", "noon", "morning", "evening", "overcast", "dusk")


class Actor(NamedTuple):
    """A kind of object that a place may hold.

    Attributes:
        label: its class.
        weight: how often it is chosen, relative to the others.
        zone: where it stands between the horizon (0) and the lower edge of the picture (1).
        height: its least and greatest height at the lower edge, as parts of the picture's shorter side.
        aspect: about how many times its height it is wide.
        kind: which variety, where the drawing knows several.
    """

    label: str
    weight: float
    zone: tuple[float, float]
    height: tuple[float, float]
    aspect: float
    kind: str = ""


class Placement(NamedTuple):
    """An object to draw: its class and variety, the middle of its foot in pixels, and its height in pixels."""

    label: str
    kind: str
    x: float
    foot: float
    tall: float


@dataclass(frozen=True)
class Stage:
    """A place.

    Attributes:
        ground: name of its background.
        cast: what may stand in it.
        horizon: range of the horizon's height as a part of the picture's height.
        far_scale: size at the horizon as a part of the size at the lower edge.
        crowding: how much of the smaller of two boxes may be shared.
        lights: keys of `DAYLIGHTS` that suit it; empty for the usual ones.
        floating: objects hang anywhere in front of a wall.
        snowy: there is snow on the roofs.
        zoom: factor for all sizes.
    """

    ground: str
    cast: tuple[Actor, ...]
    horizon: tuple[float, float] = (0.34, 0.48)
    far_scale: float = 0.34
    crowding: float = 0.4
    lights: tuple[str, ...] = field(default=())
    floating: bool = False
    snowy: bool = False
    zoom: float = 1.0


class Backdrop(NamedTuple):
    """A painted background: picture, horizon as a part of the height, tint, and strength of the shadows."""

    picture: Picture
    horizon: float
    tint: tuple[float, float, float]
    shadow: float


STAGES: dict[str, Stage] = {
    "street": Stage(
        "street",
        (
            Actor("house", 3, (0.0, 0.08), (0.75, 1.0), 1.0),
            Actor("tree", 2.5, (0.02, 0.2), (0.6, 0.95), 0.7),
            Actor("person", 3, (0.14, 0.3), (0.24, 0.32), 0.45),
            Actor("car", 4, (0.4, 0.8), (0.19, 0.25), 2.1),
            Actor("bus", 1.5, (0.4, 0.75), (0.34, 0.44), 2.7),
            Actor("person", 2, (0.86, 1.02), (0.28, 0.36), 0.45),
            Actor("ball", 0.7, (0.86, 1.0), (0.07, 0.1), 1.0),
        ),
    ),
    "park": Stage(
        "park",
        (
            Actor("tree", 4, (0.0, 0.7), (0.55, 0.9), 0.7),
            Actor("person", 4, (0.1, 1.02), (0.26, 0.36), 0.45),
            Actor("ball", 2.5, (0.25, 1.0), (0.07, 0.13), 1.0),
            Actor("house", 0.8, (0.0, 0.1), (0.6, 0.9), 1.1),
        ),
    ),
    "beach": Stage(
        "beach",
        (
            Actor("boat", 2, (0.03, 0.3), (0.3, 0.6), 0.85, "sail"),
            Actor("boat", 0.8, (0.03, 0.3), (0.17, 0.28), 2.4, "motor"),
            Actor("boat", 0.8, (0.03, 0.3), (0.26, 0.4), 1.45, "fishing"),
            Actor("person", 4, (0.42, 1.02), (0.26, 0.36), 0.45),
            Actor("ball", 3, (0.45, 1.0), (0.08, 0.14), 1.0),
            Actor("tree", 1.3, (0.42, 0.95), (0.55, 0.9), 0.8, "palm"),
        ),
        horizon=(0.28, 0.4),
        lights=("noon", "noon", "morning", "evening"),
    ),
    "harbour": Stage(
        "harbour",
        (
            Actor("boat", 3.5, (0.05, 1.0), (0.3, 0.5), 0.85, "sail"),
            Actor("boat", 2, (0.05, 1.0), (0.14, 0.22), 2.4, "motor"),
            Actor("boat", 2, (0.05, 1.0), (0.24, 0.36), 1.45, "fishing"),
            Actor("house", 1.6, (0.0, 0.02), (0.5, 0.75), 1.0),
            Actor("tree", 1.2, (0.0, 0.02), (0.4, 0.7), 0.7),
        ),
        horizon=(0.3, 0.42),
    ),
    "table": Stage(
        "table",
        (Actor("cup", 4, (0.15, 1.0), (0.2, 0.36), 1.05), Actor("ball", 1.2, (0.15, 1.0), (0.12, 0.26), 1.0)),
        horizon=(0.25, 0.4),
        far_scale=0.55,
        lights=("noon", "overcast", "morning"),
    ),
    "plaza": Stage(
        "plaza",
        (
            Actor("person", 8, (0.1, 1.02), (0.28, 0.38), 0.45),
            Actor("house", 1.2, (0.0, 0.04), (0.8, 1.1), 1.0),
            Actor("tree", 1.2, (0.02, 0.5), (0.6, 0.85), 0.7),
            Actor("ball", 1, (0.3, 1.0), (0.07, 0.1), 1.0),
            Actor("car", 0.7, (0.08, 0.4), (0.2, 0.24), 2.1),
            Actor("cup", 0.5, (0.75, 1.0), (0.1, 0.16), 1.0),
        ),
    ),
    "parking": Stage(
        "parking",
        (
            Actor("car", 7, (0.08, 1.0), (0.18, 0.26), 2.1),
            Actor("bus", 1.6, (0.05, 0.8), (0.34, 0.44), 2.7),
            Actor("tree", 1, (0.0, 0.05), (0.5, 0.8), 0.7),
            Actor("person", 1.5, (0.1, 1.0), (0.26, 0.34), 0.45),
        ),
        lights=("noon", "morning", "evening", "overcast", "dusk", "night"),
    ),
    "winter": Stage(
        "winter",
        (
            Actor("tree", 4, (0.0, 0.6), (0.5, 0.85), 0.5, "snowy"),
            Actor("house", 1.5, (0.0, 0.25), (0.6, 0.95), 1.0),
            Actor("person", 3, (0.1, 1.02), (0.25, 0.34), 0.45),
            Actor("car", 0.8, (0.2, 0.9), (0.19, 0.25), 2.1),
            Actor("ball", 0.6, (0.3, 1.0), (0.07, 0.1), 1.0),
        ),
        lights=("winter", "winter", "overcast", "dusk"),
        snowy=True,
    ),
    "studio": Stage(
        "studio",
        (
            Actor("person", 1, (0, 1), (0.25, 0.6), 0.45),
            Actor("car", 1, (0, 1), (0.1, 0.28), 2.1),
            Actor("bus", 1, (0, 1), (0.12, 0.3), 2.6),
            Actor("boat", 1, (0, 1), (0.15, 0.45), 1.2),
            Actor("tree", 1, (0, 1), (0.2, 0.5), 0.7),
            Actor("house", 1, (0, 1), (0.2, 0.5), 1.0),
            Actor("ball", 1, (0, 1), (0.07, 0.35), 1.0),
            Actor("cup", 1.4, (0, 1), (0.1, 0.4), 1.0),
        ),
        far_scale=0.6,
        crowding=0.3,
        lights=("noon", "overcast"),
        floating=True,
    ),
}


def build_stage(rng: Rng, place: Stage, light: str, width: int, height: int) -> Backdrop:
    """Paint the background of a place in a given light.

    Args:
        rng: source of all that varies.
        place: the place.
        light: a key of `DAYLIGHTS`.
        width: width of the picture in pixels.
        height: height of the picture in pixels.
    """
    daylight = DAYLIGHTS[light]
    horizon = float(rng.uniform(*place.horizon))
    line = round(horizon * height)
    if place.floating:
        picture = backgrounds.paint_abstract(rng, height, width)
    else:
        picture = np.empty((height, width, 3), np.float32)
        if place.ground != "table":
            picture[:line] = backgrounds.paint_sky(rng, line, width, daylight)
            if rng.random() < 0.75:
                base = hex_color("#dfe8f0" if place.snowy else str(rng.choice(("#4c6b4a", "#4d6178", "#6b7a55"))))
                backgrounds.paint_hills(rng, picture, line, daylight, base)
        _GROUNDS[place.ground](rng, picture, line, daylight)
    strength = {"overcast": 0.2, "dusk": 0.28, "night": 0.22}.get(light, 0.42)
    return Backdrop(picture, horizon, daylight.tint, strength)


def _paint_street(rng: Rng, picture: Picture, line: int, light: Daylight) -> None:
    height, width = picture.shape[:2]
    rows = [line + round((height - line) * part) for part in (0.0, 0.12, 0.31, 0.84, 1.0)]
    picture[rows[0] : rows[1]] = backgrounds.paint_grass(rng, rows[1] - rows[0], width)
    picture[rows[1] : rows[2]] = backgrounds.paint_paving(rng, rows[2] - rows[1], width)
    picture[rows[2] : rows[3]] = backgrounds.paint_asphalt(rng, rows[3] - rows[2], width)
    if rng.random() < 0.5:
        picture[rows[3] :] = backgrounds.paint_paving(rng, height - rows[3], width)
    else:
        picture[rows[3] :] = backgrounds.paint_grass(rng, height - rows[3], width)
    curb = max(2, height // 110)
    for row in (rows[2], rows[3]):
        cv2.rectangle(picture, (0, row - curb), (width, row + curb // 2), hex_color("#c9c6bf"), -1)
        cv2.rectangle(picture, (0, row + curb // 2), (width, row + curb), hex_color("#4a4a4c"), -1)
    middle, thickness = (rows[2] + rows[3]) // 2, max(2, height // 130)
    dash = width // int(rng.integers(8, 14))
    for x in range(-int(rng.integers(dash)), width, dash):
        cv2.rectangle(picture, (x, middle - thickness), (x + dash // 2, middle + thickness), hex_color("#e9e6da"), -1)
    _add_lamp_posts(rng, picture, rows[1] + 2, light)


def _add_lamp_posts(rng: Rng, picture: Picture, foot: int, light: Daylight) -> None:
    height, width = picture.shape[:2]
    dark = sum(light.top) < 260
    thickness = max(2, height // 200)
    for _ in range(int(rng.integers(0, 4))):
        x, tall = int(rng.integers(width)), int(height * rng.uniform(0.26, 0.34))
        cv2.line(picture, (x, foot), (x, foot - tall), hex_color("#3c4148"), thickness, cv2.LINE_AA)
        lamp = (x, foot - tall)
        cv2.circle(
            picture, lamp, thickness * 3, hex_color("#ffe6a3") if dark else hex_color("#e8e9e4"), -1, cv2.LINE_AA
        )


def _paint_park(rng: Rng, picture: Picture, line: int, light: Daylight) -> None:
    del light
    height, width = picture.shape[:2]
    picture[line:] = backgrounds.paint_grass(rng, height - line, width)
    if rng.random() < 0.6:
        path = vary(hex_color("#cdb48c"), rng)
        far, near = rng.uniform(0.2, 0.8) * width, rng.uniform(0.1, 0.9) * width
        bend = rng.uniform(-0.25, 0.25) * width
        parts = np.linspace(0, 1, 24)
        middle = far + (near - far) * parts + bend * np.sin(parts * np.pi)
        half = (0.008 + 0.1 * parts**1.4) * width
        rows = line + parts * (height - line)
        left, right = np.stack((middle - half, rows), 1), np.stack((middle + half, rows), 1)
        outline = np.round(np.concatenate((left, right[::-1])) * 16).astype(np.int32)
        mask = np.zeros((height, width), np.uint8)
        cv2.fillPoly(mask, [outline], 255, cv2.LINE_AA, 4)
        share = (mask.astype(np.float32) / 255)[:, :, None]
        grit = backgrounds.tone(path, backgrounds.noise(rng, height, width, (height // 4, width // 4), 1), 0.12)
        picture += share * (grit - picture)


def _paint_beach(rng: Rng, picture: Picture, line: int, light: Daylight) -> None:
    height, width = picture.shape[:2]
    shore = line + round((height - line) * 0.36)
    sand = backgrounds.paint_sand(rng, height - line, width)
    water = backgrounds.paint_water(rng, height - line, width, light)
    edge = shore - line + (backgrounds.noise(rng, 1, width, (1, 5))[0] - 0.5) * (height * 0.06)
    below = np.arange(height - line, dtype=np.float32)[:, None] - edge[None, :]
    width_px = height * 0.012
    foam = np.exp(-((below / width_px) ** 2))[:, :, None]
    wet = np.clip(1 - below / (height * 0.05), 0, 1)[:, :, None] * 0.28
    ground = np.where(below[:, :, None] > 0, sand * (1 - wet), water)
    picture[line:] = ground + foam * 0.75 * (245 - ground)


def _paint_harbour(rng: Rng, picture: Picture, line: int, light: Daylight) -> None:
    height, width = picture.shape[:2]
    picture[line:] = backgrounds.paint_water(rng, height - line, width, light)
    bank = max(3, height // 60)
    color = hex_color(str(rng.choice(("#6f7f4f", "#8c8478", "#a09070"))))
    cv2.rectangle(picture, (0, line - 1), (width, line + bank), color, -1)
    cv2.rectangle(picture, (0, line + bank), (width, line + bank + bank // 2), darker(color, 0.45), -1)


def _paint_table(rng: Rng, picture: Picture, line: int, light: Daylight) -> None:
    del light
    height, width = picture.shape[:2]
    picture[:line] = backgrounds.paint_wall(rng, line, width)
    picture[line:] = backgrounds.paint_wood(rng, height - line, width)
    edge = max(2, height // 160)
    picture[line : line + edge] *= 0.6
    reach = max(2, height // 14)
    picture[line - reach : line] *= np.linspace(1, 0.82, reach, dtype=np.float32)[:, None, None]


def _paint_plaza(rng: Rng, picture: Picture, line: int, light: Daylight) -> None:
    del light
    height, width = picture.shape[:2]
    picture[line:] = backgrounds.paint_paving(rng, height - line, width)


def _paint_parking(rng: Rng, picture: Picture, line: int, light: Daylight) -> None:
    height, width = picture.shape[:2]
    picture[line:] = backgrounds.paint_asphalt(rng, height - line, width)
    strip = line + round((height - line) * 0.06)
    picture[line:strip] = backgrounds.paint_grass(rng, strip - line, width)
    paint = hex_color("#dcd9cc")
    lean = rng.uniform(-0.3, 0.3)
    for part in (0.2, 0.45, 0.78):
        top, foot = (line + round((height - line) * p) for p in (part, part + 0.12 + 0.1 * part))
        step = width * (0.09 + 0.12 * part)
        for column in range(-2, int(width / step) + 3):
            x = column * step
            start, stop = (round(x), top), (round(x + lean * (foot - top)), foot)
            cv2.line(picture, start, stop, paint, max(1, round(height / 260 * (0.6 + part))), cv2.LINE_AA)
    _add_lamp_posts(rng, picture, strip, light)


def _paint_winter(rng: Rng, picture: Picture, line: int, light: Daylight) -> None:
    del light
    height, width = picture.shape[:2]
    picture[line:] = backgrounds.paint_snow(rng, height - line, width)


_GROUNDS: dict[str, Callable[[Rng, Picture, int, Daylight], None]] = {
    "street": _paint_street,
    "park": _paint_park,
    "beach": _paint_beach,
    "harbour": _paint_harbour,
    "table": _paint_table,
    "plaza": _paint_plaza,
    "parking": _paint_parking,
    "winter": _paint_winter,
}
