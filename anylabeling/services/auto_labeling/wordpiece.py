"""Texts as the numbers that BERT's text encoders take: word pieces, as Devlin et al. describe them (2018).

Lower case, accents taken off, signs apart; then, from the left, the longest piece of each word that the vocabulary has.
The vocabulary lies beside the model: ``vocab.txt``, a piece a line, or ``tokenizer.json``.
"""

from __future__ import annotations

import functools
import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from anylabeling.errors import ModelError
from anylabeling.translation import tr

VOCABULARY = "vocab.txt"
_NAMES = (VOCABULARY, "tokenizer.json", "bert_base_uncased_tokenizer.json")
_MOST_BYTES = 16 << 20
_LONGEST_WORD = 100
_CONTINUES = "##"
START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class WordPieces:
    """Turns texts into numbers. Any thread may call it."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Take the number of each piece.

        Raises:
            ModelError: When the marks are not among them.
        """
        self._numbers = dict(numbers)
        if not {START, END, UNKNOWN, "."} <= self._numbers.keys():
            raise ModelError(tr("The vocabulary {name} is damaged.", name=VOCABULARY), details=f"{len(numbers)} pieces")
        self.start, self.end, self.stop = (self._numbers[piece] for piece in (START, END, "."))

    def encode(self, text: str) -> list[int]:
        """Return the numbers of a text, without any before or after it."""
        return [number for word in _words(text) for number in self._pieces(word)]

    def _pieces(self, word: str) -> list[int]:
        unknown = [self._numbers[UNKNOWN]]
        if len(word) > _LONGEST_WORD:
            return unknown
        found: list[int] = []
        place = 0
        while place < len(word):
            prefix = _CONTINUES if place else ""
            ends = range(len(word), place, -1)
            end = next((end for end in ends if prefix + word[place:end] in self._numbers), None)
            if end is None:
                return unknown
            found.append(self._numbers[prefix + word[place:end]])
            place = end
        return found


def word_pieces_for(folder: Path) -> WordPieces:
    """Return the word pieces whose vocabulary lies in a folder.

    Raises:
        ModelError: When there is none, or it is damaged.
    """
    for name in _NAMES:
        if (folder / name).is_file():
            return _read(folder / name)
    raise ModelError(
        tr("The vocabulary that turns typed names into numbers is missing."),
        hint=tr("Put {name} of BERT (bert-base-uncased) beside the model.", name=VOCABULARY),
    )


@functools.lru_cache(maxsize=2)
def _read(path: Path) -> WordPieces:
    try:
        text = path.read_bytes()[:_MOST_BYTES].decode("utf-8")
        if path.suffix == ".json":
            numbers = {str(piece): int(number) for piece, number in json.loads(text)["model"]["vocab"].items()}
        else:
            numbers = {piece: number for number, piece in enumerate(text.splitlines())}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(tr("The vocabulary {name} is damaged.", name=path.name), details=repr(error)) from error
    return WordPieces(numbers)


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text, and each sign by itself."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(sign) != "Mn")
    word = ""
    for sign in plain:
        if sign.isspace() or _stands_alone(sign):
            if word:
                yield word
            word = ""
            if not sign.isspace():
                yield sign
        elif unicodedata.category(sign) not in ("Cc", "Cf"):
            word += sign
    if word:
        yield word


def _stands_alone(sign: str) -> bool:
    """Say whether a sign is a word by itself: punctuation, symbols of ASCII, Chinese characters."""
    is_ascii_symbol = sign.isascii() and not sign.isalnum() and sign.isprintable()
    is_chinese = 0x4E00 <= ord(sign) <= 0x9FFF or 0x3400 <= ord(sign) <= 0x4DBF or 0x20000 <= ord(sign) <= 0x2FA1F
    return is_ascii_symbol or is_chinese or unicodedata.category(sign).startswith("P")
