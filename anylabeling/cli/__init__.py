"""The commands that run without a window: ``anylabeling label``, ``anylabeling filter`` and so on.

Each command is a module of this package with ``add_arguments(parser)`` and ``run(arguments, cancel)``; what they share
is in ``console`` (output) and ``inputs`` (images, models, settings). A module is imported only when its command runs.

Exit codes: 0 all done; 1 some images failed, each is named on standard error and the rest is done; 2 the command makes
no sense or could not start; 130 stopped with Ctrl+C, what was written by then stays.
"""

from __future__ import annotations

from collections.abc import Sequence

COMMANDS = {
    "label": "label images with a model",
    "filter": "find images by what a model sees in them and by their labels",
    "train": "train a model with the labels of a folder",
    "convert": "write labels as a data set of another format, or read one",
    "doctor": "say what this installation can do",
    "models": "list, download, describe or convert models",
    "serve": "let other machines use models of this one over HTTP",
}
"""What each command is for. The name is that of its module; a folder of that name is opened as ``./label``."""

WITH_PLUGINS = frozenset({"label", "filter", "convert", "doctor", "serve"})
"""Commands that make use of plug-ins."""

EXIT_OK, EXIT_FAILURES, EXIT_USAGE, EXIT_STOPPED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Args:
        argv: Arguments after the program's name; ``sys.argv`` when None.
    """
    from anylabeling.cli.entry import run_command  # a window looks at the table above and needs none of this

    return run_command(argv)
