"""Brightness, contrast, gamma and saturation of what is shown. The picture itself, which models see, stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MIDDLE = 127.5
_GREY = (0.114, 0.587, 0.299)
"""Shares of blue, green and red in grey (ITU-R BT.601)."""


@dataclass(frozen=True, slots=True)
class Tone:
    """How values are changed before they are shown.

    Attributes:
        brightness: What is added, as a part of the whole range; -1 to 1.
        contrast: How far values move away from the middle; -1 (all grey) to 1 (four times as far).
        gamma: Exponent of what the middle tones are lifted by; above 1 they get lighter, 0.2 to 5.
        saturation: How far colours move away from grey; -1 (none) to 1 (four times as far).
    """

    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 1.0
    saturation: float = 0.0

    @property
    def is_neutral(self) -> bool:
        """Whether nothing is changed."""
        return self.keeps_values and not self.saturation

    @property
    def keeps_values(self) -> bool:
        """Whether ``table`` changes nothing."""
        return not self.brightness and not self.contrast and self.gamma == 1.0

    def table(self) -> NDArray[np.uint8]:
        """Return what each of the 256 values becomes."""
        values: NDArray[np.float64] = np.arange(256, dtype=np.float64)
        values = 255.0 * (values / 255.0) ** (1.0 / self.gamma)
        factor = _factor(self.contrast)
        values = (values - MIDDLE) * factor + MIDDLE + 255.0 * self.brightness
        return np.clip(np.rint(values), 0, 255).astype(np.uint8)

    def color_matrix(self) -> NDArray[np.float32]:
        """Return what brings blue, green and red nearer to their grey, or farther away: float32 (3, 3)."""
        factor = _factor(self.saturation)
        return (factor * np.eye(3) + (1.0 - factor) * np.tile(_GREY, (3, 1))).astype(np.float32)


def _factor(value: float) -> float:
    return 1.0 + value if value <= 0 else 1.0 + 3.0 * value
