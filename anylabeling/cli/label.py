"""``anylabeling label``: run a model over images and write what it finds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling.cli.console import Console, complain, exit_code
from anylabeling.cli.inputs import add_common_arguments, detect_options, images_of, load_model, root_folder
from anylabeling.errors import UsageError
from anylabeling.messages.auto_labeling import AutoLabelRequest, ExistingPolicy
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.messages.auto_labeling import AutoLabelSummary
    from anylabeling.plugins.hooks import PluginHooks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = "Run a model over images and write what it finds into label files beside them."
    parser.epilog = "Exit codes: 0 done, 1 some images failed (each is named), 2 bad usage, 130 stopped."
    add_common_arguments(parser, prompt_options=("--text", "--prompt"))
    parser.add_argument(
        "--existing",
        choices=[policy.value for policy in ExistingPolicy],
        default=ExistingPolicy.SKIP.value,
        help="images that have shapes: skip leaves them alone, keep adds objects that have no shape yet, replace "
        "removes the old shapes (default: skip, so that no work is ever changed and a run that was stopped goes on)",
    )
    parser.add_argument("--output", "-o", metavar="DIR", help="folder for the label files (default: beside the images)")


def run(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """Label the images and print a summary."""
    from anylabeling.composition import label_store
    from anylabeling.services.auto_labeling.label_run import label_many
    from anylabeling.services.filtering.engine import check_classes

    paths = images_of(arguments, cancel)
    services, model = load_model(arguments, paths, cancel)
    check_classes(arguments.classes, model.class_names)
    _check_output(arguments.output)
    request = AutoLabelRequest(
        paths=tuple(paths),
        options=detect_options(arguments, model),
        existing=ExistingPolicy(arguments.existing),
        output_dir=arguments.output,
    )
    console = Console(sys.stderr)
    labels = label_store(root_folder(arguments.path), arguments.output)

    hooks = _hooks(arguments)
    written: list[str] = []
    try:
        summary = label_many(
            model,
            request,
            labels,
            cancel=cancel,
            on_failure=console.failed,
            on_progress=console.progress,
            on_labelled=lambda path, _count: written.append(path),
            change_result=hooks.change_result if hooks is not None and hooks.changes_results else None,
            settings=services.pipeline_settings(),
        )
        # The window and the filter need not look for what was just written.
        services.note_written(written, labels)
        if hooks is not None:
            hooks.run_finished(summary)
            hooks.closing()
    finally:
        services.close()
    console.clear()
    _print_summary(summary, arguments.existing)
    return exit_code(failed=bool(summary.failed), cancelled=summary.cancelled)


def _hooks(arguments: argparse.Namespace) -> PluginHooks | None:
    """Return what tells the plug-ins, after they know that the program runs; None without any."""
    if arguments.plugins is None:
        return None
    from anylabeling.plugins.hooks import PluginHooks

    arguments.plugins.load()
    hooks = PluginHooks(arguments.plugins)
    hooks.started(has_window=False)
    return hooks


def _check_output(folder: str | None) -> None:
    """Make the folder for the label files, rather than have every image fail for it.

    Raises:
        UsageError: When it cannot be made.
    """
    if folder is None:
        return
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "it is a file" if isinstance(error, FileExistsError) else error.strerror or error
        raise UsageError(f"{folder} cannot be the folder for the label files: {reason}.") from error


def _print_summary(summary: AutoLabelSummary, existing: str) -> None:
    if summary.per_class:
        width = max(len("class"), *(len(name) for name, _ in summary.per_class))
        print(f"{'class':<{width}}  objects")
        for name, count in summary.per_class:
            print(f"{name:<{width}}  {count:>7,}")
        print()
    done = summary.labelled + summary.skipped + len(summary.failed)
    print(f"images labelled  {summary.labelled:,}")
    reason = f" (they have shapes; --existing {existing})" if summary.skipped else ""
    print(f"images skipped   {summary.skipped:,}{reason}")
    print(f"images failed    {len(summary.failed):,}")
    print(f"objects found    {summary.shapes:,}")
    print(f"time             {summary.seconds:.1f} s, {done / max(summary.seconds, 1e-9):.1f} images/s")
    if summary.undone:
        complain(f"The disk is full: {summary.undone:,} images were not done. Make space, then run it again.")
    if summary.cancelled:
        print("Stopped before the end; what was written stays.")
