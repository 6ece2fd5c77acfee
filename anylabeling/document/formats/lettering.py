"""Write texts of any language into pictures, without Qt.

OpenCV 5 comes with a font that has the letters of Europe and of Vietnam, Chinese, Japanese and Korean. What it lacks,
and what goes from right to left or needs letters joined, is written by Pillow in a font of the system that has it all.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.formats.system_fonts import font_for

Coverage = NDArray[np.uint8]
"""How much of each pixel letters cover, 0 to 255, (height, width)."""

_MISSING = "?"
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
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if not line:
        return np.zeros((size_px, 1), np.uint8)
    with _lock:
        if _font_face() is not None and all(map(_is_simple, line)):
            return _by_opencv(line, size_px)
        return _by_pillow(line, size_px)


def lacks_letters(text: str) -> bool:
    """Say whether some letters of a text are in no font that there is; question marks or boxes stand for them."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    with _lock:
        simple = _font_face() is not None and all(map(_is_simple, line))
    return bool(line) and not simple and font_for(line) is None


def _by_opencv(line: str, size_px: int) -> Coverage:
    from anylabeling.opencv import cv2

    face: Any = _font_face()
    left, top, width, height = cv2.getTextSize((0, 0), line, (0, 0), face, size_px, _WEIGHT)
    above, below = max(-top, size_px), max(top + height, round(0.25 * size_px))
    pixels = np.zeros((above + below, max(width - min(left, 0), 1) + 1), np.uint8)
    cv2.putText(pixels, line, (max(-left, 0), above), 255, face, size_px, _WEIGHT)
    return pixels


def _by_pillow(line: str, size_px: int) -> Coverage:
    from PIL import Image, ImageDraw, ImageFont

    path = font_for(line)
    font = ImageFont.load_default(size_px) if path is None else ImageFont.truetype(str(path), size_px)
    left, top, right, bottom = font.getbbox(line, anchor="ls")
    above, below = max(round(-top), size_px), max(round(bottom), round(0.25 * size_px))
    image = Image.new("L", (max(round(right - min(left, 0)), 1) + 1, above + below))
    ImageDraw.Draw(image).text((max(-left, 0), above), line, fill=255, font=font, anchor="ls")
    return np.asarray(image, np.uint8)


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
