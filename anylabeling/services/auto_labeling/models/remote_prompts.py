"""Models on a server that outline what a person marks: a picture goes there once, marks after it, masks come back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ModelError
from anylabeling.messages.models import BackendChoice, ModelInfo, is_address
from anylabeling.messages.prompting import Mark, Mask
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.embeddings import Embedding, EmbeddingCache, EmbeddingLimits
from anylabeling.services.auto_labeling.model_lane import ModelLane
from anylabeling.services.auto_labeling.models.remote import chosen_model
from anylabeling.services.auto_labeling.remote_client import PictureUnknownError, RemoteServer, server_of
from anylabeling.services.auto_labeling.remote_config import RemoteSpec, find_remote, is_remote_prompt
from anylabeling.services.auto_labeling.remote_pictures import Sent, picture_to_send
from anylabeling.services.auto_labeling.remote_wire import RemoteModelInfo
from anylabeling.translation import tr
from anylabeling.utils.cancellation import Cancelled, CancelToken

_CALLS = 4


@dataclass(frozen=True, slots=True, eq=False)
class RemotePicture(Embedding):
    """A picture that a server has made ready.

    Attributes:
        token: By which the server knows it.
        sent: The picture, to be sent again when the server has forgotten it.
    """

    token: str
    sent: Sent

    @property
    def size_bytes(self) -> int:
        """Memory that it takes."""
        return len(self.sent.content)


class RemotePromptModel:
    """See ``models.segment_anything.SegmentAnythingModel`` for what the members mean. Any thread may call it."""

    def __init__(self, spec: RemoteSpec, server: RemoteServer, model: RemoteModelInfo, limits: EmbeddingLimits) -> None:
        """Use a model that the server has."""
        self._spec = spec
        self._server = server
        self._model = model
        self._cache = EmbeddingCache(f"{server.address} {model.id} {model.weights}", _in_memory(limits))
        self._lane = ModelLane(_CALLS, server.close, model.title)

    @property
    def info(self) -> ModelInfo:
        """What the window shows about the model."""
        host, notice = self._server.address.partition("://")[2], ""
        if self._server.shows_key:
            notice = tr("The key of {server} is sent without encryption.", server=host)
        return ModelInfo(
            name=self._spec.name or self._model.title,
            path=self._spec.path,
            family="remote",
            task="prompt",
            layout="",
            class_names=(),
            input_width=self._model.input_width,
            input_height=self._model.input_height,
            dynamic_batch=False,
            choice=BackendChoice("remote", host, (), notice),
            has_iou=False,
        )

    def set_embedding_limits(self, limits: EmbeddingLimits) -> None:
        """Keep more or fewer pictures from now on."""
        self._cache.set_limits(_in_memory(limits))

    def warm_up(self) -> None:
        """Do nothing: the server has said that the model is loaded."""

    def is_prepared(self, image: UInt8Array, image_path: str | None) -> bool:
        """Whether a picture was sent already."""
        return self._cache.in_memory(self._cache.key(image_path, image))

    def kept(self, paths: Iterable[str]) -> set[str]:
        """Return those pictures that were sent already."""
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
        """Send a picture, unless that was done, and let the server make it ready.

        Raises:
            ValueError: When the array is no picture.
            RemoteError: When the server does not take it.
            Cancelled: When ``cancel`` was used.
        """
        key = self._cache.key(image_path, image)
        found = self._cache.get(key)
        if found is not None:
            return found
        if background and self._lane.freed:
            raise Cancelled
        wanted = self._model.min_side_px or 1024
        sent = picture_to_send(
            image,
            pixel_format,
            full_size,
            min_side_px=wanted,
            max_side_px=self._spec.max_side_px,
            image_format=self._spec.image_format,
        )
        with self._lane.call():
            token = self._server.prepare(self._model, sent, cancel)
        made = RemotePicture({}, sent.full_size, sent.size, token, sent)
        self._cache.put(key, made)
        return made

    def decode(self, embedding: Embedding, marks: Sequence[Mark], *, cancel: CancelToken | None = None) -> Mask:
        """Return the object that the marks mean.

        Raises:
            ValueError: When there is no mark, or the picture is of another model.
            RemoteError: When the server does not answer as it should.
            Cancelled: When ``cancel`` was used.
        """
        if not marks:
            raise ValueError("a prompt needs at least one mark")
        if not isinstance(embedding, RemotePicture):
            raise ValueError("this picture was made ready by another model")  # noqa: TRY004 - its content is wrong
        with self._lane.call():
            try:
                return self._server.outline(self._model, embedding.token, marks, embedding.image_size, cancel)
            except PictureUnknownError:
                # The server was started again, or has made room for others.
                token = self._server.prepare(self._model, embedding.sent, cancel)
                return self._server.outline(self._model, token, marks, embedding.image_size, cancel)

    def hold(self) -> AbstractContextManager[None]:
        """Keep the model in use during a block."""
        return self._lane.hold()

    def close(self) -> None:
        """Let the connections go as soon as nobody holds the model."""
        self._lane.close()


def find_remote_prompt(path: Path | str) -> RemoteSpec | None:
    """Return which model an address or a config.yaml means, when it is one that outlines what is marked."""
    named = str(path)
    if not is_address(named) and Path(named).suffix.lower() not in (".yaml", ".yml"):
        return None
    return find_remote(named) if is_remote_prompt(named) else None


def open_remote_prompt(
    spec: RemoteSpec, preferred: str, *, options: BackendOptions, limits: EmbeddingLimits
) -> RemotePromptModel:
    """Ask the server for a model and use it.

    Raises:
        RemoteError: When it cannot be reached or refuses.
        ModelError: When it has no such model, or that one answers no marks.
    """
    del preferred
    server = server_of(spec)
    try:
        model = chosen_model(spec, server.models(options.cancel))
        if model.task != "prompt":
            raise ModelError(  # noqa: TRY301 - the server is closed below
                tr("{name} is no model for the AI tool.", name=model.title),
                hint=tr("Choose it with Tools > Models on a Server."),
            )
        return RemotePromptModel(spec, server, model, limits)
    except BaseException:
        server.close()
        raise


def _in_memory(limits: EmbeddingLimits) -> EmbeddingLimits:
    return replace(limits, disk_bytes=0, folder=None)
