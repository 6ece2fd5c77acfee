"""What the heavy tests need: skipped where it is missing, unless it was installed for them."""

from __future__ import annotations

import os

import pytest

from anylabeling.services.auto_labeling.runtime_info import runtime_info


def need(module: str) -> None:
    """Skip a test where a module is missing; fail in the environment that was made to have it."""
    if runtime_info().has(module):
        return
    if os.environ.get("ANYLABELING_HEAVY"):
        pytest.fail(f"{module} is missing, although this environment was made for it")
    pytest.skip(f"{module} is not installed (make test-heavy)")
