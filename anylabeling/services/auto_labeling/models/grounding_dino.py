"""Grounding DINO: boxes of what is typed.

Tensors as its exports for AnyLabeling's kin have them. The picture: ``img``, float32 (1, 3, h, w) with ImageNet's mean
and deviation, stretched. The names, in one sentence: ``input_ids``, ``attention_mask``, ``token_type_ids``,
``position_ids`` (1, n) and ``text_token_mask`` (1, n, n): the words of a name see each other and its full stop, and are
counted from its first one. The answer: ``logits`` (1, queries, 256), one for each token, and ``boxes``, centre and size
as shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import SuggestedOptions
from anylabeling.messages.models import BackendChoice, ModelInfo
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.detection_model import nothing_typed
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.model_files import load_yaml, read_config, read_onnx
from anylabeling.services.auto_labeling.model_lane import ModelLane
from anylabeling.services.auto_labeling.model_spec import ModelFacts
from anylabeling.services.auto_labeling.models.segment_anything_layout import scaled_rgb
from anylabeling.services.auto_labeling.models.typed_names import TypedNamesModel
from anylabeling.services.auto_labeling.models.yolo_config import share_of, whole_number
from anylabeling.services.auto_labeling.onnxruntime_network import OnnxRuntimeNetwork, open_networks
from anylabeling.services.auto_labeling.preprocess import check_image
from anylabeling.services.auto_labeling.weights import one_of_a_kind, weights_digest
from anylabeling.services.auto_labeling.wordpiece import WordPieces, word_pieces_for
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

_TEXTS = frozenset({"input_ids", "attention_mask", "token_type_ids", "position_ids", "text_token_mask"})
_USUAL_SIZE = (1200, 800)
_MOST_TOKENS = 256
_USUAL_CONFIDENCE = 0.3
_MEAN = np.array((0.485, 0.456, 0.406), np.float32)
_DEVIATION = np.array((0.229, 0.224, 0.225), np.float32)
_WORDS_OF_ITS_NAME = ("grounding", "dino")


@dataclass(frozen=True, slots=True)
class DinoFile:
    """A model in a file.

    Attributes:
        chosen: What the person chose: the weights or a config.
        weights: The .onnx file.
        name: For people.
        size: Width and height of its input.
        confidence: What its config says.
    """

    chosen: Path
    weights: Path
    name: str
    size: tuple[int, int]
    confidence: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """A picture on its way.

    Attributes:
        pixels: As the network takes it.
        size: Width and height of the whole picture.
    """

    pixels: NDArray[Any]
    size: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """Names in one sentence.

    Attributes:
        first: The number of the first of them.
        places: For each name where its tokens are, from the first to behind the last.
        feeds: What the network takes of them.
    """

    first: int
    places: tuple[tuple[int, int], ...]
    feeds: dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """Boxes for all names.

    Attributes:
        boxes: float32 (n, 4): centre and size as shares.
        scores: float32 (n,).
        class_ids: int32 (n,).
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]


class GroundingDino(TypedNamesModel):
    """Finds what is typed. See TypedNamesModel."""

    def __init__(
        self,
        file: DinoFile,
        network: OnnxRuntimeNetwork,
        choice: BackendChoice,
        weights: str,
        names: tuple[str, ...] = (),
        lane: ModelLane | None = None,
    ) -> None:
        """Take over a loaded network; ``lane`` is that of a model with other names."""
        super().__init__(names)
        self._file, self._network, self._choice, self._weights = file, network, choice, weights
        self._lane = lane or ModelLane(1, network.close, file.name)

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        width, height = self._file.size
        return ModelInfo(
            name=self._file.name,
            path=str(self._file.chosen),
            family="grounding_dino",
            task="detect",
            layout="Grounding DINO",
            class_names=self._names,
            input_width=width,
            input_height=height,
            dynamic_batch=False,
            choice=self._choice,
            weights=f"{self._weights}:{self._names!r}",
            can_tile=True,
            takes_text=True,
        )

    def with_classes(self, names: tuple[str, ...]) -> GroundingDino:
        """Return a model that looks for something else, of the same network."""
        return GroundingDino(self._file, self._network, self._choice, self._weights, names, self._lane)

    @property
    def suggested(self) -> SuggestedOptions:
        """The confidence of its config, or the usual one."""
        return SuggestedOptions(confidence=self._file.confidence or _USUAL_CONFIDENCE)

    @property
    def min_side_px(self) -> int:
        """The long side that a scaled decode has to keep: the picture is stretched."""
        return 2 * max(self._file.size)

    def warm_up(self, batch: int = 1) -> None:
        """Check what the network takes and gives; a trial would need the vocabulary.

        Raises:
            ModelError: When it is another network.
        """
        del batch
        missing = _TEXTS - {info.name for info in self._network.inputs}
        if missing or len(self._network.outputs) < 2:
            raise ModelError(
                tr("{name} is no Grounding DINO of a kind that this program knows.", name=self._file.weights.name),
                details=", ".join(map(str, (*self._network.inputs, *self._network.outputs))),
            )

    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> _Picture:
        """Stretch a picture to the input; first stage."""
        check_image(image, pixel_format)
        rgb = scaled_rgb(image, pixel_format, *self._file.size).astype(np.float32) / 255.0
        planes = np.ascontiguousarray(((rgb - _MEAN) / _DEVIATION).transpose(2, 0, 1)[np.newaxis])
        return _Picture(planes, full_size or (image.shape[1], image.shape[0]))

    def infer(
        self, prepared: Sequence[_Picture], *, cancel: CancelToken | None = None, fill_to: int = 1
    ) -> list[_Answer]:
        """Run the network for each sentence that the names make; second stage."""
        del fill_to
        if not self._names:
            raise nothing_typed(self._file.name)
        questions = list(_questions(word_pieces_for(self._file.chosen.parent), self._names))
        return [self._ask(picture, questions, cancel) for picture in prepared]

    def hold(self) -> AbstractContextManager[None]:
        """Keep the model loaded during a block."""
        return self._lane.hold()

    def close(self) -> None:
        """Free the model as soon as nobody holds it."""
        self._lane.close()

    def _ask(self, picture: _Picture, questions: Sequence[_Question], cancel: CancelToken | None) -> _Answer:
        image = next(info for info in self._network.inputs if info.name not in _TEXTS)
        answers = []
        for question in questions:
            known = {**question.feeds, image.name: picture.pixels}
            feeds = {
                info.name: known[info.name].astype(np.dtype(info.dtype), copy=False) for info in self._network.inputs
            }
            with self._lane.call():
                outputs = self._network.run(feeds, cancel=cancel)
            names = [info.name for info in self._network.outputs]
            logits, boxes = (
                outputs.get(name, outputs[names[place]])[0] for place, name in enumerate(("logits", "boxes"))
            )
            answers.append(_read(question, np.asarray(logits, np.float32), np.asarray(boxes, np.float32)))
        return _Answer(
            np.concatenate([answer.boxes for answer in answers]),
            np.concatenate([answer.scores for answer in answers]),
            np.concatenate([answer.class_ids for answer in answers]),
        )

    def _candidates(self, found: _Answer, size: tuple[int, int], floor: float) -> Candidates:
        order = np.argsort(-found.scores, kind="stable")
        order = order[(found.scores[order] > floor) & np.isfinite(found.boxes[order]).all(axis=1)]
        boxes = found.boxes[order]
        half = boxes[:, 2:] / 2
        corners = np.concatenate([boxes[:, :2] - half, boxes[:, :2] + half], axis=1) * np.array(
            [*size, *size], np.float32
        )
        return Candidates(
            np.ascontiguousarray(corners, np.float32),
            found.scores[order],
            found.class_ids[order],
            size[0],
            size[1],
            floor=floor,
        )


def find_grounding_dino(path: str) -> DinoFile | None:
    """Return the file of a Grounding DINO, by a config of that type or by the name of an .onnx file; else None.

    Raises:
        ModelError: When it is missing or damaged.
    """
    chosen = Path(path)
    suffix = chosen.suffix.lower()
    if not chosen.is_file():
        return None
    if suffix in {".yaml", ".yml"}:
        try:
            kind = str(load_yaml(chosen).get("type", "")).strip().lower()
        except ModelError:
            return None
        facts = read_config(chosen) if kind == "grounding_dino" else None
    else:
        is_named = suffix == ".onnx" and all(word in chosen.stem.lower() for word in _WORDS_OF_ITS_NAME)
        facts = read_onnx(chosen) if is_named else None
    if facts is None or not {info.name for info in facts.inputs} >= _TEXTS:
        return None
    confidence = share_of(facts.config, "box_threshold", "conf_threshold")
    return DinoFile(chosen, facts.path, facts.name, _size_of(facts), confidence)


def open_grounding_dino(file: DinoFile, options: BackendOptions) -> GroundingDino:
    """Load a model.

    Raises:
        BackendError: When the runtime is missing or refuses it.
    """
    (network,), choice = open_networks((file.weights,), options)
    return GroundingDino(file, network, choice, weights_digest(file.weights) or one_of_a_kind())


def _size_of(facts: ModelFacts) -> tuple[int, int]:
    picture = next((info for info in facts.inputs if len(info.shape) == 4), None)
    height, width = picture.shape[2:] if picture is not None else (None, None)
    told = (whole_number(facts.config.get(key), 32, 8192) for key in ("input_width", "input_height"))
    usual = tuple(side or otherwise for side, otherwise in zip(told, _USUAL_SIZE, strict=True))
    return width or usual[0], height or usual[1]


def _questions(pieces: WordPieces, names: Sequence[str]) -> Iterator[_Question]:
    """Yield the names in sentences that are not too long."""
    first, tokens = 0, list[list[int]]()
    for number, name in enumerate(names):
        own = pieces.encode(name)[: _MOST_TOKENS - 3]
        if tokens and 2 + sum(len(each) + 1 for each in tokens) + len(own) + 1 > _MOST_TOKENS:
            yield _question(pieces, first, tokens)
            first, tokens = number, []
        tokens.append(own)
    yield _question(pieces, first, tokens)


def _question(pieces: WordPieces, first: int, tokens: Sequence[Sequence[int]]) -> _Question:
    numbers, places = [pieces.start], []
    for own in tokens:
        places.append((len(numbers), len(numbers) + len(own)))
        numbers += [*own, pieces.stop]
    numbers.append(pieces.end)
    count = len(numbers)
    sees = np.eye(count, dtype=np.bool_)
    positions = np.zeros(count, np.int64)
    for start, end in places:
        sees[start : end + 1, start : end + 1] = True
        positions[start : end + 1] = np.arange(end + 1 - start)
    feeds: dict[str, NDArray[Any]] = {
        "input_ids": np.array([numbers], np.int64),
        "attention_mask": np.ones((1, count), np.bool_),
        "token_type_ids": np.zeros((1, count), np.int64),
        "position_ids": positions[np.newaxis],
        "text_token_mask": sees[np.newaxis],
    }
    return _Question(first, tuple(places), feeds)


def _read(question: _Question, logits: NDArray[np.float32], boxes: NDArray[np.float32]) -> _Answer:
    """Give each box to the name whose words it fits best."""
    fits = np.full((len(logits), len(question.places)), -np.inf, np.float32)
    for number, (start, end) in enumerate(question.places):
        if end > start:
            fits[:, number] = logits[:, start:end].max(axis=1)
    best = fits.argmax(axis=1)
    chosen = np.nan_to_num(fits[np.arange(len(fits)), best], nan=-100.0, neginf=-100.0)
    scores = 1.0 / (1.0 + np.exp(-np.clip(chosen, -80, 80)))
    return _Answer(boxes, scores.astype(np.float32), (best + question.first).astype(np.int32))
