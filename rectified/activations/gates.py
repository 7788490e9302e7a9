"""Gated linear units: one half of a layer decides how much of the other half passes.

``name(a, b)`` returns a ⊙ gate(b) for two arrays of one shape, and ``name_vjp(a, b, grad_output)``
the pair of gradients, for a and for b. In a network a = Wx and b = Vx. Each has the float dtype of
its own input where both agree, else the wider one.

Source: Dauphin, Fan, Auli & Grangier, ICML 2017, arXiv:1612.08083; Shazeer, arXiv:2002.05202.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.activations.contract import as_float_array, require
from rectified.activations.relu import relu, relu_grad
from rectified.activations.saturating import sigmoid, sigmoid_grad
from rectified.activations.smooth import gelu, gelu_grad, silu, silu_grad


def glu(a: ArrayLike, b: ArrayLike) -> NDArray[np.floating]:
    """Return a ⊙ σ(b), with σ the sigmoid. Raises ``ValueError`` if the shapes differ.

    >>> glu([2.0, 4.0], [0.0, 1000.0])
    array([1., 4.])
    """
    return _gated(a, b, sigmoid)


def glu_vjp(
    a: ArrayLike, b: ArrayLike, grad_output: ArrayLike
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return g ⊙ σ(b) and g ⊙ a ⊙ σ′(b). Raises ``ValueError`` if the shapes differ.

    >>> glu_vjp([2.0], [0.0], [1.0])
    (array([0.5]), array([0.5]))
    """
    return _gated_vjp(a, b, grad_output, sigmoid, sigmoid_grad)


def reglu(a: ArrayLike, b: ArrayLike) -> NDArray[np.floating]:
    """Return a ⊙ relu(b). Raises ``ValueError`` if the shapes differ.

    >>> reglu([2.0, 4.0], [3.0, -1.0])
    array([6., 0.])
    """
    return _gated(a, b, relu)


def reglu_vjp(
    a: ArrayLike, b: ArrayLike, grad_output: ArrayLike
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return g ⊙ relu(b) and g ⊙ a ⊙ 1[b > 0]. Raises ``ValueError`` if the shapes differ.

    >>> reglu_vjp([2.0], [3.0], [1.0])
    (array([3.]), array([2.]))
    """
    return _gated_vjp(a, b, grad_output, relu, relu_grad)


def geglu(a: ArrayLike, b: ArrayLike) -> NDArray[np.floating]:
    """Return a ⊙ gelu(b), the exact form. Raises ``ValueError`` if the shapes differ.

    >>> geglu([2.0], [0.0])
    array([0.])
    """
    return _gated(a, b, gelu)


def geglu_vjp(
    a: ArrayLike, b: ArrayLike, grad_output: ArrayLike
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return g ⊙ gelu(b) and g ⊙ a ⊙ gelu′(b). Raises ``ValueError`` if the shapes differ.

    >>> geglu_vjp([2.0], [0.0], [1.0])
    (array([0.]), array([1.]))
    """
    return _gated_vjp(a, b, grad_output, gelu, gelu_grad)


def swiglu(a: ArrayLike, b: ArrayLike) -> NDArray[np.floating]:
    """Return a ⊙ silu(b). Raises ``ValueError`` if the shapes differ.

    >>> swiglu([2.0], [0.0])
    array([0.])
    """
    return _gated(a, b, silu)


def swiglu_vjp(
    a: ArrayLike, b: ArrayLike, grad_output: ArrayLike
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return g ⊙ silu(b) and g ⊙ a ⊙ silu′(b). Raises ``ValueError`` if the shapes differ.

    >>> swiglu_vjp([2.0], [0.0], [1.0])
    (array([0.]), array([1.]))
    """
    return _gated_vjp(a, b, grad_output, silu, silu_grad)


def _gated(a: ArrayLike, b: ArrayLike, gate: Callable) -> NDArray[np.floating]:
    a, b = as_float_array(a, "a"), as_float_array(b, "b")
    require(b.shape == a.shape, "b", f"of the shape of a, {a.shape}", b.shape)
    with np.errstate(all="ignore"):
        return np.asarray(a * gate(b))


def _gated_vjp(
    a: ArrayLike, b: ArrayLike, grad_output: ArrayLike, gate: Callable, gate_grad: Callable
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    grad_output, a = as_float_array(grad_output, "grad_output"), as_float_array(a, "a")
    require(a.shape == grad_output.shape, "grad_output", f"of shape {a.shape}", grad_output.shape)
    with np.errstate(all="ignore"):
        return _gated(grad_output, b, gate), _gated(grad_output * a, b, gate_grad)
