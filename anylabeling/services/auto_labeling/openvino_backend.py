"""OpenVINO on the CPU: the fastest way to run a network where there is no GPU."""

from __future__ import annotations

import queue
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import BackendError
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendOptions
from anylabeling.services.auto_labeling.graph_layouts import source_of
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.openvino_import import import_openvino
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.translation import tr
from anylabeling.utils.cache_folder import prepare_cache_folder
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.paths import cache_dir

_DEVICE = "CPU"
_CACHE_BYTES = 1 << 30


class OpenVinoBackend(Backend):
    """Run a model on the CPU with as many infer requests as calls may run at once.

    A network that takes any shape is compiled for the usual one, which runs faster, and once more for any shape when
    another one comes.
    """

    name = "openvino"
    device = "CPU"

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        """Load the model; see Backend."""
        self.concurrency = max(1, options.concurrency)
        self._spec = spec
        self._options = options
        self._core: Any = open_core()
        width, height = spec.default_size
        self._usual_shape = (spec.batch or 1, 3, height, width)
        self._compiling = threading.Lock()
        self._usual: _Requests | None = self._compile(self._usual_shape)
        self._any_shape: _Requests | None = None
        self._closed = False

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        """Say whether OpenVINO is installed and takes this file."""
        if spec.path.suffix.lower() != ".onnx":
            return Availability(False, tr("it does not run {suffix} files", suffix=spec.path.suffix))
        if not runtime_info().has("openvino"):
            return Availability(False, tr("{package} is not installed", package="openvino"))
        return Availability(True)

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Run the network once; see Backend."""
        requests = self._requests_for(blob.shape)
        if requests is None:
            raise BackendError(tr("The model {name} has been unloaded.", name=self._spec.path.name))
        if cancel is not None:
            cancel.raise_if_cancelled()
        request = requests.take()
        withdraw = cancel.on_cancel(request.cancel) if cancel is not None else None
        try:
            request.start_async({0: blob}, share_inputs=True)
            request.wait()
            # A request's outputs are its own memory, which the next call writes over.
            return [np.array(request.get_tensor(port).data) for port in requests.outputs]
        except Exception as error:  # noqa: BLE001 - the runtime raises classes of its own that share no base
            if cancel is not None and cancel.cancelled:
                raise Cancelled from error
            raise BackendError(
                tr("The model {name} failed while running.", name=self._spec.path.name),
                hint=tr("Try another model or a smaller batch."),
                details=f"{self.name}: {error}"[:4000],
            ) from error
        finally:
            if withdraw is not None:
                withdraw()
            requests.give(request)

    def close(self) -> None:
        """Free the compiled networks."""
        self._closed = True
        self._usual = self._any_shape = None

    def _requests_for(self, shape: tuple[int, ...]) -> _Requests | None:
        if shape == self._usual_shape or self._closed:
            return self._usual
        with self._compiling:
            if self._any_shape is None:
                self._any_shape = self._compile(None)
            return self._any_shape

    def _compile(self, shape: tuple[int, ...] | None) -> _Requests:
        spec = self._spec
        settings: dict[str, Any] = {
            "PERFORMANCE_HINT": "LATENCY" if self.concurrency == 1 else "THROUGHPUT",
            # On processors that have them it would compute with 16 bits, and scores would move by more than 0.01.
            "INFERENCE_PRECISION_HINT": "f32",
        }
        if self.concurrency > 1:
            settings["NUM_STREAMS"] = self.concurrency
        if self._options.threads:
            settings["INFERENCE_NUM_THREADS"] = self._options.threads * self.concurrency
        try:
            model = self._core.read_model(source_of(spec))
            if shape is not None:
                model.reshape({spec.input_names[0]: list(shape)})
            compiled = self._core.compile_model(model, _DEVICE, settings)
            return _Requests(compiled, spec.output_names, self.concurrency)
        except Exception as error:  # noqa: BLE001 - the runtime raises classes of its own that share no base
            raise BackendError(
                tr("OpenVINO refuses the model {name}.", name=spec.path.name),
                hint=tr("It may be damaged, or made for a newer version of openvino."),
                details=f"{self.name}: {error}"[:4000],
            ) from error


class _Requests:
    """A compiled network and its infer requests, each for one call at a time."""

    def __init__(self, compiled: Any, output_names: tuple[str, ...], count: int) -> None:
        self.outputs = [compiled.output(name) for name in output_names]
        self._idle: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(count):
            self._idle.put(compiled.create_infer_request())

    def take(self) -> Any:
        return self._idle.get()

    def give(self, request: Any) -> None:
        self._idle.put(request)


def open_core() -> Any:
    """Return OpenVINO's entry point, with compiled networks kept in the person's cache folder.

    Raises:
        BackendError: When the package cannot be imported.
    """
    try:
        core = import_openvino().Core()
    except Exception as error:  # noqa: BLE001 - a broken installation fails in any way it likes
        raise BackendError(
            tr("OpenVINO cannot be loaded."), hint=tr("Install the package openvino again."), details=repr(error)
        ) from error
    folder = prepare_cache_folder(cache_dir() / "openvino", _CACHE_BYTES)
    if folder is not None:
        core.set_property({"CACHE_DIR": str(folder)})
    return core
