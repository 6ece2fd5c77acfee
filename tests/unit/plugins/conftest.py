"""A folder of installed packages, and plug-ins from it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

sys.path.insert(0, str(Path(__file__).parent))

from plugin_hosts import Hosts  # noqa: E402
from plugin_packages import install_example  # noqa: E402


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder into which the example was installed."""
    site = tmp_path_factory.mktemp("example") / "site"
    install_example(site)
    return site


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    made = Hosts()
    yield made
    for take_back in made.take_back:
        take_back()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder of packages that Python looks into."""
    folder = tmp_path / "site"
    folder.mkdir()
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    _forget(before)


@pytest.fixture
def example(example_site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder with the example, which Python looks into."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(example_site))
    yield example_site
    _forget(before)


def _forget(before: set[str]) -> None:
    for name in set(sys.modules) - before:
        if not name.startswith(("anylabeling.", "numpy", "cv2")):
            del sys.modules[name]
    importlib.invalidate_caches()
