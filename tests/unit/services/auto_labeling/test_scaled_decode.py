"""Models see large JPEG pictures at a part of their size and find what they find in the whole ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from anylabeling.accel import iou_matrix
from anylabeling.codecs import DecodedImage, PixelFormat, decode, decode_bytes, encode_jpeg
from anylabeling.composition import build_services
from anylabeling.config import Config
from anylabeling.opencv import cv2
from anylabeling.services.auto_labeling.detections import Detections

PHOTOS = 6
LONG_SIDE_PX = 4000
STRONG = 0.4


def test_objects_of_photos_stay_the_same(data_dir: Path) -> None:
    services = build_services(Config)
    model = services.models.load(str(data_dir / "models" / "yolo11n.onnx"))

    def detect(image: DecodedImage) -> Detections:
        size = (image.full_width, image.full_height)
        found = model.candidates(image.pixels, pixel_format=PixelFormat.RGB, full_size=size)
        return found.select(model.default_options, model.class_names)

    try:
        strong, same = 0, 0
        for path in sorted((data_dir / "photos" / "voc40").glob("*.jpg"))[:PHOTOS]:
            data = enlarged(path)
            small = decode_bytes(data, path.name, pixel_format=PixelFormat.RGB, min_side_px=model.min_side_px)
            assert max(small.width, small.height) == LONG_SIDE_PX // 4
            whole = detect(decode_bytes(data, path.name, pixel_format=PixelFormat.RGB))
            reduced = detect(small)
            overlaps = iou_matrix(np.asarray(whole.boxes, np.float32), np.asarray(reduced.boxes, np.float32))
            alike = (overlaps > 0.85) & (np.asarray(whole.class_ids)[:, None] == np.asarray(reduced.class_ids)[None])
            wanted = np.asarray(whole.scores) >= STRONG
            strong += int(wanted.sum())
            same += int(alike[wanted].any(axis=1).sum())
    finally:
        services.models.unload()
        services.close()
    assert strong >= PHOTOS
    assert same == strong


def enlarged(path: Path) -> bytes:
    pixels = decode(path, pixel_format=PixelFormat.RGB).pixels
    factor = LONG_SIDE_PX / max(pixels.shape[:2])
    large = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    return encode_jpeg(np.asarray(large, np.uint8), quality=92)
