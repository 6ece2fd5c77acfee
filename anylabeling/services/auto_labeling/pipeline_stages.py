"""The stages of the pipeline on threads, image by image: who decodes, how the network is fed, who finishes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from anylabeling.codecs import DecodedImage, PixelFormat, decode
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.pipeline_processes import SKIPPED, Skipped
from anylabeling.services.auto_labeling.pipeline_work import ImageWork, PipelineSettings, RunBatch
from anylabeling.services.auto_labeling.tiled_model import TiledModel
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.metrics import METRICS
from anylabeling.utils.parallel import Outcome, Stage

_AHEAD = 2
"""Images for each worker that may be done while one before them is not."""


class _Ready(NamedTuple):
    """An image between two stages: prepared, and later with the network's output."""

    path: str
    prepared: Any
    output: Any = None


class ImageStages:
    """The stages of one run.

    Attributes:
        queue_size: Images that may wait behind each stage.
    """

    def __init__(
        self, model: DetectionModel, work: ImageWork[Any], cancel: CancelToken, settings: PipelineSettings, images: int
    ) -> None:
        self._model = model = model.for_run(settings, work.floor) if isinstance(model, TiledModel) else model
        self._work = work
        self._cancel = cancel
        self._batch = RunBatch.of(model, settings, images)
        self._decoders = settings.effective_decode_threads
        self.queue_size = max(4, 2 * self._batch.most)

    def stages(self) -> list[Stage]:
        """Return the stages: decode, infer, finish."""
        most = self._batch.most
        # While one call computes and one copies, the next batch is put together.
        callers = self._model.concurrency + (most > 1)
        # Items leave a stage in order: with less room than workers, those that are quicker than one would wait for it.
        return [
            Stage("decode", self._prepare, workers=self._decoders, queue_size=max(self.queue_size, self._decoders)),
            Stage(
                "infer",
                self._infer if most > 1 else lambda item: self._infer([item])[0],
                workers=callers,
                batch_size=most,
                limit=self._size if most > 1 else None,
                queue_size=max(self.queue_size, _AHEAD * callers),
            ),
            Stage(
                "finish",
                self._finish,
                workers=self._work.threads,
                queue_size=max(self.queue_size, _AHEAD * self._work.threads),
            ),
        ]

    def items(self, paths: Sequence[str]) -> Iterable[Any]:
        """Return what goes into the first stage."""
        return paths

    def outcomes(self, outcome: Outcome[Any]) -> Iterable[Outcome[str]]:
        """Return what became of each image, from what came out of the last stage."""
        return (outcome,)

    def close(self) -> None:
        """End what was started."""

    def _prepare(self, path: str) -> _Ready | Skipped:
        if self._work.admit is not None and not self._work.admit(path):
            return SKIPPED
        return _Ready(path, prepare_file(self._model, path))

    def _infer(self, items: Sequence[_Ready | Skipped]) -> list[_Ready | Skipped]:
        ready = [item for item in items if isinstance(item, _Ready)]
        if not ready:
            return list(items)
        with self._batch.choice.timed(len(ready)):
            found = self._model.infer([item.prepared for item in ready], cancel=self._cancel, fill_to=self._size())
        METRICS.count("pipeline.images_inferred", len(ready))
        METRICS.count("pipeline.calls")
        outputs = iter(found)
        return [item._replace(output=next(outputs)) if isinstance(item, _Ready) else item for item in items]

    def _size(self) -> int:
        return self._batch.size

    def _finish(self, item: _Ready | Skipped) -> Any:
        if isinstance(item, Skipped):
            return item
        candidates = self._model.finish(item.prepared, item.output, floor=self._work.floor)
        return self._work.finish(item.path, candidates)


def prepare_file(model: DetectionModel, path: str) -> Any:
    """Make an image ready for a model's network.

    Raises:
        ImageError: When it cannot be read.
    """
    if isinstance(model, TiledModel):
        return model.prepare_file(path)
    image = decode_for(model, path)
    return model.prepare(image.pixels, pixel_format=PixelFormat.RGB, full_size=(image.full_width, image.full_height))


def decode_for(model: DetectionModel, path: str) -> DecodedImage:
    """Decode an image no larger than the model can make use of.

    Raises:
        ImageError: When it cannot be read.
    """
    return decode(path, pixel_format=PixelFormat.RGB, min_side_px=model.min_side_px)
