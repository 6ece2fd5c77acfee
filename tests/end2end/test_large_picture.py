"""A picture that is too large to be shown whole is labelled in its full coordinates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anylabeling import accel
from anylabeling.codecs import PixelFormat, decode, encode_jpeg
from anylabeling.composition import build_services
from anylabeling.config import Config
from anylabeling.document.label_file import read_label_file
from anylabeling.opencv import cv2

SAMPLES = Path(__file__).parents[2] / "anylabeling" / "resources" / "samples"
MODEL = SAMPLES / "model" / "samples-yolo.onnx"
FACTOR = 7


def test_a_large_picture_is_labelled_in_full_coordinates(
    run_scenario: Callable[..., dict[str, Any]], home_dir: Path, tmp_path: Path
) -> None:
    small = decode(SAMPLES / "images" / "01-street-morning.jpg", pixel_format=PixelFormat.RGB).pixels
    height, width = small.shape[0] * FACTOR, small.shape[1] * FACTOR
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    path = tmp_path / "large.jpg"
    path.write_bytes(encode_jpeg(np.asarray(large, np.uint8)))
    if width * height * 4 <= 192 << 20:
        pytest.fail("the picture is not large enough for this test")
    (home_dir / ".anylabelingrc").write_text("performance:\n  image_cache_size_mb: 128\n", encoding="utf-8")

    corner = [width - 40.0, height - 40.0]
    found = run_scenario("label_large_picture", [str(path), "--model", str(MODEL)], first="large.jpg", corner=corner)

    assert found["shown"] == [-(-width // 2), -(-height // 2)]
    assert found["has_parts"] is (accel.open_jpeg_regions(str(path)) is not None)
    assert np.abs(np.max(found["drawn"], axis=0) - corner).max() <= width / 400
    expected = detections_in(small)
    assert len(found["found"]) == len(expected) > 0
    boxes = np.array([[np.min(points, axis=0), np.max(points, axis=0)] for _label, points in found["found"]])
    for box in expected:
        assert np.abs(boxes.reshape(-1, 4) - box * FACTOR).max(axis=1).min() < 4 * FACTOR
    written = read_label_file(path.with_suffix(".json"))
    assert written.image_size == (width, height)
    assert len(written.shapes) == len(expected) + 1


def detections_in(pixels: np.ndarray) -> np.ndarray:
    services = build_services(Config)
    try:
        model = services.models.load(str(MODEL))
        candidates = model.candidates(pixels, pixel_format=PixelFormat.RGB)
        return np.asarray(candidates.select(model.default_options, model.class_names).boxes)
    finally:
        services.models.unload()
        services.close()
