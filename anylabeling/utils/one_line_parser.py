"""Arguments of a command line, with mistakes said in one line."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

EXIT_USAGE = 2


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line, not after the whole usage, and takes no option by a part of its name."""

    def __init__(self, **options: Any) -> None:
        """Take what ArgumentParser takes."""
        super().__init__(**{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        """End the process with the code for wrong usage."""
        self.exit(EXIT_USAGE, f"{self.prog}: error: {message} (see {self.prog} --help)\n")
