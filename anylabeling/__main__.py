"""The console script: ``anylabeling label ...`` and the like run without a window, anything else opens it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

COMMANDS = frozenset({"label", "filter", "doctor", "models"})
"""First arguments that the command line handles; a folder of that name is opened as ``./label``."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code.

    Args:
        argv: Arguments after the program's name; ``sys.argv`` when None.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and (arguments[0] in COMMANDS or arguments[0] == "--version"):
        from anylabeling.cli import main as run_command

        return run_command(arguments)
    from anylabeling.app import main as open_window  # Qt is imported only here

    return open_window(arguments)


if __name__ == "__main__":
    sys.exit(main())
