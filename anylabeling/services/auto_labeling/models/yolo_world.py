"""YOLO-World exported with its text features as an input: boxes of what is typed.

Tensors as the exports of wkentaro/yolo-world-onnx have them: ``images`` (1, 3, h, w), letterboxed RGB from 0 to 1, and
``text_features`` (1, n, 512), of length one each, the last one of a blank; ``scores`` (1, cells, n) and ``boxes``
(1, cells, 4), corners in input pixels. The features come from CLIP's text encoder as a file of its own beside it, with
"textual" in its name: tokens (n, 77) in, (n, 512) out. An export of Ultralytics has its classes for good and is a YOLO.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import SuggestedOptions
from anylabeling.messages.models import BackendChoice, ModelInfo
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.clip_tokens import tokenizer_for
from anylabeling.services.auto_labeling.detection_model import nothing_typed
from anylabeling.services.auto_labeling.detections import MAX_CANDIDATES, Candidates
from anylabeling.services.auto_labeling.model_files import read_onnx
from anylabeling.services.auto_labeling.model_lane import ModelLane
from anylabeling.services.auto_labeling.models.typed_names import TypedNamesModel
from anylabeling.services.auto_labeling.onnxruntime_network import OnnxRuntimeNetwork, open_networks
from anylabeling.services.auto_labeling.preprocess import Letterbox, check_image, letterbox_into
from anylabeling.services.auto_labeling.weights import one_of_a_kind, weights_digest
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

_FEATURES = "text_features"
_PICTURE = "images"
_TOKENS = 77
_BLANK = " "
_USUAL_SIDE = 640
_USUAL_CONFIDENCE = 0.1
"""Its scores are low: a score of 0.1 is what its makers and other programs begin with."""
_FOLDER_ENTRIES_LOOKED_AT = 5000


@dataclass(frozen=True, slots=True)
class WorldFiles:
    """A model in files.

    Attributes:
        weights: What finds.
        textual: The text encoder.
        name: For people.
        size: Width and height of the input.
    """

    weights: Path
    textual: Path
    name: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    """What models with different names share.

    Attributes:
        files: Where it is from.
        finder: What finds.
        textual: The text encoder.
        choice: Where they run.
        weights: What tells them from others.
        lane: Calls wait for their turn on it.
        lock: Held while a feature is made.
        features: Of each name, kept.
    """

    files: WorldFiles
    finder: OnnxRuntimeNetwork
    textual: OnnxRuntimeNetwork
    choice: BackendChoice
    weights: str
    lane: ModelLane
    lock: threading.Lock = field(default_factory=threading.Lock)
    features: dict[str, NDArray[np.float32]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """A picture on its way.

    Attributes:
        pixels: float32 (1, 3, h, w).
        box: Where it lies in there.
    """

    pixels: NDArray[np.float32]
    box: Letterbox

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole picture."""
        return self.box.image_width, self.box.image_height


class YoloWorld(TypedNamesModel):
    """Finds what is typed. See TypedNamesModel."""

    def __init__(self, loaded: _Loaded, names: tuple[str, ...] = ()) -> None:
        """Look for names with loaded networks."""
        super().__init__(names)
        self._loaded = loaded

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        loaded = self._loaded
        width, height = loaded.files.size
        return ModelInfo(
            name=loaded.files.name,
            path=str(loaded.files.weights),
            family="yolo_world",
            task="detect",
            layout="YOLO-World",
            class_names=self._names,
            input_width=width,
            input_height=height,
            dynamic_batch=False,
            choice=loaded.choice,
            weights=f"{loaded.weights}:{self._names!r}",
            can_tile=True,
            takes_text=True,
        )

    def with_classes(self, names: tuple[str, ...]) -> YoloWorld:
        """Return a model that looks for something else, of the same networks."""
        return YoloWorld(self._loaded, names)

    @property
    def suggested(self) -> SuggestedOptions:
        """The confidence to begin with."""
        return SuggestedOptions(confidence=_USUAL_CONFIDENCE)

    @property
    def min_side_px(self) -> int:
        """The long side that a scaled decode has to keep."""
        return max(self._loaded.files.size) * 3 // 2

    def warm_up(self, batch: int = 1) -> None:
        """Run the finder once on grey, for a blank.

        Raises:
            ModelError: When what it gives is not understood.
            BackendError: When it fails.
        """
        del batch
        width, height = self._loaded.files.size
        grey = np.full((1, 3, height, width), 114 / 255, np.float32)
        shape = next(info.shape for info in self._loaded.finder.inputs if info.name == _FEATURES)
        blank = np.zeros((1, shape[1] or 1, shape[2] or 512), np.float32)
        self._read(self._loaded.finder.run({_PICTURE: grey, _FEATURES: blank}))

    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> _Picture:
        """Letterbox a picture; first stage."""
        check_image(image, pixel_format)
        width, height = self._loaded.files.size
        size = full_size or (image.shape[1], image.shape[0])
        box = Letterbox.fit(size[0], size[1], width, height)
        blob = np.empty((1, 3, height, width), np.float32)
        letterbox_into(blob[0], image, pixel_format, box)
        return _Picture(blob, box)

    def infer(self, prepared: Sequence[_Picture], *, cancel: CancelToken | None = None, fill_to: int = 1) -> list[Any]:
        """Run the network; second stage."""
        del fill_to
        if not self._names:
            raise nothing_typed(self._loaded.files.name)
        found = []
        for picture in prepared:
            with self._loaded.lane.call():
                # Here, where the networks are held: the text encoder is one of them.
                feeds = {_PICTURE: picture.pixels, _FEATURES: self._features()}
                outputs = self._loaded.finder.run(feeds, cancel=cancel)
            scores, boxes = self._read(outputs)
            found.append((scores, boxes, picture.box))
        return found

    def hold(self) -> AbstractContextManager[None]:
        """Keep the model loaded during a block."""
        return self._loaded.lane.hold()

    def close(self) -> None:
        """Free the model as soon as nobody holds it."""
        self._loaded.lane.close()

    def _features(self) -> NDArray[np.float32]:
        """Return the features of the names and of a blank, (1, n + 1, channels)."""
        loaded = self._loaded
        with loaded.lock:
            new = [name for name in (*self._names, _BLANK) if name not in loaded.features]
            if new:
                tokenizer = tokenizer_for((loaded.files.weights.parent,))
                tokens = loaded.textual.inputs[0]
                rows = np.stack([tokenizer.encode(name, _TOKENS) for name in new]).astype(np.dtype(tokens.dtype))
                made = np.asarray(next(iter(loaded.textual.run({tokens.name: rows}).values())), np.float32)
                made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-12)
                loaded.features.update(zip(new, made, strict=True))
            return np.stack([loaded.features[name] for name in (*self._names, _BLANK)])[np.newaxis]

    def _read(self, outputs: dict[str, NDArray[Any]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return scores (cells, n) and boxes (cells, 4) of a picture."""
        scores, boxes = outputs.get("scores"), outputs.get("boxes")
        if scores is None or boxes is None or scores.ndim != 3 or boxes.shape != (*scores.shape[:2], 4):
            given = ", ".join(f"{name} {output.shape}" for name, output in outputs.items())
            name = self._loaded.files.weights.name
            raise ModelError(tr("What {name} gives is not understood.", name=name), details=given)
        return np.asarray(scores[0], np.float32), np.asarray(boxes[0], np.float32)

    def _candidates(self, found: Any, size: tuple[int, int], floor: float) -> Candidates:
        scores, boxes, box = found
        own = scores[:, : len(self._names)]  # the last one is that of the blank
        best = own.max(axis=1)
        rows = np.flatnonzero((best > floor) & np.isfinite(boxes).all(axis=1))
        rows = rows[np.argsort(-best[rows], kind="stable")][:MAX_CANDIDATES]
        return Candidates(
            np.ascontiguousarray(box.to_image(boxes[rows])),
            best[rows],
            own[rows].argmax(axis=1).astype(np.int32),
            size[0],
            size[1],
            floor=floor,
        )


def find_yolo_world(path: str) -> WorldFiles | None:
    """Return the files of a YOLO-World, by an .onnx file with "world" in its name that takes text features; else None.

    Raises:
        ModelError: When its text encoder is missing, or a file is damaged.
    """
    chosen = Path(path)
    if chosen.suffix.lower() != ".onnx" or "world" not in chosen.stem.lower() or not chosen.is_file():
        return None
    facts = read_onnx(chosen)
    picture = next((info for info in facts.inputs if info.name == _PICTURE), None)
    if picture is None or len(picture.shape) != 4 or _FEATURES not in {info.name for info in facts.inputs}:
        return None
    textual = next(_textual_files(chosen.parent), None)
    if textual is None:
        raise ModelError(
            tr("The text encoder {name}, which turns typed names into features, is missing.", name="textual.onnx"),
            hint=tr("Download it yourself and put it beside the model."),
        )
    read_onnx(textual)
    height, width = picture.shape[2:]
    return WorldFiles(chosen, textual, facts.name, (width or _USUAL_SIDE, height or _USUAL_SIDE))


def open_yolo_world(files: WorldFiles, options: BackendOptions) -> YoloWorld:
    """Load a model.

    Raises:
        BackendError: When the runtime is missing or refuses a file.
    """
    (finder, textual), choice = open_networks((files.weights, files.textual), options)

    def free() -> None:
        finder.close()
        textual.close()

    parts = [weights_digest(part) for part in (files.weights, files.textual)]
    weights = ":".join(filter(None, parts)) if all(parts) else one_of_a_kind()
    return YoloWorld(_Loaded(files, finder, textual, choice, weights, ModelLane(1, free, files.name)))


def _textual_files(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for _, entry in zip(range(_FOLDER_ENTRIES_LOOKED_AT), entries, strict=False)]
    except OSError:
        return
    for name in sorted(names):
        if name.lower().endswith(".onnx") and "textual" in name.lower():
            yield folder / name
