from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

INTERFACE: Final[int]
BUILT_FOR: Final[str]
SOURCE_DIGEST: Final[str]

def nms_rotated(
    boxes: ArrayLike, scores: ArrayLike, classes: ArrayLike, iou_threshold: float, max_detections: int = 300
) -> NDArray[np.int64]: ...
