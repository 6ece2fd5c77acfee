"""Sentences for the person, on their way from a controller to the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the person should know, shown without taking the focus.

    Attributes:
        text: One plain sentence.
        hint: What to do about it; may be empty.
        details: Technical text behind "Details"; may be empty.
        level: How serious it is.
        actions: Buttons: text and what they do.
        topic: What it is about; a later one about the same takes its place, and it goes when that is settled.
    """

    text: str
    hint: str = ""
    details: str = ""
    level: Literal["info", "warning", "error"] = "info"
    actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    topic: str = ""
