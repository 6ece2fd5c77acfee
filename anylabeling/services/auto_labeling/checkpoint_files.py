"""Read what a PyTorch checkpoint (.pt) says about its model, without running anything in it.

A checkpoint is a zip archive with a pickle. Loading a pickle the usual way runs whatever functions it names. Here every
name stands for an inert placeholder, so all that can come out are placeholders, numbers, texts, lists and dicts.
"""

from __future__ import annotations

import io
import math
import pickle
import pickletools
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.model_files import clean_name, names_from
from anylabeling.services.auto_labeling.model_spec import ModelFacts, TensorInfo
from anylabeling.translation import tr

MAX_PICKLE_BYTES = 64 << 20
_MAX_MEMO = 1 << 22
_ULTRALYTICS = "ultralytics."
_TASKS = ("detect", "segment", "pose", "obb", "classify")
_STORAGE_DTYPES = {"FloatStorage": "<f4", "HalfStorage": "<f2", "DoubleStorage": "<f8"}
_PROTOTYPES = 32
_RTDETR_HEAD = "RTDETRDecoder"
_RTDETR_OUTPUTS = (TensorInfo("output0", (None, None, None), "float32", ("batch", "boxes", "")),)


class Placeholder:
    """Stands for an object of a class that is not looked up; keeps what the pickle gives it."""

    module = ""
    name = ""

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments
        self.state: dict[str, Any] = {}

    def __setstate__(self, state: Any) -> None:
        if isinstance(state, tuple) and state and isinstance(state[0], dict):
            state = state[0]
        self.state = state if isinstance(state, dict) else {}

    def __setitem__(self, key: Any, value: Any) -> None:
        """Accept an item, as a dict does."""

    def append(self, value: Any) -> None:
        """Accept an item, as a list does."""

    def extend(self, values: Any) -> None:
        """Accept items, as a list does."""

    def add(self, value: Any) -> None:
        """Accept an item, as a set does."""


class _Ordered(dict[Any, Any]):
    """An ordered dict; one of weights has attributes, which are left out."""

    def __setstate__(self, state: Any) -> None:
        """Accept attributes."""


class _InertUnpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self._classes: dict[tuple[str, str], type] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return _Ordered
        key = (module, name)
        if key not in self._classes:
            self._classes[key] = type("Placeholder", (Placeholder,), {"module": module, "name": name})
        return self._classes[key]

    def persistent_load(self, pid: Any) -> Any:
        return Placeholder(*pid) if isinstance(pid, tuple) else Placeholder()


def read_checkpoint(path: Path, config: Mapping[str, Any] | None = None, name: str = "") -> ModelFacts:
    """Read task, class names and stride of an Ultralytics checkpoint.

    Args:
        path: The .pt file.
        config: The keys of the config.yaml that named it.
        name: What people call it; the file's stem by default.

    Returns:
        The facts in the form that an ONNX export of the same model has: inputs, outputs and metadata.

    Raises:
        ModelError: When it is missing, damaged, or no checkpoint of an Ultralytics model.
    """
    content, archive_folder, storages = _unpickled(path)
    model = _model_of(content, path)
    state = model.state
    train_args = content.get("train_args")
    settings = train_args if isinstance(train_args, dict) else {}
    told = [task for task in (state.get("task"), settings.get("task")) if isinstance(task, str) and task]
    # One that is not known is handed on, for the layout to be refused by its name.
    task = next((task for task in told if task in _TASKS), clean_name(told[0]) if told else "detect")
    names = names_from(state.get("names")) or ()
    metadata = {"task": task, "names": repr(dict(enumerate(names)))}
    stride = _stride(state.get("stride"), path, archive_folder, storages)
    if stride:
        metadata["stride"] = str(stride)
    side = settings.get("imgsz")
    if isinstance(side, int) and 0 < side <= 8192:
        metadata["imgsz"] = f"[{side}, {side}]"
    if model.name.startswith("RTDETR"):
        metadata["head"] = _RTDETR_HEAD
    vocabulary = _vocabulary(model, state)
    if vocabulary:
        metadata["vocabulary"] = vocabulary
    yaml = state.get("yaml")
    layout = yaml if isinstance(yaml, dict) else {}
    if layout.get("end2end") is True or state.get("end2end") is True:
        metadata["end2end"] = "True"
    key_points = _key_points(layout.get("kpt_shape") or state.get("kpt_shape"))
    if key_points is not None:
        metadata["kpt_shape"] = repr(list(key_points))
    return ModelFacts(
        path=path,
        name=name or clean_name(path.stem) or "model",
        inputs=(TensorInfo("images", (None, 3, None, None), "float32", ("batch", "", "height", "width")),),
        outputs=_RTDETR_OUTPUTS if "head" in metadata else _outputs(task, len(names), key_points),
        metadata=metadata,
        config=dict(config or {}),
    )


def _vocabulary(model: Placeholder, state: Mapping[str, Any]) -> str:
    """Return whose texts a model takes, "world" or "yoloe"; nothing for one that has its classes for good."""
    if model.name == "WorldModel":
        return "world"
    if not model.name.startswith("YOLOE"):
        return ""
    layers = _modules(_modules(state).get("model"))
    head = list(layers.values())[-1] if layers else None
    is_for_good = "lrpc" in _modules(head) or getattr(head, "state", {}).get("is_fused") is True
    return "" if is_for_good else "yoloe"


def _modules(module: Any) -> Mapping[str, Any]:
    """Return the parts of a module of PyTorch, by name."""
    state = module.state if isinstance(module, Placeholder) else module
    found = state.get("_modules") if isinstance(state, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _unpickled(path: Path) -> tuple[dict[Any, Any], str, list[str]]:
    try:
        data, folder, names = _pickle_of(path)
        _check_memo(data)
        content = _InertUnpickler(io.BytesIO(data)).load()
    except ModelError:
        raise
    except OSError as error:
        raise ModelError(
            tr("{name} cannot be read: {reason}.", name=path.name, reason=error.strerror or error), details=repr(error)
        ) from error
    except Exception as error:  # noqa: BLE001 - a damaged or hostile archive or pickle fails in any way it likes
        raise ModelError(
            tr("{name} is not a checkpoint of PyTorch or is damaged.", name=path.name),
            hint=tr("Download it again. Checkpoints older than PyTorch 1.6 have to be saved again with a newer one."),
            details=repr(error)[:2000],
        ) from error
    return content if isinstance(content, dict) else {}, folder, names


def _pickle_of(path: Path) -> tuple[bytes, str, list[str]]:
    with zipfile.ZipFile(path) as archive:
        entry = next((item for item in archive.infolist() if item.filename.endswith("/data.pkl")), None)
        if entry is None or entry.file_size > MAX_PICKLE_BYTES:
            raise ModelError(
                tr("{name} is not a checkpoint of PyTorch.", name=path.name), hint=tr("Download it again.")
            )
        names = archive.namelist()
        with archive.open(entry) as stream:
            data = stream.read(MAX_PICKLE_BYTES + 1)
    folder = entry.filename[: -len("data.pkl")]
    if f"{folder}constants.pkl" in names:
        raise ModelError(
            tr("{name} is a TorchScript model, which cannot be opened.", name=path.name),
            hint=tr("Export it to ONNX and open that."),
        )
    return data, folder, names


def _check_memo(data: bytes) -> None:
    """Refuse a pickle that asks for a memo of gigabytes: the unpickler would give it."""
    for opcode, argument, _position in pickletools.genops(data):
        if opcode.name in ("PUT", "BINPUT", "LONG_BINPUT") and argument is not None and int(argument) > _MAX_MEMO:
            raise ValueError(f"memo index {argument}")


def _model_of(content: dict[Any, Any], path: Path) -> Placeholder:
    for key in ("ema", "model"):
        model = content.get(key)
        if not isinstance(model, Placeholder) or not model.state:
            continue
        if model.module.startswith(_ULTRALYTICS):
            return model
        raise ModelError(
            tr(
                "{name} holds a model of the class {class_name}, which is not one of Ultralytics.",
                name=path.name,
                class_name=clean_name(f"{model.module}.{model.name}"),
            ),
            hint=tr("Export it to ONNX with the program that made it and open that."),
        )
    raise ModelError(
        tr("{name} holds no model of Ultralytics; it may hold weights alone.", name=path.name),
        hint=tr("Export the model to ONNX with the program that made it and open that."),
    )


def _stride(tensor: Any, path: Path, folder: str, names: list[str]) -> int:
    """Return the greatest stride, or 0 where the file does not say; see torch._utils._rebuild_tensor_v2."""
    storage = tensor.arguments[0] if isinstance(tensor, Placeholder) and tensor.arguments else None
    pid = storage.arguments if isinstance(storage, Placeholder) else ()
    kind = getattr(pid[1], "name", "") if len(pid) >= 3 else ""
    entry = f"{folder}data/{pid[2]}" if kind in _STORAGE_DTYPES else ""
    if entry not in names:
        return 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as stream:
            values = np.frombuffer(stream.read(64)[:64], _STORAGE_DTYPES[kind])
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return 0
    greatest = float(values.max(initial=0))
    return int(greatest) if math.isfinite(greatest) and 1 <= greatest <= 256 else 0


def _key_points(value: Any) -> tuple[int, int] | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    count, values = value
    if isinstance(count, int) and isinstance(values, int) and 0 < count <= 1000 and values in (2, 3):
        return count, values
    return None


def _outputs(task: str, classes: int, key_points: tuple[int, int] | None) -> tuple[TensorInfo, ...]:
    if task == "classify":
        return (TensorInfo("output0", (None, classes), "float32", ("batch", "")),)
    extra = {"segment": _PROTOTYPES, "obb": 1, "pose": math.prod(key_points or (0, 0))}.get(task, 0)
    boxes = TensorInfo("output0", (None, 4 + classes + extra, None), "float32", ("batch", "", "anchors"))
    if task != "segment":
        return (boxes,)
    masks = TensorInfo(
        "output1", (None, _PROTOTYPES, None, None), "float32", ("batch", "", "mask_height", "mask_width")
    )
    return (boxes, masks)
