"""Connections between signals and slots that the binding's type stubs cannot express."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qtpy.QtCore import Qt


def connect_queued(signal: Any, slot: Callable[..., object]) -> None:
    """Connect so that the slot runs from the event loop of its receiver's thread, whatever thread emits."""
    signal.connect(slot, Qt.ConnectionType.QueuedConnection)
