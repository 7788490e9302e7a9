"""Units built from rectifiers: squared, shifted, doubled, or the largest of several.

``squared_relu`` and ``star_relu`` are elementwise. ``crelu``, ``maxout`` and ``biased_relu``
change the shape, so each comes with a vector–Jacobian product ``name_vjp(…, grad_output)``.
"""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.activations.contract import as_float_array, elementwise, require, sum_to_shape
from rectified.activations.relu import relu, relu_grad

#: For z ~ N(0, 1), max(0, z)² has mean 1/2 and variance 3/2 − 1/4 = 5/4.
STAR_SCALE = 1 / sqrt(5 / 4)
STAR_BIAS = -STAR_SCALE / 2


@elementwise
def squared_relu(x):
    """Return max(0, x)².

    Differentiable everywhere; −inf gives 0, NaN stays NaN. Where the square is beyond the range
    of the dtype it is +inf. Source: So et al., Primer, NeurIPS 2021, arXiv:2109.08668.

    >>> squared_relu([-2.0, 0.0, 3.0])
    array([0., 0., 9.])
    """
    return np.maximum(x, 0) ** 2


@elementwise
def squared_relu_grad(x):
    """Return 2·max(0, x): 0 at x = 0 from both sides. NaN stays NaN.

    >>> squared_relu_grad([-2.0, 0.0, 3.0])
    array([0., 0., 6.])
    """
    return 2 * np.maximum(x, 0)


@elementwise
def star_relu(x, scale=STAR_SCALE, bias=STAR_BIAS):
    """Return scale · max(0, x)² + bias.

    The defaults, 2/√5 and −1/√5, give mean 0 and variance 1 for x ~ N(0, 1). NaN stays NaN.
    Source: Yu et al., TPAMI 46(2), 2024, arXiv:2210.13452.

    >>> star_relu([-2.0, 0.0, 1.0], scale=2.0, bias=-1.0)
    array([-1., -1.,  1.])
    """
    positive = np.maximum(x, 0)
    # scale · positive² may overflow on its way to a number within the range.
    return (scale * positive) * positive + bias


@elementwise
def star_relu_grad(x, scale=STAR_SCALE, bias=STAR_BIAS):
    """Return 2 · scale · max(0, x), the derivative of star_relu, whatever the bias.

    >>> star_relu_grad([-2.0, 0.0, 1.0], scale=2.0)
    array([0., 0., 4.])
    """
    return 2 * scale * np.maximum(x, 0)


def crelu(x: ArrayLike, axis: int = -1) -> NDArray[np.floating]:
    """Return [relu(x), relu(−x)], joined along ``axis``, which becomes twice as long.

    Nothing is lost: the halves differ by x. Raises ``ValueError`` if x has no such axis.
    Source: Shang, Sohn, Almeida & Lee, ICML 2016, arXiv:1603.05201.

    >>> crelu([-2.0, 3.0])
    array([0., 3., 2., 0.])
    """
    array = as_float_array(x)
    return np.concatenate([relu(array), relu(-array)], axis=axis)


def crelu_vjp(x: ArrayLike, grad_output: ArrayLike, axis: int = -1) -> NDArray[np.floating]:
    """Return g₊ · 1[x > 0] − g₋ · 1[x < 0], the halves of ``grad_output`` along ``axis``.

    Shape and float dtype follow x; 0 at x = 0. Raises ``ValueError`` unless ``grad_output`` has
    the shape of ``crelu(x, axis)``.

    >>> crelu_vjp([-2.0, 3.0], [10.0, 20.0, 30.0, 40.0])
    array([-30.,  20.])
    """
    array = as_float_array(x)
    shape = list(array.shape)
    shape[axis] *= 2
    positive, negative = np.split(_like(grad_output, tuple(shape)), 2, axis=axis)
    return (positive * relu_grad(array) - negative * relu_grad(-array)).astype(array.dtype)


def maxout(x: ArrayLike, pieces: int, axis: int = -1) -> NDArray[np.floating]:
    """Return the largest of every ``pieces`` neighbours along ``axis``.

    The axis of length pieces · n becomes n long; unit j takes entries j·pieces to
    (j + 1)·pieces − 1. NaN wins. Raises ``ValueError`` unless ``pieces`` is a positive whole
    number that divides the length. Source: Goodfellow et al., ICML 2013, arXiv:1302.4389.

    >>> maxout([1.0, 5.0, 4.0, 2.0], pieces=2)
    array([5., 4.])
    """
    return np.moveaxis(_groups(as_float_array(x), pieces, axis).max(axis=-1), -1, axis)


def maxout_vjp(
    x: ArrayLike, pieces: int, grad_output: ArrayLike, axis: int = -1
) -> NDArray[np.floating]:
    """Return ``grad_output`` placed at the entry that won each group, 0 at the others.

    Shape and float dtype follow x. At a tie the first of the largest gets everything: one of the
    subgradients. Raises ``ValueError`` as ``maxout`` does, or unless ``grad_output`` has its shape.

    >>> maxout_vjp([1.0, 5.0, 4.0, 2.0], 2, [10.0, 20.0])
    array([ 0., 10., 20.,  0.])
    """
    array = as_float_array(x)
    groups = _groups(array, pieces, axis)
    winner = groups.argmax(axis=-1)[..., np.newaxis]
    shape = np.moveaxis(winner[..., 0], -1, axis).shape
    gradient = np.moveaxis(_like(grad_output, shape), axis, -1)
    routed = np.zeros_like(groups)
    np.put_along_axis(routed, winner, gradient[..., np.newaxis], axis=-1)
    return np.moveaxis(routed.reshape(np.moveaxis(array, axis, -1).shape), -1, axis)


def biased_relu(x: ArrayLike, biases: ArrayLike) -> NDArray[np.floating]:
    """Return max(0, x − b_k) for each of the ``biases``, along a new last axis.

    Shape x.shape + (len(biases),). Raises ``ValueError`` unless ``biases`` has one axis.
    Source: Liang & Xu, Neurocomputing 423, 2021, doi:10.1016/j.neucom.2020.09.050.

    >>> biased_relu([1.0, 3.0], [0.0, 2.0])
    array([[1., 0.],
           [3., 1.]])
    """
    return relu(_shifted(as_float_array(x), biases))


def biased_relu_vjp(
    x: ArrayLike, biases: ArrayLike, grad_output: ArrayLike
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return the gradients for x and for the biases: Σ_k g_k 1[x > b_k], and minus its sum over x.

    0 at the kinks x = b_k. Raises ``ValueError`` as ``biased_relu`` does, or unless
    ``grad_output`` has its shape.

    >>> biased_relu_vjp([1.0, 3.0], [0.0, 2.0], [[1.0, 1.0], [1.0, 1.0]])
    (array([1., 2.]), array([-2., -1.]))
    """
    shifted = _shifted(as_float_array(x), biases)
    passed = (_like(grad_output, shifted.shape) * relu_grad(shifted)).astype(shifted.dtype)
    return passed.sum(axis=-1), -sum_to_shape(passed, shifted.shape[-1:])


def _like(grad_output: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.floating]:
    gradient = as_float_array(grad_output, "grad_output")
    require(gradient.shape == shape, "grad_output", f"of shape {shape}", gradient.shape)
    return gradient


def _groups(array: NDArray, pieces: int, axis: int) -> NDArray:
    """Return ``array`` with ``axis`` moved last and cut into rows of ``pieces`` neighbours."""
    last = np.moveaxis(array, axis, -1)
    length = last.shape[-1]
    divides = isinstance(pieces, int | np.integer) and pieces > 0 and length % pieces == 0
    require(divides, "pieces", f"a positive divisor of the axis of length {length}", pieces)
    return last.reshape(*last.shape[:-1], length // pieces, pieces)


def _shifted(array: NDArray, biases: ArrayLike) -> NDArray:
    biases = as_float_array(biases, "biases").astype(array.dtype, copy=False)
    require(biases.ndim == 1, "biases", "an array with one axis", biases)
    return array[..., np.newaxis] - biases
