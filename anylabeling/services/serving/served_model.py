"""A loaded model that answers several people at once: what waits at the same time goes through the network together."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field, replace
from typing import Any, cast

from anylabeling.codecs import DecodedImage, PixelFormat
from anylabeling.errors import AppError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.models import UNKNOWN_WEIGHTS, ModelInfo
from anylabeling.services.auto_labeling import remote_wire as wire
from anylabeling.services.auto_labeling.detection_model import DetectionModel, WordedModel
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.hashing import hash_bytes
from anylabeling.utils.parallel import WorkerPool

_MOST_WORDINGS = 16
"""For so many lists of typed names a model is kept; the networks are the same."""
_MOST_LOOSE = 1000
"""The most objects whose outlines are made before the client has chosen among them."""


class TooBusyError(AppError):
    """More requests wait than are let in, or one has waited for too long."""


@dataclass(frozen=True, slots=True)
class ServeLimits:
    """What a server takes.

    Attributes:
        request_s: Seconds that a request may wait for the model.
        most_waiting: Requests that may wait for a model.
        max_bytes: The largest request.
        max_pixels: The largest picture.
    """

    request_s: float = 60.0
    most_waiting: int = 64
    max_bytes: int = 64 << 20
    max_pixels: int = 200_000_000


@dataclass(slots=True)
class _Waiting:
    model: DetectionModel
    prepared: Any
    until: float
    output: Future[Any] = field(default_factory=Future)


class ServedModel:
    """One model and its lane. Any thread may call it."""

    def __init__(self, name: str, model: DetectionModel, limits: ServeLimits, *, batch: int = 16) -> None:
        """Take over a loaded model.

        Args:
            name: By which clients choose it.
            model: Kept until ``close``.
            limits: How many may wait, and for how long.
            batch: The most pictures in one call, where the model gains by it.
        """
        self.name = name
        self._model = model
        self._limits = limits
        self._batch = model.batch_for(batch)
        self._queue: queue.Queue[_Waiting] = queue.Queue(limits.most_waiting)
        self._pool = WorkerPool(model.concurrency, f"serve-{name}")
        self._lock = threading.Lock()
        self._wordings: dict[tuple[str, ...], DetectionModel] = {}
        self._next: _Waiting | None = None
        self._runs = 0
        self.calls = 0
        self.pictures = 0
        self.stop = CancelToken()

    @property
    def info(self) -> ModelInfo:
        """What is known about the model."""
        return self._model.info

    @property
    def min_side_px(self) -> int:
        """The long side that a picture has to keep."""
        return self._model.min_side_px

    @property
    def weights(self) -> str:
        """What tells its results from those of others; empty where nobody can."""
        info = self.info
        if not info.weights or info.weights == UNKNOWN_WEIGHTS:
            return ""
        facts = (info.weights, info.task, info.layout, info.input_width, info.input_height, info.choice.backend)
        return hash_bytes(":".join(map(str, facts)).encode())

    def description(self) -> dict[str, Any]:
        """Return what clients are told about it."""
        info, options = self.info, self._model.default_options
        asks = ["edit_text", "button_send"] if info.takes_text else ["button_run"]
        widgets: list[dict[str, Any]] = [{"name": name, "value": None} for name in asks]
        widgets.append({"name": "edit_conf", "value": options.confidence})
        if info.has_iou:
            widgets.append({"name": "edit_iou", "value": options.iou})
        widgets.append({"name": "toggle_preserve_existing_annotations", "value": False})
        ours = {
            "task": info.task,
            "family": info.family,
            "classes": list(info.class_names),
            "weights": self.weights,
            "min_side_px": self.min_side_px,
            "has_iou": info.has_iou,
            "is_agnostic": info.is_agnostic,
            "input_width": info.input_width,
            "input_height": info.input_height,
            "device": info.choice.device,
            "confidence": self._model.suggested.confidence,
            "iou": self._model.suggested.iou,
            "takes_text": info.takes_text,
        }
        return {
            "display_name": info.name,
            "batch_processing_mode": "text_prompt" if info.takes_text else "default",
            "widgets": widgets,
            "params": {},
            "classes": list(info.class_names),
            wire.OURS: ours,
        }

    def options(self, **changes: Any) -> DetectOptions:
        """Return the model's own options with some of them changed; None changes nothing."""
        return replace(
            self._model.default_options, **{key: value for key, value in changes.items() if value is not None}
        )

    def candidates(
        self, image: DecodedImage, full_size: tuple[int, int], floor: float, typed: tuple[str, ...] = ()
    ) -> Candidates:
        """Return what the model sees in a picture, from a score up; waits for its turn.

        Args:
            image: The picture.
            full_size: Width and height of what it is a smaller version of.
            floor: The least score.
            typed: What is looked for, of a model that finds what is typed.

        Raises:
            TooBusyError: When too many wait, or it takes too long.
            BackendError: When the model fails.
        """
        model = self._looking_for(typed)
        waiting = _Waiting(
            model,
            model.prepare(image.pixels, pixel_format=PixelFormat.RGB, full_size=full_size),
            time.monotonic() + self._limits.request_s,
        )
        try:
            self._queue.put_nowait(waiting)
        except queue.Full:
            raise TooBusyError(tr("Too many requests wait for the model.")) from None
        self._run_soon()
        try:
            output = waiting.output.result(self._limits.request_s)
        except NotYet:
            waiting.output.cancel()
            raise TooBusyError(tr("The model takes too long.")) from None
        return model.finish(waiting.prepared, output, floor=floor)

    def all_candidates(self, found: Candidates, typed: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return everything that was found, for a client that chooses by itself."""
        details = found.details
        if details is not None and not details.gives_flags:
            names = typed or self.info.class_names
            loose = DetectOptions(found.floor, wire.LOOSE_IOU, max_detections=_MOST_LOOSE)
            return wire.candidate_data(found, found.select(loose, names).to_shapes(names))
        data = wire.candidate_data(found, None)
        return {**data, "gives_flags": True} if details is not None else data

    def objects(self, found: Candidates, options: DetectOptions, typed: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return the objects that count."""
        names = typed or self.info.class_names
        chosen = found.select(options, names)
        return {
            "shapes": wire.shape_rows(chosen.to_shapes(names)),
            "flags": dict(chosen.flags(names)),
            "description": "",
        }

    def close(self) -> None:
        """Let nobody wait any more, and free the model."""
        self.stop.cancel()
        with self._lock:
            held, self._next = self._next, None
        if held is not None:
            held.output.cancel()
        with contextlib.suppress(queue.Empty):
            while True:
                self._queue.get_nowait().output.cancel()
        self._pool.close()
        self._model.close()

    def _looking_for(self, typed: tuple[str, ...]) -> DetectionModel:
        """Return the model, or one of the same networks that looks for what was typed."""
        if not typed:
            return self._model
        with self._lock:
            found = self._wordings.pop(typed, None)
            if found is None:
                found = cast("WordedModel", self._model).with_classes(typed)
            self._wordings[typed] = found
            while len(self._wordings) > _MOST_WORDINGS:
                self._wordings.pop(next(iter(self._wordings)))
            return found

    def _run_soon(self) -> None:
        """See that somebody takes what waits: as many at once as the model lets run."""
        with self._lock:
            if self._runs < self._model.concurrency:
                self._runs += 1
                self._pool.submit(self._run)

    def _run(self) -> None:
        while True:
            batch = self._next_batch()
            if batch is None:
                return
            try:
                outputs = self._infer(batch)
            except Exception as error:  # noqa: BLE001 - belongs to those who wait
                outputs = [error] * len(batch)
            for one, output in zip(batch, outputs, strict=True):
                if one.output.cancelled():
                    continue
                if isinstance(output, Exception):
                    one.output.set_exception(output)
                else:
                    one.output.set_result(output)

    def _next_batch(self) -> list[_Waiting] | None:
        """Return what waits now and is asked of the same model, as much as goes into one call; None when nothing is."""
        batch: list[_Waiting] = []
        with self._lock:
            while len(batch) < self._batch:
                one, self._next = self._next, None
                if one is None:
                    try:
                        one = self._queue.get_nowait()
                    except queue.Empty:
                        break
                if batch and one.model is not batch[0].model:
                    self._next = one
                    break
                # Nobody waits any more for what has waited for too long.
                if one.until > time.monotonic() and one.output.set_running_or_notify_cancel():
                    batch.append(one)
            if not batch:
                self._runs -= 1
                return None
        return batch

    def _infer(self, batch: Sequence[_Waiting]) -> list[Any]:
        self.calls += 1
        self.pictures += len(batch)
        try:
            return batch[0].model.infer([one.prepared for one in batch], cancel=self.stop)
        except AppError:
            if len(batch) == 1:
                raise
        # One of them may be to blame, and the others are not to suffer for it.
        return [self._alone(one) for one in batch]

    def _alone(self, one: _Waiting) -> Any:
        try:
            return one.model.infer([one.prepared], cancel=self.stop)[0]
        except AppError as error:
            return error
