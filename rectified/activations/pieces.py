"""What the formulas share: a step, a product, and e^x as a fraction.

Each is written without a branch. ``np.where`` and ``np.heaviside`` choose element by element,
and a processor that guesses the sign of random data is wrong half of the time: that costs several
times what the arithmetic below does.
"""

import numpy as np
from numpy.typing import NDArray


def step(x: NDArray) -> NDArray:
    """Return 1 where x > 0 and 0 where x ≤ 0; NaN stays NaN."""
    return np.ceil(np.clip(x, 0, 1))


def times(x: NDArray, weight: NDArray) -> NDArray:
    """Return x · weight, and 0 where the weight is 0 even if x is infinite.

    x·w(x) goes to 0 with a weight that vanishes as e^{−|x|} does; floating-point arithmetic
    calls ∞·0 NaN.
    """
    return np.where(weight == 0, 0, x * weight)


def finite_below(x: NDArray) -> NDArray:
    """Return x with −∞ replaced by the lowest number, whose product with 0 is 0.

    The cheaper way to the limit of ``times`` where the weight vanishes on the left only.
    """
    return np.maximum(x, np.finfo(x.dtype).min)


def finite(x: NDArray) -> NDArray:
    """Return x with ±∞ replaced by the largest numbers, whose product with 0 is 0."""
    return np.clip(x, np.finfo(x.dtype).min, np.finfo(x.dtype).max)


def exp_fraction(x: NDArray) -> tuple[NDArray, NDArray]:
    """Return ``rise`` and ``fall`` with e^x = rise/fall, both in [0, 1], the larger equal to 1.

    e^x overflows from 709.8 (float32: 88.7); a rational function of e^x does not, once its
    numerator and denominator are multiplied by a power of ``fall``.
    """
    decay = np.exp(-np.abs(x))
    return np.maximum(decay, x >= 0), np.maximum(decay, x < 0)
