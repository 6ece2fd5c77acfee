"""The stages of the pipeline with other processes, a block of images at a time, for a GPU that would wait for Python.

What Python does for each image here is a few microseconds: a block's paths go to a process that decodes into the memory
from which the GPU copies, and the boxes that the network has found go to a process that writes. This process only feeds
the GPU.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from anylabeling.codecs.types import UInt8Array
from anylabeling.errors import AppError
from anylabeling.services.auto_labeling.detection_model import BytesNetwork, DetectionModel
from anylabeling.services.auto_labeling.picture_slots import PictureSlots
from anylabeling.services.auto_labeling.pipeline_processes import (
    SKIPPED,
    call_each,
    finishing_pool,
    prepare_picture,
    preparing_pool,
)
from anylabeling.services.auto_labeling.pipeline_work import ImageWork, PipelineSettings, RunBatch
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.metrics import METRICS
from anylabeling.utils.parallel import Outcome, Stage
from anylabeling.utils.processes import processes_available
from anylabeling.utils.processors import available_cpus

_logger = logging.getLogger(__name__)

_FEWEST_IMAGES = 400
"""With fewer images the processes would have begun when the run is over."""
_FEWEST_CORES = 4
_FEWEST_IN_BLOCK = 8
"""What a block costs this process is paid for each of them."""
_MOST_IN_BLOCK = 256
"""Images that a block has when most of them are not wanted."""
_ASKED_AT_ONCE = 128
_SHARE_OF_WRITERS = 0.2
"""More of them stand in each other's way: a file system's journal takes one at a time."""
_WAITING_BLOCKS = 4
_WAITING_RESULTS = 32
"""Blocks without their pictures, which are small: the GPU goes on while the disk takes a moment for one of them."""
_PENDING = object()


@dataclass(slots=True, eq=False)
class _Block:
    """Some images one after the other.

    Attributes:
        first: Number of the first one in the run.
        paths: All of them.
        wanted: Which of them are to be looked at, as places in ``paths``.
        results: For each of ``paths`` its result, SKIPPED, an exception, or _PENDING.
        slot: Where their pictures are.
        rows: For each picture in the slot that the network is to see: its place in ``paths`` and in the slot.
        boxes: Where each of those lies in its input.
        outputs: What the network said about each of those.
    """

    first: int
    paths: list[str]
    wanted: list[int]
    results: list[Any]
    slot: int | None = None
    rows: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    outputs: list[Any] = field(default_factory=list)


class BlockStages:
    """The stages of one run, and the processes and the memory that they need; closed at its end.

    Attributes:
        queue_size: Blocks that may wait behind each stage.
    """

    queue_size = _WAITING_BLOCKS

    def __init__(  # noqa: PLR0913 - those of a run, its model's steps and the number of processes
        self,
        model: DetectionModel,
        network: BytesNetwork,
        work: ImageWork[Any],
        cancel: CancelToken,
        settings: PipelineSettings,
        images: int,
        processes: int,
    ) -> None:
        """Start processes.

        Raises:
            OSError: When there is no memory to share with them, or none can be started.
        """
        self._run = network.run
        self._steps = steps = network.steps
        self._work = work
        self._cancel = cancel
        self._batch = RunBatch.of(model, settings, images)
        self._block = self._batch.most * -(-_FEWEST_IN_BLOCK // self._batch.most)
        remote = work.remote
        writers = max(1, round(processes * _SHARE_OF_WRITERS)) if remote is not None and steps.has_small_outputs else 0
        self._decoders = max(1, processes - writers)
        self._finishers = writers or work.threads
        # While one call computes and one copies, the outputs of the one before are sent on.
        self._callers = model.concurrency + 1
        # Being filled, waiting, being looked at.
        slots = self._decoders + self.queue_size + self._callers
        self._slots = PictureSlots(slots, self._block, steps.bytes_shape)
        try:
            self._preparing = preparing_pool(steps, self._slots, remote.admit if remote else None, self._decoders)
        except OSError:
            self._slots.close()
            raise
        # A copy of the same process as those above, which is there by now.
        self._finishing = finishing_pool(steps, remote.finish, work.floor, writers) if writers and remote else None
        self._preparing.start()
        if self._finishing is not None:
            self._finishing.start()
        # What decodes may be ended at once; what writes may not.
        self._withdraw = cancel.on_cancel(self._preparing.kill)
        _logger.info("processes: %d decode, %d finish", self._decoders, writers)

    def stages(self) -> list[Stage]:
        """Return the stages: decode, infer, finish."""
        # What comes from another process holds no pictures and no outputs of a network.
        waiting = _WAITING_RESULTS if self._finishing is not None else None
        # One block at a time, also when the one before was quick: somebody else is free for the next.
        return [
            Stage("decode", self._prepare, workers=self._decoders, limit=_one),
            Stage("infer", self._infer, workers=self._callers, limit=_one, queue_size=waiting),
            Stage("finish", self._finish, workers=self._finishers, limit=_one, queue_size=waiting),
        ]

    def items(self, paths: Sequence[str]) -> Iterator[_Block]:
        """Yield what goes into the first stage: blocks with as many wanted images as the network takes at once."""
        if self._work.admit is None:
            for first in range(0, len(paths), self._block):
                some = list(paths[first : first + self._block])
                yield _Block(first, some, list(range(len(some))), [_PENDING] * len(some))
            return
        block = _Block(0, [], [], [])
        for start in range(0, len(paths), _ASKED_AT_ONCE):
            some = list(paths[start : start + _ASKED_AT_ONCE])
            for path, answer in zip(some, self._admitted(some), strict=True):
                if len(block.wanted) == self._block or len(block.paths) == _MOST_IN_BLOCK:
                    yield block
                    block = _Block(block.first + len(block.paths), [], [], [])
                if answer is True:
                    block.wanted.append(len(block.paths))
                block.paths.append(path)
                block.results.append(_PENDING if answer is True else answer or SKIPPED)
        if block.paths:
            yield block

    def outcomes(self, outcome: Outcome[Any]) -> Iterable[Outcome[str]]:
        """Return what became of each image, from what came out of the last stage."""
        block: _Block = outcome.item
        for place, (path, result) in enumerate(zip(block.paths, block.results, strict=True)):
            index = block.first + place
            if isinstance(result, Exception):
                yield Outcome(index, path, None, result, "decode" if isinstance(result, AppError) else outcome.stage)
            elif result is _PENDING:
                yield Outcome(index, path, None, outcome.error or RuntimeError("nothing came back"), outcome.stage)
            else:
                yield Outcome(index, path, result)

    def close(self) -> None:
        """End the processes; the stages have ended before."""
        self._withdraw()
        for pool in (self._preparing, self._finishing):
            if pool is not None:
                pool.close()
        self._slots.close()

    def _admitted(self, paths: Sequence[str]) -> list[Any]:
        """Return for each image whether it is wanted, or what went wrong when that was asked."""
        answers = self._preparing.ask((None, paths))
        if answers is not None:
            return list(answers)
        self._cancel.raise_if_cancelled()
        assert self._work.admit is not None
        return call_each(self._work.admit, paths)

    def _prepare(self, block: _Block) -> _Block:
        if not block.wanted:
            return block
        block.slot = self._slots.take()
        assert block.slot is not None
        paths = [block.paths[place] for place in block.wanted]
        answers = self._preparing.ask((block.slot, paths))
        if answers is None:
            answers = self._prepared_here(block.slot, paths)
        for row, (place, answer) in enumerate(zip(block.wanted, answers, strict=True)):
            if isinstance(answer, Exception):
                block.results[place] = answer
            else:
                block.rows.append((place, row))
                block.boxes.append(answer)
        return block

    def _prepared_here(self, slot: int, paths: Sequence[str]) -> list[Any]:
        def prepare(item: tuple[str, UInt8Array]) -> Any:
            return prepare_picture(self._steps, *item)

        answers: list[Any] = []
        for item in zip(paths, self._slots.pixels[slot], strict=False):
            self._cancel.raise_if_cancelled()
            answers += call_each(prepare, [item])
        return answers

    def _infer(self, block: _Block) -> _Block:
        if block.slot is None:
            return block
        slot, block.slot = block.slot, None
        try:
            done = 0
            while done < len(block.rows):
                done += self._infer_some(block, slot, done)
        finally:
            self._slots.give(slot)
        return block

    def _infer_some(self, block: _Block, slot: int, done: int) -> int:
        """Run the network on the next pictures of a block and return how many it was."""
        size = self._batch.size
        first = block.rows[done][1]
        # A call of fewer pictures would be of another shape: it starts earlier, or ends behind the last one.
        start = min(first, self._block - size)
        some = [row for _, row in block.rows[done : done + size] if row < start + size]
        with self._batch.choice.timed(size):
            outputs = self._run(self._slots.pixels[slot, start : start + size], cancel=self._cancel)
        METRICS.count("pipeline.images_inferred", len(some))
        METRICS.count("pipeline.calls")
        rows = [row - start for row in some]
        if self._finishing is not None:
            block.outputs += self._steps.condense(outputs, rows, self._work.floor)
        else:
            block.outputs += [tuple(output[row] for output in outputs) for row in rows]
        return len(some)

    def _finish(self, block: _Block) -> _Block:
        stays = self._work.stays
        images = [(block.paths[place], *rest) for (place, _), *rest in self._seen(block)]
        sent = [
            number
            for number, (path, *_) in enumerate(images)
            if self._finishing is not None and not (stays is not None and stays(path))
        ]
        answers = self._finishing.ask([images[number] for number in sent]) if sent and self._finishing else None
        there = dict(zip(sent, answers, strict=True)) if answers is not None else {}
        for number, ((place, _), image) in enumerate(zip(block.rows, images, strict=True)):
            if number in there:
                result = there[number]
                if self._work.on_remote is not None and not isinstance(result, Exception):
                    self._work.on_remote(image[0], result)
            else:
                result = call_each(self._finish_here, [image])[0]
            block.results[place] = result
        return block

    @staticmethod
    def _seen(block: _Block) -> Iterable[tuple[tuple[int, int], Any, Any]]:
        return zip(block.rows, block.boxes, block.outputs, strict=True)

    def _finish_here(self, image: tuple[str, Any, Any]) -> Any:
        path, box, output = image
        return self._work.finish(path, self._steps.candidates(box, output, self._work.floor))


def process_count(settings: PipelineSettings, images: int) -> int:
    """Return how many processes a run with a network that takes bytes is to start; none where threads do as well."""
    if not processes_available():
        return 0
    if settings.processes is not None:
        return settings.processes
    cores = available_cpus()
    if images < _FEWEST_IMAGES or cores < _FEWEST_CORES:
        return 0
    # One for each core that decodes; those that write wait for the disk most of the time.
    return cores + cores // 4


def _one() -> int:
    return 1
