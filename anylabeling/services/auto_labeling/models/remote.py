"""Models that run on a server: pictures go there, and what comes back is chosen from as with any other model."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.shape import Shape
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import DetectOptions, SuggestedOptions
from anylabeling.messages.models import UNKNOWN_WEIGHTS, BackendChoice, ModelInfo
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.detection_model import BytesNetwork, nothing_typed
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates, Detections, floor_for
from anylabeling.services.auto_labeling.model_files import clean_name
from anylabeling.services.auto_labeling.model_lane import ModelLane
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.remote_client import RemoteError, RemoteServer, server_of
from anylabeling.services.auto_labeling.remote_config import RemoteSpec
from anylabeling.services.auto_labeling.remote_pictures import Sent, picture_to_send
from anylabeling.services.auto_labeling.remote_wire import Answer, RemoteModelInfo, WireError, candidates_in
from anylabeling.services.auto_labeling.shape_candidates import NameTable
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.typed_names import typed_names

_ALL_OF_IT = 1 << 16

_TASKS_IN_TILES = frozenset({"detect", "segment", "pose", "obb"})


class RemoteModel:
    """A model on a server. Any thread may call it; see ``models.yolo.YoloModel`` for what the members mean."""

    spec: ModelSpec | None = None
    bytes_network: BytesNetwork | None = None
    one_shape = False
    keeps_pictures = True  # so that it is told what cancels

    def __init__(self, spec: RemoteSpec, server: RemoteServer, model: RemoteModelInfo) -> None:
        """Use a model that the server has."""
        self._spec = spec
        self._server = server
        self._model = model
        self._own_words = typed_names(str(spec.params.get("text_prompt") or "")) if model.takes_text else ()
        self._words = self._own_words
        self._names = self._name_table()
        self.concurrency = spec.requests
        self._lane = ModelLane(self.concurrency, server.close, model.title)

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        model, host = self._model, self._server.address.partition("://")[2]
        notice = ""
        if self._server.shows_key:
            notice = tr("The key of {server} is sent without encryption.", server=host)
        return ModelInfo(
            name=self._spec.name or model.title,
            path=self._spec.path,
            family="remote",
            task=model.task,
            layout="",
            class_names=self.class_names,
            input_width=model.input_width,
            input_height=model.input_height,
            dynamic_batch=False,
            choice=BackendChoice("remote", host, (), notice),
            has_iou=model.has_iou,
            weights=self._identity(),
            is_agnostic=model.is_agnostic,
            can_tile=self._can_tile,
            takes_text=model.takes_text,
        )

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes that are known by now: those that the server tells, else those that it has found."""
        return self._names.names

    @property
    def _can_tile(self) -> bool:
        """Whether what it finds in parts can be put together, and how large a part would be."""
        model = self._model
        return (
            model.task in _TASKS_IN_TILES and not self._names.is_open and min(model.input_width, model.input_height) > 0
        )

    def with_classes(self, names: tuple[str, ...]) -> RemoteModel:
        """Return a model that looks for these names on the same server; without any, for what its config says."""
        other = copy.copy(self)
        other._words = tuple(dict.fromkeys(filter(None, map(clean_name, names)))) or self._own_words
        other._names = other._name_table()
        return other

    @property
    def suggested(self) -> SuggestedOptions:
        """What the config suggests, else the server."""
        own, theirs = self._spec.suggested, self._model.suggested
        return replace(
            own,
            confidence=theirs.confidence if own.confidence is None else own.confidence,
            iou=theirs.iou if own.iou is None else own.iou,
        )

    @property
    def default_options(self) -> DetectOptions:
        """What counts unless a person wants something else."""
        return self.suggested.over(DetectOptions())

    @property
    def min_side_px(self) -> int:
        """The long side that the server makes use of."""
        return self._spec.max_side_px or self._model.min_side_px or _ALL_OF_IT

    def batch_for(self, wanted: int) -> int:
        """Return one: the server makes batches of what comes at the same time."""
        del wanted
        return 1

    def warm_up(self, batch: int = 1) -> None:
        """Send a small grey picture, to find out whether the server does what it promises.

        Raises:
            RemoteError: When it does not.
        """
        del batch
        if self._asks_for_words:
            return
        prepared = self.prepare(np.full((64, 64, 3), 114, np.uint8))
        self.finish(prepared, self.infer([prepared])[0])

    def predict_shapes(
        self,
        image: UInt8Array,
        image_path: str | None = None,
        *,
        options: DetectOptions | None = None,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> list[Shape]:
        """Return the objects in a picture.

        Raises:
            ValueError: When the array is no picture.
            RemoteError: When the server does not give them.
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
        """Return the objects in each picture; see predict_shapes."""
        del image_paths
        return [each.to_shapes(self.class_names) for each in self._detect(images, options, pixel_format)]

    def predict_flags(
        self,
        image: UInt8Array,
        image_path: str | None = None,
        *,
        options: DetectOptions | None = None,
        pixel_format: PixelFormat = PixelFormat.RGB,
    ) -> dict[str, bool]:
        """Return the marks that a classifier gives to a picture."""
        del image_path
        return self._detect([image], options, pixel_format)[0].flags(self.class_names)

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
        """Return every object with a score above ``floor``; nobody waits for the server after ``cancel``."""
        del image_path
        prepared = self.prepare(image, pixel_format=pixel_format, full_size=full_size)
        return self.finish(prepared, self.infer([prepared], cancel=cancel)[0], floor=floor)

    def prepare(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> Sent:
        """Write a picture as a file, no larger than the server can make use of."""
        return picture_to_send(
            image,
            pixel_format,
            full_size,
            min_side_px=self.min_side_px,
            max_side_px=self._spec.max_side_px,
            image_format=self._spec.image_format,
        )

    def infer(self, prepared: Sequence[Sent], *, cancel: CancelToken | None = None, fill_to: int = 1) -> list[Answer]:
        """Send pictures and wait for what the server says, one after the other.

        Raises:
            RemoteError: When it cannot be reached, refuses, or has another model by now.
            Cancelled: When ``cancel`` was used.
        """
        del fill_to
        if self._asks_for_words:
            raise nothing_typed(self.info.name)
        return [self._asked(one, cancel) for one in prepared]

    def finish(self, prepared: Sent, output: Answer, *, floor: float = CANDIDATE_FLOOR) -> Candidates:
        """Read what the server said.

        Raises:
            RemoteError: When it makes no sense for this picture.
        """
        ours = self._model.is_ours  # which answers in pixels of the whole picture
        scale = (1.0, 1.0) if ours else (
            prepared.full_size[0] / prepared.size[0], prepared.full_size[1] / prepared.size[1]
        )  # fmt: skip
        try:
            found = candidates_in(
                output,
                self._names,
                prepared.full_size,
                scale,
                floor=max(floor, CANDIDATE_FLOOR),
                has_iou=self._model.has_iou,
            )
        except WireError as error:
            raise RemoteError(
                tr(
                    "{server} answered with something that makes no sense: {reason}.",
                    server=self._server.address,
                    reason=error,
                ),
                hint=tr("Nothing of its answer was used."),
            ) from error
        return found

    def hold(self) -> contextlib.AbstractContextManager[None]:
        """Keep the model in use during a block."""
        return self._lane.hold()

    def close(self) -> None:
        """Let the connections go as soon as nobody holds the model."""
        self._lane.close()

    def _asked(self, one: Sent, cancel: CancelToken | None) -> Answer:
        with self._lane.call():
            answer = self._server.predict(
                self._model, one.content, one.kind, one.full_size, self._spec.params, cancel, typed=self._words
            )
        if self._model.weights and answer.weights != self._model.weights:
            raise RemoteError(
                tr("{server} has another model under this name by now.", server=self._server.address),
                hint=tr("Load it again."),
            )
        return answer

    def _detect(
        self, images: Sequence[UInt8Array], options: DetectOptions | None, pixel_format: PixelFormat
    ) -> list[Detections]:
        chosen = options or self.default_options
        return [
            self.candidates(image, pixel_format=pixel_format, floor=floor_for(chosen)).select(chosen, self.class_names)
            for image in images
        ]

    @property
    def _asks_for_words(self) -> bool:
        return self._model.takes_text and not self._words and not self._model.classes

    def _name_table(self) -> NameTable:
        """Return the classes that it may find; a server of another program may find others than what was typed."""
        known = self._words or self._model.classes or self._spec.classes
        return NameTable(known, is_open=not known or (bool(self._words) and not self._model.is_ours))

    def _identity(self) -> str:
        """Return what tells the results of this model from others: what the server says, and how pictures go there."""
        if not self._model.weights or self._names.is_open:
            return UNKNOWN_WEIGHTS
        parts = (self._server.address, self._model.id, self._model.weights, self._spec.image_format,
                 str(self._spec.max_side_px), ",".join(self._names.names))  # fmt: skip
        return "remote " + " ".join(parts)


def open_remote(spec: RemoteSpec, options: BackendOptions) -> RemoteModel:
    """Ask the server for a model and use it.

    Raises:
        RemoteError: When it cannot be reached, refuses, or has no such model.
        Cancelled: When ``options.cancel`` asks for it.
    """
    server = server_of(spec)
    try:
        model = chosen_model(spec, server.models(options.cancel))
        if model.task == "prompt":
            raise ModelError(  # noqa: TRY301 - the server is closed below
                tr("{name} outlines what a person marks.", name=model.title),
                hint=tr("Load it in the window and choose the AI tool."),
            )
        return RemoteModel(spec, server, model)
    except BaseException:
        server.close()
        raise


def chosen_model(spec: RemoteSpec, models: Sequence[RemoteModelInfo]) -> RemoteModelInfo:
    """Return the model that a spec names; without a name the only one that there is.

    Raises:
        ModelError: When there is none, or it is not clear which.
    """
    for model in models:
        if model.id == spec.model:
            return model
    if not spec.model and len(models) == 1:
        return models[0]
    names = ", ".join(model.id for model in models[:20])
    hint = tr("It has {names}.", names=names) if names else tr("It has none at all.")
    if not spec.model:
        raise ModelError(tr("{server} has several models: name one.", server=spec.server), hint=hint)
    raise ModelError(tr("{server} has no model {name}.", server=spec.server, name=spec.model[:80]), hint=hint)
