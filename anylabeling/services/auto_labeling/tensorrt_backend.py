"""NVIDIA TensorRT: engines built for one model on one kind of GPU. See docs/tensorrt_setup.md for what has been run."""

from __future__ import annotations

import importlib
import queue
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import BackendError, ModelError
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendMemoryError, BackendOptions
from anylabeling.services.auto_labeling.cuda_device import CudaDevice, open_device
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.services.auto_labeling.tensorrt_engines import EngineRecipe, EngineStore, build_engine, graph_for
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.paths import cache_dir

MODULES = ("tensorrt", "tensorrt_rtx")
"""The data centre's TensorRT first: it runs on every GPU. The one for RTX has the same interface."""

_STREAMS = 2
_NOT_ON_RTX = (9, 0)


@dataclass(slots=True, eq=False)
class _Lane:
    """What one call at a time needs: a context, a stream, and memory on both sides for the largest batch."""

    context: Any
    stream: int
    host_input: NDArray[np.uint8]
    device_input: int
    host_outputs: list[NDArray[np.uint8]]
    device_outputs: list[int]


class TensorRtBackend(Backend):
    """Run a model as a TensorRT engine. Two calls at once, so that one copies while the other computes."""

    name = "tensorrt"
    device = "TensorRT"
    on_gpu = True
    concurrency = _STREAMS

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        """Load the stored engine for the model, or build one; see Backend.

        Raises:
            Cancelled: When the options' token ended the building.
        """
        trt = import_tensorrt()
        self._file_name = spec.path.name
        self._device: CudaDevice = open_device()
        check_device(trt, self._device)
        capability = ".".join(map(str, self._device.compute_capability))
        recipe = EngineRecipe.of(spec, options, builder_name(trt), f"{self._device.name} ({capability})")
        self.takes_bytes = recipe.takes_bytes
        self.preferred_batch = self._max_batch = recipe.input_shape[0]
        self._runtime = trt.Runtime(trt.Logger(trt.Logger.ERROR))
        self._engine: Any = self._load(trt, spec, options, recipe)
        self._trt = trt
        self._names = (spec.input_names[0], spec.output_names)
        self._lanes: queue.SimpleQueue[_Lane] = queue.SimpleQueue()
        self._all_lanes = [self._make_lane(recipe) for _ in range(_STREAMS)]
        for lane in self._all_lanes:
            self._lanes.put(lane)

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        """Say whether TensorRT is installed, there is a GPU, and this kind of file is taken."""
        if spec.path.suffix.lower() != ".onnx":
            return Availability(False, tr("it does not run {suffix} files", suffix=spec.path.suffix))
        info = runtime_info()
        if not any(info.has(module) for module in MODULES):
            return Availability(False, tr("{package} is not installed", package="tensorrt"))
        if not info.nvidia_gpu:
            return Availability(False, tr("no NVIDIA GPU was found"))
        if len(spec.input_names) != 1:
            return Availability(False, tr("it is used for networks with one input only"))
        return Availability(True)

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Run the network once; see Backend. A call that has begun is not cut short."""
        if self._engine is None:
            raise BackendError(tr("The model {file_name} has been unloaded.", file_name=self._file_name))
        if len(blob) > self._max_batch:
            raise BackendMemoryError(
                f"The engine of {self._file_name} takes {self._max_batch} images at most.",
                details=f"{self.name}: {blob.shape}",
            )
        if cancel is not None:
            cancel.raise_if_cancelled()
        lane = self._lanes.get()
        try:
            return self._execute(lane, np.ascontiguousarray(blob))
        finally:
            self._lanes.put(lane)

    def close(self) -> None:
        """Free the engine and all memory."""
        if self._engine is None:
            return
        self._engine = None
        for lane in self._all_lanes:
            lane.context = None
            for address in (lane.device_input, *lane.device_outputs):
                self._device.free(address)
        self._all_lanes = []
        self._device.close()

    def _execute(self, lane: _Lane, blob: NDArray[Any]) -> list[NDArray[np.generic]]:
        input_name, output_names = self._names
        context = lane.context
        staged = lane.host_input[: blob.nbytes]
        staged[...] = blob.reshape(-1).view(np.uint8)
        self._device.copy_in(lane.device_input, staged, lane.stream)
        if not context.set_input_shape(input_name, blob.shape):
            raise BackendError(
                tr("The engine of {file_name} does not take {shape}.", file_name=self._file_name, shape=blob.shape)
            )
        context.set_tensor_address(input_name, lane.device_input)
        for name, address in zip(output_names, lane.device_outputs, strict=True):
            context.set_tensor_address(name, address)
        if not context.execute_async_v3(lane.stream):
            raise BackendError(
                tr("The model {file_name} failed while running.", file_name=self._file_name),
                details=f"{self.name}: execute_async_v3",
            )
        results: list[NDArray[Any]] = []
        for name, host, address in zip(output_names, lane.host_outputs, lane.device_outputs, strict=True):
            dtype = np.dtype(self._trt.nptype(self._engine.get_tensor_dtype(name)))
            shape = tuple(context.get_tensor_shape(name))
            part = host[: int(np.prod(shape)) * dtype.itemsize]
            self._device.copy_out(part, address, lane.stream)
            results.append(part.view(dtype).reshape(shape))
        self._device.synchronize(lane.stream)
        # The page-locked memory is the next call's.
        return [np.array(result) for result in results]

    def _load(self, trt: Any, spec: ModelSpec, options: BackendOptions, recipe: EngineRecipe) -> Any:
        store = EngineStore(cache_dir() / "tensorrt")
        stored = store.get(recipe)
        engine = None if stored is None else self._runtime.deserialize_cuda_engine(stored)
        if engine is not None:
            return engine
        store.discard(recipe)
        try:
            graph = graph_for(spec, recipe, options)
        except ModelError as error:
            raise BackendError(error.user_text, hint=error.hint, details=error.details) from error
        content = build_engine(
            trt, graph, spec.input_names[0], recipe, on_progress=options.on_progress, cancel=options.cancel
        )
        engine = self._runtime.deserialize_cuda_engine(content)
        if engine is None:
            raise BackendError(
                tr("TensorRT cannot run the engine that it built."), hint=tr("The GPU's driver may be too old.")
            )
        store.put(recipe, content)
        return engine

    def _make_lane(self, recipe: EngineRecipe) -> _Lane:
        input_name, output_names = self._names
        context = self._engine.create_execution_context()
        if context is None:
            raise BackendError(tr("There is not enough GPU memory to run the TensorRT engine."))
        batch, height, width = recipe.input_shape
        shape = (batch, height, width, 3) if recipe.takes_bytes else (batch, 3, height, width)
        context.set_input_shape(input_name, shape)
        input_bytes = self._size_of(context, input_name)
        output_bytes = [self._size_of(context, name) for name in output_names]
        return _Lane(
            context,
            self._device.create_stream(),
            self._device.pinned(input_bytes),
            self._device.allocate(input_bytes),
            [self._device.pinned(size) for size in output_bytes],
            [self._device.allocate(size) for size in output_bytes],
        )

    def _size_of(self, context: Any, name: str) -> int:
        dtype = np.dtype(self._trt.nptype(self._engine.get_tensor_dtype(name)))
        return int(np.prod(tuple(context.get_tensor_shape(name)))) * int(dtype.itemsize)


def import_tensorrt() -> Any:
    """Return the module ``tensorrt``, or ``tensorrt_rtx`` where only that is installed.

    Raises:
        BackendError: When neither can be imported.
    """
    found = next((name for name in MODULES if runtime_info().has(name)), None)
    try:
        if found is not None:
            return importlib.import_module(found)
        problem = ""
    except (ImportError, OSError, RuntimeError) as error:
        problem = f"{found}: {error!r}"
    raise BackendError(
        tr("TensorRT is not installed or cannot be loaded."),
        hint=tr("See docs/tensorrt_setup.md for the packages."),
        details=problem,
    )


def builder_name(trt: Any) -> str:
    """Return module and version, as an engine's recipe names them."""
    return f"{trt.__name__} {trt.__version__}"


def check_device(trt: Any, device: CudaDevice) -> None:
    """Raise BackendError where this TensorRT does not run on this GPU."""
    if trt.__name__ == "tensorrt_rtx" and device.compute_capability == _NOT_ON_RTX:
        raise BackendError(
            tr("TensorRT for RTX does not run on the {name}.", name=device.name),
            hint=tr("Install the package tensorrt instead."),
        )
