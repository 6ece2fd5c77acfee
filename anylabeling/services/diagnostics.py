"""Find out what this installation can do and what is wrong with it: ``anylabeling doctor``."""

from __future__ import annotations

import importlib
import os
import platform
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

import numpy as np

from anylabeling import __version__
from anylabeling.codecs.dicom import DICOM_COMMAND
from anylabeling.codecs.other import HEIC_COMMAND
from anylabeling.config import load_config
from anylabeling.errors import AppError
from anylabeling.messages.diagnostics import ModuleState
from anylabeling.services.auto_labeling import rapidocr_backend
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendOptions
from anylabeling.services.auto_labeling.backend_registry import BACKENDS, BackendRow, backend_class
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec
from anylabeling.services.auto_labeling.runtime_info import Conflict, runtime_info
from anylabeling.translation import tr, trn
from anylabeling.utils.paths import cache_dir, config_file, data_dir

_PACKAGES = (
    "numpy",
    "PyQt5",
    "QtPy",
    "opencv-python",
    "simplejpeg",
    "pillow",
    "onnx",
    "orjson",
    "ruamel.yaml",
    "shapely",
)
_SAMPLE_MODEL = Path(__file__).parents[1] / "resources" / "samples" / "model" / "samples-yolo.onnx"
_TIMED_CALLS = 3


@dataclass(frozen=True, slots=True)
class BackendReport:
    """What one backend can do here.

    Attributes:
        name: The name in the settings.
        usable: Whether it works.
        device: Where it ran; empty when it did not.
        call_ms: The quickest of a few calls of the bundled sample model; None when it was not run.
        reason: Why it does not work, or what limits it.
    """

    name: str
    usable: bool
    device: str = ""
    call_ms: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """A file or folder of the person's.

    Attributes:
        name: What it is for.
        path: Where it is.
        exists: Whether it is there.
        size_bytes: What it takes on disk.
        writable: Whether the program can write there, or make it.
    """

    name: str
    path: str
    exists: bool
    size_bytes: int
    writable: bool


@dataclass(frozen=True, slots=True)
class TextReport:
    """Whether text in pictures can be read.

    Attributes:
        usable: Whether it can.
        backend: What runs the networks; empty where it cannot.
        reason: Why not.
        command: What installs it; empty where it is there.
    """

    usable: bool
    backend: str = ""
    reason: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was found.

    Attributes:
        system: Program, Python, machine; text by name.
        packages: Version by package, empty where it is not installed.
        gpus: Names of the NVIDIA GPUs whose driver is there.
        backends: What each backend can do, in the order in which ``auto`` tries them.
        compiled: State of each optional compiled module.
        places: Config file and folders.
        warnings: What in the settings was not understood.
        conflicts: Packages that break each other, each with the command that mends it.
        text: Whether text in pictures can be read.
    """

    system: Mapping[str, str]
    packages: Mapping[str, str]
    gpus: tuple[str, ...]
    backends: tuple[BackendReport, ...]
    compiled: Mapping[str, str]
    places: tuple[PlaceReport, ...]
    warnings: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    text: TextReport

    @property
    def healthy(self) -> bool:
        """Whether nothing has to be mended."""
        return not self.conflicts and not self.warnings and all(place.writable for place in self.places)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {"healthy": self.healthy, **asdict(self)}


def diagnose() -> Diagnosis:
    """Look at everything; runs the bundled sample model on each backend, which takes a few seconds."""
    info = runtime_info()
    _config, warnings = load_config()
    return Diagnosis(
        system={
            "anylabeling": __version__,
            "python": f"{platform.python_version()} ({sys.executable})",
            "system": platform.platform(),
            "processors": str(info.cpu_count),
        },
        packages={**{name: _version(name) for name in _PACKAGES}, **info.distributions},
        gpus=_gpu_names() if info.nvidia_gpu else (),
        backends=tuple(_backend_report(row) for row in BACKENDS),
        compiled=_compiled_modules(),
        places=(
            _place("settings", config_file()),
            _place("data", data_dir()),
            _place("cache", cache_dir()),
        ),
        warnings=tuple(warning.text for warning in warnings),
        conflicts=info.conflicts(),
        text=_text_report(),
    )


def module_states() -> list[ModuleState]:
    """Return compiled modules, runtimes and text recognition for the settings window, each with what installs it."""
    compiled, packages = (_cython_state(), _rust_state()), (_text_state(), _heic_state(), _dicom_state())
    return [*compiled, *map(_backend_state, BACKENDS), *packages]


def _backend_state(row: BackendRow) -> ModuleState:
    name, installed_by = _TITLES.get(row.name, row.name), _INSTALLED_BY.get(row.name, "")
    available = _availability(row)
    if not available.usable:
        return ModuleState(name, "missing", f"{available.reason.rstrip('.')}.", installed_by)
    package = (installed_by or "pip install opencv-python").rpartition(" ")[2]
    return ModuleState(name, "present", f"{package} {_version(package)}".strip())


def _cython_state() -> ModuleState:
    from anylabeling.extensions import get_extension_status

    rows = get_extension_status()
    here = [row for row in rows.values() if row["available"]]
    broken = {name: row for name, row in rows.items() if not row["available"]}
    if not broken:
        return ModuleState("Cython", "present", _version_of_modules(len(here), here[0]["version"]))
    name, row = next(iter(broken.items()))
    state: Literal["missing", "broken"] = "missing" if row["state"] == "missing" else "broken"
    text = tr(
        "{here} of {all} modules; {name}: {reason}.", here=len(here), all=len(rows), name=name, reason=row["reason"]
    )
    return ModuleState("Cython", state, text, row["command"])


def _rust_state() -> ModuleState:
    from anylabeling.rust_extensions import get_rust_status

    status = get_rust_status()
    if status["available"]:
        return ModuleState("Rust", "present", tr("version {version}", version=status["version"]))
    if status["state"] == "missing":
        return ModuleState("Rust", "missing", tr("It is not built."), status["command"])
    return ModuleState("Rust", "broken", f"anylabeling_rust: {status['reason']}.", status["command"])


def _text_state() -> ModuleState:
    found = rapidocr_backend.probe()
    if found.usable:
        return ModuleState("Text in pictures", "present", f"rapidocr {rapidocr_backend.version()}")
    return ModuleState("Text in pictures", "missing", f"{found.reason.rstrip('.')}.", rapidocr_backend.INSTALL_COMMAND)


def _heic_state() -> ModuleState:
    version = _version("pillow-heif")
    if version:
        return ModuleState("HEIC pictures", "present", f"pillow-heif {version}")
    return ModuleState("HEIC pictures", "missing", _not_installed("pillow-heif"), HEIC_COMMAND)


def _dicom_state() -> ModuleState:
    version = _version("pydicom")
    if version:
        return ModuleState("DICOM pictures", "present", f"pydicom {version}")
    return ModuleState("DICOM pictures", "missing", _not_installed("pydicom"), DICOM_COMMAND)


def _version_of_modules(number: int, version: str) -> str:
    return trn("%n module, version {version}", "%n modules, version {version}", number, version=version)


def _not_installed(package: str) -> str:
    return tr("{package} is not installed.", package=package)


def _availability(row: BackendRow) -> Availability:
    try:
        kind, spec = backend_class(row), read_model_spec(_SAMPLE_MODEL)
        available = kind.probe(spec)
        if not available.usable and row.name == "ultralytics":
            available = kind.probe(spec.with_changes(path=Path("model.pt")))
    except AppError as error:
        return Availability(False, str(error))
    return available


def as_text(diagnosis: Diagnosis) -> str:
    """Return a diagnosis for people."""
    lines = [f"{name:<12} {value}" for name, value in diagnosis.system.items()]
    lines.append(f"{'NVIDIA GPU':<12} {', '.join(diagnosis.gpus) or 'none found'}")
    lines += ["", "Packages", *_rows({name: version or "-" for name, version in diagnosis.packages.items()})]
    lines += ["", "Backends, in the order of auto"]
    lines += _rows({report.name: _backend_line(report) for report in diagnosis.backends})
    lines += ["", "Text in pictures", *_rows(_text_rows(diagnosis.text))]
    lines += ["", "Compiled modules", *_rows(diagnosis.compiled)]
    lines += ["", "Files and folders"]
    lines += _rows({place.name: _place_line(place) for place in diagnosis.places})
    if diagnosis.warnings:
        lines += ["", "Settings that were not understood", *(f"  {text}" for text in diagnosis.warnings)]
    for conflict in diagnosis.conflicts:
        lines += ["", f"PROBLEM: {conflict.text}", f"  mend it: {conflict.command}"]
    return "\n".join(lines)


_TITLES = {
    "onnx-gpu": "ONNX Runtime CUDA",
    "onnx-cpu": "ONNX Runtime",
    "openvino": "OpenVINO",
    "tensorrt": "TensorRT",
    "ultralytics": "Ultralytics",
    "cv2.dnn": "OpenCV DNN",
}

_INSTALLED_BY = {
    "tensorrt": "pip install tensorrt",
    "ultralytics": "pip install ultralytics",
    "onnx-gpu": "pip uninstall onnxruntime; pip install onnxruntime-gpu",
    "openvino": "pip install openvino",
    "onnx-cpu": "pip install onnxruntime",
}
"""The command that brings each backend; the packages' own names."""


def _backend_report(row: BackendRow) -> BackendReport:
    try:
        kind = backend_class(row)
        spec = read_model_spec(_SAMPLE_MODEL)
        available = kind.probe(spec)
        if not available.usable:
            checkpoint = kind.probe(spec.with_changes(path=Path("model.pt")))
            # One that takes .pt files only has no sample to run: loading a checkpoint runs code.
            if checkpoint.usable:
                return BackendReport(row.name, True, reason="runs .pt files; not tried here")
            reason = available.reason if row.name != "ultralytics" else checkpoint.reason
            return BackendReport(row.name, False, reason=reason)
        return _tried(row.name, kind, spec)
    except AppError as error:
        return BackendReport(
            row.name, False, reason=f"{error} {error.details.splitlines()[0] if error.details else ''}"
        )


def _tried(name: str, kind: type[Backend], spec: ModelSpec) -> BackendReport:
    backend = kind(spec, BackendOptions())
    try:
        width, height = spec.default_size
        batch = spec.batch or 1
        if backend.takes_bytes:
            blob: Any = np.full((batch, height, width, 3), 114, np.uint8)
        else:
            blob = np.full((batch, 3, height, width), 0.45, spec.input_dtype)
        backend.infer(blob)
        times = []
        for _ in range(_TIMED_CALLS):
            start = time.perf_counter()
            backend.infer(blob)
            times.append(time.perf_counter() - start)
        return BackendReport(name, True, backend.device, round(min(times) * 1000, 2), backend.note)
    finally:
        backend.close()


def _text_report() -> TextReport:
    reason = rapidocr_backend.probe().reason
    if not reason:
        backend = rapidocr_backend.choose().backend
        try:
            networks = rapidocr_backend.TextNetworks(backend, BackendOptions())
            networks.read(np.full((48, 320, 3), 255, np.uint8))
        except AppError as error:
            reason = f"{error} {error.details.splitlines()[0] if error.details else ''}"
        else:
            return TextReport(True, backend)
    return TextReport(False, reason=reason, command=rapidocr_backend.INSTALL_COMMAND)


def _text_rows(report: TextReport) -> dict[str, str]:
    if report.usable:
        return {"rapidocr": f"works on {report.backend}"}
    return {"rapidocr": f"no: {report.reason}", "install": report.command}


def _compiled_modules() -> dict[str, str]:
    """Return the state of the optional compiled modules, which are parts of their own and may be missing."""
    found: dict[str, str] = {}
    for package, question in (("extensions", "get_extension_status"), ("rust_extensions", "rust_available")):
        try:
            answer = getattr(importlib.import_module(f"anylabeling.{package}"), question)()
        except (ImportError, AttributeError, OSError) as error:
            found[package] = f"not installed ({error})"
            continue
        if isinstance(answer, Mapping):
            found.update({str(name): _compiled_state(status) for name, status in answer.items()})
        else:
            found[package] = "present" if answer else "not built"
    return found


def _compiled_state(status: Any) -> str:
    if isinstance(status, Mapping):
        state, reason = str(status.get("state", status.get("available"))), str(status.get("reason", ""))
        return f"{state} ({reason})" if reason else state
    return "present" if status else "not built"


def _gpu_names() -> tuple[str, ...]:
    names = []
    for file in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        try:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        names += [line.partition(":")[2].strip() for line in lines if line.startswith("Model:")]
    return tuple(names) or ("present, its name is not known",)


def _place(name: str, path: Path) -> PlaceReport:
    nearest = next((folder for folder in (path, *path.parents) if folder.exists()), path)
    return PlaceReport(name, str(path), path.exists(), _size_bytes(path), os.access(nearest, os.W_OK))


def _size_bytes(path: Path) -> int:
    files = [path] if path.is_file() else [Path(top) / name for top, _folders, names in os.walk(path) for name in names]
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _rows(values: Mapping[str, str]) -> list[str]:
    width = max(map(len, values), default=0)
    return [f"  {name:<{width}}  {value}" for name, value in values.items()]


def _backend_line(report: BackendReport) -> str:
    if not report.usable:
        return f"no: {report.reason}"
    text = (
        "works" if report.call_ms is None else f"works on {report.device}, {report.call_ms:.1f} ms for the sample model"
    )
    return f"{text} ({report.reason})" if report.reason else text


def _place_line(place: PlaceReport) -> str:
    if not place.exists:
        state = "not there yet"
    else:
        state = f"{place.size_bytes / 1e6:,.1f} MB" if place.size_bytes >= 1e5 else f"{place.size_bytes:,} bytes"
    return f"{place.path} ({state}{'' if place.writable else ', CANNOT BE WRITTEN'})"
