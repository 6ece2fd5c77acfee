"""Run the tests of this folder over every implementation."""

from __future__ import annotations

from types import ModuleType

import pytest

from anylabeling.accel import _numpy

IMPLEMENTATIONS: list[ModuleType] = [_numpy]


@pytest.fixture(params=IMPLEMENTATIONS, ids=lambda module: module.__name__, scope="module")
def accel(request: pytest.FixtureRequest) -> ModuleType:
    """Return one implementation of the public functions."""
    return request.param
