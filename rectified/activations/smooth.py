"""Rectifiers without a kink: softplus, GELU, SiLU and Swish, Mish."""

from math import pi, sqrt

import numpy as np
from scipy.special import ndtr

from rectified.activations.contract import elementwise, require
from rectified.activations.pieces import exp_fraction, finite, finite_below, times
from rectified.activations.saturating import sigmoid

_sigmoid = sigmoid.__wrapped__  # the bare formula: inside a kernel the contract is kept already


@elementwise
def softplus(x, beta=1.0):
    """Return ln(1 + e^{beta·x}) / beta.

    Range (0, ∞), never more than ln 2 / beta above relu; −inf gives 0, NaN stays NaN. Raises
    ``ValueError`` unless beta > 0. Source: Dugas, Bengio, Bélisle, Nadeau & Garcia, NIPS 2000.

    >>> softplus([-17.0, 0.0, 1000.0])
    array([4.13993763e-08, 6.93147181e-01, 1.00000000e+03])
    """
    require(np.all(np.greater(beta, 0)), "beta", "greater than 0", beta)
    # log(1 + e^x) overflows for x > 709.8 (float32: 88.7) and is 0 for x < −37 (float32: −17).
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(beta * x))) / beta


@elementwise
def softplus_grad(x, beta=1.0):
    """Return the derivative of softplus: the sigmoid of beta · x.

    −inf gives 0, +inf gives 1, NaN stays NaN. Raises ``ValueError`` unless beta > 0.

    >>> softplus_grad([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    require(np.all(np.greater(beta, 0)), "beta", "greater than 0", beta)
    return _sigmoid(beta * x)


@elementwise
def gelu(x, approximate="none"):
    """Return x · Φ(x), with Φ the distribution function of N(0, 1).

    ``approximate="tanh"`` gives ½x(1 + tanh(√(2/π)(x + 0.044715 x³))), nowhere further from it
    than 4.74e−4. Minimum −0.16997 at −0.75179; −inf gives 0, NaN stays NaN. Raises
    ``ValueError`` for any other ``approximate``.
    Source: Hendrycks & Gimpel, arXiv:1606.08415, 2016.

    >>> gelu([-6.0, 0.0, 1.0])
    array([-5.91952587e-09,  0.00000000e+00,  8.41344746e-01])
    """
    x = x.astype(np.float64)  # in float32 the rounding of x/√2 alone costs x²/2 units, 80 at −13
    if _is_exact(approximate):
        # ½x(1 + erf(x/√2)) is −0 for x < −8.3 (float32: −5.6), where 1 + erf has no digit left;
        # ndtr, which is Φ, changes to erfc there.
        return times(x, ndtr(x))
    # ½(1 + tanh u) = σ(2u) loses its digits in the same way, and σ does not.
    return times(x, _sigmoid(_tanh_form(x)))


@elementwise
def gelu_grad(x, approximate="none"):
    """Return the derivative of gelu: Φ(x) + x·φ(x), or that of the tanh form.

    Between −0.1289 and 1.1289, at x = ∓√2. −inf gives 0, +inf gives 1, NaN stays NaN. Raises
    ``ValueError`` unless ``approximate`` is "none" or "tanh".

    >>> gelu_grad([-np.inf, 0.0, np.inf])
    array([0. , 0.5, 1. ])
    """
    x = x.astype(np.float64)
    if _is_exact(approximate):
        density = np.exp(-x * x / 2) / sqrt(2 * pi)
        return ndtr(x) + times(x, density)
    x = np.clip(x, -50, 50)  # further out the derivative is 0 or 1 to the last bit
    slope = 2 * sqrt(2 / pi) * (1 + 3 * 0.044715 * x * x)
    rise, fall = exp_fraction(_tanh_form(x))
    total = rise + fall
    return rise / total * (1 + x * slope * (fall / total))


@elementwise
def silu(x):
    """Return x · σ(x), with σ the sigmoid.

    Minimum −0.27846 at −1.27846; −inf gives 0, NaN stays NaN.
    Source: Elfwing, Uchibe & Doya, Neural Networks 107, 2018, arXiv:1702.03118.

    >>> silu([-np.inf, 0.0, 1.0])
    array([-0.        ,  0.        ,  0.73105858])
    """
    # x/(1 + e^{−x}) is 0 for x < −709.8 (float32: −88.7), where the true value is not.
    return finite_below(x) * _sigmoid(x)


@elementwise
def silu_grad(x):
    """Return the derivative of silu, σ(x)·(1 + x·σ(−x)).

    Between −0.0998 and 1.0998. −inf gives 0, +inf gives 1, NaN stays NaN.

    >>> silu_grad([-np.inf, 0.0, np.inf])
    array([-0. ,  0.5,  1. ])
    """
    rise, fall = exp_fraction(x)
    total = rise + fall
    return rise / total * (1 + finite(x) * (fall / total))


@elementwise
def swish(x, beta=1.0):
    """Return x · σ(beta·x): silu for beta = 1, x/2 for beta = 0, relu as beta → ∞.

    ``beta`` is one number, or an array that broadcasts to x; ±inf gives the limit, NaN stays NaN.
    Source: Ramachandran, Zoph & Le, arXiv:1710.05941, 2017.

    >>> swish([-np.inf, 0.0, 1.0], beta=0.0)
    array([-inf,  0. ,  0.5])
    """
    return times(x, _sigmoid(times(x, beta)))


@elementwise
def swish_grad(x, beta=1.0):
    """Return the derivative of swish in x, σ(βx)·(1 + βx·σ(−βx)).

    ±inf gives the limit, NaN stays NaN.

    >>> swish_grad([-np.inf, 0.0, np.inf], beta=2.0)
    array([-0. ,  0.5,  1. ])
    """
    scaled = times(x, beta)
    rise, fall = exp_fraction(scaled)
    total = rise + fall
    return rise / total * (1 + finite(scaled) * (fall / total))


@elementwise
def swish_beta_grad(x, beta=1.0):
    """Return the derivative of swish in beta, x²·σ(βx)·σ(−βx).

    One entry for each entry of x. The gradient of a beta that several entries share is the sum
    over them: ``sum_to_shape(grad_output * swish_beta_grad(x, beta), np.shape(beta))``.
    ±inf gives the limit (0 unless beta = 0), NaN stays NaN.

    >>> swish_beta_grad([-np.inf, 2.0, np.inf], beta=0.0)
    array([inf,  1., inf])
    """
    rise, fall = exp_fraction(times(x, beta))
    # x² overflows from 1.3e154 (float32: 1.8e19) where the product is long 0.
    return times(x, times(x, rise * fall / (rise + fall) ** 2))


@elementwise
def mish(x):
    """Return x · tanh(ln(1 + e^x)).

    Minimum −0.30884 at −1.19243; −inf gives 0, NaN stays NaN.
    Source: Misra, BMVC 2020, arXiv:1908.08681.

    >>> mish([-1000.0, 0.0, 1.0])
    array([-0.        ,  0.        ,  0.86509839])
    """
    # With n = e^x, tanh(ln(1 + n)) = (n² + 2n)/(n² + 2n + 2), but n² overflows for x > 354.8
    # (float32: 44.3). With n = rise/fall the fraction is free of overflow.
    rise, fall = exp_fraction(x)
    numerator = rise * (rise + 2 * fall)
    return finite_below(x) * (numerator / (numerator + 2 * fall * fall))


@elementwise
def mish_grad(x):
    """Return the derivative of mish, w + x·w′ with w = tanh(ln(1 + e^x)).

    With n = e^x, w′ = 4n(n + 1)/(n² + 2n + 2)². Between −0.1126 and 1.0885, and 0.6
    at 0. −inf gives 0, +inf gives 1, NaN stays NaN.

    >>> mish_grad([-np.inf, 0.0, np.inf])
    array([0. , 0.6, 1. ])
    """
    rise, fall = exp_fraction(x)
    numerator = rise * (rise + 2 * fall)
    denominator = numerator + 2 * fall * fall
    weight_grad = 4 * rise * fall * fall * (rise + fall) / denominator**2
    return numerator / denominator + finite(x) * weight_grad


def _tanh_form(x):
    return 2 * sqrt(2 / pi) * x * (1 + 0.044715 * x * x)


def _is_exact(approximate: str) -> bool:
    require(approximate in ("none", "tanh"), "approximate", '"none" or "tanh"', approximate)
    return approximate == "none"
