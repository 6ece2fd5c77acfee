"""What a YOLO model does with a picture before and after its network runs: arithmetic, which any process can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.models.yolo_classify import centre_crop
from anylabeling.services.auto_labeling.models.yolo_outputs import RawOutputs, condensed, read_candidates
from anylabeling.services.auto_labeling.postprocess import OF_WHOLE_PICTURE
from anylabeling.services.auto_labeling.preprocess import Blob, Letterbox, check_image, letterbox_bytes

_LONGEST_PICTURE = 3
"""Pictures up to three times as long as wide are decoded with all that a classifier can see."""
_LONGEST_STRETCHED = 2
"""Pictures up to twice as long as wide are decoded with all that is left of them when they are stretched."""


@dataclass(slots=True, eq=False)
class Prepared:
    """One picture, ready for the network.

    Attributes:
        blob: float32 (3, input_height, input_width), or uint8 (input_height, input_width, 3) RGB for a backend that
            takes bytes; it goes back to the model's pool once it has run.
        box: Where the picture lies in it.
    """

    blob: Blob | UInt8Array
    box: Letterbox


@dataclass(frozen=True, slots=True)
class YoloSteps:
    """The steps of one model; can be pickled.

    Attributes:
        spec: Completed by the first run.
    """

    spec: ModelSpec

    @property
    def is_classifier(self) -> bool:
        """Whether it says what a whole picture is."""
        return self.spec.task == "classify"

    @property
    def min_side_px(self) -> int:
        """The long side that a scaled decode has to keep, for the network to see all that it can see.

        It is more than the network's own: a decoder that halves a picture does it in another way than what resizes it
        here, and where nothing was left to resize, scores differed by 0.02 from those for the whole picture.
        """
        side = max(self.spec.default_size)
        # A classifier sees the middle at the scale of the short side.
        if self._stretches:
            return side * _LONGEST_STRETCHED
        return side * _LONGEST_PICTURE if self.is_classifier else side * 3 // 2

    @property
    def _stretches(self) -> bool:
        return self.spec.layout in OF_WHOLE_PICTURE or self.spec.fit == "stretch"

    @property
    def bytes_shape(self) -> tuple[int, int, int]:
        """Shape of a picture that ``prepare_bytes`` makes."""
        width, height = self.spec.default_size
        return height, width, 3

    @property
    def has_small_outputs(self) -> bool:
        """Whether what ``condense`` leaves is little enough to be sent to another process."""
        return self.spec.task in ("detect", "pose", "obb", "classify")

    def fit(
        self, image: UInt8Array, pixel_format: PixelFormat, full_size: tuple[int, int] | None
    ) -> tuple[UInt8Array, Letterbox]:
        """Return the part of a picture that the network sees, and where it goes in its input.

        Raises:
            ValueError: When the array is no picture.
        """
        check_image(image, pixel_format)
        width, height = self.spec.default_size
        full_width, full_height = full_size or (image.shape[1], image.shape[0])
        if self.is_classifier:
            return centre_crop(image, (full_width, full_height), (width, height))
        if self._stretches:
            return image, Letterbox.stretch(full_width, full_height, width, height)
        if self.spec.fit == "corner":
            return image, Letterbox.corner(full_width, full_height, width, height)
        return image, Letterbox.fit(full_width, full_height, width, height)

    def prepare_bytes(
        self,
        image: UInt8Array,
        pixel_format: PixelFormat,
        full_size: tuple[int, int] | None,
        into: UInt8Array | None = None,
    ) -> Prepared:
        """Make a picture ready for a network that takes bytes.

        Args:
            image: uint8 (height, width, channels).
            pixel_format: Order of its channels.
            full_size: Width and height of the whole picture when ``image`` is a scaled-down decode of it.
            into: uint8 of ``bytes_shape`` to write into, or None for new memory.
        """
        image, box = self.fit(image, pixel_format, full_size)
        return Prepared(letterbox_bytes(image, pixel_format, box, into), box)

    def condense(self, outputs: Sequence[NDArray[np.generic]], rows: Sequence[int], floor: float) -> list[RawOutputs]:
        """Return copies of some pictures' outputs with only what ``candidates`` reads with this floor.

        Args:
            outputs: Of a whole batch.
            rows: The pictures' places in it.
            floor: The least score.
        """
        return condensed(self.spec, outputs, rows, np.float32(floor))

    def candidates(self, box: Letterbox, output: RawOutputs, floor: float) -> Candidates:
        """Read what was found out of one picture's outputs, whole or condensed."""
        return read_candidates(self.spec, output, box, floor)
