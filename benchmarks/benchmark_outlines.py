"""How long outlining everything takes: ``python -m benchmarks.benchmark_outlines --model FILE IMAGE...``.

The encoder runs before the clock does: the window has made a picture ready by then.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from anylabeling.codecs import PixelFormat, decode
from anylabeling.messages.prompting import Mark, Mask
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.embeddings import Embedding, EmbeddingLimits
from anylabeling.services.auto_labeling.models.segment_anything import SegmentAnythingModel, open_model
from anylabeling.services.auto_labeling.models.segment_anything_files import find_files
from anylabeling.services.auto_labeling.outline_all import outline_all
from benchmarks.benchmark_inference import machine_facts


class _Counted:
    """A model that counts its answers."""

    def __init__(self, model: SegmentAnythingModel) -> None:
        self._model = model
        self.answers = 0

    def decode(self, embedding: Embedding, marks: Sequence[Mark], **more: Any) -> Mask:
        """Answer marks."""
        self.answers += 1
        return self._model.decode(embedding, marks, **more)


def main() -> int:
    """Outline each picture, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", nargs="+", metavar="IMAGE", type=Path)
    parser.add_argument("--model", required=True, type=Path, help="a file of a Segment Anything pair")
    parser.add_argument("--backend", default="auto")
    parser.add_argument("--output", type=Path, metavar="FILE.json")
    arguments = parser.parse_args()
    files = find_files(arguments.model)
    if files is None:
        parser.error(f"{arguments.model} is no Segment Anything model")
    model = open_model(files, arguments.backend, options=BackendOptions(), limits=EmbeddingLimits())
    model.warm_up()
    rows = []
    for path in arguments.images:
        embedding = model.embedding(decode(str(path), pixel_format=PixelFormat.RGB).pixels)
        counted = _Counted(model)
        start = time.perf_counter()
        shapes = outline_all(cast("Any", counted), embedding)  # it only decodes
        seconds = time.perf_counter() - start
        rows.append({"image": path.name, "shapes": len(shapes), "answers": counted.answers, "seconds": seconds})
        print(f"{path.name}: {len(shapes)} shapes, {counted.answers} answers, {seconds:.1f} s", flush=True)
    if arguments.output:
        facts = {"machine": machine_facts(), "model": model.info.name, "backend": model.info.choice.backend}
        arguments.output.write_text(json.dumps({**facts, "rows": rows}, indent=2) + "\n", encoding="utf-8")
    model.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
