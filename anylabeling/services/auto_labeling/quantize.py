"""Convert a model to half precision or 8-bit integers, and measure what that gains and costs on a person's pictures."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs import PixelFormat, decode
from anylabeling.errors import ImageError, UsageError
from anylabeling.services.auto_labeling import graph_edit
from anylabeling.services.auto_labeling.backend import ProgressReport
from anylabeling.services.auto_labeling.calibration import MOST_CALIBRATION_IMAGES, calibration_blobs
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Detections
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.cancellation import CancelToken

_SAME_OBJECT_IOU = 0.5


class Precision(str, Enum):
    """What a model computes in."""

    FP16 = "fp16"
    INT8 = "int8"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a converted model does beside the one that it was made from, on the same pictures.

    Attributes:
        images: Pictures that were looked at.
        backend: What ran both.
        ms_before: Median time of the network for one picture, in milliseconds.
        ms_after: The same for the converted model.
        both: Objects that both find.
        lost: Objects that only the first one finds.
        new: Objects that only the converted one finds.
        box_px: The greatest distance of two sides of one object, and the median over the objects.
        score: The greatest difference of the scores of one object, and the median.
    """

    images: int
    backend: str
    ms_before: float
    ms_after: float
    both: int
    lost: int
    new: int
    box_px: tuple[float, float]
    score: tuple[float, float]


def convert(
    source: Path,
    target: Path,
    precision: Precision,
    images: Sequence[str] = (),
    *,
    on_progress: ProgressReport | None = None,
    cancel: CancelToken | None = None,
) -> ModelSpec:
    """Write a model for processors in another precision and return what it is; inputs, outputs and metadata stay.

    TensorRT converts models by itself, see ``tensorrt_engines``.

    Args:
        source: An .onnx file, or a config.yaml that names one.
        target: The .onnx file to write.
        precision: What it is to compute in.
        images: Pictures of the kind that the model will see; needed for INT8, where an even share of them is used.
        on_progress: Told how far it is.
        cancel: Ends it between two pictures.

    Raises:
        ModelError: When the model cannot be read or converted, or there are no pictures.
        UsageError: When the files are no such files.
        StorageError: When the target cannot be written.
        Cancelled: When ``cancel`` asks for it.
    """
    spec = read_model_spec(source)
    if spec.path.suffix.lower() != ".onnx":
        raise UsageError(f"{spec.path.name} cannot be converted.", hint="Export it to ONNX first.")
    if target.suffix.lower() != ".onnx":
        raise UsageError(f"{target.name} is no name for a model.", hint="Give it the ending .onnx.")
    if target.exists() and target.samefile(spec.path):
        raise UsageError(f"{target.name} would be written over itself.", hint="Give the new model another name.")
    if spec.change is not None:
        raise UsageError(f"{spec.maker} models cannot be converted.", hint="Export it again in the wanted precision.")
    model = graph_edit.load_graph(spec.path)
    if precision is Precision.FP16:
        converted = graph_edit.to_float16(model)
    else:
        step = max(1, len(images) // MOST_CALIBRATION_IMAGES)
        chosen = images[::step][:MOST_CALIBRATION_IMAGES]
        blobs = calibration_blobs(spec, chosen, on_progress=on_progress, cancel=cancel)
        converted = graph_edit.to_int8(model, spec.input_names[0], blobs, symmetric=False)
        known = {entry.key for entry in converted.metadata_props}
        converted.metadata_props.extend(entry for entry in model.metadata_props if entry.key not in known)
    write_bytes_atomic(target, converted.SerializeToString())
    return read_model_spec(target)


def compare(
    source: Path,
    target: Path,
    images: Sequence[str],
    *,
    backend: str = "auto",
    cancel: CancelToken | None = None,
) -> Comparison:
    """Run both models over pictures, in turns, and say how they differ.

    Raises:
        ModelError: When one cannot be loaded.
        BackendError: When nothing here can run one.
        Cancelled: When ``cancel`` asks for it.
    """
    token = cancel or CancelToken()
    managers = ModelManager(), ModelManager()
    try:
        before, after = (
            manager.load(path, preferred_backend=backend)
            for manager, path in zip(managers, (source, target), strict=True)
        )
        times: tuple[list[float], list[float]] = ([], [])
        pairs: list[tuple[Detections, Detections]] = []
        for path in images:
            token.raise_if_cancelled()
            try:
                pixels = decode(path, pixel_format=PixelFormat.RGB).pixels
            except ImageError:
                continue
            found = [_timed(model, pixels, spent) for model, spent in zip((before, after), times, strict=True)]
            pairs.append((found[0], found[1]))
        return _comparison(pairs, times, before.info.choice.backend)
    finally:
        for manager in managers:
            manager.unload()


def _timed(model: DetectionModel, pixels: NDArray[np.uint8], spent: list[float]) -> Detections:
    prepared = model.prepare(pixels)
    start = time.perf_counter()
    outputs = model.infer([prepared])
    spent.append((time.perf_counter() - start) * 1000)
    return model.finish(prepared, outputs[0]).select(model.default_options, model.class_names)


def _comparison(
    pairs: Sequence[tuple[Detections, Detections]], times: tuple[list[float], list[float]], backend: str
) -> Comparison:
    sides: list[float] = []
    scores: list[float] = []
    lost = new = 0
    for one, other in pairs:
        matches = _matches(one, other)
        lost += len(one) - len(matches)
        new += len(other) - len(matches)
        for first, second in matches:
            sides.append(float(np.abs(one.boxes[first] - other.boxes[second]).max()))
            scores.append(float(abs(one.scores[first] - other.scores[second])))
    return Comparison(
        images=len(pairs),
        backend=backend,
        ms_before=_median(times[0]),
        ms_after=_median(times[1]),
        both=len(sides),
        lost=lost,
        new=new,
        box_px=(max(sides, default=0.0), _median(sides)),
        score=(max(scores, default=0.0), _median(scores)),
    )


def _matches(one: Detections, other: Detections) -> list[tuple[int, int]]:
    """Return pairs of objects of one class that overlap most, each object at most once."""
    from anylabeling import accel

    if not len(one) or not len(other):
        return []
    overlaps = np.array(accel.iou_matrix(one.boxes, other.boxes))
    overlaps[one.class_ids[:, np.newaxis] != other.class_ids[np.newaxis]] = 0
    pairs: list[tuple[int, int]] = []
    for flat in np.argsort(-overlaps, axis=None):
        first, second = divmod(int(flat), len(other))
        if overlaps[first, second] < _SAME_OBJECT_IOU:
            break
        if all(first != known and second != taken for known, taken in pairs):
            pairs.append((first, second))
    return pairs


def _median(values: Sequence[float]) -> float:
    return float(np.median(values)) if values else 0.0
