"""The laboratory's random numbers in Python, under the names of numpy's Generator.

With it the package draws the weights and the examples that the page draws.
"""

import math

import numpy as np
from numpy.typing import NDArray

MASK = 2**32 - 1


class Stream:
    """The stream of ``seed``: what book/laboratory/network.js calls ``stream(seed)``."""

    def __init__(self, seed: int):
        self._state = seed & MASK

    def _uniform(self) -> float:
        self._state = state = (self._state + 0x6D2B79F5) & MASK
        bits = (state ^ (state >> 15)) * (state | 1) & MASK
        bits ^= (bits + ((bits ^ (bits >> 7)) * (bits | 61) & MASK)) & MASK
        return (bits ^ (bits >> 14)) / 2**32

    def _normal(self) -> float:
        radius = math.sqrt(-2 * math.log1p(-self._uniform()))
        return radius * math.cos(2 * math.pi * self._uniform())

    def random(self, size: int) -> NDArray[np.float64]:
        """Return numbers that are uniform on [0, 1)."""
        return np.array([self._uniform() for _ in range(size)])

    def uniform(self, low: float, high: float, size: tuple[int, ...]) -> NDArray[np.float64]:
        """Return numbers that are uniform on [low, high)."""
        return low + (high - low) * self.random(math.prod(size)).reshape(size)

    def standard_normal(self, size: tuple[int, ...]) -> NDArray[np.float64]:
        """Return standard normal numbers."""
        return np.array([self._normal() for _ in range(math.prod(size))]).reshape(size)

    def normal(self, mean: float, std: float, size: tuple[int, ...]) -> NDArray[np.float64]:
        """Return normal numbers."""
        return mean + std * self.standard_normal(size)
