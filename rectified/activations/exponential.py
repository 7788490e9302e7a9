"""Rectifiers that curve down to a floor on the left: ELU, CELU, and SELU with its two constants."""

from math import pi, sqrt

import numpy as np
from scipy.special import erfcx

from rectified.activations.contract import elementwise, require
from rectified.activations.pieces import step


@elementwise
def elu(x, alpha=1.0):
    """Return x where x > 0 and alpha · (e^x − 1) elsewhere.

    Range (−alpha, ∞); −inf gives −alpha, NaN stays NaN. Raises ``ValueError`` if alpha < 0.
    Source: Clevert, Unterthiner & Hochreiter, ICLR 2016, arXiv:1511.07289.

    >>> elu([-1e-10, 0.0, 3.0])
    array([-1.e-10,  0.e+00,  3.e+00])
    """
    require(np.all(np.greater_equal(alpha, 0)), "alpha", "at least 0", alpha)
    # e^x − 1 loses its digits to the 1 as x → 0: at −1e−10 six digits of sixteen are left.
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))


@elementwise
def elu_grad(x, alpha=1.0):
    """Return 1 where x > 0 and alpha · e^x elsewhere; alpha at x = 0, the slope of the left side.

    For alpha = 1 there is no kink. −inf gives 0, NaN stays NaN. Raises ``ValueError`` if
    alpha < 0.

    >>> elu_grad([-1.0, 0.0, 3.0], alpha=2.0)
    array([0.73575888, 2.        , 1.        ])
    """
    require(np.all(np.greater_equal(alpha, 0)), "alpha", "at least 0", alpha)
    positive = step(x)
    return positive + (1 - positive) * alpha * np.exp(np.minimum(x, 0))


@elementwise
def celu(x, alpha=1.0):
    """Return x where x > 0 and alpha · (e^{x/alpha} − 1) elsewhere.

    Differentiable everywhere, for every alpha. Range (−alpha, ∞); −inf gives −alpha, NaN stays
    NaN. Raises ``ValueError`` unless alpha > 0. Source: Barron, arXiv:1704.07483, 2017.

    >>> celu([-np.inf, 0.0, 3.0], alpha=2.0)
    array([-2.,  0.,  3.])
    """
    require(np.all(np.greater(alpha, 0)), "alpha", "greater than 0", alpha)
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0) / alpha)


@elementwise
def celu_grad(x, alpha=1.0):
    """Return 1 where x > 0 and e^{x/alpha} elsewhere: 1 at x = 0 from both sides.

    −inf gives 0, NaN stays NaN. Raises ``ValueError`` unless alpha > 0.

    >>> celu_grad([-np.inf, 0.0, 3.0], alpha=2.0)
    array([0., 1., 1.])
    """
    require(np.all(np.greater(alpha, 0)), "alpha", "greater than 0", alpha)
    return np.exp(np.minimum(x, 0) / alpha)


def _selu_constants() -> tuple[float, float]:
    """Return the alpha and the scale that keep z ~ N(0, 1) at mean 0 and variance 1.

    With f(z) = z for z > 0 and alpha (e^z − 1) elsewhere, the two equations are
    E f(z) = 1/√(2π) + alpha · first = 0 and scale² · E f(z)² = scale² (1/2 + alpha² · second) = 1.
    """
    # E[e^{kz}; z < 0] = e^{k²/2} Φ(−k) = erfcx(k/√2) / 2
    power = {k: erfcx(k / sqrt(2)) / 2 for k in (0, 1, 2)}
    first = power[1] - power[0]
    second = power[2] - 2 * power[1] + power[0]
    alpha = -1 / sqrt(2 * pi) / first
    return float(alpha), float(1 / sqrt(1 / 2 + alpha**2 * second))


SELU_ALPHA, SELU_SCALE = _selu_constants()


@elementwise
def selu(x):
    """Return SELU_SCALE · x where x > 0 and SELU_SCALE · SELU_ALPHA · (e^x − 1) elsewhere.

    A unit whose input has mean 0 and variance 1 gives an output with mean 0 and variance 1: that
    fixes both constants. Range (−1.7581, ∞); −inf gives −1.7581, NaN stays NaN.
    Source: Klambauer, Unterthiner, Mayr & Hochreiter, NIPS 2017, arXiv:1706.02515.

    >>> selu([-np.inf, 0.0, 1.0])
    array([-1.75809934,  0.        ,  1.05070099])
    """
    return SELU_SCALE * (np.maximum(x, 0) + SELU_ALPHA * np.expm1(np.minimum(x, 0)))


@elementwise
def selu_grad(x):
    """Return SELU_SCALE where x > 0 and SELU_SCALE · SELU_ALPHA · e^x elsewhere, 0 included.

    The slope jumps from 1.7581 to 1.0507 at the kink; at x = 0 the left one is returned, as
    PyTorch and JAX do (Keras returns the right one). −inf gives 0, NaN stays NaN.

    >>> selu_grad([-np.inf, 0.0, 1.0])
    array([0.        , 1.75809934, 1.05070099])
    """
    positive = step(x)
    return SELU_SCALE * (positive + (1 - positive) * SELU_ALPHA * np.exp(np.minimum(x, 0)))
