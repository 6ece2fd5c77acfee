"""Build the compiled modules of this folder, next to their sources.

Usage, from anywhere: python anylabeling/extensions/setup_extensions.py build_ext --inplace

Needs a C compiler, the headers of Python, Cython 3, numpy and setuptools. Intermediate files go to build/extensions.
"""

from __future__ import annotations

import os
import re
import runpy
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parents[1]
BUILD_FOLDER = Path("build", "extensions")

_GNU_FLAGS = [
    "-O3",
    # The results are compared bit by bit with numpy's: no fused operations, whatever the processor could do.
    "-ffp-contract=off",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-fopenmp-simd",
    "-fvisibility=hidden",
    "-Wno-unused-function",
]
_MSVC_FLAGS = ["/O2", "/fp:precise", "/openmp:experimental"]


def compiler_flags() -> list[str]:
    """Return the options for the compiler that setuptools takes on this system."""
    return _MSVC_FLAGS if sys.platform == "win32" else _GNU_FLAGS


def program_version() -> str:
    """Return the version of the program that the modules are built for, without importing the program."""
    text = (FOLDER.parent / "__init__.py").read_text(encoding="utf-8")
    match = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    return match[1] if match else "unknown"


def extension_modules(package: dict[str, Any], *, force: bool) -> list[Any]:
    """Return the modules as setuptools takes them, translated to C.

    Args:
        package: What ``__init__.py`` of this folder defines.
        force: Translate them even when they look translated.
    """
    import numpy as np
    from Cython.Build import cythonize
    from setuptools import Extension

    macros = [
        ("NPY_NO_DEPRECATED_API", "NPY_1_22_API_VERSION"),
        ("ANYLABELING_INTERFACE", str(package["INTERFACE"])),
        ("ANYLABELING_VERSION", f'"{program_version()}"'),
        ("ANYLABELING_SOURCE_DIGEST", f'"{package["source_digest"](FOLDER)}"'),
    ]
    headers = [str(file.relative_to(PROJECT)) for file in sorted(FOLDER.glob("*.h"))]
    extensions = [
        Extension(
            f"anylabeling.extensions.{name}",
            [str((FOLDER / f"{name}.pyx").relative_to(PROJECT))],
            include_dirs=[np.get_include(), str(FOLDER.relative_to(PROJECT))],
            define_macros=macros,
            extra_compile_args=compiler_flags(),
            depends=headers,
        )
        for name in package["MODULES"]
    ]
    return list(cythonize(extensions, build_dir=str(BUILD_FOLDER), language_level=3, quiet=True, force=force))


def main(arguments: list[str]) -> int:
    """Run the commands of setuptools that are named on the command line."""
    try:
        import Cython  # noqa: F401
        import numpy as np  # noqa: F401
        from setuptools import Distribution
    except ImportError as error:
        sys.stderr.write(f"{error.name} is missing; the build needs: pip install cython numpy setuptools\n")
        return 1
    # setuptools wants paths relative to the root of the sources, whatever folder it is started from.
    os.chdir(PROJECT)
    package = runpy.run_path(str(FOLDER / "__init__.py"), run_name="anylabeling.extensions")
    # The digest of all sources is in each module, so that a change of one is a change of all.
    stamp = BUILD_FOLDER / f"{sys.implementation.cache_tag}.digest"
    digest = package["source_digest"](FOLDER)
    force = not stamp.is_file() or stamp.read_text(encoding="utf-8") != digest
    distribution = Distribution(
        {
            "name": "anylabeling-extensions",
            "version": program_version(),
            "packages": ["anylabeling.extensions"],
            "ext_modules": extension_modules(package, force=force),
            "script_name": Path(__file__).name,
            "script_args": arguments or ["build_ext", "--inplace"],
            "options": {
                "build": {"build_base": str(BUILD_FOLDER)},
                "build_ext": {"force": force, "parallel": os.cpu_count() or 1},
            },
        }
    )
    # Not setup(): it would read the metadata of the whole program from pyproject.toml.
    if distribution.parse_command_line():
        distribution.run_commands()
        if distribution.have_run.get("build_ext"):
            stamp.parent.mkdir(parents=True, exist_ok=True)
            stamp.write_text(digest, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
