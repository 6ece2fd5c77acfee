"""PP-OCR through the package rapidocr, whose wheel carries the networks: where text is, and what it says.

Left to itself the package downloads what it misses, makes a folder inside itself and sets up a log of its own. Here it
gets the files by name and its log is left as it was.
"""

from __future__ import annotations

import importlib
import logging
import threading
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import UInt8Array
from anylabeling.errors import BackendError
from anylabeling.messages.models import BackendChoice
from anylabeling.services.auto_labeling.backend import Availability, BackendOptions
from anylabeling.services.auto_labeling.openvino_import import import_openvino
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.translation import tr
from anylabeling.utils.processors import available_cpus

DISTRIBUTION = "rapidocr"
REQUIREMENTS = ("pyclipper", "six", "Shapely", "PyYAML", "tqdm", "omegaconf", "requests", "colorlog")
"""What rapidocr needs beside what this program brings and beside the OpenCV that it must not bring."""
INSTALL_COMMAND = f'pip install --no-deps "rapidocr>=3.10,<4" && pip install {" ".join(REQUIREMENTS)}'

_MODULES = ("pyclipper", "six", "shapely", "yaml", "tqdm", "omegaconf", "requests", "colorlog")
OPENVINO, ONNX_CPU = "openvino", "onnx-cpu"
_RUNTIMES = ("auto", OPENVINO, ONNX_CPU)
_PARTS = {"Det": "*_det_*.onnx", "Cls": "*_cls_*.onnx", "Rec": "*_rec_*.onnx"}
_ANY_SIZE = 1 << 20
_importing = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class FoundText:
    """Where text is in a picture.

    Attributes:
        corners: float32 (n, 4, 2), the corners of each line in picture pixels: clockwise on the screen from the one
            that is at the upper left.
        scores: float32 (n,), 0-1, how sure it is that there is text.
    """

    corners: NDArray[np.float32]
    scores: NDArray[np.float32]


def install_reason() -> str:
    """Say why the package is not installed as others are."""
    return tr(
        "rapidocr declares opencv-python-headless, which overwrites the files of opencv-python; so it is installed "
        "without what it declares"
    )


def probe() -> Availability:
    """Say whether text can be read here, without importing anything."""
    if not _has(DISTRIBUTION):
        missing_package = tr("{package} is not installed", package=DISTRIBUTION)
        return Availability(False, f"{missing_package}; {install_reason()}")
    missing = [name for name in _MODULES if not _has(name)]
    if missing:
        packages = ", ".join(missing)
        return Availability(False, tr("{package} lacks {packages}", package=DISTRIBUTION, packages=packages))
    if not (_has("openvino") or _has("onnxruntime")):
        return Availability(False, tr("neither openvino nor onnxruntime is installed"))
    return Availability(True)


def version() -> str:
    """Return the version of the package; empty where it is not installed."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return ""


def choose(preferred: str = "auto") -> BackendChoice:
    """Return what runs the networks: OpenVINO, which is twice as fast on a CPU, or ONNX Runtime where it is missing."""
    notice = "An NVIDIA GPU is present but not used: text is read on the CPU." if runtime_info().nvidia_gpu else ""
    refused = () if preferred in _RUNTIMES else ((preferred, "it does not read text"),)
    if preferred == ONNX_CPU and _has("onnxruntime"):
        return BackendChoice(ONNX_CPU, "CPU", ((OPENVINO, f"{ONNX_CPU} was asked for"),), notice)
    if _has("openvino"):
        return BackendChoice(OPENVINO, "CPU", refused, notice)
    return BackendChoice(ONNX_CPU, "CPU", (*refused, (OPENVINO, "openvino is not installed")), notice)


class TextNetworks:
    """The three networks, loaded; one caller at a time."""

    def __init__(self, backend: str, options: BackendOptions) -> None:
        """Load them.

        Args:
            backend: "openvino" or "onnx-cpu".
            options: Threads.

        Raises:
            BackendError: When the package is missing, damaged, or the runtime refuses a network.
        """
        available = probe()
        if not available.usable:
            raise BackendError(
                tr("Text cannot be read: {reason}.", reason=available.reason),
                hint=tr("Install it with: {install_command}", install_command=INSTALL_COMMAND),
                details=backend,
            )
        package = _import_quietly()
        settings = _settings(package, backend, options.threads or available_cpus())
        try:
            if backend == OPENVINO:
                import_openvino()
            self._finder: Any = package.RapidOCR(
                params={**settings, "Global.use_cls": False, "Global.use_rec": False, "Global.use_det": True}
            )
            self._reader: Any = package.RapidOCR(
                params={**settings, "Global.use_det": False, "Global.use_cls": True, "Global.use_rec": True}
            )
        except Exception as error:  # noqa: BLE001 - a package of others, which raises what it likes
            raise _failed("Text recognition could not be set up.", error) from error

    def find(self, picture: UInt8Array) -> FoundText:
        """Return where text is.

        Args:
            picture: uint8 (height, width, 3), BGR, contiguous.

        Raises:
            BackendError: When the network fails.
        """
        try:
            found = self._finder(picture)
        except Exception as error:  # noqa: BLE001 - as above
            raise _failed("The search for text failed.", error) from error
        if found.boxes is None or not len(found.boxes):
            return FoundText(np.zeros((0, 4, 2), np.float32), np.zeros(0, np.float32))
        corners = np.asarray(found.boxes, np.float32).reshape(-1, 4, 2)
        return FoundText(corners, np.asarray(found.scores, np.float32).reshape(-1))

    def read(self, line: UInt8Array) -> tuple[str, float]:
        """Return what a line says, and how sure that is, 0-1.

        Args:
            line: uint8 (height, width, 3), BGR, cut out level; upside down is fine.

        Raises:
            BackendError: When the network fails.
        """
        try:
            read = self._reader(line)
        except Exception as error:  # noqa: BLE001 - as above
            raise _failed("Reading a line of text failed.", error) from error
        if not read.txts:
            return "", 0.0
        return str(read.txts[0]), float(read.scores[0])


def _settings(package: Any, backend: str, threads: int) -> dict[str, Any]:
    folder = Path(package.__file__).parent / "models"
    engine = package.EngineType("openvino" if backend == OPENVINO else "onnxruntime")
    settings: dict[str, Any] = {
        "Global.log_level": "critical",
        "Global.text_score": 0.0,
        # The caller scales pictures, and cuts long ones into pieces instead of making them unreadably small.
        "Global.use_preprocess_img": False,
        "Det.limit_type": "max",
        "Det.limit_side_len": _ANY_SIZE,
        "EngineConfig.openvino.inference_num_threads": threads,
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
    }
    for part, pattern in _PARTS.items():
        files = sorted(folder.glob(pattern))
        if not files:
            raise BackendError(
                tr("The installed rapidocr brings no networks."),
                hint=tr("Install it with: {install_command}", install_command=INSTALL_COMMAND),
                details=pattern,
            )
        settings[f"{part}.model_path"] = str(files[0])
        settings[f"{part}.engine_type"] = engine
    return settings


def _import_quietly() -> Any:
    """Import the package and undo what that does to its log: a handler of its own that nobody asked for."""
    # It imports cv2 by itself, which breaks Qt's plugins unless ours was first.
    from anylabeling.opencv import cv2  # noqa: F401

    with _importing:
        logger = logging.getLogger("RapidOCR")
        handlers, propagate, level = logger.handlers[:], logger.propagate, logger.level
        try:
            package = importlib.import_module(DISTRIBUTION)
            importlib.import_module(f"{DISTRIBUTION}.main")
        except (ImportError, OSError, AttributeError, ValueError) as error:
            raise BackendError(
                tr("The package rapidocr cannot be imported."),
                hint=tr("Install it with: {install_command}", install_command=INSTALL_COMMAND),
                details=repr(error),
            ) from error
        finally:
            logger.handlers[:], logger.propagate = handlers, propagate
            logger.setLevel(level)
    return package


def _has(module: str) -> bool:
    return runtime_info().has(module)


def _failed(text: str, error: Exception) -> BackendError:
    return BackendError(text, hint=tr("Try another picture, or install rapidocr again."), details=repr(error)[:4000])
