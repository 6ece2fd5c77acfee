from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

INTERFACE: Final[int]
BUILT_FOR: Final[str]
SOURCE_DIGEST: Final[str]

def unpack_planes(
    image: NDArray[np.uint8], channels: Sequence[int], scale: float, planes: NDArray[np.float32]
) -> None: ...
