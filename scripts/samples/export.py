"""Write the detector as an ONNX file with the layout and the metadata of an Ultralytics export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from scripts.samples.examples import INPUT_SIZE
from scripts.samples.model import ExportedDetector

_OPSET = 17


def export_onnx(model: ExportedDetector, path: Path, names: Sequence[str]) -> None:
    """Write a model with input ``images`` and output ``output0``, both of dynamic batch and picture size."""
    import onnx

    example = torch.zeros((1, 3, INPUT_SIZE, INPUT_SIZE))
    torch.onnx.export(
        model,
        (example,),
        str(path),
        input_names=["images"],
        output_names=["output0"],
        opset_version=_OPSET,
        dynamic_axes={"images": {0: "batch", 2: "height", 3: "width"}, "output0": {0: "batch", 2: "anchors"}},
        dynamo=False,
    )
    graph = onnx.load(str(path))
    metadata = {
        "description": "AnyLabeling samples detector, trained on rendered scenes",
        "author": "The AnyLabeling maintainers",
        "date": dt.datetime.now(tz=dt.timezone.utc).isoformat(timespec="seconds"),
        "version": "1.0.0",
        "license": "GPL-3.0-or-later",
        "docs": "scripts/samples/README.md",
        "stride": "32",
        "task": "detect",
        "batch": "1",
        "imgsz": f"[{INPUT_SIZE}, {INPUT_SIZE}]",
        "names": str(dict(enumerate(names))),
    }
    onnx.helper.set_model_props(graph, metadata)
    # The exporter loses sight of the number of rows, by which readers recognise the layout.
    graph.graph.output[0].type.tensor_type.shape.dim[1].dim_value = 4 + len(names)
    onnx.checker.check_model(graph)
    onnx.save(graph, str(path))


@torch.no_grad()
def compare_with_onnx(model: ExportedDetector, path: Path, images: Sequence[NDArray[np.uint8]]) -> str:
    """Say how far ONNX Runtime's results are from torch's, on RGB pictures (h, w, 3) and on another size and batch."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    whole = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255
    lines = []
    for batch in (whole, whole[:1, :, 64:544, :], whole[:3, :, :320, :416]):
        batch = batch.contiguous()
        expected = model(batch).numpy()
        got = session.run(None, {"images": batch.numpy()})[0]
        boxes, scores = np.abs(got - expected)[:, :4].max(), np.abs(got - expected)[:, 4:].max()
        lines.append(
            f"ONNX against torch at {tuple(batch.shape)}: boxes differ by {boxes:.2g} px, scores by {scores:.2g}"
        )
    return "\n".join(lines)
