"""Reading many label files at once, where the Rust module does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.accel import _rust

FINE, CHECKED, GONE, ODD = range(4)
"""States of a file: read; read, and a person has reviewed the image; not there; to be read in another way."""
OTHER_KIND, DIFFICULT = 1 << 14, 1 << 15
"""Bits among the kinds: a shape of a kind that has no bit; a shape that is marked as difficult."""


class RawLabelFacts(NamedTuple):
    """What label files say, file by file and shape by shape.

    Attributes:
        sizes: int64 (files,): bytes when the file was opened, -1 where it is not there.
        mtimes_ns: int64 (files,).
        states: uint8 (files,): FINE, CHECKED, GONE or ODD.
        counts: uint32 (files,): number of shapes.
        boxes: float32 (shapes, 4), left, top, right, bottom in picture pixels.
        scores: float32 (shapes,): 1 where the shape has none.
        labels: uint32 (shapes,): places in ``names``.
        names: Labels.
        flags: For each file with flags that are set: its place and their names, sorted.
        tags: For each file with tags: its place and the tags in their order.
        texts: For each file with texts: its place and the texts, one a line.
        kinds: uint16 (files,): bit n is set where a shape is of the n-th kind asked for, OTHER_KIND where one is of
            another kind, DIFFICULT where one is marked so.
        details: For each file with other kinds, groups or descriptions: its place, the other kinds, the numbers of the
            groups, and the descriptions, one a line.
    """

    sizes: NDArray[np.int64]
    mtimes_ns: NDArray[np.int64]
    states: NDArray[np.uint8]
    counts: NDArray[np.uint32]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    labels: NDArray[np.uint32]
    names: list[str]
    flags: list[tuple[int, list[str]]]
    tags: list[tuple[int, list[str]]]
    texts: list[tuple[int, str]]
    kinds: NDArray[np.uint16]
    details: list[tuple[int, list[str], list[int], str]]


def read_label_facts(
    paths: Sequence[str],
    *,
    helper_labels: Iterable[str],
    kinds: Sequence[str],
    max_bytes: int,
    max_coordinate: float,
    threads: int,
) -> RawLabelFacts | None:
    """Read label files on several threads, without the interpreter's lock.

    Args:
        paths: The files.
        helper_labels: Shapes with these labels are left out.
        kinds: Kinds of shapes that have a bit of their own, at most fourteen.
        max_bytes: A larger file is ODD.
        max_coordinate: A file with a coordinate or a score beyond it is ODD.
        threads: How many work at once.

    Returns:
        What they say, or None where the Rust module is not there or not chosen.
    """
    rust = _rust.module()
    if rust is None or not hasattr(rust, "read_label_facts"):
        return None
    raw = rust.read_label_facts(
        list(paths), list(helper_labels), list(kinds), max_bytes, max_coordinate, threads=threads
    )
    flags, tags = raw[8]
    fields: tuple[Any, ...] = (*raw[:8], flags, tags, *raw[9:])
    facts = RawLabelFacts(*fields)
    return facts._replace(boxes=facts.boxes.reshape(-1, 4))
