"""Read the facts out of .onnx files and config.yaml files. Both come from anywhere and are not trusted."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.model_spec import ModelFacts, TensorInfo
from anylabeling.translation import tr

MAX_MODEL_BYTES = 2 * 1024**3 - 1
"""The limit of the protobuf format that ONNX files are written in."""
MAX_CONFIG_BYTES = 1 << 20
MAX_METADATA_CHARS = 1 << 19
"""The longest metadata value that is looked at: 512 Ki characters hold the names of 20,000 classes."""
MAX_CLASSES = 20_000
MAX_NAME_CHARS = 200

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_KNOWN_TYPES = (
    "yolo", "rtdetr", "segment_anything", "rfdetr", "rf_detr", "dfine", "d_fine", "deim", "damo_yolo", "gold_yolo",
    "grounding_dino",
)  # fmt: skip
_DEEPEST = 16
_VALUE_SIZED = frozenset({"NonMaxSuppression", "NonZero", "Compress", "Unique", "Loop", "Scan"})
_ONNX_DTYPES = {1: "float32", 2: "uint8", 3: "int8", 6: "int32", 7: "int64", 9: "bool", 10: "float16", 11: "float64"}


def read_onnx(path: Path, config: Mapping[str, Any] | None = None, name: str = "") -> ModelFacts:
    """Read inputs, outputs and metadata of an ONNX file; weights in other files are not loaded.

    Args:
        path: The .onnx file.
        config: The keys of the config.yaml that named it.
        name: What people call it; the file's stem by default.

    Raises:
        ModelError: When it is missing, too large, no ONNX file, or its weights lie outside its folder.
    """
    _check_size(path)
    import onnx

    try:
        model = onnx.load(str(path), load_external_data=False)
    except OSError as error:
        raise ModelError(
            tr("{name} cannot be read: {reason}.", name=path.name, reason=error.strerror or error), details=repr(error)
        ) from error
    except Exception as error:  # noqa: BLE001 - protobuf raises classes of its own that share no public base
        raise _damaged(path, repr(error)) from error
    graph = model.graph
    if not graph.node or not graph.output:
        raise _damaged(path, f"{len(graph.node)} nodes, {len(graph.output)} outputs")
    _check_external_data(path, model)
    weights = {tensor.name for tensor in graph.initializer}
    return ModelFacts(
        path=path,
        name=name or clean_name(path.stem) or "model",
        inputs=tuple(_tensor_info(value) for value in graph.input if value.name not in weights),
        outputs=tuple(_tensor_info(value) for value in graph.output),
        metadata={
            clean_name(entry.key): entry.value
            for entry in model.metadata_props
            if len(entry.value) <= MAX_METADATA_CHARS
        },
        value_sized=frozenset(node.op_type for node in _nodes(graph, depth=0)) & _VALUE_SIZED,
        config=dict(config or {}),
    )


def read_config(path: Path) -> ModelFacts:
    """Read a config.yaml and the weights file that it names.

    The weights are looked for beside the config, then in the data folders that AnyLabeling and X-AnyLabeling keep their
    models in.

    Raises:
        ModelError: When the config cannot be understood or its weights are not there.
    """
    config = load_yaml(path)
    kind = str(config.get("type", "")).strip().lower()
    named = config.get("model_path")
    if not isinstance(named, str) or not named.strip():
        if kind.startswith("segment_anything"):
            raise ModelError(
                tr("{name} describes a Segment Anything model, which outlines what a person marks.", name=path.name),
                hint=tr("Load it in the window and choose the AI tool."),
            )
        _check_type(path, kind)
        raise ModelError(
            tr("{name} does not name a weights file.", name=path.name),
            hint=tr("It needs the key model_path with an .onnx or .pt file."),
        )
    name = clean_name(str(config.get("display_name") or config.get("name") or path.parent.name))
    for weights in weight_candidates(path, named.strip(), config.get("name")):
        if weights.is_file():
            suffix = weights.suffix.lower()
            if suffix == ".pt":
                from anylabeling.services.auto_labeling.checkpoint_files import read_checkpoint

                return read_checkpoint(weights, config, name)
            if suffix != ".onnx":
                raise ModelError(
                    tr(
                        "{name} names {name2}, and only .onnx and .pt files can be opened.",
                        name=path.name,
                        name2=weights.name,
                    )
                )
            return read_onnx(weights, config, name)
    _check_type(path, kind)
    folder = path.resolve().parent
    raise ModelError(
        tr("The weights file {value} that {name} names was not found.", value=clean_name(named), name=path.name),
        hint=tr("Download it and put it into {folder}.", folder=folder)
        if _ADDRESS.match(named)
        else tr("Put it into {parent}.", parent=folder),
    )


def _check_type(path: Path, kind: str) -> None:
    if kind and not kind.startswith(_KNOWN_TYPES):
        raise ModelError(
            tr(
                "{name} is for a model of the type {kind}, which this program cannot run.",
                name=path.name,
                kind=clean_name(kind),
            ),
            hint=tr(
                "It runs the types yolov5 to yolov10, yolo11, yolo12, yolo26, yolox, yolo_nas, damo_yolo, gold_yolo, "
                "rtdetr, rfdetr, dfine, deimv2 and segment_anything."
            ),
        )


def parse_names(text: str) -> tuple[str, ...] | None:
    """Read class names as Ultralytics writes them into a file: a Python or JSON dict or list as text.

    Args:
        text: Such as ``{0: 'person', 1: 'bicycle'}``.

    Returns:
        The names by class id, or None when the text is something else. Ids that are left out get numbered names.
    """
    if len(text) > MAX_METADATA_CHARS:
        return None
    value: object
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return None
    return names_from(value)


def names_from(value: object) -> tuple[str, ...] | None:
    """Return class names from a list of names or a mapping of id to name; None for anything else."""
    if isinstance(value, list | tuple):
        pairs: list[tuple[object, object]] = list(enumerate(value))
    elif isinstance(value, Mapping):
        pairs = list(value.items())
    else:
        return None
    if not pairs or len(pairs) > MAX_CLASSES:
        return None
    names: dict[int, str] = {}
    for key, name in pairs:
        index = _class_id(key)
        if index is None or not isinstance(name, str | int | float):
            return None
        names[index] = clean_name(str(name)) or f"class_{index}"
    return tuple(names.get(index, f"class_{index}") for index in range(max(names) + 1))


def clean_name(text: str) -> str:
    """Return a text from a file fit for lists, terminals and label files: printable, one line, not endless."""
    printable = "".join(character if character.isprintable() else " " for character in text[: 4 * MAX_NAME_CHARS])
    return " ".join(printable.split())[:MAX_NAME_CHARS]


def _class_id(key: object) -> int | None:
    try:
        index = int(key) if isinstance(key, int | str) else -1
    except ValueError:
        return None
    return index if 0 <= index < MAX_CLASSES else None


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ModelError(
            tr("{name} cannot be read: {reason}.", name=path.name, reason=error.strerror or error), details=repr(error)
        ) from error
    if size > MAX_MODEL_BYTES:
        raise ModelError(tr("{name} is larger than 2 GiB, which no ONNX file can be.", name=path.name))
    if size == 0:
        raise ModelError(tr("{name} is empty.", name=path.name), hint=tr("Download it again."))


def _damaged(path: Path, details: str) -> ModelError:
    return ModelError(
        tr("{name} is not an ONNX model or is damaged.", name=path.name),
        hint=tr("Download or export it again."),
        details=details,
    )


def _tensor_info(value: Any) -> TensorInfo:
    tensor = value.type.tensor_type
    dims = tensor.shape.dim
    return TensorInfo(
        name=value.name,
        shape=tuple(int(dim.dim_value) if dim.dim_value > 0 else None for dim in dims),
        dtype=_ONNX_DTYPES.get(tensor.elem_type, f"type {tensor.elem_type}"),
        symbols=tuple(clean_name(dim.dim_param)[:40] for dim in dims),
    )


def _check_external_data(path: Path, model: Any) -> None:
    """Refuse weights in files outside the model's folder: a runtime would read whatever a hostile file names."""
    folder = path.resolve().parent
    external = 1  # TensorProto.EXTERNAL
    for tensor in _tensors(model.graph, depth=0):
        if tensor.data_location != external:
            continue
        location = next((entry.value for entry in tensor.external_data if entry.key == "location"), "")
        target = (folder / location).resolve() if location else folder
        if folder not in target.parents:
            raise ModelError(
                tr("{name} wants to read weights outside its own folder, which is not allowed.", name=path.name)
            )
        if not target.is_file():
            raise ModelError(
                tr(
                    "{name} keeps its weights in {value}, which is missing.", name=path.name, value=clean_name(location)
                ),
                hint=tr("Put both files into {folder}.", folder=folder),
            )


def _tensors(graph: Any, *, depth: int) -> Iterator[Any]:
    for inner in _graphs(graph, depth=depth):
        yield from inner.initializer
        for sparse in inner.sparse_initializer:
            yield from (sparse.values, sparse.indices)
        for node in inner.node:
            for attribute in node.attribute:
                if attribute.HasField("t"):
                    yield attribute.t
                yield from attribute.tensors


def _nodes(graph: Any, *, depth: int) -> Iterator[Any]:
    for inner in _graphs(graph, depth=depth):
        yield from inner.node


def _graphs(graph: Any, *, depth: int) -> Iterator[Any]:
    """Yield a graph and those inside of its nodes."""
    yield graph
    if depth >= _DEEPEST:
        return
    for node in graph.node:
        for attribute in node.attribute:
            for subgraph in [*([attribute.g] if attribute.HasField("g") else []), *attribute.graphs]:
                yield from _graphs(subgraph, depth=depth + 1)


def load_yaml(path: Path) -> dict[str, Any]:
    """Return the keys of a YAML file.

    Raises:
        ModelError: When it cannot be read or is no mapping.
    """
    try:
        if path.stat().st_size > MAX_CONFIG_BYTES:
            raise ModelError(tr("{name} is too large for a model config.", name=path.name))
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(
            tr("{name} cannot be read: {reason}.", name=path.name, reason=error.strerror or error), details=repr(error)
        ) from error
    except UnicodeDecodeError as error:
        raise ModelError(tr("{name} is not a text file.", name=path.name), details=repr(error)) from error
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        content = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        raise ModelError(tr("{name} is not valid YAML.", name=path.name), details=str(error)[:2000]) from error
    if not isinstance(content, dict):
        raise ModelError(
            tr("{name} is not a model config.", name=path.name), hint=tr("It needs keys such as type and model_path.")
        )
    return {str(key): value for key, value in content.items()}


def weight_candidates(config_path: Path, named: str, model_name: object) -> Iterator[Path]:
    """Yield the places where a weights file that a config names may be; nobody has looked there yet."""
    if _ADDRESS.match(named):
        # X-AnyLabeling names what it has downloaded by where it came from.
        weights = Path(named.partition("?")[0].rpartition("/")[2] or "model.onnx")
    else:
        weights = Path(named.replace("\\", "/")).expanduser()
    yield config_path.parent / weights
    # A name with a separator or dots would leave the models folder.
    if isinstance(model_name, str) and model_name and Path(model_name).name == model_name and model_name != "..":
        for folder in ("anylabeling_data", "xanylabeling_data"):
            yield Path.home() / folder / "models" / model_name / weights.name
