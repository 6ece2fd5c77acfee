"""The ways in which exports of Segment Anything 1 and 2 take pictures and marks, and give masks; what SAM 3 shares."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ModelError
from anylabeling.messages.prompting import BoxMark, Mark, PointMark, StrokeMark
from anylabeling.services.auto_labeling.alike_features import FeatureGrid
from anylabeling.services.auto_labeling.embeddings import Embedding
from anylabeling.services.auto_labeling.model_spec import TensorInfo
from anylabeling.services.auto_labeling.onnxruntime_network import zeros_for
from anylabeling.translation import tr

LONG_SIDE_PX = 1024
_MOST_STROKE_POINTS = 4
_MASKS, _SCORES = ("masks", "output_masks"), ("iou_predictions", "scores")
_STACKED = "interm_embeddings"
"""What the decoder of SAM-HQ calls all outputs of its encoder but the first, one upon the other."""
_LOW_RES_PX = 256
_IMAGENET_MEAN = np.array((0.485, 0.456, 0.406), np.float32)
_IMAGENET_STD = np.array((0.229, 0.224, 0.225), np.float32)
_SAM1_MEAN = np.array((123.675, 116.28, 103.53), np.float32)
_SAM1_STD = np.array((58.395, 57.12, 57.375), np.float32)
_POSITIVE, _NEGATIVE, _BOX_START, _BOX_END, _PADDING = 1.0, 0.0, 2.0, 3.0, -1.0


@dataclass(frozen=True, slots=True, eq=False)
class RawMask:
    """A mask as the decoder gives it.

    Attributes:
        logits: float32 (h, w), above 0 inside.
        step_x: Width of a column in image pixels; the first one begins at the image's left edge.
        step_y: Height of a row in image pixels.
        score: What the model thinks of it.
    """

    logits: NDArray[np.float32]
    step_x: float
    step_y: float
    score: float


class Layout(ABC):
    """How one kind of export wants to be called.

    Attributes:
        name: "sam1", "sam2" or "sam3".
        feature_prefixes: How the decoder's inputs begin that the encoder's outputs go into.
    """

    name: str
    feature_prefixes: tuple[str, ...] = ("image_", "high_res_", _STACKED)

    def __init__(self, picture: TensorInfo, features: Sequence[TensorInfo], decoder: Sequence[TensorInfo]) -> None:
        """Take note of the encoder's input, its outputs, and the decoder's inputs."""
        self.picture = picture
        self.features = tuple(features)
        self.decoder = {info.name: info for info in decoder}

    @abstractmethod
    def input_size(self, width: int, height: int) -> tuple[int, int]:
        """Return the size that a picture of this size takes in the encoder's input."""

    @abstractmethod
    def prepare(self, image: UInt8Array, pixel_format: PixelFormat) -> NDArray[Any]:
        """Return the encoder's input for a picture."""

    def answer(
        self, outputs: Mapping[str, NDArray[Any]], names: Sequence[str], marks: Sequence[Mark], embedding: Embedding
    ) -> RawMask:
        """Return the best mask of what the decoder gave.

        Args:
            outputs: By name.
            names: Their names in the file's order.
            marks: What was asked.
            embedding: Of the picture.
        """
        del marks
        # Known names first; EdgeSAM has the scores before the masks, EfficientSAM names of its own.
        masks = next((outputs[name] for name in _MASKS if name in outputs), outputs[names[0]])
        scores = next((outputs[name] for name in _SCORES if name in outputs), outputs[names[min(1, len(names) - 1)]])
        return self.read(masks, scores, embedding)

    @abstractmethod
    def read(self, masks: NDArray[Any], scores: NDArray[Any], embedding: Embedding) -> RawMask:
        """Return the best mask of some, each with a score."""

    @abstractmethod
    def marks(self, marks: Sequence[Mark], embedding: Embedding) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return coordinates (1, n, 2) and labels (1, n) in the decoder's terms."""

    def feeds(self, marks: Sequence[Mark], embedding: Embedding) -> dict[str, NDArray[Any]]:
        """Return the decoder's inputs."""
        coordinates, labels = self.marks(marks, embedding)
        known: dict[str, NDArray[Any]] = {
            "point_coords": coordinates,
            "point_labels": labels,
            "orig_im_size": np.array(self.mask_size(embedding), np.float32),
            **embedding.tensors,
        }
        feeds: dict[str, NDArray[Any]] = {}
        for name, info in self.decoder.items():
            if name in known:
                feeds[name] = known[name].astype(np.dtype(info.dtype), copy=False)
            else:
                # mask_input and has_mask_input: there is no mask to begin from.
                shape = (1, 1, _LOW_RES_PX, _LOW_RES_PX) if len(info.shape) == 4 else (1,) * len(info.shape)
                feeds[name] = zeros_for(info, shape)
        return feeds

    def grid(self, embedding: Embedding) -> FeatureGrid:
        """Return the features of a picture, without those of what fills the encoder's input up beside it."""
        tensor = embedding.tensors[self._features_name]
        values = tensor[0].astype(np.float32).transpose(1, 2, 0)
        rows, columns = values.shape[:2]
        width, height = embedding.image_size
        (across, down) = self.filled(embedding)
        kept = values[: max(1, math.ceil(rows * down - 1e-6)), : max(1, math.ceil(columns * across - 1e-6))]
        return FeatureGrid(np.ascontiguousarray(kept), (width / (columns * across), height / (rows * down)))

    def filled(self, embedding: Embedding) -> tuple[float, float]:
        """Return which shares of the encoder's input, across and down, a picture fills."""
        del embedding
        return 1.0, 1.0

    @property
    def _features_name(self) -> str:
        names = [name for name, info in self.decoder.items() if name.startswith("image_") and len(info.shape) == 4]
        return names[0]

    def mask_size(self, embedding: Embedding) -> tuple[int, int]:
        """Return height and width of the masks that the decoder is asked for."""
        width, height = embedding.input_size
        return height, width


class Sam1Layout(Layout):
    """SAM, MobileSAM: the picture keeps its proportions, its long side is 1024 px."""

    name = "sam1"

    def __init__(self, picture: TensorInfo, features: Sequence[TensorInfo], decoder: Sequence[TensorInfo]) -> None:
        super().__init__(picture, features, decoder)
        self._channels_first = len(picture.shape) == 4 and picture.shape[1] == 3
        axes = picture.shape[2:] if self._channels_first else picture.shape[-3:-1]
        height, width = axes if len(axes) == 2 else (None, None)
        if (not self._channels_first and picture.shape[-1] not in (3, None)) or len(picture.shape) not in (3, 4):
            raise ModelError(
                tr("The encoder takes {picture}, which is no picture that this program can make.", picture=picture)
            )
        self._box = (width, height) if width is not None and height is not None else None
        # Marks are in pixels of 1024 for a long side, however small the picture is that the encoder takes.
        self._seen_px = max(self._box or (LONG_SIDE_PX, LONG_SIDE_PX))

    def input_size(self, width: int, height: int) -> tuple[int, int]:
        """Return the size within a long side of 1024 px, or within the size that the file demands."""
        box_width, box_height = self._box or (LONG_SIDE_PX, LONG_SIDE_PX)
        scale = min(box_width / width, box_height / height)
        return max(1, min(box_width, round(width * scale))), max(1, min(box_height, round(height * scale)))

    def prepare(self, image: UInt8Array, pixel_format: PixelFormat) -> NDArray[Any]:
        """Return (h, w, 3) RGB 0-255, or (1, 3, h, w) with SAM's mean and deviation where the file takes that."""
        width, height = self.input_size(image.shape[1], image.shape[0])
        picture = scaled_rgb(image, pixel_format, width, height)
        pixels: NDArray[Any] = picture
        if self._channels_first and self.picture.dtype != "uint8":
            pixels = (picture - _SAM1_MEAN) / _SAM1_STD
        pixels = pixels.astype(np.dtype(self.picture.dtype), copy=False)
        if self._box is not None and self._box != (width, height):
            padded = np.zeros((self._box[1], self._box[0], 3), pixels.dtype)
            padded[:height, :width] = pixels
            pixels = padded
        if self._channels_first:
            return np.ascontiguousarray(pixels.transpose(2, 0, 1))[np.newaxis]
        return pixels if len(self.picture.shape) == 3 else pixels[np.newaxis]

    def marks(self, marks: Sequence[Mark], embedding: Embedding) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the marks in pixels of the input, and a padding point."""
        scale_x, scale_y = (
            own / full * LONG_SIDE_PX / self._seen_px
            for own, full in zip(embedding.input_size, embedding.image_size, strict=True)
        )
        # A prompt without a box needs a padding point; with a box the mask keeps to it better for one, too.
        return _as_arrays([*_mark_rows(marks), (0.0, 0.0, _PADDING)], scale_x, scale_y)

    def filled(self, embedding: Embedding) -> tuple[float, float]:
        """Return what the picture takes of the square, or of the box that the file demands."""
        width, height = embedding.input_size
        box_width, box_height = self._box or (LONG_SIDE_PX, LONG_SIDE_PX)
        return width / box_width, height / box_height

    def mask_size(self, embedding: Embedding) -> tuple[int, int]:
        """Return the box that the file demands, else the picture's size in the input."""
        if self._box is not None and not self._channels_first:
            return self._box[1], self._box[0]
        return super().mask_size(embedding)

    def read(self, masks: NDArray[Any], scores: NDArray[Any], embedding: Embedding) -> RawMask:
        """Return the best mask, without the padding."""
        logits, score = _best(masks, scores)
        width, height = embedding.input_size
        covered_height, covered_width = (
            self.mask_size(embedding) if "orig_im_size" in self.decoder else (self._seen_px, self._seen_px)
        )
        step_x, step_y = covered_width / logits.shape[1], covered_height / logits.shape[0]
        logits = logits[: max(1, round(height / step_y)), : max(1, round(width / step_x))]
        image_width, image_height = embedding.image_size
        return RawMask(logits, step_x * image_width / width, step_y * image_height / height, score)


class EfficientSamLayout(Sam1Layout):
    """EfficientSAM: pictures from 0 to 1 of any size, marks as a batch of questions in pixels of the picture."""

    name = "efficientsam"

    def filled(self, embedding: Embedding) -> tuple[float, float]:
        """Return the whole: the network stretches the picture by itself."""
        return Layout.filled(self, embedding)

    def prepare(self, image: UInt8Array, pixel_format: PixelFormat) -> NDArray[Any]:
        """Return (1, 3, h, w) RGB from 0 to 1."""
        width, height = self.input_size(image.shape[1], image.shape[0])
        planes = scaled_rgb(image, pixel_format, width, height).transpose(2, 0, 1)[np.newaxis]
        return np.ascontiguousarray(planes / np.float32(255.0), np.dtype(self.picture.dtype))

    def feeds(self, marks: Sequence[Mark], embedding: Embedding) -> dict[str, NDArray[Any]]:
        """Return the decoder's inputs: one question."""
        coordinates, labels = self.marks(marks, embedding)
        known = {
            **embedding.tensors,
            "batched_point_coords": coordinates[np.newaxis],
            "batched_point_labels": labels[np.newaxis],
            "orig_im_size": np.array(self.mask_size(embedding)),
        }
        return {name: known[name].astype(np.dtype(info.dtype), copy=False) for name, info in self.decoder.items()}


class Sam2Layout(Layout):
    """SAM 2 and 2.1: the picture is stretched to a square, with ImageNet's mean and deviation."""

    name = "sam2"

    def __init__(self, picture: TensorInfo, features: Sequence[TensorInfo], decoder: Sequence[TensorInfo]) -> None:
        super().__init__(picture, features, decoder)
        if len(picture.shape) != 4:
            raise ModelError(
                tr("The encoder takes {picture}, which is no picture that this program can make.", picture=picture)
            )
        self._side = (picture.shape[3] or LONG_SIDE_PX, picture.shape[2] or LONG_SIDE_PX)

    def input_size(self, width: int, height: int) -> tuple[int, int]:
        """Return the whole input."""
        return self._side

    def prepare(self, image: UInt8Array, pixel_format: PixelFormat) -> NDArray[Any]:
        """Return (1, 3, 1024, 1024) RGB; bytes where the file takes bytes, since it normalizes them itself."""
        pixels = scaled_rgb(image, pixel_format, *self._side)
        if self.picture.dtype != "uint8":
            normal = (pixels.astype(np.float32) / 255.0 - _IMAGENET_MEAN) / _IMAGENET_STD
            return np.ascontiguousarray(normal.transpose(2, 0, 1)[np.newaxis], np.dtype(self.picture.dtype))
        return np.ascontiguousarray(pixels.transpose(2, 0, 1))[np.newaxis]

    def marks(self, marks: Sequence[Mark], embedding: Embedding) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the marks in pixels of the stretched input."""
        scale_x, scale_y = (own / full for own, full in zip(embedding.input_size, embedding.image_size, strict=True))
        return _as_arrays(_mark_rows(marks), scale_x, scale_y)

    def read(self, masks: NDArray[Any], scores: NDArray[Any], embedding: Embedding) -> RawMask:
        """Return the best mask; it covers the whole picture."""
        logits, score = _best(masks, scores)
        width, height = embedding.image_size
        return RawMask(logits, width / logits.shape[1], height / logits.shape[0], score)


def layout_for(
    encoder: tuple[Sequence[TensorInfo], Sequence[TensorInfo]], decoder_inputs: Sequence[TensorInfo]
) -> Layout:
    """Return the layout of a pair.

    Args:
        encoder: Inputs and outputs of the encoder.
        decoder_inputs: Inputs of the decoder; their names tell which kind it is.

    Raises:
        ModelError: When it is of no kind that is known, or encoder and decoder do not go together.
    """
    inputs, features = encoder
    names = {info.name for info in decoder_inputs}
    seen = f"encoder {', '.join(map(str, (*inputs, *features)))}; decoder {', '.join(map(str, decoder_inputs))}"
    is_efficient = {"batched_point_coords", "batched_point_labels"} <= names
    is_sam3 = {"backbone_fpn_2", "language_mask", "box_coords"} <= names
    if len(inputs) != 1 or not ({"point_coords", "point_labels"} <= names or is_sam3 or is_efficient):
        raise ModelError(tr("This is no Segment Anything model of a kind that this program knows ({seen}).", seen=seen))
    kind: type[Layout] = Sam2Layout if "high_res_feats_0" in names else Sam1Layout
    kind = EfficientSamLayout if is_efficient else kind
    if is_sam3:
        from anylabeling.services.auto_labeling.models.sam3_layout import Sam3Layout

        kind = Sam3Layout
    wanted = {info.name: info for info in decoder_inputs if info.name.startswith(kind.feature_prefixes)}
    stacked = wanted.pop(_STACKED, None)
    if stacked is not None and len(features) < 2:
        raise ModelError(tr("Encoder and decoder do not belong together."), details=seen)
    given = _features_by_name(features, wanted)
    missing = [name for name in wanted if name not in given]
    odd = [name for name, info in given.items() if not _fits(info, wanted[name])]
    if missing or odd or not wanted:
        raise ModelError(tr("Encoder and decoder do not belong together."), details=seen)
    return kind(inputs[0], features, decoder_inputs)


def named_features(outputs: Mapping[str, NDArray[Any]], layout: Layout) -> dict[str, NDArray[Any]]:
    """Return what the encoder gave under the names that the decoder uses."""
    wanted = {name: info for name, info in layout.decoder.items() if name.startswith(layout.feature_prefixes)}
    stacked = {}
    if wanted.pop(_STACKED, None) is not None and _STACKED not in outputs:
        stacked[_STACKED] = np.stack([outputs[info.name] for info in layout.features[1:]])
    elif _STACKED in outputs:
        stacked[_STACKED] = outputs[_STACKED]
    return {name: outputs[info.name] for name, info in _features_by_name(layout.features, wanted).items()} | stacked


def _features_by_name(features: Sequence[TensorInfo], wanted: Mapping[str, TensorInfo]) -> dict[str, TensorInfo]:
    """Match the encoder's outputs to the decoder's inputs: by name, and a single one with any name."""
    by_name = {info.name: info for info in features}
    if len(wanted) == 1 and not wanted.keys() & by_name.keys() and features:
        return {next(iter(wanted)): features[0]}
    return {name: by_name[name] for name in wanted if name in by_name}


def _fits(given: TensorInfo, wanted: TensorInfo) -> bool:
    if not given.shape or not wanted.shape:
        return True
    pairs = zip(given.shape, wanted.shape, strict=False)
    same = all(first is None or second is None or first == second for first, second in pairs)
    return same and len(given.shape) == len(wanted.shape)


def _mark_rows(marks: Sequence[Mark]) -> list[tuple[float, float, float]]:
    rows: list[tuple[float, float, float]] = []
    boxes = [mark for mark in marks if isinstance(mark, BoxMark)]
    for box in boxes[-1:]:  # the models take one box
        rows += [(box.left, box.top, _BOX_START), (box.right, box.bottom, _BOX_END)]
    for mark in marks:
        if isinstance(mark, PointMark):
            rows.append((mark.x, mark.y, _POSITIVE if mark.positive else _NEGATIVE))
        elif isinstance(mark, StrokeMark):
            # The models take points: some along the stroke, without its ends, which may lie on an edge.
            count = min(_MOST_STROKE_POINTS, len(mark.points))
            places = np.linspace(0, len(mark.points) - 1, count + 2)[1:-1].round().astype(int).tolist()
            rows += [(*mark.points[place], _POSITIVE if mark.positive else _NEGATIVE) for place in places]
    return rows


def _as_arrays(
    rows: Sequence[tuple[float, float, float]], scale_x: float, scale_y: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    table = np.array(rows, np.float32).reshape(-1, 3)
    coordinates = table[:, :2] * np.array((scale_x, scale_y), np.float32)
    return coordinates[np.newaxis], np.ascontiguousarray(table[:, 2])[np.newaxis]


def _best(masks: NDArray[Any], scores: NDArray[Any]) -> tuple[NDArray[np.float32], float]:
    stack = masks.reshape(-1, *masks.shape[-2:])
    flat = scores.ravel()
    if not len(stack) or len(flat) != len(stack):
        raise ModelError(
            tr("The decoder's outputs are not understood."), details=f"masks {masks.shape}, scores {scores.shape}"
        )
    best = int(np.argmax(np.nan_to_num(flat, nan=-np.inf)))
    score = float(np.clip(np.nan_to_num(flat[best]), 0.0, 1.0))
    return stack[best].astype(np.float32, copy=False), score


def scaled_rgb(image: UInt8Array, pixel_format: PixelFormat, width: int, height: int) -> UInt8Array:
    """Scale first and change the order of the channels after that: the small picture has fewer pixels to touch."""
    from anylabeling.opencv import cv2

    scaled: Any = image
    if image.shape[1::-1] != (width, height):
        shrinks = width < image.shape[1] or height < image.shape[0]
        method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        scaled = cv2.resize(image, (width, height), interpolation=method)
    if pixel_format is not PixelFormat.RGB:
        scaled = cv2.cvtColor(scaled, cv2.COLOR_BGRA2RGB if pixel_format is PixelFormat.BGRA else cv2.COLOR_BGR2RGB)
    result: UInt8Array = np.ascontiguousarray(scaled)
    return result
