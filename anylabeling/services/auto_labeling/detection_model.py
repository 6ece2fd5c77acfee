"""What the pipeline and the window need of a loaded model that finds objects, whatever its family."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.shape import Shape
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import DetectOptions, SuggestedOptions
from anylabeling.messages.models import ModelInfo
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.pipeline_processes import PictureSteps
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken


class BytesNetwork(Protocol):
    """A model's network that takes pictures as bytes, and what is done before and after it."""

    @property
    def steps(self) -> PictureSteps:
        """What any process can do."""

    def run(self, pictures: UInt8Array, *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Run the network on uint8 (batch, height, width, 3) RGB, in one call; outputs have the batch as first axis."""


@runtime_checkable
class PictureKeeper(Protocol):
    """A model that does better when it is told which file a picture is from."""

    keeps_pictures: bool

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
        """Return every box above a low score."""


class WordedModel(Protocol):
    """A model that finds what is typed."""

    def with_classes(self, names: tuple[str, ...]) -> DetectionModel:
        """Return a model that looks for these names, of the same networks; both may be used."""


def nothing_typed(name: str) -> ModelError:
    """Return what is raised where a model is asked that finds what is typed, and nothing is."""
    return ModelError(
        tr("{name} finds what is typed, and nothing is typed.", name=name),
        hint=tr("Type what to look for, separated by commas, such as: person, red car"),
    )


class DetectionModel(Protocol):
    """A loaded model that finds objects. ``models.yolo.YoloModel`` documents each member."""

    @property
    def info(self) -> ModelInfo:
        """What the window shows about it."""

    @property
    def class_names(self) -> tuple[str, ...]:
        """Index is the class id."""

    @property
    def suggested(self) -> SuggestedOptions:
        """What it says by itself about which detections count."""

    @property
    def default_options(self) -> DetectOptions:
        """What counts unless a person wants something else."""

    @property
    def concurrency(self) -> int:
        """How many calls of ``infer`` run at once."""

    @property
    def one_shape(self) -> bool:
        """Whether the first call with another number of pictures takes long; see Backend."""

    @property
    def min_side_px(self) -> int:
        """The long side that a scaled decode has to keep."""

    @property
    def spec(self) -> ModelSpec | None:
        """What was read from its file; None where it is not made from one."""

    @property
    def bytes_network(self) -> BytesNetwork | None:
        """Its network and the steps around it apart, for a run with other processes; None where it cannot."""

    def batch_for(self, wanted: int) -> int:
        """Return how many pictures to put into one call when up to ``wanted`` are allowed."""

    def warm_up(self, batch: int = 1) -> None:
        """Run once on an empty picture, on ``batch`` of them where a model looks at several in one call."""

    def predict_shapes(
        self,
        image: UInt8Array,
        image_path: str | None = None,
        *,
        options: DetectOptions | None = None,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> list[Shape]:
        """Return the objects in a picture."""

    def predict_shapes_batch(
        self,
        images: Sequence[UInt8Array],
        image_paths: Sequence[str | None] | None = None,
        *,
        options: DetectOptions | None = None,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> list[list[Shape]]:
        """Return the objects in each picture."""

    def candidates(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
        floor: float = CANDIDATE_FLOOR,
    ) -> Candidates:
        """Return every box above a low score."""

    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> Any:
        """Make a picture ready for the network; first stage."""

    def infer(self, prepared: Sequence[Any], *, cancel: CancelToken | None = None, fill_to: int = 1) -> list[Any]:
        """Run the network in one call; second stage."""

    def finish(self, prepared: Any, output: Any, *, floor: float = CANDIDATE_FLOOR) -> Candidates:
        """Read what was found out of one picture's outputs; third stage."""

    def hold(self) -> AbstractContextManager[None]:
        """Keep the model loaded during a block."""

    def close(self) -> None:
        """Free the model as soon as nobody holds it."""
