"""Segment Anything: a picture is encoded once, and marks are answered with the outline of the marked object."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.shape import Shape
from anylabeling.errors import BackendError, ModelError
from anylabeling.messages.models import BackendChoice, ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import Mark, Mask, OutputKind
from anylabeling.services.auto_labeling.alike_features import SeenPicture, find_by_features
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.embeddings import Embedding, EmbeddingCache, EmbeddingLimits, halved
from anylabeling.services.auto_labeling.exemplars import Exemplar
from anylabeling.services.auto_labeling.mask_shapes import crop_mask, mask_to_shapes
from anylabeling.services.auto_labeling.model_lane import ModelLane
from anylabeling.services.auto_labeling.models.segment_anything_files import PairFiles
from anylabeling.services.auto_labeling.models.segment_anything_layout import Layout, layout_for, named_features
from anylabeling.services.auto_labeling.onnxruntime_network import OnnxRuntimeNetwork, open_networks
from anylabeling.services.auto_labeling.openvino_network import OPENVINO, OpenVinoNetwork
from anylabeling.services.auto_labeling.preprocess import check_image
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.translation import tr
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.hashing import hash_file
from anylabeling.utils.metrics import METRICS

_LOOK_AGAIN_S = 0.05
_TRIAL_SIZE = (64, 64)


ModelT = TypeVar("ModelT", bound="SegmentAnythingModel")


@dataclass(eq=False)
class _Encoding:
    """One picture on its way through the encoder."""

    background: bool
    token: CancelToken = field(default_factory=CancelToken)
    result: Future[Embedding] = field(default_factory=Future)


class SegmentAnythingModel:
    """A loaded pair of encoder and decoder. Any thread may call it.

    One picture is encoded at a time; one that a person waits for goes before those that are made ready for later.
    Pictures are uint8 (height, width, channels) in the EXIF-rotated frame, RGB unless another format is named.

    Attributes:
        files: Where it was read from.
    """

    def __init__(
        self,
        files: PairFiles,
        networks: tuple[OnnxRuntimeNetwork | OpenVinoNetwork, OnnxRuntimeNetwork],
        choice: BackendChoice,
        limits: EmbeddingLimits,
    ) -> None:
        """Put a model together.

        Raises:
            ModelError: When the two do not go together, or are of a kind that this program does not know.
        """
        self.files = files
        self._encoder, self._decoder = networks
        self._choice = choice
        self._layout = layout_for((self._encoder.inputs, self._encoder.outputs), self._decoder.inputs)
        self._lane = ModelLane(1, self._free, files.name)
        self._cache = EmbeddingCache(hash_file(files.encoder), limits)
        self._lock = threading.Condition()
        self._running: dict[str | None, _Encoding] = {}
        self._owners = 1

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        width, height = self._layout.input_size(1024, 1024)
        return ModelInfo(
            name=self.files.name,
            path=str(self.files.chosen),
            family="segment_anything",
            task="prompt",
            layout=self._layout.name,
            class_names=(),
            input_width=width,
            input_height=height,
            dynamic_batch=False,
            choice=self._choice,
            has_iou=False,
            finds_alike=True,
        )

    @property
    def layout(self) -> Layout:
        """How its files want to be called."""
        return self._layout

    @property
    def used_bytes(self) -> int:
        """Memory that embeddings take."""
        return self._cache.used_bytes

    @property
    def is_encoding(self) -> bool:
        """Whether a picture is on its way through the encoder, or waits for that."""
        return bool(self._running)

    def set_embedding_limits(self, limits: EmbeddingLimits) -> None:
        """Keep more or fewer embeddings from now on."""
        self._cache.set_limits(limits)

    def warm_up(self) -> None:
        """Run the decoder once on nothing; the encoder takes too long for a trial.

        Raises:
            ModelError: When what it gives is not understood.
            BackendError: When it fails.
        """
        from anylabeling.messages.prompting import PointMark
        from anylabeling.services.auto_labeling.onnxruntime_network import zeros_for

        tensors = {
            info.name: zeros_for(info, (1, 256, 64, 64) if len(info.shape) == 4 else (1,) * len(info.shape))
            for info in self._decoder.inputs
            if info.name.startswith(self._layout.feature_prefixes)
        }
        empty = Embedding(tensors, _TRIAL_SIZE, self._layout.input_size(*_TRIAL_SIZE))
        self.decode(empty, [PointMark(1.0, 1.0)])

    def is_prepared(self, image: UInt8Array, image_path: str | None) -> bool:
        """Whether the embedding of a picture is in memory."""
        return self._cache.in_memory(self._cache.key(image_path, image))

    def kept(self, paths: Iterable[str]) -> set[str]:
        """Return those pictures whose embedding is in memory or on disk; no picture is opened."""
        return self._cache.kept(paths)

    def embedding(
        self,
        image: UInt8Array,
        image_path: str | None = None,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
        cancel: CancelToken | None = None,
        background: bool = False,
    ) -> Embedding:
        """Return what the encoder makes of a picture: from memory, from disk, or computed now.

        Args:
            image: uint8 (height, width, channels); may be smaller than the image that it shows.
            image_path: The file that it was read from; without one the result is not kept.
            pixel_format: Order of the image's channels.
            full_size: Width and height of the image in full-size pixels; the picture's own by default.
            cancel: Ends the wait, and the encoder where nobody else waits for it.
            background: Whether nobody waits for it: it gives way to a picture that somebody waits for.

        Raises:
            ValueError: When the array is no such picture.
            BackendError: When the encoder fails.
            Cancelled: When ``cancel`` asks for it, or a picture in the background had to give way.
        """
        check_image(image, pixel_format)
        size = full_size or (image.shape[1], image.shape[0])
        token = cancel or CancelToken()
        key = self._cache.key(image_path, image)

        def compute(own: CancelToken) -> Embedding:
            return self._encode(image, pixel_format, size, own)

        while True:
            token.raise_if_cancelled()
            found = self._cache.get(key)
            if found is not None:
                return found
            if key is None:
                with self._lane.call():
                    return compute(token)
            encoding, mine = self._join(key, background, token)
            try:
                return self._run(key, encoding, compute, token) if mine else _wait(encoding, token)
            except Cancelled:
                # Another caller's wish ended it, not this one's: begin anew.
                if token.cancelled or (mine and background):
                    raise

    def decode(self, embedding: Embedding, marks: Sequence[Mark], *, cancel: CancelToken | None = None) -> Mask:
        """Return the object that the marks mean.

        Args:
            embedding: Of the picture.
            marks: Points and boxes in image pixels; of several boxes the last one counts.
            cancel: Ends the call.

        Raises:
            ValueError: When there is no mark.
            ModelError: When the model's answer is not understood.
            BackendError: When the decoder fails.
        """
        if not marks:
            raise ValueError("a prompt needs at least one mark")
        outputs, names = self.run_decoder(self._layout.feeds(marks, embedding), cancel=cancel)
        raw = self._layout.answer(outputs, names, marks, embedding)
        return crop_mask(
            raw.logits, step=(raw.step_x, raw.step_y), score=raw.score, image_size=embedding.image_size
        )  # fmt: skip

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
        """Return everything on a picture that is like the marked objects, these too.

        Args:
            embedding: Of the picture.
            picture: Its pixels; may be smaller than the image that they show.
            exemplars: One or more positive ones among them.
            name: What is looked for, for models that take texts.
            pixel_format: Order of its channels.
            on_progress: Told how far it is, where it takes several steps.
            cancel: Ends the call.

        Raises:
            ModelError: When the model's answer is not understood.
            BackendError: When it fails.
            Cancelled: When ``cancel`` asks for it.
        """
        del name  # it takes no texts
        seen = SeenPicture(embedding, self._layout.grid(embedding), picture, pixel_format)
        return find_by_features(self, seen, exemplars, on_progress=on_progress, cancel=cancel)

    def run_decoder(
        self, feeds: Mapping[str, NDArray[Any]], *, cancel: CancelToken | None = None
    ) -> tuple[dict[str, NDArray[Any]], list[str]]:
        """Run the decoder and return its outputs by name, and their names in the file's order.

        Raises:
            BackendError: When it fails.
        """
        with self._lane.hold(), METRICS.timed("prompt.decode"):
            outputs = self._decoder.run(feeds, cancel=cancel)
        return outputs, [info.name for info in self._decoder.outputs]

    def encode(
        self, picture: NDArray[Any], image_size: tuple[int, int], *, cancel: CancelToken | None = None
    ) -> Embedding:
        """Return what the encoder makes of a picture that ``layout`` has prepared; it is not kept.

        Args:
            picture: The encoder's input.
            image_size: Width and height of the image in full-size pixels.
            cancel: Ends the call.

        Raises:
            BackendError: When it fails.
        """
        with self._lane.call():
            return self._embedding_of(picture, image_size, image_size, cancel)

    def predict_shapes(
        self,
        image: UInt8Array,
        image_path: str | None = None,
        *,
        marks: Sequence[Mark] = (),
        output: OutputKind = OutputKind.POLYGON,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> list[Shape]:
        """Return the marked object of a picture, in a group where it is in parts, or nothing where none was found.

        Raises:
            ModelError: When there are no marks: this model outlines what a person points at.
            BackendError: When the model fails.
        """
        if not marks:
            raise ModelError(
                tr("{name} outlines what is marked, and nothing is marked.", name=self.files.name),
                hint=tr("Choose the AI tool and click an object, or draw a box around it."),
            )
        embedding = self.embedding(image, image_path, pixel_format=pixel_format)
        return list(mask_to_shapes(self.decode(embedding, marks), output))

    def predict_shapes_batch(
        self,
        images: Sequence[UInt8Array],
        image_paths: Sequence[str | None] | None = None,
        *,
        marks: Sequence[Sequence[Mark]] = (),
        output: OutputKind = OutputKind.POLYGON,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> list[list[Shape]]:
        """Return the marked object of each picture, one after the other; ``marks`` has a sequence for each."""
        paths = image_paths or [None] * len(images)
        prompts = marks or [()] * len(images)
        return [
            self.predict_shapes(image, path, marks=prompt, output=output, pixel_format=pixel_format)
            for image, path, prompt in zip(images, paths, prompts, strict=True)
        ]

    def hold(self) -> AbstractContextManager[None]:
        """Keep the model loaded during a block."""
        return self._lane.hold()

    def retain(self) -> bool:
        """Let one more own the model, who closes it as well; False when it is closed already."""
        with self._lock:
            if self._owners:
                self._owners += 1
            return self._owners > 0

    def close(self) -> None:
        """Free the model as soon as nobody owns or holds it; what is being encoded is given up."""
        with self._lock:
            self._owners = max(0, self._owners - 1)
            if self._owners:
                return
            running = list(self._running.values())
        for encoding in running:
            encoding.token.cancel()
        self._lane.close()

    def _free(self) -> None:
        self._encoder.close()
        self._decoder.close()
        self._cache.clear_memory()

    def _join(self, key: str, background: bool, cancel: CancelToken) -> tuple[_Encoding, bool]:
        """Return the encoding of a picture, and whether the caller has to do it."""
        with self._lock:
            if background:
                while any(not other.background for other in self._running.values()):
                    self._lock.wait(_LOOK_AGAIN_S)
                    cancel.raise_if_cancelled()
            encoding, mine = self._running.get(key), False
            if encoding is None:
                encoding, mine = _Encoding(background), True
                self._running[key] = encoding
            if not background:
                encoding.background = False
            rivals = [] if background else [other for other in self._running.values() if other.background]
        for other in rivals:
            other.token.cancel()
        return encoding, mine

    def _run(
        self, key: str, encoding: _Encoding, compute: Callable[[CancelToken], Embedding], cancel: CancelToken
    ) -> Embedding:
        withdraw = cancel.on_cancel(encoding.token.cancel)
        try:
            with self._lane.call():
                encoding.token.raise_if_cancelled()
                embedding = compute(encoding.token)
            self._cache.put(key, embedding)
        except BaseException as error:
            self._end(key)
            encoding.result.set_exception(error)
            raise
        finally:
            withdraw()
        self._end(key)
        encoding.result.set_result(embedding)
        return embedding

    def _end(self, key: str) -> None:
        with self._lock:
            self._running.pop(key, None)
            self._lock.notify_all()

    def _encode(
        self, image: UInt8Array, pixel_format: PixelFormat, size: tuple[int, int], cancel: CancelToken
    ) -> Embedding:
        picture = self._layout.prepare(image, pixel_format)
        cancel.raise_if_cancelled()
        return self._embedding_of(picture, size, (image.shape[1], image.shape[0]), cancel)

    def _embedding_of(
        self, picture: NDArray[Any], size: tuple[int, int], seen: tuple[int, int], cancel: CancelToken | None
    ) -> Embedding:
        with METRICS.timed("prompt.encode"):
            outputs = self._encoder.run({self._encoder.inputs[0].name: picture}, cancel=cancel)
        tensors = {name: halved(tensor) for name, tensor in named_features(outputs, self._layout).items()}
        return Embedding(tensors, size, self._layout.input_size(*seen))


def open_model(
    files: PairFiles, preferred: str = "auto", *, options: BackendOptions, limits: EmbeddingLimits
) -> SegmentAnythingModel:
    """Load the files of a model.

    Raises:
        ModelError: When they are of no kind that is known.
        BackendError: When the runtime is missing or refuses them.
    """
    if files.language is not None:
        from anylabeling.services.auto_labeling.models import sam3

        return sam3.open_networks_of(files, preferred, options=options, limits=limits)
    return open_pair(files, preferred, options=options, limits=limits)


def open_pair(
    files: PairFiles,
    preferred: str,
    *,
    options: BackendOptions,
    limits: EmbeddingLimits,
    kind: type[ModelT] = SegmentAnythingModel,  # type: ignore[assignment]
) -> ModelT:
    """Load encoder and decoder into a model of a kind; see open_model."""
    with _closing_on_error() as opened:
        (decoder,), choice = open_networks((files.decoder,), options, preferred)
        opened.append(decoder)
        encoder, choice = _open_encoder(files.encoder, options, preferred, choice)
        opened.append(encoder)
        return kind(files, (encoder, decoder), choice, limits)


def _open_encoder(
    path: Path, options: BackendOptions, preferred: str, choice: BackendChoice
) -> tuple[OnnxRuntimeNetwork | OpenVinoNetwork, BackendChoice]:
    """Load the encoder where it answers soonest: with the decoder on the GPU, else by OpenVINO, else beside it."""
    reason = _why_not_openvino(path, preferred, choice)
    if not reason:
        try:
            return OpenVinoNetwork(path, options), replace(choice, backend=OPENVINO)
        except BackendError as error:
            reason = error.user_text.rstrip(".")
    (encoder,), choice = open_networks((path,), options, preferred)
    return encoder, replace(choice, rejected=(*choice.rejected, (OPENVINO, reason)))


def _why_not_openvino(path: Path, preferred: str, choice: BackendChoice) -> str:
    if choice.device != "CPU":
        return f"{choice.device} is faster"
    if preferred not in ("auto", OPENVINO):
        return f"{preferred} was asked for"
    if path.suffix.lower() != ".onnx":
        return f"it does not run {path.suffix} files"
    return "" if runtime_info().has("openvino") else "openvino is not installed"


@contextmanager
def _closing_on_error() -> Iterator[list[OnnxRuntimeNetwork | OpenVinoNetwork]]:
    opened: list[OnnxRuntimeNetwork | OpenVinoNetwork] = []
    try:
        yield opened
    except BaseException:
        for network in opened:
            network.close()
        raise


def _wait(encoding: _Encoding, cancel: CancelToken) -> Embedding:
    """Wait for somebody else's encoding."""
    while True:
        cancel.raise_if_cancelled()
        try:
            return encoding.result.result(timeout=_LOOK_AGAIN_S)
        except FutureTimeoutError:
            if encoding.result.done():  # the encoder itself raised a timeout
                raise
