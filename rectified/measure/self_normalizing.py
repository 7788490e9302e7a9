"""Does a layer pull mean and variance towards 0 and 1? The moment map, its slopes, its iterates.

A unit sums independent inputs of mean μ and variance ν with weights of sum ω and sum of squares τ;
its pre-activation is close to normal, and f of it has a new mean and variance.
Source: Klambauer, Unterthiner, Mayr & Hochreiter, NIPS 2017, arXiv:1706.02515.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.networks import gaussian_moment

Function = Callable[[ArrayLike], ArrayLike]


def moment_map(
    f: Function,
    mean: float,
    variance: float,
    *,
    weight_sum: float = 0.0,
    weight_square_sum: float = 1.0,
    kinks: Sequence[float] = (0.0,),
) -> tuple[float, float]:
    """Return mean and variance of f(z), z ~ N(μω, ντ), for inputs of mean μ and variance ν.

    >>> mean, variance = moment_map(lambda z: z, 3.0, 2.0, weight_sum=0.5)
    >>> round(mean, 9), round(variance, 9)
    (1.5, 2.0)
    """
    center, std = mean * weight_sum, np.sqrt(variance * weight_square_sum)
    if std == 0:
        return float(f(center)), 0.0
    moved = [(kink - center) / std for kink in kinks]
    first, second = (
        gaussian_moment(lambda z: f(center + std * z), power, moved) for power in (1, 2)
    )
    return first, second - first**2


def iterate(f: Function, mean: float, variance: float, num_layers: int, **settings) -> NDArray:
    """Return (mean, variance) after 0 … num_layers layers, (num_layers + 1, 2)."""
    moments = [(mean, variance)]
    for _ in range(num_layers):
        moments.append(moment_map(f, *moments[-1], **settings))
    return np.array(moments)


def jacobian(f: Function, mean: float, variance: float, step: float = 1e-4, **settings) -> NDArray:
    """Return the 2 × 2 derivative of the moment map, by central differences.

    At a fixed point the map pulls in from nearby if all eigenvalues are inside the unit circle.
    """
    here = np.array([mean, variance])
    columns = [
        np.subtract(
            moment_map(f, *(here + offset), **settings), moment_map(f, *(here - offset), **settings)
        )
        / (2 * step)
        for offset in step * np.eye(2)
    ]
    return np.column_stack(columns)
