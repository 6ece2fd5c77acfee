"""What the window knows about servers of models."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServerRow:
    """A server that the person has used.

    Attributes:
        address: Where it is.
        has_key: Whether a key is stored for it.
    """

    address: str
    has_key: bool


@dataclass(frozen=True, slots=True)
class RemoteModelRow:
    """A model on a server.

    Attributes:
        address: By which it is chosen.
        name: Its name on the server.
        title: For people.
        task: As in ModelInfo; empty where the server does not say.
        class_count: How many classes it has; None where the server does not say, or they are typed.
        device: Where it runs; may be empty.
    """

    address: str
    name: str
    title: str
    task: str
    class_count: int | None
    device: str
