"""How the program leaves Qt at its end."""

from __future__ import annotations

import gc
from typing import Any

from qtpy import sip
from qtpy.QtCore import QCoreApplication, QObject

_TO_QT: Any = None  # sip's own hints do not know that nobody can be the owner


def leave_objects_to_the_system() -> None:
    """Have no QObject deleted when the application object goes; the process ends, and its memory with it.

    Going, PyQt walks through its table of wrapped objects and deletes those that belong to Python. Where a deletion
    wraps many others, as that of a window does for the events it causes, the table moves to larger memory, the walk
    goes on in the memory it had, and the process ends with a segmentation fault. Objects given to Qt are passed over.
    """
    gc.unfreeze()  # what is left out of collections is not listed either
    application = QCoreApplication.instance()
    for found in gc.get_objects():
        if issubclass(type(found), QObject) and found is not application and sip.ispyowned(found):
            sip.transferto(found, _TO_QT)
