"""Print what this system still lacks to run AnyLabeling, one need a line: what it is, a tab, the Debian packages.

Runs with the system's own Python before anything is installed, so it uses the standard library only. Each need is
tried for real: a library is loaded, a font is asked for. Exit status 0 with no output: nothing is missing. Exit
status 1: this Python cannot be used at all, and standard error says why.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

MINIMUM_PYTHON = (3, 10)

# Shared libraries that PyQt5's and OpenCV's wheels load from the system, with the Debian package that holds each.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def can_load(library: str) -> bool:
    """Say whether the dynamic loader finds a library and everything that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Say whether fontconfig knows any font at all."""
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def missing_needs(*, for_tests: bool) -> list[tuple[str, str]]:
    """Return (what is missing, Debian packages separated by blanks) for this system.

    Args:
        for_tests: Also ask for the X server without a screen that the tests of the window use.
    """
    needs: list[tuple[str, str]] = []
    if importlib.util.find_spec("ensurepip") is None:
        needs.append(("python3 -m venv", "python3-venv"))
    libraries = dict(LIBRARIES)
    if os.environ.get("WAYLAND_DISPLAY"):
        libraries.update(WAYLAND_LIBRARIES)
    needs.extend((name, package) for name, package in libraries.items() if not can_load(name))
    if not has_font():
        needs.append(("a font", "fontconfig fonts-dejavu-core"))
    if for_tests and shutil.which("Xvfb") is None:
        needs.append(("Xvfb", "xvfb"))
    return needs


def main() -> int:
    """Print the needs that are not met."""
    parser = argparse.ArgumentParser(description="Print what this system lacks to run AnyLabeling.")
    parser.add_argument("--tests", action="store_true", help="ask for what the tests need, too")
    arguments = parser.parse_args()
    if sys.version_info < MINIMUM_PYTHON:  # noqa: UP036 - an older Python may well run this file
        wanted = ".".join(str(number) for number in MINIMUM_PYTHON)
        found = ".".join(str(number) for number in sys.version_info[:3])
        print(
            f"AnyLabeling needs Python {wanted} or newer, and {sys.executable} is {found}. "
            "Where a newer one is installed, name it: make run PYTHON=python3.12",
            file=sys.stderr,
        )
        return 1
    for what, packages in missing_needs(for_tests=arguments.tests):
        print(f"{what}\t{packages}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
