"""How far a network of finite width strays from the averages: the law of its squared length.

M = ‖x_L‖² / ‖x₀‖² over L relu layers of n units with He weights and no bias. E M = 1 at any width;
but the layers' factors are independent, so their logarithms add up, and M spreads.
"""

import numpy as np
from numpy.typing import NDArray

from rectified.activations import relu


def length_growth(
    width: int, depth: int, num_networks: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return M of ``num_networks`` random networks of ``depth`` layers; 0 where one died.

    Gaussian weights look the same from every direction, so whatever comes in, the pre-activations
    of a layer are n independent normal numbers times the incoming length: drawing those is drawing
    from the law of M exactly, with n numbers a layer in place of n².
    """
    growth = np.ones(num_networks)
    for _ in range(depth):
        growth *= np.mean(2 * relu(rng.standard_normal((num_networks, width))) ** 2, axis=1)
    return growth


def growth_moments(width: int, depth: int) -> tuple[float, float]:
    """Return E M = 1 and E M² = (1 + 5/n)^L; a single layer has variance 5/n exactly.

    For one layer M = (2/n) Σ r(z)², and E 4 r(z)⁴ = 6, so Var M = (6 − 1)/n. Source: derived here;
    Hanin, NeurIPS 2018, arXiv:1801.03744, for the role of Σ 1/n.

    >>> growth_moments(10, 1)
    (1.0, 1.5)
    """
    return 1.0, (1 + 5 / width) ** depth


def wide_median(width: int, depth: int) -> float:
    """Return exp(−5L/2n), the median of M where n is large: log M ~ N(−5L/2n, 5L/n)."""
    return float(np.exp(-5 * depth / (2 * width)))
