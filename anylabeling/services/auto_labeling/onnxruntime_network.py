"""Networks with several named inputs in ONNX Runtime: the encoder and the decoder of a model that takes prompts."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import BackendError
from anylabeling.messages.models import BackendChoice
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.model_spec import TensorInfo
from anylabeling.services.auto_labeling.onnxruntime_backend import available_providers
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.translation import tr
from anylabeling.utils.cancellation import Cancelled, CancelToken

CPU = "onnx-cpu"
CUDA = "onnx-gpu"
_CUDA_PROVIDER = "CUDAExecutionProvider"
_DTYPES = {
    "tensor(float)": "float32",
    "tensor(float16)": "float16",
    "tensor(double)": "float64",
    "tensor(uint8)": "uint8",
    "tensor(int32)": "int32",
    "tensor(int64)": "int64",
    "tensor(bool)": "bool",
}


class OnnxRuntimeNetwork:
    """A loaded network; any thread may run it, several at once.

    Attributes:
        inputs: What it takes.
        outputs: What it gives.
    """

    def __init__(self, path: Path, options: BackendOptions, *, cuda: bool = False) -> None:
        """Load a file in ONNX format, or in ORT format by its suffix ``.ort``.

        Raises:
            BackendError: When the runtime is missing or refuses the file, or cannot start CUDA.
        """
        self._file_name = path.name
        # Two calls at once in one session give wrong numbers now and then on CUDA (docs/adr/0011).
        self._turn: contextlib.AbstractContextManager[Any] = threading.Lock() if cuda else contextlib.nullcontext()
        self._session: Any = _open(path, options, cuda=cuda)
        self.inputs = tuple(_tensor_info(value) for value in self._session.get_inputs())
        self.outputs = tuple(_tensor_info(value) for value in self._session.get_outputs())

    def run(self, feeds: Mapping[str, NDArray[Any]], *, cancel: CancelToken | None = None) -> dict[str, NDArray[Any]]:
        """Run the network once.

        Args:
            feeds: An array for each input, of the type and shape that ``inputs`` says.
            cancel: Ends the call between two operators.

        Returns:
            The outputs by name.

        Raises:
            BackendError: When the call fails.
            Cancelled: When ``cancel`` ended it.
        """
        session = self._session
        if session is None:
            raise BackendError(tr("The model {file_name} has been unloaded.", file_name=self._file_name))
        import onnxruntime

        run_options = onnxruntime.RunOptions()

        def terminate() -> None:
            run_options.terminate = True

        withdraw = cancel.on_cancel(terminate) if cancel is not None else None
        try:
            with self._turn:
                outputs = session.run(None, dict(feeds), run_options)
        except Exception as error:  # noqa: BLE001 - the runtime raises classes of its own that share no base
            if cancel is not None and cancel.cancelled:
                raise Cancelled from error
            raise BackendError(
                tr("The model {file_name} failed while running.", file_name=self._file_name),
                hint=tr("Encoder and decoder may come from different models."),
                details=str(error)[:4000],
            ) from error
        finally:
            if withdraw is not None:
                withdraw()
        return dict(zip((info.name for info in self.outputs), outputs, strict=True))

    def close(self) -> None:
        """Free the network. Calling it again does nothing."""
        self._session = None


def open_networks(
    paths: tuple[Path, ...], options: BackendOptions, preferred: str = "auto"
) -> tuple[tuple[OnnxRuntimeNetwork, ...], BackendChoice]:
    """Load networks that work together on one device: CUDA where it works, else the CPU.

    Args:
        paths: The files.
        options: Threads and memory.
        preferred: A backend's name; "onnx-cpu" keeps them off the GPU.

    Returns:
        The networks in the order of ``paths``, and where they run.

    Raises:
        BackendError: When the runtime is missing or refuses a file.
    """
    reason = _why_not_cuda(preferred)
    if not reason:
        try:
            networks = tuple(OnnxRuntimeNetwork(path, options, cuda=True) for path in paths)
        except BackendError as error:
            reason = error.user_text.rstrip(".")
        else:
            return networks, BackendChoice(CUDA, "CUDA")
    networks = tuple(OnnxRuntimeNetwork(path, options) for path in paths)
    unused = runtime_info().nvidia_gpu and preferred == "auto"
    notice = f"An NVIDIA GPU is present but not used: {reason}." if unused else ""
    return networks, BackendChoice(CPU, "CPU", ((CUDA, reason),), notice)


def _why_not_cuda(preferred: str) -> str:
    if preferred == CPU:
        return f"{CPU} was asked for"
    if not runtime_info().nvidia_gpu:
        return "no NVIDIA GPU was found"
    if _CUDA_PROVIDER not in available_providers():
        return "the installed onnxruntime has no CUDA; the package onnxruntime-gpu has"
    return ""


def _open(path: Path, options: BackendOptions, *, cuda: bool) -> Any:
    try:
        import onnxruntime
    except (ImportError, OSError) as error:
        raise BackendError(
            tr("ONNX Runtime is not installed or cannot be loaded."),
            hint=tr("Install the package onnxruntime, or onnxruntime-gpu for an NVIDIA GPU."),
            details=repr(error),
        ) from error
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    settings.inter_op_num_threads = 1
    settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
    settings.log_severity_level = 4
    providers: list[Any] = ["CPUExecutionProvider"]
    if cuda:
        with contextlib.suppress(AttributeError, ImportError, OSError):
            onnxruntime.preload_dlls()
        limits: dict[str, Any] = {"arena_extend_strategy": "kSameAsRequested"}
        if options.gpu_memory_limit_mb is not None:
            limits["gpu_mem_limit"] = options.gpu_memory_limit_mb << 20
        providers.insert(0, (_CUDA_PROVIDER, limits))
    try:
        session = onnxruntime.InferenceSession(str(path), settings, providers=providers)
    except Exception as error:  # noqa: BLE001 - the runtime raises classes of its own that share no base
        raise BackendError(
            tr("ONNX Runtime refuses the model {name}.", name=path.name),
            hint=tr("It may be damaged, or made for a newer version of onnxruntime."),
            details=str(error)[:4000],
        ) from error
    if cuda and _CUDA_PROVIDER not in session.get_providers():
        raise BackendError(tr("ONNX Runtime could not start CUDA."))
    return session


def _tensor_info(value: Any) -> TensorInfo:
    shape = tuple(axis if isinstance(axis, int) and axis > 0 else None for axis in value.shape)
    symbols = tuple("" if length is not None else str(axis) for length, axis in zip(shape, value.shape, strict=True))
    return TensorInfo(str(value.name), shape, _DTYPES.get(value.type, str(value.type)), symbols)


def zeros_for(info: TensorInfo, shape: tuple[int, ...]) -> NDArray[Any]:
    """Return zeros of an input's type, of its own shape where that is fixed, else of ``shape``."""
    fixed = tuple(own or wanted for own, wanted in zip(info.shape, shape, strict=False))
    return np.zeros(fixed if len(fixed) == len(info.shape) else shape, np.dtype(info.dtype))
