"""Hypothesis strategies for everything that an Annotation can hold."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from hypothesis import strategies as st

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_writer import HELPER_LABELS, SHAPE_KEYS, TOP_KEYS
from anylabeling.document.shape import MAX_COORDINATE, POINT_COUNTS, Shape, ShapeKind

coordinates = st.floats(-MAX_COORDINATE, MAX_COORDINATE, allow_nan=False) | st.integers(-5000, 5000)
texts = st.text(max_size=12)
# With half surrogates, which JSON files of other programs may hold.
wild_texts = texts | st.text(st.characters(codec=None), max_size=6)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=True)
    | wild_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
pictures = st.binary(min_size=1, max_size=9).map(lambda data: base64.b64encode(data).decode())
group_ids = st.none() | st.integers(-(2**63), 2**63 - 1)
flags = st.dictionaries(texts, st.booleans(), max_size=3)


def unknown_keys(reserved: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(texts.filter(lambda key: key not in reserved), json_values, max_size=3)


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    kind = draw(st.sampled_from(ShapeKind))
    least, greatest = POINT_COUNTS[kind]
    points = draw(st.lists(st.tuples(coordinates, coordinates), min_size=least, max_size=greatest or least + 4))
    return Shape(
        kind=kind,
        points=np.array(points, np.float64),
        label=draw(texts.filter(lambda label: label not in HELPER_LABELS)),
        score=draw(st.none() | st.floats(0, 1)),
        text=draw(wild_texts),
        description=draw(texts),
        group_id=draw(group_ids),
        flags=draw(flags),
        difficult=draw(st.booleans()),
        attributes=draw(st.dictionaries(texts, json_values, max_size=2)),
        locked=draw(st.booleans()),
        parameters=draw(st.just({}) | st.dictionaries(texts, json_values, max_size=2)),
        extra=draw(unknown_keys(SHAPE_KEYS | {"x_shape", "mask"})),
    )


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    return Annotation(
        shapes=tuple(draw(st.lists(shapes(), max_size=4))),
        flags=draw(flags),
        text=draw(wild_texts),
        description=draw(texts),
        tags=tuple(draw(st.lists(wild_texts, max_size=3))),
        checked=draw(st.booleans()),
        image_path=draw(texts.map(lambda path: path.replace("\\", "/"))),
        image_size=draw(st.none() | st.tuples(st.integers(1, 10**6), st.integers(1, 10**6))),
        image_data=draw(st.none() | pictures),
        extra=draw(unknown_keys(TOP_KEYS) | st.just({"text": "kept"})),
    )
