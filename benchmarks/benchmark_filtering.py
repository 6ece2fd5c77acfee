"""How fast the image filter answers: ``python -m benchmarks.benchmark_filtering [--output FILE.json]``.

Three parts: running a model over images, one after the other against the pipeline with several numbers of workers;
questions whose answers are known already, at several sizes of folder; questions to label files. The store of the second
part is filled with what the model finds in a few pictures, over and over, since running it over 10,000 images takes
many minutes and what is timed is how it is asked; ``--full`` runs the model over 1,000 images as well.

Without --model and --images it takes the bundled sample model and pictures.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from anylabeling.codecs import IMAGE_SUFFIXES, PixelFormat
from anylabeling.messages.filtering import CountMode, FilterMatch, FilterQuery, FilterSource
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.pipeline import PipelineSettings, decode_for
from anylabeling.services.auto_labeling.runtime_info import available_cpus
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.conditions import judge, matches, matches_of
from anylabeling.services.filtering.detection_store import DetectionStore, suppress
from anylabeling.services.filtering.engine import FilterEngine, FilterStores
from anylabeling.services.filtering.identities import FileSet, ModelIdentities
from anylabeling.services.filtering.objects import ObjectTable
from anylabeling.services.filtering.result_cache import ResultCache
from benchmarks._common import Goal, Race, Report

SAMPLES = Path(__file__).resolve().parents[1] / "anylabeling" / "resources" / "samples"
WORKERS = (1, 2, 4, 8)
SIZES = (100, 1_000, 10_000)
LABEL_FILES = 100_000
GOALS_MS = {
    "the same again": 50,
    "other class": 200,
    "other threshold": 200,
    "other overlap": 2_000,
    "one changed": 500,
}


def main() -> int:
    """Measure, print, and write the figures."""
    arguments = _arguments()
    report = Report("image filter")
    with tempfile.TemporaryDirectory(prefix="anylabeling-benchmark-") as name:
        folder = Path(name)
        sizes = SIZES[:2] if arguments.quick else SIZES
        pictures = [path for path in sorted(arguments.images.iterdir()) if path.suffix.lower() in IMAGE_SUFFIXES]
        paths = _linked(folder / "images", pictures, sizes[-1])
        time_inference(report, arguments, paths[: 24 if arguments.quick else 100])
        if arguments.full:
            time_inference(report, arguments, paths[:1000])
        for size in sizes:
            time_questions(report, arguments, paths[:size], folder / f"stores{size}")
        time_labels(report, folder / "labels", LABEL_FILES // 20 if arguments.quick else LABEL_FILES)
    report.write(arguments.output)
    return 0


def time_inference(report: Report, arguments: argparse.Namespace, paths: Sequence[str]) -> None:
    """Time a first run over images."""
    manager = ModelManager()
    race = Race(f"a first run over {len(paths)} images (ms for each image)")
    manager.load(arguments.model)
    model = manager.current
    assert model is not None
    seconds = _seconds(lambda: _one_by_one(model, paths))
    race.best_ms["one by one"] = race.median_ms["one by one"] = 1000 * seconds / len(paths)
    for workers in WORKERS:
        concurrency = min(workers, available_cpus(), 4)
        options = BackendOptions(threads=max(1, available_cpus() // concurrency), concurrency=concurrency)
        manager = ModelManager(lambda chosen=options: chosen)  # type: ignore[misc]
        loaded = manager.load(arguments.model)
        stores = replace(FilterStores.in_memory(), results=None)
        engine = FilterEngine(PipelineSettings(decode_threads=workers), stores)
        seconds = _seconds(lambda engine=engine, loaded=loaded: engine.run(FilterQuery(), paths, loaded))  # type: ignore[misc]
        name = f"pipeline, {workers} workers"
        race.best_ms[name] = race.median_ms[name] = 1000 * seconds / len(paths)
        manager.unload()
    race.notes.append(f"{available_cpus()} cores; memory {_memory_mb():.0f} MB")
    _add(report, race)


def time_questions(report: Report, arguments: argparse.Namespace, paths: list[str], folder: Path) -> None:
    """Time questions to a store that knows all images."""
    manager = ModelManager()
    model = manager.load(arguments.model)
    stores = _stores(folder)
    first_ms = _fill(stores, model, paths)
    names = model.class_names
    query = FilterQuery(frozenset({names[0]}))
    cold = _stores(folder)
    asked = {
        "first from the store": (query, stores),
        "the same again": (query, stores),
        "the same in another process": (query, cold),
        "other class": (replace(query, classes=frozenset({names[-1]})), _stores(folder)),
        "other threshold": (replace(query, confidence=0.5), stores),
        "every image matches": (FilterQuery(count_mode=CountMode.AT_MOST, count_value=100), stores),
        "other overlap": (replace(query, iou=0.6), stores),
    }
    race = Race(f"questions to {len(paths):,} images")
    for name, (question, known_by) in asked.items():
        _ask(race, name, known_by, question, paths, model)
    Path(paths[-1]).unlink()
    shutil.copy(paths[0], paths[-1])
    _ask(race, "one changed", stores, query, paths, model)
    again = race.best_ms["the same again"]
    race.notes.append(
        f"the same again is {first_ms * len(paths) / again:,.0f} times as fast as the first run (goal 100)"
    )
    race.notes.append(f"stored detections are synthetic: those of {min(len(paths), 40)} pictures over and over")
    size_mb = stores.detections.stats().size_bytes / 1e6
    race.notes.append(f"the store takes {size_mb:.1f} MB on disk; memory {_memory_mb():.0f} MB")
    for name, limit_ms in GOALS_MS.items():
        said = "met" if race.best_ms[name] < limit_ms else "MISSED"
        race.notes.append(f"{name}: goal {limit_ms} ms at 10,000 images: {said} at {len(paths):,}")
    _add(report, race)
    stores.detections.close()
    manager.unload()


def time_labels(report: Report, folder: Path, count: int) -> None:
    """Time building the label index against a loop, and questions to it."""
    images = _label_files(folder, count)
    label_files = [path[:-3] + "json" for path in images]
    index_file = folder.with_suffix(".sqlite")

    def build() -> None:
        for file in folder.parent.glob(f"{index_file.name}*"):
            file.unlink()
        index = LabelIndex(index_file)
        index.refresh(images, LabelStore())
        index.close()

    runners = {"json in a loop": lambda: _json_loop(label_files), "label index": build}
    goal = (Goal("label index", "json in a loop", 3.0),)
    report.race(f"reading {count:,} label files", runners, goals=goal, rounds=2)
    index = LabelIndex(index_file)
    race = Race(f"questions to {count:,} label files")
    _time(race, "opening the index", lambda: index.columns(images))
    engine = FilterEngine(stores=replace(FilterStores.in_memory(), labels=index, results=None))
    query = FilterQuery(frozenset({"c1"}), CountMode.AT_LEAST, 3, source=FilterSource.LABELS)
    _time(race, "looking for changes", lambda: index.refresh(images, LabelStore()))
    index.columns(images)
    _time(race, "the question itself", lambda: _label_answer(index, query, images))
    _time(race, "all of it", lambda: engine.run(query, images))
    said = "met" if race.best_ms["the question itself"] < 100 else "MISSED"
    race.notes.append(f"a question from the index: goal 100 ms: {said}; memory {_memory_mb():.0f} MB")
    _add(report, race)


def _label_answer(index: LabelIndex, query: FilterQuery, images: Sequence[str]) -> list[FilterMatch]:
    columns = index.columns(images)
    objects = columns.boxes, columns.scores, columns.class_ids
    table = ObjectTable(columns.offsets, *objects, columns.class_names)
    verdict = judge(query, table, with_scores=False)
    return matches_of(images, table, verdict.counted, np.flatnonzero(verdict.matches))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--output", type=Path, metavar="FILE.json", help="also write the results there")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, to see that it runs")
    parser.add_argument("--full", action="store_true", help="also run the model over 1,000 images")
    parser.add_argument("--model", type=Path, default=SAMPLES / "model" / "samples-yolo.onnx", help="a detector")
    parser.add_argument("--images", type=Path, default=SAMPLES / "images", help="a folder of pictures")
    return parser.parse_args()


def _linked(folder: Path, pictures: Sequence[Path], count: int) -> list[str]:
    """Return paths of so many images in folders of 500: copies of some pictures and hard links of these."""
    folder.mkdir()
    copies = [
        Path(shutil.copy(picture, folder / f".{number}{picture.suffix}")) for number, picture in enumerate(pictures)
    ]
    paths = []
    for number, picture in zip(range(count), itertools.cycle(copies), strict=False):
        target = folder / f"{number // 500:03}" / f"image_{number:06}{picture.suffix}"
        target.parent.mkdir(exist_ok=True)
        target.hardlink_to(picture)
        paths.append(str(target))
    return paths


def _one_by_one(model: DetectionModel, paths: Sequence[str]) -> None:
    for path in paths:
        image = decode_for(model, path)
        size = (image.full_width, image.full_height)
        found = model.candidates(image.pixels, pixel_format=PixelFormat.RGB, full_size=size)
        matches(FilterQuery(), path, suppress(found, 0.45), model.class_names)


def _stores(folder: Path) -> FilterStores:
    return FilterStores(
        DetectionStore(folder / "detections.sqlite"),
        LabelIndex(folder / "labels.sqlite"),
        ResultCache(folder / "filter_cache"),
        ModelIdentities(),
    )


def _fill(stores: FilterStores, model: DetectionModel, paths: Sequence[str]) -> float:
    """Put detections of a few pictures into a store for all; returns how long the model takes for one, in ms."""
    files, identity = FileSet.of(paths), stores.identities.identify(model.info)
    assert identity is not None
    found = []
    start = time.perf_counter()
    for path in paths[:40]:
        image = decode_for(model, path)
        found.append(model.candidates(image.pixels, full_size=(image.full_width, image.full_height)))
    elapsed_ms = 1000 * (time.perf_counter() - start) / len(found)
    for number, candidates in zip(range(len(paths)), itertools.cycle(found), strict=False):
        stores.detections.put(identity, files, number, candidates, iou=0.45)
    stores.detections.flush()
    return elapsed_ms


def _ask(
    race: Race, name: str, stores: FilterStores, query: FilterQuery, paths: Sequence[str], model: DetectionModel
) -> None:
    start = time.perf_counter()
    summary = FilterEngine(stores=stores).run(query, paths, model)
    race.best_ms[name] = race.median_ms[name] = 1000 * (time.perf_counter() - start)
    wanted = 1 if name == "one changed" else 0
    if summary.inferred != wanted:
        raise RuntimeError(f"{name}: the model ran {summary.inferred} times instead of {wanted}")


def _label_files(folder: Path, count: int) -> list[str]:
    """Write label files of one to eight rectangles and polygons; returns the images, of which there are no files."""
    chance = random.Random(7)  # noqa: S311
    images = []
    for number in range(count):
        shapes = []
        for kind in range(chance.randint(1, 8)):
            x, y = chance.uniform(0, 500), chance.uniform(0, 400)
            corners = 2 if kind % 2 else 20
            points = [[round(x + chance.random() * 80, 2), round(y + chance.random() * 80, 2)] for _ in range(corners)]
            shapes.append(
                {
                    "label": f"c{chance.randint(0, 11)}",
                    "points": points,
                    "group_id": None,
                    "description": "",
                    "shape_type": "rectangle" if kind % 2 else "polygon",
                    "flags": {},
                }
            )
        path = folder / f"{number // 2000:03}" / f"image_{number:06}.jpg"
        if number % 2000 == 0:
            path.parent.mkdir(parents=True)
        content = {"version": "5", "flags": {}, "shapes": shapes, "imagePath": path.name, "imageData": None}
        path.with_suffix(".json").write_text(json.dumps(content, indent=2), encoding="utf-8")
        images.append(str(path))
    return images


def _json_loop(label_files: Sequence[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for path in label_files:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - as such loops are written
            content = json.load(file)
        found: dict[str, int] = {}
        for shape in content["shapes"]:
            found[shape["label"]] = found.get(shape["label"], 0) + 1
        counts[path] = found
    return counts


def _time(race: Race, name: str, function: Callable[[], object], rounds: int = 3) -> None:
    race.best_ms[name] = race.median_ms[name] = 1000 * min(_seconds(function) for _ in range(rounds))


def _seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _memory_mb() -> float:
    """Return the memory that this process has now, where the system tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _add(report: Report, race: Race) -> None:
    report.races.append(race)
    print(f"\n{race.name}")
    for name, best_ms in race.best_ms.items():
        print(f"  {name:<44} {best_ms:10.2f} ms")
    for note in race.notes:
        print(f"  ({note})")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
