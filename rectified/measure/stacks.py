"""A ReLU network as bare arrays: the pairs (weights, bias) of its affine layers, first to last.

``weights`` is (fan_in, fan_out) and multiplies from the right, as in ``Dense``; relu acts after
every pair but the last. What is measured on the geometry of such networks needs no more.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.activations import relu
from rectified.networks import Activation, Dense, Sequential

AffineStack = list[tuple[NDArray, NDArray]]


def affine_stack(network: Sequential) -> AffineStack:
    """Return the (weights, bias) pairs of Dense, relu, …, Dense; a missing bias becomes zeros.

    The arrays are those of the layers, not copies: training the network moves the stack.

    Raises
    ------
    ValueError
        If the layers are not Dense and relu in turn, or hold several independent networks.
    """
    affine, between = network.layers[::2], network.layers[1::2]
    if not (
        len(affine) == len(between) + 1
        and all(isinstance(layer, Dense) for layer in affine)
        and all(isinstance(layer, Activation) and layer.function.func is relu for layer in between)
    ):
        raise ValueError("network must be Dense layers with relu between them")
    if network.num_networks is not None:
        raise ValueError("network must be a single one, not several side by side")
    return dense_pairs(network)


def dense_pairs(network: Sequential) -> AffineStack:
    """Return (weights, bias) of every Dense layer, whatever acts between; no bias becomes zeros."""
    return [
        (layer.weights, np.zeros(layer.fan_out) if layer.bias is None else layer.bias)
        for layer in network.layers
        if isinstance(layer, Dense)
    ]


def pre_activations(stack: AffineStack, x: ArrayLike) -> list[NDArray]:
    """Return x W + b of every layer, the output last, for x of shape (…, fan_in)."""
    hidden = np.asarray(x, dtype=np.float64)
    found = []
    for weights, bias in stack:
        found.append(hidden @ weights + bias)
        hidden = relu(found[-1])
    return found


def evaluate(stack: AffineStack, x: ArrayLike) -> NDArray:
    """Return the output of the network, of shape (…, fan_out), for x of shape (…, fan_in)."""
    return pre_activations(stack, x)[-1]
