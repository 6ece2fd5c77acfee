"""What edits of the graph gain on a GPU: ``python -m benchmarks.benchmark_graphs --model M [--output FILE.json]``.

Runs the same network as it is, with bytes for its input, and with the best class chosen inside, each by itself and in
half precision: images/s by batch, with one call at a time and with two, from page-locked memory to page-locked memory.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.services.auto_labeling.graph_edit import load_graph, to_float16, with_best_class, with_byte_input
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec
from anylabeling.services.auto_labeling.pinned_memory import PinnedPool
from benchmarks.benchmark_inference import MODEL, machine_facts

BATCHES = (1, 4, 8, 16, 32, 64)


def main() -> int:
    """Measure, print, and write the figures."""
    arguments = _arguments()
    spec = read_model_spec(arguments.model)
    figures: dict[str, Any] = {"machine": machine_facts(), "model": spec.name, "graphs": {}}
    for name, graph in graphs(spec).items():
        for calls in (1, 2):
            try:
                found = measure(spec, graph.SerializeToString(), arguments.provider, calls, arguments.seconds)
            except Exception as error:  # noqa: BLE001 - the runtime raises what it likes; the others are still measured
                found = {"not run": str(error)[:300]}
            figures["graphs"][f"{name}, {calls} at once"] = found
            print(f"{name}, {calls} at once: {found}", flush=True)
            if arguments.output:  # each time, so that a run that is stopped leaves what it has
                Path(arguments.output).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def graphs(spec: ModelSpec) -> dict[str, Any]:
    """Return the graphs by what was done to them."""
    plain = load_graph(spec.path)
    scale = spec.pixel_scale or 1.0
    found = {"as it is": plain, "bytes": with_byte_input(plain, spec.input_names[0], scale)}
    if spec.chooses_class:
        best = with_best_class(plain, spec.output_names[0], len(spec.class_names), spec.extras)
        found["bytes, best class"] = with_byte_input(best, spec.input_names[0], scale)
    with contextlib.suppress(Exception):  # the converter is missing from some versions
        half = to_float16(plain)
        if spec.chooses_class:
            half = with_best_class(half, spec.output_names[0], len(spec.class_names), spec.extras)
        found["bytes, best class, half precision"] = with_byte_input(half, spec.input_names[0], scale)
    return found


def measure(spec: ModelSpec, graph: bytes, provider: str, calls: int, seconds: float) -> dict[str, float]:
    """Return images/s by batch."""
    import onnxruntime

    with contextlib.suppress(AttributeError):
        onnxruntime.preload_dlls()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    settings = {"cudnn_conv_algo_search": "HEURISTIC"} if provider.startswith("CUDA") else {}
    session = onnxruntime.InferenceSession(graph, options, providers=[(provider, settings)])
    pool = PinnedPool()
    takes_bytes = session.get_inputs()[0].type == "tensor(uint8)"
    width, height = spec.default_size
    rates: dict[str, float] = {}
    for batch in BATCHES if spec.batch is None else (spec.batch,):
        shape, dtype = ((batch, height, width, 3), np.uint8) if takes_bytes else ((batch, 3, height, width), np.float32)
        runs = [_prepared(session, spec, pool, shape, dtype) for _ in range(calls)]
        rates[str(batch)] = _rate(runs, batch, seconds)
    return rates


def _prepared(session: Any, spec: ModelSpec, pool: PinnedPool, shape: tuple[int, ...], dtype: Any) -> Callable[[], Any]:
    blob = pool.empty(shape, dtype)
    blob[...] = 114
    binding = session.io_binding()
    binding.bind_cpu_input(spec.input_names[0], blob)
    for name in spec.output_names:
        binding.bind_output(name, "cpu")
    session.run_with_iobinding(binding)
    outputs = [pool.empty(each.shape, each.dtype) for each in binding.copy_outputs_to_cpu()]

    def run() -> Any:
        binding = session.io_binding()
        binding.bind_cpu_input(spec.input_names[0], blob)
        for name, output in zip(spec.output_names, outputs, strict=True):
            binding.bind_output(name, "cpu", 0, output.dtype.type, output.shape, output.ctypes.data)
        session.run_with_iobinding(binding)
        return outputs

    return run


def _rate(runs: list[Callable[[], Any]], batch: int, seconds: float) -> float:
    for run in runs:
        run()
    until = time.perf_counter() + seconds

    def repeat(run: Callable[[], Any]) -> int:
        done = 0
        while time.perf_counter() < until:
            run()
            done += batch
        return done

    start = time.perf_counter()
    with ThreadPoolExecutor(len(runs)) as pool:
        done = sum(pool.map(repeat, runs))
    return done / (time.perf_counter() - start)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time edited graphs.")
    parser.add_argument("--model", default=str(MODEL), help="an .onnx file (default: the bundled sample model)")
    parser.add_argument("--provider", default="CUDAExecutionProvider", help="ONNX Runtime's name of what computes")
    parser.add_argument("--seconds", type=float, default=0.7, help="for each figure")
    parser.add_argument("--output", help="write the figures to this JSON file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
