from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

INTERFACE: Final[int]
BUILT_FOR: Final[str]
SOURCE_DIGEST: Final[str]

def transform_points(
    points: ArrayLike, matrix: ArrayLike, *, bounds: Sequence[float] | None = None
) -> NDArray[np.floating[Any]]: ...
