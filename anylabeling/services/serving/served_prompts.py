"""A loaded model that outlines what is marked, for several people: pictures are made ready once and kept a while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as NotYet
from typing import Any

from anylabeling.codecs import DecodedImage, PixelFormat
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.prompting import Mark
from anylabeling.services.auto_labeling import remote_wire as wire
from anylabeling.services.auto_labeling.embeddings import Embedding
from anylabeling.services.auto_labeling.prompt_model import PromptModel
from anylabeling.services.auto_labeling.remote_prompt_wire import mask_data
from anylabeling.services.serving.served_model import ServeLimits, TooBusyError
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.hashing import hash_bytes, hash_parts
from anylabeling.utils.lru import ByteBudgetLru
from anylabeling.utils.parallel import WorkerPool

_KEPT_BYTES = 512 << 20
_DECODERS = 4


class ServedPrompts:
    """One model and the pictures that it has made ready. Any thread may call it."""

    def __init__(self, name: str, model: PromptModel, limits: ServeLimits) -> None:
        """Take over a loaded model.

        Args:
            name: By which clients choose it.
            model: Kept until ``close``.
            limits: How many may wait, and for how long.
        """
        self.name = name
        self._model = model
        self._limits = limits
        self._kept: ByteBudgetLru[str, Embedding] = ByteBudgetLru(_KEPT_BYTES)
        self._encoders = WorkerPool(1, f"encode-{name}")
        self._decoders = WorkerPool(_DECODERS, f"outline-{name}")
        self._lock = threading.Lock()
        self._waiting = 0
        self._stop = CancelToken()

    @property
    def info(self) -> ModelInfo:
        """What is known about the model."""
        return self._model.info

    @property
    def min_side_px(self) -> int:
        """The long side that a picture has to keep."""
        return max(self.info.input_width, self.info.input_height)

    def description(self) -> dict[str, Any]:
        """Return what clients are told about it."""
        info = self.info
        ours = {
            "task": "prompt",
            "family": info.family,
            "min_side_px": self.min_side_px,
            "has_iou": False,
            "input_width": info.input_width,
            "input_height": info.input_height,
            "device": info.choice.device,
        }
        return {
            "display_name": info.name,
            "batch_processing_mode": None,
            "widgets": [],
            "params": {},
            wire.OURS: ours,
        }

    def prepare(self, picture: bytes, decode: Callable[[], DecodedImage], size: tuple[int, int] | None) -> str:
        """Make a picture ready for marks, unless it is, and return by what it is known.

        Args:
            picture: The file.
            decode: Decodes it.
            size: Width and height of the whole picture; that of the file when None.

        Raises:
            TooBusyError: When too many wait, or it takes too long.
            ImageError: When it cannot be decoded.
            BackendError: When the model fails.
        """
        token = hash_parts(hash_bytes(picture), str(size))
        if self._kept.get(token) is None:
            image = decode()
            full_size = size or (image.full_width, image.full_height)

            def encode() -> Embedding:
                return self._model.embedding(
                    image.pixels, None, pixel_format=PixelFormat.RGB, full_size=full_size, cancel=self._stop
                )

            made = self._in_turn(self._encoders, encode)
            self._kept.put(token, made, made.size_bytes)
        return token

    def picture_size(self, token: str) -> tuple[int, int] | None:
        """Return width and height of a picture that is ready; None for one that is not, any more."""
        embedding = self._kept.get(token)
        return None if embedding is None else embedding.image_size

    def outline(self, token: str, marks: tuple[Mark, ...]) -> dict[str, Any] | None:
        """Return the object that marks mean; None when the picture is not there any more.

        Raises:
            TooBusyError: When too many wait, or it takes too long.
            ModelError: When the model's answer is not understood.
            BackendError: When the model fails.
        """
        embedding = self._kept.get(token)
        if embedding is None:
            return None
        mask = self._in_turn(self._decoders, lambda: self._model.decode(embedding, marks, cancel=self._stop))
        return mask_data(mask)

    def close(self) -> None:
        """Let nobody wait any more, and free the model."""
        self._stop.cancel()
        self._encoders.close()
        self._decoders.close()
        self._model.close()

    def _in_turn(self, pool: WorkerPool, work: Callable[[], Any]) -> Any:
        with self._lock:
            if self._waiting >= self._limits.most_waiting:
                raise TooBusyError(tr("Too many requests wait for the model."))
            self._waiting += 1
        future = pool.submit(work)
        future.add_done_callback(lambda _: self._done())
        try:
            return future.result(self._limits.request_s)
        except NotYet:
            future.cancel()
            raise TooBusyError(tr("The model takes too long.")) from None

    def _done(self) -> None:
        with self._lock:
            self._waiting -= 1
