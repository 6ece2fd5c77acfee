"""The data set of a training: labels in the runtime's format, links to the pictures, nothing of which changes these."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from anylabeling.codecs import PixelFormat, decode, encode_png
from anylabeling.document.formats.image_flags import folder_name
from anylabeling.document.formats.notes import Notes
from anylabeling.errors import AppError, ImageError, StorageError, UsageError
from anylabeling.messages.datasets import ExchangeReport, ExportRequest, ImageMode
from anylabeling.messages.progress import Progress
from anylabeling.messages.training import TrainTask
from anylabeling.services.dataset.dataset_export import export_dataset
from anylabeling.services.dataset.exchange_sources import Loader, SourceItem, load_labels
from anylabeling.services.dataset.export_steps import written_label
from anylabeling.services.training.planning import Division
from anylabeling.translation import tr
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.parallel import BatchProcessor, ItemError

FORMATS = {
    TrainTask.DETECT: "yolo-detect",
    TrainTask.SEGMENT: "yolo-segment",
    TrainTask.POSE: "yolo-pose",
    TrainTask.ORIENTED: "yolo-obb",
    TrainTask.CLASSIFY: "classify-folders",
}
_READ_AS_THEY_ARE = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
"""What OpenCV reads as this program shows it. Others differ by version and system, or are read from other pages."""
_JPEG = (".jpg", ".jpeg")
_END_OF_JPEG = b"\xff\xd9"
_MOST_FAILED_NAMED = 5


class PlannedSource:
    """The images of a division.

    Attributes:
        notes: What was wrong with the source as a whole.
    """

    def __init__(self, items: Sequence[SourceItem]) -> None:
        self._items = items
        self.notes = Notes()

    def items(self) -> Sequence[SourceItem]:
        """Return all images."""
        return self._items

    @property
    def loader(self) -> Loader:
        """What reads the labels of an image."""
        return load_labels


def write_data_set(
    division: Division,
    folder: Path,
    *,
    images: ImageMode = ImageMode.LINK,
    cancel: CancelToken | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> ExchangeReport:
    """Write the data set of a training into a new folder.

    Args:
        division: The images and classes.
        folder: Its folder; made where it is not there, and empty.
        images: Copy or link the pictures.
        cancel: Stops between two images.
        on_progress: Called about ten times a second.

    Raises:
        Cancelled: When ``cancel`` was used.
        UsageError: When a part has no picture that can be read.
        StorageError: When it cannot be written.
        LabelFileError: When the labels do not fit the task.
    """
    task = division.plan.task
    request = ExportRequest(
        FORMATS[task],
        str(folder),
        images=images,
        classes=None if task is TrainTask.CLASSIFY else frozenset(division.classes),
        known_classes=() if task is TrainTask.CLASSIFY else tuple(map(written_label, division.classes)),
    )
    report = export_dataset(PlannedSource(division.items), request, cancel=cancel, on_progress=on_progress)
    if cancel is not None:
        cancel.raise_if_cancelled()
    if task is TrainTask.CLASSIFY:
        # Classes are numbered by the folders of each part: all have to be in both.
        for part in ("train", "val"):
            for name in division.classes:
                (folder / part / folder_name(name)).mkdir(parents=True, exist_ok=True)
    _make_readable(folder, cancel)
    for part in ("train", "val"):
        place = folder / part if task is TrainTask.CLASSIFY else folder / "images" / part
        if not any(path.is_file() for path in place.rglob("*")):
            raise UsageError(
                tr("None of the images of the part {part} can be read.", part=part),
                details="\n".join(f"{one.path}: {one.reason}" for one in report.failed),
            )
    return report


def failures_text(report: ExchangeReport) -> str:
    """Return a sentence about images that are not in the data set; empty where all are."""
    if not report.failed:
        return ""
    named = ", ".join(Path(one.path).name for one in report.failed[:_MOST_FAILED_NAMED])
    named += " …" if len(report.failed) > _MOST_FAILED_NAMED else ""
    return tr("{number:,} images could not be read and are left out: {named}.", number=len(report.failed), named=named)


def data_argument(folder: Path, task: TrainTask) -> Path:
    """Return what the runtime is told the data set is."""
    return folder if task is TrainTask.CLASSIFY else folder / "data.yaml"


def _make_readable(folder: Path, cancel: CancelToken | None) -> None:
    """Put PNG files in the place of pictures that the runtime reads differently, copies in that of those it mends."""
    pictures = [path for path in folder.rglob("*") if path.suffix.lower() not in (".txt", ".yaml") and path.is_file()]
    with BatchProcessor(_make_one_readable) as workers:
        for outcome in workers.iter_items(pictures, cancel=cancel):
            if isinstance(outcome, ItemError):
                raise outcome.error
    if cancel is not None:
        cancel.raise_if_cancelled()


def _make_one_readable(path: Path) -> None:
    suffix = path.suffix.lower()
    try:
        if suffix in _JPEG:
            if not _ends_well(path):
                _copy_in_place(path)
        elif suffix not in _READ_AS_THEY_ARE:
            pixels = decode(path, pixel_format=PixelFormat.RGB).pixels
            write_bytes_atomic(path.with_suffix(".png"), encode_png(pixels), fsync=False)
            path.unlink()
    except ImageError:
        # The runtime would not read it either; it is left out with its labels.
        path.unlink(missing_ok=True)
    except AppError:
        raise
    except OSError as error:
        raise StorageError(
            tr("{name} could not be saved: {reason}.", name=path.name, reason=error.strerror or error),
            hint=tr("Check that {parent} exists, is writable and has space.", parent=path.parent),
            details=repr(error),
        ) from error


def _ends_well(path: Path) -> bool:
    """Return whether a JPEG ends as such. Ultralytics writes others anew where they lie, which a link leads out of."""
    with path.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(stream.tell() - len(_END_OF_JPEG), 0))
        return stream.read() == _END_OF_JPEG


def _copy_in_place(path: Path) -> None:
    half = path.with_name(f".{path.name[:100]}.part")
    try:
        shutil.copyfile(path, half)
        half.replace(path)
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
