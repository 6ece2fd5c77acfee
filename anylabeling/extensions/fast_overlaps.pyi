from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

INTERFACE: Final[int]
BUILT_FOR: Final[str]
SOURCE_DIGEST: Final[str]

def polygon_iou(points_a: ArrayLike, points_b: ArrayLike) -> float: ...
def polygon_iou_matrix(
    points_a: ArrayLike, offsets_a: ArrayLike, points_b: ArrayLike, offsets_b: ArrayLike
) -> NDArray[np.float64]: ...
