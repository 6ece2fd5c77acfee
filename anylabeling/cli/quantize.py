"""``anylabeling models quantize``: write a model in half precision or 8-bit integers, and say what that does."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling.cli import EXIT_OK
from anylabeling.cli.console import complain
from anylabeling.errors import UsageError
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.quantize import Comparison

_MOST_COMPARED = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what only this action takes."""
    parser.add_argument("--images", metavar="DIR", help="quantize: pictures of the kind that the model will see")
    parser.add_argument(
        "--precision", choices=["int8", "fp16"], default="int8", help="quantize: what to compute in (default: int8)"
    )


def run(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """Convert the model, run both on the pictures, print the differences."""
    from anylabeling.services.auto_labeling.quantize import Precision, compare, convert
    from anylabeling.services.imaging.scanner import scan_folder

    if len(arguments.names) != 2:
        raise UsageError("anylabeling models quantize takes two files: the model and the one to write.")
    source, target = map(Path, arguments.names)
    precision = Precision(arguments.precision)
    if precision is Precision.INT8 and not arguments.images:
        raise UsageError("8-bit integers need pictures to calibrate the model with.", hint="Give --images FOLDER.")
    images = scan_folder(Path(arguments.images), recursive=True, cancel=cancel) if arguments.images else []
    if arguments.images and not images:
        raise UsageError(f"There are no images in {arguments.images}.")
    spec = convert(source, target, precision, images, cancel=cancel)
    complain(f"Wrote {spec.path} ({spec.path.stat().st_size / 1e6:.1f} MB).")
    if images:
        step = max(1, len(images) // _MOST_COMPARED)
        _print_comparison(compare(source, target, images[::step][:_MOST_COMPARED], cancel=cancel))
    return EXIT_OK


def _print_comparison(found: Comparison) -> None:
    speed = found.ms_before / max(found.ms_after, 1e-9)
    print(f"images            {found.images:,}, run by {found.backend}")
    print(f"one image         {found.ms_before:.1f} ms before, {found.ms_after:.1f} ms now: {speed:.2f} times as fast")
    print(f"objects           {found.both:,} found by both, {found.lost:,} lost, {found.new:,} new")
    print(f"boxes differ by   {found.box_px[1]:.2f} px in the middle, {found.box_px[0]:.1f} px at most")
    print(f"scores differ by  {found.score[1]:.3f} in the middle, {found.score[0]:.3f} at most")
