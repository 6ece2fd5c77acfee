"""How fast folders and pictures are read: ``python -m benchmarks.benchmark_io [--output FILE.json] [--quick]``.

Everything is compared in one process, turn by turn, with the usual ways of doing it, on files that this program makes
in a temporary folder (about 400 MB). natsort, scandir-rs and kornia-rs are compared where they are installed.
"""

from __future__ import annotations

import glob
import importlib
import os
import random
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling import accel
from anylabeling.codecs import PixelFormat, UInt8Array, decode, decode_bytes, encode_jpeg, encode_png
from anylabeling.opencv import cv2
from anylabeling.rust_extensions import get_rust_status
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.services.imaging.scanner import scan_folder
from anylabeling.utils.frames import fit_into
from anylabeling.utils.parallel import ParallelImageLoader
from benchmarks._common import Goal, Report, Runner, parse_arguments

SAMPLES = Path(__file__).resolve().parents[1] / "anylabeling" / "resources" / "samples" / "images"
MODEL_SIDE_PX = 640
THREADS = 2
FRAMES_AT_A_TIME = 24


def main() -> None:
    """Run all races."""
    arguments = parse_arguments(__doc__)
    rust = get_rust_status()
    print(f"anylabeling_rust: {rust['version'] or rust['reason']}")
    report = Report("Folders and pictures", output=arguments.output, quick=arguments.quick)
    small = 10 if arguments.quick else 1
    with tempfile.TemporaryDirectory(prefix="anylabeling-benchmark-") as name:
        folder = Path(name)
        race_folders(report, folder / "tree", 100_000 // small)
        race_natural_sort(report, 67_000 // small)
        race_png(report, folder)
        race_jpeg(report, folder)
        race_loading(report, folder / "pictures", small)
        race_cache(report, folder)
    report.write(arguments.output)


def in_python(function: Runner) -> Runner:
    """Make a runner that leaves compiled modules out of use."""

    def run() -> object:
        with accel.using("numpy"):
            return function()

    return run


def race_folders(report: Report, root: Path, count: int) -> None:
    """List a tree of 100 folders, and look at its files."""
    order = list(range(count))
    random.Random(1).shuffle(order)
    for number in range(100):
        (root / f"day {number}").mkdir(parents=True)
    for number in order:
        (root / f"day {number % 100}" / f"IMG_{number}.jpg").touch()
    paths = scan_folder(root)

    def walk() -> list[str]:
        found = []
        for folder, _folders, names in os.walk(root):
            found += [f"{folder}/{name}" for name in names if name.lower().endswith((".jpg", ".png"))]
        return found

    runners: dict[str, Runner | None] = {
        "scan_folder": lambda: scan_folder(root),
        "scan_folder, Python": in_python(lambda: scan_folder(root)),
        "os.walk": walk,
        "os.walk, natural order": lambda: accel.natural_sorted(walk()),
        "glob": lambda: glob.glob(f"{root}/**/*.jpg", recursive=True),  # noqa: PTH207 - what is compared
        "Path.rglob": lambda: list(root.rglob("*.jpg")),
        **_scandir_rs(root),
    }
    report.race(
        f"scan of {count:,} files in 100 folders",
        runners,
        goals=(Goal("scan_folder", "os.walk", 1.7), Goal("scan_folder", "glob", 5)),
        rounds=15,
        notes=("scan_folder returns natural order and looks at links; the others return any order",),
    )
    report.race(
        f"stat of {count:,} files",
        {
            "stat_files, 2 threads": lambda: accel.stat_files(paths, threads=THREADS),
            "stat_files, 1 thread": lambda: accel.stat_files(paths),
            "os.stat": lambda: [os.stat(path) for path in paths],  # noqa: PTH116 - what is compared
        },
        goals=(Goal("stat_files, 2 threads", "os.stat", 1.8),),
        rounds=5,
    )


def _scandir_rs(root: Path) -> dict[str, Runner | None]:
    try:
        scandir_rs: Any = importlib.import_module("scandir_rs")
    except ImportError:
        return {"scandir-rs Walk": None}
    return {"scandir-rs Walk": lambda: scandir_rs.Walk(str(root)).collect()}


def race_natural_sort(report: Report, count: int) -> None:
    """Sort paths as a person would."""
    rng = random.Random(2)
    paths = [f"/data/set {rng.randrange(50)}/IMG_{rng.randrange(10**6)}.jpg" for _ in range(count)]
    runners: dict[str, Runner | None] = {
        "natural_sorted": lambda: accel.natural_sorted(paths),
        "natural_sorted, Python": in_python(lambda: accel.natural_sorted(paths)),
        "sorted (no natural order)": lambda: sorted(paths),
    }
    try:
        natsort: Any = importlib.import_module("natsort")
    except ImportError:
        runners["natsort"] = None
    else:
        runners["natsort"] = lambda: natsort.natsorted(paths)
    report.race(f"natural sort of {count:,} paths", runners, goals=(Goal("natural_sorted", "natsort", 15),), rounds=9)


def photo(width: int, height: int, seed: int, noise: int = 6) -> UInt8Array:
    """Return a picture like a photo, uint8 (height, width, 3) BGR: a sample enlarged, with a sensor's noise."""
    samples = sorted(SAMPLES.glob("*.jpg"))
    sample = decode(samples[seed % len(samples)], pixel_format=PixelFormat.BGR).pixels
    picture = cv2.resize(sample, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.int16)
    picture += np.random.default_rng(seed).integers(-noise, noise + 1, picture.shape, dtype=np.int16)
    return np.clip(picture, 0, 255).astype(np.uint8)


def race_png(report: Report, folder: Path) -> None:
    """Decode PNG pictures of 1920x1080."""
    for kind, noise in (("a photo", 2), ("a noisy photo", 6), ("a smooth picture", 0)):
        path = folder / f"png-{noise}.png"
        path.write_bytes(encode_png(photo(1920, 1080, 1, noise), pixel_format=PixelFormat.BGR, compression=6))
        runners: dict[str, Runner | None] = {
            "codecs.decode to BGRA": partial(decode, path),
            "codecs.decode to RGB": partial(decode, path, pixel_format=PixelFormat.RGB),
            "codecs.decode, Python": in_python(partial(decode, path)),
            "cv2.imread": partial(cv2.imread, str(path)),
        }
        runners.update(_kornia_rs(path))
        report.race(
            f"PNG 1920x1080, {kind} ({path.stat().st_size / 2**20:.1f} MB)",
            runners,
            goals=(Goal("codecs.decode to BGRA", "cv2.imread", 2.3),),
            rounds=11,
        )


def _kornia_rs(path: Path) -> dict[str, Runner | None]:
    try:
        reader: Any = importlib.import_module("kornia_rs.io")
        reader.read_image(str(path))
    except (ImportError, AttributeError, TypeError):
        return {"kornia_rs": None}
    return {"kornia_rs": lambda: reader.read_image(str(path))}


def race_jpeg(report: Report, folder: Path) -> None:
    """Decode a JPEG of 12 megapixels, whole and scaled."""
    import simplejpeg

    data = encode_jpeg(photo(4000, 3000, 2), quality=90, pixel_format=PixelFormat.BGR)
    path = folder / "large.jpg"
    path.write_bytes(data)
    buffer = np.empty(4000 * 3000 * 4, np.uint8)
    simplejpeg_name = "simplejpeg alone, into a buffer"
    report.race(
        f"JPEG 4000x3000 ({len(data) / 2**20:.1f} MB), full size",
        {
            "codecs.decode_bytes to BGRA": lambda: decode_bytes(data, "a"),
            simplejpeg_name: lambda: simplejpeg.decode_jpeg(data, "BGRA", buffer=buffer),
            "cv2.imread": lambda: cv2.imread(str(path)),
            "the Rust decoder": lambda: accel.decode_jpeg(data, "BGRA", 1, buffer),
        },
        goals=(Goal("codecs.decode_bytes to BGRA", simplejpeg_name, 1 / 1.1),),
        rounds=11,
    )
    for scale in (2, 4, 8):
        side = 4000 // scale
        limits = {"min_width": side, "min_height": 3000 // scale, "min_factor": 2}
        report.race(
            f"JPEG 4000x3000, at 1/{scale}",
            {
                "codecs.decode_bytes": partial(decode_bytes, data, "a", min_side_px=side),
                "simplejpeg, scaled": partial(simplejpeg.decode_jpeg, data, "BGRA", buffer=buffer, **limits),
                "the Rust decoder": partial(accel.decode_jpeg, data, "BGRA", scale, buffer),
                "cv2.imread, full size": partial(cv2.imread, str(path)),
            },
            rounds=11,
        )


def make_pictures(folder: Path, small: int) -> dict[str, list[str]]:
    """Write the pictures to load; return the paths of each set, shuffled."""
    folder.mkdir()

    def write(name: str, size: tuple[int, int], seed: int) -> str:
        path = folder / name
        encode: Callable[..., bytes] = encode_png if name.endswith(".png") else encode_jpeg
        path.write_bytes(encode(photo(*size, seed), pixel_format=PixelFormat.BGR))
        return str(path)

    # As datasets mix: web pictures, camera frames, screenshots, a few large photos.
    mixed = [write(f"web {n}.jpg", (500, 375), n) for n in range(80 // small)]
    mixed += [write(f"camera {n}.jpg", (1280, 960), n) for n in range(60 // small)]
    mixed += [write(f"full-hd {n}.jpg", (1920, 1080), n) for n in range(30 // small)]
    mixed += [write(f"screen {n}.png", (1280, 720), n) for n in range(20 // small)]
    mixed += [write(f"photo {n}.jpg", (4000, 3000), n) for n in range(10 // small)]
    large = [write(f"large {n}.jpg", (4000, 3000), n) for n in range(24 // small + 1)]
    random.Random(3).shuffle(mixed)
    return {f"{len(mixed)} mixed pictures": mixed, f"{len(large)} pictures of 12 megapixels": large}


def race_loading(report: Report, folder: Path, small: int) -> None:
    """Load pictures for a model of 640 pixels, on two threads."""
    frames = np.empty((FRAMES_AT_A_TIME, MODEL_SIDE_PX, MODEL_SIDE_PX, 3), np.uint8)
    for name, paths in make_pictures(folder, small).items():
        goal = 2 if "mixed" in name else 3
        parts = [paths[start : start + FRAMES_AT_A_TIME] for start in range(0, len(paths), FRAMES_AT_A_TIME)]

        def load(paths: list[str] = paths) -> None:
            with ParallelImageLoader(THREADS, min_side_px=MODEL_SIDE_PX) as loader:
                for _image in loader.iter_images(paths):
                    pass

        def load_frames(parts: list[list[str]] = parts, *, map_files: bool = False) -> None:
            with ParallelImageLoader(THREADS) as loader:
                for part in parts:
                    loader.load_frames(part, frames[: len(part)], map_files=map_files)

        def imread(paths: list[str] = paths) -> None:
            with ThreadPoolExecutor(THREADS) as pool:
                for _image in pool.map(cv2.imread, paths):
                    pass

        def imread_frames(parts: list[list[str]] = parts) -> None:
            with ThreadPoolExecutor(THREADS) as pool:
                for part in parts:
                    list(pool.map(_imread_into, part, frames))

        report.race(
            f"loading {name} for a 640-pixel model, {THREADS} threads",
            {
                "ParallelImageLoader.iter_images": load,
                "ParallelImageLoader.iter_images, Python": in_python(load),
                "ThreadPoolExecutor, cv2.imread": imread,
            },
            goals=(Goal("ParallelImageLoader.iter_images", "ThreadPoolExecutor, cv2.imread", goal),),
            rounds=5,
        )
        report.race(
            f"loading {name} into frames of 640x640, {THREADS} threads",
            {
                "ParallelImageLoader.load_frames": load_frames,
                "load_frames, files mapped": partial(load_frames, map_files=True),
                "load_frames, Python": in_python(load_frames),
                "ThreadPoolExecutor, cv2.imread and resize": imread_frames,
            },
            goals=(Goal("ParallelImageLoader.load_frames", "ThreadPoolExecutor, cv2.imread and resize", goal),),
            rounds=5,
        )


def _imread_into(path: str, frame: UInt8Array) -> None:
    picture = cv2.imread(path)
    assert picture is not None
    pixels = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
    fit_into(frame, pixels, pixels.shape[1], pixels.shape[0], 114)


def race_cache(report: Report, folder: Path) -> None:
    """Ask the cache again for a picture of 12 megapixels."""
    path = folder / "large.jpg"
    if not path.exists():
        path.write_bytes(encode_jpeg(photo(4000, 3000, 2), pixel_format=PixelFormat.BGR))
    cache = ImageCache(256 << 20)
    cache.load(path)
    race = report.race(
        "12 megapixels, from the cache and from its file",
        {"from the cache": lambda: cache.load(path), "from the file": lambda: decode(path)},
        goals=(Goal("from the cache", "from the file", 10),),
        repeat=4,
    )
    best = race.best_ms["from the cache"]
    report.figure("12 megapixels again, from the image cache", best, "ms", goal=1)


if __name__ == "__main__":
    main()
