"""The backends by name, and the choice between them. A new backend is one file and one row here."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anylabeling.errors import BackendError
from anylabeling.messages.models import AUTO, BackendChoice
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendOptions
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.translation import tr


@dataclass(frozen=True, slots=True)
class BackendRow:
    """Where a backend lives.

    Attributes:
        name: The name in the settings.
        target: "module:class"; imported when it is looked at, so that no runtime is loaded for nothing.
        is_tensorrt: Whether ``auto`` takes it only where TensorRT is switched on: building an engine takes minutes.
    """

    name: str
    target: str
    is_tensorrt: bool = False


_PACKAGE = "anylabeling.services.auto_labeling"

BACKENDS: tuple[BackendRow, ...] = (
    BackendRow("tensorrt", f"{_PACKAGE}.tensorrt_backend:TensorRtBackend", is_tensorrt=True),
    BackendRow("ultralytics", f"{_PACKAGE}.ultralytics_backend:UltralyticsBackend"),
    BackendRow("onnx-gpu", f"{_PACKAGE}.onnxruntime_backend:OnnxRuntimeCudaBackend"),
    BackendRow("openvino", f"{_PACKAGE}.openvino_backend:OpenVinoBackend"),
    BackendRow("onnx-cpu", f"{_PACKAGE}.onnxruntime_backend:OnnxRuntimeCpuBackend"),
    BackendRow("cv2.dnn", f"{_PACKAGE}.opencv_dnn_backend:OpenCvDnnBackend"),
)
"""In the order in which ``auto`` tries them: the fastest first."""


def backend_class(row: BackendRow) -> type[Backend]:
    """Import a backend's class."""
    module, _, name = row.target.partition(":")
    found: type[Backend] = getattr(importlib.import_module(module), name)
    return found


def choose(
    spec: ModelSpec,
    preferred: str = AUTO,
    *,
    options: BackendOptions | None = None,
    rows: Sequence[BackendRow] = BACKENDS,
    failed: Mapping[str, str] | None = None,
) -> tuple[Backend, BackendChoice]:
    """Load a model into the best backend that takes it.

    Args:
        spec: The model.
        preferred: A backend's name, tried first, or "auto".
        options: Threads and memory.
        rows: The backends to choose from, best first.
        failed: Backends that are not to be tried, each with the reason.

    Returns:
        The backend, and which one it is with the reason for each other one.

    Raises:
        BackendError: When none takes the model; the details hold every reason.
        UntrustedModelError: When loading it would run code of a file that the person has not said they trust.
    """
    settings = options or BackendOptions()
    rejected: list[tuple[str, str]] = list((failed or {}).items())
    errors: list[BackendError] = []
    if preferred != AUTO and preferred not in {row.name for row in rows}:
        rejected.append((preferred, tr("this version has no such backend")))
    order = [row for row in sorted(rows, key=lambda row: row.name != preferred) if row.name not in (failed or {})]
    for place, row in enumerate(order):
        kind = backend_class(row)
        available = _availability(row, kind, spec, preferred, settings)
        if not available.usable:
            rejected.append((row.name, available.reason))
            continue
        try:
            backend = kind(spec, settings)
        except BackendError as error:
            errors.append(error)
            rejected.append((row.name, error.user_text.rstrip(".")))
            continue
        notice = _notice(backend, preferred, rejected)
        why = (
            tr("{backend} was asked for", backend=row.name)
            if row.name == preferred
            else tr("{backend} comes first and works", backend=row.name)
        )
        for later in order[place + 1 :]:
            available = _availability(later, backend_class(later), spec, preferred, settings)
            rejected.append((later.name, available.reason or why))
        return backend, BackendChoice(backend.name, backend.device, tuple(rejected), notice)
    raise _none_left(spec, rejected, errors)


def _availability(
    row: BackendRow, kind: type[Backend], spec: ModelSpec, preferred: str, options: BackendOptions
) -> Availability:
    if row.is_tensorrt and row.name != preferred and not options.tensorrt.enabled:
        return Availability(False, tr("TensorRT is switched off in the performance settings"))
    return kind.probe(spec)


def _none_left(spec: ModelSpec, rejected: list[tuple[str, str]], errors: list[BackendError]) -> BackendError:
    reasons = "\n".join([f"{name}: {reason}" for name, reason in rejected] + [error.details for error in errors])
    if errors:
        # The one that ``auto`` puts first knows best what is wrong with the file.
        return BackendError(errors[0].user_text, hint=errors[0].hint, details=reasons)
    if spec.path.suffix.lower() == ".pt":
        hint = tr("Install the package ultralytics, or export the model to ONNX and open that.")
    else:
        hint = tr("Install the package onnxruntime, or onnxruntime-gpu for an NVIDIA GPU.")
    return BackendError(
        tr("Nothing that is installed here can run {name}.", name=spec.path.name), hint=hint, details=reasons
    )


def _notice(taken: Backend, preferred: str, rejected: Sequence[tuple[str, str]]) -> str:
    reasons = dict(rejected)
    if preferred not in (AUTO, taken.name) and preferred in reasons:
        return tr(
            "The backend {name} is not used: {reason}. The model runs on {other}.",
            name=preferred,
            reason=reasons[preferred],
            other=taken.name,
        )
    if preferred != AUTO or taken.on_gpu or not runtime_info().nvidia_gpu:
        return ""
    why = taken.note or reasons.get("onnx-gpu", "")
    return tr("An NVIDIA GPU is present but not used: {why}.", why=why) if why else ""
