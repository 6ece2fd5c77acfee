"""JSON of label files: what is written in pieces is what would be written at once."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import orjson
import pytest

from anylabeling.document import label_json


def label_file(count: int) -> dict[str, Any]:
    points = np.random.default_rng(0).uniform(0, 4000, (count, 3, 2))
    shapes = [
        {"label": f'a "b"\n\0é {number}', "points": points[number], "flags": {}, "attributes": {"many": [1, {}]}}
        for number in range(count)
    ]
    return {"version": "1", "flags": {"x\n\0": True}, "shapes": shapes, "imagePath": "ä\n.jpg", "imageData": None}


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 400, 1001])
def test_many_shapes_are_written_as_few_are(count: int) -> None:
    value = label_file(count)
    text = label_json.dumps(value, plain=True)
    assert text == orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)
    shapes = json.loads(text)["shapes"]
    assert len(shapes) == count
    assert all(shape["label"] == f'a "b"\n\0é {number}' for number, shape in enumerate(shapes))


def test_what_orjson_refuses_is_written_all_the_same() -> None:
    value = label_file(450)
    value["shapes"][431]["group_id"] = 2**70
    assert json.loads(label_json.dumps(value, plain=True))["shapes"][431]["group_id"] == 2**70
    value["shapes"][432]["kept"] = float("nan")
    assert b"NaN" in label_json.dumps(value, plain=False)


@pytest.mark.parametrize("shapes", [None, {}, "text", [1, 2], list(range(500))])
def test_shapes_may_be_anything(shapes: Any) -> None:
    assert json.loads(label_json.dumps({"shapes": shapes}, plain=True)) == {"shapes": shapes}
