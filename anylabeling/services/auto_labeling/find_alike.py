"""Everything on a picture that is like what a person has marked on it, by whichever loaded model can tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, cast

import numpy as np

from anylabeling import accel
from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import BoxMark, OutputKind
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import floor_for
from anylabeling.services.auto_labeling.exemplars import Exemplar
from anylabeling.services.auto_labeling.mask_shapes import mask_to_shape
from anylabeling.services.auto_labeling.outline_all import OBJECT_LABEL
from anylabeling.services.auto_labeling.prompt_model import PromptModel
from anylabeling.services.auto_labeling.tiled_model import unpacked
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

_LEARNED = "sam3"
_SAME_IOU = 0.5
_SAME_OF_OTHER_LABEL_IOU = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class AlikeQuestion:
    """What is asked about a picture.

    Attributes:
        pixels: uint8 (height, width, channels); may be smaller than the image that it shows.
        pixel_format: Order of its channels.
        path: Its file.
        size: Width and height of the image.
        exemplars: One or more positive ones among them.
        known: What is labelled already and is not found again.
        names: What is typed for models that find what is typed.
        output: What an object becomes.
        options: What counts of a detector's answer.
    """

    pixels: UInt8Array
    pixel_format: PixelFormat
    path: str
    size: tuple[int, int]
    exemplars: tuple[Exemplar, ...]
    known: tuple[Shape, ...] = ()
    names: tuple[str, ...] = ()
    output: OutputKind = OutputKind.POLYGON
    options: DetectOptions = DetectOptions()

    @property
    def typed(self) -> str:
        """The typed name that goes with what is marked: that of its label, or the only one; empty for none."""
        label = self._own_label
        if label in self.names:
            return label
        return self.names[0] if len(self.names) == 1 else ""

    @property
    def label(self) -> str:
        """What is found gets this label."""
        return self.typed or self._own_label or OBJECT_LABEL

    @property
    def _own_label(self) -> str:
        return next((each.shape.label for each in self.exemplars if each.positive and each.shape.label), "")


class KeepsAlike(Protocol):
    """A detector that is told by examples what to look for, and goes on to look for it on other pictures."""

    def with_examples(
        self,
        image: UInt8Array,
        exemplars: Sequence[Exemplar],
        label: str,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
        cancel: CancelToken | None = None,
    ) -> DetectionModel:
        """Return a model of the same network that looks for what is like the exemplars."""


def answers_alike(outliner: ModelInfo | None, detector: ModelInfo | None) -> ModelInfo | None:
    """Return which of two loaded models is asked; None where neither can tell what is alike.

    One that has learned what exemplars are goes before one whose features are only compared.
    """
    if outliner is not None and outliner.finds_alike and outliner.layout == _LEARNED:
        return outliner
    if detector is not None and detector.keeps_alike:
        return detector
    return outliner if outliner is not None and outliner.finds_alike else None


def find_alike(
    outliner: PromptModel | None,
    detector: DetectionModel | None,
    question: AlikeQuestion,
    *,
    on_progress: Callable[[Progress], object] | None = None,
    cancel: CancelToken | None = None,
) -> list[Shape]:
    """Return a shape for each object that is like the marked ones and not labelled yet, the likest first.

    Args:
        outliner: The model of the AI tool.
        detector: The detector.
        question: What is asked; one of the two has to be able to answer (``answers_alike``).
        on_progress: Told how far it is, where it takes several steps.
        cancel: Looked at between the steps.

    Raises:
        ModelError: When the model's files cannot answer such a question.
        BackendError: When the model fails.
        Cancelled: When ``cancel`` asks for it.
    """
    outlines = None if outliner is None else outliner.info
    chosen = answers_alike(outlines, None if detector is None else detector.info)
    if outliner is not None and chosen is not None and chosen is outlines:
        found = _outlined(outliner, question, on_progress, cancel)
    else:
        found = _detected(detector, question, cancel)
    return new_only(found, question.known)


def new_only(found: Sequence[Shape], known: Sequence[Shape]) -> list[Shape]:
    """Return those shapes whose objects are not among known shapes: they overlap none of them by much.

    A shape of another label has to cover nearly the same, since somebody may sit on a bicycle.
    """
    if not found or not known:
        return list(found)
    boxes = [np.array([bounds(shape) for shape in shapes], np.float32) for shapes in (found, known)]
    overlaps = accel.iou_matrix(boxes[0], boxes[1])
    same = np.array([[one.label == other.label for other in known] for one in found])
    is_known: list[bool] = np.any(overlaps > np.where(same, _SAME_IOU, _SAME_OF_OTHER_LABEL_IOU), axis=1).tolist()
    return [shape for shape, old in zip(found, is_known, strict=True) if not old]


def box_exemplar(box: BoxMark, *, positive: bool = True) -> Exemplar:
    """Return what a box that was drawn means as an exemplar."""
    corners = np.array([(box.left, box.top), (box.right, box.bottom)])
    return Exemplar(Shape(ShapeKind.RECTANGLE, corners), positive)


def _outlined(
    model: PromptModel,
    question: AlikeQuestion,
    on_progress: Callable[[Progress], object] | None,
    cancel: CancelToken | None,
) -> list[Shape]:
    order = question.pixel_format
    with model.hold():
        embedding = model.embedding(
            question.pixels, question.path, pixel_format=order, full_size=question.size, cancel=cancel
        )
        masks = model.alike(
            embedding, question.pixels, question.exemplars,
            name=question.typed, pixel_format=order, on_progress=on_progress, cancel=cancel,
        )  # fmt: skip
    shapes = [mask_to_shape(mask, question.output) for mask in masks]
    return [shape.with_changes(label=question.label) for shape in shapes if shape is not None]


def taught(detector: DetectionModel | None, question: AlikeQuestion, cancel: CancelToken | None) -> DetectionModel:
    """Return what a detector becomes that looks for what is like the exemplars of a question, on any picture.

    Raises:
        ModelError: When it cannot be told so.
        BackendError: When the model fails.
    """
    exemplars = [exemplar for exemplar in question.exemplars if exemplar.positive]
    return _with_examples(detector, question, exemplars, cancel)


def _with_examples(
    detector: DetectionModel | None,
    question: AlikeQuestion,
    exemplars: Sequence[Exemplar],
    cancel: CancelToken | None,
) -> DetectionModel:
    plain = None if detector is None else unpacked(detector)[0]
    if plain is None or not plain.info.keeps_alike:
        raise ModelError(tr("Finding what is alike takes a Segment Anything model or a YOLOE."))
    return cast("KeepsAlike", plain).with_examples(
        question.pixels, exemplars, question.label,
        pixel_format=question.pixel_format, full_size=question.size, cancel=cancel,
    )  # fmt: skip


def _detected(detector: DetectionModel | None, question: AlikeQuestion, cancel: CancelToken | None) -> list[Shape]:
    model = _with_examples(detector, question, question.exemplars, cancel)
    with model.hold():
        found = model.candidates(
            question.pixels,
            pixel_format=question.pixel_format,
            full_size=question.size,
            floor=floor_for(question.options),
        )
    options = replace(question.options, classes=None)  # what it has learned just now is none of the model's classes
    shapes = found.select(options, model.class_names).to_shapes(model.class_names)
    return [shape for shape in shapes if shape.label == question.label]
