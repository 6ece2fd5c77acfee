"""The commands that run without a window: ``anylabeling label``, ``anylabeling filter`` and ``anylabeling doctor``.

Exit codes: 0 all done; 1 some images failed, each is named on standard error and the rest is done; 2 the command makes
no sense or could not start; 130 stopped with Ctrl+C, what was written by then stays.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from anylabeling import __version__
from anylabeling.errors import AppError, UsageError
from anylabeling.messages.auto_labeling import AutoLabelRequest, AutoLabelSummary, DetectOptions, ExistingPolicy
from anylabeling.messages.filtering import FilterSummary, SortKey
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.utils.cancellation import Cancelled, CancelToken

if TYPE_CHECKING:
    from anylabeling.composition import Services
    from anylabeling.messages.model_store import DownloadProgress
    from anylabeling.services.auto_labeling.detection_model import DetectionModel
    from anylabeling.services.auto_labeling.model_store import ModelStore

EXIT_OK, EXIT_FAILURES, EXIT_USAGE, EXIT_STOPPED = 0, 1, 2, 130
_BAR_WIDTH = 24


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Args:
        argv: Arguments after the program's name; ``sys.argv`` when None.
    """
    _accept_any_file_name()
    try:
        arguments = _parser().parse_args(sys.argv[1:] if argv is None else list(argv))
    except SystemExit as error:  # argparse ends the process after --help, --version and mistakes
        return error.code if isinstance(error.code, int) else EXIT_USAGE
    command: Callable[[argparse.Namespace, CancelToken], int] = arguments.run
    with _stop_on_signals() as cancel:
        try:
            return command(arguments, cancel)
        except AppError as error:
            _complain(f"anylabeling {arguments.command}: error: {error}")
            return EXIT_USAGE
        except (Cancelled, KeyboardInterrupt):
            _complain("Stopped.")
            return EXIT_STOPPED
        except BrokenPipeError:  # the reader of our output, such as head, has seen enough
            _discard_output()
            return EXIT_OK


def run_label(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """Label the images and print a summary."""
    from anylabeling.composition import label_store
    from anylabeling.services.auto_labeling.label_run import label_many
    from anylabeling.services.filtering.engine import check_classes

    paths = _images(arguments, cancel)
    services, model = _load_model(arguments, paths, cancel)
    check_classes(arguments.classes, model.class_names)
    request = AutoLabelRequest(
        paths=tuple(paths),
        options=_options(arguments, model),
        existing=ExistingPolicy(arguments.existing),
        output_dir=arguments.output,
    )
    console = _Console(sys.stderr)
    summary = label_many(
        model,
        request,
        label_store(_root(arguments.path), arguments.output),
        cancel=cancel,
        on_failure=console.failed,
        on_progress=console.progress,
        settings=services.pipeline_settings(),
    )
    console.clear()
    _print_label_summary(summary, arguments.existing)
    return _exit_code(failed=bool(summary.failed), cancelled=summary.cancelled)


def run_filter(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """Print or export the images that match, and a summary."""
    from anylabeling.composition import label_store
    from anylabeling.services.filtering.arguments import query_from
    from anylabeling.services.filtering.engine import check_classes
    from anylabeling.services.filtering.export import check_export_path, export_results, gather_matches

    if arguments.export:
        check_export_path(arguments.export)
    paths = _images(arguments, cancel)
    # Asked once before the model is loaded, for what makes no sense at all.
    needs_model = query_from(arguments, DetectOptions(0.0)).needs_model
    services, model = _load_model(arguments, paths, cancel) if needs_model else (_services(paths), None)
    query = query_from(arguments, DetectOptions(0.0) if model is None else _options(arguments, model))
    if model is not None:
        check_classes(query.named_classes, model.class_names)
    console = _Console(sys.stderr)
    # Names go to standard output, for other programs to read; everything else to standard error.
    streams = not arguments.export and query.sort is SortKey.FOLDER and not query.reverse
    labels = label_store(_root(arguments.path), arguments.labels)
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
    if arguments.export:
        export_results(arguments.export, summary, class_counts=arguments.class_counts)
    if arguments.copy_to or arguments.link_to:
        chosen = [match.path for match in summary.matches]
        gather_matches(arguments.copy_to or arguments.link_to, chosen, link=not arguments.copy_to, cancel=cancel)
    _print_filter_summary(summary, arguments.export)
    return _exit_code(failed=bool(summary.failed), cancelled=summary.cancelled)


def run_doctor(arguments: argparse.Namespace, _cancel: CancelToken) -> int:
    """Print what this installation can do and what is wrong with it."""
    import orjson

    from anylabeling.services.diagnostics import as_text, diagnose
    from anylabeling.utils.log import set_up_logging

    set_up_logging("error")
    diagnosis = diagnose()
    if arguments.json:
        print(orjson.dumps(diagnosis.as_dict(), option=orjson.OPT_INDENT_2).decode())
    else:
        print(as_text(diagnosis))
    return EXIT_OK if diagnosis.healthy else EXIT_FAILURES


def run_models(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """List, download or describe the models of the catalogue."""
    from anylabeling.services.auto_labeling.model_store import ModelStore

    store = ModelStore()
    if arguments.action == "list":
        words = [word.lower() for word in arguments.names]
        for model in store.models():
            entry = model.entry
            row = f"{entry.name:<32} {entry.task:<9} {entry.licence:<11} {'downloaded' if model.path else '':<11}"
            if all(word in f"{row} {entry.title}".lower() for word in words):
                print(f"{row} {entry.title}")
        return EXIT_OK
    if not arguments.names:
        raise UsageError(f"anylabeling models {arguments.action} needs the name of a model.")
    for name in arguments.names:
        if arguments.action == "download":
            _download(store, name, cancel)
        else:
            model = store.model(name)
            for key in ("name", "title", "task", "about", "licence", "needs", "url"):
                print(f"{key:<8} {getattr(model.entry, key)}")
            print(f"{'file':<8} {model.path or 'not downloaded'}")
    return EXIT_OK


def _download(store: ModelStore, name: str, cancel: CancelToken) -> None:
    console = _Console(sys.stderr)

    def show(progress: DownloadProgress) -> None:
        console.bytes_so_far(progress)

    path = store.download(name, cancel=cancel, on_progress=show)
    console.result(str(path))


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_USAGE, f"{self.prog}: error: {message} (see {self.prog} --help)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="anylabeling", description="Label and search images without a window.")
    parser.add_argument("--version", action="version", version=f"anylabeling {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    label = commands.add_parser(
        "label",
        help="label images with a model",
        description="Run a model over images and write what it finds into label files beside them.",
        epilog="Exit codes: 0 done, 1 some images failed (each is named), 2 bad usage, 130 stopped.",
    )
    _add_common_arguments(label)
    label.add_argument(
        "--existing",
        choices=[policy.value for policy in ExistingPolicy],
        default=ExistingPolicy.SKIP.value,
        help="images that have shapes: skip leaves them alone, keep adds objects that have no shape yet, replace "
        "removes the old shapes (default: skip, so that no work is ever changed and a run that was stopped goes on)",
    )
    label.add_argument("--output", "-o", metavar="DIR", help="folder for the label files (default: beside the images)")
    label.set_defaults(run=run_label)

    _add_filter_command(commands)

    doctor = commands.add_parser(
        "doctor",
        help="say what this installation can do",
        description="Print what is installed, what each backend can do here and why not, and what has to be mended.",
        epilog="Exit codes: 0 all is well, 1 something has to be mended.",
    )
    doctor.add_argument("--json", action="store_true", help="print JSON")
    doctor.set_defaults(run=run_doctor)

    models = commands.add_parser(
        "models",
        help="list, download or describe models",
        description="Show the models that can be downloaded, download them by name, or say what is known of them.",
    )
    models.add_argument("action", choices=["list", "download", "info"])
    models.add_argument("names", nargs="*", metavar="NAME", help="names; with list, words to look for")
    models.set_defaults(run=run_models)
    return parser


def _add_filter_command(commands: Any) -> None:
    from anylabeling.services.filtering.arguments import add_query_arguments

    search = commands.add_parser(
        "filter",
        help="find images by what a model sees in them and by their labels",
        description="Print the images for which all that is asked for holds, one path a line. What a model finds is "
        "kept: asked again, or for other classes, counts and scores, it runs for new and changed images only.",
        epilog="Exit codes: 0 done, 1 some images failed (each is named), 2 bad usage, 130 stopped.",
    )
    _add_common_arguments(search, model_required=False)
    add = search.add_argument
    add_query_arguments(search)
    add("--labels", metavar="DIR", help="folder of the label files (default: beside the images)")
    add("--import", dest="within", metavar="FILE", help="look only at images listed in a .txt, .csv or .json file")
    add("--moved", action="store_true", help="recognise images that were moved by their content")
    add("--export", metavar="FILE", help="write the result to a .json, .txt or .csv file instead")
    add("--class-counts", action="store_true", help="add a column for each class to a .csv file")
    place = search.add_mutually_exclusive_group()
    place.add_argument("--copy-to", metavar="DIR", help="copy the images that match into a folder")
    place.add_argument("--link-to", metavar="DIR", help="link the images that match into a folder")
    search.set_defaults(run=run_filter)


def _add_common_arguments(parser: argparse.ArgumentParser, *, model_required: bool = True) -> None:
    from anylabeling.services.filtering.arguments import class_list, share

    parser.add_argument("path", metavar="DIR", help="a folder of images, or one image")
    parser.add_argument(
        "--model", required=model_required, metavar="FILE", help="an .onnx or .pt file, or a config.yaml that names one"
    )
    parser.add_argument(
        "--trust",
        action="store_true",
        help="load a .pt file that was not loaded before, although loading it runs code from it; this is remembered",
    )
    parser.add_argument("--conf", type=share, metavar="0-1", help="least score of an object that counts")
    parser.add_argument("--iou", type=share, metavar="0-1", help="overlap above which two boxes are one object")
    parser.add_argument("--classes", type=class_list, metavar="A,B", help="only these classes (default: all)")
    parser.add_argument("--recursive", "-r", action="store_true", help="look into sub-folders too")


def _images(arguments: argparse.Namespace, cancel: CancelToken) -> list[str]:
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
        on_skip=lambda folder, error: _complain(f"skipped the folder {folder}: {error.strerror or error}"),
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
    paths = [path for path in import_paths(list_file) if path.startswith(inside)]
    if not paths:
        raise UsageError(f"{list_file} lists no images in {folder}.")
    return paths


def _root(path: str) -> Path:
    return Path(path) if Path(path).is_dir() else Path(path).parent


def _load_model(
    arguments: argparse.Namespace, paths: Sequence[str], cancel: CancelToken
) -> tuple[Services, DetectionModel]:
    if not arguments.model:
        raise UsageError("This question needs a model.", hint="Give one with --model, or ask --source labels.")
    services = _services(paths)
    services.models.choice_changed.connect(lambda changed: _complain(f"warning: {changed.notice}"))
    model = services.models.load(
        arguments.model, preferred_backend=services.preferred_backend(), trust=arguments.trust, cancel=cancel
    )
    choice = model.info.choice
    _complain(f"{model.info.name} on {choice.device} ({choice.backend}). {choice.notice}".rstrip())
    return services, model


def _services(paths: Sequence[str]) -> Services:
    from anylabeling.composition import build_services
    from anylabeling.config import load_config
    from anylabeling.utils.log import set_up_logging

    set_up_logging("error")
    config, warnings = load_config()
    for warning in warnings:
        _complain(f"warning: {warning}")
    return build_services(lambda: config, for_many_images=True, images=paths)


def _options(arguments: argparse.Namespace, model: DetectionModel) -> DetectOptions:
    options = replace(model.default_options, classes=arguments.classes)
    if arguments.conf is not None:
        options = replace(options, confidence=arguments.conf)
    return options if arguments.iou is None else replace(options, iou=arguments.iou)


class _Console:
    """A progress bar on the last line of a terminal, and lines above it; without a terminal only the lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._shown = False

    def progress(self, progress: Progress) -> None:
        """Draw the bar."""
        if not self._is_terminal or not progress.total:
            return
        share = progress.done / progress.total
        bar = "#" * round(share * _BAR_WIDTH)
        text = f"[{bar:<{_BAR_WIDTH}}] {progress.done}/{progress.total} {share:4.0%} {progress.rate_per_s:.1f} images/s"
        if progress.remaining_s:
            text += f", {_duration(progress.remaining_s)} left"
        if progress.failed:
            text += f", {progress.failed} failed"
        self._stream.write(f"\r\033[K{text}")
        self._stream.flush()
        self._shown = True

    def bytes_so_far(self, progress: DownloadProgress) -> None:
        """Say how far a download is."""
        if self._is_terminal:
            total = f" of {progress.total_bytes / 1e6:.1f}" if progress.total_bytes else ""
            self._stream.write(f"\r\033[K{progress.done_bytes / 1e6:.1f}{total} MB")
            self._stream.flush()
            self._shown = True

    def failed(self, failure: ItemFailure) -> None:
        """Name an image that failed."""
        self.clear()
        self._stream.write(f"failed: {failure.path}: {failure.reason}\n")

    def result(self, text: str) -> None:
        """Print a line on standard output."""
        self.clear()
        print(text, flush=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._stream.write("\r\033[K")
            self._stream.flush()
            self._shown = False


def _print_label_summary(summary: AutoLabelSummary, existing: str) -> None:
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
    if summary.cancelled:
        print("Stopped before the end; what was written stays.")


def _print_filter_summary(summary: FilterSummary, export: str | None) -> None:
    rate = summary.total / max(summary.seconds, 1e-9)
    text = f"{len(summary.matches):,} of {summary.total:,} images match"
    if summary.failed:
        text += f", {len(summary.failed):,} failed"
    if summary.from_cache:
        text += f", {summary.from_cache:,} known from before"
    text += f"; {summary.seconds:.1f} s, {rate:.1f} images/s."
    if not summary.matches and summary.removed:
        text += f" Most were removed by: {summary.removed[0][0]} ({summary.removed[0][1]:,})."
    for notice in summary.notices:
        _complain(f"warning: {notice}")
    if export:
        text += f" Written to {export}."
    if summary.cancelled:
        text += " Stopped before the end."
    _complain(text)


def _exit_code(*, failed: bool, cancelled: bool) -> int:
    if cancelled:
        return EXIT_STOPPED
    return EXIT_FAILURES if failed else EXIT_OK


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def _stop_on_signals() -> Iterator[CancelToken]:
    """Yield a token that the first Ctrl+C or SIGTERM cancels; a second one ends the program at once."""
    cancel = CancelToken()

    def stop(number: int, _frame: types.FrameType | None) -> None:
        signal.signal(number, before[number] or signal.SIG_DFL)
        cancel.cancel()

    before: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for number in before:
            signal.signal(number, stop)
        yield cancel
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _accept_any_file_name() -> None:
    """Let output take file names that are no valid text, byte for byte where the encoding can."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            is_utf8 = stream.encoding.lower().replace("-", "") == "utf8"
            reconfigure(errors="surrogateescape" if is_utf8 else "backslashreplace")


def _discard_output() -> None:
    # Python flushes standard output once more at the end, which would fail again.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
