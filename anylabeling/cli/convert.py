"""``anylabeling convert``: labels and pictures from one format of data sets into another."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling.cli import EXIT_OK
from anylabeling.cli.console import Console, complain, exit_code
from anylabeling.errors import UsageError
from anylabeling.messages.datasets import ExistingLabels, ExportRequest, Frame, ImageMode, ImportRequest
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.document.formats.base import FormatInfo
    from anylabeling.messages.datasets import ExchangeReport
    from anylabeling.services.dataset.exchange_sources import Source
    from anylabeling.services.dataset.label_store import LabelStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    from anylabeling.services.filtering.arguments import class_list

    parser.description = (
        "Write labels and pictures as a data set of another format. What the new format cannot hold is said at the "
        "end. Where DST has the pictures already, --to labels writes their label files there."
    )
    parser.epilog = "Exit codes: 0 done, 1 some images failed (each is named), 2 bad usage, 130 stopped."
    add = parser.add_argument
    add("source", nargs="?", metavar="SRC", help="folder of the data set, or a file of it such as data.yaml")
    add("target", nargs="?", metavar="DST", help="folder for the new data set")
    add("--list", action="store_true", help="list the formats and end")
    add("--from", dest="from_format", metavar="FORMAT", help="format of SRC (default: what it looks like)")
    add("--to", dest="to_format", metavar="FORMAT", help="format of DST")
    add("--images", choices=[mode.value for mode in ImageMode], default=ImageMode.COPY.value,
        help="copy the pictures, link them, or leave them out (default: copy)")  # fmt: skip
    add("--image-folder", metavar="DIR", default="", help="where the pictures of SRC are, by name (default: in SRC)")
    add("--labels", metavar="DIR", help="folder of the label files, for --from labels (default: beside the pictures)")
    add("--recursive", "-r", action="store_true", help="look into sub-folders too, for --from labels")
    add("--split", type=_splits, default=(), metavar="A:N,B:N",
        help="divide the images, such as train:80,val:10,test:10 (default: the parts of SRC)")  # fmt: skip
    add("--seed", type=int, default=0, metavar="N", help="another number divides them in another way (default: 0)")
    add("--only-labelled", action="store_true", help="leave out images without labels")
    add("--only-checked", action="store_true", help="leave out images that nobody has checked")
    add("--classes", type=class_list, metavar="A,B", help="only objects of these labels (default: all)")
    add("--class-file", metavar="FILE",
        help="a classes.txt or data.yaml whose numbers count; labels that it lacks come behind")  # fmt: skip
    add("--frame", choices=[frame.value for frame in Frame], default=Frame.AUTO.value,
        help="for photos that are stored turned: the numbers count in the picture as it is shown, or as it is stored "
        "(default: auto; copies are written upright)")  # fmt: skip
    add("--existing", choices=[policy.value for policy in ExistingLabels], default=ExistingLabels.KEEP.value,
        help="images of DST that have labels, for --to labels: keep them, add what they lack, or replace them (the old "
        "files are kept aside; default: keep)")  # fmt: skip
    add("--overwrite", action="store_true", help="write into a folder that is not empty; class numbers in it stay")
    add("--uncompressed", action="store_true", help="COCO: write run lengths as lists of numbers")


def run(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """Convert and print a report."""
    from anylabeling.document.formats.registry import LABELS, all_formats, detect_format, format_info

    if arguments.list:
        _print_formats(all_formats())
        return EXIT_OK
    if not arguments.source or not arguments.target or not arguments.to_format:
        raise UsageError("Give SRC, DST and --to FORMAT.", hint="anylabeling convert --list names the formats.")
    source = Path(arguments.source)
    if not source.exists():
        raise UsageError(f"{source} does not exist.")
    to_format = format_info(arguments.to_format)
    from_format = format_info(arguments.from_format) if arguments.from_format else detect_format(source)
    if from_format is None:
        from_format = format_info(LABELS)
    complain(f"from {from_format.id} to {to_format.id}")
    console = Console(sys.stderr)
    if to_format.id == LABELS and from_format.id != LABELS and _has_images(Path(arguments.target)):
        report = _import(arguments, from_format, cancel, console)
    else:
        report = _export(arguments, from_format, to_format, cancel, console)
    console.clear()
    _print_report(report, console)
    return exit_code(failed=bool(report.failed), cancelled=report.cancelled)


def _import(
    arguments: argparse.Namespace, from_format: FormatInfo, cancel: CancelToken, console: Console
) -> ExchangeReport:
    from anylabeling.services.dataset.dataset_import import import_dataset

    folder = arguments.image_folder or arguments.target
    request = ImportRequest(
        from_format.id,
        arguments.source,
        images=folder,
        existing=ExistingLabels(arguments.existing),
        classes=_classes(arguments),
        frame=Frame(arguments.frame),
    )
    return import_dataset(request, _store(folder, None), cancel=cancel, on_progress=console.progress)


def _export(
    arguments: argparse.Namespace,
    from_format: FormatInfo,
    to_format: FormatInfo,
    cancel: CancelToken,
    console: Console,
) -> ExchangeReport:
    from anylabeling.services.dataset.dataset_export import export_dataset

    request = ExportRequest(
        to_format.id,
        arguments.target,
        images=ImageMode(arguments.images),
        splits=arguments.split,
        seed=arguments.seed,
        only_labelled=arguments.only_labelled,
        only_checked=arguments.only_checked,
        classes=_classes(arguments),
        frame=Frame(arguments.frame),
        known_classes=_known_classes(arguments.class_file),
        overwrite=arguments.overwrite,
        compressed=not arguments.uncompressed,
        colors=_label_colors(),
    )
    source = _source(arguments, from_format, cancel)
    return export_dataset(source, request, cancel=cancel, on_progress=console.progress)


def _source(arguments: argparse.Namespace, from_format: FormatInfo, cancel: CancelToken) -> Source:
    from anylabeling.document.formats.registry import LABELS, make_reader
    from anylabeling.services.dataset.exchange_sources import LabelSource, ReaderSource
    from anylabeling.services.imaging.scanner import scan_folder

    if from_format.id != LABELS:
        reader = make_reader(from_format, Path(arguments.source))
        return ReaderSource(reader, arguments.image_folder, Frame(arguments.frame))
    if not Path(arguments.source).is_dir():
        raise UsageError(f"{arguments.source} is not a folder.")
    folder = arguments.image_folder or arguments.source
    paths = scan_folder(folder, recursive=arguments.recursive, cancel=cancel)
    # What an earlier run wrote below the folder is no part of it.
    target = os.path.join(os.path.abspath(arguments.target), "")  # noqa: PTH100, PTH118 - keeps links
    outside = [path for path in paths if not os.path.abspath(path).startswith(target)]  # noqa: PTH100
    if paths and not outside:
        raise UsageError(f"{arguments.target} holds the pictures themselves.", hint="Give another folder as DST.")
    paths = outside
    if not paths:
        hint = "" if arguments.recursive else "Add --recursive to look into its sub-folders."
        raise UsageError(f"There are no images in {folder}.", hint=hint)
    labels = arguments.labels or (arguments.source if arguments.image_folder else None)
    return LabelSource(folder, paths, _store(folder, labels))


def _store(folder: str, labels: str | None) -> LabelStore:
    from anylabeling.composition import label_store

    return label_store(folder, labels)


def _classes(arguments: argparse.Namespace) -> frozenset[str] | None:
    return frozenset(arguments.classes) if arguments.classes else None


def _label_colors() -> tuple[tuple[str, tuple[int, int, int]], ...]:
    """Return the colours that the settings fix."""
    from anylabeling.config import load_config

    config, _warnings = load_config()
    return tuple((config["label_colors"] or {}).items())


def _known_classes(file: str | None) -> tuple[str, ...]:
    if not file:
        return ()
    from anylabeling.document.formats.reading import read_text
    from anylabeling.document.formats.yolo_files import read_data_file

    path = Path(file)
    if path.suffix.lower() in (".yaml", ".yml"):
        return tuple(name for _, name in sorted(read_data_file(path).names.items()))
    return tuple(line.strip() for line in read_text(path).splitlines() if line.strip())


def _splits(text: str) -> tuple[tuple[str, int], ...]:
    parts = []
    for part in text.split(","):
        name, colon, share = part.strip().partition(":")
        if not colon or not share.strip().isdecimal():
            raise argparse.ArgumentTypeError(f"{part!r} is not a name and a share such as train:80")
        parts.append((name.strip(), int(share)))
    return tuple(parts)


def _has_images(folder: Path) -> bool:
    from anylabeling.codecs import IMAGE_SUFFIXES
    from anylabeling.document.formats.reading import files_below

    return folder.is_dir() and next(files_below(folder, tuple(IMAGE_SUFFIXES)), None) is not None


def _print_formats(formats: tuple[FormatInfo, ...]) -> None:
    width = max(len(info.id) for info in formats)
    titles = max(len(info.title) for info in formats)
    for info in formats:
        print(f"{info.id:<{width}}  {info.title:<{titles}}  {info.holds}")


def _print_report(report: ExchangeReport, console: Console) -> None:
    for line in report.lines:
        print(line)
    for failure in report.failed:
        console.failed(failure)
    print(f"images           {report.images:,}")
    print(f"objects          {report.objects:,}")
    print(f"images failed    {len(report.failed):,}")
    print(f"time             {report.seconds:.1f} s, {report.images / max(report.seconds, 1e-9):.0f} images/s")
    if report.kept_aside:
        print(f"Label files that were changed are kept in {report.kept_aside}")
    if report.cancelled:
        print("Stopped before the end; what was written stays.")
