"""Show AnyLabeling at work on its own samples: in the window where there is a display, else into an output folder.

Runs in the virtual environment. All that is written goes to ``run-output`` in the checkout, which git ignores; label
files that are there already are left as they are.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BUNDLED = PROJECT / "anylabeling" / "resources" / "samples"
BUNDLED_IMAGES = BUNDLED / "images"
BUNDLED_MODEL = BUNDLED / "model" / "samples-yolo.onnx"
OUTPUT = PROJECT / "run-output"
SAMPLES = OUTPUT / "samples"
LABELS = OUTPUT / "labels"
PICTURE = OUTPUT / "window.png"

PICTURE_TIMEOUT_S = 120


def x_display_answers() -> bool:
    """Say whether the X server that DISPLAY names accepts us."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    x11.XCloseDisplay(display)
    return True


def wayland_display_answers() -> bool:
    """Say whether the Wayland compositor that WAYLAND_DISPLAY names accepts us."""
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/run")) / name
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


def has_display() -> bool:
    """Say whether a window can be shown to a person here."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return False
    return x_display_answers() or wayland_display_answers()


def copy_samples() -> None:
    """Copy the bundled pictures to the output folder; pictures that are there already, and their labels, stay."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for picture in sorted(BUNDLED_IMAGES.glob("*.jpg")):
        target = SAMPLES / picture.name
        if not target.exists():
            shutil.copyfile(picture, target)


def open_window() -> int:
    """Replace this process by the program, on the samples, with the bundled model loaded."""
    print(f"Opening {shown(SAMPLES)} with the bundled model.", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "anylabeling", str(SAMPLES), "--model", str(BUNDLED_MODEL)])


def shown(path: Path) -> str:
    """Return a path as the person would type it in the checkout."""
    return str(path.relative_to(PROJECT))


def print_table() -> None:
    """Print one line a picture: how many objects the model found, and of which label."""
    rows = []
    for file in sorted(LABELS.glob("*.json")):
        shapes = json.loads(file.read_text(encoding="utf-8"))["shapes"]
        counts = Counter(shape["label"] for shape in shapes)
        found = ", ".join(f"{label} {count}" for label, count in sorted(counts.items()))
        rows.append((file.stem, len(shapes), found or "-"))
    width = max([len("picture"), *(len(name) for name, _, _ in rows)])
    print(f"\n{'picture':<{width}}  objects  labels")
    for name, count, found in rows:
        print(f"{name:<{width}}  {count:>7}  {found}")
    print(f"{'total':<{width}}  {sum(count for _, count, _ in rows):>7}\n", flush=True)


def label_samples() -> bool:
    """Label the samples through the command line and say whether that succeeded."""
    command = [sys.executable, "-m", "anylabeling", "label", str(SAMPLES), "--model", str(BUNDLED_MODEL)]
    command += ["--output", str(LABELS), "--existing", "replace"]
    return subprocess.run(command, check=False).returncode == 0


def picture_of_window() -> bool:
    """Draw the window without a screen, with the program's defaults, and say whether its picture was saved.

    The window finds all samples labelled but the first, which it labels itself.
    """
    PICTURE.unlink(missing_ok=True)
    command = [sys.executable, "-m", "anylabeling", str(SAMPLES), "--model", str(BUNDLED_MODEL)]
    with tempfile.TemporaryDirectory() as home:
        labels = Path(home) / "labels"
        shutil.copytree(LABELS, labels)
        sorted(labels.glob("*.json"))[0].unlink()
        command += ["--output", str(labels), "--screenshot", str(PICTURE)]
        names = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
        environment = {**os.environ, **dict.fromkeys(names, home), "QT_QPA_PLATFORM": "offscreen"}
        try:
            done = subprocess.run(
                command, env=environment, timeout=PICTURE_TIMEOUT_S, capture_output=True, text=True, check=False
            )
        except subprocess.TimeoutExpired:
            print(f"The window did not show a picture within {PICTURE_TIMEOUT_S} s.", file=sys.stderr)
            return False
    if done.returncode != 0 or not PICTURE.is_file():
        sys.stderr.write(done.stderr)
        return False
    return True


def run_headless() -> int:
    """Do the window's job without a screen and say where the results are."""
    print("There is no display here, so the samples are labelled on the command line.", flush=True)
    LABELS.mkdir(parents=True, exist_ok=True)
    if not label_samples():
        print("Labelling the samples failed (above).", file=sys.stderr)
        return 1
    print_table()
    if not picture_of_window():
        print("The picture of the window could not be made (above).", file=sys.stderr)
        return 1
    print(f"Pictures:              {shown(SAMPLES)}")
    print(f"Label files:           {shown(LABELS)}")
    print(f"Picture of the window: {shown(PICTURE)}")
    return 0


def main() -> int:
    """Open the window, or do the same without one."""
    if not BUNDLED_MODEL.is_file():
        print(f"The bundled model is missing: {shown(BUNDLED_MODEL)}", file=sys.stderr)
        return 1
    copy_samples()
    return open_window() if has_display() else run_headless()


if __name__ == "__main__":
    sys.exit(main())
