"""Reading many label files at once, where the Rust module does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.accel import _rust

FINE, CHECKED, GONE, ODD = range(4)
"""States of a file: read; read, and a person has reviewed the image; not there; to be read in another way."""


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
        texts: For each file with texts: its place and the texts, one a line.
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
    texts: list[tuple[int, str]]


def read_label_facts(
    paths: Sequence[str], *, helper_labels: Iterable[str], max_bytes: int, max_coordinate: float, threads: int
) -> RawLabelFacts | None:
    """Read label files on several threads, without the interpreter's lock.

    Args:
        paths: The files.
        helper_labels: Shapes with these labels are left out.
        max_bytes: A larger file is ODD.
        max_coordinate: A file with a coordinate or a score beyond it is ODD.
        threads: How many work at once.

    Returns:
        What they say, or None where the Rust module is not there or not chosen.
    """
    rust = _rust.module()
    if rust is None or not hasattr(rust, "read_label_facts"):
        return None
    facts = RawLabelFacts(
        *rust.read_label_facts(list(paths), list(helper_labels), max_bytes, max_coordinate, threads=threads)
    )
    return facts._replace(boxes=facts.boxes.reshape(-1, 4))
