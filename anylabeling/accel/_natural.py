"""Natural order of file names: numbers by value, letters without case, folders before what only begins like them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = re.compile("[0-9]+")
_TO_ZERO = {ord(digit): "0" for digit in "123456789"}


def natural_sort_keys(names: Sequence[str]) -> list[str]:
    """Return one key per name or path; keys compare as the names sort.

    A run of ASCII digits counts as one number, whatever its leading zeros; letters are compared without case; the path
    separator sorts before the dot and the dot before everything else, so that "a.jpg" comes before "a 2.jpg" and
    "a/x.jpg" before "a b/x.jpg". Names that differ only in case or leading zeros get equal keys.

    The keys are opaque: compare them only with keys from this function.
    """
    substitute = _DIGITS.sub
    try:
        return [
            substitute(_number_key, str.casefold(name).replace("/", "\0").replace("\\", "\0").replace(".", "\1"))
            for name in names
        ]
    except TypeError as error:
        raise TypeError("names must be text") from error


def natural_sorted(names: Sequence[str]) -> list[str]:
    """Return the names in natural order; equal ones by plain comparison, so that the result is always the same."""
    if not all(isinstance(name, str) for name in names):
        raise TypeError("names must be text")
    plain = sorted(names)
    if _plain_order_is_natural(plain):
        return plain
    keys = natural_sort_keys(plain)
    order = sorted(range(len(plain)), key=keys.__getitem__)
    return [plain[index] for index in order]


def _plain_order_is_natural(names: Sequence[str]) -> bool:
    # A camera's names are one pattern with numbers of one width: comparing characters is then comparing numbers.
    if not names or len(names[0]) != len(names[-1]):
        return False
    pattern = names[0].translate(_TO_ZERO)
    return all(name.translate(_TO_ZERO) == pattern for name in names)


def _number_key(match: re.Match[str]) -> str:
    # The count of digits first: of two numbers without leading zeros the longer is the greater.
    digits = match.group().lstrip("0") or "0"
    return f"0{chr(min(len(digits) + 0x20, 0xD7FF))}{digits}"
