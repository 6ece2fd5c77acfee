"""Which compiled modules can be tested here."""

from __future__ import annotations

from anylabeling.extensions import get_extension_status


def unbuilt_extensions() -> str:
    """Return why the Cython modules cannot be tested; empty when they can."""
    missing = {name: status for name, status in get_extension_status().items() if not status["available"]}
    return "; ".join(f"{name}: {status['reason']} ({status['command']})" for name, status in missing.items())
