"""The backends by name, and the choice between them. A new backend is one file and one row here."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass

from anylabeling.errors import BackendError
from anylabeling.messages.models import BackendChoice
from anylabeling.services.auto_labeling.backend import Backend, BackendOptions
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.runtime_info import runtime_info

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class BackendRow:
    """Where a backend lives.

    Attributes:
        name: The name in the settings.
        target: "module:class"; imported when it is looked at, so that no runtime is loaded for nothing.
        uses_gpu: Whether it runs on a GPU.
    """

    name: str
    target: str
    uses_gpu: bool = False


_PACKAGE = "anylabeling.services.auto_labeling"

BACKENDS: tuple[BackendRow, ...] = (
    BackendRow("onnx-gpu", f"{_PACKAGE}.onnxruntime_backend:OnnxRuntimeCudaBackend", uses_gpu=True),
    BackendRow("onnx-cpu", f"{_PACKAGE}.onnxruntime_backend:OnnxRuntimeCpuBackend"),
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
) -> tuple[Backend, BackendChoice]:
    """Load a model into the best backend that takes it.

    Args:
        spec: The model.
        preferred: A backend's name, tried first, or "auto".
        options: Threads and memory.
        rows: The backends to choose from, best first.

    Returns:
        The backend, and which one it is with the reason for each one that was tried before it and not taken.

    Raises:
        BackendError: When none takes the model; the details hold every reason.
    """
    rejected: list[tuple[str, str]] = []
    errors: list[BackendError] = []
    if preferred != AUTO and preferred not in {row.name for row in rows}:
        rejected.append((preferred, "this version has no such backend"))
    for row in sorted(rows, key=lambda row: row.name != preferred):
        kind = backend_class(row)
        available = kind.probe(spec)
        if not available.usable:
            rejected.append((row.name, available.reason))
            continue
        try:
            backend = kind(spec, options or BackendOptions())
        except BackendError as error:
            errors.append(error)
            rejected.append((row.name, error.user_text.rstrip(".")))
            continue
        notice = _notice(row, preferred, rejected)
        return backend, BackendChoice(backend.name, backend.device, tuple(rejected), notice)
    raise _none_left(spec, rejected, errors)


def _none_left(spec: ModelSpec, rejected: list[tuple[str, str]], errors: list[BackendError]) -> BackendError:
    reasons = "\n".join([f"{name}: {reason}" for name, reason in rejected] + [error.details for error in errors])
    if errors:
        return BackendError(errors[-1].user_text, hint=errors[-1].hint, details=reasons)
    return BackendError(
        f"Nothing that is installed here can run {spec.path.name}.",
        hint="Install the package onnxruntime, or onnxruntime-gpu for an NVIDIA GPU.",
        details=reasons,
    )


def _notice(taken: BackendRow, preferred: str, rejected: list[tuple[str, str]]) -> str:
    reasons = dict(rejected)
    if preferred != AUTO and taken.name != preferred:
        return f"The backend {preferred} is not used: {reasons[preferred]}. The model runs on {taken.name}."
    if not taken.uses_gpu and preferred == AUTO and runtime_info().nvidia_gpu and "onnx-gpu" in reasons:
        return f"An NVIDIA GPU is present but not used: {reasons['onnx-gpu']}."
    return ""
