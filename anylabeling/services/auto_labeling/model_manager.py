"""The loaded model: read its file, choose a backend, warm it up, free the one before."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from anylabeling.messages.models import AUTO, BackendChoice, ModelInfo
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.events import Event

if TYPE_CHECKING:
    from anylabeling.messages.auto_labeling import Tiling
    from anylabeling.services.auto_labeling.backend import BackendOptions, ProgressReport
    from anylabeling.services.auto_labeling.detection_model import DetectionModel

ModelT = TypeVar("ModelT", bound="DetectionModel | None")


class ModelManager:
    """Hold at most one loaded model. Any thread may call it; two loads at once run one after the other.

    Attributes:
        choice_changed: Emitted with a BackendChoice when the loaded model goes on with another backend or a smaller
            batch because the one before failed; on the thread whose call failed.
    """

    def __init__(self, options: Callable[[], BackendOptions] | None = None) -> None:
        """Start without a model.

        Args:
            options: Called at each load for the settings in force; the usual ones when None.
        """
        self.choice_changed: Event[[BackendChoice]] = Event()
        self._options = options
        self._loading = threading.Lock()
        self._lock = threading.Lock()
        self._current: DetectionModel | None = None
        self._tiling: Tiling | None = None
        self._text: tuple[str, ...] = ()
        self._taught: DetectionModel | None = None

    @property
    def current(self) -> DetectionModel | None:
        """The loaded model, looking at large pictures in tiles where that is wished and it can; or None."""
        return self._current

    @property
    def tiling(self) -> Tiling | None:
        """The tiles that are wished for, or None."""
        return self._tiling

    def set_tiling(self, tiling: Tiling | None) -> None:
        """Let this model and those to come look at large pictures in tiles, or as a whole only with None."""
        with self._lock:
            self._tiling = tiling
            self._follow_wishes()

    @property
    def text(self) -> tuple[str, ...]:
        """The names that models look for which find what is typed."""
        return self._text

    def set_text(self, names: tuple[str, ...]) -> None:
        """Let this model and those to come look for these names, where they find what is typed."""
        with self._lock:
            self._text, self._taught = names, None
            self._follow_wishes()

    def keep(self, taught: DetectionModel) -> None:
        """Go on with what the loaded model has become, until other names are typed or another model is loaded.

        Args:
            taught: A model of the same network that looks for what is like some exemplars.
        """
        with self._lock:
            if self._current is not None and self._current.info.path == taught.info.path:
                self._taught = taught
                self._follow_wishes()

    def _follow_wishes(self) -> None:
        if self._current is not None:
            from anylabeling.services.auto_labeling.tiled_model import as_wished, in_tiles

            if self._taught is not None:
                self._current = in_tiles(self._taught, self._tiling)
            else:
                self._current = as_wished(self._current, self._tiling, self._text)

    @property
    def info(self) -> ModelInfo | None:
        """What is known about the loaded model, or None."""
        model = self._current
        return None if model is None else model.info

    def load(
        self,
        path: Path | str,
        *,
        preferred_backend: str = AUTO,
        trust: bool = False,
        on_progress: ProgressReport | None = None,
        cancel: CancelToken | None = None,
    ) -> DetectionModel:
        """Load a model in place of the present one.

        The present model stays until the new one has run once, and is freed when nobody uses it any more.

        Args:
            path: An .onnx or .pt file, a config.yaml that names one, the name of a built-in model, or the address of a
                model on a server.
            preferred_backend: A backend's name, or "auto".
            trust: Whether the person has said that they trust the file, which is remembered by its content.
            on_progress: Told about steps that take long, such as building an engine, on the calling thread.
            cancel: Looked at between the steps, and while an engine is being built.

        Returns:
            The model, warmed up.

        Raises:
            ModelError: When the file cannot be understood.
            UntrustedModelError: When loading it would run code from it and nobody has said that they trust it.
            BackendError: When nothing here can run it.
            Cancelled: When ``cancel`` asks for it; the present model stays.
        """
        from anylabeling.services.auto_labeling.backend import BackendOptions
        from anylabeling.services.auto_labeling.batch_choice import sizes_for
        from anylabeling.services.auto_labeling.built_in_models import find_built_in, open_built_in
        from anylabeling.services.auto_labeling.model_families import find_opening
        from anylabeling.services.auto_labeling.tiled_model import as_wished

        token = cancel or CancelToken()
        with self._loading:
            token.raise_if_cancelled()
            options = replace((self._options or BackendOptions)(), on_progress=on_progress, cancel=token)
            built_in = find_built_in(path)
            opening = find_opening(path) if built_in is None else None
            if built_in is not None:
                model = open_built_in(built_in, preferred_backend, options)
            elif opening is not None:
                family, found = opening
                model = family.open(found, options)
            else:
                model = self._open_file(path, preferred_backend, options, trust=trust)
            try:
                token.raise_if_cancelled()
                model.warm_up(sizes_for(options.images, 1, options.max_batch, one_shape=model.one_shape)[0])
                token.raise_if_cancelled()
            except BaseException:
                model.close()
                raise
            return self._swap(as_wished(model, self._tiling, self._text))

    def unload(self) -> None:
        """Let the model go; it is freed at once, or when the run that uses it has ended."""
        self._swap(None)

    def _open_file(
        self, path: Path | str, preferred_backend: str, options: BackendOptions, *, trust: bool
    ) -> DetectionModel:
        # Here and not above: a window opens without a model.
        from anylabeling.services.auto_labeling import model_families
        from anylabeling.services.auto_labeling.model_spec import read_model_spec
        from anylabeling.services.auto_labeling.resilient_backend import ResilientBackend
        from anylabeling.services.auto_labeling.trust_store import TrustStore
        from anylabeling.services.auto_labeling.weights import one_of_a_kind, weights_digest, weights_stamp

        spec = read_model_spec(path)
        stamp, digest = weights_stamp(spec.path), weights_digest(spec.path)
        if options.cancel is not None:
            options.cancel.raise_if_cancelled()
        if trust:
            TrustStore().trust(spec.path)
        backend = ResilientBackend.open(spec, preferred_backend, options=options)
        backend.choice_changed.connect(self.choice_changed.emit)
        # A file that was replaced meanwhile: nobody can tell which of the two was loaded.
        is_sure = digest is not None and stamp == weights_stamp(spec.path)
        spec = replace(spec, weights=digest if is_sure and digest is not None else one_of_a_kind())
        model: DetectionModel = model_families.model_class(spec.family)(spec, backend, backend.choice)
        return model

    def _swap(self, model: ModelT) -> ModelT:
        with self._lock:
            before, self._current, self._taught = self._current, model, None
        if before is not None:
            before.close()
        return model
