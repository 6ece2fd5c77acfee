"""Put the images that a filter found into a folder, with their labels where wished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anylabeling.errors import StorageError
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.export import gather_matches
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken


@dataclass(frozen=True, slots=True)
class GatherSummary:
    """What came of gathering.

    Attributes:
        images: Files that were made, in order.
        labels: Label files that were written beside them.
        failed: Pairs of image and reason for labels that could not be taken along.
    """

    images: tuple[Path, ...]
    labels: int
    failed: tuple[tuple[str, str], ...]


def gather_with_labels(
    folder: Path | str,
    paths: Sequence[str],
    label_store: LabelStore,
    *,
    link: bool = False,
    cancel: CancelToken | None = None,
    on_done: Callable[[int], object] | None = None,
) -> GatherSummary:
    """Copy or link images into a folder, each with a copy of its labels.

    Labels are copied even where images are linked: changing them in one place would change the other. They name the
    image as it is called in the folder.

    Args:
        folder: It is made when it does not exist; files that are there stay.
        paths: The images.
        label_store: Where their labels are.
        link: Make links of the images instead of copies.
        cancel: Stops between two images.
        on_done: Called with the number of images so far.

    Raises:
        StorageError: When a file cannot be made; those before it stay.
        Cancelled: When ``cancel`` was used.
    """
    target = LabelStore(root=Path(folder), fsync=False)
    made: list[Path] = []
    failed: list[tuple[str, str]] = []
    labels = 0
    for path in paths:
        try:
            made += gather_matches(folder, [path], link=link, cancel=cancel)
            labels += _take_labels(path, made[-1], label_store, target, failed)
        except StorageError as error:
            hint = tr("{number:,} were put there. Check that the folder is writable and has space.", number=len(made))
            raise StorageError(error.user_text, hint=hint, details=error.details) from error
        if on_done is not None:
            on_done(len(made))
    return GatherSummary(tuple(made), labels, tuple(failed))


def _take_labels(path: str, copy: Path, source: LabelStore, target: LabelStore, failed: list[tuple[str, str]]) -> bool:
    loaded = source.load(path)
    if loaded.error is not None:
        failed.append((path, str(loaded.error)))
    if loaded.error is not None or loaded.stamp is None:
        return False
    target.save(str(copy), loaded.annotation, image_size=None, expected=None)
    return True
