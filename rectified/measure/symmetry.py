"""Different weights, same function: permuting and rescaling hidden units, and what stays the same.

Functions here take and return stacks, the (weights, bias) pairs of ``stacks``, and copy: the
input is left alone. ``layer`` counts hidden layers from 0.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.measure.stacks import AffineStack, dense_pairs
from rectified.networks import Sequential


def permute(stack: AffineStack, layer: int, order: ArrayLike) -> AffineStack:
    """Return the network with the units of one hidden layer in another order: the same function."""
    order = np.asarray(order)
    (weights, bias), (weights_out, bias_out) = stack[layer : layer + 2]
    if not np.array_equal(np.sort(order), np.arange(len(bias))):
        raise ValueError(f"order must be a permutation of 0 … {len(bias) - 1}")
    changed = [(weights[:, order], bias[order]), (weights_out[order], bias_out.copy())]
    return _replace(stack, layer, changed)


def rescale(stack: AffineStack, layer: int, factors: ArrayLike) -> AffineStack:
    """Return the network with each unit's input times its factor c > 0, and its output over c.

    The same function, since relu(c z) = c relu(z).
    """
    factors = np.asarray(factors, dtype=np.float64)
    (weights, bias), (weights_out, bias_out) = stack[layer : layer + 2]
    if factors.shape != bias.shape or not np.all(factors > 0):
        raise ValueError(f"factors must be {len(bias)} positive numbers")
    changed = [
        (weights * factors, bias * factors),
        (weights_out / factors[:, None], bias_out.copy()),
    ]
    return _replace(stack, layer, changed)


def balancedness(stack: AffineStack) -> list[NDArray[np.float64]]:
    """Return ‖w_in‖² + b² − ‖w_out‖² of every unit, one array for each hidden layer.

    Gradient *flow* conserves it, whatever the data; a step of gradient descent changes
    it by learning_rate² (‖∇w_in‖² + ∇b² − ‖∇w_out‖²), so that over a fixed time the drift is
    proportional to the learning rate. Source: Du, Hu & Lee, NeurIPS 2018, arXiv:1806.00900.
    """
    return [
        _incoming(stack, layer) - np.sum(stack[layer + 1][0] ** 2, axis=1)
        for layer in range(len(stack) - 1)
    ]


def balance(stack: AffineStack, tolerance: float = 1e-12, max_sweeps: int = 10_000) -> AffineStack:
    """Return the same function with balancedness 0 in every unit (to ``tolerance``, relative).

    Of all rescalings this one has the smallest sum of squares of weights and biases. Each sweep
    solves one layer after another; one sweep is enough for one hidden layer.

    Raises
    ------
    ValueError
        If a unit has no incoming or no outgoing weights: then no factor balances it.
    RuntimeError
        If ``max_sweeps`` are not enough.
    """
    for _ in range(max_sweeps):
        for layer in range(len(stack) - 1):
            incoming, outgoing = _incoming(stack, layer), np.sum(stack[layer + 1][0] ** 2, axis=1)
            if not np.all((incoming > 0) & (outgoing > 0)):
                raise ValueError("every hidden unit must have incoming and outgoing weights")
            stack = rescale(stack, layer, (outgoing / incoming) ** (1 / 4))
        if all(
            np.all(np.abs(difference) <= tolerance * _incoming(stack, layer))
            for layer, difference in enumerate(balancedness(stack))
        ):
            return stack
    raise RuntimeError(f"not balanced to {tolerance} after {max_sweeps} sweeps")


def path_norm(stack: AffineStack) -> float:
    """Return √(Σ over paths of ∏ w²), paths from an input or a bias to an output.

    One forward pass of ones through the squared weights. Permuting and rescaling leave it alone,
    unlike Σ W². Source: Neyshabur, Salakhutdinov & Srebro, NIPS 2015, arXiv:1506.02617.

    >>> path_norm([(np.array([[3.0]]), np.array([0.0])), (np.array([[2.0]]), np.array([0.0]))])
    6.0
    """
    reached = np.ones(stack[0][0].shape[0])
    for weights, bias in stack:
        reached = reached @ weights**2 + bias**2
    return float(np.sqrt(reached.sum()))


def balancedness_drift(
    network: Sequential, x: NDArray, y: NDArray, *, learning_rate: float, time: float
) -> float:
    """Train by full-batch gradient descent; return the largest change of any unit's balancedness.

    The loss is half the squared error, summed over outputs and averaged over inputs. ``time`` is
    steps · learning_rate, so runs of equal time follow the same gradient flow. The network is
    changed. Any activation between its Dense layers will do, as a control.
    """
    stack = dense_pairs(network)
    before = np.concatenate(balancedness(stack))
    for _ in range(round(time / learning_rate)):
        network.backward((network.forward(x) - y) / len(x))
        for parameter, gradient in zip(network.parameters, network.gradients, strict=True):
            parameter -= learning_rate * gradient
    return float(np.abs(np.concatenate(balancedness(stack)) - before).max())


def _incoming(stack: AffineStack, layer: int) -> NDArray:
    weights, bias = stack[layer]
    return np.sum(weights**2, axis=0) + bias**2


def _replace(stack: AffineStack, layer: int, changed: AffineStack) -> AffineStack:
    copied = [(weights.copy(), bias.copy()) for weights, bias in stack]
    return [*copied[:layer], *changed, *copied[layer + 2 :]]
