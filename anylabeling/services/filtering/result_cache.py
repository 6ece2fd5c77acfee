"""Answers of the image filter, kept as JSON files: the same question to the same images is answered at once.

A file belongs to a question, a model and a list of images; it counts while no image and no label file has changed.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from anylabeling.errors import StorageError
from anylabeling.messages.filtering import NO_OBJECTS, CacheStats, FilterMatch, FilterQuery, MatchedObjects, SortKey
from anylabeling.services.filtering import packing
from anylabeling.services.filtering.disagreement import wording
from anylabeling.services.filtering.objects import offsets_of
from anylabeling.utils import turns
from anylabeling.utils.atomic_io import write_parts_atomic
from anylabeling.utils.hashing import hash_parts

_logger = logging.getLogger(__name__)

MAX_ENTRIES = 100
_FORMAT = 3
_PART = 500
_END = b"]}"
_MAX_FILE_BYTES = 1 << 28
_KEPT_READY = 4
_MATCHES_READY = 100_000


class ResultCache:
    """At most MAX_ENTRIES answers, the longest unused one goes first. Any thread may call any method."""

    def __init__(self, folder: Path | None, *, max_entries: int = MAX_ENTRIES) -> None:
        """Prepare; nothing is read before the first question.

        Args:
            folder: Where the files lie, or None to keep the answers in memory.
            max_entries: The most answers kept.
        """
        self._folder = folder
        self._max_entries = max_entries
        self._lock = threading.Lock()
        self._memory: OrderedDict[str, list[bytes]] = OrderedDict()
        # Understanding a file takes longer than reading it: the latest answers are kept ready.
        self._ready: OrderedDict[tuple[str, bytes], CachedAnswer] = OrderedDict()
        self._hits = 0
        self._misses = 0

    def get(self, key: str, fingerprint: str, paths: Sequence[str]) -> CachedAnswer | None:
        """Return the answer to a question, or None.

        Args:
            key: From key_of.
            fingerprint: State of the images and label files now; an answer to another state is removed.
            paths: The images, as they were when the answer was kept.
        """
        data = self._read(key)
        answer = None if data is None else self._understand(key, data, fingerprint, paths)
        with self._lock:
            if answer is None:
                self._misses += 1
            else:
                self._hits += 1
        if data is not None and answer is None:
            self._remove(key)
        _logger.info("Result cache: %d hits, %d misses.", self._hits, self._misses)
        return answer

    def put(
        self,
        key: str,
        fingerprint: str,
        query: FilterQuery,
        paths: Sequence[str],
        matches: Sequence[FilterMatch],
        removed: Sequence[tuple[str, int]],
    ) -> None:
        """Keep an answer; ``matches`` are in the order in which they are to come back."""
        try:
            data = _dump(fingerprint, query, paths, matches, removed)
        except TypeError as error:  # names that are no valid text
            _logger.info("An answer of the image filter has no form in JSON: %s", error)
            return
        self._keep_ready(_slot(key, data, fingerprint), CachedAnswer(list(matches), tuple(removed)))
        if self._folder is None:
            with self._lock:
                self._memory[key] = data
                self._memory.move_to_end(key)
                while len(self._memory) > self._max_entries:
                    self._memory.popitem(last=False)
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # A lost answer is found again from the detections: not worth waiting for the disk.
            write_parts_atomic(self._path(key), data, fsync=False)
            self._evict()
        except (OSError, StorageError) as error:
            _logger.warning("An answer of the image filter was not kept: %s", error)

    def clear(self) -> None:
        """Forget all answers and figures."""
        with self._lock:
            self._memory.clear()
            self._ready.clear()
            self._hits = self._misses = 0
        for _used, path, _size in self._files():
            with contextlib.suppress(OSError):
                path.unlink()

    def stats(self) -> CacheStats:
        """Return how the cache is doing."""
        if self._folder is None:
            with self._lock:
                sizes = [sum(map(len, data)) for data in self._memory.values()]
        else:
            sizes = [size for _used, _path, size in self._files()]
        return CacheStats(self._hits, self._misses, len(sizes), sum(sizes), self._folder is not None)

    def _understand(self, key: str, data: list[bytes], fingerprint: str, paths: Sequence[str]) -> CachedAnswer | None:
        slot = _slot(key, data, fingerprint)
        with self._lock:
            ready = self._ready.get(slot)
        answer = ready or _parse(data, fingerprint, paths)
        if answer is not None:
            self._keep_ready(slot, answer)
        return answer

    def _keep_ready(self, slot: tuple[str, bytes], answer: CachedAnswer) -> None:
        with self._lock:
            self._ready[slot] = answer
            self._ready.move_to_end(slot)
            matches, gone = sum(len(kept.matches) for kept in self._ready.values()), list[FilterMatch]()
            while len(self._ready) > 1 and (len(self._ready) > _KEPT_READY or matches > _MATCHES_READY):
                matches -= len(self._ready[next(iter(self._ready))].matches)
                gone += self._ready.popitem(last=False)[1].matches
        turns.let_go(gone)

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{key}.json"

    def _read(self, key: str) -> list[bytes] | None:
        """Return the lines of an answer, or None."""
        if self._folder is None:
            with self._lock:
                data = self._memory.get(key)
                if data is not None:
                    self._memory.move_to_end(key)
            return data
        path = self._path(key)
        try:
            if path.stat().st_size > _MAX_FILE_BYTES:
                return None
            with path.open("rb") as stream:
                data = []
                for line in stream:
                    turns.give_way()
                    data.append(line)
            # The time of change is the time of use: it is what other programs on this folder see as well.
            now = time.time_ns()
            os.utime(path, ns=(now, now))
        except OSError:
            return None
        return data

    def _remove(self, key: str) -> None:
        if self._folder is None:
            with self._lock:
                self._memory.pop(key, None)
            return
        with contextlib.suppress(OSError):
            self._path(key).unlink()

    def _files(self) -> list[tuple[int, Path, int]]:
        found: list[tuple[int, Path, int]] = []
        if self._folder is None:
            return found
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.name.endswith(".json"):
                        status = entry.stat()
                        found.append((status.st_mtime_ns, Path(entry.path), status.st_size))
        return sorted(found)

    def _evict(self) -> None:
        files = self._files()
        for _used, path, _size in files[: max(0, len(files) - self._max_entries)]:
            with contextlib.suppress(OSError):
                path.unlink()


class CachedAnswer:
    """What was kept of an answer.

    Attributes:
        matches: In the order in which they were kept.
        removed: Pairs of condition and number of images.
    """

    __slots__ = ("matches", "removed")

    def __init__(self, matches: list[FilterMatch], removed: tuple[tuple[str, int], ...]) -> None:
        self.matches = matches
        self.removed = removed


def key_of(query: FilterQuery, model_key: str, paths_digest: str) -> str:
    """Return the name of a question to a list of images."""
    text = json.dumps(query_as_json(query), sort_keys=True)
    language = wording() if query.sort is SortKey.DISAGREEMENT else ""
    return hash_parts(str(_FORMAT), text, language, model_key if query.needs_model else "", paths_digest)


def _slot(key: str, data: list[bytes], fingerprint: str) -> tuple[str, bytes]:
    # The digest of the whole file: whoever changes it is heard.
    digest = hashlib.blake2b(key=hashlib.blake2b(fingerprint.encode()).digest())
    for line in data:
        digest.update(line)
    return key, digest.digest()


def query_as_json(query: FilterQuery) -> dict[str, Any]:
    """Return a question as values that JSON knows."""
    return {field.name: _plain(getattr(query, field.name)) for field in fields(query)}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Enum):
        return value.value
    return value


def _dump(
    fingerprint: str,
    query: FilterQuery,
    paths: Sequence[str],
    matches: Sequence[FilterMatch],
    removed: Sequence[tuple[str, int]],
) -> list[bytes]:
    """Return the lines of a file: valid JSON, of which each line between the first and the last holds some matches.

    As one value, very many matches would keep all other threads waiting while they are written or read.
    """
    # By place in the list: names need not be valid text, and places are shorter.
    place = {path: index for index, path in enumerate(paths)}
    names = max((match.objects.class_names for match in matches), key=len, default=())
    numbers = {name: number for number, name in enumerate(names)}
    head = {
        "format": _FORMAT,
        "fingerprint": fingerprint,
        "query": query_as_json(query),
        "class_names": names,
        "removed": removed,
        "matches": [],
    }
    lines = [orjson.dumps(head)[: -len(_END)] + b"\n"]
    for first in range(0, len(matches), _PART):
        turns.give_way()
        part = orjson.dumps(_part(matches[first : first + _PART], place, numbers))
        lines.append(part + (b",\n" if first + _PART < len(matches) else b"\n"))
    return [*lines, _END]


def _part(matches: Sequence[FilterMatch], place: dict[str, int], numbers: dict[str, int]) -> dict[str, Any]:
    joined = [match.objects for match in matches]
    records = packing.pack_kept(
        *(
            np.concatenate([getattr(part, name) for part in (NO_OBJECTS, *joined)])
            for name in ("boxes", "scores", "class_ids")
        )
    )
    return {
        "images": [place[match.path] for match in matches],
        "counts": [match.count for match in matches],
        "classes": [[[numbers.get(name, name), count] for name, count in match.counts] for match in matches],
        "best_scores": [match.best_score for match in matches],
        "disagreements": [match.disagreement for match in matches],
        "reasons": [match.reasons for match in matches] if any(match.reasons for match in matches) else None,
        "object_counts": [len(part) for part in joined],
        "objects": base64.b64encode(records.tobytes()).decode(),
    }


def _parse(lines: list[bytes], fingerprint: str, paths: Sequence[str]) -> CachedAnswer | None:
    """Return the answer in a file; None when it is of another state or makes no sense."""
    # It stands at the beginning: understanding all of a large file only to drop it keeps other threads waiting.
    if not lines or orjson.dumps(fingerprint) not in lines[0][: len(fingerprint) + 64]:
        return None
    try:
        head, *parts, end = lines
        content = orjson.loads(head + _END)
        if end != _END or content["format"] != _FORMAT or content["fingerprint"] != fingerprint:
            return None
        names = tuple(map(str, content["class_names"]))
        matches: list[FilterMatch] = []
        for part in parts:
            turns.give_way()
            matches += _matches_in(orjson.loads(part.removesuffix(b",\n")), names, paths)
        return CachedAnswer(matches, tuple((str(name), int(number)) for name, number in content["removed"]))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        _logger.warning("A file of the result cache was not understood and is removed: %r", error)
        return None


def _matches_in(content: dict[str, Any], names: tuple[str, ...], paths: Sequence[str]) -> list[FilterMatch]:
    records = np.frombuffer(base64.b64decode(content["objects"]), packing.KEPT_DTYPE)
    boxes, scores = np.ascontiguousarray(records["box"]), np.ascontiguousarray(records["score"])
    class_ids = records["class_id"].astype(np.int32)
    bounds = offsets_of(np.array(content["object_counts"], np.int64)).tolist()
    if bounds[-1] != len(records) or (len(class_ids) and int(class_ids.max()) >= len(names)):
        raise ValueError("the objects do not fit")
    reasons = content["reasons"] or [()] * len(content["images"])
    columns = (content[name] for name in ("images", "counts", "classes", "best_scores", "disagreements"))
    matches = []
    for number, (image, count, pairs, best, disagreement) in enumerate(zip(*columns, strict=True)):
        first, last = bounds[number], bounds[number + 1]
        matches.append(
            FilterMatch(
                paths[image],
                count,
                tuple([(names[name] if type(name) is int else name, amount) for name, amount in pairs]),
                best,
                disagreement,
                tuple(reasons[number]),
                MatchedObjects(boxes[first:last], scores[first:last], class_ids[first:last], names),
            )
        )
    return matches
