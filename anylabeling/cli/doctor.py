"""``anylabeling doctor``: say what this installation can do."""

from __future__ import annotations

import argparse

from anylabeling.cli import EXIT_FAILURES, EXIT_OK
from anylabeling.utils.cancellation import CancelToken


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = (
        "Print what is installed, what each backend can do here and why not, and what has to be mended."
    )
    parser.epilog = "Exit codes: 0 all is well, 1 something has to be mended."
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace, _cancel: CancelToken) -> int:
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
