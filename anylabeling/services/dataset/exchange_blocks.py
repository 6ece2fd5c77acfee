"""What is done to each image of an export or import, a block of images at a time: in other processes where it pays.

Labels are read and written in Python, which threads cannot share out. What needs one place, such as the numbers of
classes, is not done here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from anylabeling.errors import AppError
from anylabeling.translation import install_catalogue, installed_catalogue
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.processes import ProcessPool, processes_available
from anylabeling.utils.processors import available_cpus

T = TypeVar("T")
ItemT = TypeVar("ItemT", contravariant=True)
ResultT = TypeVar("ResultT", covariant=True)
SelfT = TypeVar("SelfT", bound="Blocks[Any, Any]")

_MODULE = "anylabeling.services.dataset.exchange_blocks"
_PRELOAD = f"{_MODULE}:preload"
_FEWEST_IMAGES = 500
"""What fewer of them need is over before the processes serve."""
_LARGEST_BLOCK = 32
_MOST_PROCESSES = 8
"""One process numbers the classes for all of them, and does not get through more."""

_logger = logging.getLogger(__name__)


class Failed(NamedTuple):
    """An image that failed.

    Attributes:
        name: What it is called in the report.
        reason: Why, for the person.
        error: The error, where it is one of ours.
        chosen: Whether it had been chosen for the data set by then.
    """

    name: str
    reason: str
    error: AppError | None = None
    chosen: bool = False

    @classmethod
    def of(cls, name: str, error: Exception, *, chosen: bool = False) -> Failed:
        """Return what is told about an error, fit for a pipe."""
        error.__traceback__ = error.__cause__ = error.__context__ = None
        if isinstance(error, AppError):
            return cls(name, error.user_text, error, chosen)
        return cls(name, f"{type(error).__name__}: {error}", None, chosen)


class Step(Protocol[ItemT, ResultT]):
    """What is done to an image, here or in another process. It raises nothing."""

    def __call__(self, item: ItemT, /, *, again: bool) -> ResultT:
        """Do it; ``again`` says that a process that ended may have done it already."""


@dataclass(frozen=True, slots=True)
class _Setup:
    step: Any
    stop_file: int
    catalogue: Mapping[str, str]


class Blocks(Generic[ItemT, ResultT]):
    """Does a step to blocks of images; any number of threads may call it.

    In a with statement, whose end stops what still runs after the image that each process is at.

    Args:
        step: What is done; goes to the processes as it is when this is made.
        processes: How many of them, or 0 for none.
        cancel: Stops after the image that each process is at.
    """

    def __init__(self, step: Step[ItemT, ResultT], processes: int, cancel: CancelToken | None) -> None:
        self._step = step
        self._cancel = cancel or CancelToken()
        self._pool: ProcessPool | None = None
        self._stop_file = -1
        self._withdraw: Callable[[], None] | None = None
        if processes:
            self._stop_file = os.memfd_create("stop")
            setup = _Setup(step, self._stop_file, installed_catalogue())
            try:
                self._pool = ProcessPool(
                    _PRELOAD, f"{_MODULE}:block_worker", setup, processes, files=(self._stop_file,)
                )
            except OSError as error:
                _logger.warning("No worker process could be started: %s", error)
                return
            self._withdraw = self._cancel.on_cancel(self._stop)
            self._pool.start()

    def __enter__(self: SelfT) -> SelfT:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._withdraw is not None:
            self._withdraw()
        if self._pool is not None:
            self._pool.close()
        if self._stop_file >= 0:
            os.close(self._stop_file)

    @property
    def has_processes(self) -> bool:
        """Whether there are any, ready or not."""
        return self._pool is not None

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The processes that serve."""
        return self._pool.process_ids if self._pool is not None else ()

    @property
    def died_ids(self) -> frozenset[int]:
        """The processes that ended in the middle of their work, and may have left a file half written."""
        return frozenset(self._pool.died_ids) if self._pool is not None else frozenset()

    def __call__(self, items: Sequence[ItemT]) -> list[ResultT]:
        """Return a result for each item; fewer, those of the first ones, where it was stopped."""
        if self._pool is None:
            return _each(self._step, items, self._is_cancelled, again=False)
        done: list[ResultT] | None = self._pool.ask(items)
        # None of them is ready yet, or one was killed in the middle of these images.
        return done if done is not None else _each(self._step, items, self._is_cancelled, again=self._pool.died > 0)

    def _is_cancelled(self) -> bool:
        return self._cancel.cancelled

    def _stop(self) -> None:
        os.pwrite(self._stop_file, b"1", 0)


def process_count(images: int) -> int:
    """Return how many processes so many images are shared out to; none where threads do as well."""
    cores = available_cpus()
    if images < _FEWEST_IMAGES or cores < 2 or not processes_available():
        return 0
    return min(cores, _MOST_PROCESSES)


def in_blocks(items: Iterable[T], processes: int) -> Iterator[list[T]]:
    """Yield items in blocks; one by one where there are no processes, between which handing over costs something."""
    iterator = iter(items)
    while block := list(islice(iterator, _LARGEST_BLOCK if processes else 1)):
        yield block


def preload() -> None:
    """Import what the steps need, which otherwise waits until it is called for."""
    import orjson  # noqa: F401

    from anylabeling import accel
    from anylabeling.document.formats import coco, cvat, label_copies, voc, yolo, yolo_pose  # noqa: F401
    from anylabeling.services.dataset import dataset_export, dataset_import  # noqa: F401

    accel.status()


def block_worker(setup: _Setup) -> Callable[[Sequence[Any]], list[Any]]:
    """Return what answers blocks of items with their results, in a process of its own."""
    install_catalogue(setup.catalogue)

    def is_stopped() -> bool:
        return bool(os.pread(setup.stop_file, 1, 0))

    return lambda items: _each(setup.step, items, is_stopped, again=False)


def _each(step: Step[Any, Any], items: Sequence[Any], is_stopped: Callable[[], bool], *, again: bool) -> list[Any]:
    results: list[Any] = []
    for item in items:
        # The first one is done in any case, as by a thread that has been given it.
        if results and is_stopped():
            break
        results.append(step(item, again=again))
    return results
