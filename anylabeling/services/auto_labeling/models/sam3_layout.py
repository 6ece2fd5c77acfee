"""How exports of SAM 3 take pictures, texts and boxes, and what they give.

Tensors as the exports of wkentaro/sam3-onnx and of AnyLabeling have them. The picture: ``image``, uint8 or float32
(3, 1008, 1008), stretched. The text: ``tokens`` int64 (1, 32) of CLIP, to a mask of what is no text, bool (1, 32), and
features, float32 (32, 1, 256). The decoder: both, ``box_coords`` (k, 1, 4) as centre, width and height in shares of the
picture, ``box_labels`` (k, 1), 1 for what is meant and 0 for what is not, and ``box_masks`` (1, k), true where there is
no box; it gives boxes (n, 4), scores (n,) and masks (n, 1, h, w) of all objects that the text or the boxes mean. Most
exports have room for one box, some for 8. Older ones are told the size of the picture, too: their boxes are in its
pixels and their masks as large; in later ones boxes are shares and masks probabilities. The newest give what the
network gives, for each of 200 queries: ``pred_boxes`` (1, 200, 4), centre and size in shares, ``pred_logits``
(1, 200, 1), ``pred_masks`` (1, 200, h, w), and how certain it is that there is anything, ``presence_logit_dec`` (1, 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ModelError
from anylabeling.messages.prompting import BoxMark, Mark, PointMark, StrokeMark
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR
from anylabeling.services.auto_labeling.embeddings import Embedding
from anylabeling.services.auto_labeling.model_spec import TensorInfo
from anylabeling.services.auto_labeling.models.segment_anything_layout import Layout, RawMask, scaled_rgb
from anylabeling.services.auto_labeling.onnxruntime_network import zeros_for
from anylabeling.translation import tr

SIDE_PX = 1008
TEXT_LENGTH = 32
VISUAL_TOKENS = (49406, 7195, 49407)
"""CLIP's numbers of the word "visual", which stands for a text where a box says what is meant."""
_SAME_QUERY_IOU = 0.7
_POINT_SHARE = 0.01
"""A point is a box of this share of the picture."""
_TEXT_SHAPES = {"language_mask": (1, TEXT_LENGTH), "language_features": (TEXT_LENGTH, 1, 256)}


@dataclass(frozen=True, slots=True, eq=False)
class TextFeatures:
    """What the text encoder makes of a text.

    Attributes:
        tensors: By the names of the decoder's inputs.
    """

    tensors: Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Instances:
    """Objects that the decoder found.

    Attributes:
        boxes: float32 (n, 4), left, top, right, bottom in picture pixels.
        scores: float32 (n,), 0-1.
        masks: float32 (n, h, w) over the whole picture, above 0 inside.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    masks: NDArray[np.float32]


class Sam3Layout(Layout):
    """SAM 3: the picture is stretched to a square; a box, or a text, means all objects like it."""

    name = "sam3"
    feature_prefixes = ("backbone_fpn_", "vision_pos_enc_")

    def __init__(self, picture: TensorInfo, features: Sequence[TensorInfo], decoder: Sequence[TensorInfo]) -> None:
        super().__init__(picture, features, decoder)
        axes = picture.shape[-3:]
        if len(picture.shape) not in (3, 4) or axes[0] not in (3, None):
            raise ModelError(
                tr("The encoder takes {picture}, which is no picture that this program can make.", picture=picture)
            )
        self._side = (axes[2] or SIDE_PX, axes[1] or SIDE_PX)
        self._in_pixels = "original_height" in self.decoder
        boxes = self.decoder["box_coords"].shape
        self.room = boxes[0] if boxes else 1
        """How many boxes the decoder takes; None for any number."""
        self.visual: TextFeatures | None = None

    def input_size(self, width: int, height: int) -> tuple[int, int]:
        """Return the whole input."""
        return self._side

    def prepare(self, image: UInt8Array, pixel_format: PixelFormat) -> NDArray[Any]:
        """Return RGB planes; bytes where the file takes bytes, since it normalizes them itself."""
        planes: NDArray[Any] = scaled_rgb(image, pixel_format, *self._side).transpose(2, 0, 1)
        if self.picture.dtype != "uint8":
            planes = (planes.astype(np.float32) / 127.5 - 1.0).astype(np.dtype(self.picture.dtype), copy=False)
        planes = np.ascontiguousarray(planes)
        return planes if len(self.picture.shape) == 3 else planes[np.newaxis]

    def text(self, outputs: Mapping[str, NDArray[Any]], names: Sequence[str]) -> TextFeatures:
        """Return what the text encoder gave, under the decoder's names.

        Args:
            outputs: By name.
            names: Their names in the file's order.

        Raises:
            ModelError: When they are not those that the decoder takes.
        """
        given = list(names)
        mask = next((name for name in given if outputs[name].dtype == np.bool_), None)
        features = next((name for name in given if name.endswith(("memory", "features"))), None)
        features = features or next((name for name in given if outputs[name].ndim == 3), None)
        if mask is None or features is None:
            raise ModelError(tr("What the text encoder gives is not understood."), details=", ".join(given))
        return TextFeatures({"language_mask": outputs[mask], "language_features": outputs[features]})

    def feeds_of_text(self, text: TextFeatures, embedding: Embedding) -> dict[str, NDArray[Any]]:
        """Return the decoder's inputs for all objects that a text means."""
        return self.feeds_of_boxes(text, embedding, np.empty((0, 4), np.float32), ())

    def feeds(self, marks: Sequence[Mark], embedding: Embedding) -> dict[str, NDArray[Any]]:
        """Return the decoder's inputs for all objects that are like a marked one."""
        left, top, right, bottom = _marked_box(marks, embedding.image_size)
        return self.feeds_of_boxes(
            self.visual or TextFeatures({}), embedding, np.array([(left, top, right, bottom)], np.float32), (True,)
        )

    @property
    def tells_apart(self) -> bool:
        """Whether the decoder can be told what is not meant, beside what is."""
        return "box_labels" in self.decoder and (self.room is None or self.room > 1)

    def feeds_of_boxes(
        self, text: TextFeatures, embedding: Embedding, boxes: NDArray[np.float32], positive: Sequence[bool]
    ) -> dict[str, NDArray[Any]]:
        """Return the decoder's inputs for all objects that a text means and that are like those in some boxes.

        Args:
            text: The text.
            embedding: Of the picture.
            boxes: (n, 4), left, top, right, bottom in image pixels; at most as many as there is ``room`` for.
            positive: Of each, whether it is meant; else what is like it is not meant.
        """
        width, height = embedding.image_size
        room = self.room or max(1, len(boxes))
        coordinates = np.zeros((room, 1, 4), np.float32)
        corners = boxes / np.array([width, height, width, height], np.float32)
        coordinates[: len(boxes), 0, :2] = (corners[:, :2] + corners[:, 2:]) / 2
        coordinates[: len(boxes), 0, 2:] = corners[:, 2:] - corners[:, :2]
        labels = np.ones((room, 1), np.int64)
        labels[: len(boxes), 0] = positive
        known: dict[str, NDArray[Any]] = {
            **embedding.tensors,
            **text.tensors,
            "original_width": np.array(width, np.int64),
            "original_height": np.array(height, np.int64),
            "box_coords": coordinates,
            "box_labels": labels,
            "box_masks": np.arange(room)[np.newaxis] >= len(boxes),
        }
        feeds: dict[str, NDArray[Any]] = {}
        for name, info in self.decoder.items():
            if name in known:
                feeds[name] = known[name].astype(np.dtype(info.dtype), copy=False)
            else:
                feeds[name] = zeros_for(info, _TEXT_SHAPES.get(name, (1,) * len(info.shape)))
        return feeds

    def instances(
        self, outputs: Mapping[str, NDArray[Any]], names: Sequence[str], image_size: tuple[int, int]
    ) -> Instances:
        """Return all objects that the decoder gave.

        Raises:
            ModelError: When they are not understood.
        """
        if "pred_logits" in outputs:
            return _of_queries(outputs, image_size)
        order = list(names)
        boxes, scores, masks = (
            outputs.get(name, outputs[order[place]]) if place < len(order) else None
            for place, name in enumerate(("boxes", "scores", "masks"))
        )
        if boxes is None or scores is None or masks is None or masks.ndim < 3 or len(masks) != len(scores):
            given = ", ".join(f"{name} {outputs[name].shape}" for name in order)
            raise ModelError(tr("The decoder's outputs are not understood."), details=given)
        width, height = image_size
        corners: NDArray[np.float32] = np.asarray(boxes, np.float32).reshape(-1, 4)
        if not self._in_pixels:
            corners = corners * np.array([width, height] * 2, np.float32)
        # A probability is inside from a half up, a truth value where it is true.
        inside = masks.reshape(len(masks), *masks.shape[-2:]).astype(np.float32) - 0.5
        sure = np.nan_to_num(np.asarray(scores, np.float32).ravel()).clip(0.0, 1.0)
        return Instances(corners, sure, inside)

    def answer(
        self, outputs: Mapping[str, NDArray[Any]], names: Sequence[str], marks: Sequence[Mark], embedding: Embedding
    ) -> RawMask:
        """Return the mask of that object among all like the marked one which the marks are on."""
        found = self.instances(outputs, names, embedding.image_size)
        width, height = embedding.image_size
        if not len(found.scores):
            return RawMask(np.full((1, 1), -1.0, np.float32), width, height, 0.0)
        rows, columns = found.masks.shape[1:]
        fits = [
            _fit(box, mask, marks, embedding.image_size) for box, mask in zip(found.boxes, found.masks, strict=True)
        ]
        best = int(np.argmax(np.array(fits) + 0.001 * found.scores))
        return RawMask(found.masks[best], width / columns, height / rows, float(found.scores[best]))

    def read(self, masks: NDArray[Any], scores: NDArray[Any], embedding: Embedding) -> RawMask:
        """Not asked for: objects are chosen by the marks, see ``answer``."""
        raise NotImplementedError

    def marks(self, marks: Sequence[Mark], embedding: Embedding) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Not asked for: there is one box, see ``feeds``."""
        raise NotImplementedError


def _of_queries(outputs: Mapping[str, NDArray[Any]], image_size: tuple[int, int]) -> Instances:
    """Return what the queries of the network found, each object once, the most certain first."""
    given = ", ".join(f"{name} {output.shape}" for name, output in outputs.items())
    try:
        boxes = np.asarray(outputs["pred_boxes"], np.float32).reshape(-1, 4)
        logits = np.asarray(outputs["pred_logits"], np.float32).reshape(-1)
        presence = float(np.asarray(outputs["presence_logit_dec"], np.float32).reshape(-1)[0])
        masks = outputs["pred_masks"].reshape(-1, *outputs["pred_masks"].shape[-2:])
    except (KeyError, ValueError, IndexError) as error:
        raise ModelError(tr("The decoder's outputs are not understood."), details=given) from error
    if not len(boxes) == len(logits) == len(masks):
        raise ModelError(tr("The decoder's outputs are not understood."), details=given)
    scores = np.nan_to_num(_sigmoid(logits) * _sigmoid(np.float32(presence)))
    middle, half = boxes[:, :2], boxes[:, 2:] / 2
    corners = np.concatenate([middle - half, middle + half], axis=1) * np.array([*image_size] * 2, np.float32)
    order = np.flatnonzero(scores > CANDIDATE_FLOOR)
    order = order[np.argsort(-scores[order], kind="stable")]
    kept = once(corners[order], _SAME_QUERY_IOU)
    chosen = order[kept]
    return Instances(corners[chosen], scores[chosen], masks[chosen].astype(np.float32))


def once(boxes: NDArray[np.float32], iou: float) -> list[int]:
    """Return the rows of boxes (n, 4) that overlap none before them which is returned by more than ``iou``."""
    from anylabeling import accel

    kept: list[int] = []
    for row in range(len(boxes)):
        if not kept or float(accel.iou_matrix(boxes[row : row + 1], boxes[kept]).max()) <= iou:
            kept.append(row)
    return kept


def _sigmoid(values: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-np.clip(values, -60, 60)))


def _points(marks: Sequence[Mark]) -> list[tuple[float, float, bool]]:
    points: list[tuple[float, float, bool]] = []
    for mark in marks:
        if isinstance(mark, PointMark):
            points.append((mark.x, mark.y, mark.positive))
        elif isinstance(mark, StrokeMark):
            points += [(x, y, mark.positive) for x, y in mark.points]
    return points


def _marked_box(marks: Sequence[Mark], image_size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return the last box, else one around the points that belong to the object."""
    boxes = [mark for mark in marks if isinstance(mark, BoxMark)]
    if boxes:
        return boxes[-1].left, boxes[-1].top, boxes[-1].right, boxes[-1].bottom
    points = _points(marks)
    around = np.array([point[:2] for point in points if point[2]] or [point[:2] for point in points], np.float64)
    low, high = around.min(axis=0), around.max(axis=0)
    least = _POINT_SHARE * np.array(image_size)
    middle, half = (low + high) / 2, np.maximum(high - low, least) / 2
    return (*(middle - half).tolist(), *(middle + half).tolist())


def _fit(
    box: NDArray[np.float32], mask: NDArray[np.float32], marks: Sequence[Mark], image_size: tuple[int, int]
) -> float:
    """Return how well an object fits the marks: the IoU with the last box, and the share of points that agree."""
    rows, columns = mask.shape
    fit = 0.0
    points = _points(marks)
    for x, y, positive in points:
        column = min(columns - 1, max(0, int(x / image_size[0] * columns)))
        row = min(rows - 1, max(0, int(y / image_size[1] * rows)))
        fit += (1.0 if (mask[row, column] > 0) == positive else 0.0) / len(points)
    boxes = [mark for mark in marks if isinstance(mark, BoxMark)]
    for marked in boxes[-1:]:
        low = np.maximum(box[:2], (marked.left, marked.top))
        high = np.minimum(box[2:], (marked.right, marked.bottom))
        inter = float(np.prod(np.maximum(high - low, 0.0)))
        union = float(np.prod(box[2:] - box[:2])) + (marked.right - marked.left) * (marked.bottom - marked.top) - inter
        fit += inter / union if union > 0 else 0.0
    return fit
