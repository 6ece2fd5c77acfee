"""From the words of a command line to the command: parser, signals, exit codes."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import signal
import sys
import types
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from anylabeling import __version__
from anylabeling.cli import COMMANDS, EXIT_FAILURES, EXIT_OK, EXIT_STOPPED, EXIT_USAGE, WITH_PLUGINS
from anylabeling.cli.console import complain
from anylabeling.errors import AppError, DiskFullError
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.one_line_parser import OneLineParser

if TYPE_CHECKING:
    from anylabeling.plugins.host import PluginHost


def run_command(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Args:
        argv: Arguments after the program's name; ``sys.argv`` when None.
    """
    _accept_any_file_name()
    words = sys.argv[1:] if argv is None else list(argv)
    try:
        arguments, unknown = _parser(words).parse_known_args(words)
        if unknown:
            # argparse would name the program without the command.
            complain(f"anylabeling {arguments.command}: error: unrecognized arguments: {' '.join(unknown)}")
            return EXIT_USAGE
    except SystemExit as error:  # argparse ends the process after --help, --version and mistakes
        return error.code if isinstance(error.code, int) else EXIT_USAGE
    with _stop_on_signals() as cancel:
        try:
            arguments.plugins = _plugins(arguments)
            code: int = arguments.run(arguments, cancel)
        except DiskFullError as error:
            complain(f"anylabeling {arguments.command}: error: {error}")
            return EXIT_FAILURES
        except AppError as error:
            complain(f"anylabeling {arguments.command}: error: {error}")
            return EXIT_USAGE
        except (Cancelled, KeyboardInterrupt):
            complain("Stopped.")
            return EXIT_STOPPED
        except BrokenPipeError:  # the reader of our output, such as head, has seen enough
            _discard_output()
            return EXIT_OK
        return code


def _plugins(arguments: argparse.Namespace) -> PluginHost | None:
    """Return the plug-ins for a command that makes use of them; None without any. They are not loaded yet."""
    if arguments.command not in WITH_PLUGINS or arguments.no_plugins:
        return None
    from anylabeling.composition import plugin_host
    from anylabeling.config import load_config
    from anylabeling.plugins.host import failure_text

    host = plugin_host(lambda: load_config()[0])
    host.failed.connect(lambda failure: complain(f"warning: {failure_text(failure)}"))
    return host


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = OneLineParser(prog="anylabeling", description="Label and search images without a window.")
    parser.add_argument("--version", action="version", version=f"anylabeling {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=OneLineParser)
    chosen = next((word for word in words if not word.startswith("-")), "")
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose)
        if name == chosen:
            module = importlib.import_module(f"anylabeling.cli.{name}")
            module.add_arguments(command)
            if name in WITH_PLUGINS:
                command.add_argument("--no-plugins", action="store_true", help="do without installed plug-ins")
            command.set_defaults(run=module.run)
    return parser


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
