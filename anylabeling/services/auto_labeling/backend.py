"""What every runtime that executes a network looks like to the rest of the program."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.utils.cancellation import CancelToken


@dataclass(frozen=True, slots=True)
class BackendOptions:
    """How a backend is set up.

    Attributes:
        threads: Threads for one call; 0 lets the backend take every core that the process may use.
        concurrency: How many calls may run at once, where the backend can do that. One call on all cores answers
            soonest; several calls on a core each get more images done.
        gpu_memory_limit_mb: The most GPU memory to take, or None for no limit.
    """

    threads: int = 0
    concurrency: int = 1
    gpu_memory_limit_mb: int | None = None


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
    """

    name: str = ""
    device: str = ""
    concurrency: int = 1
    preferred_batch: int = 1

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
            blob: The input, (batch, 3, height, width), of the dtype that the spec names.
            cancel: Ends the call early, where the runtime can do that.

        Returns:
            The outputs in the order of ``spec.output_names``. They belong to the caller.

        Raises:
            BackendError: When the call fails.
            Cancelled: When ``cancel`` ended it.
        """

    @abstractmethod
    def close(self) -> None:
        """Free the model. Calling it again does nothing."""
