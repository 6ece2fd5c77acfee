"""Do all backends see the same: ``python -m benchmarks.check_agreement --model M --images DIR [--output FILE.json]``.

Runs every backend that is installed over the same photos and compares what it finds with ONNX Runtime on the CPU: the
largest difference of a box side in pixels of the photo and of a score. Goal: 1 px and 0.01; 0.02 in half precision.
Exits with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.codecs import PixelFormat, decode
from anylabeling.errors import AppError
from anylabeling.services.auto_labeling.backend import BackendOptions, TensorRtOptions
from anylabeling.services.auto_labeling.backend_registry import BACKENDS, BackendRow, choose
from anylabeling.services.auto_labeling.detections import Detections
from anylabeling.services.auto_labeling.graph_edit import load_graph, to_float16
from anylabeling.services.auto_labeling.model_families import model_class
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec
from benchmarks.benchmark_inference import MODEL, SAMPLES, machine_facts

REFERENCE = "onnx-cpu"
MOST_PX = 1.0
MOST_SCORE = {"": 0.01, "fp16": 0.02}
CONFIDENCE = 0.25


@dataclass
class Difference:
    """How far two sets of detections are apart.

    Attributes:
        objects: Objects of the reference.
        box_px: Largest difference of a side.
        score: Largest difference of a score.
        missing: Objects that only one of them found although their score is not near the threshold.
    """

    objects: int = 0
    box_px: float = 0.0
    score: float = 0.0
    missing: int = 0

    def add(self, reference: Detections, other: Detections, most_score: float) -> None:
        """Compare one photo."""
        self.objects += len(reference)
        free = set(range(len(other)))
        for index in range(len(reference)):
            same = [place for place in free if other.class_ids[place] == reference.class_ids[index]]
            apart = {place: float(np.abs(other.boxes[place] - reference.boxes[index]).max()) for place in same}
            place = min(apart, key=apart.__getitem__, default=None)
            if place is None or apart[place] > 20 * MOST_PX:
                self.missing += bool(reference.scores[index] > CONFIDENCE + most_score)
                continue
            free.discard(place)
            self.box_px = max(self.box_px, apart[place])
            self.score = max(self.score, abs(float(other.scores[place]) - float(reference.scores[index])))
        self.missing += sum(bool(other.scores[place] > CONFIDENCE + most_score) for place in free)


def main() -> int:
    """Compare, print, and write the figures."""
    arguments = _arguments()
    spec = read_model_spec(arguments.model)
    paths = sorted(str(path) for path in Path(arguments.images or SAMPLES).rglob("*.jpg"))[: arguments.count]
    if not paths:
        sys.exit("There are no JPEG files.")
    reference = detections_of(spec, _row(REFERENCE), paths, arguments.batch)
    figures: dict[str, Any] = {"machine": machine_facts(), "model": spec.name, "photos": len(paths), "backends": {}}
    with tempfile.TemporaryDirectory(prefix="anylabeling-agreement-") as folder:
        for name, row, variant, kind in _variants(spec, Path(folder)):
            figures["backends"][name] = _compare(variant, row, kind, paths, reference, arguments.batch)
            print(name, figures["backends"][name])
    if arguments.output:
        Path(arguments.output).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if all(each.get("agrees", True) for each in figures["backends"].values()) else 1


def detections_of(spec: ModelSpec, row: BackendRow, paths: list[str], batch: int) -> list[Detections]:
    """Return what a backend finds in each photo."""
    options = BackendOptions(tensorrt=TensorRtOptions(enabled=True))
    backend, choice = choose(spec, row.name, rows=[row], options=options)
    model = model_class(spec.family)(spec, backend, choice)
    try:
        model.warm_up()
        wanted = replace(model.default_options, confidence=CONFIDENCE)
        step = max(1, model.batch_for(batch))
        found: list[Detections] = []
        for start in range(0, len(paths), step):
            prepared = []
            for path in paths[start : start + step]:
                image = decode(path, pixel_format=PixelFormat.RGB)
                prepared.append(model.prepare(image.pixels))
            for one, output in zip(prepared, model.infer(prepared), strict=True):
                found.append(model.finish(one, output).select(wanted, model.class_names))
        return found
    finally:
        model.close()


def _compare(
    spec: ModelSpec, row: BackendRow, kind: str, paths: list[str], reference: list[Detections], batch: int
) -> dict[str, Any]:
    try:
        found = detections_of(spec, row, paths, batch)
    except AppError as error:
        return {"not run": (error.details or str(error))[:1500]}
    difference = Difference()
    for ours, theirs in zip(reference, found, strict=True):
        difference.add(ours, theirs, MOST_SCORE[kind])
    agrees = difference.box_px <= MOST_PX and difference.score <= MOST_SCORE[kind] and not difference.missing
    return {**vars(difference), "agrees": agrees}


def _variants(spec: ModelSpec, folder: Path) -> list[tuple[str, BackendRow, ModelSpec, str]]:
    rows = [(row.name, row, spec, "fp16" if row.is_tensorrt else "") for row in BACKENDS if row.name != REFERENCE]
    half = folder / f"{spec.path.stem}-fp16.onnx"
    try:
        half.write_bytes(to_float16(load_graph(spec.path)).SerializeToString())
    except (AppError, ImportError) as error:
        print(f"no half precision: {error}")
        return rows
    halved = spec.with_changes(path=half)
    return rows + [(f"{name} fp16", _row(name), halved, "fp16") for name in ("onnx-gpu", REFERENCE)]


def _row(name: str) -> BackendRow:
    return next(row for row in BACKENDS if row.name == name)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare what the backends find.")
    parser.add_argument("--model", default=str(MODEL), help="an .onnx file (default: the bundled sample model)")
    parser.add_argument("--images", help="a folder of JPEG files (default: the bundled samples)")
    parser.add_argument("--count", type=int, default=100, help="at most so many photos")
    parser.add_argument("--batch", type=int, default=8, help="photos in one call, where a batch pays")
    parser.add_argument("--output", help="write the figures to this JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
