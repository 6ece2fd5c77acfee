"""Textured backgrounds: skies, hills, and grounds of grass, sand, water, asphalt, snow, paving and wood.

Every function works on float32 BGR pictures (h, w, 3) with values about 0..255, and takes its randomness from the
generator it is given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anylabeling.opencv import cv2
from scripts.samples.canvas import Color, Rng, darker, hex_color, lighter, mix, vary

Picture = NDArray[np.float32]


@dataclass(frozen=True)
class Daylight:
    """The light of a scene: sky colours, tint and strength.

    Attributes:
        top: colour of the sky overhead.
        low: colour of the sky at the horizon.
        tint: factor for the whole picture, per BGR channel.
        clouds: how much of the sky they cover, 0..1.
        sun: strength of the glow in the sky.
    """

    top: Color
    low: Color
    tint: tuple[float, float, float]
    clouds: float
    sun: float


DAYLIGHTS: dict[str, Daylight] = {
    "noon": Daylight(hex_color("#3f86d6"), hex_color("#c4e2f5"), (1.0, 1.0, 1.0), 0.45, 0.25),
    "morning": Daylight(hex_color("#6fa3d8"), hex_color("#fbdcb8"), (0.93, 0.99, 1.05), 0.5, 0.6),
    "evening": Daylight(hex_color("#4f5f9e"), hex_color("#f7a064"), (0.8, 0.9, 1.04), 0.55, 0.8),
    "overcast": Daylight(hex_color("#98a5b0"), hex_color("#d7dde0"), (0.95, 0.94, 0.92), 0.85, 0.0),
    "winter": Daylight(hex_color("#8fb6d9"), hex_color("#eef3f7"), (1.05, 1.0, 0.97), 0.4, 0.3),
    "dusk": Daylight(hex_color("#1d2748"), hex_color("#c0708a"), (0.86, 0.68, 0.64), 0.4, 0.35),
    "night": Daylight(hex_color("#0b1228"), hex_color("#33446f"), (0.72, 0.55, 0.48), 0.25, 0.0),
}


def noise(rng: Rng, height: int, width: int, cells: tuple[int, int], octaves: int = 4, fade: float = 0.55) -> Picture:
    """Return smooth noise (height, width) in 0..1: octaves of random grids, the first of ``cells`` rows and columns."""
    total: Picture = np.zeros((height, width), np.float32)
    weight, weights = 1.0, 0.0
    rows, columns = cells
    for _ in range(octaves):
        grid = rng.random((min(rows, height), min(columns, width)), dtype=np.float32)
        total += weight * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        weights += weight
        weight *= fade
        rows, columns = max(1, rows * 2), max(1, columns * 2)
    clipped: Picture = np.clip(total / weights, 0, 1)
    return clipped


def ramp(first: Color, second: Color, height: int, width: int) -> Picture:
    """Return a vertical gradient from the first to the second colour."""
    part = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    column = np.asarray(first, np.float32) * (1 - part) + np.asarray(second, np.float32) * part
    return np.repeat(column, width, axis=1)


def tone(base: Color, amount: Picture, strength: float) -> Picture:
    """Return a colour lightened and darkened by noise around 0.5."""
    factor = 1 + (amount[:, :, None] - 0.5) * 2 * strength
    return np.asarray(base, np.float32) * factor


def paint_sky(rng: Rng, height: int, width: int, light: Daylight) -> Picture:
    """Return a sky with clouds, a glow where the sun is, and stars when it is dark."""
    sky = ramp(vary(light.top, rng), vary(light.low, rng), height, width)
    if sum(light.top) < 160:
        for _ in range(60):
            x, y = int(rng.integers(width)), int(rng.integers(max(1, int(height * 0.7))))
            cv2.circle(sky, (x, y), 1, (235, 235, 240), -1, cv2.LINE_AA)
    if light.sun:
        sun_x, sun_y = rng.uniform(0.1, 0.9) * width, rng.uniform(0.3, 0.95) * height
        columns, rows = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
        squared = (columns[None, :] - sun_x) ** 2 + (rows[:, None] - sun_y) ** 2
        glow = np.exp(-np.sqrt(squared) / (0.16 * width)) * light.sun
        sky += glow[:, :, None] * (np.asarray(hex_color("#fff2cc"), np.float32) - sky)
    clouds = noise(rng, height, width, (5, 4), octaves=5)
    share = np.clip((clouds - (0.72 - 0.3 * light.clouds)) * 5, 0, 1)[:, :, None]
    white = np.asarray(mix(lighter(light.low, 0.65), light.top, 0.12), np.float32)
    shadowed = white * (0.86 + 0.14 * clouds[:, :, None])
    clouded: Picture = sky + share * 0.8 * (shadowed - sky)
    return clouded


def paint_hills(rng: Rng, picture: Picture, horizon: int, light: Daylight, base: Color) -> None:
    """Draw two or three ridges that fade towards the sky, just above the horizon."""
    height, width = picture.shape[:2]
    ridges = int(rng.integers(1, 4))
    for ridge in range(ridges):
        part = (ridge + 1) / ridges
        rise = height * rng.uniform(0.03, 0.11) * (1.4 - 0.7 * part)
        line = noise(rng, 1, width, (1, int(rng.integers(3, 7))), octaves=4, fade=0.42)[0]
        line = (line - line.min()) / max(1e-6, float(line.max() - line.min()))
        tops = horizon - line * rise - 2
        color = mix(light.low, vary(base, rng), 0.25 + 0.45 * part)
        outline = np.concatenate((np.stack((np.arange(width), tops), axis=1), [(width, horizon + 1), (0, horizon + 1)]))
        cv2.fillPoly(picture, [np.round(outline * 16).astype(np.int32)], color, cv2.LINE_AA, 4)


def paint_grass(rng: Rng, height: int, width: int) -> Picture:
    """Return grass, finer and paler towards the top, with flowers now and then."""
    base = vary(hex_color(str(rng.choice(("#6f9f45", "#5f9440", "#84a84f", "#9aa858")))), rng)
    patches = noise(rng, height, width, (4, 5))
    blades = noise(rng, height, width, (max(2, height // 9), max(2, width // 3)), octaves=2)
    grass = tone(base, patches, 0.24) * (1 + (blades[:, :, None] - 0.5) * 0.45)
    fade = np.linspace(1.1, 0.88, height, dtype=np.float32)[:, None, None]
    grass *= fade
    if rng.random() < 0.4:
        petal = hex_color(str(rng.choice(("#f6f2e0", "#f0cf4a", "#d9607a", "#b98ad0"))))
        for _ in range(int(rng.integers(20, 90))):
            x, y = int(rng.integers(width)), int(height * rng.random() ** 0.8)
            radius = max(1, round(width / 420 * (0.5 + y / max(1, height))))
            cv2.circle(grass, (x, y), radius, vary(petal, rng), -1, cv2.LINE_AA)
    return grass


def paint_sand(rng: Rng, height: int, width: int) -> Picture:
    """Return sand with ripples and grain."""
    base = vary(hex_color("#e3cc9c"), rng, 10)
    ripples = noise(rng, height, width, (max(2, height // 22), 5), octaves=3)
    grain = noise(rng, height, width, (max(2, height // 2), max(2, width // 2)), octaves=1)
    return tone(base, ripples, 0.16) * (1 + (grain[:, :, None] - 0.5) * 0.14)


def paint_water(rng: Rng, height: int, width: int, light: Daylight) -> Picture:
    """Return water that mirrors the light of the sky, with waves that grow towards the viewer."""
    deep = vary(hex_color(str(rng.choice(("#1f6f8f", "#2a7f9f", "#2b5f86", "#3b8f96")))), rng)
    water = ramp(mix(deep, light.low, 0.55), darker(deep, 0.12), height, width)
    far = noise(rng, height, width, (max(2, height // 4), 7), octaves=2)
    near = noise(rng, height, width, (max(2, height // 14), 5), octaves=3)
    part = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    waves = far * (1 - part) + near * part
    water *= 1 + (waves[:, :, None] - 0.5) * 0.5
    glitter = np.clip((waves - 0.66) * 6, 0, 1)[:, :, None]
    return water + glitter * 0.5 * (np.asarray(lighter(light.low, 0.5), np.float32) - water)


def paint_asphalt(rng: Rng, height: int, width: int) -> Picture:
    """Return asphalt, a little worn."""
    base = vary(hex_color(str(rng.choice(("#6b6e73", "#5a5c61", "#7d7c7a")))), rng, 8)
    worn = noise(rng, height, width, (4, 4))
    grain = noise(rng, height, width, (max(2, height // 2), max(2, width // 2)), octaves=1)
    return tone(base, worn, 0.12) * (1 + (grain[:, :, None] - 0.5) * 0.22)


def paint_snow(rng: Rng, height: int, width: int) -> Picture:
    """Return snow with soft drifts."""
    drifts = noise(rng, height, width, (5, 3))
    return tone(vary(hex_color("#e6eef5"), rng, 6), drifts, 0.1)


def paint_paving(rng: Rng, height: int, width: int) -> Picture:
    """Return paving stones in perspective."""
    base = vary(hex_color(str(rng.choice(("#b9aea0", "#a7a8a6", "#c6b299", "#b58f79")))), rng, 8)
    floor = tone(base, noise(rng, height, width, (5, 5)), 0.1)
    grain = noise(rng, height, width, (max(2, height // 3), max(2, width // 3)), octaves=1)
    floor *= 1 + (grain[:, :, None] - 0.5) * 0.14
    joint = darker(base, 0.28)
    thickness = max(1, width // 700)
    rows = int(rng.integers(6, 11))
    for row in range(rows + 1):
        y = round(height * (row / rows) ** 1.7)
        cv2.line(floor, (0, y), (width, y), joint, thickness, cv2.LINE_AA)
    step = width * float(rng.uniform(0.1, 0.18))
    for column in range(-25, 26):
        top = (round(width / 2 + column * step * 0.45), 0)
        cv2.line(floor, top, (round(width / 2 + column * step * 1.5), height), joint, thickness, cv2.LINE_AA)
    return floor


def paint_wood(rng: Rng, height: int, width: int) -> Picture:
    """Return a table top of planks."""
    base = vary(hex_color(str(rng.choice(("#b98552", "#9a6a3d", "#d0a878", "#7c5234", "#c79a63")))), rng, 8)
    grain = noise(rng, height, width, (max(3, height // 7), 3), octaves=4, fade=0.7)
    wood = tone(base, grain, 0.24)
    planks = int(rng.integers(3, 7))
    for plank in range(planks):
        top, foot = round(height * plank / planks), round(height * (plank + 1) / planks)
        wood[top:foot] *= rng.uniform(0.9, 1.08)
        cv2.line(wood, (0, foot), (width, foot), darker(base, 0.45), max(1, height // 220), cv2.LINE_AA)
    return wood


def paint_wall(rng: Rng, height: int, width: int) -> Picture:
    """Return the wall of a room: plain, striped or panelled."""
    base = vary(hex_color(str(rng.choice(("#dcd3c4", "#c3d0d3", "#8fa6a3", "#d9b8a4", "#6d7f92", "#e9e4d8")))), rng)
    wall = tone(base, noise(rng, height, width, (3, 3)), 0.06)
    if rng.random() < 0.45:
        stripes = int(rng.integers(9, 26))
        for stripe in range(0, stripes, 2):
            left, right = round(width * stripe / stripes), round(width * (stripe + 1) / stripes)
            wall[:, left:right] *= 0.94
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
    return wall * (1 - 0.16 * (across - rng.uniform(-0.7, 0.7)) ** 2)


def paint_abstract(rng: Rng, height: int, width: int) -> Picture:
    """Return a backdrop of no place: a gradient, soft clouds of colour, or coarse noise."""
    palette = ("#3f5d7d", "#d98f6a", "#7fb0a2", "#e6d6a8", "#8d6a9f", "#c9d6df", "#4b4f58", "#b5c66b", "#efc1c1")
    first, second = (vary(hex_color(str(rng.choice(palette))), rng, 20) for _ in range(2))
    style = int(rng.integers(3))
    if style == 0:
        return ramp(first, second, height, width) * (1 + (noise(rng, height, width, (6, 6))[:, :, None] - 0.5) * 0.1)
    cells = (3, 4) if style == 1 else (max(3, height // 30), max(3, width // 30))
    share = np.clip((noise(rng, height, width, cells) - 0.5) * 2.4 + 0.5, 0, 1)[:, :, None]
    blend: Picture = np.asarray(first, np.float32) * (1 - share) + np.asarray(second, np.float32) * share
    return blend
