"""Which units are on at an input, and the affine map that the network is while they are."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.measure.stacks import AffineStack, pre_activations

# Where regions are computed, a pre-activation within this fraction of the size of its terms, added
# up without cancellation from the input on, counts as 0: a few hundred roundings.
ROUNDING = 1e-13


def activation_pattern(stack: AffineStack, x: ArrayLike) -> NDArray[np.bool_]:
    """Return for x of shape (…, fan_in) which hidden units are on, layer after layer: (…, units).

    A unit is on where its pre-activation is > 0.
    """
    return np.concatenate([z > 0 for z in pre_activations(stack, x)[:-1]], axis=-1)


def affine_map(stack: AffineStack, x: ArrayLike) -> tuple[NDArray, NDArray]:
    """Return A (…, fan_in, fan_out) and c (…, fan_out) with f(y) = y A + c for all y near x.

    A = W₁ D₁ W₂ D₂ … W_L, where the diagonal gates D hold the 0s and 1s of the pattern at x: a
    ReLU network is a switchboard of affine maps, and A is its Jacobian, transposed. On the edge
    of a region the map is that of the region where the units in question are off.
    """
    x = np.asarray(x, dtype=np.float64)
    matrix = np.broadcast_to(np.eye(x.shape[-1]), (*x.shape, x.shape[-1]))
    offset = np.zeros(x.shape)
    for number, (weights, bias) in enumerate(stack):
        matrix, offset = matrix @ weights, offset @ weights + bias
        if number < len(stack) - 1:
            on = np.einsum("...i,...ij->...j", x, matrix) + offset > 0
            matrix, offset = matrix * on[..., None, :], offset * on
    return matrix, offset


def count_patterns(patterns: NDArray[np.bool_]) -> int:
    """Return how many different rows ``patterns`` (inputs, units) has: regions that were visited.

    >>> count_patterns(np.array([[True, False], [False, False], [True, False]]))
    2
    """
    return len(np.unique(patterns, axis=0))
