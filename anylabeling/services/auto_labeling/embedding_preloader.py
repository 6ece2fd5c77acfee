"""Make the embeddings of the pictures that are likely wanted next."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from anylabeling.codecs import DecodedImage, PixelFormat
from anylabeling.errors import AppError
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.events import Event
from anylabeling.utils.parallel import WorkerPool

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.prompt_model import PromptModel

_logger = logging.getLogger(__name__)


class EmbeddingPreloader:
    """Encode the pictures after the current one in the background, nearest first. Any thread may call it.

    Attributes:
        prepared: Emitted with the path of a picture whose embedding is there now, on the worker thread.
        focus_done: Emitted on the worker thread when nothing is left to do for the latest focus.
    """

    def __init__(self, load: Callable[[str], DecodedImage]) -> None:
        """Make a preloader.

        Args:
            load: Returns a picture in BGRA, such as ``ImageCache.load`` without counting.
        """
        self.prepared: Event[[str]] = Event()
        self.focus_done: Event[[]] = Event()
        self._load = load
        self._pool = WorkerPool(1, "embeddings")
        self._lock = threading.Lock()
        self._token = CancelToken()
        self._running: tuple[str, CancelToken] | None = None
        self._stopped = False

    def focus(self, model: PromptModel | None, paths: Sequence[str], index: int, count: int) -> None:
        """Make the embeddings of the ``count`` pictures after ``paths[index]``; what was wanted before is dropped.

        A picture that is being encoded goes on when it is still among them, and is given up otherwise. Returns at once.
        """
        near = [] if model is None or index < 0 else [os.fspath(path) for path in paths[index + 1 : index + 1 + count]]
        with self._lock:
            self._token.cancel()
            self._token = token = CancelToken()
            if self._running is not None and self._running[0] not in near:
                self._running[1].cancel()
            if self._stopped or model is None or not near:
                return
            self._pool.submit(self._work, model, near, token)

    def cancel(self) -> None:
        """Want nothing any more."""
        self.focus(None, (), -1, 0)

    def stop(self) -> None:
        """Want nothing any more and end the thread."""
        with self._lock:
            self._stopped = True
        self.cancel()
        self._pool.close()

    def _work(self, model: PromptModel, near: Sequence[str], focus: CancelToken) -> None:
        for path in near:
            while not focus.cancelled and not self._prepare(model, path, focus):
                focus.wait(0.01)
        if not focus.cancelled:
            self.focus_done.emit()

    def _prepare(self, model: PromptModel, path: str, focus: CancelToken) -> bool:
        """Return whether a picture is done with; not when it had to give way to one that somebody waits for."""
        own = CancelToken()
        with self._lock:
            if focus.cancelled:
                return True
            self._running = path, own
        try:
            picture = self._load(path)
            size = picture.full_width, picture.full_height
            model.embedding(
                picture.pixels, path, pixel_format=PixelFormat.BGRA, full_size=size, cancel=own, background=True
            )
        except Cancelled:
            return own.cancelled
        except AppError as error:
            _logger.debug("No embedding ahead of time: %s", error)  # whoever steps there is told
        except Exception:
            _logger.exception("Making the embedding of %s failed", path)
        else:
            self.prepared.emit(path)
        finally:
            with self._lock:
                self._running = None
        return True
