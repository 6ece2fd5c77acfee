"""Make checkpoints of YOLO-World and YOLOE and small text encoders, and say what typed names find.

usage: heavy_words.py FOLDER PICTURE

The networks are built from their descriptions, which come with the package, with random weights. The text encoders are
small ones of the form of the real ones: TorchScript, that of CLIP with CLIP's names of weights. Prints JSON.
"""

from __future__ import annotations

import gzip
import json
import logging
import sys
from pathlib import Path
from typing import Any

from heavy_models import _seen, watch

WIDTH, CHANNELS, WORDS = 64, 512, 600


def main(folder: Path, picture: Path) -> None:
    """Make the models, ask them, print."""
    from anylabeling.services.auto_labeling.ultralytics_backend import import_quietly

    _, torch = import_quietly()
    logging.getLogger("ultralytics").setLevel(logging.CRITICAL)
    from ultralytics import YOLOE, YOLOWorld

    torch.manual_seed(1)
    (folder / "bpe_simple_vocab_16e6.txt.gz").write_bytes(
        gzip.compress(b"a vocabulary\nr e\nre d</w>\nc a\nca t</w>\n")
    )
    for name, kind, yaml in (("world", YOLOWorld, "yolov8s-worldv2.yaml"), ("yoloe", YOLOE, "yoloe-11s-seg.yaml")):
        model = kind(yaml, verbose=False)
        enliven(torch, model.model)
        model.ckpt = {"train_args": {"imgsz": 320, "task": model.task}}
        model.save(str(folder / f"{name}.pt"))
    report = {"found": ask(folder, picture), "clip": clip_difference(torch), "seen": _seen}
    sys.stdout.write(json.dumps(report) + "\n")


def enliven(torch: Any, network: Any) -> None:
    """Let scores differ: batch norms take their numbers from noise, and scores are spread."""
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 1.0
        if hasattr(module, "logit_scale"):
            module.logit_scale.data.fill_(1.0)
            module.bias.data.fill_(0.0)
    with torch.no_grad():
        network.train()(torch.rand(2, 3, 320, 320))
    network.eval()


def ask(folder: Path, picture: Path) -> dict[str, Any]:
    """Return what each model finds without names, with some, and with others."""
    import torch

    from anylabeling.codecs import PixelFormat, decode
    from anylabeling.errors import AppError
    from anylabeling.services.auto_labeling.model_manager import ModelManager

    image = decode(str(picture), pixel_format=PixelFormat.RGB).pixels[:320, :320]
    found: dict[str, Any] = {}
    for name in ("world", "yoloe"):
        manager = ModelManager()
        model: Any = manager.load(folder / f"{name}.pt", trust=True)
        before = scores(model, image) if name == "world" else None
        row: dict[str, Any] = {"before": before, "takes_text": model.info.takes_text, "classes": len(model.class_names)}
        for missing in (True, False):
            if not missing:
                save_encoder(torch, folder, name)
            try:
                asked = model.with_classes(("red cat", "cat"))
                row["asked"] = scores(asked, image)
                row["swapped"] = scores(model.with_classes(("cat", "red cat")), image)
                row["other"] = scores(model.with_classes(("red",)), image)
                row["again"] = scores(asked, image)
                row["own"] = scores(model, image)
            except AppError as error:
                row.setdefault("errors", []).append(error.user_text)
        manager.unload()
        found[name] = row
    return found


def scores(model: Any, image: Any) -> dict[str, Any]:
    """Return classes of a model, and the scores of all its boxes for each."""
    prepared = model.prepare(image)
    output = model.infer([prepared])[0][0]
    count = len(model.class_names)
    return {
        "classes": list(model.class_names)[:3],
        "rows": output.shape[0],
        "scores": output[4 : 4 + count, :50].tolist(),
    }


def save_encoder(torch: Any, folder: Path, name: str) -> None:
    """Write a small text encoder of the form that a model has."""
    if name == "world":
        torch.jit.save(torch.jit.trace(Clip(), torch.zeros(1, 77, dtype=torch.int64)), str(folder / "ViT-B-32.pt"))
    else:
        torch.jit.save(
            torch.jit.trace(Mobile(), torch.zeros(1, 77, dtype=torch.int32)), str(folder / "mobileclip_blt.ts")
        )


def clip_difference(torch: Any) -> float:
    """Return how far the features of two ways to compute CLIP's text encoder are apart."""
    from anylabeling.services.auto_labeling.ultralytics_texts import clip_text

    model = Clip().eval()
    tokens = torch.randint(1, WORDS - 1, (3, 77))
    tokens[torch.arange(3), torch.tensor([5, 20, 76])] = WORDS - 1
    with torch.inference_mode():
        wanted = model(tokens)
        return float((wanted - clip_text(torch, dict(model.state_dict()), tokens)).abs().max() / wanted.abs().max())


if __name__ == "__main__":
    import torch
    from torch import nn

    class Block(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.attn = nn.MultiheadAttention(WIDTH, WIDTH // 64)
            self.ln_1, self.ln_2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
            self.mlp = nn.ModuleDict({"c_fc": nn.Linear(WIDTH, 4 * WIDTH), "c_proj": nn.Linear(4 * WIDTH, WIDTH)})

        def forward(self, x: Any) -> Any:
            mask = torch.full((x.shape[0], x.shape[0]), float("-inf")).triu_(1)
            normal = self.ln_1(x)
            x = x + self.attn(normal, normal, normal, need_weights=False, attn_mask=mask)[0]
            wide = self.mlp["c_fc"](self.ln_2(x))
            return x + self.mlp["c_proj"](wide * torch.sigmoid(1.702 * wide))

    class Clip(nn.Module):
        """CLIP's text encoder, by the names that it has in CLIP's file."""

        def __init__(self) -> None:
            super().__init__()
            self.token_embedding = nn.Embedding(WORDS, WIDTH)
            self.positional_embedding = nn.Parameter(torch.randn(77, WIDTH))
            self.transformer = nn.ModuleDict({"resblocks": nn.ModuleList([Block(), Block()])})
            self.ln_final = nn.LayerNorm(WIDTH)
            self.text_projection = nn.Parameter(torch.randn(WIDTH, CHANNELS))

        def forward(self, tokens: Any) -> Any:
            x = (self.token_embedding(tokens) + self.positional_embedding).permute(1, 0, 2)
            for block in self.transformer["resblocks"]:
                x = block(x)
            x = self.ln_final(x.permute(1, 0, 2))
            return x[torch.arange(x.shape[0]), tokens.argmax(dim=-1)] @ self.text_projection

    class Mobile(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embedding = nn.Embedding(WORDS, CHANNELS)

        def forward(self, tokens: Any) -> Any:
            x = self.embedding(tokens.long()).sum(dim=1)
            return x / x.norm(dim=-1, keepdim=True)

    sys.addaudithook(watch)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
