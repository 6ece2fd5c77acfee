"""Make a checkpoint and its ONNX export for each task of Ultralytics, and say what both find in a picture.

usage: heavy_models.py FOLDER PICTURE

The networks are built from their descriptions, which come with the package, so nothing is downloaded. Their weights are
random, brought to where some of what they put out counts as found. Prints JSON.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TASKS = {
    "detect": "yolo11n",
    "segment": "yolo11n-seg",
    "pose": "yolo11n-pose",
    "obb": "yolo11n-obb",
    "classify": "yolo11n-cls",
}
SIDE_PX = 320
_seen: list[list[str]] = []


def watch(event: str, arguments: Sequence[Any]) -> None:
    """Note connections and programs that are started."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.exec"):
        _seen.append([event, repr(arguments)[:300]])


def save_models(folder: Path, picture: Path) -> None:
    """Write TASK.pt and TASK.onnx for each task."""
    from ultralytics import YOLO

    from anylabeling.codecs import PixelFormat, decode

    image = decode(str(picture), pixel_format=PixelFormat.RGB).pixels
    for task, name in TASKS.items():
        model = YOLO(f"{name}.yaml", task=task, verbose=False)
        enliven(model.model, image, task)
        model.model.names = {number: f"kind {number}" for number in model.model.names}
        model.ckpt = {"train_args": {"imgsz": SIDE_PX, "task": task}}
        model.save(str(folder / f"{task}.pt"))
        YOLO(str(folder / f"{task}.pt")).export(format="onnx", imgsz=SIDE_PX, simplify=False, verbose=False)


def enliven(network: Any, image: Any, task: str) -> None:
    """Give random weights a spread of outputs: batch norms take their numbers from the picture, scores are spread."""
    import numpy as np
    import torch

    from anylabeling.codecs import PixelFormat
    from anylabeling.services.auto_labeling.preprocess import Letterbox, letterbox_into

    torch.manual_seed(7)
    # What the backends will see: a network of random weights makes something else of anything else.
    planes = np.empty((3, SIDE_PX, SIDE_PX), np.float32)
    box = Letterbox.fit(image.shape[1], image.shape[0], SIDE_PX, SIDE_PX)
    letterbox_into(planes, image, PixelFormat.RGB, box)
    blob = torch.from_numpy(planes)[None].repeat(2, 1, 1, 1)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 1.0
        elif isinstance(module, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(module.weight)  # numbers that fit into half precision, which files are in
    with torch.no_grad():
        network.train()(blob)
        network.eval()
        head = network.model[-1]
        for layer in [head.linear] if task == "classify" else [branch[-1] for branch in head.cv3]:
            outputs: list[Any] = []
            hook = layer.register_forward_hook(lambda _module, _inputs, output, into=outputs: into.append(output))
            network(blob)
            hook.remove()
            values = outputs[0].transpose(0, 1).flatten(1)
            if task == "classify":  # the classes differ by a few powers of e
                layer.weight *= 3.0 / values.std()
                continue
            # The best place of each class in the picture gets a logit of 1, the usual one -4.
            middle = values.mean(dim=1)
            scale = 5.0 / (values.amax(dim=1) - middle).clamp(min=1e-6)
            layer.bias.copy_((layer.bias - middle) * scale - 4.0)
            layer.weight *= scale.view(-1, 1, 1, 1)


def found_by(path: Path, picture: Any, backend: str) -> dict[str, Any]:
    """Return what our model finds: backend, shapes and flags."""
    from anylabeling.messages.auto_labeling import DetectOptions
    from anylabeling.services.auto_labeling.model_manager import ModelManager

    manager = ModelManager()
    model = manager.load(path, trust=True, preferred_backend=backend)
    options = DetectOptions(confidence=0.05 if path.stem == "classify" else 0.3, iou=0.9, max_detections=40)
    shapes = model.predict_shapes(picture, options=options)
    flags = model.candidates(picture).select(options, model.class_names)
    report = {
        "backend": model.info.choice.backend,
        "task": model.info.task,
        "shapes": [
            [shape.kind.value, shape.label, shape.score, shape.group_id, shape.points.tolist()] for shape in shapes
        ],
        "flags": flags.flags(model.class_names),
        "scores": flags.scores.tolist(),
    }
    manager.unload()
    return report


def main() -> int:
    """Make the models, run them, print the report."""
    sys.addaudithook(watch)
    folder, picture = Path(sys.argv[1]), Path(sys.argv[2])
    from anylabeling.codecs import PixelFormat, decode
    from anylabeling.services.auto_labeling.ultralytics_backend import import_quietly

    import_quietly()
    logging.getLogger("ultralytics").setLevel(logging.CRITICAL)
    save_models(folder, picture)
    pixels = decode(str(picture), pixel_format=PixelFormat.RGB).pixels
    report: dict[str, Any] = {
        task: {
            "checkpoint": found_by(folder / f"{task}.pt", pixels, "auto"),
            "export": found_by(folder / f"{task}.onnx", pixels, "onnx-cpu"),
        }
        for task in TASKS
    }
    sys.stdout.write(json.dumps({"tasks": report, "seen": _seen}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
