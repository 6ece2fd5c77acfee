"""What is known about a model before it runs: read from its file, never by running anything in it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import SuggestedOptions
from anylabeling.translation import tr

_KINDS_HINT = tr("Give an .onnx file, a .pt file of Ultralytics, or a config.yaml.")

PROMPT_TENSORS = frozenset(
    {
        "point_coords",
        "image_embeddings",
        "image_embed",
        "high_res_feats_0",
        "backbone_fpn_0",
        "language_features",
        "batched_point_coords",
    }
)
"""Names of inputs and outputs that only models have that answer prompts."""

Dim = int | None
"""The length of an axis, or None where it is decided when the model runs."""


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """An input or output of a network.

    Attributes:
        name: Its name in the file.
        shape: Length of each axis, None where it is dynamic.
        dtype: numpy's name of the element type, such as "float32".
        symbols: The names of the dynamic axes, empty for the fixed ones; for messages.
    """

    name: str
    shape: tuple[Dim, ...]
    dtype: str
    symbols: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return name and shape as people write it, such as ``images[batch,3,640,640]``."""
        symbols = self.symbols or ("",) * len(self.shape)
        axes = (
            str(length) if length is not None else symbol or "?"
            for length, symbol in zip(self.shape, symbols, strict=True)
        )
        return f"{self.name}[{','.join(axes)}]"


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """Everything that a weights file and its config say, before anybody has made sense of it.

    Attributes:
        path: The weights file.
        name: What people call it.
        inputs: The inputs that a caller has to give.
        outputs: All outputs.
        metadata: The file's own notes as text.
        config: The keys of a config.yaml; empty without one.
        value_sized: Operators in the graph whose results have a size that the values decide, and may be empty.
    """

    path: Path
    name: str
    inputs: tuple[TensorInfo, ...] = ()
    outputs: tuple[TensorInfo, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    value_sized: frozenset[str] = frozenset()

    def shapes(self) -> str:
        """Return inputs and outputs with their shapes, for messages."""
        inputs = ", ".join(map(str, self.inputs)) or "none"
        outputs = ", ".join(map(str, self.outputs)) or "none"
        return f"inputs {inputs}; outputs {outputs}"


MASKS = "masks"
"""What GraphChange.tensors calls an output with a mask for each object."""


@dataclass(frozen=True, slots=True)
class GraphChange:
    """How a graph with inputs and outputs of its own becomes one that is read here; ``graph_layouts`` does it.

    Attributes:
        kind: What is done to its outputs, a key there.
        tensors: The names of its inputs and outputs by what they are.
        scale: What RGB from 0 to 1 is multiplied by first.
        mean: What is taken off each channel then.
        deviation: What each is divided by.
        reverses_channels: Whether the network wants BGR.
        columns: Which columns of the scores are classes.
        strides: Of the grids whose cells its rows are.
        rows: How many objects it gives, where that is needed.
    """

    kind: str
    tensors: Mapping[str, str]
    scale: float = 1.0
    mean: tuple[float, ...] = ()
    deviation: tuple[float, ...] = ()
    reverses_channels: bool = False
    columns: tuple[int, ...] = ()
    strides: tuple[int, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model that this program understands.

    Attributes:
        path: The weights file.
        name: For people, such as "yolo11n".
        family: The model family, a key of ``model_families.FAMILIES``.
        task: "detect", "segment", "pose", "obb" or "classify".
        layout: The output layout, such as "yolov5", "yolov8" or "end2end"; empty while only a first run can tell.
        class_names: Index is the class id; empty while only a first run can tell how many there are.
        stride: Input sides are multiples of this.
        input_size: Width and height that the file demands, or None where it takes any.
        default_size: Width and height to use: the demanded ones, else what the file or its config suggests.
        batch: Images in one call that the file demands, or None where it takes any number.
        input_names: Inputs that the family fills, in its order.
        output_names: Outputs that the family wants, in its order.
        input_dtype: numpy's name of the input's element type.
        pixel_scale: What a byte of a picture is multiplied by to make the input, where that is all that is done to it;
            None where more is done.
        suggested: What the config says about which detections count.
        is_agnostic: Whether boxes of different classes that overlap are one object.
        extras: Values that each box has after its classes: mask coefficients, key points, an angle.
        key_points: How many key points a box has, and values for each (2 or 3); None in other tasks.
        key_point_names: A name for each key point.
        least_key_point_score: The score that a key point needs where the config says it, or None.
        shapes: Inputs and outputs as the file states them, for messages.
        value_sized: Operators in the graph whose results have a size that the values decide, and may be empty.
        sources: For each fact that was not simply in the graph, where it came from.
        weights: What tells the weights that were loaded from others; empty before they are.
        change: What is done to its graph before anything runs it, or None.
        fit: How a picture is put into the input: "letterbox", "corner" (without distortion, at the upper left) or
            "stretch".
        maker: What people know an export with a layout of its own by; empty for others.
        vocabulary: Whose text encoder its classes go through, where it finds what is typed; empty for others.
        words: What was typed; empty for the classes that it has by itself.
        is_shown: Whether the words stand for what it was shown by examples, which no other copy of it knows.
    """

    path: Path
    name: str
    family: str
    task: str
    layout: str
    class_names: tuple[str, ...]
    stride: int
    input_size: tuple[int, int] | None
    default_size: tuple[int, int]
    batch: int | None
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    input_dtype: str = "float32"
    pixel_scale: float | None = None
    suggested: SuggestedOptions = SuggestedOptions()
    is_agnostic: bool = False
    extras: int = 0
    key_points: tuple[int, int] | None = None
    key_point_names: tuple[str, ...] = ()
    least_key_point_score: float | None = None
    shapes: str = ""
    value_sized: frozenset[str] = frozenset()
    sources: Mapping[str, str] = field(default_factory=dict)
    weights: str = ""
    change: GraphChange | None = None
    fit: str = "letterbox"
    maker: str = ""
    vocabulary: str = ""
    words: tuple[str, ...] = ()
    is_shown: bool = False

    @property
    def chooses_class(self) -> bool:
        """Whether the best class of each box may be chosen inside of the graph; see graph_edit.with_best_class.

        With two classes nothing is gained, and the output could not be told from the other one.
        """
        return self.layout == "yolov8" and self.task != "classify" and len(self.class_names) > 2

    @property
    def has_own_masks(self) -> bool:
        """Whether each object has a mask by itself, whose number is its extra, and no coefficients of common ones."""
        return self.change is not None and MASKS in self.change.tensors

    @property
    def dynamic_batch(self) -> bool:
        """Whether several images fit into one call."""
        return self.batch is None or self.batch > 1

    def with_changes(self, **changes: Any) -> ModelSpec:
        """Return this spec with some facts replaced."""
        return replace(self, **changes)


def read_model_spec(path: Path | str) -> ModelSpec:
    """Read what kind of model a file is.

    Args:
        path: An .onnx or .pt file, or a config.yaml that names one.

    Returns:
        The spec; nothing of the model has run.

    Raises:
        ModelError: When the file is missing, damaged, too large, or of a kind or layout that this program does not
            know. The sentence names the file, and for an unknown layout the shapes of its inputs and outputs.
    """
    from anylabeling.services.auto_labeling import model_families

    facts = read_model_facts(Path(path))
    for family in model_families.FAMILIES:
        spec = model_families.identifier(family)(facts)
        if spec is not None:
            return spec
    if {info.name for info in (*facts.inputs, *facts.outputs)} & PROMPT_TENSORS:
        raise ModelError(
            tr(
                "{name} is a part of a Segment Anything model, which outlines what a person marks ({value}).",
                name=facts.path.name,
                value=facts.shapes(),
            ),
            hint=tr("Load it in the window and choose the AI tool."),
        )
    raise ModelError(
        tr(
            "{name} is not a model of a kind that this program knows ({value}).",
            name=facts.path.name,
            value=facts.shapes(),
        ),
        hint=tr(
            "Models in the YOLOv5, YOLOv8, YOLO11 and RT-DETR layouts can be opened. A classifier without metadata "
            "needs a config.yaml with its classes."
        ),
    )


def read_model_facts(path: Path) -> ModelFacts:
    """Read a weights file or a config without judging what the model is; see read_model_spec for the errors."""
    from anylabeling.services.auto_labeling.checkpoint_files import read_checkpoint
    from anylabeling.services.auto_labeling.model_files import read_config, read_onnx

    suffix = path.suffix.lower()
    if not path.is_file():
        if path.is_dir():
            raise ModelError(tr("{path} is a folder and no model.", path=path), hint=_KINDS_HINT)
        raise ModelError(tr("The model {path} does not exist.", path=path), hint=_KINDS_HINT)
    if suffix in {".yaml", ".yml"}:
        return read_config(path)
    if suffix == ".onnx":
        return read_onnx(path)
    if suffix == ".pt":
        return read_checkpoint(path)
    raise ModelError(tr("{name} is not a model file that can be opened.", name=path.name), hint=_KINDS_HINT)


def numbered_names(count: int) -> tuple[str, ...]:
    """Return names for classes that have none."""
    return tuple(f"class_{index}" for index in itertools.islice(itertools.count(), count))
