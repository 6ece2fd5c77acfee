"""Which images of a folder fit what is typed into the search of the file list.

Most of it the label index knows. What it does not keep (groups, kinds, difficult, descriptions of their own) is read
from the label files of the images that are left by then, and remembered until a file changes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from anylabeling.document.label_file import MAX_FILE_BYTES
from anylabeling.services.dataset.file_query import FileQuery, Term
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.lru import ByteBudgetLru
from anylabeling.utils.parallel import BatchProcessor, ItemError, default_worker_count

if TYPE_CHECKING:
    from anylabeling.services.dataset.label_index import LabelColumns, LabelIndex
    from anylabeling.services.dataset.label_store import LabelStore

BoolArray = NDArray[np.bool_]

_READ_AT_ONCE = 256
_KEPT_BYTES = 64 << 20
_ENTRY_BYTES = 600
_INDEXED = frozenset({"label", "shape", "score", "checked", "text", "flag"})


class FileDetails(NamedTuple):
    """What the index does not keep of a label file.

    Attributes:
        groups: Group numbers of the objects.
        kinds: Kinds of the objects, as the file has them.
        difficult: Whether an object is marked as difficult.
        descriptions: Descriptions of image and objects, one a line, folded to lower case.
    """

    groups: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    difficult: bool = False
    descriptions: str = ""


_NOTHING = FileDetails()
_Kept = tuple[tuple[int, int], FileDetails]


class FileSearch:
    """Answers queries. One thread at a time."""

    def __init__(self) -> None:
        self._kept: ByteBudgetLru[str, _Kept] = ByteBudgetLru(_KEPT_BYTES)

    def find(
        self,
        query: FileQuery,
        paths: Sequence[str],
        root: str,
        index: Callable[[], LabelIndex],
        store: LabelStore,
        *,
        cancel: CancelToken | None = None,
        on_progress: Callable[[int, int], object] | None = None,
    ) -> list[str]:
        """Return the images that fit, in their order.

        Args:
            query: What is searched for.
            paths: The images of the folder.
            root: The folder.
            index: Returns the label index; asked only where conditions on labels are there.
            store: Says which label file belongs to which image.
            cancel: Stops it.
            on_progress: Called now and then with label files that were read and those that are to be read.

        Raises:
            Cancelled: When ``cancel`` was used.
        """
        token = cancel or CancelToken()
        left = self._by_name(query, paths, root)
        if not query.terms:
            return left
        labels = index()
        # Of all images, not of those that are left: the index keeps its answer for the same list.
        labels.refresh(paths, store, cancel=token)
        columns = labels.columns(paths)
        wanted = np.ones(len(paths), np.bool_)
        for term in query.terms:
            if term.key in _INDEXED:
                wanted &= _indexed(term, columns) ^ term.negated
        names = set(left)
        left = [paths[place] for place in np.flatnonzero(wanted).tolist() if paths[place] in names]
        deep = [term for term in query.terms if term.key not in _INDEXED]
        return self._deep(deep, left, store, token, on_progress) if deep else left

    def _by_name(self, query: FileQuery, paths: Sequence[str], root: str) -> list[str]:
        if query.number is not None:
            return list(paths[query.number - 1 : query.number]) if query.number else []
        skip = len(root.rstrip("/\\")) + 1 if root else 0
        if query.pattern is not None:
            search = query.pattern.search
            return [path for path in paths if search(path[skip:])]
        return [path for path in paths if query.name in path[skip:].lower()] if query.name else list(paths)

    def _deep(
        self,
        terms: Sequence[Term],
        paths: Sequence[str],
        store: LabelStore,
        cancel: CancelToken,
        on_progress: Callable[[int, int], object] | None,
    ) -> list[str]:
        found: list[str] = []
        files = store.label_files(paths)
        known, done = self._kept, 0

        def read(batch: list[str]) -> list[tuple[str, FileDetails]]:
            return [(path, _details(files.get(path), known)) for path in batch]

        with BatchProcessor(read, default_worker_count()) as reader:
            for result in reader.iter_items(_batches(paths), cancel=cancel):
                if isinstance(result, ItemError):
                    raise result.error
                found += [path for path, details in result if all(_fits(term, details) for term in terms)]
                done += len(result)
                if on_progress is not None:
                    on_progress(done, len(paths))
        order = {path: place for place, path in enumerate(paths)}
        return sorted(found, key=order.__getitem__)


def _batches(paths: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(paths), _READ_AT_ONCE):
        yield list(paths[start : start + _READ_AT_ONCE])


def _indexed(term: Term, columns: LabelColumns) -> BoolArray:
    if term.key == "checked":
        return np.asarray(columns.checked == term.wanted)
    if term.key == "shape":
        return _within(term, np.diff(columns.offsets))
    if term.key == "flag":
        match = term.pattern.match
        return _each(columns.flags, lambda flags: any(match(flag.casefold()) for flag in flags))
    if term.key == "text":
        wanted = term.value.casefold()
        return _each(columns.texts, lambda text: wanted in text)
    if term.key == "score":
        objects = _within(term, columns.scores)
    else:
        match = term.pattern.match
        fitting = [number for number, name in enumerate(columns.class_names) if match(name.casefold())]
        objects = np.isin(columns.class_ids, fitting)
    counted = np.concatenate([[0], np.cumsum(objects)])
    return np.asarray(counted[columns.offsets[1:]] > counted[columns.offsets[:-1]])


def _within(term: Term, values: NDArray[Any]) -> BoolArray:
    # Scores are kept in 32 bits: 0.3 is a little more there.
    low, high = np.asarray([term.low, term.high], values.dtype if values.dtype == np.float32 else np.float64)
    above = values > low if term.above else values >= low
    return np.asarray(above & (values < high if term.below else values <= high))


def _each(values: Sequence[Any], test: Callable[[Any], bool]) -> BoolArray:
    # Most images have neither flags nor texts.
    return np.fromiter((bool(value) and test(value) for value in values), np.bool_, len(values))


def _fits(term: Term, details: FileDetails) -> bool:
    if term.key == "difficult":
        fits = details.difficult == term.wanted
    elif term.key == "gid":
        fits = any(map(term.fits, details.groups))
    elif term.key == "type":
        fits = any(term.pattern.match(kind) for kind in details.kinds)
    else:
        fits = term.value.casefold() in details.descriptions
    return fits != term.negated


def _details(label_path: str | None, known: ByteBudgetLru[str, _Kept]) -> FileDetails:
    """Return what a label file says; nothing where it is gone or cannot be understood."""
    if label_path is None:
        return _NOTHING
    try:
        state = os.stat(label_path)  # noqa: PTH116 - half the time of Path.stat, for each of very many
        stamp = state.st_mtime_ns, state.st_size
        kept = known.get(label_path)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        if state.st_size > MAX_FILE_BYTES:
            return _NOTHING
        details = _details_of(orjson.loads(Path(label_path).read_bytes()))
    except (OSError, ValueError, TypeError, AttributeError):
        return _NOTHING
    known.put(label_path, (stamp, details), _ENTRY_BYTES + len(details.descriptions))
    return details


def _details_of(record: Mapping[str, Any]) -> FileDetails:
    shapes = [shape for shape in record.get("shapes") or () if isinstance(shape, dict)]
    groups = frozenset(
        group for shape in shapes if isinstance(group := shape.get("group_id"), int) and not isinstance(group, bool)
    )
    kinds = frozenset(str(shape.get("shape_type") or "polygon") for shape in shapes)
    remarks = [text for text in (record.get("description"), *(shape.get("description") for shape in shapes)) if text]
    difficult = any(shape.get("difficult") is True for shape in shapes)
    return FileDetails(groups, kinds, difficult, "\n".join(map(str, remarks)).casefold())
