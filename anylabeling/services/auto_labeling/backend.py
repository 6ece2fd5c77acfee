"""What every runtime that executes a network looks like to the rest of the program."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from anylabeling.errors import BackendError
from anylabeling.messages.models import BackendChoice
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.utils.cancellation import CancelToken

ProgressReport = Callable[[str, float], object]
"""Called with what is being done, for people, and how much of it is done, from 0 to 1."""


class BackendMemoryError(BackendError):
    """A call needed more memory than there is; a smaller batch may fit."""


@dataclass(frozen=True, slots=True)
class TensorRtOptions:
    """How TensorRT engines are built.

    Attributes:
        enabled: Whether ``auto`` may build and use them.
        fp16: Half precision.
        int8: 8-bit integers, calibrated on pictures.
        workspace_gb: The most GPU memory that building may take, in GiB.
        calibration_images: Pictures of the kind that the model will see; read only where ``int8`` asks for it.
    """

    enabled: bool = False
    fp16: bool = True
    int8: bool = False
    workspace_gb: float = 4.0
    calibration_images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackendOptions:
    """How a backend is set up.

    Attributes:
        threads: Threads for one call; 0 lets the backend take every core that the process may use.
        concurrency: How many calls may run at once, where the backend can do that. One call on all cores answers
            soonest; several calls on a core each get more images done.
        gpu_memory_limit_mb: The most GPU memory to take, or None for no limit.
        max_batch: The most images in one call that a backend which has to know it beforehand makes room for.
        images: How many images it will have to do with; 0 when that is not known. What takes long to set up, and pays
            for many images only, is left out where these are few.
        tensorrt: How TensorRT engines are built.
        on_progress: Told about work that takes longer than loading a file, on the loading thread.
        cancel: Ends such work.
    """

    threads: int = 0
    concurrency: int = 1
    gpu_memory_limit_mb: int | None = None
    max_batch: int = 16
    images: int = 0
    tensorrt: TensorRtOptions = field(default_factory=TensorRtOptions)
    on_progress: ProgressReport | None = None
    cancel: CancelToken | None = None


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a backend can run a model here.

    Attributes:
        usable: Whether it is worth trying.
        reason: Why not, as one sentence without a final stop; empty when usable.
    """

    usable: bool
    reason: str = ""


class Backend(ABC):
    """One model, loaded into one runtime. It knows arrays, not labels or metadata.

    ``infer`` may be called from any thread, by as many threads at once as ``concurrency`` says. A backend is built from
    a ModelSpec and BackendOptions and raises BackendError when the runtime refuses the file.

    Attributes:
        name: The name in the registry and in the settings, such as "onnx-cpu".
        device: For people, such as "CPU" or "CUDA".
        concurrency: How many calls may run at once.
        preferred_batch: How many images in one call pay off; 1 where a batch gains nothing.
        takes_bytes: Whether ``infer`` wants pictures as they are, uint8 (batch, height, width, 3) RGB, and does the
            scaling of ``spec.pixel_scale`` itself: a quarter of the data to move.
        on_gpu: Whether it runs on a GPU.
        one_shape: Whether a call of another shape than the one before takes long, so that a batch that is not full is
            better filled up.
        note: Why a GPU that is there is not used, as part of a sentence; empty where there is nothing to say.
        choice: Set where the backend may be exchanged while it runs: what it is now, and why.
    """

    name: str = ""
    device: str = ""
    concurrency: int = 1
    preferred_batch: int = 1
    takes_bytes: bool = False
    on_gpu: bool = False
    one_shape: bool = False
    note: str = ""
    choice: BackendChoice | None = None

    @classmethod
    @abstractmethod
    def probe(cls, spec: ModelSpec) -> Availability:
        """Say whether this backend is installed and takes this kind of file; must be cheap and never raise."""

    @abstractmethod
    def __init__(self, spec: ModelSpec, options: BackendOptions) -> None:
        """Load the model.

        Raises:
            BackendError: When the runtime is missing or refuses the file.
        """

    @abstractmethod
    def infer(self, blob: NDArray[Any], *, cancel: CancelToken | None = None) -> list[NDArray[np.generic]]:
        """Run the network once.

        Args:
            blob: The input, (batch, 3, height, width), of the dtype that the spec names; bytes where ``takes_bytes``.
            cancel: Ends the call early, where the runtime can do that.

        Returns:
            The outputs in the order of ``spec.output_names``. They belong to the caller.

        Raises:
            BackendError: When the call fails; BackendMemoryError when a smaller batch may work.
            Cancelled: When ``cancel`` ended it.
        """

    def set_words(self, words: tuple[str, ...]) -> None:
        """Let the calls that follow look for what was typed, or for the model's own classes without words.

        Asked of those only that run a model with a ``vocabulary``, which take one call at a time.

        Raises:
            ModelError: When what turns words into features is missing.
        """
        raise NotImplementedError(words)

    def learn(self, picture: NDArray[np.float32], rectangles: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """Return the features of classes that are shown by examples; asked of those only that have ``set_words``.

        Args:
            picture: The input, (1, 3, height, width).
            rectangles: Of each class, (n, 4), left, top, right, bottom in input pixels.

        Returns:
            float32 (1, classes, channels), for ``set_features``.

        Raises:
            BackendError: When the call fails.
        """
        raise NotImplementedError(picture.shape, len(rectangles))

    def set_features(self, features: NDArray[np.float32]) -> None:
        """Let the calls that follow look for classes with these features, in place of words."""
        raise NotImplementedError(features.shape)

    def empty(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """Return an array with undefined content in the memory that ``infer`` reads fastest."""
        return np.empty(shape, dtype)

    @abstractmethod
    def close(self) -> None:
        """Free the model. Calling it again does nothing."""
