"""Rewrite ONNX graphs: bytes as input, half precision, 8-bit integers. Only ``graph_layouts`` does so, too.

The functions take and return whole models in memory; the person's file is never touched.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import ModelError
from anylabeling.translation import tr

_WEIGHTED = frozenset({"Conv", "ConvTranspose", "Gemm", "MatMul"})
# The last convolution of each branch of a YOLO head, and the one that turns its distributions into distances.
_HEAD_LEVELS = 2
_MOST_FOLDING_ROUNDS = 8
_MOST_FOLDED_VALUES = 1 << 16
# What graphs compute sizes and grids with; each gives the same every time.
_FOLDED = frozenset(
    {
        "Add", "Cast", "Ceil", "Concat", "Constant", "ConstantOfShape", "Div", "Equal", "Expand", "Flatten", "Floor",
        "Gather", "Identity", "Mod", "Mul", "Neg", "Range", "ReduceProd", "Reshape", "Shape", "Slice", "Split",
        "Squeeze", "Sub", "Tile", "Transpose", "Unsqueeze", "Where",
    }
)  # fmt: skip
_FLOAT, _UINT8, _INT64, _FLOAT16 = 1, 2, 7, 10  # onnx.TensorProto.DataType


def load_graph(path: Path) -> Any:
    """Return an ONNX file as an ``onnx.ModelProto`` with all weights in it.

    Raises:
        ModelError: When it cannot be read.
    """
    import onnx

    try:
        return onnx.load(str(path))
    except Exception as error:  # noqa: BLE001 - protobuf raises classes of its own that share no public base
        raise ModelError(tr("{name} cannot be read.", name=path.name), details=repr(error)) from error


def with_byte_input(model: Any, input_name: str, scale: float) -> Any:
    """Return a model that takes pictures as they are: a quarter of the data of a float32 input.

    Args:
        model: An ``onnx.ModelProto`` whose input is float32 or float16 (batch, 3, height, width).
        input_name: That input.
        scale: What each byte is multiplied by.

    Returns:
        A copy whose input of the same name is uint8 (batch, height, width, 3); cast, transposed and scaled inside.

    Raises:
        ModelError: When the input is of another kind.
    """
    from onnx import helper

    edited = _copy(model)
    graph = edited.graph
    old = next((value for value in graph.input if value.name == input_name), None)
    if old is None or len(old.type.tensor_type.shape.dim) != 4:
        raise ModelError(tr("The model has no input {input_name} for pictures.", input_name=input_name))
    element = old.type.tensor_type.elem_type
    if element not in (_FLOAT, _FLOAT16):
        raise ModelError(tr("The input {input_name} of the model is no floating-point picture.", input_name=input_name))
    planes = f"{input_name}_planes"
    for node in graph.node:
        node.input[:] = [planes if name == input_name else name for name in node.input]
    cast, transposed, factor = (f"{input_name}_{part}" for part in ("cast", "transposed", "factor"))
    graph.initializer.append(helper.make_tensor(factor, element, [], [scale]))
    front = [
        helper.make_node("Cast", [input_name], [cast], name=cast, to=element),
        helper.make_node("Transpose", [cast], [transposed], name=transposed, perm=[0, 3, 1, 2]),
        helper.make_node("Mul", [transposed, factor], [planes], name=planes),
    ]
    nodes = [*front, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    batch, channels, height, width = (_axis(dim) for dim in old.type.tensor_type.shape.dim)
    old.CopyFrom(helper.make_tensor_value_info(input_name, _UINT8, [batch, height, width, channels]))
    # Intermediate shapes that were stored with the model name the old input.
    del graph.value_info[:]
    return edited


def with_best_class(model: Any, output_name: str, classes: int, extras: int = 0) -> Any:
    """Return a model that gives the best score of each box and its class in place of the scores of all classes.

    A fourteenth of the data of a model with 80 classes; the scores are the same numbers.

    Args:
        model: An ``onnx.ModelProto`` with an output (batch, 4 + classes + extras, boxes).
        output_name: That output.
        classes: How many scores each box has.
        extras: How many values follow the scores.

    Returns:
        A copy whose output of the same name is (batch, 4 + 2 + extras, boxes): the box, the score, the class as a
        number of the same type, the extras.

    Raises:
        ModelError: When the output is of another kind.
    """
    from onnx import helper

    edited = _copy(model)
    graph = edited.graph
    old = next((value for value in graph.output if value.name == output_name), None)
    element = _FLOAT if old is None else old.type.tensor_type.elem_type
    if old is None or element not in (_FLOAT, _FLOAT16) or len(old.type.tensor_type.shape.dim) != 3:
        raise ModelError(tr("The model has no output {output_name} with scores of boxes.", output_name=output_name))
    whole, boxes, scores, rest, best, place, number = (
        f"{output_name}_{part}" for part in ("whole", "boxes", "scores", "rest", "best", "place", "number")
    )
    for node in graph.node:
        node.output[:] = [whole if name == output_name else name for name in node.output]
        node.input[:] = [whole if name == output_name else name for name in node.input]

    def known(name: str, values: list[int]) -> str:
        graph.initializer.append(helper.make_tensor(f"{output_name}_{name}", _INT64, [len(values)], values))
        return f"{output_name}_{name}"

    axis, middle, end = known("axis", [1]), known("middle", [4]), known("end", [4 + classes])
    parts = [boxes, best, number, rest][: 4 if extras else 3]
    nodes = [
        helper.make_node("Slice", [whole, known("start", [0]), middle, axis], [boxes], name=boxes),
        helper.make_node("Slice", [whole, middle, end, axis], [scores], name=scores),
        helper.make_node("ArgMax", [scores], [place], name=place, axis=1, keepdims=1),
        # Fetching the score by its place costs less than a second search, and every version has this operator.
        helper.make_node("GatherElements", [scores, place], [best], name=best, axis=1),
        helper.make_node("Cast", [place], [number], name=number, to=element),
        helper.make_node("Concat", parts, [output_name], name=f"{output_name}_all", axis=1),
    ]
    if extras:
        nodes.insert(1, helper.make_node("Slice", [whole, end, known("far", [2**31 - 1]), axis], [rest], name=rest))
    graph.node.extend(nodes)
    batch, _rows, columns = (_axis(dim) for dim in old.type.tensor_type.shape.dim)
    old.CopyFrom(helper.make_tensor_value_info(output_name, element, [batch, 6 + extras, columns]))
    del graph.value_info[:]
    return edited


def with_fixed_input(model: Any, input_name: str, shape: tuple[int, ...]) -> Any:
    """Return a model that takes one shape only, with all that follows from the shape computed once and for all.

    Args:
        model: An ``onnx.ModelProto``.
        input_name: The input that gets the shape.
        shape: Length of each axis.

    Raises:
        ModelError: When the graph does not take the shape.
    """
    from onnx import shape_inference

    edited = _copy(model)
    for value in edited.graph.input:
        if value.name == input_name:
            for dim, length in zip(value.type.tensor_type.shape.dim, shape, strict=True):
                dim.Clear()
                dim.dim_value = length
    for value in edited.graph.output:
        value.type.tensor_type.ClearField("shape")
    try:
        for _ in range(_MOST_FOLDING_ROUNDS):
            del edited.graph.value_info[:]
            edited = shape_inference.infer_shapes(edited, data_prop=True)
            if not _fold_constants(edited):
                break
    except Exception as error:  # noqa: BLE001 - the checker and the evaluator raise whatever a graph makes them raise
        raise ModelError(tr("The model cannot be made for one input shape."), details=repr(error)[:2000]) from error
    return edited


def to_float16(model: Any) -> Any:
    """Return a model that computes in half precision, with inputs and outputs as they were.

    What comes behind the last convolution stays in float32: there boxes are put together, and half precision knows
    only every second pixel above 512.

    Raises:
        ModelError: When the graph cannot be converted.
    """
    from onnxruntime.transformers.float16 import convert_float_to_float16
    from onnxruntime.transformers.onnx_model import OnnxModel

    edited = _named(_copy(model))
    try:
        converted = convert_float_to_float16(edited, keep_io_types=True, node_block_list=sorted(_tail_names(edited)))
        # The converter puts its casts at the end, where the format wants every node behind those it reads from.
        OnnxModel.graph_topological_sort(converted.graph)
        # It names two casts of one value alike, which the runtime refuses.
        seen: set[str] = set()
        for index, node in enumerate(converted.graph.node):
            if node.name in seen:
                node.name = f"{node.name}_{index}"
            seen.add(node.name)
        return converted
    except Exception as error:  # noqa: BLE001 - the converter raises whatever its steps raise
        raise ModelError(tr("The model cannot be converted to half precision."), details=repr(error)[:2000]) from error


def to_int8(model: Any, input_name: str, samples: Iterable[NDArray[Any]], *, symmetric: bool = True) -> Any:
    """Return a model that computes in 8-bit integers, with Q/DQ nodes around what is quantised.

    Convolutions are quantised, except the last ones on the way to each output: in 256 steps they would lose boxes.

    Args:
        model: An ``onnx.ModelProto`` in float32.
        input_name: Its input.
        samples: Inputs of the kind that the model will see, (batch, 3, height, width); 32 to 500 do.
        symmetric: Signed numbers around zero between the layers, the one kind that TensorRT takes. Without, they are
            unsigned, as the instructions of processors want them: OpenVINO finds nothing at all with signed ones.

    Raises:
        ModelError: When there are no samples or the graph cannot be converted.
    """
    from onnx import shape_inference
    from onnxruntime import quantization
    from onnxruntime.quantization.quant_utils import add_pre_process_metadata

    reader = _Samples(input_name, samples)
    if reader.first is None:
        raise ModelError(
            tr("A model cannot be converted to 8-bit integers without pictures to calibrate it with."),
            hint=tr("Open a folder with some images of the kind that the model will see."),
        )
    with tempfile.TemporaryDirectory(prefix="anylabeling-") as folder:
        result = Path(folder) / "int8.onnx"
        try:
            named = _named(shape_inference.infer_shapes(model))
            add_pre_process_metadata(named)
            quantization.quantize_static(
                named,
                str(result),
                reader,
                quant_format=quantization.QuantFormat.QDQ,
                per_channel=True,
                activation_type=quantization.QuantType.QInt8 if symmetric else quantization.QuantType.QUInt8,
                weight_type=quantization.QuantType.QInt8,
                op_types_to_quantize=["Conv"],
                nodes_to_exclude=sorted(_tail_names(named, _HEAD_LEVELS)),
                # TensorRT takes no biases in 32-bit integers.
                extra_options={"ActivationSymmetric": symmetric, "WeightSymmetric": True, "QuantizeBias": False},
            )
            return load_graph(result)
        except Exception as error:  # noqa: BLE001 - the converter raises whatever its steps raise
            raise ModelError(
                tr("The model cannot be converted to 8-bit integers."), details=repr(error)[:2000]
            ) from error


class _Samples:
    """Hand the calibration inputs to the converter one by one; see onnxruntime.quantization.CalibrationDataReader."""

    def __init__(self, input_name: str, samples: Iterable[NDArray[Any]]) -> None:
        self._input_name = input_name
        self._samples: Iterator[NDArray[Any]] = iter(samples)
        self.first = next(self._samples, None)
        self._is_first = True

    def __iter__(self) -> _Samples:
        return self

    def __next__(self) -> dict[str, NDArray[Any]]:
        sample = self.get_next()
        if sample is None:
            raise StopIteration
        return sample

    def get_next(self) -> dict[str, NDArray[Any]] | None:
        """Return the next input by name, or None at the end."""
        sample = self.first if self._is_first else next(self._samples, None)
        self._is_first = False
        return None if sample is None else {self._input_name: np.ascontiguousarray(sample, np.float32)}


def _tail_names(model: Any, weighted_levels: int = 0) -> frozenset[str]:
    """Return the names of the nodes behind which, on every way, at most so many convolutions or matrix products lie.

    A convolution itself counts: with 0 the result holds what follows the last ones, with 1 those as well.
    """
    levels: dict[str, int] = {}
    tail: set[str] = set()
    for node in reversed(model.graph.node):
        level = max((levels.get(name, 0) for name in node.output), default=0) + (node.op_type in _WEIGHTED)
        if level <= weighted_levels:
            tail.add(node.name)
        for name in node.input:
            levels[name] = max(level, levels.get(name, 0))
    return frozenset(tail)


def _fold_constants(model: Any) -> int:
    """Replace nodes that compute with small known values by their results; return how many."""
    from onnx import numpy_helper
    from onnx.reference import ReferenceEvaluator

    graph = model.graph
    opsets = {opset.domain: opset.version for opset in model.opset_import}
    known = {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in graph.initializer
        if int(np.prod(tensor.dims)) <= _MOST_FOLDED_VALUES
    }
    shapes = {value.name: _fixed_shape(value) for value in [*graph.input, *graph.value_info]}
    outputs = {value.name for value in graph.output}
    kept = []
    for node in graph.node:
        names = [name for name in node.input if name]
        if node.op_type == "Shape" and not node.attribute and shapes.get(node.input[0]) is not None:
            results: Any = [np.array(shapes[node.input[0]], np.int64)]
        elif node.op_type in _FOLDED and all(name in known for name in names) and not outputs.intersection(node.output):
            results = ReferenceEvaluator(node, opsets=opsets).run(None, {name: known[name] for name in names})
        else:
            kept.append(node)
            continue
        for name, result in zip(node.output, results, strict=True):
            known[name] = np.asarray(result)
            graph.initializer.append(numpy_helper.from_array(known[name], name))
    folded = len(graph.node) - len(kept)
    del graph.node[:]
    graph.node.extend(kept)
    used = outputs.union(*(node.input for node in kept))
    weights = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(weights)
    return folded


def _fixed_shape(value: Any) -> tuple[int, ...] | None:
    tensor = value.type.tensor_type
    dims = [int(dim.dim_value) for dim in tensor.shape.dim]
    return tuple(dims) if tensor.HasField("shape") and all(dims) else None


def _named(model: Any) -> Any:
    """Give every node a name; the converters go by name."""
    for index, node in enumerate(model.graph.node):
        node.name = node.name or f"node_{index}"
    return model


def _copy(model: Any) -> Any:
    copied = type(model)()
    copied.CopyFrom(model)
    return copied


def _axis(dim: Any) -> int | str | None:
    if dim.dim_value > 0:
        return int(dim.dim_value)
    return str(dim.dim_param) or None
