"""Folders of labelled pictures for tests, and a process that stands in for one that trains."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from anylabeling.codecs import encode_jpeg
from anylabeling.document.annotation import Annotation
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.services.dataset.exchange_sources import LabelSource
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.imaging.scanner import scan_folder
from anylabeling.services.training.survey import ImageFacts, survey

SIZE = (40, 30)
STAND_IN = Path(__file__).with_name("stand_in_trainer.py")


def trainer(*behaviour: str) -> tuple[str, ...]:
    """Return the command of a process that speaks as the real one does and learns nothing."""
    return (sys.executable, str(STAND_IN), *behaviour)


def shape(kind: ShapeKind, points: list[list[float]], name: str, group: int | None = None) -> Shape:
    return Shape(kind, np.array(points, np.float64), label=name, group_id=group)


def box(name: str, group: int | None = None) -> Shape:
    return shape(ShapeKind.RECTANGLE, [[2, 3], [20.5, 20]], name, group)


def outline(name: str) -> Shape:
    return shape(ShapeKind.POLYGON, [[2, 3], [20, 3], [12, 20]], name)


def slanted(name: str) -> Shape:
    return shape(ShapeKind.ROTATED_RECTANGLE, [[10, 2], [20, 12], [12, 20], [2, 10]], name)


def point(name: str, group: int) -> Shape:
    return shape(ShapeKind.POINT, [[8, 8]], name, group)


def add(folder: Path, name: str, *shapes: Shape, **fields: object) -> str:
    """Write a picture with labels; without any there is no label file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode_jpeg(np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)))
    if shapes or fields:
        store = LabelStore(root=folder)
        store.save(
            str(path),
            Annotation(shapes=shapes, **fields),  # type: ignore[arg-type]
            image_size=SIZE,
            expected=store.stamp(str(path)),
            overwrite=True,
        )
    return str(path)


def facts_of(folder: Path) -> list[ImageFacts]:
    return survey(LabelSource(str(folder), scan_folder(folder), LabelStore(root=folder)))


def boxes_folder(folder: Path, images: int = 10) -> Path:
    """Make a folder of images with a cat each, and a dog on every second one."""
    for number in range(images):
        add(folder, f"{number:02}.jpg", box("cat"), *([box("dog")] if number % 2 else []))
    return folder
