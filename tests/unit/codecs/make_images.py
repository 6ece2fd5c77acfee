"""Pictures and files that the codec tests read."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def scene(width: int = 61, height: int = 43) -> NDArray[np.uint8]:
    """Return a smooth RGB picture without any symmetry: JPEG keeps it nearly unchanged."""
    y, x = np.mgrid[0:height, 0:width]
    channels = [200 * x / width + 20, 180 * y / height + 40, 255 * (x + 2 * y) / (width + 2 * height)]
    return np.stack(channels, axis=2).astype(np.uint8)


def encode(pixels: NDArray[Any] | Image.Image, image_format: str, *, orientation: int = 0, **options: Any) -> bytes:
    """Encode with Pillow, with an EXIF orientation where it is not 0."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    if orientation:
        exif = Image.Exif()
        exif[0x0112] = orientation
        options["exif"] = exif
    stream = io.BytesIO()
    image.save(stream, image_format, **options)
    return stream.getvalue()


def exif_block(orientation: int, byte_order: str = "<", *, entries_before: int = 0) -> bytes:
    """Return a TIFF structure with other tags before the orientation, in either byte order."""
    signature = b"II*\0" if byte_order == "<" else b"MM\0*"
    entries = [struct.pack(byte_order + "HHIHH", tag, 3, 1, 7, 0) for tag in range(0x0112 - entries_before, 0x0112)]
    entries.append(struct.pack(byte_order + "HHIHH", 0x0112, 3, 1, orientation, 0))
    table = struct.pack(byte_order + "H", len(entries)) + b"".join(entries) + b"\0\0\0\0"
    return signature + struct.pack(byte_order + "I", 8) + table


def with_app1(jpeg: bytes, payload: bytes) -> bytes:
    """Put an APP1 segment right behind the start of a JPEG file."""
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload + jpeg[2:]


def png_chunk(kind: bytes, payload: bytes) -> bytes:
    """Return a PNG chunk with its length and checksum."""
    import zlib

    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def jpeg_in_strips(width: int, height: int, strip_of: Callable[[int, int], NDArray[np.uint8]]) -> bytes:
    """Return a JPEG of any size, made row of blocks by row of blocks, with a restart mark behind each row.

    Args:
        width: A multiple of 16.
        height: A multiple of 16.
        strip_of: Called with the first row and the number of rows; returns uint8 (rows, width, 3) RGB.
    """
    import simplejpeg

    def encoded(row: int) -> bytes:
        strip = np.ascontiguousarray(strip_of(row, 16))
        data: bytes = simplejpeg.encode_jpeg(strip, quality=85, colorspace="RGB", colorsubsampling="420")
        return data

    first = encoded(0)
    frame, scan = first.index(b"\xff\xc0"), first.index(b"\xff\xda")
    pixels = scan + 2 + int.from_bytes(first[scan + 2 : scan + 4], "big")
    head = bytearray(first[:pixels])
    head[frame + 5 : frame + 7] = height.to_bytes(2, "big")
    interval = b"\xff\xdd\x00\x04" + (width // 16).to_bytes(2, "big")
    parts = [bytes(head[:scan]), interval, bytes(head[scan:])]
    for number, row in enumerate(range(0, height, 16)):
        parts.append(encoded(row)[pixels:-2])
        parts.append(bytes([0xFF, 0xD0 + number % 8]) if row + 16 < height else b"\xff\xd9")
    return b"".join(parts)
