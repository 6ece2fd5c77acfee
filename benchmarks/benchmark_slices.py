"""What tiles find and cost: ``python -m benchmarks.benchmark_slices [--output FILE.json] [--huge PIXELS]``.

Puts the bundled sample pictures, made small, beside each other into one large picture. What the bundled detector finds
in each of them alone is what it should find there. Prints how much of that it finds in the large picture as a whole and
in tiles of several sizes, how often it finds an object twice, and how long it takes. ``--huge`` looks at a JPEG of so
many pixels on a side as well, in a process of its own, and prints the most memory that it had.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.accel import iou_matrix
from anylabeling.codecs import PixelFormat, decode, encode_jpeg
from anylabeling.codecs.types import UInt8Array
from anylabeling.messages.auto_labeling import DetectOptions, Tiling
from anylabeling.opencv import cv2
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Detections
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.tiled_model import TiledModel, in_tiles
from benchmarks.benchmark_inference import MODEL, machine_facts

SAMPLES = MODEL.parents[1] / "images"
CELL_WIDTH, CELL_HEIGHT = 400, 300
SIDES = (320, 480, 640, 1280)


def main() -> int:
    """Build the picture, look at it, print and write the figures."""
    arguments = _arguments()
    if arguments.child:
        print(json.dumps(_look_at(arguments.child, Tiling(arguments.huge_tile))))
        return 0
    model = ModelManager().load(MODEL)
    picture, truth = mosaic(model, 6 if arguments.quick else 12)
    rows = [_row("whole only", model, picture, truth)]
    rows += [_row(f"tiles of {side}", in_tiles(model, Tiling(side)), picture, truth) for side in SIDES]
    figures: dict[str, Any] = {
        "machine": machine_facts(),
        "picture": [picture.shape[1], picture.shape[0]],
        "objects": len(truth),
        "rows": rows,
    }
    if arguments.huge:
        figures["huge"] = _huge(picture, arguments.huge, arguments.huge_tile)
        print(figures["huge"])
    if arguments.output:
        Path(arguments.output).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def mosaic(model: DetectionModel, count: int) -> tuple[UInt8Array, Detections]:
    """Return a picture of ``count`` x ``count`` small samples, and what the model finds in each of them alone."""
    cells = []
    for path in sorted(SAMPLES.glob("*.jpg")):
        pixels = decode(path, pixel_format=PixelFormat.RGB).pixels
        if pixels.shape[1] > pixels.shape[0]:
            cells.append(np.asarray(cv2.resize(pixels, (CELL_WIDTH, CELL_HEIGHT), interpolation=cv2.INTER_AREA)))
    alone = [model.candidates(cell).select(DetectOptions(), model.class_names) for cell in cells]
    lines, boxes, scores, class_ids = [], [], [], []
    for row in range(count):
        line = []
        for column in range(count):
            number = (row * count + column) % len(cells)
            line.append(cells[number])
            boxes.append(alone[number].boxes + np.array([column * CELL_WIDTH, row * CELL_HEIGHT] * 2, np.float32))
            scores.append(alone[number].scores)
            class_ids.append(alone[number].class_ids)
        lines.append(np.concatenate(line, axis=1))
    found = Detections(np.concatenate(boxes), np.concatenate(scores), np.concatenate(class_ids))
    return np.concatenate(lines), found


def _row(name: str, model: DetectionModel, picture: UInt8Array, truth: Detections) -> dict[str, Any]:
    model.candidates(picture[: CELL_HEIGHT * 2, : CELL_WIDTH * 2])
    start = time.perf_counter()
    candidates = model.candidates(picture)
    seconds = time.perf_counter() - start
    found = candidates.select(DetectOptions(), model.class_names)
    same = (iou_matrix(truth.boxes, found.boxes) > 0.5) & (truth.class_ids[:, None] == found.class_ids[None])
    row = {
        "name": name,
        "views": candidates.views,
        "found": len(found),
        "recall": float(same.any(axis=1).mean()),
        "precision": float(same.any(axis=0).mean()) if len(found) else 0.0,
        "found_twice": int((same.sum(axis=1) > 1).sum()),
        "seconds": seconds,
        "ms_per_view": 1000 * seconds / candidates.views,
    }
    print(
        f"{name:<14} {row['views']:>4} views  recall {row['recall']:6.1%}  precision {row['precision']:6.1%}  "
        f"twice {row['found_twice']:>3}  {seconds:6.2f} s  {row['ms_per_view']:.0f} ms a view"
    )
    return row


def _huge(picture: UInt8Array, side: int, tile: int) -> dict[str, Any]:
    """Write the picture again and again into a JPEG of ``side`` pixels, and let another process look at it."""
    with tempfile.TemporaryDirectory(prefix="anylabeling-") as folder:
        path = Path(folder) / "huge.jpg"
        repeats = (-(-side // picture.shape[0]), -(-side // picture.shape[1]), 1)
        path.write_bytes(encode_jpeg(np.tile(picture, repeats)[:side, :side], quality=85, pixel_format=PixelFormat.RGB))
        command = [sys.executable, "-m", "benchmarks.benchmark_slices", "--child", str(path), "--huge-tile", str(tile)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {"side": side, "tile": tile, **figures}


def _look_at(path: str, tiling: Tiling) -> dict[str, Any]:
    plain = ModelManager().load(MODEL)
    model = TiledModel(plain, tiling)
    model.candidates(np.zeros((3000, 3000, 3), np.uint8))
    before = _peak_mb()
    start = time.perf_counter()
    prepared = model.prepare_file(path)
    candidates = model.finish(prepared, model.infer([prepared])[0])
    seconds = time.perf_counter() - start
    found = candidates.select(DetectOptions(), model.class_names)
    pixels = prepared.picture.width * prepared.picture.height
    return {
        "views": candidates.views,
        "found": len(found),
        "seconds": seconds,
        "peak_mb": _peak_mb(),
        "growth_mb": _peak_mb() - before,
        "picture_mb": pixels * 3 / 2**20,
    }


def _peak_mb() -> float:
    """Return the most memory that this process has had since it began; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What tiles find and cost.")
    parser.add_argument("--quick", action="store_true", help="a smaller picture")
    parser.add_argument("--huge", type=int, default=0, metavar="PIXELS", help="look at a JPEG of this side as well")
    parser.add_argument("--huge-tile", type=int, default=2048, metavar="PIXELS", help="side of its tiles")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--output", help="write the figures to this JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
