"""The one place where OpenCV is imported.

``opencv-python`` carries a Qt of its own. Importing cv2 points ``QT_QPA_PLATFORM_PLUGIN_PATH`` and ``QT_QPA_FONTDIR``
at it and prepends a folder to ``LD_LIBRARY_PATH``; a PyQt5 application that starts after that, here or in a child
process, loads the wrong platform plugin and aborts. The three variables are put back right after the import.

Importing this module costs the import of cv2, so callers import it inside the function that needs it.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

_TOUCHED_BY_CV2 = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH")


def _load_library() -> None:
    """Load OpenCV's library so that other threads go on meanwhile; an import statement keeps them waiting for it.

    Loading is most of the time of the import, enough to be felt in a window. Where it fails, the import says why.
    """
    spec = importlib.util.find_spec("cv2")
    if sys.platform == "win32" or "cv2" in sys.modules or spec is None:
        return
    dlopen = ctypes.CDLL(None).dlopen  # a foreign function is called without the interpreter's lock
    dlopen.restype = ctypes.c_void_p
    for folder in spec.submodule_search_locations or ():
        for library in Path(folder).glob("cv2*.so"):
            dlopen(os.fsencode(library), sys.getdlopenflags())


_load_library()
_before = {name: os.environ.get(name) for name in _TOUCHED_BY_CV2}

import cv2  # noqa: E402

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

# One OpenCV thread: the pipeline and the loaders already run one picture per thread, and OpenCV's own pool on top of
# them takes cores from the window.
cv2.setNumThreads(1)

__all__ = ["cv2"]
