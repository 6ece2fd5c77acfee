"""Which images of a folder fit what is typed into the search of the file list.

What the label files say the label index knows, so only files that have changed since are read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.services.dataset.file_query import FileQuery, Term
from anylabeling.services.dataset.label_facts import DIFFICULT, KINDS, Details
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.services.dataset.label_columns import LabelColumns, LabelDetails
    from anylabeling.services.dataset.label_index import LabelIndex
    from anylabeling.services.dataset.label_store import LabelStore

BoolArray = NDArray[np.bool_]

_DETAILED = frozenset({"difficult", "gid", "type", "description"})


def find_images(
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
        on_progress: Called now and then with images looked at and images in all, where label files have to be read.

    Raises:
        Cancelled: When ``cancel`` was used.
    """
    named = _by_name(query, paths, root)
    if not query.terms:
        return named
    labels, token = index(), cancel or CancelToken()
    # Of all images, not of those that are named right: the index keeps its answer for the same list.
    labels.refresh(paths, store, cancel=token, on_progress=on_progress)
    wanted = np.ones(len(paths), np.bool_)
    detailed = [term for term in query.terms if term.key in _DETAILED]
    plain = [term for term in query.terms if term.key not in _DETAILED]
    if plain:
        columns = labels.columns(paths)
        for term in plain:
            wanted &= _indexed(term, columns) ^ term.negated
    token.raise_if_cancelled()
    if detailed:
        details = labels.details(paths)
        for term in detailed:
            wanted &= _in_details(term, details) ^ term.negated
    if len(named) == len(paths):
        return [paths[place] for place in np.flatnonzero(wanted).tolist()]
    names = set(named)
    return [paths[place] for place in np.flatnonzero(wanted).tolist() if paths[place] in names]


def _by_name(query: FileQuery, paths: Sequence[str], root: str) -> list[str]:
    if query.number is not None:
        return list(paths[query.number - 1 : query.number]) if query.number else []
    skip = len(root.rstrip("/\\")) + 1 if root else 0
    if query.pattern is not None:
        search = query.pattern.search
        return [path for path in paths if search(path[skip:])]
    return [path for path in paths if query.name in path[skip:].lower()] if query.name else list(paths)


def _indexed(term: Term, columns: LabelColumns) -> BoolArray:
    if term.key == "checked":
        return np.asarray(columns.checked == term.wanted)
    if term.key == "shape":
        return _within(term, np.diff(columns.offsets))
    if term.key == "flag":
        match = term.pattern.match
        return _each(columns.flags, lambda flags: any(match(flag.casefold()) for flag in flags))
    if term.key == "tag":
        match = term.pattern.match
        return _each(columns.tags, lambda tags: any(match(tag.casefold()) for tag in tags))
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
    # Most images have no flags, tags or texts.
    return np.fromiter((bool(value) and test(value) for value in values), np.bool_, len(values))


def _in_details(term: Term, details: LabelDetails) -> BoolArray:
    if term.key == "difficult":
        return np.asarray(((details.kinds & DIFFICULT) != 0) == term.wanted)
    if term.key == "type":
        match = term.pattern.match
        bits = sum(1 << number for number, kind in enumerate(KINDS) if match(kind))
        return np.asarray(_more(details, lambda more: any(map(match, more.kinds))) | ((details.kinds & bits) != 0))
    if term.key == "gid":
        return _more(details, lambda more: any(map(term.fits, more.groups)))
    wanted = term.value.casefold()
    return _more(details, lambda more: wanted in more.remarks.casefold())


def _more(details: LabelDetails, test: Callable[[Details], bool]) -> BoolArray:
    fitting = np.zeros(len(details.kinds), np.bool_)
    fitting[[place for place, more in details.more.items() if test(more)]] = True
    return fitting
