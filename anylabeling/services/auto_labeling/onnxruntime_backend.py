"""ONNX Runtime, on the CPU and on CUDA."""

from __future__ import annotations

import contextlib
import functools
import logging
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from anylabeling.errors import BackendError, ModelError
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendMemoryError, BackendOptions
from anylabeling.services.auto_labeling.cuda_runtime import free_gpu_bytes, wait_asleep
from anylabeling.services.auto_labeling.graph_edit import with_best_class, with_byte_input
from anylabeling.services.auto_labeling.graph_layouts import graph_of, source_of
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.pinned_memory import PinnedPool
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.services.auto_labeling.session_pool import SessionPool
from anylabeling.translation import tr
from anylabeling.utils.cancellation import Cancelled, CancelToken

_logger = logging.getLogger(__name__)

_CUDA = "CUDAExecutionProvider"
_CPU = "CPUExecutionProvider"
_CALLS_ON_GPU = 3
_SHARE_OF_FREE_MEMORY = 0.9
_MOST_BYTES_EDITED = 1 << 30


@functools.cache
def available_providers() -> tuple[str, ...]:
    """Return what the installed ONNX Runtime was built with; empty where it cannot be imported."""
    try:
        import onnxruntime
    except (ImportError, OSError):
        return ()
    return tuple(onnxruntime.get_available_providers())


class OnnxRuntimeCpuBackend(Backend):
    """Run a model on the CPU."""

    name = "onnx-cpu"
    device = "CPU"

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        """Load the model; see Backend."""
        self._output_names = list(spec.output_names)
        self._input_name = spec.input_names[0]
        self._file_name = spec.path.name
        self._session: Any = self._open(spec, options)
        self.concurrency = self._concurrency(options)

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        """Say whether ONNX Runtime is installed and takes this file."""
        if spec.path.suffix.lower() != ".onnx":
            return Availability(False, tr("it does not run {suffix} files", suffix=spec.path.suffix))
        if not runtime_info().has("onnxruntime"):
            return Availability(False, tr("{package} is not installed", package="onnxruntime"))
        return Availability(True)

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Run the network once; see Backend."""
        with self._borrowed(blob.shape) as session:
            if session is None:
                raise BackendError(tr("The model {file_name} has been unloaded.", file_name=self._file_name))
            return self._call(session, blob, cancel)

    def close(self) -> None:
        """Free the session."""
        self._session = None

    def _borrowed(self, _shape: tuple[int, ...]) -> contextlib.AbstractContextManager[Any]:
        """Lend a session for one call of this shape, None when the model has been unloaded."""
        return contextlib.nullcontext(self._session)

    def _call(self, session: Any, blob: NDArray[Any], cancel: CancelToken | None) -> list[NDArray[np.generic]]:
        import onnxruntime

        run_options = onnxruntime.RunOptions()

        def terminate() -> None:
            run_options.terminate = True

        # The runtime looks at the flag between two operators.
        withdraw = cancel.on_cancel(terminate) if cancel is not None else None
        try:
            outputs = self._run(session, blob, run_options)
        except Exception as error:  # noqa: BLE001 - the runtime raises classes of its own that share no base
            if cancel is not None and cancel.cancelled:
                raise Cancelled from error
            kind = BackendMemoryError if _is_memory(error) else BackendError
            raise kind(
                f"The model {self._file_name} failed while running.",
                hint="Try another model or a smaller batch.",
                details=f"{self.name}: {error}"[:4000],
            ) from error
        finally:
            if withdraw is not None:
                withdraw()
        return outputs

    def _run(self, session: Any, blob: NDArray[Any], run_options: Any) -> list[NDArray[np.generic]]:
        outputs: list[NDArray[np.generic]] = session.run(self._output_names, {self._input_name: blob}, run_options)
        return outputs

    def _source(self, spec: ModelSpec) -> str | bytes:
        """Return what the session is made from: the file, or the bytes of a graph made from it."""
        return source_of(spec)

    def _open(self, spec: ModelSpec, options: BackendOptions) -> Any:
        try:
            import onnxruntime
        except (ImportError, OSError) as error:
            raise BackendError(
                tr("ONNX Runtime is not installed or cannot be loaded."),
                hint=tr("Install the package onnxruntime, or onnxruntime-gpu for an NVIDIA GPU."),
                details=repr(error),
            ) from error
        session_options = onnxruntime.SessionOptions()
        session_options.intra_op_num_threads = options.threads
        session_options.inter_op_num_threads = 1
        # Spinning threads take cores from the window and from the decoders, and gain nothing that can be measured.
        session_options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session_options.log_severity_level = 4
        try:
            return onnxruntime.InferenceSession(self._source(spec), session_options, providers=self._providers(options))
        except Exception as error:  # noqa: BLE001 - the runtime raises classes of its own that share no base
            raise BackendError(
                tr("ONNX Runtime refuses the model {name}.", name=spec.path.name),
                hint=tr("It may be damaged, or made for a newer version of onnxruntime."),
                details=f"{self.name}: {error}"[:4000],
            ) from error

    def _concurrency(self, options: BackendOptions) -> int:
        # One session takes calls from several threads at once.
        return max(1, options.concurrency)

    def _providers(self, options: BackendOptions) -> list[Any]:
        return [_CPU]


class OnnxRuntimeCudaBackend(OnnxRuntimeCpuBackend):
    """Run a model on an NVIDIA GPU.

    Pictures go there as bytes and are scaled on the GPU, and copies use page-locked memory: what limits a small network
    on a large GPU is the way of the data, not the computing.
    """

    name = "onnx-gpu"
    device = "CUDA"
    on_gpu = True
    # At each change of shape every convolution is planned anew, for tenths of a second together.
    one_shape = True
    preferred_batch = 64

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        """Load the model; see Backend."""
        # A graph of more than this would be held twice, and beyond 2 GiB it cannot be handed over as bytes.
        fits = spec.path.stat().st_size <= _MOST_BYTES_EDITED
        self.takes_bytes = spec.pixel_scale is not None and len(spec.input_names) == 1 and fits
        self._pool = PinnedPool()
        self._output_shapes: dict[tuple[int, ...], list[tuple[tuple[int, ...], np.dtype[Any]]]] = {}
        super().__init__(spec, options)
        self._sessions = SessionPool(
            self._session, self.concurrency, lambda: self._open(spec, options), images=options.images
        )

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        """Say whether this ONNX Runtime has CUDA and there is a GPU."""
        basic = super().probe(spec)
        if not basic.usable:
            return basic
        if not runtime_info().nvidia_gpu:
            return Availability(False, tr("no NVIDIA GPU was found"))
        if _CUDA not in available_providers():
            return Availability(
                False,
                tr(
                    "the installed onnxruntime has no CUDA; "
                    "uninstall it and install the package onnxruntime-gpu instead"
                ),
            )
        return Availability(True)

    def empty(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """Return an array in page-locked memory."""
        return self._pool.empty(shape, dtype)

    def close(self) -> None:
        """Free the sessions and the page-locked memory."""
        super().close()
        self._sessions.close()
        self._pool.close()

    def _borrowed(self, shape: tuple[int, ...]) -> contextlib.AbstractContextManager[Any]:
        # Two calls at once in one session give wrong numbers now and then (docs/adr/0011): each has one of its own.
        return self._sessions.lend(shape)

    def _run(self, session: Any, blob: NDArray[Any], run_options: Any) -> list[NDArray[np.generic]]:
        binding = session.io_binding()
        binding.bind_cpu_input(self._input_name, np.ascontiguousarray(blob))
        known = self._output_shapes.get(blob.shape)
        if known is None:
            for name in self._output_names:
                binding.bind_output(name, "cpu")
            session.run_with_iobinding(binding, run_options)
            first: list[NDArray[np.generic]] = binding.copy_outputs_to_cpu()
            self._output_shapes[blob.shape] = [(output.shape, output.dtype) for output in first]
            return first
        # The runtime copies straight into these, which then belong to the caller.
        outputs = [self._pool.empty(shape, dtype) for shape, dtype in known]
        for name, output in zip(self._output_names, outputs, strict=True):
            binding.bind_output(name, "cpu", 0, output.dtype.type, output.shape, output.ctypes.data)
        session.run_with_iobinding(binding, run_options)
        return outputs

    def _source(self, spec: ModelSpec) -> str | bytes:
        if not self.takes_bytes or spec.pixel_scale is None:
            return super()._source(spec)
        graph = with_byte_input(graph_of(spec), spec.input_names[0], spec.pixel_scale)
        if spec.chooses_class:
            with contextlib.suppress(ModelError):  # else all scores come back, which is understood as well
                graph = with_best_class(graph, spec.output_names[0], len(spec.class_names), spec.extras)
        model: bytes = graph.SerializeToString()
        return model

    def _open(self, spec: ModelSpec, options: BackendOptions) -> Any:
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import onnxruntime

            # CUDA libraries that were installed as packages are found only after this.
            onnxruntime.preload_dlls()
        wait_asleep()
        session = super()._open(spec, options)
        if _CUDA not in session.get_providers():
            raise BackendError(
                tr("ONNX Runtime could not start CUDA."),
                hint=tr("The CUDA and cuDNN libraries must be of the versions that onnxruntime-gpu was built for."),
            )
        return session

    def _concurrency(self, options: BackendOptions) -> int:
        # While one computes, one copies and the kernels of the third are launched.
        return min(_CALLS_ON_GPU, max(1, options.concurrency))

    def _providers(self, options: BackendOptions) -> list[Any]:
        settings: dict[str, Any] = {
            # The default arena doubles whenever it is full, until other programs on the GPU have no memory left.
            "arena_extend_strategy": "kSameAsRequested",
            # The exhaustive search takes seconds for every batch size that comes up for the first time.
            "cudnn_conv_algo_search": "HEURISTIC",
            # With the ten bits of TF32, scores move enough for another of two equal boxes to win: by pixels.
            "use_tf32": "0",
        }
        free_bytes = free_gpu_bytes()
        if options.gpu_memory_limit_mb is not None:
            settings["gpu_mem_limit"] = options.gpu_memory_limit_mb << 20
        elif free_bytes:
            settings["gpu_mem_limit"] = int(free_bytes * _SHARE_OF_FREE_MEMORY)
        return [(_CUDA, settings), _CPU]


def _is_memory(error: Exception) -> bool:
    text = str(error).lower()
    return "failed to allocate memory" in text or "out of memory" in text or "bfcarena" in text
