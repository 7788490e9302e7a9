"""How large signals and gradients are in a given network, layer by layer."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.networks import Sequential


class Flow(NamedTuple):
    """Root mean squares over inputs and units, one row for the input and each layer's output.

    forward : of the signal; ``forward[0]`` is the input, ``forward[k]`` what layer k puts out.
    backward : of the gradient with respect to the same arrays.

    Both are (layers + 1,), or (layers + 1, S) for S networks side by side.
    """

    forward: NDArray[np.float64]
    backward: NDArray[np.float64]


def flow(network: Sequential, x: NDArray, grad_output: NDArray) -> Flow:
    """Send ``x`` forward and ``grad_output`` back through the network, and measure every stage.

    ``x`` is (batch, features) and ``grad_output`` has the shape of the output. For S networks side
    by side both have a leading axis of length S, or none if all see the same.
    """
    if network.num_networks is not None:
        x, grad_output = (
            np.broadcast_to(values, (network.num_networks, *np.shape(values)[-2:]))
            for values in (x, grad_output)
        )
    forward = [rms(x), *map(rms, network.outputs(x))]
    backward = [rms(grad_output)]
    for layer in reversed(network.layers):
        grad_output = layer.backward(grad_output)
        backward.append(rms(grad_output))
    return Flow(np.array(forward), np.array(backward[::-1]))


def rms(values: ArrayLike) -> NDArray[np.float64]:
    """Return √mean(values²) over the last two axes, inputs and units.

    >>> float(rms([[1.0, -1.0], [7.0, 7.0]]))
    5.0
    """
    return np.sqrt(np.mean(np.square(values), axis=(-2, -1), dtype=np.float64))


def per_layer_factor(ratios: ArrayLike, depth: int) -> float:
    """Return the factor of one layer behind ``ratios`` over ``depth`` layers: geometric mean.

    ``ratios`` are those of independent networks. Single networks scatter by many percent over
    tens of layers; the logarithm is what averages.

    >>> per_layer_factor([1.0, 16.0], depth=2)
    2.0
    """
    return float(np.exp(np.mean(np.log(ratios)) / depth))


def cosines(values: NDArray) -> NDArray[np.float64]:
    """Return the cosine of the angle between the first input and each other one: (…, inputs − 1).

    ``values`` is (…, inputs, units).
    """
    first, others = values[..., :1, :], values[..., 1:, :]
    lengths = np.linalg.norm(first, axis=-1) * np.linalg.norm(others, axis=-1)
    return np.sum(first * others, axis=-1) / lengths
