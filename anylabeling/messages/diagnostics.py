"""What the window shows of optional parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ModuleState:
    """An optional part: a backend or a compiled module.

    Attributes:
        name: For people.
        state: Whether it is there and works.
        text: What it does here, or the plain reason why it does not.
        command: What installs it; may be empty.
    """

    name: str
    state: Literal["present", "missing", "broken"]
    text: str
    command: str = ""
