"""What crosses to the window while images get their classes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class that images can get.

    Attributes:
        name: The flag.
        key: The key that gives it, or empty.
        images: How many images of the list have it.
        is_set: Whether the image on the screen has it.
    """

    name: str
    key: str
    images: int
    is_set: bool


@dataclass(frozen=True, slots=True)
class ClassifyState:
    """How far it is.

    Attributes:
        classes: The classes in order.
        image: Name of the image on the screen; empty while none is there.
        place: Its number in the list, from 1; 0 when it is not in it.
        total: How many images the list has.
        classified: How many of them have one of the classes.
        can_take_back: Whether a step can be taken back.
        note: What else there is to say, or empty.
    """

    classes: tuple[ClassRow, ...] = ()
    image: str = ""
    place: int = 0
    total: int = 0
    classified: int = 0
    can_take_back: bool = False
    note: str = ""
