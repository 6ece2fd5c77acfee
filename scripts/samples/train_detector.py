"""Train the bundled detector from a random start on rendered scenes, and export it.

    python3 -m scripts.samples.train_detector --out FOLDER --minutes 7

Worker processes render scenes all the while; the pictures lie on the GPU, and each step draws a batch of those that
are ready. Writes samples-yolo.onnx, weights.pt and report.txt into the folder.
"""

from __future__ import annotations

import argparse
import copy
import math
import multiprocessing
import random
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from scripts.samples.evaluate import find_detections, format_report, measure
from scripts.samples.examples import INPUT_SIZE, TEST_SEED, TRAINING_SEED, Example, render_example
from scripts.samples.export import compare_with_onnx, export_onnx
from scripts.samples.loss import Truth, detection_loss
from scripts.samples.model import Detector, ExportedDetector
from scripts.samples.scenes import CLASSES

_MOST_OBJECTS = 48


class ExamplePool:
    """Training examples on the device, filled by a thread while batches are drawn from it.

    Args:
        capacity: how many examples it can hold.
        device: where they lie.
    """

    def __init__(self, capacity: int, device: torch.device) -> None:
        self.ready = 0
        self.capacity = capacity
        self._images = torch.zeros((capacity, INPUT_SIZE, INPUT_SIZE, 3), dtype=torch.uint8, device=device)
        self._labels = torch.zeros((capacity, _MOST_OBJECTS), dtype=torch.int64, device=device)
        self._boxes = torch.zeros((capacity, _MOST_OBJECTS, 4), device=device)
        self._valid = torch.zeros((capacity, _MOST_OBJECTS), dtype=torch.bool, device=device)

    def fill(self, examples: Iterable[Example], stop: threading.Event) -> None:
        """Add examples until the pool is full, there are no more, or ``stop`` is set."""
        # A stream of its own: on the training's stream each copy would wait for the steps queued before it.
        stream = torch.cuda.Stream() if self._images.is_cuda else None
        with torch.cuda.stream(stream):
            for example in examples:
                if stop.is_set() or self.ready == self.capacity:
                    return
                self._put(self.ready, example)
                if stream is not None:
                    stream.synchronize()
                self.ready += 1

    def _put(self, index: int, example: Example) -> None:
        count = min(len(example.labels), _MOST_OBJECTS)
        self._images[index] = torch.from_numpy(example.image).to(self._images.device)
        if count:
            self._labels[index, :count] = torch.from_numpy(example.labels[:count]).to(self._labels.device)
            self._boxes[index, :count] = torch.from_numpy(example.boxes[:count]).to(self._boxes.device)
            self._valid[index, :count] = True

    def draw(self, size: int) -> tuple[Tensor, Truth]:
        """Return a random batch: images (size, 3, h, w) RGB 0..1, half of the batches mirrored, and their objects."""
        index = torch.randint(self.ready, (size,), device=self._images.device)
        valid = self._valid[index]
        most = max(1, int(valid.sum(1).max()))
        images = self._images[index].permute(0, 3, 1, 2).float() / 255
        gain = 1 + 0.15 * (2 * torch.rand((size, 3, 1, 1), device=images.device) - 1)
        images = (images * gain).clamp(0, 1)
        boxes = self._boxes[index, :most]
        if random.random() < 0.5:
            images = images.flip(3)
            boxes = torch.stack(
                (INPUT_SIZE - boxes[..., 2], boxes[..., 1], INPUT_SIZE - boxes[..., 0], boxes[..., 3]), -1
            )
        return images, Truth(self._labels[index, :most], boxes, valid[:, :most])


class Average:
    """A running average of a model's weights, which detects better than the weights of any one step."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model = copy.deepcopy(model).eval().requires_grad_(False)
        self._decay = decay
        self._steps = 0

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """Move the average towards the model."""
        self._steps += 1
        decay = self._decay * (1 - math.exp(-self._steps / 300))
        mine, theirs = [], []
        for own, other in zip(self.model.state_dict().values(), model.state_dict().values(), strict=True):
            if own.dtype.is_floating_point:
                mine.append(own)
                theirs.append(other)
            else:
                own.copy_(other)
        torch._foreach_lerp_(mine, theirs, 1 - decay)


def build_optimizer(model: nn.Module, rate: float) -> torch.optim.Optimizer:
    """Return AdamW that leaves biases and normalisations undecayed."""
    decayed = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.99))


def train(pool: ExamplePool, arguments: argparse.Namespace, device: torch.device) -> Detector:
    """Train for the given time and return the averaged model."""
    model = Detector(len(CLASSES)).to(device, memory_format=torch.channels_last)
    parameters = sum(p.numel() for p in model.parameters())
    print(f"{parameters} parameters, batch {arguments.batch}, {device}", flush=True)
    optimizer = build_optimizer(model, arguments.rate)
    average = Average(model, 0.9985)
    start, step, shown = time.monotonic(), 0, 0.0
    while (part := (time.monotonic() - start) / (arguments.minutes * 60)) < 1:
        rate = (
            arguments.rate * min(1, (step + 1) / arguments.warmup) * (0.02 + 0.98 * (1 + math.cos(math.pi * part)) / 2)
        )
        for group in optimizer.param_groups:
            group["lr"] = rate
        images, truth = pool.draw(arguments.batch)
        images = images.contiguous(memory_format=torch.channels_last)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
            boxes, classes, centers, strides = model(images)
        loss, parts = detection_loss(boxes, classes, centers, strides, truth)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        optimizer.step()
        average.update(model)
        step += 1
        elapsed = time.monotonic() - start
        if elapsed - shown >= 15 or step == 1:
            shown = elapsed
            figures = " ".join(f"{name} {float(value):.3f}" for name, value in parts.items())
            pictures = step * arguments.batch
            print(
                f"{elapsed:5.0f} s step {step} ({pictures / elapsed:.0f}/s, {pool.ready} scenes) {figures}", flush=True
            )
            torch.save(average.model.state_dict(), arguments.out / "weights.pt")
    print(f"trained {step} steps on {pool.ready} scenes in {time.monotonic() - start:.0f} s", flush=True)
    torch.save(average.model.state_dict(), arguments.out / "weights.pt")
    trained = average.model
    assert isinstance(trained, Detector)
    return trained


@torch.no_grad()
def report_on(model: Detector, truths: list[Example], device: torch.device) -> str:
    """Measure a model on examples."""
    exported = ExportedDetector(model).eval()
    found = []
    for first in range(0, len(truths), 25):
        images = np.stack([truth.image for truth in truths[first : first + 25]])
        batch = torch.from_numpy(images).to(device).permute(0, 3, 1, 2).float() / 255
        found += [find_detections(output) for output in exported(batch).cpu().numpy()]
    return format_report(measure(found, truths), truths)


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Train and export the bundled detector.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument("--minutes", type=float, default=7.0, help="training time")
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--warmup", type=int, default=200, help="steps until the peak")
    parser.add_argument("--scenes", type=int, default=40_000, help="most training scenes")
    parser.add_argument("--first-scenes", type=int, default=2500, help="training scenes to start with")
    parser.add_argument("--test-scenes", type=int, default=600)
    parser.add_argument("--workers", type=int, default=max(1, multiprocessing.cpu_count() - 1))
    return parser.parse_args()


def main() -> None:
    """Render, train, measure, export, compare."""
    arguments = parse_arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cudnn.benchmark = True
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(7)
    random.seed(7)
    stop = threading.Event()
    workers = multiprocessing.get_context("spawn").Pool(arguments.workers)
    try:
        began = time.monotonic()
        truths = workers.map(render_example, range(TEST_SEED, TEST_SEED + arguments.test_scenes), 4)
        print(f"{len(truths)} test scenes in {time.monotonic() - began:.0f} s", flush=True)
        pool = ExamplePool(arguments.scenes, device)
        seeds = range(TRAINING_SEED, TRAINING_SEED + arguments.scenes)
        filler = threading.Thread(
            target=pool.fill, args=(workers.imap_unordered(render_example, seeds, 4), stop), daemon=True
        )
        filler.start()
        while pool.ready < arguments.first_scenes and filler.is_alive():
            time.sleep(0.2)
        print(f"{pool.ready} training scenes after {time.monotonic() - began:.0f} s", flush=True)
        model = train(pool, arguments, device)
        # The thread takes one more example before it sees this, so the workers must outlive it.
        stop.set()
        filler.join()
    finally:
        stop.set()
        workers.terminate()
    lines = [report_on(model, truths, device)]
    print(lines[0], flush=True)
    path = arguments.out / "samples-yolo.onnx"
    model.fuse()
    exported = ExportedDetector(model.cpu().float()).eval()
    export_onnx(exported, path, CLASSES)
    lines.append(compare_with_onnx(exported, path, [truth.image for truth in truths[:8]]))
    parameters = sum(p.numel() for p in model.parameters())
    lines.append(f"{path.name}: {path.stat().st_size} bytes, {parameters} parameters")
    print("\n".join(lines[1:]), flush=True)
    (arguments.out / "report.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
