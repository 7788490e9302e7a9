"""Starts of a whole network: LSUV looks at data, RAI draws weights and biases together."""

import math

import numpy as np
from numpy.typing import NDArray

from rectified.networks.convolution import Conv2d
from rectified.networks.dense import Dense
from rectified.networks.independent import Rng, count_networks, draw
from rectified.networks.sequential import Sequential

# Std of the Gaussian weights of RAI, times √fan_in: the value of the authors' published code.
_RAI_STD = 0.6007


def lsuv(network: Sequential, x: NDArray, *, tolerance: float = 1e-6) -> None:
    """Scale the weights, layer by layer, until every pre-activation has variance 1 on ``x``.

    For each Dense and Conv2d in order, the weights are divided by the standard deviation of the
    layer's output over batch and units, for each independent network alone. Biases stay; with
    constant ones a single division is exact. The authors start from orthonormal weights
    (``initialization="orthogonal"``).

    Source: Mishkin & Matas, ICLR 2016, arXiv:1511.06422 ("layer-sequential unit variance").

    Raises
    ------
    ValueError
        If a layer's output is the same for all of ``x``, or its variance does not reach 1 within
        ``tolerance`` in 10 rounds.
    """
    for number, layer in enumerate(network.layers):
        if isinstance(layer, Dense | Conv2d):
            _scale_to_unit_variance(layer, x, tolerance, number)
        x = layer.forward(x)


def _scale_to_unit_variance(
    layer: Dense | Conv2d, x: NDArray, tolerance: float, number: int
) -> None:
    for _ in range(10):
        output = layer.forward(x)
        axes = tuple(range(0 if layer.num_networks is None else 1, output.ndim))
        variance = output.var(axis=axes)
        if not np.all(variance > 0):
            raise ValueError(f"x must make the output of layer {number} vary; its variance is 0")
        if np.all(np.abs(variance - 1) <= tolerance):
            return
        layer.weights /= np.sqrt(variance).reshape(variance.shape + (1,) * (layer.weights.ndim - 1))
    raise ValueError(
        f"layer {number} does not reach variance 1 within {tolerance:g}: its biases alone vary more"
    )


def randomize_asymmetrically(network: Sequential, rng: Rng) -> None:
    """Draw weights and biases anew so that a unit of a deep narrow network is rarely born dead.

    The fan_in weights and the bias of a unit are drawn together from N(0, 0.6007²/fan_in); then
    one of these fan_in + 1 numbers, chosen at random, is replaced by a draw from Beta(2, 1), which
    is positive. Activations of ReLU layers are positive too, so the sum tends to be.

    ``rng`` is one generator, or one for each independent network.

    Source: Lu, Shin, Su & Karniadakis, Commun. Comput. Phys. 28(5), 2020, arXiv:1903.06733
    ("randomized asymmetric initialization"); constants as in the authors' code.

    Raises
    ------
    ValueError
        If ``rng`` does not fit the network, or a Dense layer has no bias.
    """
    if count_networks(rng) != network.num_networks:
        raise ValueError(
            f"rng must be {network.num_networks or 'one'} generator(s), as for the network"
        )
    for layer in network.layers:
        if not isinstance(layer, Dense):
            continue
        if layer.bias is None:
            raise ValueError("network must have biases: RAI draws them with the weights")
        together = draw(lambda one, layer=layer: _asymmetric(layer.fan_in, layer.fan_out, one), rng)
        layer.weights[...] = together[..., :-1, :]
        layer.bias[...] = together[..., -1, :]


def _asymmetric(fan_in: int, fan_out: int, rng: np.random.Generator) -> NDArray:
    """Return (fan_in + 1, fan_out): the weights, and the biases as the last row."""
    together = rng.normal(0.0, _RAI_STD / math.sqrt(fan_in), (fan_in + 1, fan_out))
    chosen = rng.integers(0, fan_in + 1, fan_out)
    together[chosen, np.arange(fan_out)] = rng.beta(2.0, 1.0, fan_out)
    return together
