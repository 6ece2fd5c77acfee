"""OpenCV's own networks module: always there, since the program needs OpenCV anyway; the slowest of all."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import BackendError, ModelError
from anylabeling.services.auto_labeling import graph_edit
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendOptions
from anylabeling.services.auto_labeling.graph_layouts import graph_of, source_of
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

_HINT = "OpenCV knows fewer operators than other runtimes: install the package onnxruntime or openvino."


class OpenCvDnnBackend(Backend):
    """Run a model with ``cv2.dnn``, one call at a time.

    It knows fewer operators than the other runtimes, computes in float32 only, and uses as many threads as OpenCV does.
    A call that has begun is not cut short.
    """

    name = "cv2.dnn"
    device = "CPU"

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        """Load the model and run it once; see Backend."""
        self._lock = threading.Lock()
        self._spec = spec
        # A network that was read with a fixed batch, or that keeps the first one it sees, gets its pictures singly.
        self._singly = spec.batch == 1
        # It would take other shapes and compute nonsense with them.
        self._only_size = spec.input_size
        self._network: Any = None
        try:
            source = source_of(spec)
            self._open(source if isinstance(source, str) else np.frombuffer(source, np.uint8))
        except BackendError:
            if spec.batch is not None and spec.input_size is not None:
                raise
            # Many a graph that computes sizes while it runs is too much for it; with one size they are constants.
            self._open(_for_one_size(spec))
            self._singly = True
            self._only_size = spec.default_size

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        """Say whether OpenCV takes this kind of file."""
        if spec.path.suffix.lower() != ".onnx":
            return Availability(False, tr("it does not run {suffix} files", suffix=spec.path.suffix))
        if spec.input_dtype != "float32":
            return Availability(False, tr("it takes no {dtype} input", dtype=spec.input_dtype))
        if len(spec.input_names) != 1:
            return Availability(False, tr("it is used for networks with one input only"))
        if spec.value_sized:
            # Where such an operator gives nothing, it divides by zero and takes the process with it.
            return Availability(
                False, tr("it is not safe with the operator {operator}", operator=min(spec.value_sized))
            )
        return Availability(True)

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Run the network once; see Backend."""
        with self._lock:
            if not self._singly:
                try:
                    return self._forward(blob, cancel)
                except BackendError:
                    if len(blob) == 1:
                        raise
                    self._singly = self._spec.batch is None
                    if not self._singly:
                        raise
            results = [self._forward(blob[index : index + 1], cancel) for index in range(len(blob))]
        return [np.concatenate(outputs) for outputs in zip(*results, strict=True)]

    def close(self) -> None:
        """Free the network."""
        self._network = None

    def _open(self, source: str | NDArray[np.uint8]) -> None:
        from anylabeling.opencv import cv2

        # What is wrong with a file is said in the error; OpenCV would print it on the terminal, too.
        logging = cv2.utils.logging
        level = logging.setLogLevel(logging.LOG_LEVEL_SILENT)
        try:
            self._network = cv2.dnn.readNetFromONNX(source)
        except Exception as error:  # noqa: BLE001 - cv2.error, and in some versions SystemError around it
            raise BackendError(
                tr("OpenCV cannot read the model {name}.", name=self._spec.path.name),
                hint=_HINT,
                details=f"{self.name} {cv2.__version__}: {error}"[:4000],
            ) from error
        finally:
            logging.setLogLevel(level)
        width, height = self._spec.default_size
        # What it cannot do comes out only when it runs.
        self._forward(np.zeros((self._spec.batch or 1, 3, height, width), np.float32), None)

    def _forward(self, blob: NDArray[Any], cancel: CancelToken | None) -> list[NDArray[np.generic]]:
        from anylabeling.opencv import cv2

        network = self._network
        if network is None:
            raise BackendError(tr("The model {name} has been unloaded.", name=self._spec.path.name))
        if cancel is not None:
            cancel.raise_if_cancelled()
        self._check_shape(blob.shape)
        try:
            network.setInput(np.ascontiguousarray(blob), self._spec.input_names[0])
            # OpenCV gives out its own memory, which the next call writes over.
            outputs = [np.array(output) for output in network.forward(list(self._spec.output_names))]
        except Exception as error:  # noqa: BLE001 - cv2.error, and in some versions SystemError around it
            raise BackendError(
                tr("The model {name} failed while running.", name=self._spec.path.name),
                hint=_HINT,
                details=f"{self.name} {cv2.__version__}: {error}"[:4000],
            ) from error
        if any(len(output) != len(blob) for output in outputs):
            raise BackendError(
                tr("The model {name} gave an output of another batch than its input.", name=self._spec.path.name),
                details=f"{self.name} {cv2.__version__}: {[output.shape for output in outputs]} for {blob.shape}",
            )
        return outputs

    def _check_shape(self, shape: tuple[int, ...]) -> None:
        width, height = self._only_size or (shape[-1], shape[-2])
        if shape[1:] != (3, height, width):
            raise BackendError(
                tr(
                    "The model {name} does not take an input of the shape {value}.",
                    name=self._spec.path.name,
                    value=list(shape),
                ),
                details=f"{self.name}: [{self._spec.batch or 'batch'}, 3, {height}, {width}] is wanted",
            )


def _for_one_size(spec: ModelSpec) -> NDArray[np.uint8]:
    width, height = spec.default_size
    try:
        model = graph_of(spec)
        fixed = graph_edit.with_fixed_input(model, spec.input_names[0], (1, 3, height, width))
    except ModelError as error:
        raise BackendError(error.user_text, hint=_HINT, details=error.details) from error
    return np.frombuffer(fixed.SerializeToString(), np.uint8)
