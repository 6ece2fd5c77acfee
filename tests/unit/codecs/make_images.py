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


def plain_tiff(
    pixels: NDArray[Any], *, photometric: int, order: str = "<", apart: bool = False, rows: int = 7, **extra: Any
) -> bytes:
    """Return an uncompressed TIFF in strips.

    Args:
        pixels: (height, width, samples) of uint8, uint16, int16 or float32.
        photometric: 0 and 1 grey, 2 colour, 3 palette, 5 inks.
        order: "<" or ">".
        apart: Whether each sample has strips of its own.
        rows: Of a strip.
        extra: Values of further tags as ``tag_338=(2,)``, all of 16 bits.
    """
    height, width, samples = pixels.shape
    kind = {"u": 1, "i": 2, "f": 3}[pixels.dtype.kind]
    stored = pixels.astype(pixels.dtype.newbyteorder(order))
    planes = [stored[:, :, each : each + 1] for each in range(samples)] if apart else [stored]
    strips = [plane[top : top + rows].tobytes() for plane in planes for top in range(0, height, rows)]
    data = bytearray(struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, 0))
    places = []
    for strip in strips:
        places.append(len(data))
        data += strip
    data += bytes(len(data) % 2)
    tags = {256: (4, (width,)), 257: (4, (height,)), 258: (3, (pixels.itemsize * 8,) * samples), 259: (3, (1,)),
            262: (3, (photometric,)), 273: (4, tuple(places)), 277: (3, (samples,)), 278: (4, (rows,)),
            279: (4, tuple(map(len, strips))), 284: (3, (2 if apart else 1,)), 339: (3, (kind,) * samples)}  # fmt: skip
    tags |= {int(name.removeprefix("tag_")): (3, values) for name, values in extra.items()}
    entries = []
    for tag, (code, values) in sorted(tags.items()):
        raw = struct.pack(f"{order}{len(values)}{'HI'[code == 4]}", *values)
        if len(raw) > 4:
            raw, place = struct.pack(order + "I", len(data)), raw
            data += place + bytes(len(place) % 2)
        entries.append(struct.pack(order + "HHI", tag, code, len(values)) + raw.ljust(4, b"\0"))
    data[4:8] = struct.pack(order + "I", len(data))
    return bytes(data) + struct.pack(order + "H", len(entries)) + b"".join(entries) + bytes(4)


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
