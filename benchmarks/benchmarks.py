"""Lets each file of this folder be started by its path: ``python benchmarks/benchmark_nms.py``.

Python looks for imports in the folder of the started file then, where the name ``benchmarks`` finds this module. With a
path like a package's, ``benchmarks._common`` and the others are found beside it. Started by ``python -m`` from the root
of the checkout, the folder itself has that name and this file is not read.
"""

from pathlib import Path

__path__ = [str(Path(__file__).resolve().parent)]
