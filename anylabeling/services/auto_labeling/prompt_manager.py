"""The loaded model that answers prompts; it stays beside the detector, so that both can be used on one picture."""

from __future__ import annotations

import importlib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anylabeling.errors import ModelError
from anylabeling.messages.models import AUTO, is_address
from anylabeling.services.auto_labeling.remote_config import is_remote_prompt
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.backend import BackendOptions
    from anylabeling.services.auto_labeling.embeddings import EmbeddingLimits
    from anylabeling.services.auto_labeling.prompt_model import PromptModel

_HEAD_BYTES = 1 << 16
_CONFIG_TYPE = re.compile(
    rb"^\s*type\s*:\s*['\"]?(segment_anything|sam_hq|edge_sam|efficientvit_sam|efficient_sam|mobile_sam)",
    re.MULTILINE | re.IGNORECASE,
)
_PART_NAME = re.compile(r"encoder|decoder", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PromptFamilyRow:
    """Where a family lives.

    Attributes:
        name: The family.
        find: "module:function" from a path to the files of the model, or to None when they are of another family.
        open: "module:function" from these files, a backend's name, options and limits to a model.
    """

    name: str
    find: str
    open: str


_MODELS = "anylabeling.services.auto_labeling.models"

PROMPT_FAMILIES: tuple[PromptFamilyRow, ...] = (
    PromptFamilyRow(
        "remote", f"{_MODELS}.remote_prompts:find_remote_prompt", f"{_MODELS}.remote_prompts:open_remote_prompt"
    ),
    PromptFamilyRow(
        "segment_anything",
        f"{_MODELS}.segment_anything_files:find_files",
        f"{_MODELS}.segment_anything:open_model",
    ),
)
"""A new family is one file and one row."""


def is_prompt_model(path: Path | str) -> bool:
    """Tell from a file's name, or the head of a config, whether it is a model that answers prompts; never raises."""
    if is_remote_prompt(str(path)):
        return True
    if is_address(str(path)):
        return False
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in {".onnx", ".ort"}:
        return _PART_NAME.search(path.stem) is not None
    if suffix not in {".yaml", ".yml"}:
        return False
    try:
        with path.open("rb") as file:
            return _CONFIG_TYPE.search(file.read(_HEAD_BYTES)) is not None
    except OSError:
        return False


class PromptModels:
    """Hold at most one loaded model that answers prompts. Any thread may call it; loads run one after the other."""

    def __init__(
        self,
        options: Callable[[], BackendOptions] | None = None,
        limits: Callable[[], EmbeddingLimits] | None = None,
    ) -> None:
        """Start without a model; both are called at each load for the settings in force, the usual ones when None."""
        self._options = options
        self._limits = limits
        self._loading = threading.Lock()
        self._lock = threading.Lock()
        self._current: PromptModel | None = None

    @property
    def current(self) -> PromptModel | None:
        """The loaded model, or None."""
        return self._current

    def load(
        self, path: Path | str, *, preferred_backend: str = AUTO, cancel: CancelToken | None = None
    ) -> PromptModel:
        """Load a model in place of the present one, which is freed when nobody uses it any more.

        Args:
            path: A config.yaml, or one of the files of the model.
            preferred_backend: A backend's name, or "auto".
            cancel: Looked at between the steps.

        Raises:
            ModelError: When the files are no such model.
            BackendError: When nothing here can run them.
            Cancelled: When ``cancel`` asks for it; the present model stays.
        """
        token = cancel or CancelToken()
        with self._loading:
            token.raise_if_cancelled()
            model = self._open(path, preferred_backend, token)
            try:
                token.raise_if_cancelled()
                model.warm_up()
                token.raise_if_cancelled()
            except BaseException:
                model.close()
                raise
            self._swap(model)
        return model

    def apply_limits(self) -> None:
        """Let the loaded model follow changed limits."""
        model = self._current
        if model is not None:
            model.set_embedding_limits(self._limits_in_force())

    def unload(self) -> None:
        """Let the model go."""
        self._swap(None)

    def _limits_in_force(self) -> EmbeddingLimits:
        from anylabeling.services.auto_labeling.embeddings import EmbeddingLimits

        return (self._limits or EmbeddingLimits)()

    def _open(self, path: Path | str, preferred: str, cancel: CancelToken) -> PromptModel:
        from anylabeling.services.auto_labeling.backend import BackendOptions

        options, limits = replace((self._options or BackendOptions)(), cancel=cancel), self._limits_in_force()
        # Of an address, a Path would make something else.
        for row in PROMPT_FAMILIES:
            files = _load(row.find)(str(path) if is_address(str(path)) else Path(path))
            if files is not None:
                model: PromptModel = _load(row.open)(files, preferred, options=options, limits=limits)
                return model
        raise ModelError(
            tr("{name} is no model for the AI tool.", name=Path(path).name),
            hint=tr("Give the encoder or decoder file of a Segment Anything model, or its config.yaml."),
        )

    def _swap(self, model: PromptModel | None) -> None:
        with self._lock:
            before, self._current = self._current, model
        if before is not None:
            before.close()


def _load(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)
