"""Brightness, contrast and gamma of what is shown. The picture itself, which models see, stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MIDDLE = 127.5


@dataclass(frozen=True, slots=True)
class Tone:
    """How values are changed before they are shown.

    Attributes:
        brightness: What is added, as a part of the whole range; -1 to 1.
        contrast: How far values move away from the middle; -1 (all grey) to 1 (four times as far).
        gamma: Exponent of what the middle tones are lifted by; above 1 they get lighter, 0.2 to 5.
    """

    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 1.0

    @property
    def is_neutral(self) -> bool:
        """Whether nothing is changed."""
        return not self.brightness and not self.contrast and self.gamma == 1.0

    def table(self) -> NDArray[np.uint8]:
        """Return what each of the 256 values becomes."""
        values = np.arange(256, dtype=np.float64)
        values = 255.0 * (values / 255.0) ** (1.0 / self.gamma)
        factor = 1.0 + self.contrast if self.contrast <= 0 else 1.0 + 3.0 * self.contrast
        values = (values - MIDDLE) * factor + MIDDLE + 255.0 * self.brightness
        return np.clip(np.rint(values), 0, 255).astype(np.uint8)
