"""What is typed into the search of the file list: names, patterns, and conditions on labels.

The spelling is X-AnyLabeling's: ``shape::0``, ``label::car``, ``score::[0.3,0.5]``, ``<pattern>``, ``#12``. Beyond it,
several conditions are all wanted, ``!`` before one turns it around, and numbers may be ``>2``, ``<5`` or ``[2,5]``.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from functools import cached_property

from anylabeling.errors import AppError
from anylabeling.translation import tr

KEYS = ("label", "shape", "score", "checked", "difficult", "gid", "type", "text", "description", "flag", "tag")
_TERM = re.compile(r"(?:^|(?<=\s))(!?)([A-Za-z_]+)::")
_NUMBER_KEYS = frozenset({"shape", "score", "gid"})
_YES_NO_KEYS = frozenset({"checked", "difficult"})
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})
_BOUNDS = re.compile(r"\[\s*([^,\]]*)\s*,\s*([^,\]]*)\s*\]")


class SearchError(AppError):
    """What was typed makes no sense."""


@dataclass(frozen=True)
class Term:
    """One condition on the labels of an image.

    Attributes:
        key: One of KEYS.
        value: What was typed behind it.
        negated: Whether images that fulfil it are left out.
        low: For numbers: the least that counts.
        high: For numbers: the greatest that counts.
        above: Whether ``low`` itself does not count.
        below: Whether ``high`` itself does not count.
    """

    key: str
    value: str
    negated: bool = False
    low: float = float("-inf")
    high: float = float("inf")
    above: bool = False
    below: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a text has to look like: the whole of it, upper and lower case alike, with * and ?."""
        return re.compile(fnmatch.translate(self.value.casefold()))

    @property
    def wanted(self) -> bool:
        """For yes and no: which of them."""
        return self.value.casefold() in _YES

    def fits(self, number: float) -> bool:
        """Return whether a number is within the bounds."""
        low = number > self.low if self.above else number >= self.low
        return low and (number < self.high if self.below else number <= self.high)


@dataclass(frozen=True, slots=True)
class FileQuery:
    """What is searched for; all of it has to be so.

    Attributes:
        name: Part of the path below the folder, upper and lower case alike; may be empty.
        pattern: What the path below the folder has to match somewhere, or None.
        number: The place of the one image that is wanted, counted from 1, or None.
        terms: Conditions on labels.
    """

    name: str = ""
    pattern: re.Pattern[str] | None = None
    number: int | None = None
    terms: tuple[Term, ...] = ()


def parse_query(text: str) -> FileQuery:
    """Understand what was typed.

    Raises:
        SearchError: When it makes no sense; the text says why.
    """
    found = list(_TERM.finditer(text))
    plain = (text[: found[0].start()] if found else text).strip()
    ends = [*(match.start() for match in found[1:]), len(text)][: len(found)]
    terms = tuple(
        _term(match[2].lower(), text[match.end() : end].strip(), negated=bool(match[1]))
        for match, end in zip(found, ends, strict=True)
    )
    if plain.startswith("#") and plain[1:].strip().isdigit():
        return FileQuery(number=int(plain[1:]), terms=terms)
    if len(plain) > 2 and plain.startswith("<") and plain.endswith(">"):
        try:
            return FileQuery(pattern=re.compile(plain[1:-1]), terms=terms)
        except re.error as error:
            raise SearchError(tr("{text} is no pattern: {error}.", text=plain, error=str(error))) from error
    return FileQuery(name=plain.lower(), terms=terms)


def _term(key: str, value: str, *, negated: bool) -> Term:
    value = value.strip('"')
    if key not in KEYS:
        raise SearchError(tr("{key}:: is not known; there are {keys}.", key=key, keys=", ".join(KEYS)))
    if not value:
        raise SearchError(tr("Type what {key}:: has to be.", key=key))
    if key in _YES_NO_KEYS and value.casefold() not in _YES | _NO:
        raise SearchError(tr("{key}:: is 1 or 0.", key=key))
    if key not in _NUMBER_KEYS:
        return Term(key, value, negated)
    try:
        return _number_term(key, value, negated)
    except ValueError as error:
        raise SearchError(tr("{key}:: is a number, >2, <5, or [2,5].", key=key)) from error


def _number_term(key: str, value: str, negated: bool) -> Term:
    bounds = _BOUNDS.fullmatch(value)
    if bounds is not None:
        low, high = float(bounds[1] or "-inf"), float(bounds[2] or "inf")
        return Term(key, value, negated, low, high)
    sign = next((sign for sign in (">=", "<=", ">", "<") if value.startswith(sign)), "")
    number = float(value[len(sign) :])
    if not sign:
        return Term(key, value, negated, number, number)
    if sign.startswith(">"):
        return Term(key, value, negated, low=number, above=sign == ">")
    return Term(key, value, negated, high=number, below=sign == "<")
