"""Count what label files hold: images, labels, sizes and positions."""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.annotation import Annotation
from anylabeling.messages.labels import LabelTotal
from anylabeling.messages.statistics import ClassFigures, Figures
from anylabeling.services.dataset.label_facts import facts_of
from anylabeling.services.dataset.label_index import LabelColumns
from anylabeling.utils.atomic_io import write_text_atomic

SIZE_EDGES_PX = (0.0, 8.0, 16.0, 32.0, 64.0, 96.0, 128.0, 192.0, 256.0, 384.0, 512.0, 1024.0)
_MOST_PER_IMAGE = 20
_CELLS = 32
_OUTLIERS = 99.5
_BLOCK = 50_000


def label_totals(columns: LabelColumns) -> tuple[LabelTotal, ...]:
    """Return how often each label occurs, by name."""
    objects, images = _class_counts(columns)
    return tuple(
        LabelTotal(name, int(objects[number]), int(images[number]))
        for number, name in sorted(enumerate(columns.class_names), key=lambda pair: pair[1].casefold())
        if objects[number]
    )


def folder_figures(columns: LabelColumns) -> Figures:
    """Return the statistics of the images of an index."""
    counts = np.diff(columns.offsets)
    objects, images = _class_counts(columns)
    return _figures(
        columns.boxes,
        columns.class_ids,
        columns.class_names,
        images_of_class=images,
        objects_of_class=objects,
        images=len(counts),
        labelled=int(columns.labelled.sum()),
        checked=int(columns.checked.sum()),
        broken=int(columns.broken.sum()),
        flags=_images_of(columns.flags),
        tags=_images_of(columns.tags),
        per_image=np.bincount(np.minimum(counts, _MOST_PER_IMAGE), minlength=1).astype(np.int64),
        extent=None,
    )


def image_figures(annotation: Annotation, image_size: tuple[int, int]) -> Figures:
    """Return the statistics of one image of this width and height in pixels."""
    facts = facts_of(annotation)
    labels = facts.files[0].labels
    names = tuple(dict.fromkeys(labels))
    numbers = {name: number for number, name in enumerate(names)}
    class_ids = np.array([numbers[label] for label in labels], np.int32)
    flags = tuple((name, 1) for name, is_set in annotation.flags.items() if is_set)
    return _figures(
        facts.boxes,
        class_ids,
        names,
        images_of_class=np.ones(len(names), np.int64),
        objects_of_class=np.bincount(class_ids, minlength=len(names)).astype(np.int64),
        images=1,
        labelled=int(bool(labels or flags or annotation.tags)),
        checked=int(annotation.checked),
        broken=0,
        flags=flags,
        tags=tuple((tag, 1) for tag in dict.fromkeys(annotation.tags)),
        per_image=np.bincount([min(len(labels), _MOST_PER_IMAGE)]).astype(np.int64),
        extent=(float(image_size[0]), float(image_size[1])),
    )


def classes_csv(figures: Figures) -> str:
    """Return a table of the labels: one row each."""
    rows: list[Sequence[object]] = [("label", "objects", "share", "images", "median_width_px", "median_height_px")]
    for one in figures.classes:
        share = one.objects / figures.objects if figures.objects else 0.0
        rows.append((one.label, one.objects, f"{share:.4f}", one.images, f"{one.width_px:.1f}", f"{one.height_px:.1f}"))
    return _csv(rows)


def words_csv(figures: Figures) -> str:
    """Return a table of what images are marked with: a row for each flag, then one for each tag."""
    rows: list[Sequence[object]] = [("kind", "name", "images", "share")]
    for kind, counts in (("flag", figures.flags), ("tag", figures.tags)):
        rows += [(kind, name, images, f"{images / max(figures.images, 1):.4f}") for name, images in counts]
    return _csv(rows)


def images_csv(image_paths: Sequence[str], columns: LabelColumns) -> str:
    """Return a table of the images: one row each."""
    counts = np.diff(columns.offsets).tolist()
    rows: list[Sequence[object]] = [("image", "label_file", "objects", "checked", "flags", "tags", "readable")]
    for number, path in enumerate(image_paths):
        flags = ";".join(sorted(columns.flags[number]))
        known = (bool(columns.has_file[number]), counts[number], bool(columns.checked[number]))
        tags = ";".join(columns.tags[number])
        rows.append((path, *map(int, known), flags, tags, int(not columns.broken[number])))
    return _csv(rows)


def write_csv(path: Path, text: str) -> None:
    """Write a table; with a mark that spreadsheets need to see that it is UTF-8.

    Raises:
        StorageError: When it cannot be written.
    """
    write_text_atomic(path, "\ufeff" + text)


def _figures(  # noqa: PLR0913 - keywords, one for each thing that folder and image count differently
    boxes: NDArray[np.float32],
    class_ids: NDArray[np.int32],
    class_names: Sequence[str],
    *,
    images_of_class: NDArray[np.int64],
    objects_of_class: NDArray[np.int64],
    images: int,
    labelled: int,
    checked: int,
    broken: int,
    flags: tuple[tuple[str, int], ...],
    tags: tuple[tuple[str, int], ...],
    per_image: NDArray[np.int64],
    extent: tuple[float, float] | None,
) -> Figures:
    spans = boxes[:, 2:] - boxes[:, :2]
    centres = (boxes[:, 2:] + boxes[:, :2]) * np.float32(0.5)
    roots = np.sqrt(np.maximum(spans[:, 0], 0) * np.maximum(spans[:, 1], 0))
    edges = (*SIZE_EDGES_PX, float("inf"))
    places, covered = _places(centres, boxes, extent)
    return Figures(
        images,
        labelled,
        checked,
        broken,
        len(boxes),
        _classes(spans, class_ids, class_names, objects_of_class, images_of_class),
        flags,
        tags,
        SIZE_EDGES_PX,
        np.histogram(roots, edges)[0].astype(np.int64),
        places,
        covered,
        per_image,
    )


def _images_of(names: Sequence[Iterable[str]]) -> tuple[tuple[str, int], ...]:
    """Return how many images have each name, the commonest first."""
    counts = Counter(name for own in names if own for name in set(own))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _classes(
    spans: NDArray[np.float32],
    class_ids: NDArray[np.int32],
    names: Sequence[str],
    objects: NDArray[np.int64],
    images: NDArray[np.int64],
) -> tuple[ClassFigures, ...]:
    # Sorted once: a mask for each of hundreds of classes would walk through all objects each time.
    order = np.argsort(class_ids, kind="stable")
    ends = np.cumsum(objects)
    found = []
    for number in np.argsort(-objects, kind="stable").tolist():
        count = int(objects[number])
        if not count:
            break
        members = spans[order[int(ends[number]) - count : int(ends[number])]]
        width, height = np.median(members, axis=0).tolist()
        found.append(ClassFigures(names[number], count, int(images[number]), width, height))
    return tuple(found)


def _places(
    centres: NDArray[np.float32], boxes: NDArray[np.float32], extent: tuple[float, float] | None
) -> tuple[NDArray[np.int64], tuple[float, float]]:
    """Count centres in cells. Without an extent, that of nearly all boxes counts: a wild one would shrink the rest."""
    if not len(centres):
        return np.zeros((0, 0), np.int64), extent or (0.0, 0.0)
    if extent is None:
        right, bottom = (max(float(side), 1.0) for side in np.percentile(boxes[:, 2:], _OUTLIERS, axis=0))
        extent = right, bottom
    ranges = ((0.0, extent[1]), (0.0, extent[0]))
    counts, _, _ = np.histogram2d(centres[:, 1], centres[:, 0], bins=_CELLS, range=ranges)
    return counts.astype(np.int64), extent


def _class_counts(columns: LabelColumns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return objects and images of each class."""
    size = len(columns.class_names)
    objects = np.bincount(columns.class_ids, minlength=size).astype(np.int64)
    images = np.zeros(size, np.int64)
    # In blocks of whole images: numpy lets no other thread work while it looks for what is alike.
    starts = np.searchsorted(columns.offsets, np.arange(0, len(columns.class_ids), _BLOCK), "right") - 1
    for start, stop in itertools.pairwise((*np.unique(starts), len(columns.offsets) - 1)):
        own = columns.offsets[start : stop + 1]
        owners = np.repeat(np.arange(len(own) - 1), np.diff(own))
        pairs = np.unique(owners * max(size, 1) + columns.class_ids[own[0] : own[-1]])
        images += np.bincount(pairs % max(size, 1), minlength=size)
    return objects, images


def _csv(rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()
