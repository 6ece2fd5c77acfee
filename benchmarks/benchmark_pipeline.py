"""What the pipeline itself costs: ``python -m benchmarks.benchmark_pipeline [--output FILE.json]``.

Labels JPEG files with a network that answers at once, or after a given time without holding the interpreter's lock,
from outputs that the real one gave before. Everything else is real: reading, decoding, preparing, batching, reading
the boxes, writing label files. What is measured is therefore the most that the program can do however fast the network
is; on a GPU that is what limits.

Each stage's busy time is printed for one image. With the package py-spy, ``py-spy record --gil`` around it shows who
holds the interpreter's lock.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from anylabeling.composition import label_store
from anylabeling.messages.auto_labeling import AutoLabelRequest, ExistingPolicy
from anylabeling.messages.models import BackendChoice
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendOptions
from anylabeling.services.auto_labeling.backend_registry import choose
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec
from anylabeling.services.auto_labeling.models.yolo import YoloModel
from anylabeling.services.auto_labeling.pinned_memory import PinnedPool
from anylabeling.services.auto_labeling.pipeline import PipelineSettings, decode_for
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.metrics import METRICS
from benchmarks.benchmark_inference import MODEL, machine_facts, pictures, stage_times


class RecordedBackend(Backend):
    """Answers with outputs that were recorded, after a time that it sleeps."""

    name = "recorded"
    device = "CUDA"
    on_gpu = True
    takes_bytes = True
    concurrency = 2
    preferred_batch = 32

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        """Record nothing yet; see ``record``."""
        self._options = options
        self._spec = spec
        self._outputs: list[NDArray[np.generic]] = []
        self._lock = threading.Lock()
        self._pool = PinnedPool()
        self.call_ms = 0.0
        self.image_ms = 0.0
        self.calls = 0

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        """Say that it is never chosen by itself."""
        return Availability(False, f"it only plays back what {spec.path.name} has said")

    def record(self, images: list[str], *, all_scores: bool) -> None:
        """Run the real network on some pictures and keep what it says, as the CUDA backend's graph would give it."""
        real, choice = choose(self._spec, "onnx-cpu")
        model = YoloModel(self._spec, real, choice)
        model.warm_up()
        outputs = []
        for path in images:
            prepared = model.prepare(decode_for(model, path).pixels)
            size = self._spec.batch or 1
            outputs.append([output[:1] for output in real.infer(np.repeat(prepared.blob[np.newaxis], size, axis=0))])
        model.close()
        self._outputs = [np.concatenate(parts) for parts in zip(*outputs, strict=True)]
        if self._spec.chooses_class and not all_scores:
            self._outputs[0] = _best_class(self._outputs[0], len(self._spec.class_names))

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Return as many recorded outputs as there are pictures."""
        count = len(blob)
        with self._lock:  # a GPU computes one call after the other
            self.calls += 1
            if self.call_ms or self.image_ms:
                time.sleep((self.call_ms + self.image_ms * count) / 1000)
        places = np.arange(count) % len(self._outputs[0])
        return [np.take(output, places, axis=0) for output in self._outputs]

    def empty(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """Return memory as the real backend would."""
        return self._pool.empty(shape, dtype)

    def close(self) -> None:
        """Forget the outputs."""
        self._pool.close()


def _best_class(output: NDArray[Any], classes: int) -> NDArray[Any]:
    scores = output[:, 4 : 4 + classes]
    chosen = [scores.max(axis=1, keepdims=True), scores.argmax(axis=1)[:, np.newaxis].astype(output.dtype)]
    return np.concatenate([output[:, :4], *chosen, output[:, 4 + classes :]], axis=1)


def main() -> int:
    """Measure, print, and write the figures."""
    arguments = _arguments()
    figures: dict[str, Any] = {"machine": machine_facts(), "arguments": vars(arguments), "runs": []}
    with tempfile.TemporaryDirectory(prefix="anylabeling-benchmark-") as folder:
        paths = pictures(arguments.images, Path(folder), arguments.count, arguments.width)
        spec = read_model_spec(arguments.model)
        backend = RecordedBackend(spec, BackendOptions())
        backend.record(paths[: arguments.recorded], all_scores=arguments.all_scores)
        backend.call_ms, backend.image_ms = arguments.call_ms, arguments.image_ms
        choice = BackendChoice(backend.name, backend.device)
        model = YoloModel(spec, backend, choice)
        model.warm_up()
        for turn in range(arguments.turns):
            figures["runs"].append(_run(arguments, model, backend, paths, Path(folder) / f"labels-{turn}"))
            print(json.dumps(figures["runs"][-1], indent=1))
        model.close()
    if arguments.output:
        Path(arguments.output).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _run(
    arguments: argparse.Namespace, model: YoloModel, backend: RecordedBackend, paths: list[str], output: Path
) -> dict[str, Any]:
    settings = PipelineSettings(
        decode_threads=arguments.decode_threads,
        write_threads=arguments.write_threads,
        batch_size=min(4, arguments.batch),
        max_batch_size=arguments.batch,
        processes=None if arguments.processes < 0 else arguments.processes,
    )
    request = AutoLabelRequest(tuple(paths), model.default_options, ExistingPolicy.REPLACE, str(output))
    METRICS.reset()
    backend.calls = 0
    output.mkdir()
    begun_cpu = time.process_time()
    summary = label_many(model, request, label_store(None, output), settings=settings)
    cpu_s = time.process_time() - begun_cpu
    shutil.rmtree(output)
    assert summary.labelled == len(paths), summary.failed[:3]
    return {
        "images_per_s": len(paths) / summary.seconds,
        "images_per_call": len(paths) / max(1, backend.calls),
        "cpu_ms_per_image": cpu_s * 1000 / len(paths),
        "stages": stage_times(len(paths)),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the pipeline with a network that answers at once.")
    parser.add_argument("--model", default=str(MODEL), help="the .onnx file whose outputs are played back")
    parser.add_argument("--images", help="a folder of JPEG files (default: the bundled samples)")
    parser.add_argument(
        "--count", type=int, default=400, help="how many files to label; repeated where there are fewer"
    )
    parser.add_argument("--width", type=int, default=0, help="make the pictures this wide first")
    parser.add_argument("--recorded", type=int, default=16, help="how many different answers to record")
    parser.add_argument("--call-ms", type=float, default=0.0, help="how long each call of the network takes")
    parser.add_argument("--image-ms", type=float, default=0.0, help="how long it takes for each image of a call")
    parser.add_argument("--batch", type=int, default=16, help="the most images in a call")
    parser.add_argument("--decode-threads", type=int, default=0, help="0 takes what the program takes")
    parser.add_argument("--write-threads", type=int, default=4, help="threads that read boxes and write label files")
    parser.add_argument("--processes", type=int, default=-1, help="other processes; -1 lets the program decide")
    parser.add_argument("--all-scores", action="store_true", help="play back the scores of all classes")
    parser.add_argument("--turns", type=int, default=2, help="how often to run")
    parser.add_argument("--output", help="write the figures to this JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
