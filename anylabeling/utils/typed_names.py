"""Names that a person types in one line."""

from __future__ import annotations


def typed_names(text: str) -> tuple[str, ...]:
    """Return the names in a text that are separated by commas, each once, in their order."""
    return tuple(dict.fromkeys(name for part in text.split(",") if (name := " ".join(part.split()))))
