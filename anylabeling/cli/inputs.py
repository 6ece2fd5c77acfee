"""What commands over images share: their arguments, the images, the model and the services."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling.cli.console import complain
from anylabeling.errors import UsageError
from anylabeling.messages.auto_labeling import MAX_TILE_OVERLAP, MAX_TILE_PX, MIN_TILE_PX, DetectOptions, Tiling
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.composition import Services
    from anylabeling.services.auto_labeling.detection_model import DetectionModel


def add_common_arguments(
    parser: argparse.ArgumentParser, *, model_required: bool = True, prompt_options: Sequence[str] = ("--prompt",)
) -> None:
    """Add what every command over images takes; what is to be looked for is named by ``prompt_options``."""
    from anylabeling.services.filtering.arguments import class_list, share

    parser.add_argument("path", metavar="DIR", help="a folder of images, or one image")
    parser.add_argument(
        "--model",
        required=model_required,
        metavar="FILE",
        help="an .onnx or .pt file, a config.yaml that names one, rapidocr to read text, or the address of a model on "
        "a server (http://HOST:PORT/NAME)",
    )
    parser.add_argument(
        "--trust",
        action="store_true",
        help="load a .pt file that was not loaded before, although loading it runs code from it; this is remembered",
    )
    parser.add_argument("--conf", type=share, metavar="0-1", help="least score of an object that counts")
    parser.add_argument("--iou", type=share, metavar="0-1", help="overlap above which two boxes are one object")
    parser.add_argument("--classes", type=class_list, metavar="A,B", help="only these classes (default: all)")
    parser.add_argument(
        *prompt_options,
        dest="prompt",
        metavar="A,B",
        help='what to look for, with a model that finds what is typed, such as "person, red car"',
    )
    parser.add_argument(
        "--tiles",
        type=_tile_side,
        metavar="PX",
        help="look at larger images in tiles of this side, too, for small objects; 0 takes what the model looks at at "
        "once",
    )
    parser.add_argument(
        "--overlap", type=_tile_overlap, metavar="0-0.9", help="share of a tile that the next one shows, too (0.2)"
    )
    parser.add_argument("--recursive", "-r", action="store_true", help="look into sub-folders too")


def images_of(arguments: argparse.Namespace, cancel: CancelToken) -> list[str]:
    """Return the images that a command is about.

    Raises:
        UsageError: When there are none.
    """
    from anylabeling.codecs import IMAGE_SUFFIXES
    from anylabeling.services.imaging.scanner import scan_folder

    path = Path(arguments.path)
    if getattr(arguments, "within", None):
        return _listed(path, arguments.within)
    if path.is_file():
        if path.suffix.lower() not in IMAGE_SUFFIXES:
            raise UsageError(f"{path} is neither a folder nor an image.")
        return [str(path)]
    if not path.exists():
        raise UsageError(f"{path} does not exist.")
    paths = scan_folder(
        path,
        recursive=arguments.recursive,
        cancel=cancel,
        on_skip=lambda folder, error: complain(f"skipped the folder {folder}: {error.strerror or error}"),
    )
    if not paths:
        hint = "" if arguments.recursive else "Add --recursive to look into its sub-folders."
        raise UsageError(f"There are no images in {path}.", hint=hint)
    return paths


def _listed(folder: Path, list_file: str) -> list[str]:
    from anylabeling.services.filtering.export import import_paths

    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder.")
    inside = str(folder.absolute()) + os.sep
    listed = import_paths(list_file)
    paths = [path for path in listed if path.startswith(inside)]
    if not paths:
        raise UsageError(f"{list_file} lists no images in {folder}.")
    if left_out := len(listed) - len(paths):
        complain(f"warning: {left_out:,} of the {len(listed):,} images in {list_file} are not in {folder}: left out")
    return paths


def root_folder(path: str) -> Path:
    """Return the folder of images, or the one in which the image lies."""
    return Path(path) if Path(path).is_dir() else Path(path).parent


def load_model(
    arguments: argparse.Namespace, paths: Sequence[str], cancel: CancelToken
) -> tuple[Services, DetectionModel]:
    """Load the model that a command names and say where it runs.

    Raises:
        AppError: When it names none or it cannot be loaded.
    """
    if not arguments.model:
        raise UsageError("This question needs a model.", hint="Give one with --model, or ask --source labels.")
    services = services_for(paths)
    services.models.choice_changed.connect(lambda changed: complain(f"warning: {changed.notice}"))
    model = services.models.load(
        arguments.model, preferred_backend=services.preferred_backend(), trust=arguments.trust, cancel=cancel
    )
    model = _in_tiles(arguments, _asked(arguments, model))
    choice = model.info.choice
    complain(f"{model.info.name} on {choice.device} ({choice.backend}). {choice.notice}".rstrip())
    return services, model


def _asked(arguments: argparse.Namespace, model: DetectionModel) -> DetectionModel:
    """Return the model that looks for what the command names.

    Raises:
        UsageError: When it looks for nothing, or finds no typed names.
    """
    from anylabeling.services.auto_labeling.tiled_model import as_wished
    from anylabeling.utils.typed_names import typed_names

    names = typed_names(arguments.prompt or "")
    if model.info.takes_text and not names and not model.class_names:
        raise UsageError(
            f"{model.info.name} finds what is typed.", hint='Say what, such as --prompt "person, red car".'
        )
    if names and not model.info.takes_text:
        raise UsageError(f"{model.info.name} finds its own classes only.", hint="Choose among them with --classes.")
    return as_wished(model, None, names) if names else model


def _in_tiles(arguments: argparse.Namespace, model: DetectionModel) -> DetectionModel:
    """Return the model with the tiles that the command asks for, else with those that its config suggests.

    Raises:
        UsageError: When it cannot look at tiles.
    """
    from anylabeling.services.auto_labeling.tiled_model import in_tiles

    tiling = model.suggested.tiling
    if arguments.tiles is not None:
        tiling = Tiling(arguments.tiles)
    if arguments.overlap is not None:
        if tiling is None:
            raise UsageError("--overlap is about tiles.", hint="Add --tiles.")
        tiling = replace(tiling, overlap=arguments.overlap)
    tiled = in_tiles(model, tiling)
    if tiled is model and arguments.tiles is not None:
        raise UsageError(f"{model.info.name} is no detector that could look at tiles.", hint="Leave --tiles out.")
    return tiled


def _tile_side(text: str) -> int:
    value = int(text) if text.isdecimal() and len(text) < 6 else -1
    if value == 0 or MIN_TILE_PX <= value <= MAX_TILE_PX:
        return value
    raise argparse.ArgumentTypeError(f"must be 0, or from {MIN_TILE_PX} to {MAX_TILE_PX}, not {text!r}")


def _tile_overlap(text: str) -> float:
    with contextlib.suppress(ValueError):
        if 0.0 <= (value := float(text)) <= MAX_TILE_OVERLAP:
            return value
    raise argparse.ArgumentTypeError(f"must be from 0 to {MAX_TILE_OVERLAP}, not {text!r}")


def services_for(paths: Sequence[str]) -> Services:
    """Build the services with the settings of the person, for a run over these images."""
    from anylabeling.composition import build_services
    from anylabeling.config import load_config
    from anylabeling.utils.log import set_up_logging

    set_up_logging("error")
    config, warnings = load_config()
    for warning in warnings:
        complain(f"warning: {warning}")
    return build_services(lambda: config, for_many_images=True, images=paths)


def detect_options(arguments: argparse.Namespace, model: DetectionModel) -> DetectOptions:
    """Return what the command asks of the model, with the model's own values for the rest."""
    options = model.default_options
    if arguments.classes is not None:
        options = replace(options, classes=arguments.classes)
    if arguments.conf is not None:
        options = replace(options, confidence=arguments.conf)
    return options if arguments.iou is None else replace(options, iou=arguments.iou)
