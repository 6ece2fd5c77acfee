"""What is installed on this machine that can run models; looked up once, without importing any of it."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_MODULES = ("onnxruntime", "torch", "ultralytics", "tensorrt", "tensorrt_rtx", "openvino", "cv2")
_DISTRIBUTIONS = (
    "onnxruntime",
    "onnxruntime-gpu",
    "torch",
    "ultralytics",
    "tensorrt",
    "tensorrt-rtx",
    "openvino",
    "opencv-python",
    "opencv-python-headless",
)


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

    def conflicts(self) -> tuple[str, ...]:
        """Return a sentence for each pair of packages that overwrite each other's files."""
        pairs = (("onnxruntime", "onnxruntime-gpu"), ("opencv-python", "opencv-python-headless"))
        return tuple(
            f"{first} and {second} are both installed and overwrite each other; uninstall both and install one."
            for first, second in pairs
            if first in self.distributions and second in self.distributions
        )


@functools.cache
def runtime_info() -> RuntimeInfo:
    """Look up what is installed; the answer is kept for the life of the process."""
    return RuntimeInfo(
        modules=frozenset(name for name in _MODULES if _is_importable(name)),
        distributions={name: version for name in _DISTRIBUTIONS if (version := _version(name))},
        nvidia_gpu=_has_nvidia_gpu(),
        cpu_count=available_cpus(),
    )


def available_cpus() -> int:
    """Return how many cores this process may use; in a container less than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


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
