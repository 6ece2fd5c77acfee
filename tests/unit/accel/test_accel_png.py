"""The Rust module undoes the filters of PNG rows as the specification defines them, whatever rows follow each other."""

from __future__ import annotations

import random
import struct
import zlib

import numpy as np
import pytest

from anylabeling import accel, rust_extensions
from anylabeling.codecs import UInt8Array

BUILT = rust_extensions.rust_available()
BYTES = {0: 1, 2: 3, 4: 2, 6: 4}
"""Bytes of a pixel by colour type: grey, RGB, grey with alpha, RGB with alpha."""


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, colour: int, rows: bytes) -> bytes:
    """Return a file with these filtered rows."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def nearest(left: int, up: int, diagonal: int) -> int:
    distances = [abs(left + up - diagonal - value) for value in (left, up, diagonal)]
    return (left, up, diagonal)[distances.index(min(distances))]


def unfiltered(rows: bytes, row_bytes: int, pixel_bytes: int) -> list[list[int]]:
    """Undo the filters byte by byte, as PNG (third edition), section 9, defines them."""
    above, result = [0] * row_bytes, []
    for start in range(0, len(rows), row_bytes + 1):
        row: list[int] = []
        for place, byte in enumerate(rows[start + 1 : start + 1 + row_bytes]):
            left = row[place - pixel_bytes] if place >= pixel_bytes else 0
            diagonal = above[place - pixel_bytes] if place >= pixel_bytes else 0
            up = above[place]
            guess = (0, left, up, (left + up) // 2, nearest(left, up, diagonal))[rows[start]]
            row.append((byte + guess) % 256)
        result.append(row)
        above = row
    return result


def over_white(rows: list[list[int]], pixel_bytes: int) -> UInt8Array:
    """Return RGB as the program shows it, uint8 (height, width, 3)."""
    pixels = np.array(rows, np.int64).reshape(len(rows), -1, pixel_bytes)
    colours, alpha = (pixels, 255) if pixel_bytes in (1, 3) else (pixels[:, :, :-1], pixels[:, :, -1:])
    shown = (colours * alpha + 255 * (255 - alpha) + 127) // 255
    return np.broadcast_to(shown, (*shown.shape[:2], 3)).astype(np.uint8)


def rows_of(kind: str, height: int, rng: random.Random) -> list[int]:
    """Return a filter for each row."""
    if kind == "one":
        return [rng.randrange(5)] * height
    return [rng.choice((0, 2, 4) if kind == "few" else range(5)) for _ in range(height)]


@pytest.mark.skipif(not BUILT, reason=f"anylabeling_rust: {rust_extensions.get_rust_status()['reason']}")
@pytest.mark.parametrize("colour", BYTES)
@pytest.mark.parametrize("kind", ["one", "few", "any"])
def test_filters_are_undone_as_they_are_defined(colour: int, kind: str) -> None:
    rng = random.Random(f"{colour} {kind}")
    pixel_bytes = BYTES[colour]
    for _ in range(25):
        width, height = rng.randint(1, 19), rng.randint(1, 13)
        row_bytes = width * pixel_bytes
        rows = b"".join(bytes([number]) + rng.randbytes(row_bytes) for number in rows_of(kind, height, rng))
        out = np.empty(width * height * 3, np.uint8)
        plain = unfiltered(rows, row_bytes, pixel_bytes)
        alphas = (
            [] if pixel_bytes in (1, 3) else [value for row in plain for value in row[pixel_bytes - 1 :: pixel_bytes]]
        )
        with accel.using("rust"):
            transparent = accel.decode_png(png(width, height, colour, rows), "RGB", out)
        assert transparent is any(value < 255 for value in alphas)
        wanted = over_white(plain, pixel_bytes)
        np.testing.assert_array_equal(out.reshape(height, width, 3), wanted)


@pytest.mark.skipif(not BUILT, reason=f"anylabeling_rust: {rust_extensions.get_rust_status()['reason']}")
@pytest.mark.parametrize("line", [0, 2, 7, 9])
def test_an_unknown_filter_is_refused(line: int) -> None:
    rows = [b"\x04" + bytes(9) for _ in range(10)]
    rows[line] = b"\x05" + bytes(9)
    with accel.using("rust"):
        assert accel.decode_png(png(3, 10, 2, b"".join(rows)), "RGB", np.empty(90, np.uint8)) is None
