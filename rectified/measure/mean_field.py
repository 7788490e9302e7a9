"""What a very wide random network does to the size and the angle of its signals, by integration.

Layer: z = W f(z') + b, with independent weights of variance ``weight_variance`` / fan_in and
biases of variance ``bias_variance``. As the width grows, the z of a layer become Gaussian with
variance q, and every layer does the same to q. ``kinks`` are where f or f' has a corner or a jump.

Source: Poole, Lahiri, Raghu, Sohl-Dickstein & Ganguli, NIPS 2016, arXiv:1606.05340; Schoenholz,
Gilmer, Ganguli & Sohl-Dickstein, ICLR 2017, arXiv:1611.01232.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.networks import gaussian_moment

Function = Callable[[ArrayLike], ArrayLike]


def moment_at(
    f: Function, variance: float, power: int = 2, kinks: Sequence[float] = (0.0,)
) -> float:
    """Return E f(z)^power for z ~ N(0, variance).

    >>> round(moment_at(lambda z: max(z, 0.0), variance=4.0), 9)
    2.0
    """
    std = np.sqrt(variance)
    if std == 0:
        return float(f(0.0)) ** power
    # From far away a bend of f is as narrow as a kink, and the integrator overlooks it.
    bends = (-8.0, -2.0, 2.0, 8.0) if std > 8 else ()
    return gaussian_moment(lambda z: f(std * z), power, [x / std for x in (*kinks, *bends)])


def fixed_point(
    f: Function,
    weight_variance: float,
    bias_variance: float = 0.0,
    *,
    start: float = 1.0,
    kinks: Sequence[float] = (0.0,),
) -> float:
    """Return q* with q* = weight_variance · E f(√q* z)² + bias_variance: where q settles.

    Layers are applied from ``start`` on until q changes by no more than 1e-13, relative. relu
    settles at weight_variance 2 (every q is fixed there), or below with a bias.

    Raises
    ------
    RuntimeError
        If q has not settled after 2000 layers: it falls to 0, or grows without end.
    """
    q = start
    for _ in range(2000):
        before = q
        q = weight_variance * moment_at(f, q, kinks=kinks) + bias_variance
        if abs(q - before) <= 1e-13 * abs(q):
            return q
        if not 1e-100 < q < 1e100:
            break
    raise RuntimeError(f"q has not settled: it went from {start:g} to {q:g}")


def gradient_gain(
    f_grad: Function, weight_variance: float, q: float, kinks: Sequence[float] = (0.0,)
) -> float:
    """Return χ = weight_variance · E f'(√q z)²: a layer multiplies the squared gradient by it.

    χ < 1 at the fixed point: gradients vanish with depth; χ > 1: they explode.
    """
    return weight_variance * moment_at(f_grad, q, kinks=kinks)


class Prediction(NamedTuple):
    """What each of the layers 1 … depth of a wide network should show.

    variances : q, the variance of the pre-activations.
    gradient_factors : √χ, what the backward pass multiplies the gradient's RMS by.
    """

    variances: NDArray[np.float64]
    gradient_factors: NDArray[np.float64]


def predict(
    f: Function,
    f_grad: Function,
    depth: int,
    weight_variance: float,
    bias_variance: float = 0.0,
    *,
    input_second_moment: float = 1.0,
    kinks: Sequence[float] = (0.0,),
) -> Prediction:
    """Follow q and χ through ``depth`` layers z = Wx + b, x' = f(z), from inputs of given size."""
    variances, factors = np.empty(depth), np.empty(depth)
    second_moment = input_second_moment
    for layer in range(depth):
        q = weight_variance * second_moment + bias_variance
        variances[layer] = q
        factors[layer] = np.sqrt(gradient_gain(f_grad, weight_variance, q, kinks))
        second_moment = moment_at(f, q, kinks=kinks)
    return Prediction(variances, factors)


def relu_correlation(rho: ArrayLike) -> NDArray[np.float64]:
    """Return κ(ρ) = (√(1 − ρ²) + ρ (π − arccos ρ)) / π: a relu layer's map of a cosine.

    Two inputs at cosine ρ leave a wide layer without bias at cosine κ(ρ) > ρ. Iterated, 1 − ρ
    falls like (9π²/2) / depth²: all inputs come to look alike.
    Source: Cho & Saul, NIPS 2009 (the arc-cosine kernel of order 1).

    >>> relu_correlation([-1.0, 1.0])
    array([0., 1.])
    """
    rho = np.asarray(rho, dtype=np.float64)
    return (np.sqrt(1 - rho**2) + rho * (np.pi - np.arccos(rho))) / np.pi
