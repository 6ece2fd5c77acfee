"""Build TensorRT engines from ONNX models, and keep them for the next time.

The networks of TensorRT 11 and of TensorRT for RTX are strongly typed: they compute in the types that the model has. So
the precision is made in the ONNX model (see graph_edit), and the builder follows it; that works with TensorRT 10 too.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import orjson

from anylabeling.errors import BackendError, StorageError
from anylabeling.services.auto_labeling import graph_edit
from anylabeling.services.auto_labeling.backend import BackendOptions, ProgressReport
from anylabeling.services.auto_labeling.calibration import MOST_CALIBRATION_IMAGES, calibration_blobs
from anylabeling.services.auto_labeling.graph_layouts import graph_of
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.translation import tr
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.cache_folder import prepare_cache_folder
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.file_stamp import FileStamp
from anylabeling.utils.hashing import hash_bytes, hash_file, hash_parts

_logger = logging.getLogger(__name__)

_CACHE_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class EngineRecipe:
    """All that decides what an engine is; another value in any of it is another engine.

    Attributes:
        model: Hash of the ONNX file.
        calibration: Hash of the names and states of the calibration pictures; empty where none are used.
        precision: "fp32", "fp16" or "int8".
        input_shape: Batch (the largest), height and width.
        fixed_batch: Whether the model takes this batch only.
        takes_bytes: Whether the input is uint8 (batch, height, width, 3).
        workspace_bytes: The most GPU memory that building may take.
        builder: Module and version of TensorRT.
        device: Name and compute capability of the GPU.
    """

    model: str
    calibration: str
    precision: str
    input_shape: tuple[int, int, int]
    fixed_batch: bool
    takes_bytes: bool
    workspace_bytes: int
    builder: str
    device: str

    @property
    def key(self) -> str:
        """32 hexadecimal digits; the name of the engine's file."""
        return hash_parts(*(repr(getattr(self, field.name)) for field in fields(self)))

    @classmethod
    def of(cls, spec: ModelSpec, options: BackendOptions, builder: str, device: str) -> EngineRecipe:
        """Return what an engine for a model is to be on this machine."""
        settings = options.tensorrt
        precision = "int8" if settings.int8 else "fp16" if settings.fp16 else "fp32"
        images = settings.calibration_images[:MOST_CALIBRATION_IMAGES] if settings.int8 else ()
        width, height = spec.default_size
        return cls(
            model=hash_file(spec.path) if spec.change is None else hash_parts(hash_file(spec.path), repr(spec.change)),
            calibration=hash_parts(*map(_state_of, images)) if images else "",
            precision=precision,
            input_shape=(spec.batch or max(1, options.max_batch), height, width),
            fixed_batch=spec.batch is not None,
            takes_bytes=spec.pixel_scale is not None and spec.input_dtype == "float32",
            workspace_bytes=int(settings.workspace_gb * (1 << 30)),
            builder=builder,
            device=device,
        )


class EngineStore:
    """Engines in a folder of the person's cache, each beside a note that says what it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, recipe: EngineRecipe) -> bytes | None:
        """Return an engine that is whole and was built by this recipe; anything else counts as not there."""
        try:
            note = orjson.loads(self._note(recipe).read_bytes())
            engine = self._engine(recipe).read_bytes()
        except (OSError, ValueError):
            return None
        expected = {"recipe": _as_json(recipe), "engine": hash_bytes(engine)}
        if note != expected:
            _logger.info("The stored engine %s is stale and will be built again.", recipe.key)
            return None
        return engine

    def put(self, recipe: EngineRecipe, engine: bytes) -> None:
        """Store an engine; one that cannot be stored is built again next time."""
        if prepare_cache_folder(self._folder, _CACHE_BYTES) is None:
            return
        self._remove_superseded(recipe)
        note = {"recipe": _as_json(recipe), "engine": hash_bytes(engine)}
        try:
            write_bytes_atomic(self._engine(recipe), engine)
            write_bytes_atomic(self._note(recipe), orjson.dumps(note, option=orjson.OPT_INDENT_2))
        except StorageError as error:
            _logger.warning("The engine could not be stored: %s %s", error, error.details)

    def discard(self, recipe: EngineRecipe) -> None:
        """Remove an engine."""
        self._engine(recipe).unlink(missing_ok=True)
        self._note(recipe).unlink(missing_ok=True)

    def _remove_superseded(self, recipe: EngineRecipe) -> None:
        """Remove engines that differ in nothing but the version of TensorRT: nobody will ask for them again."""
        wanted = _as_json(recipe)
        for note in self._folder.glob("*.json"):
            stored = _stored_recipe(note)
            if stored and {**stored, "builder": wanted["builder"]} == wanted:
                note.with_suffix(".engine").unlink(missing_ok=True)
                note.unlink(missing_ok=True)

    def _engine(self, recipe: EngineRecipe) -> Path:
        return self._folder / f"{recipe.key}.engine"

    def _note(self, recipe: EngineRecipe) -> Path:
        return self._folder / f"{recipe.key}.json"


def graph_for(spec: ModelSpec, recipe: EngineRecipe, options: BackendOptions) -> bytes:
    """Return the ONNX model that the builder gets: in the recipe's precision and with its input.

    Raises:
        ModelError: When it cannot be converted.
        Cancelled: When the options' token asks for it.
    """
    model = graph_of(spec)
    name = spec.input_names[0]
    if recipe.precision == "int8":
        images = options.tensorrt.calibration_images[:MOST_CALIBRATION_IMAGES]
        model = graph_edit.to_int8(
            model, name, calibration_blobs(spec, images, on_progress=options.on_progress, cancel=options.cancel)
        )
    elif recipe.precision == "fp16":
        model = graph_edit.to_float16(model)
    if recipe.takes_bytes and spec.pixel_scale is not None:
        model = graph_edit.with_byte_input(model, name, spec.pixel_scale)
    content: bytes = model.SerializeToString()
    return content


def build_engine(
    trt: Any,
    graph: bytes,
    input_name: str,
    recipe: EngineRecipe,
    *,
    on_progress: ProgressReport | None = None,
    cancel: CancelToken | None = None,
) -> bytes:
    """Build an engine; this takes from a second to many minutes.

    Args:
        trt: The module ``tensorrt`` or ``tensorrt_rtx``.
        graph: The ONNX model.
        input_name: Its input.
        recipe: Shapes and workspace.
        on_progress: Told how far it is.
        cancel: Ends the building.

    Raises:
        BackendError: When TensorRT cannot read the model or build the engine; the details hold its messages.
        Cancelled: When ``cancel`` asked for it.
    """
    token = cancel or CancelToken()
    log = _log_of(trt)
    builder = trt.Builder(log)
    strongly_typed = getattr(trt.NetworkDefinitionCreationFlag, "STRONGLY_TYPED", None)
    network = builder.create_network(0 if strongly_typed is None else 1 << int(strongly_typed))
    parser = trt.OnnxParser(network, log)
    if not parser.parse(graph):
        errors = [parser.get_error(index) for index in range(parser.num_errors)]
        problems = "\n".join(f"{error.node_name()} ({error.node_operator()}): {error.desc()}" for error in errors)
        raise BackendError(tr("TensorRT cannot read the model."), details=problems[:4000])
    config = builder.create_builder_config()
    config.set_memory_pool_limit(trt.MemoryPoolType.WORKSPACE, recipe.workspace_bytes)
    least, best, most = profile_shapes(recipe)
    profile = builder.create_optimization_profile()
    profile.set_shape(input_name, least, best, most)
    config.add_optimization_profile(profile)
    config.progress_monitor = _monitor(trt, on_progress, token)
    engine = builder.build_serialized_network(network, config)
    token.raise_if_cancelled()
    if engine is None:
        raise BackendError(
            tr("TensorRT could not build an engine."),
            hint=tr("More workspace memory may help (performance.tensorrt_workspace_gb)."),
            details="\n".join(log.problems)[:4000],
        )
    return bytes(engine)


def profile_shapes(recipe: EngineRecipe) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return the least, the best and the greatest input shape: from one image to the largest batch."""
    batch, height, width = recipe.input_shape
    least = batch if recipe.fixed_batch else 1
    size = (height, width, 3) if recipe.takes_bytes else (3, height, width)
    # Engines are tuned for one shape: half the largest batch serves a full one and a rest about as well.
    return (least, *size), (max(least, batch // 2), *size), (batch, *size)


def _state_of(image: str) -> str:
    """Return a text that changes with a picture's name and with its file."""
    try:
        stamp = FileStamp.of(Path(image))
    except OSError:
        stamp = None
    return image if stamp is None else f"{image} {stamp.size_bytes} {stamp.mtime_ns}"


def _stored_recipe(note: Path) -> dict[str, Any]:
    try:
        content = orjson.loads(note.read_bytes())
    except (OSError, ValueError):
        return {}
    recipe = content.get("recipe") if isinstance(content, dict) else None
    return recipe if isinstance(recipe, dict) else {}


def _as_json(recipe: EngineRecipe) -> dict[str, Any]:
    plain: dict[str, Any] = orjson.loads(orjson.dumps(asdict(recipe)))
    return plain


def _log_of(trt: Any) -> Any:
    class Log(trt.ILogger):  # type: ignore[misc]
        def __init__(self) -> None:
            trt.ILogger.__init__(self)
            self.problems: list[str] = []

        def log(self, severity: Any, message: str) -> None:
            if severity in (trt.ILogger.ERROR, trt.ILogger.INTERNAL_ERROR):
                self.problems.append(message)
            _logger.debug("TensorRT: %s", message)

    return Log()


def _monitor(trt: Any, on_progress: ProgressReport | None, cancel: CancelToken) -> Any:
    class Monitor(trt.IProgressMonitor):  # type: ignore[misc]
        """Adds the phases inside a step to that step, so that the share never goes back."""

        def __init__(self) -> None:
            trt.IProgressMonitor.__init__(self)
            self._phases: dict[str, tuple[str | None, int, int]] = {}
            self._shown = 0.0

        def phase_start(self, phase_name: str, parent_phase: str | None, num_steps: int) -> None:
            self._phases[phase_name] = (parent_phase, max(1, num_steps), 0)

        def phase_finish(self, phase_name: str) -> None:
            self._phases.pop(phase_name, None)

        def step_complete(self, phase_name: str, step: int) -> bool:
            if phase_name in self._phases:
                parent, steps, _done = self._phases[phase_name]
                self._phases[phase_name] = (parent, steps, min(steps, step + 1))
                self._report()
            return not cancel.cancelled

        def _report(self) -> None:
            share, weight, parent = 0.0, 1.0, None
            for _ in range(len(self._phases)):
                found = next((name for name, phase in self._phases.items() if phase[0] == parent), None)
                if found is None:
                    break
                _parent, steps, done = self._phases[found]
                share += weight * done / steps
                weight /= steps
                parent = found
            self._shown = max(self._shown, min(1.0, share))
            if on_progress is not None:
                on_progress(tr("Building a TensorRT engine"), self._shown)

    return Monitor()
