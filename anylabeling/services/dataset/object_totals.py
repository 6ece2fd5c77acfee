"""How many objects of each kind and in each group the label files of a folder hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import read_label_file
from anylabeling.document.shape import Shape
from anylabeling.errors import LabelFileError
from anylabeling.messages.labels import GroupTotal, KindTotal, ObjectTotals
from anylabeling.messages.progress import Progress
from anylabeling.utils.cancellation import CancelToken

_TELL_EACH = 50


def object_totals(
    label_files: Mapping[str, str],
    *,
    unsaved: Mapping[str, Annotation] | None = None,
    cancel: CancelToken | None = None,
    on_progress: Callable[[Progress], object] = lambda _progress: None,
) -> ObjectTotals:
    """Count the objects in label files; files that cannot be understood are left out.

    Args:
        label_files: The label files by image.
        unsaved: By image, what is counted in place of its label file, whether there is one or not.
        cancel: Looked at between two files.
        on_progress: Called now and then.

    Raises:
        Cancelled: When ``cancel`` asks for it.
    """
    token = cancel or CancelToken()
    kinds: Counter[tuple[str, str]] = Counter()
    objects: Counter[int] = Counter()
    images: Counter[int] = Counter()

    def count(shapes: Iterable[Shape]) -> None:
        grouped = []
        for shape in shapes:
            kinds[shape.kind.value, shape.label] += 1
            if shape.group_id is not None:
                grouped.append(shape.group_id)
        objects.update(grouped)
        images.update(set(grouped))

    newer = dict(unsaved or {})
    paths = [path for image, path in label_files.items() if image not in newer]
    for number, label_path in enumerate(paths):
        token.raise_if_cancelled()
        if number % _TELL_EACH == 0:
            on_progress(Progress(number, len(paths)))
        try:
            shapes = read_label_file(Path(label_path)).shapes
        except LabelFileError:
            continue
        count(shapes)
    for annotation in newer.values():
        count(annotation.shapes)
    return ObjectTotals(
        tuple(KindTotal(kind, label, count) for (kind, label), count in sorted(kinds.items())),
        tuple(GroupTotal(group, count, images[group]) for group, count in sorted(objects.items())),
    )
