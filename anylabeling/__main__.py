"""The console script: ``anylabeling label ...`` and the like run without a window, anything else opens it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from anylabeling import cli


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code.

    Args:
        argv: Arguments after the program's name; ``sys.argv`` when None.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and (arguments[0] in cli.COMMANDS or arguments[0] == "--version"):
        return cli.main(arguments)
    from anylabeling.app import main as open_window  # Qt is imported only here

    return open_window(arguments)


if __name__ == "__main__":
    sys.exit(main())
