"""PNG files of class numbers: with the palette of Pascal VOC or grey, and the lists that name the numbers."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.formats.reading import broken, read_bytes, read_json, read_text, whole
from anylabeling.document.masks import MAX_MASK_PIXELS
from anylabeling.translation import tr

Numbers = NDArray[np.uint16]

VOID = 255
"""The number of undecided pixels in Pascal VOC."""

_MOST_BYTES = 1 << 30
_BACKGROUND = frozenset({"background", "_background_", "__ignore__"})


def voc_color(number: int) -> tuple[int, int, int]:
    """Return the colour of a class in Pascal VOC: the bits of its number, spread over red, green and blue."""
    red = green = blue = 0
    for shift in range(7, -1, -1):
        red |= (number & 1) << shift
        green |= (number >> 1 & 1) << shift
        blue |= (number >> 2 & 1) << shift
        number >>= 3
    return red, green, blue


def indexed_png(numbers: Numbers) -> bytes:
    """Return a PNG of 8 bits with the palette of Pascal VOC; numbers are below 256."""
    from PIL import Image

    image = Image.fromarray(numbers.astype(np.uint8), mode=None)
    image = image.convert("L")
    image.putpalette([value for number in range(256) for value in voc_color(number)])
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=4)
    return stream.getvalue()


def grey_png(numbers: Numbers) -> bytes:
    """Return a grey PNG of 8 bits, or of 16 where a number needs them."""
    from anylabeling.opencv import cv2

    values = numbers if int(numbers.max(initial=0)) > 255 else numbers.astype(np.uint8)
    done, data = cv2.imencode(".png", values, [cv2.IMWRITE_PNG_COMPRESSION, 3])
    if not done:
        raise ValueError("the picture of numbers could not be encoded")
    return bytes(data.tobytes())


def read_numbers(path: Path, colors: dict[tuple[int, int, int], int] | None = None) -> Numbers:
    """Return the numbers in a grey, indexed or coloured PNG, uint16 (height, width).

    Args:
        path: The file.
        colors: The number of each colour, for a coloured one.

    Raises:
        LabelFileError: When it cannot be read, or has colours that nobody names.
    """
    data = read_bytes(path, _MOST_BYTES)
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "BMP", "TIFF")) as image:
            if image.width * image.height > MAX_MASK_PIXELS:
                raise broken(path.name, tr("it is too large"))
            if image.mode in ("P", "L", "1", "I", "I;16", "I;16B"):
                values = np.asarray(image)
                if values.min(initial=0) < 0 or values.max(initial=0) > 65535:
                    raise broken(path.name, tr("its numbers make no sense"))
                return values.astype(np.uint16)
            rgb = np.asarray(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise broken(path.name, tr("it is no PNG of class numbers"), repr(error)) from error
    return _from_colors(rgb, colors or {}, path.name)


def read_class_map(root: Path) -> tuple[dict[int, str], dict[tuple[int, int, int], int]]:
    """Return the names of numbers and the numbers of colours that a list in a folder gives.

    Known are ``class_map.json`` (name to number, also below "colors"), ``labelmap.txt`` of CVAT, and the files of
    labelme and of others that have a name a line.
    """
    for name in ("class_map.json", "classes.json", "mask_colors.json", "label_map.json"):
        if (root / name).is_file():
            return _json_map(root / name)
    if (root / "labelmap.txt").is_file():
        return _label_map(root / "labelmap.txt")
    for name in ("class_names.txt", "classes.txt", "labels.txt"):
        if (root / name).is_file():
            lines = [line.strip() for line in read_text(root / name).splitlines()]
            # labelme begins with what is not to be looked at, which is -1.
            first = -1 if lines[:1] == ["__ignore__"] else 0 if lines and lines[0] in _BACKGROUND else 1
            names = {number: line for number, line in enumerate(lines, first) if line}
            return {number: name for number, name in names.items() if number > 0}, {}
    return {}, {}


def label_map_text(names: dict[int, str]) -> bytes:
    """Return the content of a labelmap.txt as CVAT has it; the line is the number."""
    rows = {0: "background", **names}
    lines = []
    for number in range(max(rows) + 1):
        color = ",".join(map(str, voc_color(number)))
        lines.append(f"{rows.get(number, f'unused_{number}')}:{color}::\n")
    return ("# label:color_rgb:parts:actions\n" + "".join(lines)).encode("utf-8", "replace")


def _from_colors(rgb: NDArray[np.uint8], colors: dict[tuple[int, int, int], int], name: str) -> Numbers:
    packed = (rgb[..., 0].astype(np.uint32) << 16) | (rgb[..., 1].astype(np.uint32) << 8) | rgb[..., 2]
    result = np.zeros(packed.shape, np.uint16)
    for value in np.unique(packed).tolist():
        color = (value >> 16, value >> 8 & 255, value & 255)
        number = colors.get(color, 0 if not value else None)
        if number is None:
            raise broken(name, tr("no list names its colour {color}", color=color))
        result[packed == value] = number
    return result


def _json_map(path: Path) -> tuple[dict[int, str], dict[tuple[int, int, int], int]]:
    content: Any = read_json(path, 16 << 20)
    if isinstance(content, dict) and isinstance(content.get("colors"), dict):
        content = content["colors"]
    if not isinstance(content, dict):
        raise broken(path.name, tr("it names no numbers"))
    names: dict[int, str] = {}
    colors: dict[tuple[int, int, int], int] = {}
    try:
        for key, value in content.items():
            if isinstance(value, list):
                number = len(colors) + 1 if key not in _BACKGROUND else 0
                red, green, blue = (whole(part) for part in value)
                colors[red, green, blue] = number
            else:
                # Either way around: {"cat": 1} and {"1": "cat"}.
                number, key = (whole(key), value) if isinstance(value, str) else (whole(value), key)  # noqa: PLW2901
            if number:
                names[number] = str(key)
    except ValueError as error:
        raise broken(path.name, error) from error
    if any(not 0 <= number <= 65535 for number in names):
        raise broken(path.name, tr("its numbers make no sense"))
    return names, colors


def _label_map(path: Path) -> tuple[dict[int, str], dict[tuple[int, int, int], int]]:
    names: dict[int, str] = {}
    colors: dict[tuple[int, int, int], int] = {}
    number = 0
    for count, line in enumerate(read_text(path).splitlines(), 1):
        # A name may hold colons, and begin with what marks a comment.
        name, *rest = line.rsplit(":", 3)
        parts = rest[0].split(",") if rest else []
        is_color = len(parts) == 3 and all(part.strip().isdecimal() for part in parts)
        if not is_color and (not line.strip() or line.startswith("#")):
            continue
        if not is_color:
            raise broken(path.name, tr("line {number}: it gives no colour", number=count))
        red, green, blue = (int(part) for part in parts)
        colors[red, green, blue] = number
        if number:
            names[number] = name
        number += 1
    return names, colors
