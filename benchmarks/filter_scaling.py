"""How the image filter's first run scales with cores: ``python -m benchmarks.filter_scaling [--output FILE.json]``.

The plain loop (read, run the network, look at what it found, next) against the engine with 1 to 16 workers on the CPU.
A worker is a thread that decodes and a call of the network; the cores are shared among the calls. The detections are
written to a store on disk, as in the program. Where the time goes is told by the mean time of a call in each stage, by
how many calls of it ran at once on average, and by the cores that were busy.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from anylabeling.codecs import IMAGE_SUFFIXES, PixelFormat, decode
from anylabeling.messages.filtering import FilterQuery
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.pipeline import PipelineSettings
from anylabeling.services.auto_labeling.runtime_info import available_cpus
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.filtering.conditions import matches
from anylabeling.services.filtering.detection_store import DetectionStore, suppress
from anylabeling.services.filtering.engine import FilterEngine, FilterStores
from anylabeling.services.filtering.identities import ModelIdentities
from anylabeling.utils.metrics import METRICS
from benchmarks._common import Race, Report

SAMPLES = Path(__file__).resolve().parents[1] / "anylabeling" / "resources" / "samples"
SEQUENTIAL = "one by one, every core for each image"
SINGLE = "one by one, one core"


def main() -> int:
    """Measure, print, and write the figures."""
    arguments = _arguments()
    report = Report("image filter: scaling with cores")
    with tempfile.TemporaryDirectory(prefix="anylabeling-scaling-") as name:
        pictures = [path for path in sorted(arguments.images.iterdir()) if path.suffix.lower() in IMAGE_SUFFIXES]
        paths = copies_of(pictures, Path(name) / "images", arguments.count)
        time_scaling(report, arguments.model, paths, arguments.workers, Path(name), budget_s=arguments.budget)
    report.write(arguments.output)
    return 0


def time_scaling(
    report: Report, model: Path, paths: Sequence[str], workers: Sequence[int], folder: Path, *, budget_s: float
) -> Race:
    """Time a first run over images, one after the other and with several numbers of workers.

    Args:
        report: Takes the race.
        model: A detector that runs on the CPU.
        paths: The images.
        workers: Numbers of workers.
        folder: For the stores.
        budget_s: The plain loops stop after so many seconds; what they did by then tells their speed.
    """
    cores = available_cpus()
    race = Race(f"a first run over {len(paths)} images on {cores} cores (ms for each image)")
    for name, threads in ((SINGLE, 1), (SEQUENTIAL, cores)):
        with _Loaded(model, threads, 1) as loaded:
            _time(race, name, *_one_by_one(loaded, paths, budget_s))
    for count in workers:
        with _Loaded(model, max(1, cores // count), count) as loaded:
            stores = FilterStores(
                DetectionStore(folder / f"store{count}.sqlite"), LabelIndex(None), None, ModelIdentities()
            )
            _time(race, _name(count), *_pipelined(loaded, paths, count, stores))
            stores.detections.close()
    base = race.best_ms[SEQUENTIAL]
    for count in workers:
        race.notes.append(f"{count} workers: {base / race.best_ms[_name(count)]:.2f} times the plain loop")
    report.races.append(race)
    for note in race.notes:
        print(f"  {note}", flush=True)
    return race


def copies_of(pictures: Sequence[Path], folder: Path, count: int) -> list[str]:
    """Return paths of so many images: copies of some pictures and hard links of these."""
    folder.mkdir()
    copies = [shutil.copy(picture, folder / f".{number}{picture.suffix}") for number, picture in enumerate(pictures)]
    paths = []
    for number, picture in zip(range(count), itertools.cycle(map(Path, copies)), strict=False):
        target = folder / f"image_{number:05}{picture.suffix}"
        target.hardlink_to(picture)
        paths.append(str(target))
    return paths


class _Loaded:
    """A detector on the CPU, with a block's end as its own."""

    def __init__(self, path: Path, threads: int, concurrency: int) -> None:
        self._manager = ModelManager(lambda: BackendOptions(threads=threads, concurrency=concurrency))
        self._path = path

    def __enter__(self) -> DetectionModel:
        return self._manager.load(self._path, preferred_backend="onnx-cpu")

    def __exit__(self, *_error: object) -> None:
        self._manager.unload()


def _one_by_one(model: DetectionModel, paths: Sequence[str], budget_s: float) -> tuple[int, float, float]:
    query = FilterQuery()

    def look(path: str) -> None:
        image = decode(path, pixel_format=PixelFormat.RGB)
        size = (image.full_width, image.full_height)
        found = model.candidates(image.pixels, pixel_format=PixelFormat.RGB, full_size=size)
        matches(query, path, suppress(found, query.iou), model.class_names)

    look(paths[0])
    wall, cpu, done = time.perf_counter(), time.process_time(), 0
    for path in paths:
        look(path)
        done += 1
        if time.perf_counter() - wall > budget_s:
            break
    return done, time.perf_counter() - wall, time.process_time() - cpu


def _pipelined(
    model: DetectionModel, paths: Sequence[str], workers: int, stores: FilterStores
) -> tuple[int, float, float]:
    engine = FilterEngine(PipelineSettings(decode_threads=workers), stores)
    engine.run(FilterQuery(), paths[:workers], model)  # the first call of a session takes longer
    METRICS.reset()
    wall, cpu = time.perf_counter(), time.process_time()
    summary = engine.run(FilterQuery(), paths[workers:], model)
    elapsed = time.perf_counter() - wall, time.process_time() - cpu
    if summary.inferred != len(paths) - workers:
        raise RuntimeError(f"{summary.inferred} images were looked at")
    return summary.inferred, *elapsed


def _time(race: Race, name: str, images: int, wall_s: float, cpu_s: float) -> None:
    race.best_ms[name] = race.median_ms[name] = 1000 * wall_s / images
    parts = [f"{images / wall_s:.1f} images/s", f"{cpu_s / wall_s:.1f} cores busy"]
    for stage in ("decode", "infer", "finish") if name.startswith("pipeline") else ():
        timing = METRICS.snapshot().timings.get(f"stage.{stage}")
        if timing is not None:
            share = timing.total_ms / 1000 / wall_s
            parts.append(f"{stage} {timing.total_ms / images:.1f} ms an image, {share:.1f} at once")
    race.notes.append(f"{name}: {', '.join(parts)}; memory {_memory_mb():.0f} MB")
    print(f"{name:<40} {race.best_ms[name]:8.2f} ms  {', '.join(parts)}", flush=True)


def _name(workers: int) -> str:
    return f"pipeline, {workers} workers"


def _memory_mb() -> float:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--output", type=Path, metavar="FILE.json", help="also write the results there")
    parser.add_argument("--model", type=Path, default=SAMPLES / "model" / "samples-yolo.onnx", help="a detector")
    parser.add_argument("--images", type=Path, default=SAMPLES / "images", help="a folder of pictures")
    parser.add_argument("--count", type=int, default=400, help="images in all (default: 400)")
    parser.add_argument("--budget", type=float, default=20.0, help="most seconds of each plain loop (default: 20)")
    parser.add_argument(
        "--workers",
        type=lambda text: [int(part) for part in text.split(",")],
        default=[1, 2, 4, 8, 16],
        help="numbers of workers (default: 1,2,4,8,16)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
