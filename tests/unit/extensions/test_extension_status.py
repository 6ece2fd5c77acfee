"""What is said of compiled modules that are there, missing, broken or stale, and what the build says without tools."""

from __future__ import annotations

import importlib.machinery
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import anylabeling
from anylabeling import extensions

PACKAGE = Path(anylabeling.__file__).parent
PROJECT = PACKAGE.parent
SUFFIX = importlib.machinery.EXTENSION_SUFFIXES[0]
STATUS = (
    "import json\n"
    "from anylabeling.extensions import extensions_available, get_extension_status\n"
    "print(json.dumps([extensions_available(), get_extension_status()]))"
)


@pytest.fixture
def unbuilt(tmp_path: Path) -> Path:
    """Return the folder of the extensions in a copy of the package in which nothing is built."""
    target = tmp_path / "anylabeling"
    target.mkdir()
    shutil.copy(PACKAGE / "__init__.py", target)
    ignored = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__")
    shutil.copytree(PACKAGE / "extensions", target / "extensions", ignore=ignored)
    return target / "extensions"


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # -P and PYTHONPATH: the copy, not the checkout.
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def status_in(folder: Path) -> tuple[bool, dict[str, dict[str, Any]]]:
    done = run_in(folder, "-c", STATUS)
    assert done.returncode == 0, done.stderr
    available, status = json.loads(done.stdout)
    return available, status


def test_status_has_the_same_fields_for_each_module() -> None:
    status = extensions.get_extension_status()
    assert tuple(status) == extensions.MODULES
    for row in status.values():
        assert set(row) == {"available", "state", "version", "reason", "command"}
        assert row["available"] == (row["state"] == "present")
        assert bool(row["version"]) == row["available"]
        assert row["available"] or row["reason"]
        assert row["command"] == extensions.BUILD_COMMAND
    assert extensions.extensions_available() == all(row["available"] for row in status.values())


def test_modules_that_were_never_built(unbuilt: Path) -> None:
    available, status = status_in(unbuilt.parents[1])
    assert not available
    for row in status.values():
        assert (row["state"], row["reason"], row["version"]) == ("missing", "it is not built", "")


def test_modules_that_do_not_load_or_are_stale(unbuilt: Path) -> None:
    # A module of another kind stands in for one built on another machine or for another version.
    (unbuilt / "fast_nms.cpython-0-none.so").write_bytes(b"not for this Python")
    (unbuilt / "fast_names.py").write_text("INTERFACE = 0\n", encoding="utf-8")
    (unbuilt / "fast_polygons.py").write_text("raise OSError('wrong machine')\n", encoding="utf-8")
    digest = "INTERFACE, BUILT_FOR, SOURCE_DIGEST = 1, '1.0', "
    (unbuilt / "fast_overlaps.py").write_text(f"{digest}'other'\n", encoding="utf-8")
    (unbuilt / "fast_rotated.py").write_text(f"{digest}{extensions.source_digest(unbuilt)!r}\n", encoding="utf-8")
    available, status = status_in(unbuilt.parents[1])
    assert not available
    assert status["fast_nms"]["reason"] == "it is not built"
    assert status["fast_names"]["state"] == "broken"
    assert status["fast_names"]["reason"] == "it was built for another version of the program: build it again"
    assert status["fast_polygons"]["state"] == "broken"
    assert status["fast_polygons"]["reason"] == "it does not load here: OSError: wrong machine"
    assert status["fast_overlaps"]["available"]
    assert status["fast_overlaps"]["reason"] == "its source has changed since it was built"
    assert (status["fast_rotated"]["state"], status["fast_rotated"]["reason"]) == ("present", "")


def test_files_that_are_broken_in_earnest(unbuilt: Path) -> None:
    # The first file is what a build leaves that is ended by a full disk: loading it ends the process.
    real = next(iter(sorted((PACKAGE / "extensions").glob(f"fast_nms*{SUFFIX}"))), None)
    whole = real.read_bytes() if real else Path(sys.executable).resolve().read_bytes()
    for name, content in (
        ("fast_nms", whole[:9000]),
        ("fast_names", b""),
        ("fast_polygons", b"\x7fELF\x02\x01"),
        ("fast_overlaps", bytes(100)),
        ("fast_rotated", whole),
    ):
        (unbuilt / f"{name}{SUFFIX}").write_bytes(content)
    available, status = status_in(unbuilt.parents[1])
    assert not available
    for name in ("fast_nms", "fast_names", "fast_polygons", "fast_overlaps", "fast_rotated"):
        assert status[name]["state"] == "broken", name
        assert status[name]["reason"].startswith("it does not load here: "), name
    if sys.platform.startswith("linux"):
        assert status["fast_nms"]["reason"].endswith("its file is cut off: build it again")
        assert status["fast_polygons"]["reason"].endswith("its file is cut off: build it again")
    assert status["fast_transforms"]["state"] == "missing"


@pytest.mark.parametrize("interface", [extensions.INTERFACE, 0, None])
def test_compiled_modules_of_other_times(unbuilt: Path, interface: int | None) -> None:
    compiler = shutil.which(os.environ.get("CC", "cc")) or shutil.which("gcc")
    headers = Path(sysconfig.get_path("include"))
    if not sys.platform.startswith("linux") or not compiler or not (headers / "Python.h").is_file():
        pytest.skip("there is no C compiler, or no headers of Python")
    source = unbuilt.parents[1] / "old.c"
    source.write_text(
        "#include <Python.h>\n"
        'static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "fast_nms", 0, -1, 0};\n'
        "PyMODINIT_FUNC PyInit_fast_nms(void) {\n"
        "    PyObject *module = PyModule_Create(&definition);\n"
        + ("" if interface is None else f'    PyModule_AddIntConstant(module, "INTERFACE", {interface});\n')
        + "    return module;\n}\n",
        encoding="utf-8",
    )
    target = unbuilt / f"fast_nms{SUFFIX}"
    subprocess.run([compiler, "-shared", "-fPIC", f"-I{headers}", str(source), "-o", str(target)], check=True)
    _available, status = status_in(unbuilt.parents[1])
    row = status["fast_nms"]
    if interface == extensions.INTERFACE:
        assert (row["state"], row["version"]) == ("present", "unknown")
        assert row["reason"] == "its source has changed since it was built"
    else:
        assert row["state"] == "broken"
        assert row["reason"] == "it was built for another version of the program: build it again"


def test_sources_that_cannot_be_read_are_said(unbuilt: Path) -> None:
    (unbuilt / "fast_names.py").write_text("INTERFACE, BUILT_FOR, SOURCE_DIGEST = 1, '1.0', 'x'\n", encoding="utf-8")
    (unbuilt / "fast_names.pyx").unlink()
    (unbuilt / "fast_names.pyx").mkdir()
    _available, status = status_in(unbuilt.parents[1])
    assert status["fast_names"]["state"] == "present"
    assert status["fast_names"]["reason"].startswith("whether its source has changed since it was built cannot be told")


def test_a_name_that_is_no_module_is_refused() -> None:
    with pytest.raises(ImportError, match="there is no compiled module os"):
        extensions.load("os")


def test_the_build_says_what_is_missing(unbuilt: Path) -> None:
    # An isolated interpreter without site-packages has no Cython.
    done = run_in(unbuilt.parents[1], "-I", "-S", str(unbuilt / "setup_extensions.py"), "build_ext", "--inplace")
    assert done.returncode == 1
    assert done.stderr.endswith("is missing; the build needs: pip install cython numpy setuptools\n")


def test_the_build_works_from_a_clean_copy(unbuilt: Path) -> None:
    pytest.importorskip("Cython", reason="Cython is not installed")
    pytest.importorskip("setuptools", reason="setuptools is not installed")
    if not (shutil.which(os.environ.get("CC", "cc")) or shutil.which("gcc")):
        pytest.skip("there is no C compiler")
    # Two of the modules, with numpy and without, stand for all: building them takes seconds, not a minute.
    package = unbuilt / "__init__.py"
    text = package.read_text(encoding="utf-8")
    package.write_text(
        re.sub(r"^MODULES = \([^)]*\)", 'MODULES = ("fast_transforms", "fast_names")', text, flags=re.MULTILINE),
        encoding="utf-8",
    )
    done = run_in(unbuilt.parents[1], str(unbuilt / "setup_extensions.py"), "build_ext", "--inplace")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "warning:" not in done.stderr, done.stderr[-3000:]
    available, status = status_in(unbuilt.parents[1])
    assert available, status
    assert set(status) == {"fast_transforms", "fast_names"}
    assert all(row["version"] == anylabeling.__version__ and row["reason"] == "" for row in status.values())
    assert not list(unbuilt.glob("*.c")), "generated files lie in the build folder only"


def test_the_sources_ship_with_the_package() -> None:
    for name in extensions.MODULES:
        for suffix in (".pyx", ".pyi"):
            assert (PACKAGE / "extensions" / f"{name}{suffix}").is_file()
