"""SAM 3: all objects that a text means, and the one that is marked, of one loaded model.

A picture goes through its encoder once, whatever is asked about it afterwards: what was typed and marked before, and
what is typed next, are answered from the same features.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import SuggestedOptions
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import Mask
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.clip_tokens import ClipTokenizer, tokenizer_for
from anylabeling.services.auto_labeling.detection_model import nothing_typed
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates
from anylabeling.services.auto_labeling.embeddings import Embedding, EmbeddingLimits
from anylabeling.services.auto_labeling.exemplars import Exemplar, boxes_of
from anylabeling.services.auto_labeling.mask_shapes import crop_mask
from anylabeling.services.auto_labeling.models.sam3_layout import (
    TEXT_LENGTH,
    VISUAL_TOKENS,
    Instances,
    Sam3Layout,
    TextFeatures,
    once,
)
from anylabeling.services.auto_labeling.models.segment_anything import SegmentAnythingModel, open_pair
from anylabeling.services.auto_labeling.models.segment_anything_files import PairFiles, find_files
from anylabeling.services.auto_labeling.models.typed_names import TypedNamesModel
from anylabeling.services.auto_labeling.models.yolo_masks import MaskPatch, PatchDetails
from anylabeling.services.auto_labeling.onnxruntime_network import OnnxRuntimeNetwork, open_networks
from anylabeling.services.auto_labeling.preprocess import check_image
from anylabeling.services.auto_labeling.weights import one_of_a_kind, weights_digest
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

_MOST_TEXTS = 256
_LEAST_CONFIDENCE = 0.5
"""Its exports leave out what is less certain."""

_TOLERANCE_CELLS = 0.25
_SAME_IOU = 0.7

_opening = threading.Lock()
_open: weakref.WeakValueDictionary[PairFiles, Sam3Model] = weakref.WeakValueDictionary()


class Sam3Model(SegmentAnythingModel):
    """The networks of SAM 3. What it has beside those of the other models is an encoder of texts."""

    _language: OnnxRuntimeNetwork | None = None

    def take_language(self, network: OnnxRuntimeNetwork | None) -> None:
        """Complete a model that was just put together.

        Raises:
            ModelError: When the encoder of texts is none.
            BackendError: When it fails.
        """
        self._language = network
        self._texts: dict[str, TextFeatures] = {}
        self._text_lock = threading.Lock()
        self._tokenizer: ClipTokenizer | None = None
        if network is not None and isinstance(self.layout, Sam3Layout):
            tokens = np.zeros(TEXT_LENGTH, np.int64)
            tokens[: len(VISUAL_TOKENS)] = VISUAL_TOKENS
            self.layout.visual = self._run_language(tokens)

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        return replace(super().info, takes_text=self._language is not None)

    @property
    def sam3_layout(self) -> Sam3Layout:
        """How its files want to be called."""
        assert isinstance(self.layout, Sam3Layout)
        return self.layout

    def text(self, name: str) -> TextFeatures:
        """Return what the encoder makes of a text, which is kept.

        Raises:
            ModelError: When the vocabulary, or the encoder, is missing.
            BackendError: When the encoder fails.
        """
        with self._text_lock:
            if name not in self._texts:
                if self._tokenizer is None:
                    self._tokenizer = tokenizer_for(self.folders)
                while len(self._texts) >= _MOST_TEXTS:
                    self._texts.pop(next(iter(self._texts)))
                self._texts[name] = self._run_language(self._tokenizer.encode(name, TEXT_LENGTH))
            return self._texts[name]

    def alike(
        self,
        embedding: Embedding,
        picture: UInt8Array,
        exemplars: Sequence[Exemplar],
        *,
        name: str = "",
        pixel_format: PixelFormat = PixelFormat.RGB,
        on_progress: Callable[[Progress], object] | None = None,
        cancel: CancelToken | None = None,
    ) -> list[Mask]:
        """Return everything like the marked objects, and what ``name`` means; see SegmentAnythingModel.

        Raises:
            ModelError: When something is not meant, and the decoder cannot be told that.
        """
        del picture, pixel_format
        layout, size = self.sam3_layout, embedding.image_size
        wanted = [exemplar for exemplar in exemplars if exemplar.positive]
        others = [exemplar for exemplar in exemplars if not exemplar.positive]
        if others and not layout.tells_apart:
            raise ModelError(
                tr("This export of {name} takes one box at a time: it cannot be told what is not meant.",
                   name=self.files.name),
                hint=tr("Delete what is too much, or use an export whose decoder takes several boxes."),
            )  # fmt: skip
        text = self.text(name) if name else layout.visual or TextFeatures({})
        room = layout.room or len(exemplars)
        others = others[: room - 1]
        step, found = room - len(others), []
        for start in range(0, len(wanted), step):
            if on_progress is not None:
                on_progress(Progress(start, len(wanted)))
            asked = [*wanted[start : start + step], *others]
            feeds = layout.feeds_of_boxes(text, embedding, boxes_of(asked, size), [each.positive for each in asked])
            outputs, names = self.run_decoder(feeds, cancel=cancel)
            found.append(layout.instances(outputs, names, size))
        return _masks(found, size)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where its vocabulary may lie."""
        files = filter(None, (self.files.language, self.files.decoder, self.files.chosen))
        return tuple(dict.fromkeys(path.parent for path in files))

    def _run_language(self, tokens: NDArray[np.int64]) -> TextFeatures:
        network = self._language
        if network is None:
            raise ModelError(
                tr("{name} takes no texts: its text encoder is missing.", name=self.files.name),
                hint=tr("Put it beside the others, named such as sam3_language_encoder.onnx."),
            )
        outputs = network.run({network.inputs[0].name: tokens[np.newaxis].astype(np.dtype(network.inputs[0].dtype))})
        return self.sam3_layout.text(outputs, [info.name for info in network.outputs])

    def _free(self) -> None:
        super()._free()
        if self._language is not None:
            self._language.close()


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """A picture on its way.

    Attributes:
        pixels: As the encoder takes it; None once it was encoded.
        size: Width and height of the whole picture.
    """

    pixels: NDArray[Any]
    size: tuple[int, int]


class Sam3Detector(TypedNamesModel):
    """Finds what is typed. See TypedNamesModel."""

    def __init__(self, networks: Sam3Model, weights: str, names: tuple[str, ...] = ()) -> None:
        """Take over loaded networks.

        Args:
            networks: Closed with this.
            weights: What tells them from others.
            names: What is looked for.
        """
        super().__init__(names)
        self._networks = networks
        self._weights = weights

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        return replace(
            self._networks.info,
            family="sam3",
            task="segment",
            class_names=self._names,
            weights=f"{self._weights}:{self._names!r}",
            can_tile=True,
        )

    def with_classes(self, names: tuple[str, ...]) -> Sam3Detector:
        """Return a model that looks for something else, of the same networks."""
        return Sam3Detector(self._networks, self._weights, names)

    @property
    def suggested(self) -> SuggestedOptions:
        """The confidence from which on its exports give anything."""
        return SuggestedOptions(confidence=_LEAST_CONFIDENCE)

    @property
    def min_side_px(self) -> int:
        """The long side that a scaled decode has to keep: the picture is stretched."""
        return 2 * max(self._networks.sam3_layout.input_size(1, 1))

    def warm_up(self, batch: int = 1) -> None:
        """Run the decoder once; see SegmentAnythingModel."""
        del batch
        self._networks.warm_up()

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
        """Return everything that is found with a score above ``floor``; see TypedNamesModel."""
        embedding = self._networks.embedding(
            image, image_path, pixel_format=pixel_format, full_size=full_size, cancel=cancel
        )
        return self._candidates(self._ask(embedding, cancel), embedding.image_size, floor)

    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> _Picture:
        """Stretch a picture to the encoder's input; first stage."""
        check_image(image, pixel_format)
        size = full_size or (image.shape[1], image.shape[0])
        return _Picture(self._networks.sam3_layout.prepare(image, pixel_format), size)

    def infer(
        self, prepared: Sequence[_Picture], *, cancel: CancelToken | None = None, fill_to: int = 1
    ) -> list[list[Instances]]:
        """Encode pictures and ask for each text; second stage."""
        del fill_to
        return [
            self._ask(self._networks.encode(picture.pixels, picture.size, cancel=cancel), cancel)
            for picture in prepared
        ]

    def hold(self) -> AbstractContextManager[None]:
        """Keep the model loaded during a block."""
        return self._networks.hold()

    def close(self) -> None:
        """Free the model as soon as nobody holds it, here or as the model of the AI tool."""
        self._networks.close()

    def _ask(self, embedding: Embedding, cancel: CancelToken | None) -> list[Instances]:
        """Return what is found for each text.

        Raises:
            ModelError: When there is no text, or the vocabulary is missing.
        """
        if not self._names:
            raise nothing_typed(self._networks.files.name)
        layout, found = self._networks.sam3_layout, []
        for name in self._names:
            feeds = layout.feeds_of_text(self._networks.text(name), embedding)
            outputs, order = self._networks.run_decoder(feeds, cancel=cancel)
            found.append(layout.instances(outputs, order, embedding.image_size))
        return found

    def _candidates(self, found: Sequence[Instances], size: tuple[int, int], floor: float) -> Candidates:
        boxes = np.concatenate([each.boxes for each in found])
        scores = np.concatenate([each.scores for each in found])
        class_ids = np.repeat(np.arange(len(found)), [len(each.scores) for each in found]).astype(np.int32)
        patches = [_patch(mask, box, size) for each in found for mask, box in zip(each.masks, each.boxes, strict=True)]
        order = np.argsort(-scores, kind="stable")
        order = order[(scores[order] > floor) & np.isfinite(boxes[order]).all(axis=1)]
        return Candidates(
            boxes=np.ascontiguousarray(boxes[order]),
            scores=scores[order],
            class_ids=class_ids[order],
            image_width=size[0],
            image_height=size[1],
            floor=floor,
            is_suppressed=True,
            details=PatchDetails(tuple((patches[index],) for index in order.tolist())),
        )


def _masks(found: Sequence[Instances], size: tuple[int, int]) -> list[Mask]:
    """Return what several questions about a picture found, each object once, the most certain first."""
    scores = np.concatenate([each.scores for each in found])
    boxes = np.concatenate([each.boxes for each in found])
    masks = [mask for each in found for mask in each.masks]
    order = np.argsort(-scores, kind="stable")
    order = order[(scores[order] >= _LEAST_CONFIDENCE) & np.isfinite(boxes[order]).all(axis=1)]
    kept = order[once(boxes[order], _SAME_IOU)].tolist()
    return [
        crop_mask(
            masks[index],
            step=(size[0] / masks[index].shape[1], size[1] / masks[index].shape[0]),
            score=float(scores[index]),
            image_size=size,
        )
        for index in kept
    ]


def find_sam3(path: str) -> PairFiles | None:
    """Return the files of a SAM 3 model; None for those of other models.

    Raises:
        ModelError: When one is missing or damaged.
    """
    if path.startswith(("http://", "https://")):
        return None
    files = find_files(Path(path))
    return files if files is not None and files.language is not None else None


def open_sam3(files: PairFiles, options: BackendOptions) -> Sam3Detector:
    """Load a model to find what is typed with, or take the one that the AI tool has.

    Raises:
        ModelError: When the files are no such model.
        BackendError: When the runtime is missing or refuses them.
    """
    networks = open_networks_of(files, "auto", options=options, limits=None)
    parts = [weights_digest(part) for part in (files.encoder, files.decoder, files.language) if part is not None]
    return Sam3Detector(networks, ":".join(filter(None, parts)) if all(parts) else one_of_a_kind())


def open_networks_of(
    files: PairFiles, preferred: str, *, options: BackendOptions, limits: EmbeddingLimits | None
) -> Sam3Model:
    """Return the networks of a model, which are loaded once: for texts and for marks alike.

    Args:
        files: Where they are.
        preferred: A backend's name or "auto".
        options: Threads and memory.
        limits: How many embeddings are kept; what is in force, or the usual ones, when None.

    Raises:
        ModelError: When the files are no such model.
        BackendError: When the runtime is missing or refuses them.
    """
    key = replace(files, chosen=files.encoder, name="")  # whichever of them was chosen
    with _opening:
        known = _open.get(key)
        if known is not None and known.retain():
            if limits is not None:
                known.set_embedding_limits(limits)
            return known
        model = open_pair(files, preferred, options=options, limits=limits or EmbeddingLimits(), kind=Sam3Model)
        try:
            language = None
            if files.language is not None:
                (language,), _ = open_networks((files.language,), options, preferred)
            model.take_language(language)
        except BaseException:
            model.close()
            raise
        _open[key] = model
        return model


def _patch(mask: NDArray[np.float32], box: NDArray[np.float32], size: tuple[int, int]) -> MaskPatch:
    """Return the part of a mask under a box, in half the memory."""
    rows, columns = mask.shape
    to_x, to_y = columns / size[0], rows / size[1]
    x1, y1, x2, y2 = np.clip(box, 0, np.array([*size, *size], np.float32)).tolist()
    left, top = max(0, int(x1 * to_x) - 1), max(0, int(y1 * to_y) - 1)
    right, bottom = min(columns, int(x2 * to_x) + 2), min(rows, int(y2 * to_y) + 2)
    cells = mask[top : max(bottom, top + 1), left : max(right, left + 1)].astype(np.float16)
    # Cells are counted from their centres.
    offset = (-0.5 - left, -0.5 - top)
    tolerance = max(1.0, _TOLERANCE_CELLS / min(to_x, to_y))
    return MaskPatch(cells, (to_x, to_y), offset, (x1, y1, max(x2, x1 + 1), max(y2, y1 + 1)), tolerance)
