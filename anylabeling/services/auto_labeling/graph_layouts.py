"""Give graphs with inputs and outputs of their own the ones that are read here: RGB from 0 to 1, and one known layout.

Done in the graph, every backend runs such a model as any other, with bytes as input, batches and half precision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.graph_edit import load_graph
from anylabeling.services.auto_labeling.model_spec import GraphChange, ModelSpec
from anylabeling.translation import tr

OUTPUT = "anylabeling_detections"
_PREFIX = "anylabeling_"
_FLOAT, _UINT8, _FLOAT16 = 1, 2, 10  # onnx.TensorProto.DataType
_NORMALIZING = frozenset({"Sub", "Div", "Mul", "Add"})


def graph_of(spec: ModelSpec) -> Any:
    """Return a model's graph as it is run: that of its file, changed where the spec says so.

    Raises:
        ModelError: When the file cannot be read, or has not the tensors that it had.
    """
    model = load_graph(spec.path)
    return model if spec.change is None else with_known_layout(model, spec.change, spec)


def source_of(spec: ModelSpec) -> str | bytes:
    """Return what a runtime loads: the file's path, or the bytes of a graph that was changed.

    Raises:
        ModelError: See graph_of.
    """
    if spec.change is None:
        return str(spec.path)
    content: bytes = graph_of(spec).SerializeToString()
    return content


def with_known_layout(model: Any, change: GraphChange, spec: ModelSpec) -> Any:
    """Return a changed copy of a model; see the module.

    Args:
        model: An ``onnx.ModelProto``.
        change: What is to be changed.
        spec: Of the model: its inputs and the size of its pictures.

    Raises:
        ModelError: When it has not the tensors that are to be changed.
    """
    edited = type(model)()
    edited.CopyFrom(model)
    graph = _Graph(edited)
    graph.check({*change.tensors.values(), *spec.input_names}, spec.path.name)
    _change_input(graph, spec.input_names[0], change)
    output = _OUTPUTS[change.kind](graph, change, spec)
    graph.set_output(output, spec)
    return edited


class _Graph:
    """A graph that nodes and constants are added to."""

    def __init__(self, model: Any) -> None:
        self.proto = model.graph
        del self.proto.value_info[:]
        self._count = 0

    def check(self, names: set[str], file_name: str) -> None:
        known = {value.name for value in (*self.proto.input, *self.proto.output)}
        if missing := names - known:
            raise ModelError(tr("{name} has changed: {value} is missing.", name=file_name, value=", ".join(missing)))

    def constant(self, values: Any, dtype: type = np.float32) -> str:
        from onnx import numpy_helper

        self._count += 1
        name = f"{_PREFIX}constant_{self._count}"
        self.proto.initializer.append(numpy_helper.from_array(np.array(values, dtype), name))
        return name

    def add(self, operator: str, *inputs: str, front: list[Any] | None = None, **attributes: Any) -> str:
        """Add a node and return the name of its output; at the end, or to ``front``."""
        from onnx import helper

        self._count += 1
        name = f"{_PREFIX}{operator.lower()}_{self._count}"
        node = helper.make_node(operator, list(inputs), [name], name=name, **attributes)
        (self.proto.node if front is None else front).append(node)
        return name

    def number(self, tensor: str) -> str:
        """Return one of the graph's own outputs as float32."""
        is_float = any(
            value.name == tensor and value.type.tensor_type.elem_type == _FLOAT for value in self.proto.output
        )
        return tensor if is_float else self.add("Cast", tensor, to=_FLOAT)

    def columns(self, tensor: str, numbers: Sequence[int]) -> str:
        """Return some of the last axis of a tensor of three axes."""
        return self.add("Gather", tensor, self.constant(numbers, np.int64), axis=2)

    def as_column(self, tensor: str) -> str:
        """Return a tensor (batch, n) as (batch, n, 1) of float32."""
        number = self.add("Cast", tensor, to=_FLOAT)
        return self.add("Reshape", number, self.constant([0, -1, 1], np.int64))

    def set_output(self, name: str, spec: ModelSpec) -> None:
        from onnx import helper

        self.proto.node.append(helper.make_node("Identity", [name], [OUTPUT], name=OUTPUT))
        others = [value for value in self.proto.output if value.name in spec.output_names]
        del self.proto.output[:]
        batch: int | str = spec.batch or "batch"
        self.proto.output.append(helper.make_tensor_value_info(OUTPUT, _FLOAT, [batch, "rows", "columns"]))
        self.proto.output.extend(others)


def _change_input(graph: _Graph, name: str, change: GraphChange) -> None:
    """Make what the network wants of RGB from 0 to 1."""
    from onnx import helper

    value = next(value for value in graph.proto.input if value.name == name)
    element = value.type.tensor_type.elem_type
    dtype = np.float16 if element == _FLOAT16 else np.float32
    front: list[Any] = []
    wanted = name
    if change.reverses_channels:
        wanted = graph.add("Gather", wanted, graph.constant([2, 1, 0], np.int64), front=front, axis=1)
    if change.scale != 1.0:
        wanted = graph.add("Mul", wanted, graph.constant(change.scale, dtype), front=front)
    users = {node.op_type for node in graph.proto.node if name in node.input}
    for operator, numbers in (("Sub", change.mean), ("Div", change.deviation)):
        if numbers and not users <= _NORMALIZING:  # else the export does it itself
            planes: NDArray[Any] = np.array(numbers, dtype).reshape(1, 3, 1, 1)
            wanted = graph.add(operator, wanted, graph.constant(planes, dtype), front=front)
    if element == _UINT8:
        # Half a step more, since the cast cuts off.
        wanted = graph.add("Add", wanted, graph.constant(0.5), front=front)
        wanted = graph.add("Cast", wanted, front=front, to=_UINT8)
        shape = [dim.dim_value or dim.dim_param or None for dim in value.type.tensor_type.shape.dim]
        value.CopyFrom(helper.make_tensor_value_info(name, _FLOAT, shape))
    if not front:
        return
    for node in graph.proto.node:
        node.input[:] = [wanted if used == name else used for used in node.input]
    nodes = [*front, *graph.proto.node]
    del graph.proto.node[:]
    graph.proto.node.extend(nodes)


def _sized(graph: _Graph, change: GraphChange, spec: ModelSpec) -> str:
    """Boxes in the pixels of a size that the graph is told, scores and classes: rows of box, score, class.

    The size that it is told is that of its input.
    """
    from onnx import helper, numpy_helper

    asked = change.tensors["size"]
    value = next(value for value in graph.proto.input if value.name == asked)
    dtype = helper.tensor_dtype_to_np_dtype(value.type.tensor_type.elem_type)
    graph.proto.input.remove(value)
    graph.proto.initializer.append(numpy_helper.from_array(np.array([spec.default_size], dtype), asked))
    return _rows(graph, change, spec)


def _rows(graph: _Graph, change: GraphChange, spec: ModelSpec) -> str:
    """Boxes, scores and classes apart: rows of box, score, class."""
    del spec
    named = change.tensors
    # Rows without an object may be filled with -1.
    scores = graph.add("Relu", graph.as_column(named["scores"]))
    parts = (graph.number(named["boxes"]), scores, graph.as_column(named["classes"]))
    return graph.add("Concat", *parts, axis=2)


def _logits(graph: _Graph, change: GraphChange, spec: ModelSpec) -> str:
    """Boxes as shares, and numbers of which the sigmoid is a score: a row of box, scores, and the mask's number."""
    boxes = graph.number(change.tensors["boxes"])
    scores = graph.add("Sigmoid", graph.columns(graph.number(change.tensors["scores"]), change.columns))
    if not spec.has_own_masks:
        return graph.add("Concat", boxes, scores, axis=2)
    numbers = graph.constant(np.arange(change.rows).reshape(1, -1, 1))
    # For as many pictures as there are.
    zeros = graph.add("Mul", graph.columns(boxes, [0]), graph.constant(0.0))
    return graph.add("Concat", boxes, scores, graph.add("Add", zeros, numbers), axis=2)


def _corners(graph: _Graph, change: GraphChange, spec: ModelSpec) -> str:
    """Boxes by their corners, and scores: columns of centre, size and scores."""
    del spec
    boxes = graph.number(change.tensors["boxes"])
    low, high = (graph.columns(boxes, pair) for pair in ((0, 1), (2, 3)))
    middle = graph.add("Mul", graph.add("Add", low, high), graph.constant(0.5))
    scores = graph.number(change.tensors["scores"])
    rows = graph.add("Concat", middle, graph.add("Sub", high, low), scores, axis=2)
    return graph.add("Transpose", rows, perm=[0, 2, 1])


def _grid(graph: _Graph, change: GraphChange, spec: ModelSpec) -> str:
    """Boxes as offsets from the cells of a grid and as logarithms: YOLOX. An export may have done it already."""
    output = graph.number(change.tensors["rows"])
    if any(node.op_type == "Exp" for node in graph.proto.node):
        return output
    width, height = spec.default_size
    places, strides = [], []
    for stride in change.strides:
        y, x = np.mgrid[0 : height // stride, 0 : width // stride]
        places.append(np.stack([x.ravel(), y.ravel()], axis=1))
        strides.append(np.full((x.size, 1), stride))
    place = graph.constant(np.concatenate(places)[np.newaxis])
    stride_of_cell = graph.constant(np.concatenate(strides)[np.newaxis])
    middle = graph.add("Mul", graph.add("Add", graph.columns(output, (0, 1)), place), stride_of_cell)
    size = graph.add("Mul", graph.add("Exp", graph.columns(output, (2, 3))), stride_of_cell)
    rest = graph.columns(output, range(4, 5 + len(spec.class_names)))
    return graph.add("Concat", middle, size, rest, axis=2)


_OUTPUTS: Mapping[str, Callable[[_Graph, GraphChange, ModelSpec], str]] = {
    "sized": _sized,
    "rows": _rows,
    "logits": _logits,
    "corners": _corners,
    "grid": _grid,
}
"""By the kind of a GraphChange."""
