"""``anylabeling filter``: print or export the images for which all that is asked for holds."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from anylabeling.cli import EXIT_FAILURES
from anylabeling.cli.console import Console, complain, exit_code
from anylabeling.cli.inputs import (
    add_common_arguments,
    detect_options,
    images_of,
    load_model,
    root_folder,
    services_for,
)
from anylabeling.errors import StorageError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.filtering import SortKey
from anylabeling.messages.progress import ItemFailure
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.messages.filtering import FilterSummary
    from anylabeling.services.dataset.label_store import LabelStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    from anylabeling.services.filtering.arguments import add_query_arguments

    parser.description = (
        "Print the images for which all that is asked for holds, one path a line. What a model finds is kept: asked "
        "again, or for other classes, counts and scores, it runs for new and changed images only."
    )
    parser.epilog = "Exit codes: 0 done, 1 some images failed (each is named), 2 bad usage, 130 stopped."
    add_common_arguments(parser, model_required=False)
    add = parser.add_argument
    add_query_arguments(parser)
    add("--labels", metavar="DIR", help="folder of the label files (default: beside the images)")
    add("--import", dest="within", metavar="FILE", help="look only at images listed in a .txt, .csv or .json file")
    add("--moved", action="store_true", help="recognise images that were moved by their content")
    add("--export", metavar="FILE", help="write the result to a .json, .txt or .csv file instead")
    add("--class-counts", action="store_true", help="add a column for each class to a .csv file")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--copy-to", metavar="DIR", help="copy the images that match into a folder")
    place.add_argument("--link-to", metavar="DIR", help="link the images that match into a folder")
    add("--with-labels", action="store_true", help="put copies of the label files into that folder, too")


def run(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """Print or export the images that match, and a summary."""
    from anylabeling.composition import label_store
    from anylabeling.services.filtering.arguments import query_from
    from anylabeling.services.filtering.engine import check_classes
    from anylabeling.services.filtering.export import check_export_path, export_results

    if arguments.export:
        check_export_path(arguments.export)
    paths = images_of(arguments, cancel)
    # Asked once before the model is loaded, for what makes no sense at all.
    needs_model = query_from(arguments, DetectOptions(0.0)).needs_model
    services, model = load_model(arguments, paths, cancel) if needs_model else (services_for(paths), None)
    query = query_from(arguments, DetectOptions(0.0) if model is None else detect_options(arguments, model))
    if model is not None:
        check_classes(query.named_classes, model.class_names)
    console = Console(sys.stderr)
    # Names go to standard output, for other programs to read; everything else to standard error.
    streams = not arguments.export and query.sort is SortKey.FOLDER and not query.reverse
    labels = label_store(root_folder(arguments.path), arguments.labels)
    try:
        summary = services.filter_engine(labels, recognise_moved=arguments.moved).run(
            query,
            paths,
            model,
            cancel=cancel,
            on_match=(lambda match: console.result(match.path)) if streams else None,
            on_progress=console.progress,
        )
    finally:
        services.close()
    console.clear()
    for match in () if streams or arguments.export else summary.matches:
        print(match.path)
    for path, reason in summary.failed:
        console.failed(ItemFailure(path, reason))
    failed = bool(summary.failed)
    if arguments.export:
        try:
            left_out = export_results(arguments.export, summary, class_counts=arguments.class_counts)
        except StorageError as error:
            # The question made sense, and what was found is kept: it is no bad usage.
            complain(f"anylabeling filter: error: {error}")
            return EXIT_FAILURES
        for path in left_out:
            console.failed(ItemFailure(ascii(path), "no line of a .txt file can name it; .csv and .json files can"))
        failed = failed or bool(left_out)
    if arguments.copy_to or arguments.link_to:
        _gather(arguments, [match.path for match in summary.matches], labels, cancel)
    _print_summary(summary, arguments.export)
    return exit_code(failed=failed, cancelled=summary.cancelled)


def _gather(arguments: argparse.Namespace, paths: list[str], labels: LabelStore, cancel: CancelToken) -> None:
    """Copy or link images into a folder, with copies of their label files where wished."""
    from anylabeling.services.filtering.export import gather_matches
    from anylabeling.services.filtering.gather import gather_with_labels

    folder, link = arguments.copy_to or arguments.link_to, not arguments.copy_to
    if not arguments.with_labels:
        gather_matches(folder, paths, link=link, cancel=cancel)
        return
    for path, reason in gather_with_labels(folder, paths, labels, link=link, cancel=cancel).failed:
        complain(f"warning: the labels of {path} were not taken along: {reason}")


def _print_summary(summary: FilterSummary, export: str | None) -> None:
    text = f"{len(summary.matches):,} of {summary.total:,} images match"
    if summary.failed:
        text += f", {len(summary.failed):,} failed"
    if summary.from_cache:
        text += f", {summary.from_cache:,} known from before"
    text += f"; {summary.seconds:.1f} s"
    if summary.inferred:
        # Those that were known say nothing about how long the rest takes.
        rate = summary.inferred / max(summary.seconds, 1e-9)
        text += f", the model looked at {summary.inferred:,}, {rate:.1f} images/s"
    text += "."
    if not summary.matches and summary.removed:
        text += f" Most were removed by: {summary.removed[0][0]} ({summary.removed[0][1]:,})."
    for notice in summary.notices:
        complain(f"warning: {notice}")
    if export:
        text += f" Written to {export}."
    if summary.cancelled:
        text += " Stopped before the end."
    complain(text)
