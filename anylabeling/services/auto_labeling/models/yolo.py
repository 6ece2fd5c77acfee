"""YOLO models of all tasks: pictures in, shapes or image flags out."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.shape import Shape
from anylabeling.messages.auto_labeling import DetectOptions, SuggestedOptions
from anylabeling.messages.models import BackendChoice, ModelInfo
from anylabeling.services.auto_labeling.backend import Backend, BackendMemoryError
from anylabeling.services.auto_labeling.detection_model import BytesNetwork, nothing_typed
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates, Detections, floor_for
from anylabeling.services.auto_labeling.exemplars import NOT_MEANT, Exemplar, boxes_of
from anylabeling.services.auto_labeling.model_lane import ModelLane
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.models.yolo_layout import resolve
from anylabeling.services.auto_labeling.models.yolo_outputs import RawOutputs, check_scores
from anylabeling.services.auto_labeling.models.yolo_steps import Prepared, YoloSteps
from anylabeling.services.auto_labeling.pipeline_processes import workers_at_hand
from anylabeling.services.auto_labeling.postprocess import NO_OVERLAPS
from anylabeling.services.auto_labeling.preprocess import BlobPool, letterbox_into
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.hashing import hash_bytes

_ONLY_TYPED = "yoloe"
"""Whose checkpoints have no classes of their own."""


class YoloModel:
    """A loaded model. Any thread may call it; calls of the network queue up on its lane.

    Pictures are uint8 (height, width, channels) in the EXIF-rotated frame, RGB unless another format is named.

    Attributes:
        spec: What was read from the file, completed by the first run.
    """

    def __init__(self, spec: ModelSpec, backend: Backend, choice: BackendChoice) -> None:
        self.spec = self._own_spec = spec
        self._backend = backend
        self._choice = choice
        self._takes_bytes = backend.takes_bytes
        self._workers = workers_at_hand() if self._takes_bytes and backend.concurrency > 1 else None
        self._lane = ModelLane(backend.concurrency, self._free, spec.name)
        self._blobs = BlobPool()
        self._examples: NDArray[np.float32] | None = None

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        width, height = self.spec.default_size
        return ModelInfo(
            name=self.spec.name,
            path=str(self.spec.path),
            family=self.spec.family,
            task=self.spec.task,
            layout=self.spec.maker or self.spec.layout,
            class_names=self.class_names,
            input_width=width,
            input_height=height,
            dynamic_batch=self.spec.dynamic_batch,
            choice=self._backend.choice or self._choice,
            has_iou=self.spec.layout not in NO_OVERLAPS and not self._is_classifier,
            weights=self._identity,
            is_agnostic=self.spec.is_agnostic,
            can_tile=not self._is_classifier,
            takes_text=bool(self.spec.vocabulary),
            keeps_alike=self.spec.vocabulary == _ONLY_TYPED,
        )

    @property
    def _identity(self) -> str:
        examples = "" if self._examples is None else hash_bytes(self._examples.tobytes())
        return f"{self.spec.weights}:{self.spec.words!r}{examples}" if self.spec.words else self.spec.weights

    @property
    def class_names(self) -> tuple[str, ...]:
        """Index is the class id; none where they have to be typed."""
        return () if self.spec.vocabulary == _ONLY_TYPED and not self.spec.words else self.spec.class_names

    def with_classes(self, names: tuple[str, ...]) -> YoloModel:
        """Return a model that looks for these names, of the same network; without any, for the classes of its own."""
        other = copy.copy(self)
        other.spec = self._own_spec.with_changes(class_names=names, words=names) if names else self._own_spec
        other._examples = None
        return other

    def with_examples(
        self,
        image: UInt8Array,
        exemplars: Sequence[Exemplar],
        label: str,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
        cancel: CancelToken | None = None,
    ) -> YoloModel:
        """Return a model that looks for what is like marked objects, of the same network; both may be used.

        Args:
            image: The picture that they are on.
            exemplars: The objects; what is like those that are not positive is a class of its own.
            label: What the others are called.
            pixel_format: Order of its channels.
            full_size: Width and height of the whole picture when ``image`` is a scaled-down decode of it.
            cancel: Looked at before the network runs.

        Raises:
            BackendError: When the network cannot be shown what to look for.
        """
        prepared = self.prepare(image, pixel_format=pixel_format, full_size=full_size)
        size = full_size or (image.shape[1], image.shape[0])
        kinds = [[one for one in exemplars if one.positive is wanted] for wanted in (True, False)]
        rectangles = [prepared.box.to_input(boxes_of(kind, size)) for kind in kinds if kind]
        if cancel is not None:
            cancel.raise_if_cancelled()
        with self._lane.call():
            examples = self._backend.learn(prepared.blob[np.newaxis].astype(np.float32, copy=False), rectangles)
        names = (label, NOT_MEANT)[: len(rectangles)]
        other = self.with_classes(names)
        other.spec = other.spec.with_changes(is_shown=True)
        other._examples = examples
        return other

    @property
    def suggested(self) -> SuggestedOptions:
        """What the model's config says about which detections count."""
        return self.spec.suggested

    @property
    def default_options(self) -> DetectOptions:
        """The options that the model's config suggests, else the program's own."""
        return self.suggested.over(DetectOptions())

    @property
    def concurrency(self) -> int:
        """How many calls of ``infer`` run at once."""
        return self._backend.concurrency

    @property
    def one_shape(self) -> bool:
        """Whether the first call with another number of pictures takes long; see Backend."""
        return self._backend.one_shape

    @property
    def min_side_px(self) -> int:
        """The long side that a scaled decode has to keep, for the network to see all that it can see."""
        return self._steps.min_side_px

    @property
    def bytes_network(self) -> BytesNetwork | None:
        """The network and the steps around it apart; None if it takes no bytes."""
        return _BytesNetwork(self._steps, self._lane, self._backend) if self._takes_bytes else None

    def batch_for(self, wanted: int) -> int:
        """Return how many pictures to put into one call when up to ``wanted`` are allowed and speed counts."""
        if not self.spec.dynamic_batch:
            return 1
        if self.spec.batch is not None:
            return self.spec.batch
        return max(1, min(wanted, self._backend.preferred_batch))

    def warm_up(self, batch: int = 1) -> None:
        """Run the network once on grey and complete the spec with what only a run can tell.

        Args:
            batch: How many pictures most calls will have: the first call of a shape may take long.

        Raises:
            ModelError: When the output does not fit the layout, or its scores are none.
            BackendError: When the network fails.
        """
        try:
            outputs = self._on_grey(self.spec.batch or self.batch_for(batch))
        except BackendMemoryError:
            if self.spec.batch is not None or batch == 1:
                raise
            outputs = self._on_grey(1)  # a run halves its batch by itself
        spec = resolve(self.spec, [output.shape for output in outputs])
        check_scores(spec, outputs)
        self.spec = self._own_spec = spec

    def _on_grey(self, count: int) -> list[NDArray[np.generic]]:
        width, height = self.spec.default_size
        grey: NDArray[Any] = np.full((count, 3, height, width), 114 / 255, np.float32)
        if self._takes_bytes:
            grey = np.full((count, height, width, 3), 114, np.uint8)
        with self._lane.call():
            self._choose_words()
            return self._backend.infer(self._cast(grey))

    def _choose_words(self) -> None:
        if self._examples is not None:
            self._backend.set_features(self._examples)
        elif self.spec.vocabulary:
            self._backend.set_words(self.spec.words)

    def predict_shapes(
        self,
        image: UInt8Array,
        image_path: str | None = None,
        *,
        options: DetectOptions | None = None,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> list[Shape]:
        """Return the objects in a picture as shapes of the kind that the task makes, best first.

        Shapes of one object share a group id, counted from 1. A classifier finds none; see predict_flags.

        Args:
            image: uint8 (height, width, channels).
            image_path: Where the picture is from; a detector does not need it.
            options: Which detections count; the model's defaults when None.
            pixel_format: Order of the image's channels.

        Raises:
            ValueError: When the array is no such picture.
            BackendError: When the network fails.
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
        """Return the objects in each picture, in one call of the network where the model takes several.

        A model with a fixed batch of one runs them one by one, with the same results. See predict_shapes.
        """
        chosen = options or self.default_options
        found = self._select_batch(images, chosen, pixel_format)
        return [detections.to_shapes(self.class_names) for detections in found]

    def predict_flags(
        self,
        image: UInt8Array,
        image_path: str | None = None,
        *,
        options: DetectOptions | None = None,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> dict[str, bool]:
        """Return the marks that a classifier gives to a picture, the most likely class first; see predict_shapes."""
        del image_path
        found = self._select_batch([image], options or self.default_options, pixel_format)
        return found[0].flags(self.class_names)

    def candidates(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
        floor: float = CANDIDATE_FLOOR,
    ) -> Candidates:
        """Return every box above ``floor``, for choosing among them without running the model again.

        Args:
            image: uint8 (height, width, channels).
            pixel_format: Order of its channels.
            full_size: Width and height of the whole picture when ``image`` is a scaled-down decode of it.
            floor: The least score.
        """
        prepared = self.prepare(image, pixel_format=pixel_format, full_size=full_size)
        return self.finish(prepared, self.infer([prepared])[0], floor=floor)

    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> Prepared:
        """Letterbox a picture into an input; the first of three stages, safe to run on many threads at once."""
        steps = self._steps
        if self._takes_bytes:
            return steps.prepare_bytes(image, pixel_format, full_size)
        image, box = steps.fit(image, pixel_format, full_size)
        width, height = self.spec.default_size
        blob = self._blobs.take((3, height, width))
        letterbox_into(blob, image, pixel_format, box)
        return Prepared(blob, box)

    def infer(
        self, prepared: Sequence[Prepared], *, cancel: CancelToken | None = None, fill_to: int = 1
    ) -> list[RawOutputs]:
        """Run the network on prepared pictures in one call; the second stage. Waits for its turn on the lane.

        Args:
            prepared: At most as many as the model takes in one call; a larger fixed batch is filled up.
            cancel: Ends the call early, where the backend can do that.
            fill_to: The batch of a run, up to which a call is filled where a change of shape is expensive.

        Returns:
            The raw outputs of each picture, without the batch axis.

        Raises:
            BackendError: When the network fails.
            Cancelled: When ``cancel`` ended it.
        """
        count = len(prepared)
        size = self.spec.batch or (max(count, fill_to) if self._backend.one_shape else count)
        if not 0 < count <= size:
            raise ValueError(f"the model takes 1 to {size} pictures in one call, not {count}")
        first = prepared[0].blob
        if size == 1:
            batch = first[np.newaxis]
        else:
            batch = self._backend.empty((size, *first.shape), first.dtype)
            batch[count:] = 0
            _gather(prepared, batch[:count])
        if self.spec.vocabulary and not self.class_names:
            raise nothing_typed(self.spec.name)
        with self._lane.call():
            self._choose_words()
            outputs = self._backend.infer(self._cast(batch), cancel=cancel)
        for one in prepared:
            self._blobs.give(one.blob)
        return [tuple(output[index] for output in outputs) for index in range(count)]

    def finish(self, prepared: Prepared, output: RawOutputs, *, floor: float = CANDIDATE_FLOOR) -> Candidates:
        """Read what was found out of one picture's outputs; the third stage, safe to run on many threads at once."""
        return self._steps.candidates(prepared.box, output, floor)

    def hold(self) -> contextlib.AbstractContextManager[None]:
        """Keep the model loaded during a block, whatever the manager loads meanwhile."""
        return self._lane.hold()

    def close(self) -> None:
        """Free the model as soon as nobody holds it."""
        self._lane.close()

    def _free(self) -> None:
        self._backend.close()
        if self._workers is not None:
            self._workers.release()

    @property
    def _steps(self) -> YoloSteps:
        return YoloSteps(self.spec)

    @property
    def _is_classifier(self) -> bool:
        return self._steps.is_classifier

    def _select_batch(
        self, images: Sequence[UInt8Array], options: DetectOptions, pixel_format: PixelFormat
    ) -> list[Detections]:
        step = len(images) if self.spec.batch is None else self.spec.batch
        found: list[Detections] = []
        for start in range(0, len(images), max(1, step)):
            prepared = [self.prepare(image, pixel_format=pixel_format) for image in images[start : start + step]]
            for one, output in zip(prepared, self.infer(prepared), strict=True):
                candidates = self.finish(one, output, floor=floor_for(options))
                found.append(candidates.select(options, self.class_names))
        return found

    def _cast(self, batch: NDArray[Any]) -> NDArray[Any]:
        is_ready = batch.dtype in (np.uint8, self.spec.input_dtype)
        return batch if is_ready else batch.astype(self.spec.input_dtype)


@dataclass(frozen=True, slots=True)
class _BytesNetwork:
    """A model's network that takes bytes, and the steps around it.

    Attributes:
        steps: What any process can do.
        lane: Where calls wait for their turn.
        backend: Runs it.
    """

    steps: YoloSteps
    lane: ModelLane
    backend: Backend

    def run(self, pictures: UInt8Array, *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Run the network on uint8 (batch, height, width, 3) RGB; see YoloModel.infer."""
        with self.lane.call():
            return self.backend.infer(pictures, cancel=cancel)


def _gather(prepared: Sequence[Prepared], batch: NDArray[Any]) -> None:
    """Copy pictures into a batch."""
    for place, one in zip(batch, prepared, strict=True):
        place[...] = one.blob
