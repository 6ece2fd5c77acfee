"""Does switching models free memory: ``python -m benchmarks.benchmark_switches [--output FILE.json]``.

Loads models in turn, runs each once in the usual batch, and notes after each switch how much memory the process has
and how much of the GPU is taken. Flat means that the last switches hold no more than the first ones after every model
has been loaded once.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.services.auto_labeling.cuda_runtime import cuda_runtime, free_gpu_bytes
from anylabeling.services.auto_labeling.model_manager import ModelManager
from benchmarks.benchmark_inference import MODEL, machine_facts


def main() -> int:
    """Switch, print, and write the figures."""
    arguments = _arguments()
    models = arguments.models or [str(MODEL)]
    manager = ModelManager()
    rows: list[dict[str, Any]] = []
    for index in range(arguments.switches + 1):
        path = models[index % len(models)]
        model = manager.load(path, preferred_backend=arguments.backend)
        images = [np.full((480, 640, 3), 100 + index, np.uint8)] * model.batch_for(arguments.batch)
        model.predict_shapes_batch(images)
        del model, images
        gc.collect()
        rows.append({"model": Path(path).stem, "process_mb": process_mb(), "gpu_taken_mb": gpu_taken_mb()})
        print(rows[-1])
    backend = manager.info.choice.backend if manager.info is not None else ""
    manager.unload()
    gc.collect()
    end = {"process_mb": process_mb(), "gpu_taken_mb": gpu_taken_mb()}
    print("unloaded", end)
    # Compared at the same model, once each of them and its libraries are there.
    first, last = rows[len(models)], rows[len(models) + (len(rows) - 1 - len(models)) // len(models) * len(models)]
    figures = {
        "machine": machine_facts(),
        "backend": backend,
        "switches": arguments.switches,
        "rows": rows,
        "unloaded": end,
        "process_growth_mb": last["process_mb"] - first["process_mb"],
        "gpu_growth_mb": None if last["gpu_taken_mb"] is None else last["gpu_taken_mb"] - first["gpu_taken_mb"],
    }
    print(f"growth: process {figures['process_growth_mb']:.1f} MB, GPU {figures['gpu_growth_mb']} MB")
    if arguments.output:
        Path(arguments.output).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def process_mb() -> float:
    """Return how much memory of this process is in use; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)


def gpu_taken_mb() -> float | None:
    """Return how much memory of the GPU is taken, by whomever; None without one."""
    import ctypes

    runtime = cuda_runtime()
    if runtime is None or free_gpu_bytes() is None:
        return None
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    runtime.cudaMemGetInfo(ctypes.byref(free), ctypes.byref(total))
    return (total.value - free.value) / 2**20


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Switch models and watch the memory.")
    parser.add_argument("--models", nargs="*", help=".onnx files (default: the bundled sample model)")
    parser.add_argument("--switches", type=int, default=20, help="how often")
    parser.add_argument("--batch", type=int, default=16, help="pictures in a call, where a batch pays")
    parser.add_argument("--backend", default="auto", help="only this backend")
    parser.add_argument("--output", help="write the figures to this JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
