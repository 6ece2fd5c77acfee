"""Shapes as text for the system clipboard: the shapes of a label file, which other programs and people can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from anylabeling.document import label_json
from anylabeling.document.annotation import Annotation
from anylabeling.document.label_reader import parse_annotation
from anylabeling.document.label_writer import encode_annotation
from anylabeling.document.shape import Shape
from anylabeling.errors import LabelFileError
from anylabeling.translation import tr
from anylabeling.utils.turns import let_go

MAX_TEXT_BYTES = 1 << 26
"""Longer text is not looked at."""
_LOOKED_AT = 1 << 12
_NAME = "The text on the clipboard"


def shapes_to_text(shapes: Sequence[Shape], image_size: tuple[int, int] | None) -> bytes:
    """Return shapes as JSON in UTF-8: a label file without an image.

    Raises:
        StorageError: When something that a shape keeps has no form in JSON.
    """
    return encode_annotation(Annotation(shapes=tuple(shapes)), image_name="", image_size=image_size)


def shapes_from_text(text: str | bytes) -> tuple[Shape, ...]:
    """Return the shapes that a text, or a text in UTF-8, holds: a label file, a list of shapes, or one shape.

    Raises:
        LabelFileError: When it is too long, no JSON, or holds something that is no shape; says what is wrong.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(data) > MAX_TEXT_BYTES:
        raise LabelFileError(
            tr("{name} is too long to hold shapes ({number:,.0f} MB).", name=_NAME, number=len(data) / 1000000.0)
        )
    if not data[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        raise LabelFileError(tr("There are no shapes on the clipboard."), hint=tr("Copy shapes first."))
    try:
        root = label_json.loads(data)
        data = _as_label_file(root, data)
        if isinstance(root, dict) and isinstance(root.get("shapes"), list):
            let_go(root["shapes"])  # a million numbers, which at the end of this function would be freed at once
        return parse_annotation(data, _NAME).shapes
    except (label_json.JsonError, ValueError) as error:
        raise LabelFileError(
            tr("{name} holds no shapes: {error}.", name=_NAME, error=error), details=repr(error)
        ) from error
    except LabelFileError as error:
        raise LabelFileError(error.user_text, hint=tr("Nothing was pasted."), details=error.details) from error


def _as_label_file(root: Any, data: bytes) -> bytes:
    if isinstance(root, dict) and "shapes" in root:
        return data
    shapes = root if isinstance(root, list) else [root]
    label_json.check_nesting(shapes)
    return label_json.dumps({"shapes": shapes}, plain=label_json.is_plain(shapes))
