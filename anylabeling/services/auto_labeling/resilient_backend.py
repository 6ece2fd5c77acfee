"""Keep a model running when its backend fails: a smaller batch when memory runs out, else another backend, once."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from anylabeling.errors import BackendError
from anylabeling.messages.models import AUTO, BackendChoice
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendMemoryError, BackendOptions
from anylabeling.services.auto_labeling.backend_registry import choose
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.events import Event

_logger = logging.getLogger(__name__)

FallBack = Callable[[Mapping[str, str]], tuple[Backend, BackendChoice]]
"""From the backends that failed, each with the reason, to the next one."""


class _Slot:
    """A backend, how many calls are in it, and the largest batch that it has memory for."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.permits = threading.BoundedSemaphore(backend.concurrency)
        self.most: int | None = None
        self.running = 0
        self.retired = False


class ResilientBackend(Backend):
    """Stand in front of the backend that was chosen.

    A call that runs out of memory is repeated in halves, and so are later ones. A call that fails otherwise is repeated
    on the next backend, which stays if it does better; that happens once in the life of a model, so that a file which
    no runtime can execute does not load one runtime after the other.

    Attributes:
        choice: The backend in use, why not the others, and a notice about what went wrong.
        choice_changed: Emitted with the new choice, on the thread whose call failed.
    """

    def __init__(self, spec: ModelSpec, backend: Backend, choice: BackendChoice, fall_back: FallBack) -> None:
        """Take over a backend.

        Args:
            spec: The model.
            backend: Loaded; closed by this object.
            choice: How it was chosen.
            fall_back: Loads the next one.
        """
        self.choice_changed: Event[[BackendChoice]] = Event()
        self._spec = spec
        self._fall_back = fall_back
        self._lock = threading.Lock()
        self._falling_back = threading.Lock()
        self._slot = _Slot(backend)
        self._may_fall_back = True
        self._closed = False
        self._take_over(backend, choice)
        self.concurrency = backend.concurrency

    @classmethod
    def open(cls, spec: ModelSpec, preferred: str = AUTO, *, options: BackendOptions | None = None) -> ResilientBackend:
        """Choose a backend for a model and load it; see ``backend_registry.choose``."""
        backend, choice = choose(spec, preferred, options=options)

        def fall_back(failed: Mapping[str, str]) -> tuple[Backend, BackendChoice]:
            # A person may be waiting for this one result: no engine is built now.
            usual = options or BackendOptions()
            quick = replace(usual, on_progress=None, cancel=None, tensorrt=replace(usual.tensorrt, enabled=False))
            return choose(spec, AUTO, options=quick, failed=failed)

        return cls(spec, backend, choice, fall_back)

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        """Say that there is nothing to look for: this is no runtime."""
        return Availability(False, f"it only stands in front of what runs {spec.path.name}")

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Run the network once; see Backend."""
        with self._entered() as slot:
            try:
                return self._infer_in(slot, blob, cancel)
            except BackendError as error:
                if self._closed:
                    raise
                problem = error
        return self._infer_elsewhere(slot, problem, blob, cancel)

    def set_words(self, words: tuple[str, ...]) -> None:
        """Let the calls that follow look for what was typed; see Backend."""
        with self._entered() as slot:
            slot.backend.set_words(words)

    def learn(self, picture: NDArray[np.float32], rectangles: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """Return the features of classes that are shown by examples; see Backend."""
        with self._entered() as slot:
            return slot.backend.learn(picture, rectangles)

    def set_features(self, features: NDArray[np.float32]) -> None:
        """Let the calls that follow look for classes with these features; see Backend."""
        with self._entered() as slot:
            slot.backend.set_features(features)

    def empty(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """Return an array in the memory that the backend in use reads fastest."""
        return self._slot.backend.empty(shape, dtype)

    def close(self) -> None:
        """Free the model."""
        self._closed = True
        self._retire(self._slot)

    def _infer_in(self, slot: _Slot, blob: NDArray[Any], cancel: CancelToken | None) -> list[NDArray[np.generic]]:
        fitting = self._fitted(slot.backend, blob)
        most = slot.most
        if most is not None and len(fitting) > most and self._spec.batch is None:
            parts = [fitting[start : start + most] for start in range(0, len(fitting), most)]
            results = [self._infer_in(slot, part, cancel) for part in parts]
            return [np.concatenate(outputs) for outputs in zip(*results, strict=True)]
        try:
            with slot.permits:
                return slot.backend.infer(fitting, cancel=cancel)
        except BackendMemoryError as error:
            if len(fitting) < 2 or self._spec.batch is not None:
                raise
            half = len(fitting) // 2
            text = tr(
                "There is not enough memory for {count} images in one call; it goes on with {half}.",
                count=len(fitting),
                half=half,
            )
            _logger.warning("%s: %s %s", slot.backend.name, text, error.details)
            slot.most = min(half, slot.most or half)
            self.preferred_batch = min(self.preferred_batch, slot.most)
            if self.choice is not None:
                self._announce(replace(self.choice, notice=text))
        return self._infer_in(slot, fitting, cancel)

    def _infer_elsewhere(
        self, slot: _Slot, problem: BackendError, blob: NDArray[Any], cancel: CancelToken | None
    ) -> list[NDArray[np.generic]]:
        with self._falling_back:
            if self._slot is slot:
                if not self._may_fall_back or self._closed:
                    raise problem
                self._may_fall_back = False
                return self._exchange(slot, problem, blob, cancel)
        # Another thread has exchanged the backend in the meantime.
        with self._entered() as current:
            return self._infer_in(current, blob, cancel)

    def _exchange(
        self, slot: _Slot, problem: BackendError, blob: NDArray[Any], cancel: CancelToken | None
    ) -> list[NDArray[np.generic]]:
        name = slot.backend.name
        reason = tr("it failed while running: {problem}", problem=problem.user_text.rstrip("."))
        try:
            backend, choice = self._fall_back({name: reason})
        except BackendError as error:
            raise problem from error
        candidate = _Slot(backend)
        try:
            outputs = self._infer_in(candidate, blob, cancel)
        except BaseException as error:
            backend.close()
            # Two runtimes that fail on one input: the input or the file is at fault, and the first one is the better.
            raise problem if isinstance(error, BackendError) else error from error
        _logger.warning("%s failed, %s takes over: %s %s", name, backend.name, problem, problem.details)
        with self._lock:
            self._slot = candidate
        notice = tr(
            "The backend {name} failed while running, so the model goes on with {other}.",
            name=name,
            other=backend.name,
        )
        self._take_over(backend, choice)
        self._retire(slot)
        self._announce(replace(choice, notice=f"{notice} {choice.notice}".strip()))
        return outputs

    def _take_over(self, backend: Backend, choice: BackendChoice) -> None:
        self.name, self.device = backend.name, backend.device
        self.preferred_batch = backend.preferred_batch
        self.takes_bytes = backend.takes_bytes
        self.on_gpu = backend.on_gpu
        self.one_shape = backend.one_shape
        self.choice = choice

    def _announce(self, choice: BackendChoice) -> None:
        self.choice = choice
        self.choice_changed.emit(choice)

    def _fitted(self, backend: Backend, blob: NDArray[Any]) -> NDArray[Any]:
        """Return the input in the form that this backend takes; it may have been made for another one."""
        if backend.takes_bytes == (blob.dtype == np.uint8):
            return blob
        scale = np.float32(self._spec.pixel_scale or 1.0)
        if backend.takes_bytes:
            in_bytes: NDArray[Any] = np.rint(blob.transpose(0, 2, 3, 1) / scale).astype(np.uint8)
            return in_bytes
        planes: NDArray[Any] = np.ascontiguousarray(blob.transpose(0, 3, 1, 2)).astype(self._spec.input_dtype)
        planes *= planes.dtype.type(scale)
        return planes

    @contextlib.contextmanager
    def _entered(self) -> Iterator[_Slot]:
        with self._lock:
            slot = self._slot
            slot.running += 1
        try:
            yield slot
        finally:
            with self._lock:
                slot.running -= 1
                idle = slot.retired and not slot.running
            if idle:
                slot.backend.close()

    def _retire(self, slot: _Slot) -> None:
        with self._lock:
            slot.retired = True
            idle = not slot.running
        if idle:
            slot.backend.close()
