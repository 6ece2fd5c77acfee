"""The set-up's build step: it builds where it can, is quick the next time, and never fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
SCRIPT = PROJECT / "scripts" / "setup" / "build_extensions.sh"
TOOLS = ("bash", "cat", "cksum", "dirname", "env", "find", "head", "sort", "tail", "timeout", "xargs")

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the set-up scripts are for Linux")


class Checkout:
    """A checkout with the script and a Python that plays the one of its environment."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.programs = root / "bin"
        self.extensions = root / "anylabeling" / "extensions"
        for folder in (self.programs, self.extensions, root / "scripts" / "setup", root / ".venv" / "bin"):
            folder.mkdir(parents=True)
        shutil.copy(SCRIPT, root / "scripts" / "setup")
        (self.extensions / "fast_one.pyx").write_text("source", encoding="utf-8")
        for name in TOOLS:
            (self.programs / name).symlink_to(str(shutil.which(name)))
        (root / "Python.h").touch()
        self.python("building >>calls; : >anylabeling/extensions/fast_one.so")

    def python(self, when_building: str) -> None:
        """Let the Python of the environment do this when it is to build."""
        program = self.root / ".venv" / "bin" / "python"
        program.write_text(
            f'#!{shutil.which("bash")}\ncd "{self.root}"\nbuilding() {{ echo building; }}\n'
            f'case "$*" in *sysconfig*) echo "{self.root}";; *build_ext*) {when_building};; esac\n',
            encoding="utf-8",
        )
        program.chmod(0o755)

    def add_compiler(self) -> None:
        (self.programs / "cc").symlink_to(str(shutil.which("true")))

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [str(self.programs / "bash"), str(self.root / "scripts" / "setup" / SCRIPT.name), *arguments],
            env={"PATH": str(self.programs)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    @property
    def builds(self) -> int:
        calls = self.root / "calls"
        return len(calls.read_text(encoding="utf-8").splitlines()) if calls.exists() else 0


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "a checkout")


def test_builds_once_and_again_when_a_source_changes(checkout: Checkout) -> None:
    checkout.add_compiler()
    assert checkout.run().splitlines()[-1].startswith("The Cython modules are built")
    assert [checkout.run(), checkout.builds] == ["", 1]
    (checkout.extensions / "README.md").write_text("words", encoding="utf-8")
    assert [checkout.run(), checkout.builds] == ["", 1]
    (checkout.extensions / "fast_one.pyx").write_text("other source", encoding="utf-8")
    assert "are built" in checkout.run()
    (checkout.extensions / "fast_one.so").unlink()
    assert "are built" in checkout.run()
    assert "are built" in checkout.run("--force")
    assert checkout.builds == 4


def test_says_what_is_missing_and_says_it_once(checkout: Checkout) -> None:
    said = checkout.run()
    assert said.count("\n") == 1
    assert "there is no C compiler" in said
    assert "apt-get install gcc" in said
    assert checkout.run() == ""
    # A compiler that comes later is found at once.
    checkout.add_compiler()
    (checkout.root / "Python.h").unlink()
    said = checkout.run()
    assert said.count("\n") == 1
    assert "apt-get install python3-dev" in said
    assert checkout.builds == 0


def test_a_failed_build_is_reported_and_tried_again_later(checkout: Checkout) -> None:
    checkout.add_compiler()
    checkout.python("echo the compiler says no >&2; exit 3")
    assert "could not be built (see .venv/anylabeling-extensions.log)" in checkout.run()
    log = checkout.root / ".venv" / "anylabeling-extensions.log"
    assert "the compiler says no" in log.read_text(encoding="utf-8")
    assert checkout.run() == ""
    stamp = checkout.root / ".venv" / "anylabeling-extensions.stamp"
    two_hours_ago = time.time() - 7200
    os.utime(stamp, (two_hours_ago, two_hours_ago))
    checkout.python("building >>calls; : >anylabeling/extensions/fast_one.so")
    assert "are built" in checkout.run()


def test_without_an_environment_it_does_nothing(checkout: Checkout) -> None:
    (checkout.root / ".venv" / "bin" / "python").unlink()
    assert checkout.run() == ""
