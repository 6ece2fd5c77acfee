"""Inputs from a person's pictures, by which a model is converted to 8-bit integers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs import PixelFormat, decode
from anylabeling.errors import ImageError
from anylabeling.services.auto_labeling.backend import ProgressReport
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.preprocess import Letterbox, letterbox_into
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

MOST_CALIBRATION_IMAGES = 128


def calibration_blobs(
    spec: ModelSpec,
    images: Sequence[str],
    *,
    on_progress: ProgressReport | None = None,
    cancel: CancelToken | None = None,
) -> Iterator[NDArray[Any]]:
    """Yield an input for each picture that can be read: float32 (batch, 3, height, width), RGB, letterboxed, 0-1.

    Raises:
        Cancelled: When ``cancel`` asks for it.
    """
    width, height = spec.default_size
    for index, path in enumerate(images):
        if cancel is not None:
            cancel.raise_if_cancelled()
        if on_progress is not None:
            on_progress(tr("Calibrating"), index / len(images))
        try:
            image = decode(path, pixel_format=PixelFormat.RGB, min_side_px=max(width, height))
        except ImageError:  # one picture more or less makes no difference
            continue
        box = Letterbox.fit(image.full_width, image.full_height, width, height)
        blob = np.empty((3, height, width), np.float32)
        letterbox_into(blob, image.pixels, PixelFormat.RGB, box)
        yield np.broadcast_to(blob, (spec.batch or 1, *blob.shape))
