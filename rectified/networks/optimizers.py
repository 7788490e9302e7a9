"""How parameters move: gradient descent with momentum, Adam, and learning-rate schedules.

An optimizer holds on to the parameters and gradients of a network, and ``step()`` moves the first
by the second, in place. To train only a part, give it that part: ``SGD(Sequential(*some_layers))``.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.networks.layer import Layer

LearningRate = float | ArrayLike | Callable[[int], float | ArrayLike]


class Optimizer:
    """What every optimizer shares: the network, the count of steps taken, the learning rate.

    Parameters
    ----------
    network : Layer
        Its ``parameters`` are changed by ``step``.
    learning_rate : float, array of S floats, or function of the step
        S independent networks may have S rates, so that one run tries them all. A function gets
        the number of steps taken so far, from 0, and returns the rate.
    """

    def __init__(self, network: Layer, learning_rate: LearningRate):
        self.network = network
        self.learning_rate = learning_rate
        self.steps = 0

    def current_rate(self) -> NDArray:
        """Return the rate of the next step, () or (S,).

        Raises
        ------
        ValueError
            If a rate is negative or NaN, or their number is not that of the networks.
        """
        rate = self.learning_rate
        rate = np.asarray(rate(self.steps) if callable(rate) else rate, dtype=np.float64)
        if rate.shape not in ((), (self.network.num_networks,)):
            raise ValueError(
                "learning_rate must be one number, or one for each of the "
                f"{self.network.num_networks or 0} independent networks, not of shape {rate.shape}"
            )
        if not np.all(rate >= 0):
            raise ValueError(f"learning_rate must be 0 or more, not {rate}")
        return rate

    def step(self) -> None:
        """Move every parameter once, by the gradients as they are now."""
        rate = self.current_rate()
        for index, parameter in enumerate(self.network.parameters):
            # One rate for each network lies on the parameter's first axis.
            aligned = rate.reshape(rate.shape + (1,) * (parameter.ndim - 1))
            parameter -= aligned.astype(parameter.dtype) * self._direction(index)
        self.steps += 1

    def _direction(self, index: int) -> NDArray:
        """Return what the learning rate multiplies, for parameter ``index``."""
        raise NotImplementedError

    def _like_parameters(self) -> list[NDArray]:
        return [np.zeros_like(parameter) for parameter in self.network.parameters]


class SGD(Optimizer):
    """v ← momentum · v + g + decay · p, then p ← p − learning_rate · v.

    Parameters
    ----------
    network, learning_rate
        As in ``Optimizer``.
    momentum : float
        From 0 (plain gradient descent) to below 1.
    weight_decay, bias_decay : float
        The decay of weights and of biases. Slopes of PReLU and scales of BatchNorm do not decay.
    """

    def __init__(
        self,
        network: Layer,
        learning_rate: LearningRate,
        *,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
        bias_decay: float = 0.0,
    ):
        super().__init__(network, learning_rate)
        if not 0 <= momentum < 1:
            raise ValueError(f"momentum must lie in [0, 1), not {momentum}")
        for name, decay in (("weight_decay", weight_decay), ("bias_decay", bias_decay)):
            if decay < 0:
                raise ValueError(f"{name} must be 0 or more, not {decay}")
        decay_of = {"weights": weight_decay, "bias": bias_decay}
        self.momentum = momentum
        self._decays = [decay_of.get(role, 0.0) for role in network.roles]
        self._velocities = self._like_parameters()

    def _direction(self, index: int) -> NDArray:
        velocity = self._velocities[index]
        velocity *= self.momentum
        velocity += self.network.gradients[index]
        if self._decays[index]:
            velocity += self._decays[index] * self.network.parameters[index]
        return velocity


class Adam(Optimizer):
    """p ← p − learning_rate · m̂/(√v̂ + epsilon), with bias-corrected running means of g and g².

    m ← beta1·m + (1 − beta1)·g, v ← beta2·v + (1 − beta2)·g², m̂ = m/(1 − beta1ᵗ),
    v̂ = v/(1 − beta2ᵗ), where t counts the steps from 1. The first step is one learning rate long
    in every coordinate, whatever the gradient's size.

    Source: Kingma & Ba, ICLR 2015, arXiv:1412.6980.
    """

    def __init__(
        self,
        network: Layer,
        learning_rate: LearningRate = 1e-3,
        *,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ):
        super().__init__(network, learning_rate)
        for name, beta in (("beta1", beta1), ("beta2", beta2)):
            if not 0 <= beta < 1:
                raise ValueError(f"{name} must lie in [0, 1), not {beta}")
        if epsilon <= 0:
            raise ValueError(f"epsilon must be positive, not {epsilon}")
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self._means, self._squares = self._like_parameters(), self._like_parameters()

    def _direction(self, index: int) -> NDArray:
        gradient = self.network.gradients[index]
        mean, square = self._means[index], self._squares[index]
        mean += (1 - self.beta1) * (gradient - mean)
        square += (1 - self.beta2) * (gradient**2 - square)
        time = self.steps + 1
        corrected_mean = mean / (1 - self.beta1**time)
        corrected_square = square / (1 - self.beta2**time)
        return corrected_mean / (np.sqrt(corrected_square) + self.epsilon)


def warm_up(learning_rate: float, num_steps: int) -> Callable[[int], float]:
    """Return the schedule that rises linearly to ``learning_rate`` in ``num_steps``, then stays.

    >>> schedule = warm_up(0.5, num_steps=5)
    >>> [schedule(step) for step in (0, 1, 4, 5, 1000)]
    [0.1, 0.2, 0.5, 0.5, 0.5]
    """
    return lambda step: learning_rate * min(1.0, (step + 1) / num_steps)
