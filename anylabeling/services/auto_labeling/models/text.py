"""Text in pictures: a polygon around each line, with what it says."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.auto_labeling import SuggestedOptions
from anylabeling.messages.models import BUILT_IN_MODELS, RAPIDOCR, BackendChoice, ModelInfo
from anylabeling.services.auto_labeling import rapidocr_backend
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.detection_model import BytesNetwork
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates, Detections
from anylabeling.services.auto_labeling.model_lane import ModelLane
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.models.text_layout import (
    Corners,
    Piece,
    cut_out,
    joined,
    pieces,
    reading_order,
    working_size,
)
from anylabeling.services.auto_labeling.object_details import Indices, ObjectDetails
from anylabeling.services.auto_labeling.one_by_one import OneByOneModel
from anylabeling.services.auto_labeling.preprocess import check_image
from anylabeling.services.auto_labeling.rapidocr_backend import TextNetworks
from anylabeling.utils.cancellation import CancelToken

LABEL = "text"
_FULL_SIZE = 1 << 16
_TO_BGR = {PixelFormat.RGB: "COLOR_RGB2BGR", PixelFormat.BGRA: "COLOR_BGRA2BGR"}


@dataclass(frozen=True, slots=True, eq=False)
class TextDetails(ObjectDetails):
    """What lines of text say.

    Attributes:
        corners: float32 (n, 4, 2) in picture pixels, clockwise from the upper left.
        texts: What each line says.
        places: int64 (n,), the place of each line when the picture is read.
    """

    corners: Corners
    texts: tuple[str, ...]
    places: NDArray[np.int64]

    def take(self, indices: Indices) -> TextDetails:
        """Return the details of some of the lines."""
        texts = tuple(self.texts[index] for index in np.asarray(indices).tolist())
        return replace(self, corners=self.corners[indices], texts=texts, places=self.places[indices])

    def to_shapes(self, found: Detections, class_names: Sequence[str]) -> list[Shape]:
        """Return a polygon of four corners with its text for each line, in the order in which they are read."""
        return [
            Shape(
                ShapeKind.POLYGON,
                self.corners[index].astype(np.float64).round(2),
                label=class_names[int(found.class_ids[index])],
                score=round(float(found.scores[index]), 4),
                text=self.texts[index],
            )
            for index in np.argsort(self.places, kind="stable").tolist()
        ]


@dataclass(frozen=True, slots=True, eq=False)
class TextPicture:
    """One picture at the scale at which it is read.

    Attributes:
        pixels: uint8 (height, width, 3), BGR.
        full_size: Width and height of the whole picture.
    """

    pixels: UInt8Array
    full_size: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class TextLines:
    """What was read in one picture, in the pixels of its TextPicture.

    Attributes:
        corners: float32 (n, 4, 2).
        texts: What each line says; never empty.
        scores: float32 (n,), 0-1.
    """

    corners: Corners
    texts: tuple[str, ...]
    scores: NDArray[np.float32]


class TextModel(OneByOneModel):
    """Finds and reads text. Any thread may call it; see ``models.yolo.YoloModel`` for what the members mean."""

    spec: ModelSpec | None = None
    bytes_network: BytesNetwork | None = None
    one_shape = False

    def __init__(self, networks: Sequence[TextNetworks], choice: BackendChoice) -> None:
        """Take over loaded networks, one for each call that runs at once."""
        self._free = list(networks)
        self._choice = choice
        self.concurrency = len(networks)
        self._lane = ModelLane(self.concurrency, self._free.clear, BUILT_IN_MODELS[RAPIDOCR])

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        return ModelInfo(
            name=BUILT_IN_MODELS[RAPIDOCR],
            path=RAPIDOCR,
            family="text",
            task="text",
            layout="",
            class_names=self.class_names,
            input_width=0,
            input_height=0,
            dynamic_batch=False,
            choice=self._choice,
            has_iou=False,
            weights=f"{RAPIDOCR} {rapidocr_backend.version()} {self._choice.backend}",
        )

    @property
    def class_names(self) -> tuple[str, ...]:
        """The one label that lines of text get."""
        return (LABEL,)

    @property
    def suggested(self) -> SuggestedOptions:
        """A confidence: lines that are read with less certainty are mostly no text."""
        return SuggestedOptions(confidence=0.5)

    @property
    def min_side_px(self) -> int:
        """More than any picture has: a scaled decode would lose small text."""
        return _FULL_SIZE

    def warm_up(self, batch: int = 1) -> None:
        """Look once at an empty picture."""
        del batch
        self.infer([TextPicture(np.full((64, 64, 3), 255, np.uint8), (64, 64))])

    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> TextPicture:
        """Bring a picture to the scale at which it is read."""
        from anylabeling.opencv import cv2

        check_image(image, pixel_format)
        size = full_size or (image.shape[1], image.shape[0])
        # By the picture that is there: enlarging a scaled-down decode to its full size would add nothing.
        wanted = working_size(image.shape[1], image.shape[0])
        if wanted != (image.shape[1], image.shape[0]):
            method = cv2.INTER_AREA if wanted[0] < image.shape[1] else cv2.INTER_CUBIC
            image = np.asarray(cv2.resize(image, wanted, interpolation=method), np.uint8)
        code = _TO_BGR.get(pixel_format)
        pixels = np.ascontiguousarray(image) if code is None else cv2.cvtColor(image, getattr(cv2, code))
        return TextPicture(np.asarray(pixels, np.uint8), size)

    def infer(
        self, prepared: Sequence[TextPicture], *, cancel: CancelToken | None = None, fill_to: int = 1
    ) -> list[TextLines]:
        """Find and read the text of prepared pictures, one after the other; waits for its turn.

        Raises:
            BackendError: When a network fails.
            Cancelled: When ``cancel`` asks for it; looked at before each line.
        """
        del fill_to
        token = cancel or CancelToken()
        with self._lane.call():
            networks = self._free.pop()  # as many as calls that the lane lets through
            try:
                return [_read(networks, picture.pixels, token) for picture in prepared]
            finally:
                self._free.append(networks)

    def finish(self, prepared: TextPicture, output: TextLines, *, floor: float = CANDIDATE_FLOOR) -> Candidates:
        """Bring the lines into the picture's own pixels, best first."""
        height, width = prepared.pixels.shape[:2]
        full = np.array(prepared.full_size, np.float32)
        corners = np.clip(output.corners * (full / np.array([width, height], np.float32)), 0, full).astype(np.float32)
        order = np.argsort(-output.scores, kind="stable")
        order = order[output.scores[order] > floor]
        places = np.empty(len(corners), np.int64)
        places[reading_order(corners)] = np.arange(len(corners))
        details = TextDetails(corners, output.texts, places).take(order)
        boxes = np.concatenate([details.corners.min(axis=1), details.corners.max(axis=1)], axis=1)
        return Candidates(
            boxes=boxes.astype(np.float32).reshape(-1, 4),
            scores=output.scores[order],
            class_ids=np.zeros(len(order), np.int32),
            image_width=prepared.full_size[0],
            image_height=prepared.full_size[1],
            floor=floor,
            is_suppressed=True,
            details=details,
        )

    def hold(self) -> contextlib.AbstractContextManager[None]:
        """Keep the model loaded during a block."""
        return self._lane.hold()

    def close(self) -> None:
        """Free the model as soon as nobody holds it."""
        self._lane.close()


def open_text_model(preferred: str, options: BackendOptions) -> TextModel:
    """Load the networks.

    Args:
        preferred: A backend's name or "auto".
        options: Threads, and how many calls run at once.

    Raises:
        BackendError: When rapidocr or a runtime is missing or broken.
    """
    choice = rapidocr_backend.choose(preferred)
    return TextModel([TextNetworks(choice.backend, options) for _ in range(options.concurrency)], choice)


def _read(networks: TextNetworks, pixels: UInt8Array, cancel: CancelToken) -> TextLines:
    found: list[tuple[Piece, Corners, NDArray[np.float32]]] = []
    for piece in pieces(pixels.shape[1], pixels.shape[0]):
        cancel.raise_if_cancelled()
        part = np.ascontiguousarray(pixels[piece.top : piece.bottom, piece.left : piece.right])
        text = networks.find(part)
        found.append((piece, text.corners + np.array([piece.left, piece.top], np.float32), text.scores))
    corners, _scores = joined(found)
    texts: list[str] = []
    scores: list[float] = []
    kept: list[int] = []
    for index, quad in enumerate(corners):
        cancel.raise_if_cancelled()
        text_read, score = networks.read(cut_out(pixels, quad))
        if text_read.strip():
            kept.append(index)
            texts.append(text_read.strip())
            scores.append(score)
    return TextLines(corners[kept], tuple(texts), np.array(scores, np.float32))
