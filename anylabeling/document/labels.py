"""Labels: the colour of each, the text colour on it, which ones are known, which ones are allowed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

Rgb = tuple[int, int, int]
"""Red, green and blue, 0-255 each, sRGB."""

PALETTE: tuple[Rgb, ...] = (
    (255, 120, 135),
    (105, 45, 255),
    (255, 225, 0),
    (120, 255, 255),
    (135, 60, 135),
    (45, 105, 30),
    (180, 255, 120),
    (240, 105, 255),
    (165, 180, 90),
    (165, 60, 105),
    (240, 165, 45),
    (240, 165, 255),
    (0, 150, 90),
    (165, 120, 180),
    (165, 120, 0),
    (120, 210, 180),
    (150, 90, 255),
    (210, 60, 60),
    (225, 240, 165),
    (75, 105, 195),
)
"""Twenty colours, any two of them at least 16 apart in CIELAB for people with normal sight and with red, green or blue
blindness (simulated after Machado, Oliveira and Fernandes, 2009); none too dark, too light or too grey for photos."""

# Of the seeds tried, the first with which the commonest classes have colours of their own, and those unshaded.
_HASH_SEED = b"labels 312"
_SHADE_SEED = b"shades 13307088"
SHADES: tuple[Rgb, ...] = (
    (255, 188, 195),
    (165, 129, 255),
    (255, 238, 115),
    (60, 128, 128),
    (213, 187, 213),
    (118, 158, 109),
    (144, 204, 96),
    (180, 79, 191),
    (74, 81, 40),
    (201, 138, 165),
    (246, 201, 129),
    (245, 196, 255),
    (0, 90, 54),
    (91, 66, 99),
    (107, 78, 0),
    (208, 239, 229),
    (98, 58, 166),
    (147, 42, 42),
    (180, 192, 132),
    (52, 74, 136),
    (128, 60, 68),
    (84, 36, 204),
    (191, 169, 0),
    (84, 178, 178),
    (189, 148, 189),
    (171, 195, 165),
    (108, 153, 72),
    (243, 135, 255),
    (124, 135, 68),
    (183, 99, 135),
    (250, 224, 182),
    (250, 224, 255),
    (64, 176, 131),
    (124, 90, 135),
    (192, 160, 77),
    (48, 84, 72),
    (202, 172, 255),
    (228, 138, 138),
    (112, 120, 82),
    (129, 150, 213),
)
"""Two shades of each colour of the palette, twenty and twenty: mixed with white or black so that any two of all sixty
are at least 12 apart in CIELAB for normal sight, and none is too dark or too light."""

_COLORS = PALETTE + SHADES
_DIGITS = re.compile(r"(\d+)")


class LabelColors:
    """The colours of labels for one session.

    In mode ``auto`` the name alone decides: the same label has the same colour on every machine and in every run,
    whatever other labels there are and whichever came first. So two names may have the same colour; sixty colours, the
    palette with two shades of each, make that rare. A label that was renamed keeps the colour that it
    had. A colour in ``label_colors`` counts in mode ``auto``, too.

    Args:
        mode: ``auto``; ``manual`` for ``label_colors`` and nothing else; None for one colour for all.
        label_colors: Colours by label.
        default: Colour of labels that have none, and of all labels when the mode is None.
        shift: How many places ``auto`` moves on in the palette.
        inherited: Places in the palette by label that was renamed, as ``inherited`` gave them before.
    """

    def __init__(
        self,
        *,
        mode: str | None = "auto",
        label_colors: Mapping[str, Rgb] | None = None,
        default: Rgb = (0, 255, 0),
        shift: int = 0,
        inherited: Mapping[str, int] | None = None,
    ) -> None:
        self._mode = mode
        self._manual = dict(label_colors or {})
        self._default = default
        self._shift = shift
        self._inherited = {label: slot for label, slot in (inherited or {}).items() if slot in range(len(_COLORS))}
        self._used: set[str] = set()

    @property
    def inherited(self) -> dict[str, int]:
        """The places in the palette of labels that were renamed."""
        return dict(self._inherited)

    def take_over(self, old: str, new: str) -> None:
        """Give a label that has not been shown yet the colour of another, which is being renamed to it."""
        if old in self._used and new not in self._used and new not in self._inherited:
            self._inherited[new] = self._slot(old)

    def color(self, label: str) -> Rgb:
        """Return the colour of a label."""
        if self._mode not in ("auto", "manual"):
            return self._default
        fixed = self._manual.get(label)
        if fixed is not None or self._mode == "manual":
            return fixed or self._default
        self._used.add(label)
        return _slot_color(self._slot(label), self._shift)

    def _slot(self, label: str) -> int:
        slot = self._inherited.get(label)
        return _hashed(label) if slot is None else slot


def palette_color(label: str, shift: int = 0) -> Rgb:
    """Return the colour that a label's name asks for."""
    return _slot_color(_hashed(label), shift)


def text_color(background: Rgb) -> Rgb:
    """Return black or white, whichever has more contrast on a background by WCAG 2.2."""
    luminance = relative_luminance(background)
    # The contrast ratio is (lighter + 0.05) / (darker + 0.05).
    return (0, 0, 0) if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else (255, 255, 255)


def relative_luminance(color: Rgb) -> float:
    """Return the relative luminance of WCAG 2.2, 0 for black to 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sorting key that puts ``car 2`` before ``car 10`` and ignores case."""
    parts = _DIGITS.split(text.casefold())
    return tuple((1, 0, part) if not index % 2 else (0, _number(part), part) for index, part in enumerate(parts))


def known_labels(configured: Iterable[str] | None, seen: Iterable[str] = (), *, sort: bool = True) -> tuple[str, ...]:
    """Return the labels to choose from, each once, without empty ones.

    Args:
        configured: Labels of the configuration, or None.
        seen: Labels that shapes have.
        sort: Sort all by name; otherwise the configured ones come first in their order, then the seen ones in theirs.
    """
    labels = [label for label in dict.fromkeys((*(configured or ()), *seen)) if label]
    return tuple(sorted(labels, key=lambda label: (natural_key(label), label)) if sort else labels)


def is_allowed(label: str, configured: Iterable[str] | None, validation: str | None) -> bool:
    """Return whether a shape may have a label: any but an empty one, or with ``exact`` only a configured one."""
    if not label.strip():
        return False
    return validation != "exact" or label in (configured or ())


@lru_cache(maxsize=4096)
def _hashed(label: str) -> int:
    # Python's own hash of a text is another one in each process.
    name = label.encode("utf-8", "surrogatepass")
    place = int.from_bytes(hashlib.blake2b(name, digest_size=8, person=_HASH_SEED).digest()[:4], "big") % len(PALETTE)
    shade = hashlib.blake2b(name, digest_size=4, person=_SHADE_SEED).digest()[0] % (len(_COLORS) // len(PALETTE))
    return shade * len(PALETTE) + place


def _slot_color(slot: int, shift: int) -> Rgb:
    shade, place = divmod(slot, len(PALETTE))
    return _COLORS[shade * len(PALETTE) + (place + shift) % len(PALETTE)]


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _number(digits: str) -> int:
    # Digits of other scripts count too; a name of thousands of digits is no number.
    return int(digits) if len(digits) <= 18 else 10**18
