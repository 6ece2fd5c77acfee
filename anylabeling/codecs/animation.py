"""Whether a file holds more pictures than the one that is decoded: found in its structure, no pixel is touched."""

from __future__ import annotations

import struct

_PNG_CHUNKS_AT = 8
_GIF_HEADER_BYTES = 13
_GIF_IMAGE, _GIF_EXTENSION = 0x2C, 0x21


def has_more_frames(data: bytes, image_format: str) -> bool:
    """Return whether a GIF, PNG, WebP or AVIF file is an animation of two frames or more.

    Args:
        data: The whole file. What is damaged counts as one frame.
        image_format: As in ImageHeader.
    """
    try:
        if image_format == "gif":
            return _gif_frames(data) > 1
        if image_format == "png":
            return _png_frames(data) > 1
        if image_format == "webp":
            # https://developers.google.com/speed/webp/docs/riff_container, extended file format
            return data[12:16] == b"VP8X" and bool(data[20] & 0x02)
    except (IndexError, struct.error):
        return False
    return image_format == "avif" and data[4:12] == b"ftypavis"


def _gif_frames(data: bytes) -> int:
    """Count the images of a GIF file, up to two; see https://www.w3.org/Graphics/GIF/spec-gif89a.txt."""
    at = _GIF_HEADER_BYTES + _colors_bytes(data[10])
    frames = 0
    while frames < 2:
        kind = data[at]
        if kind == _GIF_EXTENSION:
            at += 2
        elif kind == _GIF_IMAGE:
            frames += 1
            at += 11 + _colors_bytes(data[at + 9])
        else:
            break
        while data[at]:
            at += data[at] + 1
        at += 1
    return frames


def _colors_bytes(flags: int) -> int:
    return 3 << ((flags & 0x07) + 1) if flags & 0x80 else 0


def _png_frames(data: bytes) -> int:
    """Return what the animation chunk says, which stands before the pixels; see https://www.w3.org/TR/png-3/."""
    at = _PNG_CHUNKS_AT
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"acTL":
            return int(struct.unpack_from(">I", data, at + 8)[0])
        if kind in (b"IDAT", b"IEND"):
            return 1
        at += length + 12
