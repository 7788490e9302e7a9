"""What scores of the same seeds allow to conclude: an interval, a test, and a correction.

Differences are taken seed by seed, so that what a seed makes hard for everybody cancels.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit


def paired_interval(differences: ArrayLike, level: float = 0.95) -> tuple[float, float, float]:
    """Return mean, lower and upper end of Student's interval for the mean of n differences.

    mean ± t · s/√n, with s the standard deviation (n − 1) and t the quantile at (1 + level)/2 of
    Student's law with n − 1 degrees of freedom. NaN ends where n is 1.

    >>> [round(end, 3) for end in paired_interval([1.0, 2.0, 3.0])]
    [2.0, -0.484, 4.484]
    """
    differences = np.asarray(differences, dtype=np.float64)
    mean, count = float(differences.mean()), differences.size
    if count < 2:
        return mean, np.nan, np.nan
    quantile = float(stdtrit(count - 1, (1 + level) / 2))
    half = quantile * float(differences.std(ddof=1)) / count**0.5
    return mean, mean - half, mean + half


def sign_flip_p_value(differences: ArrayLike) -> float:
    """Return the share of the 2ⁿ sign patterns whose mean is at least as far from 0 as this one.

    If two activations were the same in law, each difference could as well have had the other
    sign. The test is exact then, whatever the law; the smallest p that it can give is 2/2ⁿ.

    All patterns are counted, without building them: the sums of one half of the differences are
    sorted, and for every sum of the other half it is looked up how many complete it.

    >>> sign_flip_p_value([1.0, 2.0, 3.0])
    0.25

    Raises
    ------
    ValueError
        If there are no differences, or more than 40.
    """
    differences = np.asarray(differences, dtype=np.float64)
    if not 1 <= differences.size <= 40:
        raise ValueError(f"differences must be 1 to 40 numbers, not {differences.size}")
    half = differences.size // 2
    first, second = _signed_sums(differences[:half]), np.sort(_signed_sums(differences[half:]))
    # Patterns with a sum of the same size must count in spite of rounding.
    slack = 1e-12 * np.abs(differences).sum()
    reached = abs(differences.sum()) - slack
    above = second.size - np.searchsorted(second, reached - first, side="left")
    below = np.searchsorted(second, -reached - first, side="right")
    return float(min(1.0, (above + below).sum() / 2.0**differences.size))


def _signed_sums(numbers: NDArray) -> NDArray:
    """Return ±a ± b ± c … for every choice of signs."""
    sums = np.zeros(1)
    for number in numbers:
        sums = np.concatenate([sums + number, sums - number])
    return sums


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """Return the p-values adjusted for their number, in their order.

    The smallest of m is multiplied by m, the next by m − 1, and so on; none may be smaller than
    one before it, or larger than 1. Calling those below 0.05 real gives, with probability 95% at
    least, no false alarm at all, however the comparisons hang together.

    Source: Holm, Scand. J. Statist. 6, 65–70, 1979.

    >>> holm([0.01, 0.04, 0.03]).round(12).tolist()
    [0.03, 0.06, 0.06]
    """
    p_values = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p_values)
    factors = p_values.size - np.arange(p_values.size)
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(np.maximum.accumulate(factors * p_values[order]), 1.0)
    return adjusted
