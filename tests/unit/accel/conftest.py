"""Run the tests of this folder over every implementation."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from accel_builds import unbuilt_extensions

from anylabeling import accel as public


@pytest.fixture(params=["numpy", "cython"], scope="module")
def accel(request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    """Return the public functions while one implementation is in use."""
    if request.param == "cython" and unbuilt_extensions():
        pytest.skip(unbuilt_extensions())
    with public.using(request.param):
        yield public
