"""Fonts of the system that have the characters of a text, found by what their files say (OpenType, table ``cmap``)."""

from __future__ import annotations

import os
import struct
import sys
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ranges = NDArray[np.int64]
"""First and last character of each range that a font has, int64 (n, 2), in order."""

_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_MOST_FONTS = 4000
_MOST_TABLES = 256
_MOST_BYTES = 4 << 20
_PLAIN = ("regular", "sans", "noto", "dejavu", "droid", "arial", "segoe")
_SPECIAL = ("bold", "italic", "oblique", "mono", "serif", "light", "thin", "black", "condensed", "narrow", "display")

_lock = threading.Lock()


def font_for(text: str) -> Path | None:
    """Return a font that has every character of a text, a plain one where there is a choice; None without any."""
    return _font_for(frozenset(ord(letter) for letter in text if not letter.isspace()))


def font_has(path: Path, letter: str) -> bool:
    """Say whether a font has a character."""
    with _lock:
        return _has_all(_ranges_in(path), np.array([ord(letter)], np.int64))


@lru_cache(maxsize=1024)
def _font_for(characters: frozenset[int]) -> Path | None:
    if not characters:
        return None
    wanted = np.array(sorted(characters), np.int64)
    with _lock:
        return next((path for path in _fonts() if _has_all(_ranges_in(path), wanted)), None)


def font_ranges(path: Path) -> Ranges:
    """Return the characters that a font file has; none where it cannot be understood."""
    try:
        with path.open("rb") as stream:
            start = 0
            head = stream.read(16)
            if head[:4] == b"ttcf":
                start = struct.unpack(">I", head[12:16])[0]
            stream.seek(start)
            count = struct.unpack(">4xH6x", stream.read(12))[0]
            for _ in range(min(count, _MOST_TABLES)):
                tag, offset, length = struct.unpack(">4s4xII", stream.read(16))
                if tag == b"cmap":
                    stream.seek(offset)
                    return _cmap_ranges(stream.read(min(length, _MOST_BYTES)))
    except (OSError, struct.error, ValueError):
        pass
    return np.zeros((0, 2), np.int64)


def _cmap_ranges(table: bytes) -> Ranges:
    """Return what the fullest subtable for Unicode has: format 12, else format 4."""
    count = struct.unpack_from(">2xH", table)[0]
    found = [np.zeros((0, 2), np.int64)]
    for number in range(min(count, _MOST_TABLES)):
        platform, _, offset = struct.unpack_from(">HHI", table, 4 + 8 * number)
        form = struct.unpack_from(">H", table, offset)[0]
        if platform not in (0, 3):
            continue
        if form == 12:
            groups = struct.unpack_from(">I", table, offset + 12)[0]
            rows = np.frombuffer(table, ">u4", min(groups, _MOST_BYTES // 12) * 3, offset + 16).reshape(-1, 3)
            found.append(rows[:, :2].astype(np.int64))
        elif form == 4:
            segments = struct.unpack_from(">H", table, offset + 6)[0] // 2
            last = np.frombuffer(table, ">u2", segments, offset + 14).astype(np.int64)
            first = np.frombuffer(table, ">u2", segments, offset + 16 + 2 * segments).astype(np.int64)
            found.append(np.stack([first, last], axis=1))
    return max(found, key=lambda ranges: int((ranges[:, 1] - ranges[:, 0] + 1).sum()))


def _has_all(ranges: Ranges, wanted: NDArray[np.int64]) -> bool:
    if not len(ranges):
        return False
    place = np.searchsorted(ranges[:, 0], wanted, side="right") - 1
    return bool((place >= 0).all() and (ranges[place, 1] >= wanted).all())


@lru_cache(maxsize=_MOST_FONTS)
def _ranges_in(path: Path) -> Ranges:
    return font_ranges(path)


@lru_cache(maxsize=1)
def _fonts() -> tuple[Path, ...]:
    """Return the fonts of the system, plain ones first."""
    found: list[Path] = []
    for folder in _folders():
        for place, _, files in os.walk(folder):
            found += [Path(place, file) for file in files if file.lower().endswith(_SUFFIXES)]
            if len(found) > _MOST_FONTS:
                return tuple(sorted(found[:_MOST_FONTS], key=_oddness))
    return tuple(sorted(found, key=_oddness))


def _oddness(path: Path) -> tuple[int, str]:
    name = path.name.lower()
    odd = sum(word in name for word in _SPECIAL) * 2 - sum(word in name for word in _PLAIN)
    return odd, str(path)


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    else:
        yield from (
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            home / ".local/share/fonts",
            home / ".fonts",
        )
