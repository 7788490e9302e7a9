"""Units that flatten at both ends: sigmoid, tanh, and softmax, which couples its inputs.

What the rectifier is contrasted with. Units that flatten at one end only live in their own rooms.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.activations.contract import as_float_array, elementwise, wide


@elementwise
def sigmoid(x):
    """Return 1 / (1 + e^{−x}), elementwise.

    Range (0, 1), sigmoid(0) = 1/2; −inf gives 0, +inf gives 1, NaN stays NaN.
    Source: Rumelhart, Hinton & Williams, Nature 323, 1986.

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    # 1/(1 + e^{−x}) overflows for x < −709.8 (float32: −88.7), ½(1 + tanh(x/2)) is 0 from
    # x = −37 (float32: −17): e^{−|x|} never exceeds 1 and keeps its digits on both sides.
    decay = np.exp(-np.abs(x))
    return np.maximum(decay, x >= 0) / (1 + decay)


@elementwise
def sigmoid_grad(x):
    """Return the derivative of sigmoid, e^{−|x|} / (1 + e^{−|x|})²: at most 1/4, at x = 0.

    ±inf gives 0, NaN stays NaN.

    >>> sigmoid_grad([-1000.0, 0.0, 1000.0])
    array([0.  , 0.25, 0.  ])
    """
    # σ(1 − σ) is 0 for x > 37 (float32: 17), where 1 − σ has lost every digit.
    decay = np.exp(-np.abs(x))
    return decay / (1 + decay) ** 2


@elementwise
def tanh(x):
    """Return (e^x − e^{−x}) / (e^x + e^{−x}), elementwise.

    Range (−1, 1), tanh(0) = 0; ±inf gives ±1, NaN stays NaN.
    Source: LeCun, Bottou, Orr & Müller, Efficient BackProp, 1998.

    >>> tanh([-1000.0, 0.0, 1000.0])
    array([-1.,  0.,  1.])
    """
    return np.tanh(x)


@elementwise
def tanh_grad(x):
    """Return the derivative of tanh, 1 / cosh² x: at most 1, at x = 0.

    ±inf gives 0, NaN stays NaN.

    >>> tanh_grad([-1000.0, 0.0, 1000.0])
    array([0., 1., 0.])
    """
    # 1 − tanh² is 0 for |x| > 19 (float32: 9), and 1/cosh² overflows on its way to 0.
    decay = np.exp(-2 * np.abs(x))
    return 4 * decay / (1 + decay) ** 2


def softmax(x: ArrayLike, axis: int = -1) -> NDArray[np.floating]:
    """Return e^{x_i} / Σ_j e^{x_j} along ``axis``: positive entries that sum to 1.

    Shape and float dtype follow ``x``. An entry of −inf gets 0; a slice that holds NaN or +inf,
    or nothing but −inf, has no softmax and becomes NaN. Raises ``ValueError`` if ``x`` has no
    such axis. Source: Bridle, in Neurocomputing (NATO ASI F68), 1990.

    >>> softmax([1000.0, 1000.0, -np.inf])
    array([0.5, 0.5, 0. ])
    """
    array = as_float_array(x)
    logits = wide(array)
    with np.errstate(all="ignore"):
        # e^{x_i} itself overflows from 709.8 (float32: 88.7); the quotient is blind to a shift.
        weights = np.exp(logits - logits.max(axis=axis, keepdims=True, initial=-np.inf))
        return (weights / weights.sum(axis=axis, keepdims=True)).astype(array.dtype)


def softmax_vjp(x: ArrayLike, grad_output: ArrayLike, axis: int = -1) -> NDArray[np.floating]:
    """Return p ⊙ (g − Σ_j g_j p_j) with p = softmax(x) and g = ``grad_output``.

    The Jacobian is diag(p) − p pᵀ: symmetric, of rank one less than the number of entries.
    Shape and float dtype follow ``x``. Raises ``ValueError`` if ``grad_output`` has another shape.

    >>> softmax_vjp([0.0, 0.0], [1.0, 0.0])
    array([ 0.25, -0.25])
    """
    array = as_float_array(x)
    grad_output = as_float_array(grad_output, "grad_output")
    if grad_output.shape != array.shape:
        raise ValueError(
            f"grad_output must have the shape of x, {array.shape}, not {grad_output.shape}"
        )
    probabilities = softmax(wide(array), axis)
    with np.errstate(all="ignore"):
        mean = (grad_output * probabilities).sum(axis=axis, keepdims=True)
        return (probabilities * (grad_output - mean)).astype(array.dtype)
