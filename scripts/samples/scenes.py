"""Scenes with known objects, for the bundled sample pictures and for training the bundled detector.

`render_scene` returns a picture and the visible box of each object, measured on the rendered pixels. The same seed
and arguments always give the same scene.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.opencv import cv2
from scripts.samples import nature, things, vehicles
from scripts.samples.canvas import Cutout, Image, Rng, Sprite, as_bytes
from scripts.samples.stages import DEFAULT_LIGHTS, STAGES, Placement, Stage, build_stage

CLASSES = ("person", "car", "bus", "boat", "tree", "house", "ball", "cup")
SIZES = (
    (640, 480), (800, 600), (1024, 768), (1280, 720), (1280, 960), (1600, 1200), (1200, 800), (960, 960), (720, 1080),
    (900, 1200), (600, 800),
)  # fmt: skip
HIDDEN_LIMIT = 0.3
"""An object of which less than this share is visible is not reported."""
SMALLEST_SIDE = 0.009
"""Nor is one whose visible box is narrower than this share of the picture's longer side."""

_DRAWERS: dict[str, Callable[[Rng, float], Sprite]] = {
    "person": nature.draw_person,
    "car": vehicles.draw_car,
    "bus": vehicles.draw_bus,
    "ball": things.draw_ball,
    "cup": things.draw_cup,
}


class SceneObject(NamedTuple):
    """An object in a scene.

    Attributes:
        label: one of `CLASSES`.
        box: its visible box ``x1, y1, x2, y2`` in pixels, edges included, so the box of one pixel has width 1.
    """

    label: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Scene:
    """A rendered scene.

    Attributes:
        image: BGR uint8 (h, w, 3).
        objects: what can be seen in it, from the farthest to the nearest.
    """

    image: Image
    objects: list[SceneObject]


class _Layer(NamedTuple):
    label: str
    area: int
    left: int
    top: int
    right: int
    bottom: int


def render_scene(
    seed: int,
    *,
    size: tuple[int, int] | None = None,
    stage: str = "",
    light: str = "",
    count: int | None = None,
    wear: float | None = None,
) -> Scene:
    """Render a scene.

    Args:
        seed: chooses everything that the other arguments leave open.
        size: width and height in pixels; one of `SIZES` when None.
        stage: a key of `STAGES`.
        light: a key of `DAYLIGHTS`.
        count: how many objects to place; fewer appear where there is no room.
        wear: strength of blur, noise and compression, 0 for a clean picture to 1; random when None.
    """
    rng = np.random.default_rng(seed)
    width, height = size or SIZES[int(rng.integers(len(SIZES)))]
    name = stage or str(rng.choice(list(STAGES)))
    place = STAGES[name]
    light = light or str(rng.choice(place.lights or DEFAULT_LIGHTS))
    wanted = _choose_count(rng) if count is None else count
    backdrop = build_stage(rng, place, light, width, height)
    placements = _arrange(rng, place, backdrop.horizon, (width, height), wanted)
    canvas = backdrop.picture
    owners: NDArray[np.int16] = np.full((height, width), -1, np.int16)
    sun = (float(rng.choice((-1, 1)) * rng.uniform(0.4, 0.9)), -float(rng.uniform(0.5, 1.0)))
    layers: list[_Layer] = []
    for placement in placements:
        cutout = _draw(rng, placement, sun, place, light)
        if place.floating:
            _cast_drop_shadow(canvas, cutout, placement, sun)
        elif placement.label == "boat":
            _mirror(canvas, cutout, placement)
        else:
            ground = canvas[round(backdrop.horizon * height) :]
            on_ground = placement._replace(foot=placement.foot - (height - len(ground)))
            _cast_shadow(ground, cutout, on_ground, sun, backdrop.shadow)
        layers.append(_lay(canvas, owners, cutout, placement, len(layers)))
    image = _develop(rng, canvas, backdrop.tint, rng.random() if wear is None else wear)
    return Scene(image, _visible(owners, layers))


def _choose_count(rng: Rng) -> int:
    kind = rng.random()
    if kind < 0.05:
        return 0
    if kind < 0.2:
        return int(rng.integers(25, 41))
    return int(rng.integers(2, 19))


def _arrange(rng: Rng, place: Stage, horizon: float, size: tuple[int, int], wanted: int) -> list[Placement]:
    """Choose objects and where they stand, far ones first, so that few hide each other."""
    width, height = size
    weights = np.asarray([actor.weight for actor in place.cast])
    shrink = 1.0 if wanted < 20 else 0.78
    short = min(width, height * 1.25)
    placed: list[Placement] = []
    taken: list[tuple[float, float, float, float]] = []
    for _ in range(wanted * 6):
        if len(placed) == wanted:
            break
        actor = place.cast[int(rng.choice(len(weights), p=weights / weights.sum()))]
        depth = float(rng.uniform(*actor.zone))
        near = place.far_scale + (1 - place.far_scale) * depth
        tall = float(rng.uniform(*actor.height)) * near * short * place.zoom * shrink
        tall = max(tall, 0.02 * max(width, height))
        x = float(rng.uniform(-0.02, 1.02) * width)
        foot = (
            (horizon + depth * (1 - horizon)) * height
            if not place.floating
            else float(rng.uniform(0.12, 1.03) * height)
        )
        wide = tall * actor.aspect
        box = (x - wide / 2, foot - tall, x + wide / 2, foot)
        if any(_overlap(box, other) > place.crowding for other in taken):
            continue
        taken.append(box)
        placed.append(Placement(actor.label, actor.kind, x, foot, tall))
    return sorted(placed, key=lambda placement: placement.foot)


def _overlap(first: tuple[float, float, float, float], second: tuple[float, float, float, float]) -> float:
    """Return the shared area as a part of the smaller box."""
    wide = min(first[2], second[2]) - max(first[0], second[0])
    tall = min(first[3], second[3]) - max(first[1], second[1])
    if wide <= 0 or tall <= 0:
        return 0.0
    areas = ((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return wide * tall / min(areas)


def _draw(rng: Rng, placement: Placement, sun: tuple[float, float], place: Stage, light: str) -> Cutout:
    label, tall = placement.label, placement.tall
    if label == "boat":
        sprite = vehicles.draw_boat(rng, tall, kind=placement.kind)
    elif label == "tree":
        sprite = nature.draw_tree(rng, tall, kind=placement.kind)
    elif label == "house":
        sprite = nature.draw_house(rng, tall, lit=light in ("dusk", "night"), snowy=place.snowy)
    else:
        sprite = _DRAWERS[label](rng, tall)
    turn = 14.0 if place.floating else 5.0 if label in ("boat", "ball") else 2.0
    if label == "ball":
        turn = 180.0
    return sprite.finish(flip=rng.random() < 0.5, angle=float(rng.uniform(-turn, turn)), light=sun)


def _cast_shadow(
    canvas: NDArray[np.float32], cutout: Cutout, placement: Placement, sun: tuple[float, float], strength: float
) -> None:
    """Darken the ground where the object keeps the light away: its outline, laid flat behind it and blurred."""
    height, width = cutout.coverage.shape
    lowest = _lowest_row(cutout)
    shear = -sun[0] * 0.55
    reach = int(abs(shear) * lowest) + 1
    pad = max(3, int(height * 0.05))
    flat = 0.26
    offset = pad + (reach if shear < 0 else 0)
    matrix = np.array([[1.0, -shear, shear * lowest + offset], [0.0, flat, pad]])
    size = (width + reach + 2 * pad, int(lowest * flat) + 2 * pad)
    mask = cv2.warpAffine(cutout.coverage, matrix, size)
    mask = as_bytes(cv2.GaussianBlur(mask, (0, 0), max(1.0, height * 0.014)))
    left = round(placement.x - width / 2) - offset
    _darken(canvas, mask, left, round(placement.foot - flat * lowest) - pad, strength)


def _cast_drop_shadow(
    canvas: NDArray[np.float32], cutout: Cutout, placement: Placement, sun: tuple[float, float]
) -> None:
    """Darken the wall behind an object that floats in front of it."""
    height, width = cutout.coverage.shape
    pad = max(3, int(height * 0.1))
    mask = cv2.copyMakeBorder(cutout.coverage, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    mask = as_bytes(cv2.GaussianBlur(mask, (0, 0), max(1.0, height * 0.035)))
    left = round(placement.x - width / 2 - sun[0] * height * 0.07) - pad
    _darken(canvas, mask, left, round(placement.foot - _lowest_row(cutout) + height * 0.06) - pad, 0.35)


def _mirror(canvas: NDArray[np.float32], cutout: Cutout, placement: Placement) -> None:
    """Lay a faint, flattened mirror image of an object on the water below it."""
    lowest = _lowest_row(cutout)
    height, width = max(2, int(lowest * 0.45)), cutout.coverage.shape[1]
    sigma = max(0.8, lowest * 0.02)

    def flatten(part: Image) -> Image:
        flipped = cv2.resize(part[:lowest][::-1], (width, height), interpolation=cv2.INTER_AREA)
        return as_bytes(cv2.GaussianBlur(flipped, (0, 0), sigma, sigmaY=sigma * 0.4))

    color, coverage = flatten(cutout.color), flatten(cutout.coverage)
    left, top = round(placement.x - width / 2), round(placement.foot) - 1
    x1, y1, x2, y2 = _clip(canvas, left, top, coverage.shape)
    if x1 >= x2 or y1 >= y2:
        return
    window = (slice(y1 - top, y2 - top), slice(x1 - left, x2 - left))
    fade = np.linspace(0.5, 0.05, height, dtype=np.float32)[window[0], None, None]
    region = canvas[y1:y2, x1:x2]
    region *= 1 - coverage[window].astype(np.float32)[:, :, None] / 255 * fade
    region += color[window] * fade


def _lowest_row(cutout: Cutout) -> int:
    rows = np.flatnonzero((cutout.coverage > 127).any(axis=1))
    return int(rows[-1]) + 1 if len(rows) else cutout.coverage.shape[0]


def _clip(canvas: NDArray[np.float32], left: int, top: int, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    height, width = canvas.shape[:2]
    return max(0, left), max(0, top), min(width, left + shape[1]), min(height, top + shape[0])


def _darken(canvas: NDArray[np.float32], mask: Image, left: int, top: int, strength: float) -> None:
    x1, y1, x2, y2 = _clip(canvas, left, top, mask.shape)
    if x1 >= x2 or y1 >= y2:
        return
    part = mask[y1 - top : y2 - top, x1 - left : x2 - left].astype(np.float32) * (strength / 255)
    canvas[y1:y2, x1:x2] *= 1 - part[:, :, None]


def _lay(
    canvas: NDArray[np.float32], owners: NDArray[np.int16], cutout: Cutout, placement: Placement, index: int
) -> _Layer:
    """Lay an object over the picture, its lowest painted row on the foot line, and note which pixels it owns."""
    solid = cutout.coverage > 127
    left = round(placement.x - cutout.coverage.shape[1] / 2)
    top = round(placement.foot) - _lowest_row(cutout)
    x1, y1, x2, y2 = _clip(canvas, left, top, solid.shape)
    area = int(np.count_nonzero(solid))
    if x1 >= x2 or y1 >= y2:
        return _Layer(placement.label, area, 0, 0, 0, 0)
    window = (slice(y1 - top, y2 - top), slice(x1 - left, x2 - left))
    region = canvas[y1:y2, x1:x2]
    clear = 1 - cutout.coverage[window].astype(np.float32)[:, :, None] / 255
    region *= clear
    region += cutout.color[window]
    owners[y1:y2, x1:x2][solid[window]] = index
    return _Layer(placement.label, area, x1, y1, x2, y2)


def _visible(owners: NDArray[np.int16], layers: list[_Layer]) -> list[SceneObject]:
    smallest = SMALLEST_SIDE * max(owners.shape)
    objects = []
    for index, layer in enumerate(layers):
        own = owners[layer.top : layer.bottom, layer.left : layer.right] == index
        if np.count_nonzero(own) < max(1, HIDDEN_LIMIT * layer.area):
            continue
        columns, rows = np.flatnonzero(own.any(axis=0)), np.flatnonzero(own.any(axis=1))
        box = (layer.left + columns[0], layer.top + rows[0], layer.left + columns[-1] + 1, layer.top + rows[-1] + 1)
        if min(box[2] - box[0], box[3] - box[1]) < smallest:
            continue
        x1, y1, x2, y2 = (float(value) for value in box)
        objects.append(SceneObject(layer.label, (x1, y1, x2, y2)))
    return objects


def _develop(rng: Rng, canvas: NDArray[np.float32], tint: tuple[float, float, float], wear: float) -> Image:
    """Turn the painting into a photo: tint, exposure, falling-off light, blur, grain and compression."""
    height, width = canvas.shape[:2]
    exposure = 1 + (rng.uniform(0.78, 1.2) - 1) * min(1.0, 0.3 + wear)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    vignette = 1 - 0.13 * (x * x + y * y) / 2
    canvas = canvas * vignette[:, :, None] * (np.asarray(tint, np.float32) * exposure)
    blurred = rng.random() < 0.35 * wear
    sigma = float(rng.uniform(0.4, 1.3)) * max(width, height) / 1000
    if blurred:
        canvas = np.asarray(cv2.GaussianBlur(canvas, (0, 0), max(0.3, sigma)), np.float32)
    if rng.random() < 0.7 * min(1.0, wear * 2):
        amount = float(rng.uniform(0.02, 0.09)) * wear
        grain = rng.integers(-128, 128, (height, width), dtype=np.int16).astype(np.float32)
        canvas = canvas + (grain * amount)[:, :, None]
    image: Image = np.clip(canvas, 0, 255).astype(np.uint8)
    if rng.random() < 0.6 * min(1.0, wear * 2):
        quality = int(rng.integers(35, 92))
        _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        image = as_bytes(cv2.imdecode(data, cv2.IMREAD_COLOR))
    return image
