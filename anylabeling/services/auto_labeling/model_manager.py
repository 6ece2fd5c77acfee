"""The loaded model: read its file, choose a backend, warm it up, free the one before."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from anylabeling.messages.models import ModelInfo
from anylabeling.services.auto_labeling import model_families
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.backend_registry import AUTO, choose
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_spec import read_model_spec
from anylabeling.utils.cancellation import CancelToken


class ModelManager:
    """Hold at most one loaded model. Any thread may call it; two loads at once run one after the other."""

    def __init__(self, options: Callable[[], BackendOptions] = BackendOptions) -> None:
        """Start without a model.

        Args:
            options: Called at each load for the settings in force.
        """
        self._options = options
        self._loading = threading.Lock()
        self._lock = threading.Lock()
        self._current: DetectionModel | None = None

    @property
    def current(self) -> DetectionModel | None:
        """The loaded model, or None."""
        return self._current

    @property
    def info(self) -> ModelInfo | None:
        """What is known about the loaded model, or None."""
        model = self._current
        return None if model is None else model.info

    def load(
        self, path: Path | str, *, preferred_backend: str = AUTO, cancel: CancelToken | None = None
    ) -> DetectionModel:
        """Load a model in place of the present one.

        The present model stays until the new one has run once, and is freed when nobody uses it any more.

        Args:
            path: An .onnx file, or a config.yaml that names one.
            preferred_backend: A backend's name, or "auto".
            cancel: Looked at between the steps.

        Returns:
            The model, warmed up.

        Raises:
            ModelError: When the file cannot be understood.
            BackendError: When nothing here can run it.
            Cancelled: When ``cancel`` asks for it; the present model stays.
        """
        token = cancel or CancelToken()
        with self._loading:
            token.raise_if_cancelled()
            spec = read_model_spec(path)
            token.raise_if_cancelled()
            backend, choice = choose(spec, preferred_backend, options=self._options())
            model: DetectionModel = model_families.model_class(spec.family)(spec, backend, choice)
            try:
                token.raise_if_cancelled()
                model.warm_up()
                token.raise_if_cancelled()
            except BaseException:
                model.close()
                raise
            self._swap(model)
        return model

    def unload(self) -> None:
        """Let the model go; it is freed at once, or when the run that uses it has ended."""
        self._swap(None)

    def _swap(self, model: DetectionModel | None) -> None:
        with self._lock:
            before, self._current = self._current, model
        if before is not None:
            before.close()
