"""Write texts of any language into pictures, without Qt.

OpenCV 5 comes with a font that has the letters of Europe and of Vietnam, Chinese, Japanese and Korean. What it lacks,
and what goes from right to left or needs letters joined, is written by Pillow in a font of the system that has it all;
where none has all of a line, in one for each part of it.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.formats.system_fonts import font_for, font_has

Coverage = NDArray[np.uint8]
"""How much of each pixel letters cover, 0 to 255, (height, width)."""

_MISSING = "?"
_NO_FONT = ""
_WEIGHT = 400
_PROBE_PX = 24
_RIGHT_TO_LEFT = frozenset({"R", "AL"})

_lock = threading.Lock()


def written(text: str, size_px: int) -> Coverage:
    """Return a line of text as the pixels that it covers, all lines of one size equally high where letters are.

    Args:
        text: The text; ends of lines become spaces.
        size_px: The height of the letters, about.
    """
    line = _line(text)
    if not line:
        return np.zeros((size_px, 1), np.uint8)
    with _lock:
        drawn = [_by_opencv(run, size_px) if font is None else _by_pillow(run, font, size_px)
                 for run, font in _runs(line)]  # fmt: skip
    above = max(one.above for one in drawn)
    below = max(one.pixels.shape[0] - one.above for one in drawn)
    return np.hstack([
        np.pad(one.pixels, ((above - one.above, below - one.pixels.shape[0] + one.above), (0, 0))) for one in drawn
    ])  # fmt: skip


def lacks_letters(text: str) -> bool:
    """Say whether some letters of a text are in no font that there is; question marks or boxes stand for them."""
    with _lock:
        return any(font == _NO_FONT for _, font in _runs(_line(text)))


class _Drawn(NamedTuple):
    """Some letters: the pixels that they cover, and how many rows are above the line that they stand on."""

    pixels: Coverage
    above: int


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _runs(line: str) -> list[tuple[str, str | None]]:
    """Divide a line by what writes its parts: OpenCV (None), a font of the system, or none that is there.

    One font for all of it is better, since only that joins letters and orders those that go from right to left.
    """
    has_face = _font_face() is not None
    if has_face and all(map(_is_simple, line)):
        return [(line, None)]
    whole = font_for(line)
    if whole is not None:
        return [(line, str(whole))]
    found: list[tuple[str, str | None]] = []
    for letter in line:
        last = found[-1][1] if found else _NO_FONT
        if letter == " " and found:
            font = last
        elif has_face and _is_simple(letter):
            font = None
        elif last and last != _NO_FONT and font_has(Path(last), letter):
            font = last
        else:
            font = str(font_for(letter) or _NO_FONT)
        if found and font == last:
            found[-1] = (found[-1][0] + letter, font)
        else:
            found.append((letter, font))
    return found


def _by_opencv(line: str, size_px: int) -> _Drawn:
    from anylabeling.opencv import cv2

    face: Any = _font_face()
    left, top, width, height = cv2.getTextSize((0, 0), line, (0, 0), face, size_px, _WEIGHT)
    above, below = max(-top, size_px), max(top + height, round(0.25 * size_px))
    pixels = np.zeros((above + below, max(width - min(left, 0), 1) + 1), np.uint8)
    cv2.putText(pixels, line, (max(-left, 0), above), 255, face, size_px, _WEIGHT)
    return _Drawn(pixels, above)


def _by_pillow(line: str, path: str, size_px: int) -> _Drawn:
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(size_px) if path == _NO_FONT else ImageFont.truetype(path, size_px)
    left, top, right, bottom = font.getbbox(line, anchor="ls")
    right = max(right, font.getlength(line))  # a space at the end covers nothing
    above, below = max(round(-top), size_px), max(round(bottom), round(0.25 * size_px))
    image = Image.new("L", (max(round(right - min(left, 0)), 1) + 1, above + below))
    ImageDraw.Draw(image).text((max(-left, 0), above), line, fill=255, font=font, anchor="ls")
    return _Drawn(np.asarray(image, np.uint8), above)


@lru_cache(maxsize=1)
def _font_face() -> Any:
    """Return the font that OpenCV comes with; None before OpenCV 5."""
    from anylabeling.opencv import cv2

    made = getattr(cv2, "FontFace", None)
    return None if made is None else made("sans")


@lru_cache(maxsize=8192)
def _is_simple(letter: str) -> bool:
    """Say whether OpenCV's font has a letter, which stands by itself."""
    if letter in (_MISSING, " "):
        return True
    if unicodedata.category(letter)[0] in "MC" or unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT:
        return False
    return not np.array_equal(_probe(letter), _probe(_MISSING))


def _probe(letter: str) -> Coverage:
    from anylabeling.opencv import cv2

    pixels = np.zeros((2 * _PROBE_PX, 3 * _PROBE_PX), np.uint8)
    cv2.putText(pixels, letter, (_PROBE_PX // 2, round(1.5 * _PROBE_PX)), 255, _font_face(), _PROBE_PX, _WEIGHT)
    return pixels
