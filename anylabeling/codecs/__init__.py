"""Probe, decode and encode pictures: the EXIF orientation is applied here, once, for the window and for models."""

from __future__ import annotations

from anylabeling.codecs.bands import png_rows
from anylabeling.codecs.decode import decode, decode_bytes
from anylabeling.codecs.jpeg import encode_jpeg
from anylabeling.codecs.png import encode_png
from anylabeling.codecs.png_stream import PngRows
from anylabeling.codecs.probe import probe, probe_bytes
from anylabeling.codecs.regions import RegionReader, region_reader
from anylabeling.codecs.types import IMAGE_SUFFIXES, DecodedImage, DecodeLimits, ImageHeader, PixelFormat, UInt8Array

__all__ = [
    "IMAGE_SUFFIXES",
    "DecodeLimits",
    "DecodedImage",
    "ImageHeader",
    "PixelFormat",
    "PngRows",
    "RegionReader",
    "UInt8Array",
    "decode",
    "decode_bytes",
    "encode_jpeg",
    "encode_png",
    "png_rows",
    "probe",
    "probe_bytes",
    "region_reader",
]
