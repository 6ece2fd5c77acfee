"""The steps of the pipeline that other processes do: pictures from files into shared memory, and boxes into results.

Only what is small goes through the pipes: paths, where a picture lies, and the boxes above the floor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from anylabeling.codecs import PixelFormat, decode
from anylabeling.codecs.types import UInt8Array
from anylabeling.errors import AppError
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.picture_slots import PictureSlots, SlotsPlace
from anylabeling.utils.fork_server import SharedForkServer
from anylabeling.utils.parallel import WorkerPool
from anylabeling.utils.processes import ProcessPool, processes_available

_WRITERS_IN_PROCESS = 8
_MODULE = "anylabeling.services.auto_labeling.pipeline_processes"
PRELOAD = f"{_MODULE}:preload"
"""For the fork server that both kinds of processes are copied from."""


class PictureSteps(Protocol):
    """What a model does with a picture before and after its network; ``models.yolo_steps.YoloSteps`` is one."""

    @property
    def min_side_px(self) -> int:
        """The long side that a scaled decode has to keep."""

    @property
    def bytes_shape(self) -> tuple[int, int, int]:
        """Shape of a prepared picture."""

    @property
    def has_small_outputs(self) -> bool:
        """Whether condensed outputs are worth sending."""

    def prepare_bytes(
        self,
        image: UInt8Array,
        pixel_format: PixelFormat,
        full_size: tuple[int, int] | None,
        into: UInt8Array | None = None,
    ) -> Any:
        """Make a picture ready; the result has where it lies in its input as ``box``."""

    def condense(self, outputs: Sequence[Any], rows: Sequence[int], floor: float) -> list[Any]:
        """Return for some pictures of a batch what is read of its outputs."""

    def candidates(self, box: Any, output: Any, floor: float) -> Candidates:
        """Read the outputs."""


def preload() -> None:
    """Import what pictures and label files need, which otherwise waits until it is called for."""
    import uuid  # noqa: F401 - for the names of temporary files

    import orjson  # noqa: F401
    import simplejpeg  # noqa: F401

    from anylabeling import accel, opencv  # noqa: F401
    from anylabeling.services.auto_labeling import label_run  # noqa: F401
    from anylabeling.services.auto_labeling.models import yolo_steps  # noqa: F401

    accel.status()


class Skipped:
    """Takes the place of an image's result when there was nothing to do for it."""


SKIPPED = Skipped()


@dataclass(frozen=True, slots=True)
class PrepareSetup:
    """What a process needs to make pictures ready.

    Attributes:
        steps: The model's.
        place: The shared memory.
        admit: Says before decoding whether an image is wanted at all.
    """

    steps: PictureSteps
    place: SlotsPlace
    admit: Callable[[str], bool] | None


@dataclass(frozen=True, slots=True)
class FinishSetup:
    """What a process needs to finish images.

    Attributes:
        steps: The model's.
        finish: From path and candidates to the image's result.
        floor: The least score.
    """

    steps: PictureSteps
    finish: Callable[[str, Candidates], Any]
    floor: float


def picture_preparer(setup: PrepareSetup) -> Callable[[tuple[int | None, Sequence[str]]], list[Any]]:
    """Return what makes pictures ready.

    It answers (slot, paths) with where each picture lies in its input, and (None, paths) with whether each is wanted;
    in both cases an exception stands for an image that failed.
    """
    slots = setup.place.open()

    def answer(message: tuple[int | None, Sequence[str]]) -> list[Any]:
        slot, paths = message
        if slot is None:
            return call_each(setup.admit or _always, paths)
        return call_each(lambda item: prepare_picture(setup.steps, *item), list(zip(paths, slots[slot], strict=False)))

    return answer


def prepare_picture(steps: PictureSteps, path: str, into: UInt8Array) -> Any:
    """Decode a picture into its place in a batch and return where it lies in there.

    Raises:
        ImageError: When it cannot be read.
    """
    image = decode(path, pixel_format=PixelFormat.RGB, min_side_px=steps.min_side_px)
    return steps.prepare_bytes(image.pixels, PixelFormat.RGB, (image.full_width, image.full_height), into).box


def _always(_path: str) -> bool:
    return True


def image_finisher(setup: FinishSetup) -> Callable[[Sequence[tuple[str, Any, Any]]], list[Any]]:
    """Return what answers lists of (path, where the picture lies, condensed outputs) with results or exceptions."""

    def finish(item: tuple[str, Any, Any]) -> Any:
        path, box, output = item
        return setup.finish(path, setup.steps.candidates(box, output, setup.floor))

    pool = WorkerPool(_WRITERS_IN_PROCESS, "finish")

    def answer(items: Sequence[tuple[str, Any, Any]]) -> list[Any]:
        # Each of them waits for the disk most of the time; a process for each would have more to start.
        share = -(-len(items) // _WRITERS_IN_PROCESS)
        parts = [items[first : first + share] for first in range(0, len(items), share)]
        return [result for done in [pool.submit(call_each, finish, part) for part in parts] for result in done.result()]

    return answer


def workers_at_hand() -> SharedForkServer | None:
    """Let processes be ready at once when a run wants them, until this is released; None where there are none.

    Loading a model onto a GPU takes long enough for them to be there when its first picture is.
    """
    if not processes_available():
        return None
    try:
        return SharedForkServer(PRELOAD)
    except OSError:
        return None


def preparing_pool(
    steps: PictureSteps, slots: PictureSlots, admit: Callable[[str], bool] | None, count: int
) -> ProcessPool:
    """Return processes that make pictures ready."""
    setup = PrepareSetup(steps, slots.place, admit)
    return ProcessPool(PRELOAD, f"{_MODULE}:picture_preparer", setup, count, files=(slots.place.file,))


def finishing_pool(
    steps: PictureSteps, finish: Callable[[str, Candidates], Any], floor: float, count: int
) -> ProcessPool:
    """Return processes that finish images."""
    return ProcessPool(PRELOAD, f"{_MODULE}:image_finisher", FinishSetup(steps, finish, floor), count)


def call_each(function: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
    """Return for each item what the function makes of it, or the exception that it raised, fit for a pipe."""
    return [_call(function, item) for item in items]


def _call(function: Callable[[Any], Any], item: Any) -> Any:
    try:
        return function(item)
    except (AppError, OSError, ValueError, MemoryError) as error:
        error.__traceback__ = error.__cause__ = error.__context__ = None
        return error
    except Exception as error:  # noqa: BLE001 - travels as this item's result; an unknown class may not be pickled
        return RuntimeError(f"{type(error).__name__}: {error}")
