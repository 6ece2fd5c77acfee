"""A network with any inputs in OpenVINO, on the CPU: the encoder of a model that takes prompts."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import BackendError
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.model_spec import TensorInfo
from anylabeling.services.auto_labeling.openvino_backend import open_core
from anylabeling.translation import tr
from anylabeling.utils.cancellation import Cancelled, CancelToken

OPENVINO = "openvino"


class OpenVinoNetwork:
    """A loaded network; any thread may run it, one at a time.

    Attributes:
        inputs: What it takes.
        outputs: What it gives.
    """

    def __init__(self, path: Path, options: BackendOptions) -> None:
        """Load a file in ONNX format; what it is compiled to is kept in the cache folder.

        Raises:
            BackendError: When the runtime is missing or refuses the file.
        """
        self._file_name = path.name
        self._lock = threading.Lock()
        core = open_core()
        # On processors that have them it would compute with 16 bits.
        settings: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
        if options.threads:
            settings["INFERENCE_NUM_THREADS"] = options.threads
        try:
            self._compiled: Any = core.compile_model(core.read_model(str(path)), "CPU", settings)
            self._request: Any = self._compiled.create_infer_request()
            self.inputs = tuple(_tensor_info(port) for port in self._compiled.inputs)
            self.outputs = tuple(_tensor_info(port) for port in self._compiled.outputs)
        except Exception as error:  # noqa: BLE001 - the runtime raises classes of its own that share no base
            raise BackendError(
                tr("OpenVINO refuses the model {name}.", name=path.name),
                hint=tr("It may be damaged, or made for a newer version of openvino."),
                details=str(error)[:4000],
            ) from error

    def run(self, feeds: Mapping[str, NDArray[Any]], *, cancel: CancelToken | None = None) -> dict[str, NDArray[Any]]:
        """Run the network once; see ``OnnxRuntimeNetwork.run``."""
        with self._lock:
            if self._request is None:
                raise BackendError(tr("The model {file_name} has been unloaded.", file_name=self._file_name))
            if cancel is not None:
                cancel.raise_if_cancelled()
            withdraw = cancel.on_cancel(self._request.cancel) if cancel is not None else None
            try:
                self._request.start_async(dict(feeds), share_inputs=True)
                self._request.wait()
                # The request's outputs are its own memory, which the next call writes over.
                found = [np.array(self._request.get_tensor(port).data) for port in self._compiled.outputs]
            except Exception as error:  # noqa: BLE001 - as above
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
        return dict(zip((info.name for info in self.outputs), found, strict=True))

    def close(self) -> None:
        """Free the network. Calling it again does nothing."""
        with self._lock:
            self._request = self._compiled = None


def _tensor_info(port: Any) -> TensorInfo:
    shape = tuple(axis.get_length() if axis.is_static else None for axis in port.get_partial_shape())
    dtype = np.dtype(port.get_element_type().to_dtype()).name
    # A tensor can have several names; a model's own is the one that its file gives first.
    return TensorInfo(port.get_any_name(), shape, dtype)
