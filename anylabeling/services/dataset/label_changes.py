"""Change labels, kinds or groups in the bytes of a label file and nothing else in it.

The file is not written anew from our own terms: what other programs put there, their numbers and the order of their
keys stay as they are.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from anylabeling.document import label_json
from anylabeling.document.label_file import parse_annotation
from anylabeling.document.label_reader import read_shape
from anylabeling.document.label_writer import shape_record
from anylabeling.document.links import LINK_KEY
from anylabeling.document.object_changes import changed_shapes
from anylabeling.messages.labels import LabelChange

_LONG_NUMBER = re.compile(rb"\d{19}")


def changed_bytes(data: bytes, name: str, change: LabelChange) -> tuple[bytes, int] | None:
    """Return the content of a label file after a change of labels, and how many shapes it concerns.

    Args:
        data: The whole file.
        name: The file's name, for messages.
        change: What is to happen.

    Returns:
        None when no shape is concerned.

    Raises:
        LabelFileError: When the file cannot be understood. It is to be left as it is.
    """
    root, plain = _parsed(data)
    shapes = root.get("shapes") if isinstance(root, dict) else None
    if not isinstance(shapes, list) or not all(isinstance(shape, dict) for shape in shapes):
        parse_annotation(data, name)  # says what is wrong
        return None
    if change.changes_objects:
        return _with_other_objects(root, shapes, data, name, change, plain=plain)
    if not any(_concerns(shape, change) for shape in shapes):
        if any(not isinstance(shape.get("label"), str) for shape in shapes):
            parse_annotation(data, name)
        return None
    parse_annotation(data, name)  # a file that has other faults must not look as if it were whole after this
    kept = [shape for shape in shapes if shape.get("label") not in change.deletes]
    count = len(shapes) - len(kept)
    for shape in kept:
        new = change.renames.get(shape["label"])
        if new is not None and new != shape["label"]:
            shape["label"] = new
            count += 1
    root["shapes"] = kept
    return label_json.dumps(root, plain=plain), count


def _with_other_objects(
    root: dict[str, Any], records: list[dict[str, Any]], data: bytes, name: str, change: LabelChange, *, plain: bool
) -> tuple[bytes, int] | None:
    """Return the content with shapes of other kinds and groups; the records of other shapes stay as they are."""
    parse_annotation(data, name)
    shapes = [read_shape(number, record) for number, record in enumerate(records, 1)]
    found = changed_shapes(shapes, kinds=change.kinds, groups=change.groups, only=change.only)
    kept: list[dict[str, Any]] = []
    for place, (shape, record) in enumerate(zip(shapes, records, strict=True)):
        new = found.get(place)
        if shape is None or new is None:
            kept.append(record)
        elif len(new) == 1 and new[0].kind is shape.kind:
            links = {LINK_KEY: new[0].extra[LINK_KEY]} if LINK_KEY in new[0].extra else {}
            kept.append({**record, "group_id": new[0].group_id, **links})
        else:
            kept += [shape_record(one) for one in new]
    root["shapes"] = kept
    return (label_json.dumps(root, plain=plain), len(found)) if found else None


def _concerns(shape: dict[str, Any], change: LabelChange) -> bool:
    label = shape.get("label")
    if not isinstance(label, str):
        return False
    return label in change.deletes or change.renames.get(label, label) != label


def _parsed(data: bytes) -> tuple[Any, bool]:
    """Return what the text says, and whether it holds nothing that only the slow writer knows (NaN, long numbers)."""
    # orjson makes floats of integers beyond 64 bits.
    if not _LONG_NUMBER.search(data):
        try:
            return orjson.loads(data), True
        except orjson.JSONDecodeError:
            pass
    try:
        return label_json.loads(data, exact=True), False
    except label_json.JsonError:
        return None, False
