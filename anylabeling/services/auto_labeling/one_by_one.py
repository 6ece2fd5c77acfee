"""What models have in common that look at one picture after the other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.shape import Shape
from anylabeling.messages.auto_labeling import DetectOptions, SuggestedOptions
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates, floor_for
from anylabeling.utils.cancellation import CancelToken


class OneByOneModel(ABC):
    """The way from pictures to shapes through three stages. Any thread may call it."""

    @property
    @abstractmethod
    def class_names(self) -> tuple[str, ...]:
        """Index is the class id."""

    @property
    @abstractmethod
    def suggested(self) -> SuggestedOptions:
        """What it says by itself about which detections count."""

    @property
    def default_options(self) -> DetectOptions:
        """What counts unless a person wants something else."""
        return self.suggested.over(DetectOptions())

    def batch_for(self, wanted: int) -> int:
        """Return one: a call takes one picture."""
        del wanted
        return 1

    def predict_shapes(
        self,
        image: UInt8Array,
        image_path: str | None = None,
        *,
        options: DetectOptions | None = None,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> list[Shape]:
        """Return what is found in a picture, in the model's order.

        Args:
            image: uint8 (height, width, channels).
            image_path: Its file, by which what was made of a picture may be kept.
            options: Which objects count; the model's defaults when None.
            pixel_format: Order of the image's channels.

        Raises:
            ValueError: When the array is no such picture.
            ModelError: When the model cannot look for anything.
            BackendError: When a network fails.
        """
        return self.predict_shapes_batch([image], [image_path], options=options, pixel_format=pixel_format)[0]

    def predict_shapes_batch(
        self,
        images: Sequence[UInt8Array],
        image_paths: Sequence[str | None] | None = None,
        *,
        options: DetectOptions | None = None,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> list[list[Shape]]:
        """Return what is found in each picture; see predict_shapes."""
        chosen = options or self.default_options
        paths = image_paths or [None] * len(images)
        found = [
            self.candidates(image, pixel_format=pixel_format, floor=floor_for(chosen), image_path=path)
            for image, path in zip(images, paths, strict=True)
        ]
        # Asked for now: there are models that come to know their classes by what they find.
        names = self.class_names
        return [each.select(chosen, names).to_shapes(names) for each in found]

    def candidates(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
        floor: float = CANDIDATE_FLOOR,
        image_path: str | None = None,
        cancel: CancelToken | None = None,
    ) -> Candidates:
        """Return everything that is found with a score above ``floor``.

        Args:
            image: uint8 (height, width, channels).
            pixel_format: Order of its channels.
            full_size: Width and height of the whole picture when ``image`` is a scaled-down decode of it.
            floor: The least score.
            image_path: Its file, by which what was made of a picture may be kept.
            cancel: Ends it.
        """
        del image_path
        prepared = self.prepare(image, pixel_format=pixel_format, full_size=full_size)
        return self.finish(prepared, self.infer([prepared], cancel=cancel)[0], floor=floor)

    @abstractmethod
    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> Any:
        """Make a picture ready for the network; first stage."""

    @abstractmethod
    def infer(self, prepared: Sequence[Any], *, cancel: CancelToken | None = None, fill_to: int = 1) -> list[Any]:
        """Run it; second stage."""

    @abstractmethod
    def finish(self, prepared: Any, output: Any, *, floor: float = CANDIDATE_FLOOR) -> Candidates:
        """Read what was found; third stage."""
