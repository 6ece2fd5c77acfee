"""Fixtures for all tests: the real models and photos, and a home folder that is not the person's own."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says nothing where other processes test at the same time.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("long") and not os.environ.get("ANYLABELING_HEAVY"):
        pytest.skip("takes long (make test-heavy)")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Return the folder of real models and photos; the test is skipped where it is not set."""
    value = os.environ.get("ANYLABELING_TEST_DATA", "")
    folder = Path(value)
    if not value or not (folder / "photos").is_dir():
        pytest.skip("ANYLABELING_TEST_DATA does not name the folder of real models and photos")
    return folder


@pytest.fixture
def home_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home folder that the program sees as its own, with XDG folders inside."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in (
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    return home


@pytest.fixture(autouse=True)
def log_level_of_its_own() -> Iterator[None]:
    """Undo what a test does to the level of the program's log, which would silence it for the tests after it."""
    logger = logging.getLogger("anylabeling")
    before = logger.level
    yield
    logger.setLevel(before)
