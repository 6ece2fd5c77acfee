"""Set up logging, once, when a program starts."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, TextIO

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_ROOT = "anylabeling"

# Python 3.10 cannot subscript the class.
if TYPE_CHECKING:
    _StreamHandler = logging.StreamHandler[TextIO]
else:
    _StreamHandler = logging.StreamHandler


def set_up_logging(level: int | str = logging.WARNING, *, stream: TextIO | None = None) -> None:
    """Send the program's own log to a stream; calling it again changes level and stream.

    Other libraries are left as they are.

    Args:
        level: Lowest level shown: a number or a name such as "info", in any case.
        stream: Where to; standard error by default.

    Raises:
        ValueError: When there is no level of that name.
    """
    logger = logging.getLogger(_ROOT)
    logger.setLevel(level.upper() if isinstance(level, str) else level)
    for handler in list(logger.handlers):
        if isinstance(handler, _ProgramHandler):
            logger.removeHandler(handler)
    handler = _ProgramHandler(stream or sys.stderr)
    handler.setFormatter(logging.Formatter(_FORMAT, datefmt="%H:%M:%S"))
    logger.addHandler(handler)


class _ProgramHandler(_StreamHandler):
    """The handler of this module, so that it can be told from others."""
