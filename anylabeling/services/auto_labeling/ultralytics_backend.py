"""PyTorch checkpoints (.pt), run by the package ultralytics on a GPU or on the CPU."""

from __future__ import annotations

import importlib
import logging
import os
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import BackendError, UntrustedModelError
from anylabeling.services.auto_labeling.backend import Availability, Backend, BackendMemoryError, BackendOptions
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.runtime_info import runtime_info
from anylabeling.services.auto_labeling.trust_store import TrustStore
from anylabeling.services.auto_labeling.ultralytics_texts import YOLOE, TextEncoder, encoder_file
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.paths import data_dir
from anylabeling.utils.processors import available_cpus

_TRACKERS = ("clearml", "comet", "dvc", "hub", "mlflow", "neptune", "raytune", "tensorboard", "wandb")
"""Services that a training would report to, by the names of their settings."""
_NO_HALF_PRECISION = re.compile(r"(1660|1650|1630|t400|t550|t600|t1000|t1200|t2000|k40m)", re.IGNORECASE)
"""GPUs on which a training in half precision gives no numbers; Ultralytics' own test of that downloads a model."""

_PROMPT_STEP_PX = 8

_importing = threading.Lock()


class UltralyticsBackend(Backend):
    """Run a checkpoint in PyTorch.

    A checkpoint is a pickle: loading it runs whatever code its maker put into it. So only files that are in the
    TrustStore are loaded.
    """

    name = "ultralytics"
    device = "CPU"

    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        """Load the model; see Backend.

        Raises:
            UntrustedModelError: When the person has not said that they trust the file.
        """
        check_trust(spec)  # before the import, which takes seconds
        ultralytics, torch = import_quietly()
        self._torch = torch
        self._file_name = spec.path.name
        self._vocabulary = spec.vocabulary
        self._lock = threading.Lock()
        self.on_gpu = bool(torch.cuda.is_available())
        self.device = "CUDA" if self.on_gpu else "CPU"
        if self.on_gpu:
            self.preferred_batch = 16
        elif runtime_info().nvidia_gpu:
            self.note = "the installed PyTorch cannot use CUDA; install the build of torch that fits the GPU's driver"
        torch.set_num_threads(options.threads * options.concurrency or available_cpus())
        with TrustStore().copy_if_trusted(spec.path) as trusted:
            if trusted is None:
                raise _untrusted(spec)
            self._network: Any = self._load(ultralytics, trusted)
        self._folders = _text_folders(spec.path)
        self._encoder: TextEncoder | None = None
        self._features: dict[tuple[str, ...], Any] = {}
        head = self._network.model[-1] if spec.vocabulary else None
        self._own_texts = getattr(self._network, "txt_feats", None), getattr(head, "nc", 0)

    def _load(self, ultralytics: Any, path: Path) -> Any:
        try:
            network = ultralytics.YOLO(str(path)).model
            # Fusing a YOLOE would fix its classes.
            network = network if self._vocabulary == YOLOE else network.fuse()
            return network.float().eval().to(self.device.lower())
        except Exception as error:  # noqa: BLE001 - what is in the file runs here
            raise BackendError(
                tr("Ultralytics cannot load the model {file_name}.", file_name=self._file_name),
                hint=tr(
                    "It may have been made with another version of ultralytics. An ONNX export can be opened instead."
                ),
                details=f"{self.name}: {error!r}"[:4000],
            ) from error

    @classmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        """Say whether Ultralytics is installed and takes this file."""
        if spec.path.suffix.lower() != ".pt":
            return Availability(False, tr("it does not run {suffix} files", suffix=spec.path.suffix))
        missing = [name for name in ("ultralytics", "torch") if not runtime_info().has(name)]
        if missing:
            return Availability(False, tr("not installed: {packages}", packages=", ".join(missing)))
        return Availability(True)

    def set_words(self, words: tuple[str, ...]) -> None:
        """Look for what was typed; see Backend. The features of the last names are kept."""
        network = self._network
        if network is None:
            raise BackendError(tr("The model {file_name} has been unloaded.", file_name=self._file_name))
        head = network.model[-1]
        if not words:
            own, head.nc = self._own_texts
            if own is not None:
                network.txt_feats = own
            return
        if words not in self._features:
            if self._encoder is None:
                name = encoder_file(self._vocabulary, network)
                self._encoder = TextEncoder(self._torch, self._vocabulary, name, self._folders, self.device.lower())
            found = self._encoder.features(words)
            with self._torch.inference_mode():
                self._features = {words: head.get_tpe(found) if self._vocabulary == YOLOE else found}
        if self._vocabulary == YOLOE:
            network.pe = self._features[words]
        else:
            network.txt_feats = self._features[words]
        head.nc = len(words)

    def learn(self, picture: NDArray[np.float32], rectangles: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """Return what YOLOE's encoder of visual prompts makes of rectangles; see Backend."""
        network, torch = self._network, self._torch
        if network is None or self._vocabulary != YOLOE:
            raise BackendError(tr("{name} cannot be shown what to look for.", name=self._file_name))
        prompts = _prompts(rectangles, picture.shape[3] // _PROMPT_STEP_PX, picture.shape[2] // _PROMPT_STEP_PX)
        try:
            with self._lock, torch.inference_mode():
                device = self.device.lower()
                shown = torch.from_numpy(np.ascontiguousarray(picture, np.float32)).to(device)
                found = network(shown, vpe=torch.from_numpy(prompts).to(device), return_vpe=True)
                features: NDArray[np.float32] = found.float().cpu().numpy()
        except Exception as error:  # noqa: BLE001 - the network's code comes from a package and a file
            raise BackendError(
                tr("{name} cannot be shown what to look for.", name=self._file_name), details=f"{self.name}: {error!r}"
            ) from error
        return features

    def set_features(self, features: NDArray[np.float32]) -> None:
        """Look for what was shown; see Backend."""
        network = self._network
        if network is None:
            raise BackendError(tr("The model {file_name} has been unloaded.", file_name=self._file_name))
        network.pe = self._torch.from_numpy(features).to(self.device.lower())
        network.model[-1].nc = features.shape[1]

    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Run the network once; see Backend. A call that has begun is not cut short."""
        network, torch = self._network, self._torch
        if network is None:
            raise BackendError(tr("The model {file_name} has been unloaded.", file_name=self._file_name))
        if cancel is not None:
            cancel.raise_if_cancelled()
        try:
            with self._lock, torch.inference_mode():
                tensor = torch.from_numpy(np.ascontiguousarray(blob, np.float32))
                if self.on_gpu:
                    # A copy from pinned memory is two to three times as fast.
                    tensor = tensor.pin_memory().to("cuda", non_blocking=True)
                return [output.float().cpu().numpy() for output in _tensors(torch, network(tensor))]
        except Exception as error:  # noqa: BLE001 - the network's code comes from a package and a file
            is_memory = isinstance(error, torch.cuda.OutOfMemoryError)
            if is_memory:
                torch.cuda.empty_cache()
            kind = BackendMemoryError if is_memory else BackendError
            raise kind(
                f"The model {self._file_name} failed while running.",
                hint="Try another model or a smaller batch.",
                details=f"{self.name}: {error!r}"[:4000],
            ) from error

    def close(self) -> None:
        """Free the network and the GPU memory that PyTorch keeps for it."""
        self._network = None
        if self.on_gpu:
            self._torch.cuda.empty_cache()


def _prompts(rectangles: Sequence[NDArray[np.float32]], columns: int, rows: int) -> NDArray[np.float32]:
    """Return where the examples of each class are, (1, classes, rows, columns), as YOLOE's prompt encoder wants it."""
    prompts = np.zeros((1, len(rectangles), rows, columns), np.float32)
    for prompt, boxes in zip(prompts[0], rectangles, strict=True):
        for left, top, right, bottom in (boxes / _PROMPT_STEP_PX).tolist():
            across = np.flatnonzero((np.arange(columns) >= left) & (np.arange(columns) < right))
            down = np.flatnonzero((np.arange(rows) >= top) & (np.arange(rows) < bottom))
            if not len(across):
                across = np.array([min(columns - 1, int((left + right) / 2))])
            if not len(down):
                down = np.array([min(rows - 1, int((top + bottom) / 2))])
            prompt[np.ix_(down, across)] = 1
    return prompts


def _text_folders(path: Path) -> tuple[Path, ...]:
    """Return where text encoders and the vocabulary may lie: beside the model, where Ultralytics and CLIP put them."""
    utils = importlib.import_module("ultralytics.utils")
    weights = Path(str(getattr(utils, "WEIGHTS_DIR", path.parent)))
    return path.parent, weights, weights / "clip", Path.home() / ".cache" / "clip"


def check_trust(spec: ModelSpec) -> None:
    """Raise UntrustedModelError unless the person has said that they trust the file."""
    if not TrustStore().is_trusted(spec.path):
        raise _untrusted(spec)


def _untrusted(spec: ModelSpec) -> UntrustedModelError:
    return UntrustedModelError(
        tr(
            "{name} has not been loaded because it is not trusted yet: a .pt file is a "
            "Python pickle, and loading it runs any code that its maker put into it.",
            name=spec.path.name,
        ),
        hint=tr("Trust it only if you know where it is from (command line: --trust). An .onnx file holds no code."),
        details=str(spec.path),
    )


def _tensors(torch: Any, value: Any) -> Iterator[Any]:
    """Yield the tensors of a network's output that an export would have: those that are not in a dict or in a list."""
    # Training needs the raw heads, which follow in lists and dicts.
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _tensors(torch, part)


def import_quietly() -> tuple[Any, Any]:
    """Import Ultralytics and torch such that they install nothing, call nobody and leave OpenCV as it was.

    Raises:
        BackendError: When it cannot be imported.
    """
    from anylabeling.opencv import cv2

    with _importing:
        folder = data_dir() / "ultralytics"
        threads = cv2.getNumThreads()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # It reads these once, when it is imported: it would install packages, look whether there is a network and
            # report what it is used for.
            os.environ.update(
                YOLO_AUTOINSTALL="False", YOLO_OFFLINE="True", YOLO_VERBOSE="False", YOLO_CONFIG_DIR=str(folder)
            )
            ultralytics = importlib.import_module("ultralytics")
            torch = importlib.import_module("torch")
            importlib.import_module("ultralytics.utils").SETTINGS.update({"sync": False})
        except (ImportError, OSError, RuntimeError, AttributeError) as error:
            raise BackendError(
                tr("Ultralytics or PyTorch cannot be imported."),
                hint=tr("Install the packages ultralytics and torch again."),
                details=repr(error),
            ) from error
        finally:
            # It switches OpenCV's threads off for the whole process.
            cv2.setNumThreads(threads)
        logging.getLogger("ultralytics").setLevel(logging.ERROR)
    return ultralytics, torch


def import_for_training() -> tuple[Any, Any]:
    """Import both for a process that trains: what only a training would ask a network for is switched off, too.

    These are trackers, a font for plots, and a model that half precision is tried with.

    Raises:
        BackendError: When they cannot be imported.
    """
    ultralytics, torch = import_quietly()
    # What the package says goes into the log of the run.
    logger = logging.getLogger("ultralytics")
    logger.setLevel(logging.INFO)
    for handler in logger.handlers:
        handler.setLevel(logging.INFO)
    settings = importlib.import_module("ultralytics.utils").SETTINGS
    settings.update({name: False for name in _TRACKERS if name in settings})

    def half_precision(model: Any) -> bool:
        device = next(model.parameters()).device
        return device.type == "cuda" and not _NO_HALF_PRECISION.search(torch.cuda.get_device_name(device))

    for module, name, instead in (
        ("ultralytics.data.utils", "check_font", lambda *_arguments, **_values: None),
        ("ultralytics.engine.trainer", "check_amp", half_precision),
    ):
        place = importlib.import_module(module)
        if hasattr(place, name):
            setattr(place, name, instead)
    return ultralytics, torch
