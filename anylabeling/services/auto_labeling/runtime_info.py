"""What is installed on this machine that can run models; looked up once, without importing any of it."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anylabeling.utils.processors import available_cpus

_ONNX_RUNTIMES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino")
_OPENCVS = (
    "opencv-python",
    "opencv-python-headless",
    "opencv-contrib-python",
    "opencv-contrib-python-headless",
)
# Of each family at most one may be installed: its members unpack into one folder.
_FAMILIES = (_ONNX_RUNTIMES, _OPENCVS)
# rapidocr and what it needs that nothing else here does.
_TEXT_MODULES = ("rapidocr", "pyclipper", "six", "shapely", "yaml", "tqdm", "omegaconf", "requests", "colorlog")
_MODULES = ("onnxruntime", "torch", "ultralytics", "tensorrt", "tensorrt_rtx", "openvino", "cv2", *_TEXT_MODULES)
_DISTRIBUTIONS = (
    *_ONNX_RUNTIMES,
    "openvino",
    "torch",
    "ultralytics",
    "tensorrt",
    "tensorrt-rtx",
    "cuda-python",
    "pycuda",
    "rapidocr",
    *_OPENCVS,
    "onnx",
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Packages that break each other.

    Attributes:
        text: What is wrong, as a sentence.
        command: What mends it.
    """

    text: str
    command: str


@dataclass(frozen=True, slots=True)
class RuntimeInfo:
    """The result of the look-up.

    Attributes:
        modules: Names of runtime modules that can be imported.
        distributions: Version by name of the packages that matter.
        nvidia_gpu: Whether the driver of an NVIDIA GPU is present.
        cpu_count: Cores that this process may use.
    """

    modules: frozenset[str]
    distributions: Mapping[str, str]
    nvidia_gpu: bool
    cpu_count: int

    def has(self, module: str) -> bool:
        """Return whether a runtime module can be found."""
        return module in self.modules

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what is wrong with the installed packages: those that overwrite each other's files."""
        found = []
        for family in _FAMILIES:
            rivals = [name for name in family if name in self.distributions]
            if len(rivals) > 1:
                keep = "onnxruntime-gpu" if family is _ONNX_RUNTIMES and self.nvidia_gpu else family[0]
                found.append(
                    Conflict(
                        f"{' and '.join(rivals)} are installed together and overwrite each other's files.",
                        f"pip uninstall -y {' '.join(rivals)} && pip install {keep}",
                    )
                )
        return tuple(found)


@functools.cache
def runtime_info() -> RuntimeInfo:
    """Look up what is installed; the answer is kept for the life of the process."""
    return RuntimeInfo(
        modules=frozenset(name for name in _MODULES if _is_importable(name)),
        distributions={name: version for name in _DISTRIBUTIONS if (version := _version(name))},
        nvidia_gpu=_has_nvidia_gpu(),
        cpu_count=available_cpus(),
    )


def _is_importable(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _version(name: str) -> str:
    from importlib import metadata  # 20 ms that no start needs

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _has_nvidia_gpu() -> bool:
    if Path("/dev/nvidiactl").exists() or Path("/proc/driver/nvidia/version").exists():
        return True
    return os.name == "nt" and shutil.which("nvidia-smi") is not None
