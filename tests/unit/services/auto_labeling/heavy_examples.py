"""Make a checkpoint of YOLOE, show it what to look for, and say what it finds, here and by Ultralytics' own steps.

usage: heavy_examples.py FOLDER PICTURE

The network is built from its description, which comes with the package, with random weights. Prints JSON.
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from heavy_models import _seen, watch
from heavy_words import enliven, scores

BOXES = np.array([[40.0, 60.0, 120.0, 200.0], [150.0, 30.0, 310.0, 100.0], [200.0, 210.0, 240.0, 290.0]])


def main(folder: Path, picture: Path) -> None:
    """Make the model, show it examples, print."""
    from anylabeling.codecs import PixelFormat, decode
    from anylabeling.services.auto_labeling.model_manager import ModelManager
    from anylabeling.services.auto_labeling.ultralytics_backend import import_quietly

    _, torch = import_quietly()
    logging.getLogger("ultralytics").setLevel(logging.CRITICAL)
    from ultralytics import YOLOE

    torch.manual_seed(1)
    made = YOLOE("yoloe-11s-seg.yaml", verbose=False)
    enliven(torch, made.model)
    made.ckpt = {"train_args": {"imgsz": 320, "task": made.task}}
    made.save(str(folder / "yoloe.pt"))
    pixels = decode(str(picture), pixel_format=PixelFormat.RGB).pixels
    here, there = pixels[:320, :320], pixels[320:640, 300:540]
    manager = ModelManager()
    model: Any = manager.load(folder / "yoloe.pt", trust=True)
    report = {
        "keeps": model.info.keeps_alike,
        **shown(torch, YOLOE(str(folder / "yoloe.pt")).model.float().eval(), model, here, there),
        **kept(manager, model, here),
        **searched(manager, model, here),
        **run(manager, model, folder, here, there),
        "seen": _seen,
    }
    sys.stdout.write(json.dumps(report) + "\n")


def exemplars(rows: np.ndarray, *, positive: bool = True) -> list[Any]:
    """Return boxes as exemplars."""
    from anylabeling.document.shape import Shape, ShapeKind
    from anylabeling.services.auto_labeling.exemplars import Exemplar

    return [Exemplar(Shape(ShapeKind.RECTANGLE, row.reshape(2, 2)), positive) for row in rows]


def shown(torch: Any, network: Any, model: Any, here: np.ndarray, there: np.ndarray) -> dict[str, Any]:
    """Return the scores of a model that was shown examples, and those of Ultralytics' own steps, on two pictures."""
    from ultralytics.data.augment import LoadVisualPrompt

    taught = model.with_examples(here, [*exemplars(BOXES[:2]), *exemplars(BOXES[2:], positive=False)], "thing")
    blob = torch.from_numpy(model.prepare(here).blob)[None]
    masks = LoadVisualPrompt().get_visuals(np.array([0, 0, 1]), tuple(blob.shape[2:]), torch.from_numpy(BOXES))
    with torch.inference_mode():
        features = network.get_visual_pe(blob, masks[None].float())
        other = torch.from_numpy(model.prepare(there).blob)[None]
        wanted = [network.predict(each, vpe=features)[0][0][0] for each in (blob, other)]
    return {
        "classes": list(taught.class_names),
        "weights": [taught.info.weights, model.with_examples(here, exemplars(BOXES[:1]), "thing").info.weights],
        "ours": [scores(taught, each)["scores"] for each in (here, there)],
        "theirs": [each[4:6, :50].tolist() for each in wanted],
        "other_object": scores(model.with_examples(here, exemplars(BOXES[:1]), "thing"), here)["scores"],
    }


def kept(manager: Any, model: Any, here: np.ndarray) -> dict[str, Any]:
    """Return what the loaded model looks for while it goes on with examples, and after other names were typed."""
    from anylabeling.messages.auto_labeling import Tiling

    manager.keep(model.with_examples(here, exemplars(BOXES[:1]), "thing"))
    names = [manager.current.class_names]
    manager.set_tiling(Tiling(100, 0.0))
    names.append(manager.current.class_names)
    manager.set_tiling(None)
    manager.set_text(("cat",))
    names.append(manager.current.class_names)
    return {"kept": [list(each) for each in names]}


def run(manager: Any, model: Any, folder: Path, here: np.ndarray, there: np.ndarray) -> dict[str, Any]:
    """Return how often each class was found on two pictures of a folder, and whether a long run has the same model."""
    from anylabeling.codecs import encode_png
    from anylabeling.messages.auto_labeling import AutoLabelRequest, DetectOptions
    from anylabeling.services.auto_labeling.backend import BackendOptions
    from anylabeling.services.auto_labeling.label_run import label_many
    from anylabeling.services.auto_labeling.throughput_model import for_many_images
    from anylabeling.services.dataset.label_store import LabelStore
    from anylabeling.utils.cancellation import CancelToken

    paths = []
    for name, pixels in (("here.png", here), ("there.png", there)):
        (folder / name).write_bytes(encode_png(np.ascontiguousarray(pixels)))
        paths.append(str(folder / name))
    manager.keep(model.with_examples(here, exemplars(BOXES[:1]), "thing"))
    with for_many_images(manager.current, BackendOptions(concurrency=4), images=1000, cancel=CancelToken()) as lent:
        request = AutoLabelRequest(tuple(paths), DetectOptions(confidence=0.3))
        summary = label_many(lent, request, LabelStore())
        return {"same": lent is manager.current, "run": summary.per_class, "labelled": summary.labelled}


def searched(manager: Any, model: Any, here: np.ndarray) -> dict[str, Any]:
    """Return labels and boxes of what a search finds, and of one that knows the best of it already."""
    from anylabeling.codecs import PixelFormat
    from anylabeling.document.geometry import bounds
    from anylabeling.messages.auto_labeling import DetectOptions
    from anylabeling.services.auto_labeling.find_alike import AlikeQuestion, find_alike

    wanted, unwanted = exemplars(BOXES[:1]), exemplars(BOXES[1:2], positive=False)
    question = AlikeQuestion(
        here, PixelFormat.RGB, "", (320, 320), (*wanted, *unwanted), options=DetectOptions(confidence=0.3)
    )
    found = find_alike(None, manager.current, question)
    again = find_alike(None, model, replace(question, known=(found[0],)))
    return {
        "found": [[shape.label, *bounds(shape)] for shape in found],
        "again": [[shape.label, *bounds(shape)] for shape in again],
    }


if __name__ == "__main__":
    sys.addaudithook(watch)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
