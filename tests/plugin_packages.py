"""Packages with plug-ins for tests: the example, installed by pip as a person does it, and small ones made by hand."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import anylabeling

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EXAMPLE = Path(anylabeling.__file__).parents[1] / "examples" / "anylabeling-colours"
CONFIG = EXAMPLE / "red-and-blue.yaml"


def install_example(target: Path) -> None:
    """Build a wheel of the example and install it into a folder with pip, without its dependencies and any network."""
    facts = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = facts["name"].replace("-", "_"), facts["version"]
    wheel = target.parent / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    entry_points = "".join(
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())
        for group, entries in facts["entry-points"].items()
    )
    files = {
        path.relative_to(EXAMPLE / "src").as_posix(): path.read_text(encoding="utf-8")
        for path in (EXAMPLE / "src").rglob("*.py")
    }
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {facts['name']}\nVersion: {version}\n"
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = entry_points
    record = "".join(f"{path},sha256={_digest(text)},{len(text.encode())}\n" for path, text in files.items())
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        archive.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-compile",
               "--disable-pip-version-check", "--target", str(target), str(wheel)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def make_package(site: Path, name: str, code: str, *, entry: str = "", version: str = "0.1") -> None:
    """Put a package with a dist-info folder into a folder: a module with a class ``Made`` as its plug-in."""
    site.mkdir(parents=True, exist_ok=True)
    module = name.replace("-", "_")
    (site / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
    info = site / f"{module}-{version}.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    entry = entry or f"{name} = {module}:Made"
    (info / "entry_points.txt").write_text(f"[anylabeling.plugins]\n{entry}\n", encoding="utf-8")


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
