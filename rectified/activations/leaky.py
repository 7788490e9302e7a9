"""Rectifiers with a slope on the left: fixed, learned, or drawn at random.

The slope on the left keeps a gradient where the rectifier has none. Curves on the left live in
``exponential``.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.activations.contract import as_float_array, elementwise
from rectified.activations.pieces import step, times


@elementwise
def leaky_relu(x, negative_slope=0.01):
    """Return x where x > 0 and negative_slope · x elsewhere.

    Any slope is taken, one number or an array that broadcasts to x; NaN stays NaN, and −inf gives
    the limit (0 if the slope is 0). Source: Maas, Hannun & Ng, ICML workshop, 2013.

    >>> leaky_relu([-2.0, 0.0, 3.0])
    array([-0.02,  0.  ,  3.  ])
    """
    return _two_lines(x, negative_slope)


@elementwise
def leaky_relu_grad(x, negative_slope=0.01):
    """Return 1 where x > 0 and negative_slope elsewhere, x = 0 included.

    At the kink every number between the two is a subgradient; the slope of the left side is what
    PyTorch and TensorFlow return (JAX returns 1). NaN stays NaN.

    >>> leaky_relu_grad([-2.0, 0.0, 3.0])
    array([0.01, 0.01, 1.  ])
    """
    return _two_slopes(x, negative_slope)


@elementwise
def prelu(x, slope):
    """Return x where x > 0 and slope · x elsewhere: leaky_relu with a learned slope.

    ``slope`` is one number, or an array that broadcasts to x: shape (channels, 1, 1) for one
    slope a channel in images of shape (batch, channels, height, width). Raises ``ValueError`` if
    it does not broadcast. Source: He, Zhang, Ren & Sun, ICCV 2015, arXiv:1502.01852.

    >>> prelu([[-2.0, -2.0], [4.0, 4.0]], [0.25, 0.5])
    array([[-0.5, -1. ],
           [ 4. ,  4. ]])
    """
    return _two_lines(x, slope)


@elementwise
def prelu_grad(x, slope):
    """Return the derivative of prelu in x: 1 where x > 0 and the slope elsewhere, 0 included.

    >>> prelu_grad([-2.0, 0.0, 3.0], 0.25)
    array([0.25, 0.25, 1.  ])
    """
    return _two_slopes(x, slope)


@elementwise
def prelu_slope_grad(x, slope):
    """Return the derivative of prelu in its slope: x where x < 0 and 0 elsewhere.

    One entry for each entry of x. The gradient of a slope that several entries share is the sum
    over them: ``sum_to_shape(grad_output * prelu_slope_grad(x, slope), np.shape(slope))``. It
    does not depend on the slope, which is an argument so that all parameter gradients look alike.
    NaN stays NaN.

    >>> prelu_slope_grad([-2.0, 0.0, 3.0], 0.25)
    array([-2.,  0.,  0.])
    """
    return np.minimum(x, 0)


def rrelu(
    x: ArrayLike,
    lower: float = 1 / 8,
    upper: float = 1 / 3,
    training: bool = False,
    rng: np.random.Generator | None = None,
) -> NDArray[np.floating]:
    """Return x where x > 0 and slope · x elsewhere, the slope drawn from U(lower, upper).

    In training one slope is drawn for every entry; otherwise the slope is the mean,
    (lower + upper) / 2. Raises ``ValueError`` if lower > upper, or if training without ``rng``.
    Source: Xu, Wang, Chen & Li, arXiv:1505.00853, who divide by a draw from U(3, 8); to multiply
    by one from U(1/8, 1/3) is PyTorch's version.

    >>> rrelu([-48.0, 1.0])
    array([-11.,   1.])
    """
    return prelu(x, _slopes(x, lower, upper, training, rng))


def rrelu_grad(
    x: ArrayLike,
    lower: float = 1 / 8,
    upper: float = 1 / 3,
    training: bool = False,
    rng: np.random.Generator | None = None,
) -> NDArray[np.floating]:
    """Return the derivative of rrelu: 1 where x > 0 and the slope elsewhere, 0 included.

    A generator in the state that ``rrelu`` found it in draws the same slopes again: seed it
    alike for the forward and the backward pass. Raises as ``rrelu`` does.

    >>> rrelu_grad([-48.0, 1.0], lower=0.25, upper=0.25)
    array([0.25, 1.  ])
    """
    return prelu_grad(x, _slopes(x, lower, upper, training, rng))


def _two_lines(x, slope):
    if np.ndim(slope) == 0 and 0 < slope <= 1:
        return np.maximum(x, slope * x)  # the larger of the two lines
    return np.maximum(x, 0) + times(np.minimum(x, 0), slope)


def _two_slopes(x, slope):
    positive = step(x)
    return positive + (1 - positive) * slope


def _slopes(x, lower, upper, training, rng) -> float | NDArray[np.floating]:
    if not lower <= upper:
        raise ValueError(f"lower must not exceed upper, but lower={lower} and upper={upper}")
    if not training:
        return (lower + upper) / 2
    if rng is None:
        raise ValueError("rng must be a numpy.random.Generator when training=True, not None")
    return rng.uniform(lower, upper, size=as_float_array(x).shape)
