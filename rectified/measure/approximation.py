"""What sums and compositions of ramps can represent: interpolants in width, sawteeth in depth."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.activations import relu
from rectified.measure.stacks import AffineStack


def hat(x: ArrayLike) -> NDArray:
    """Return T(x) = 2 r(x) − 4 r(x − ½) + 2 r(x − 1): 0 at 0, up to 1 at ½, back to 0 at 1.

    >>> hat([-1.0, 0.0, 0.25, 0.5, 1.0, 2.0])
    array([0. , 0. , 0.5, 1. , 0. , 0. ])
    """
    x = np.asarray(x, dtype=np.float64)
    return 2 * relu(x) - 4 * relu(x - 0.5) + 2 * relu(x - 1)


def sawtooth(x: ArrayLike, depth: int) -> NDArray:
    """Return T∘…∘T (``depth`` times): 2^(depth − 1) teeth, 2^depth linear pieces, on [0, 1].

    A network of ``depth`` hidden layers of 3 units. One hidden layer needs 2^depth units for it.
    Source: Telgarsky, COLT 2016, arXiv:1602.04485.
    """
    if depth < 0:
        raise ValueError(f"depth must be 0 or more, not {depth}")
    x = np.asarray(x, dtype=np.float64)
    for _ in range(depth):
        x = hat(x)
    return x


def square_approximation(x: ArrayLike, depth: int) -> NDArray:
    """Return x − Σ T∘ˢ(x) / 4ˢ over s = 1 … depth: x² on [0, 1] to exactly 2^(−2 depth − 2).

    It interpolates x² at the multiples of h = 2^(−depth): each further layer halves h by
    subtracting one more sawtooth. Between two knots x² lies below its chord by at most h²/4.
    Source: Yarotsky, Neural Networks 94, 2017, arXiv:1610.01145.

    >>> float(square_approximation(0.5, depth=1)), float(square_approximation(0.25, depth=1))
    (0.25, 0.125)
    """
    x = np.asarray(x, dtype=np.float64)
    approximation, tooth = x.copy(), x
    for scale in range(1, depth + 1):
        tooth = hat(tooth)
        approximation = approximation - tooth / 4.0**scale
    return approximation


def sawtooth_stack(pieces: int, depth: int) -> AffineStack:
    """Return a network of ``depth`` hidden layers of ``pieces`` relus with pieces^depth pieces.

    Each layer folds [0, 1] onto itself ``pieces`` times. For 2 pieces it is ``sawtooth`` on [0, 1].
    Source: the folding of Montúfar et al., NIPS 2014, arXiv:1402.1869, in one dimension.
    """
    knots = np.arange(pieces + 1) / pieces
    fold = ramp_coefficients(knots, np.arange(pieces + 1) % 2)[:, None]
    first = (np.ones((1, pieces)), -knots[:-1])
    further = (np.repeat(fold, pieces, axis=1), -knots[:-1])
    return [first, *[further] * (depth - 1), (fold, np.zeros(1))]


def ramp_coefficients(knots: ArrayLike, values: ArrayLike) -> NDArray:
    """Return c such that values₀ + Σ c_k r(x − knots_k) goes through all (knots, values).

    c_k is the change of slope at knot k; the slope is 0 left of the first knot, and the last
    value sits on the ramp before it, so there is one coefficient fewer than there are knots.

    Raises
    ------
    ValueError
        If the knots do not increase, or do not match the values.

    >>> ramp_coefficients([0, 1, 2], [0, 1, 0])
    array([ 1., -2.])
    """
    knots, values = np.asarray(knots, dtype=np.float64), np.asarray(values, dtype=np.float64)
    if knots.ndim != 1 or knots.shape != values.shape or len(knots) < 2:
        raise ValueError("knots and values must be two sequences of the same length, 2 or more")
    if np.any(np.diff(knots) <= 0):
        raise ValueError("knots must increase")
    return np.diff(np.diff(values) / np.diff(knots), prepend=0.0)


def ramp_sum(x: ArrayLike, knots: ArrayLike, coefficients: ArrayLike, offset: float) -> NDArray:
    """Return offset + Σ c_k r(x − knots_k): one hidden layer of relus, one unit for each c_k.

    >>> ramp_sum([0.5, 1.0, 2.0], [0, 1], [1, -2], offset=0)
    array([0.5, 1. , 0. ])
    """
    x = np.asarray(x, dtype=np.float64)
    return offset + relu(x[..., None] - np.asarray(knots)) @ np.asarray(coefficients, np.float64)


def interpolate(f, x: ArrayLike, low: float, high: float, num_hidden: int) -> NDArray:
    """Return the interpolant of f with ``num_hidden`` equal pieces on [low, high], as ramps.

    Its error is at most h² max|f″| / 8 with h = (high − low) / num_hidden.
    """
    knots = np.linspace(low, high, num_hidden + 1)
    values = np.asarray(f(knots), dtype=np.float64)
    return ramp_sum(x, knots[:-1], ramp_coefficients(knots, values), values[0])
