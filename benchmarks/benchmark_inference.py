"""How fast models run here: ``python -m benchmarks.benchmark_inference [--output FILE.json]``.

Times each backend on one picture; a run from JPEG files to label files against the plain loop that takes one picture
after the other, and against what decoding and the network allow by themselves; and the preparation of a picture against
cv2.dnn.blobFromImage. All in one run and in turns, since other programs on the machine come and go.

Without --model and --images it takes the bundled sample model, and photos made from the bundled pictures.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.codecs import PixelFormat, decode
from anylabeling.composition import backend_options, label_store, pipeline_settings
from anylabeling.config import Config
from anylabeling.document.annotation import Annotation
from anylabeling.errors import BackendError
from anylabeling.messages.auto_labeling import AutoLabelRequest, ExistingPolicy
from anylabeling.services.auto_labeling.backend import Backend
from anylabeling.services.auto_labeling.backend_registry import BACKENDS, choose
from anylabeling.services.auto_labeling.detection_model import BytesNetwork
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec
from anylabeling.services.auto_labeling.picture_slots import PictureSlots
from anylabeling.services.auto_labeling.pipeline import decode_for
from anylabeling.services.auto_labeling.preprocess import Letterbox, letterbox_into
from anylabeling.services.auto_labeling.runtime_info import available_cpus, runtime_info
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.metrics import METRICS
from anylabeling.utils.processes import processes_available

PROJECT = Path(__file__).resolve().parents[1]
SAMPLES = PROJECT / "anylabeling" / "resources" / "samples"
MODEL = SAMPLES / "model" / "samples-yolo.onnx"
BATCHES = (1, 2, 4, 8, 16, 32)


def main() -> int:
    """Measure, print tables, and write the figures."""
    arguments = _arguments()
    config = Config({})
    figures: dict[str, Any] = {"machine": machine_facts()}
    with tempfile.TemporaryDirectory(prefix="anylabeling-benchmark-") as folder:
        # Now and at the end: new memory, which cv2.dnn returns, costs less where much has been given back before.
        figures["preprocess_at_first"] = time_preprocess()
        _show("640x480 to a network's input, in a new process", figures["preprocess_at_first"])
        paths = pictures(arguments.images, Path(folder), arguments.count, arguments.width)
        spec = read_model_spec(arguments.model)
        figures["model"] = spec.name
        figures["backends"] = time_backends(spec, arguments.rounds, arguments.backend)
        _show("one picture, batch 1", figures["backends"])
        figures["pipeline"] = time_pipeline(arguments, paths, config, Path(folder))
        _show(f"{len(paths)} JPEG files to label files", figures["pipeline"])
        figures["preprocess"] = time_preprocess()
        _show("640x480 to a network's input, after all that", figures["preprocess"])
    if arguments.output:
        Path(arguments.output).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def time_backends(spec: ModelSpec, rounds: int, only: str) -> dict[str, dict[str, Any]]:
    """Return load time, milliseconds for a picture and images/s in batches, for each backend that is installed."""
    loaded: dict[str, Backend] = {}
    figures: dict[str, dict[str, Any]] = {}
    for row in BACKENDS:
        if only not in ("auto", row.name) or row.is_tensorrt:
            continue
        start = time.perf_counter()
        try:
            loaded[row.name], _choice = choose(spec, row.name, rows=[row])
        except BackendError as error:
            figures[row.name] = {"not run": error.details.partition("\n")[0]}
            continue
        figures[row.name] = {"load_s": time.perf_counter() - start}
    times: dict[str, list[float]] = {name: [] for name in loaded}
    for _ in range(rounds + 2):
        for name, backend in loaded.items():
            blob = _blob(spec, backend, 1)
            start = time.perf_counter()
            backend.infer(blob)
            times[name].append(time.perf_counter() - start)
    for name, backend in loaded.items():
        figures[name]["median_ms"] = statistics.median(times[name][2:]) * 1000
        figures[name]["best_ms"] = min(times[name][2:]) * 1000
        if spec.batch is None and backend.on_gpu:
            for batch in BATCHES:
                rate = best_rate(lambda b=backend, n=batch: b.infer(_blob(spec, b, n)), batch, 20)  # type: ignore[misc]
                figures[name][f"images_per_s_at_{batch}"] = rate
        backend.close()
    return figures


def time_pipeline(arguments: argparse.Namespace, paths: list[str], config: Config, folder: Path) -> dict[str, Any]:
    """Return images/s of the pipeline, of the plain loop, and of decoding and the network by themselves."""
    race = PipelineRace(arguments, paths, config)
    runners: dict[str, Callable[[Path], int]] = {
        "loop": race.loop,
        "pipeline": race.pipeline,
        "decode": race.decode,
        "infer": race.infer,
    }
    for variant in arguments.variant or ():
        runners[variant] = lambda output, changes=variant: race.pipeline(output, changes)  # type: ignore[misc]
    best = dict.fromkeys(runners, 0.0)
    stages: dict[str, Any] = {}
    cpu_ms: dict[str, float] = {}
    for turn in range(arguments.turns):
        for name, runner in runners.items():
            # They stay until the end: a file system that is still deleting would be part of the next run.
            output = folder / f"labels-{turn}-{name}"
            output.mkdir()
            METRICS.reset()
            start, start_cpu = time.perf_counter(), time.process_time()
            done = runner(output)
            rate = done / (time.perf_counter() - start)
            cpu_ms[name] = min(cpu_ms.get(name, 1e9), (time.process_time() - start_cpu) * 1000 / done)
            if rate > best[name]:
                best[name] = rate
                stages[name] = stage_times(done)
            print(f"  turn {turn}: {name} {rate:.1f} images/s", flush=True)
    possible = min(best["decode"], best["infer"])
    if not race.on_gpu:  # both take their turns on the same cores
        possible = 1 / (1 / best["decode"] + 1 / best["infer"])
    print(f"\n{race.name}")
    found = {
        "pipeline_images_per_s": best["pipeline"],
        "one_at_a_time_images_per_s": best["loop"],
        "decode_images_per_s": best["decode"],
        "infer_images_per_s": best["infer"],
        "possible_images_per_s": possible,
        "pipeline_by_possible": best["pipeline"] / possible,
        "pipeline_by_one_at_a_time": best["pipeline"] / best["loop"],
        "batch": race.batch,
        # Of each run: how many objects there are does not depend on how they are looked for.
        "objects": race.objects,
        "cancelled_within_ms": max(race.cancel(folder / f"cancelled-{turn}") for turn in range(arguments.turns)),
        # Of this process, on all of its threads: what other programs on the machine take is not in it.
        "cpu_ms_per_image": cpu_ms,
        "variants_images_per_s": {name: best[name] for name in arguments.variant or ()},
        "stages": {name: times for name, times in stages.items() if times},
    }
    race.close()
    return found


def stage_times(images: int) -> dict[str, Any]:
    """Return what each stage of the last run took for an image, added up over its threads, and images in a call."""
    snapshot = METRICS.snapshot()
    times = {
        f"{name.removeprefix('stage.')}_ms": timing.total_ms / images
        for name, timing in snapshot.timings.items()
        if name.startswith("stage.")
    }
    calls = snapshot.counters.get("pipeline.calls", 0)
    return {**times, "images_per_call": images / calls} if calls else times


class PipelineRace:
    """A model set up for one picture and one set up for many, and what is compared. Each run returns its images."""

    def __init__(self, arguments: argparse.Namespace, paths: list[str], config: Config) -> None:
        self._paths = paths
        self._loop_paths = paths[: max(1, len(paths) // arguments.loop_share)]
        self._settings = pipeline_settings(config)
        self._single = ModelManager()
        self._many = ModelManager(lambda: backend_options(config, for_many_images=True))
        self._plain = self._single.load(arguments.model, preferred_backend=arguments.backend)
        self._model = self._many.load(arguments.model, preferred_backend=arguments.backend)
        self.batch = self._model.batch_for(self._settings.max_batch_size)
        self._prepared = [self._model.prepare(decode_for(self._model, path).pixels) for path in paths[:1] * self.batch]
        self.objects: list[int] = []
        choice = self._model.info.choice
        self.name = f"{self._model.info.name} on {choice.device} ({choice.backend})"
        self.on_gpu = choice.device != "CPU"

    def loop(self, output: Path) -> int:
        """Decode, run and write one picture after the other."""
        store = label_store(None, output)
        for path in self._loop_paths:
            labels = store.load(path)
            image = decode(path, pixel_format=PixelFormat.RGB)
            shapes = tuple(self._plain.predict_shapes(image.pixels, path))
            size = (image.full_width, image.full_height)
            store.save(path, Annotation(shapes=shapes), image_size=size, expected=labels.stamp)
        return len(self._loop_paths)

    def pipeline(self, output: Path, changes: str = "") -> int:
        """Do the same with the program's own run over many images, with some settings changed: "processes=0,..."."""
        pairs = (change.split("=") for change in changes.split(",") if change)
        settings = replace(self._settings, **{name: int(value) for name, value in pairs})  # type: ignore[arg-type]
        options = self._model.default_options
        request = AutoLabelRequest(tuple(self._paths), options, ExistingPolicy.REPLACE, str(output))
        summary = label_many(self._model, request, label_store(None, output), settings=settings)
        assert summary.labelled == len(self._paths)
        self.objects.append(summary.shapes)
        return summary.labelled

    def cancel(self, output: Path) -> float:
        """Return how many milliseconds a run goes on after it was cancelled."""
        output.mkdir()
        request = AutoLabelRequest(tuple(self._paths), self._model.default_options, ExistingPolicy.REPLACE, str(output))
        cancel, begun = CancelToken(), 0.0

        def stop(_path: str, _count: int) -> None:
            nonlocal begun
            begun = begun or time.perf_counter()
            cancel.cancel()

        store = label_store(None, output)
        label_many(self._model, request, store, cancel=cancel, on_labelled=stop, settings=self._settings)
        return (time.perf_counter() - begun) * 1000

    def decode(self, _output: Path) -> int:
        """Only decode, on all cores."""
        with ThreadPoolExecutor(available_cpus()) as pool:
            return len(list(pool.map(lambda path: decode_for(self._model, path), self._paths)))

    def infer(self, _output: Path) -> int:
        """Only run the network, with as many calls at once as it takes."""
        calls = -(-len(self._paths) // self.batch)
        network = self._model.bytes_network
        if network is not None and processes_available():
            return self._infer_rows(network, calls)
        with ThreadPoolExecutor(self._model.concurrency) as pool:
            return len(list(pool.map(lambda _: self._model.infer(self._fresh()), range(calls)))) * self.batch

    def _infer_rows(self, network: BytesNetwork, calls: int) -> int:
        # From the memory that a run has its pictures in.
        slots = PictureSlots(self._model.concurrency, self.batch, network.steps.bytes_shape)
        slots.pixels[...] = self._prepared[0].blob

        def call(_number: int) -> None:
            slot = slots.take()
            assert slot is not None
            network.run(slots.pixels[slot])
            slots.give(slot)

        with ThreadPoolExecutor(self._model.concurrency) as pool:
            done = len(list(pool.map(call, range(calls)))) * self.batch
        slots.close()
        return done

    def _fresh(self) -> list[Any]:
        # The model takes the memory of what it has run; bytes it leaves alone, and copying them would be measured.
        return [one if one.blob.dtype == np.uint8 else replace(one, blob=one.blob.copy()) for one in self._prepared]

    def close(self) -> None:
        """Free the models."""
        self._single.unload()
        self._many.unload()


def time_preprocess() -> dict[str, float]:
    """Return milliseconds to letterbox a picture into a reused input, and for what cv2.dnn offers."""
    from anylabeling.opencv import cv2

    image = np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8)
    box = Letterbox.fit(640, 480, 640, 640)
    blob = np.empty((3, 640, 640), np.float32)
    parameters = cv2.dnn.Image2BlobParams()
    parameters.scalefactor = (1 / 255,) * 3
    parameters.size = (640, 640)
    parameters.swapRB = True
    parameters.paddingmode = cv2.dnn.DNN_PMODE_LETTERBOX
    ours, theirs = [], []
    calls = 10  # in a row, as a loop over pictures does: the other one's memory is not in the cache then
    for _ in range(60):
        start = time.perf_counter()
        for _ in range(calls):
            letterbox_into(blob, image, PixelFormat.BGR, box)
        middle = time.perf_counter()
        for _ in range(calls):
            cv2.dnn.blobFromImageWithParams(image, parameters)
        ours.append((middle - start) / calls)
        theirs.append((time.perf_counter() - middle) / calls)
    ours_ms, theirs_ms = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    return {"ours_ms": ours_ms, "blobFromImage_ms": theirs_ms, "times_faster": theirs_ms / ours_ms}


def best_rate(work: Callable[[], object], images: int, calls: int) -> float:
    """Return the most images/s in one of several calls; the first ones only warm up."""
    best = 0.0
    for index in range(calls):
        start = time.perf_counter()
        work()
        if index > 2:
            best = max(best, images / (time.perf_counter() - start))
    return best


def _blob(spec: ModelSpec, backend: Backend, batch: int) -> Any:
    width, height = spec.default_size
    if backend.takes_bytes:
        blob = backend.empty((batch, height, width, 3), np.uint8)
        blob[...] = 114
    else:
        blob = backend.empty((batch, 3, height, width), spec.input_dtype)
        blob[...] = 114 / 255
    return blob


def pictures(images: str | None, folder: Path, count: int, width: int = 0) -> list[str]:
    """Return as many JPEG files as asked for, repeated or made larger where need be."""
    from anylabeling.opencv import cv2

    found = sorted(path for suffix in ("*.jpg", "*.jpeg") for path in Path(images or SAMPLES).rglob(suffix))
    if not found:
        sys.exit(f"There are no JPEG files in {images or SAMPLES}.")
    made = folder / "pictures"
    made.mkdir()
    sources: list[bytes] = []
    for path in found[:count]:
        if not width:
            sources.append(path.read_bytes())
            continue
        image = cv2.imread(str(path))
        assert image is not None
        scale = width / image.shape[1]
        ok, data = cv2.imencode(".jpg", cv2.resize(image, None, fx=scale, fy=scale), [cv2.IMWRITE_JPEG_QUALITY, 92])
        assert ok
        sources.append(data.tobytes())
    paths = []
    for index in range(count):
        paths.append(str(made / f"{index:06}.jpg"))
        Path(paths[-1]).write_bytes(sources[index % len(sources)])
    return paths


def machine_facts() -> dict[str, Any]:
    """Return what the figures depend on."""
    info = runtime_info()
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processors": available_cpus(),
        "nvidia_gpu": info.nvidia_gpu,
        "packages": dict(info.distributions),
    }


def _show(title: str, figures: dict[str, Any]) -> None:
    print(f"\n{title}")
    width = max(map(len, figures))
    for name, value in figures.items():
        parts = value.items() if isinstance(value, dict) else [("", value)]
        text = "  ".join(f"{key} {_number(number)}".strip() for key, number in parts)
        print(f"  {name:<{width}}  {text}")


def _number(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time backends, the pipeline and preprocessing.")
    parser.add_argument("--model", default=str(MODEL), help="an .onnx file (default: the bundled sample model)")
    parser.add_argument("--images", help="a folder of JPEG files (default: the bundled samples)")
    parser.add_argument("--count", type=int, default=40, help="how many files to label; repeated where there are fewer")
    parser.add_argument("--width", type=int, default=0, help="make the pictures this wide first")
    parser.add_argument("--backend", default="auto", help="only this backend")
    parser.add_argument("--rounds", type=int, default=20, help="calls of each backend")
    parser.add_argument("--turns", type=int, default=3, help="turns of the pipeline and what it is compared with")
    parser.add_argument(
        "--variant",
        action="append",
        metavar="NAME=NUMBER,...",
        help="also run the pipeline with these settings, such as processes=0,max_batch_size=32; may be repeated",
    )
    parser.add_argument("--loop-share", type=int, default=1, help="run the plain loop on one in so many files only")
    parser.add_argument("--output", help="write the figures to this JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
